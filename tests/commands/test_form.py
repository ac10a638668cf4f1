"""``digest form``: what readers fill in, made into changes of content, or answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from generator.folder import Folder
from generator.model import Paper, Status
from generator.storage import library, records
from generator.suggestions.parsing import LONGEST
from generator.suggestions.wording import MARK
from generator.text.cleaning import clean
from tests.builders import paper
from tests.conftest import ROOT
from tests.evil import ALL, EVIL, looked_for
from tests.forms import event, filled

PAGE = "https://example.org/digest/papers/{}/"
ONE = PAGE.format("search-of-things")


@dataclass
class Readers:
    """A digest, and readers who fill in forms."""

    folder: Folder
    run: Callable[..., Result]
    place: Path

    def put(self, *papers: Paper) -> None:
        for each in papers:
            path = self.folder.papers / str(each.date.year) / f"{each.slug}.yml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(records.paper_text(each), encoding="utf-8")

    def send(self, body: str | None, *options: str, **issue: Any) -> Result:
        path = self.place / "event.json"
        path.write_text(json.dumps(event(body, **issue)), encoding="utf-8")
        return self.run("form", path, "--out", self.place / "out", *options)

    def fill(self, kind: str, **answers: str) -> Result:
        return self.send(filled(kind, **answers))

    def text(self, name: str) -> str:
        return (self.place / "out" / name).read_text(encoding="utf-8")

    @property
    def texts(self) -> set[str]:
        out = self.place / "out"
        return {path.name for path in out.iterdir()} if out.exists() else set()

    @property
    def answer(self) -> str:
        """The answer, without what keeps GitHub from looking at words."""
        text = self.text("answer.md")
        assert text.startswith(f"{MARK}\n\n")
        return text.removeprefix(MARK).replace("\u200b", "").replace("&#58;", ":").strip()

    def refused(self, done: Result) -> str:
        """What was wrong; nothing has changed then."""
        assert done.exit_code == 1, done.output
        assert self.texts == {"answer.md"}
        return self.answer

    @property
    def files(self) -> Mapping[str, bytes]:
        content = self.folder.content
        return {
            path.relative_to(content).as_posix(): path.read_bytes()
            for path in sorted(content.rglob("*"))
            if path.is_file()
        }

    @property
    def papers(self) -> Mapping[str, Paper]:
        assert self.run("check").exit_code == 0
        return library.load(self.folder).papers


@pytest.fixture
def readers(folder: Folder, run: Callable[..., Result], tmp_path: Path) -> Readers:
    """Three papers, of which one is on no page."""
    (folder.root / ".github").symlink_to(ROOT / ".github", target_is_directory=True)
    found = Readers(folder, run, tmp_path)
    found.put(
        paper("search-of-things", source_title="Search of things", ids={"arxiv": "2601.00001"}),
        paper("talking", source_title="Speech and search", date="2026-03-12"),
        paper("secret", source_title="A secret", curation={"hidden": True}),
    )
    return found


def test_a_correction(readers: Readers) -> None:
    done = readers.fill(
        "correction",
        paper=ONE,
        title="Search  of all things",
        abstract="It was\ngarbled.",
        authors="Lovelace, Ada\nBo Ek",
        ids="https://doi.org/10.1000/X\narXiv:2601.00001",
        code="https://example.org/code",
        project="https://example.org/project",
        published="2026-01-02",
        source="The PDF.",
        remark="I am its author.",
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "issue 12: Correct search-of-things",
        "  changed: content/papers/2026/search-of-things.yml",
    ]
    found = readers.papers["search-of-things"]
    assert (found.title, found.abstract) == ("Search of all things", "It was garbled.")
    assert found.authors == ("Ada Lovelace", "Bo Ek")
    assert found.ids == {"arxiv": "2601.00001", "doi": "10.1000/x"}
    assert [link.url for link in found.links] == [
        "https://example.org/code",
        "https://example.org/project",
    ]
    assert str(found.published) == "2026-01-02"
    assert found.source_title == "Search of things"  # the source's word stays
    assert found.curation.note is None  # what is for the editor is nowhere else
    assert found.curation.ids == (("doi", "10.1000/x"),)  # and what is not new is not decided
    assert readers.texts == {"answer.md", "body.md", "title"}
    assert readers.text("title") == "Correct search-of-things (issue 12)\n"
    assert "- title: Search of all things\n" in readers.answer
    assert f"[<code>search-of-things</code>]({ONE})" in readers.text("answer.md")
    body = readers.text("body.md")
    assert "**How the editor can check it**\n\n> The PDF.  \n" in body
    assert "**Anything else for the editor**\n\n> I am its author.  \n" in body
    assert body.endswith("\n\nCloses #12\n")
    assert "I am its author" not in readers.answer


def test_only_the_lines_concerned_change(readers: Readers) -> None:
    path = readers.folder.papers / "2026" / "search-of-things.yml"
    text = path.read_text("utf-8") + "curation:\n  note: Why.  # mine\n  title: Mine\n"
    path.write_text(text, encoding="utf-8")
    assert readers.fill("correction", paper=ONE, title="Theirs").exit_code == 0
    assert path.read_text("utf-8") == text.replace("title: Mine", "title: Theirs")
    said = readers.text("body.md").replace("\u200b", "").replace("&#58;", ":")
    assert "An editor has decided about this before, and it would be replaced: title." in said


def test_two_pages_of_one_paper(readers: Readers) -> None:
    done = readers.fill("correction", paper=PAGE.format("talking"), same_as="search-of-things")
    assert done.exit_code == 0
    assert readers.papers["talking"].same_as == "search-of-things"
    assert readers.text("title") == "talking is search-of-things (issue 12)\n"
    # From now on its address means the other paper, and a form for it changes that one.
    assert readers.fill("correction", paper=PAGE.format("talking"), title="New").exit_code == 0
    assert readers.papers["search-of-things"].title == "New"


def test_an_identifier_that_another_paper_has(readers: Readers) -> None:
    said = readers.refused(readers.fill("correction", paper="talking", ids="2601.00001"))
    assert (
        "the arXiv identifier 2601.00001 is that of papers/search-of-things/; if they are one "
        "paper, say so under “It is the same paper as”."
    ) in said
    done = readers.fill("correction", paper="talking", ids="2601.00001", same_as=ONE)
    assert done.exit_code == 0
    assert readers.papers["talking"].same_as == "search-of-things"


def test_a_word_to_the_editor_changes_nothing(readers: Readers) -> None:
    before = readers.files
    assert readers.fill("correction", paper=ONE, remark="Hm.").exit_code == 0
    assert readers.texts == {"answer.md"}
    assert "This is for a person to read" in readers.answer
    assert readers.files == before


@pytest.mark.parametrize(
    "answers, told",
    [
        ({}, "nothing in it differs from what the page of the paper says"),
        ({"title": "Search of things", "ids": "2601.00001"}, "nothing in it differs"),
        ({"same_as": ONE}, "is the page of this very paper"),
        ({"same_as": "secret"}, "“secret” is no address of a paper’s page in this digest"),
        ({"published": "never"}, "“never” is no day"),
        ({"code": "example.org"}, "“example.org” is no web address"),
    ],
)
def test_corrections_at_fault(readers: Readers, answers: dict[str, str], told: str) -> None:
    before = readers.files
    assert told in readers.refused(readers.fill("correction", paper=ONE, **answers))
    assert readers.files == before


def test_all_that_is_wrong_is_told_at_once(readers: Readers) -> None:
    done = readers.fill("correction", paper="nothing", published="never", ids="none")
    said = readers.refused(done)
    assert [line.split("**")[1] for line in said.splitlines() if line.startswith("- ")] == [
        "Page of the paper",
        "Identifiers",
        "Day of publication",
    ]
    assert "choose “Edit” in the menu" in said
    assert done.stderr.count("digest: ") == 3


@pytest.mark.parametrize(
    "written", ["secret", PAGE.format("secret"), "nobody", "../../x", "x" * 5_000]
)
def test_a_paper_that_is_on_no_page_is_not_told_from_none(readers: Readers, written: str) -> None:
    before = readers.files
    for kind in ("correction", "wrong-topic"):
        said = readers.refused(readers.fill(kind, paper=written))
        assert "is no address of a paper’s page in this digest" in said
        assert "A secret" not in said
    assert readers.files == before


def test_topics(readers: Readers) -> None:
    said = {"paper": ONE, "drop": "retrieval", "why": "So."}
    done = readers.fill("wrong-topic", **said, add="Speech audios")
    assert "did you mean Speech &#38; audio" in readers.refused(done)
    done = readers.fill("wrong-topic", **said, add="speech and AUDIO")
    assert done.exit_code == 0
    curation = readers.papers["search-of-things"].curation
    assert (curation.add_topics, curation.drop_topics) == (("speech",), ("retrieval",))
    assert "- all of its topics then: Speech &#38; audio\n" in readers.answer
    assert "**Why**\n\n> So.  \n" in readers.text("body.md")


@pytest.mark.parametrize(
    "decided, told",
    [
        ("drop_topics: [speech]", "and it would be replaced&#58;\u200b Speech &#38; audio."),
        ("add_topics: [retrieval]", "and it would be replaced&#58;\u200b Information retrieval."),
        ("topics: [retrieval]", "An editor has settled the topics of this paper before"),
        ("pick: true", ""),
    ],
)
def test_an_editor_is_told_that_topics_were_decided_otherwise(
    readers: Readers, decided: str, told: str
) -> None:
    path = readers.folder.papers / "2026" / "search-of-things.yml"
    path.write_text(f"{path.read_text('utf-8')}curation:\n  {decided}\n", "utf-8")
    done = readers.fill("wrong-topic", paper=ONE, add="speech", drop="retrieval")
    assert done.exit_code == 0, done.output
    assert told in readers.text("body.md")
    assert bool(told) == ("An editor has" in readers.text("body.md"))


@pytest.mark.parametrize(
    "answers, told",
    [
        ({}, "it names no topic"),
        ({"add": "retrieval"}, "the paper stands under Information retrieval already"),
        ({"drop": "speech"}, "the paper does not stand under Speech &#38; audio"),
        ({"add": "speech", "drop": "Speech & audio"}, "is named in both lists"),
        ({"add": "speach"}, "“speach” is no topic of this digest"),
    ],
)
def test_topics_at_fault(readers: Readers, answers: dict[str, str], told: str) -> None:
    before = readers.files
    assert told in readers.refused(readers.fill("wrong-topic", paper=ONE, **answers))
    assert readers.files == before


def test_topics_may_stand_in_one_line_and_by_former_names(readers: Readers) -> None:
    path = readers.folder.topics_yml
    text = path.read_text("utf-8")
    text = text.replace("title: Speech & audio", "formerly: [voices]\n    title: Speech, audio")
    path.write_text(text, "utf-8")
    for said in ("Speech, audio", "voices", "voices; speech"):
        assert readers.fill("wrong-topic", paper=ONE, add=said, drop="retrieval").exit_code == 0
        path = readers.folder.papers / "2026" / "search-of-things.yml"
        text = path.read_text("utf-8")
        assert "add_topics: [speech]" in text
        path.write_text(text[: text.index("curation:")], "utf-8")


NEW = {
    "title": "On the finding of kettles",
    "abstract": "We find kettles. It is hard to say where.",
    "where": "arXiv:2602.00002v1\nhttps://example.org/kettles.pdf",
}


def test_a_paper(readers: Readers) -> None:
    done = readers.fill("paper", **NEW, authors="Ada Lovelace", published="2026-02-03", why="Tea.")
    assert done.exit_code == 0, done.output
    found = readers.papers["on-the-finding-of-kettles"]
    assert found.ids == {"arxiv": "2602.00002"}
    assert found.authors == ("Ada Lovelace",)
    assert [(seen.source, str(seen.date), seen.file) for seen in found.appearances] == [
        ("suggestions", "2026-03-14", "issue-12")
    ]
    assert found.curation.note is None
    (entry,) = library.load(readers.folder).ledger.values()
    assert (entry.source, entry.papers, entry.seen) == ("suggestions", (found.slug,), 1)
    assert readers.text("title") == "Add a paper: on-the-finding-of-kettles (issue 12)\n"
    body = readers.text("body.md")
    assert "It stands in the edition of 2026-03-14, the day on which it was suggested." in body
    assert "say `hidden: true` under `curation`" in body  # ours: to be copied as it is
    assert "**Why it should be here**\n\n> Tea.  \n" in body


def test_a_paper_comes_in_once(readers: Readers) -> None:
    assert readers.fill("paper", **NEW).exit_code == 0
    before = readers.files
    for again in (NEW, {**NEW, "title": "Another title"}):
        said = readers.refused(readers.fill("paper", **again))
        page = PAGE.format("on-the-finding-of-kettles")
        assert (
            f"this paper is here already: [<code>on-the-finding-of-kettles</code>]({page})" in said
        )
    assert readers.files == before


def test_a_paper_that_the_editor_left_out_or_has_before_them(readers: Readers) -> None:
    secret = {"title": "A secret", "abstract": "We study secret.", "where": "https://example.org"}
    assert "an editor has looked at this paper before" in readers.refused(
        readers.fill("paper", **secret)
    )
    readers.folder.sources_yml.write_text("sources:\n  suggestions: {kind: raw}\n", "utf-8")
    assert readers.fill("paper", **NEW).exit_code == 0
    assert "waits as a candidate, as `content/sources.yml` says" in readers.text("body.md")
    assert "on-the-finding-of-kettles" not in readers.papers
    said = readers.refused(readers.fill("paper", **{**NEW, "title": "Another title"}))
    assert "the editor has this paper before them already" in said
    # Where suggestions are papers, one makes a paper of the candidate.
    readers.folder.sources_yml.unlink()
    again = {**NEW, "abstract": NEW["abstract"] + " Very."}
    assert readers.fill("paper", **again).exit_code == 0
    assert readers.text("title") == "Accept a candidate: on-the-finding-of-kettles (issue 12)\n"
    accepted = readers.papers["on-the-finding-of-kettles"]
    assert accepted.curation.status is Status.ACCEPTED


def test_what_only_looks_alike_is_told_to_the_editor(readers: Readers) -> None:
    readers.put(paper("kettles", source_title=NEW["title"], source_abstract="Quite another thing."))
    assert readers.fill("paper", **NEW).exit_code == 0
    assert "It may be kettles" in readers.text("body.md").replace("\u200b", "")


def test_a_paper_that_contradicts_another(readers: Readers) -> None:
    readers.put(paper("kettles", ids={"arxiv": "2602.00009", "doi": "10.1000/k"}))
    told = readers.refused(readers.fill("paper", **{**NEW, "where": "10.1000/k\narXiv:2602.00002"}))
    assert "it contradicts a paper that the digest has" in told


@pytest.mark.parametrize(
    "answers, told",
    [
        ({**NEW, "where": ""}, "is empty; it is needed"),
        ({**NEW, "where": "somewhere"}, "is no identifier and no web address"),
        ({**NEW, "abstract": "N/A"}, "is no abstract"),
        ({**NEW, "title": "\u200b"}, "is empty; it is needed"),
        ({**NEW, "abstract": "x" * 12_001}, "has more than 12,000 characters"),
    ],
)
def test_papers_at_fault(readers: Readers, answers: dict[str, str], told: str) -> None:
    before = readers.files
    assert told in readers.refused(readers.fill("paper", **answers))
    assert readers.files == before


KETTLES = {"title": "Kettles", "description": "What is boiled.", "phrases": "kettle\nsamovar*"}


def test_a_topic(readers: Readers) -> None:
    readers.put(paper("kettles"), paper("pots"))
    before = readers.folder.topics_yml.read_text("utf-8")
    done = readers.fill("topic", **KETTLES, examples="Kettles\n" + PAGE.format("pots") + "\nElse")
    assert done.exit_code == 0, done.output
    after = readers.folder.topics_yml.read_text("utf-8")
    assert after.startswith(before)
    assert after[len(before) :] == (
        "\n  - id: kettles\n    title: Kettles\n    description: What is boiled.\n    rules:\n"
        "      - weight: 10\n        phrases:\n          - kettle\n          - samovar*\n"
    )
    assert readers.run("check").exit_code == 0
    assert readers.text("title") == "Add a topic: kettles (issue 12)\n"
    assert "- examples that come under it: kettles\n" in readers.answer
    assert "- examples that do not yet: pots\n" in readers.answer
    assert "`digest evaluate` measures it" in readers.text("body.md")


@pytest.mark.parametrize(
    "answers, told",
    [
        ({"title": "Retrieval"}, "“Retrieval” is or was a topic here"),
        ({"title": "information RETRIEVAL"}, "is or was a topic here"),
        ({"title": "Unsorted"}, "is or was a topic here"),
        ({"title": "!!!"}, "has no letter or digit"),
        ({"title": "x" * 61}, "has more than 60 characters"),
        ({"phrases": "a"}, "“a” is too short"),
        ({"phrases": "... kettle"}, "needs words on both sides"),
        ({"phrases": "kettle (hot)"}, "is not a word"),
        ({"phrases": "kettle " * 20}, "is too long"),
        ({"phrases": "\n".join(f"kettle{n}" for n in range(41))}, "has more than 40 lines"),
    ],
)
def test_topics_that_cannot_be(readers: Readers, answers: dict[str, str], told: str) -> None:
    before = readers.files
    said = readers.refused(readers.fill("topic", **{**KETTLES, **answers}))
    assert told in said.replace("&#33;", "!").replace("&#42;", "*")
    assert readers.files == before


def test_a_list_of_topics_that_a_person_has_to_change(readers: Readers) -> None:
    path = readers.folder.topics_yml
    path.write_text("topics: [{id: a, title: A, description: A.}]\n", encoding="utf-8")
    assert "an editor will do it" in readers.refused(readers.fill("topic", **KETTLES))


def test_what_the_digest_would_not_be_in_order_with_is_taken_back(readers: Readers) -> None:
    """What only shows when all of it is read again; here, an address that would lead two ways."""
    readers.folder.redirects_yml.write_text("papers/on-kettles/: topics/\n", encoding="utf-8")
    path = readers.folder.topics_yml
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = readers.files
    said = readers.refused(readers.fill("paper", **{**NEW, "title": "On kettles"}))
    assert "the digest would not be in order with it" in said
    assert readers.files == before


@pytest.mark.parametrize("issue", [{"state": "closed"}, {"locked": True}, {"labels": []}])
def test_what_nobody_waits_for_or_is_no_form(readers: Readers, issue: dict[str, Any]) -> None:
    assert readers.fill("correction", paper=ONE, title="New").exit_code == 0
    before = readers.files
    is_form = "labels" not in issue
    body = filled("correction", paper=ONE, title="Newer") if is_form else "A question."
    done = readers.send(body, **issue)
    assert done.exit_code == 0
    assert "nothing to do" in done.stdout
    assert readers.texts == set()  # nor is an older answer left
    assert readers.files == before


def test_a_form_without_its_label_is_one(readers: Readers) -> None:
    """GitHub sets labels only where the repository has them."""
    body = filled("correction", paper=ONE, title="New")
    assert readers.send(body, labels=[]).exit_code == 0
    assert readers.papers["search-of-things"].title == "New"


def test_a_form_that_was_torn_is_answered(readers: Readers) -> None:
    said = readers.refused(readers.send("Hello.", labels=[{"name": "suggestion"}]))
    assert "the form’s headings are gone" in said


def test_where_the_site_is(readers: Readers) -> None:
    body = filled("correction", paper=ONE, title="New")
    assert readers.send(body, "--site", "https://ada.github.io/digest").exit_code == 0
    page = "https://ada.github.io/digest/papers/search-of-things/"
    assert f"[<code>search-of-things</code>]({page})" in readers.text("answer.md")
    done = readers.send(body, "--site", "{}")
    assert done.exit_code == 2
    assert "--site {}: is not a web address" in done.stderr


def test_a_site_without_an_address(readers: Readers) -> None:
    readers.folder.mkdocs_yml.write_text("site_name: A\n", encoding="utf-8")
    assert readers.fill("correction", paper=ONE, title="New").exit_code == 0
    assert "in <code>search-of-things</code>:" in readers.text("answer.md")


def test_wrong_usage(readers: Readers) -> None:
    assert readers.run("form", readers.place / "nothing.json").exit_code == 2
    path = readers.place / "event.json"
    for data in (b"{}", b"\xff", b"[" * 2_000_000):
        path.write_bytes(data)
        done = readers.run("form", path)
        assert done.exit_code == 2, done.output
        assert "Traceback" not in done.stderr


def test_content_at_fault_is_no_readers_fault(readers: Readers) -> None:
    readers.folder.redirects_yml.write_text("a: [\n", encoding="utf-8")
    done = readers.fill("correction", paper=ONE, title="New")
    assert done.exit_code == 1
    assert "content/redirects.yml" in done.stderr
    assert readers.texts == set()


# --- hostile forms; tests/test_suggest.py takes one of each kind through the whole -----------

FORGED = "So.\n### Title as it should be\n\nForged"


@pytest.mark.parametrize(
    "body, told",
    [
        (filled("correction", paper="../../x", title="T"), "is no address of a paper’s page"),
        (filled("correction", paper="papers/../../../etc/passwd"), "is no address"),
        (filled("correction", paper=PAGE.format("secret"), title="T"), "is no address"),
        (filled("correction", paper=ALL, title="T"), "is no address"),
        (filled("correction", paper=ONE, title="T", abstract=FORGED), "more than once"),
        (filled("correction", paper=ONE, abstract=ALL * 40), "has more than 12,000 characters"),
        (filled("correction", paper=ONE, title="x" * 70_000), "more than 65,536 characters"),
        (filled("correction", paper=ONE, title="x\n" * 400), "has more than 500 characters"),
        (
            filled("correction", paper=ONE, title="\u202e\x00\ud800"),
            "nothing that anybody could read",
        ),
        (filled("correction", paper=ONE, ids=ALL), "is no identifier"),
        (filled("correction", paper=ONE, code=ALL), "is no web address"),
        (filled("correction", paper=ONE, published=ALL), "is no day"),
        (filled("correction", paper=ONE, same_as=ALL), "is no address"),
        (filled("wrong-topic", paper=ONE, add=ALL), "is no topic of this digest"),
        (filled("wrong-topic", paper=ONE, drop=ALL), "is no topic of this digest"),
        (filled("topic", title="A", description="B", phrases="\n".join(EVIL[:9])), "not a word"),
        (filled("topic", title=ALL, description=ALL, phrases="kettle"), "has more than"),
        (
            filled("paper", title="A", abstract="B", where=ALL),
            "is no identifier and no web address",
        ),
        (f"{ALL}\n{filled('correction', title='T')}", "text above the form’s first heading"),
        (ALL, "the form’s headings are gone"),
    ],
    ids=lambda value: value if len(value) < 50 else "",
)
def test_what_breaks_a_rule_is_told_and_changes_nothing(
    readers: Readers, body: str, told: str
) -> None:
    before = readers.files
    assert told in readers.refused(readers.send(body))
    assert looked_for(readers.text("answer.md")) == []
    assert len(readers.answer) < LONGEST
    assert "A secret" not in readers.answer
    assert readers.files == before


@pytest.mark.parametrize("evil", EVIL)
def test_any_text_is_a_text(readers: Readers, evil: str) -> None:
    """Whatever a title is, it comes out of the record as it was cleaned, or is refused."""
    assert readers.fill("correction", paper=ONE, title=evil, remark=evil).exit_code == 0
    assert readers.papers["search-of-things"].title == clean(evil)
    assert looked_for(readers.text("answer.md")) == []
    assert (
        looked_for(readers.text("body.md").replace("issue #12", "").replace("Closes #12", "")) == []
    )
    assert readers.text("title") == "Correct search-of-things (issue 12)\n"
