"""The paper that a case describes, as pages, feeds and exports get it."""

from __future__ import annotations

from generator.digest import Digest, Entry, ListingView, Lookalike, TopicTag
from generator.model import Evidence
from generator.storage.papers import is_web_address
from tests.builders import appearance, day, digest, edition, entry, link, topic
from tests.fuzz.cases import Case
from tests.fuzz.markup import folded
from tests.markup.test_escape import CONTROLS

#: Texts of a paper, as pages and feeds get them.
FIELDS = (
    *("title", "abstract", "author", "note", "source", "file", "other title", "phrase"),
    *("link", "doi", "arxiv", "edition title", "introduction"),
)


def given_of(case: Case) -> dict[str, str]:
    """What of a case can be in a record: YAML has no control characters, and no text is blank."""
    texts = {name: CONTROLS.sub("", text).strip() for name, text in case.items()}
    if not is_web_address(texts.get("link", "")):
        texts.pop("link", None)
    return {name: text for name, text in texts.items() if folded(text)}


def _entry(given: Case) -> Entry:
    phrase = Evidence(given.get("phrase", "tea"), "title", 1.0)
    return entry(
        "p",
        "2026-03-11",
        topics=[TopicTag(topic("speech"), 1.0, (phrase,), by_curator=False)],
        title=given.get("title", "A title"),
        abstract=given.get("abstract", "An abstract."),
        authors=("Ada", given.get("author", "Bo")),
        ids={name: given[name] for name in ("arxiv", "doi") if name in given},
        links=(link(given["link"]),) if "link" in given else (),
        appearances=(
            appearance("2026-03-11"),
            appearance(
                "2026-03-11", source=given.get("source", "s"), title=given.get("other title")
            ),
        ),
        pick="note" in given,
        note=given.get("note"),
    )


def digest_of(given: Case) -> Digest:
    """The paper of a case, with a harmless one before and behind it."""
    paper, other = _entry(given), entry("q", "2026-03-11", topics=["speech"])
    shown = edition(
        "2026-03-11",
        *(entry("o", "2026-03-11", topics=["speech"]), paper, other),
        title=given.get("edition title"),
        introduction=given.get("introduction"),
    )
    source, file = given.get("source", "s"), given.get("file", "f")
    return digest(
        *shown.entries,
        editions=(shown,),
        redirects={"old": "p"},
        lookalikes=(Lookalike(paper, other, 90.0, 90.0),),
        listings=(ListingView(source, day("2026-03-11"), file, 1, 1, 0, 0),),
    )
