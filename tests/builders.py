"""Small papers, entries and digests for tests: say what the test is about, leave the rest.

Every builder takes the fields of the thing it builds as keywords; days may be written as text
(``date="2026-03-11"``), topics as their ids.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.digest import (
    Digest,
    Doubtful,
    EditionView,
    Entry,
    Section,
    Site,
    TopicCount,
    TopicRef,
    TopicTag,
    TopicView,
)
from generator.model import (
    Appearance,
    Completion,
    Curation,
    Link,
    LinkKind,
    Paper,
    Reason,
    Rule,
    Status,
)

SITE = Site(
    name="Little Digest",
    description="A few papers a day.",
    url="https://example.org/digest/",
)


def day(value: str | dt.date) -> dt.date:
    """A date, from ``yyyy-mm-dd`` or a date."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def appearance(date: str | dt.date = "2026-03-11", **kw: Any) -> Appearance:
    """One listing's mention of a paper."""
    return Appearance(**{"source": "daily", "file": "page.txt", **kw, "date": day(date)})


def link(url: str = "https://example.com/code", kind: str = "code") -> Link:
    """An address of a paper."""
    return Link(kind=LinkKind(kind), url=url)


def topic(id_: str = "retrieval", **kw: Any) -> TopicRef:
    """A topic; its title is made from its id."""
    title = id_.replace("-", " ").capitalize()
    return TopicRef(**{"id": id_, "title": title, "description": f"About {title.lower()}.", **kw})


def tag(id_: str = "retrieval", score: float = 1.0) -> TopicTag:
    """A topic on a paper."""
    return TopicTag(topic=topic(id_), score=score, evidence=(), by_curator=False)


def paper(slug: str = "a-paper", date: str | dt.date = "2026-03-11", **kw: Any) -> Paper:
    """A paper of the library, seen once on ``date``; ``curation`` may be a plain dictionary."""
    if isinstance(curation := kw.get("curation"), dict):
        kw["curation"] = Curation(**curation)
    for name in ("authors", "ids", "published", "links"):
        if name in kw:
            kw[f"source_{name}"] = kw.pop(name)
    title = slug.replace("-", " ").capitalize()
    given: dict[str, Any] = {
        "source_title": title,
        "source_abstract": f"We study {title.lower()}.",
        "appearances": (appearance(date),),
    }
    return Paper(slug=slug, **{**given, **kw})


def entry(
    slug: str = "a-paper",
    date: str | dt.date = "2026-03-11",
    topics: Iterable[str | TopicTag] = (),
    **kw: Any,
) -> Entry:
    """A paper as pages show it."""
    title = slug.replace("-", " ").capitalize()
    given: dict[str, Any] = {
        "title": title,
        "abstract": f"We study {title.lower()}.",
        "authors": (),
        "published": None,
        "ids": {},
        "links": (),
        "appearances": (appearance(date),),
        "pick": False,
        "note": None,
    }
    given["own_links"] = kw.get("links", ())
    tags = tuple(tag(one) if isinstance(one, str) else one for one in topics)
    return Entry(**{**given, **kw, "slug": slug, "date": day(date), "topics": tags})


def edition(date: str | dt.date, *entries: Entry, **kw: Any) -> EditionView:
    """A day of the digest; every paper that is not a pick in one section a topic."""
    rest = [one for one in entries if not one.pick]
    refs = {one.primary.id: one.primary for one in rest if one.primary}
    sections = [
        Section(ref, tuple(one for one in rest if one.primary == ref)) for ref in refs.values()
    ]
    if loose := tuple(one for one in rest if one.primary is None):
        sections.append(Section(None, loose))
    counted = {t.topic.id: t.topic for one in entries for t in one.topics}
    counts = [
        TopicCount(ref, sum(any(t.topic == ref for t in one.topics) for one in entries))
        for ref in counted.values()
    ]
    given = {"title": None, "introduction": None}
    return EditionView(
        **{**given, **kw},
        date=day(date),
        entries=entries,
        picks=tuple(one for one in entries if one.pick),
        sections=tuple(sections),
        counts=tuple(sorted(counts, key=lambda count: (-count.count, count.topic.id))),
    )


def digest(*entries: Entry, site: Site = SITE, **kw: Any) -> Digest:
    """A digest of some entries: its editions and topics follow from them."""
    shown = tuple(sorted(entries, key=lambda one: (-one.date.toordinal(), one.slug)))
    days = sorted({one.date for one in shown}, reverse=True)
    refs = {t.topic.id: t.topic for one in shown for t in one.topics}
    given = {
        "editions": tuple(edition(at, *(e for e in shown if e.date == at)) for at in days),
        "topics": tuple(
            TopicView(ref, tuple(e for e in shown if any(t.topic == ref for t in e.topics)))
            for _, ref in sorted(refs.items())
        ),
        "unsorted": tuple(one for one in shown if not one.topics),
        "doubtful": Doubtful(without=tuple(one for one in shown if not one.topics)),
        "by_slug": {one.slug: one for one in shown},
        "kinds": frozenset({"arxiv", "doi"}),
    }
    return Digest(site=site, entries=shown, **{**given, **kw})


#: Of these a made-up abstract is made: no two seeds give texts that are alike.
_VOCABULARY = """
we present study show that of the in a model dataset graph method speech agents noise search tokens
robust simple large sparse learning language network training results improve under over bounds
tasks code images transfer attention memory prompts human labels scale error
"""


def prose(seed: object, words: int = 60) -> str:
    """An abstract of ``words`` words in sentences, always the same for a seed."""
    chosen = random.Random(str(seed)).choices(_VOCABULARY.split(), k=words)  # noqa: S311 - no secret
    starts = range(0, words, 12)
    return " ".join(" ".join(chosen[i : i + 12]).capitalize() + "." for i in starts)


def page(
    *papers: tuple[str, str], blank: bool = True, date: str | None = None, header: str = ""
) -> str:
    """A saved daily-papers page of titles with abstracts, in one of its two layouts."""
    lines = [text for pair in papers for text in pair]
    if not blank:
        header = header or "Get trending papers in your email inbox!\nSubscribe"
        return header + "\n".join(lines)
    header = (
        header or "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers"
    )
    return "\n\n".join([header, *([date] if date else []), *lines])


def write_whole(path: Path, text: str) -> None:
    """Write a file of a digest, so that whoever watches the folder never meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


#: A paper with everything that one can have.
FULL_PAPER = Paper(
    slug="full-paper",
    source_title="As the source has it",
    source_abstract="As the source has it, too.",
    appearances=(
        Appearance(dt.date(2026, 3, 12), "daily", "one.txt"),
        Appearance(
            dt.date(2026, 3, 14),
            "weekly",
            "two.txt",
            title="Old",
            abstract="Older",
            votes=3,
            ids=(("arxiv", "2010.00904"), ("doi", "10.1000/x")),
            reason=Reason(Rule.SAME_ID, 60.0, 97.5),
            is_raw=True,
        ),
    ),
    source_authors=("Ada Lovelace",),
    source_ids={"arxiv": "2010.00904"},
    source_published=dt.date(2020, 10, 2),
    source_links=(link("https://example.com/c", "code"),),
    completions=(
        Completion(
            "bibtex",
            "more.bib",
            ("authors", "ids.arxiv"),
            Reason(Rule.SAME_TITLE, 100.0),
            "bibliographies, seen once",
        ),
    ),
    merged_into="one",
    curation=Curation(
        topics=(),
        add_topics=("retrieval",),
        drop_topics=("peft", "pretraining"),
        pick=True,
        note="Why.",
        status=Status.DECLINED,
        hidden=True,
        same_as="another",
        distinct_from=("one", "two"),
        title="As it should be",
        abstract="As it should be, too.",
        authors=("Augusta Ada King",),
        ids=(("acl", "2020.acl-main.1"), ("arxiv", "2010.00905"), ("doi", None)),
        published=dt.date(2020, 10, 3),
        links=(link("https://example.com/d", "data"),),
        formerly=("an-old-name",),
    ),
)
