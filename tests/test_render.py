"""Pages: every one is there, at its address, with what it must show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown

from generator.digest import PAGE_SIZE, Digest, ListingView
from generator.errors import ContentError
from generator.folder import Folder
from generator.model import Rejected
from generator.render import Renderer, markdown_path
from tests import goldens
from tests.builders import appearance, day, digest, edition, entry, link, tag
from tests.conftest import ROOT
from tests.test_escape import HOSTILE, folded, texts

PROJECT = Folder(ROOT)
EXTENSIONS = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))[
    "markdown_extensions"
]


def pages(shown: Digest, folder: Folder = PROJECT) -> dict[str, str]:
    return dict(Renderer(folder, shown).pages())


def html(source: str) -> BeautifulSoup:
    """A page as Markdown makes it, with the extensions of mkdocs.yml."""
    _, front, body = source.split("---\n", 2)
    assert isinstance(yaml.safe_load(front), dict)
    names = [next(iter(each)) if isinstance(each, dict) else each for each in EXTENSIONS]
    return BeautifulSoup(markdown(body, extensions=names), "html5lib")


def text(found: Tag | None) -> str:
    """What is read there; a formula is its source, which stands beside its presentation."""
    assert found is not None
    copy = BeautifulSoup(str(found), "html5lib")
    for presentation in copy.select("math mstyle"):
        presentation.decompose()
    return folded(copy.get_text())


def small() -> Digest:
    """Two days, a pick, an author, a link, a paper without a topic."""
    return digest(
        entry(
            "one",
            "2026-03-11",
            ["retrieval", "speech"],
            authors=("Ada Example", "Bo Öman"),
            ids={"arxiv": "2010.00904"},
            links=(link(),),
            appearances=(appearance("2026-03-11"), appearance("2026-03-12", file="b.txt")),
        ),
        entry("two", "2026-03-12", ["speech"], pick=True, note="Why *this* matters."),
        entry("three", "2026-03-12"),
    )


@pytest.mark.parametrize(
    "address,path",
    [
        ("", "index.md"),
        ("papers/a-b/", "papers/a-b.md"),
        ("topics/", "topics/index.md"),
        ("topics/rag/", "topics/rag/index.md"),
        ("topics/rag/2/", "topics/rag/2.md"),
        ("topics/unsorted/", "topics/unsorted.md"),
        ("editions/", "editions/index.md"),
        ("editions/2026-03-11/", "editions/2026-03-11.md"),
        ("feeds/", "feeds.md"),
    ],
)
def test_pages_lie_where_mkdocs_makes_their_address(address: str, path: str) -> None:
    assert markdown_path(address) == path


def test_every_page_is_there() -> None:
    assert sorted(pages(small())) == [
        "editions/2026-03-11.md",
        "editions/2026-03-12.md",
        "editions/index.md",
        "feeds.md",
        "index.md",
        "papers/one.md",
        "papers/three.md",
        "papers/two.md",
        "status.md",
        "topics/index.md",
        "topics/retrieval/index.md",
        "topics/speech/index.md",
        "topics/unsorted.md",
    ]


@pytest.mark.parametrize("path", sorted(pages(small())))
def test_golden(path: str) -> None:
    goldens.check(f"pages/{path}", pages(small())[path])


def test_every_golden_file_is_a_page() -> None:
    assert goldens.names("pages") == set(pages(small()))


def test_a_papers_page() -> None:
    page = html(pages(small())["papers/one.md"])
    assert [text(each) for each in page.find_all("h1")] == ["One"]
    assert [text(each) for each in page.select(".paper-abstract")] == ["We study one."]
    shown = page.get_text()
    assert "Ada Example, Bo Öman" in folded(shown)
    addresses = {str(each["href"]) for each in page.find_all("a")}
    assert {"https://arxiv.org/abs/2010.00904", "https://example.com/code"} <= addresses
    assert {"../../topics/retrieval/", "../../editions/2026-03-11/"} <= addresses


def test_a_paper_without_an_address_offers_searches() -> None:
    page = html(pages(small())["papers/two.md"])
    hosts = {str(each["href"]).split("/")[2] for each in page.select("a[href^=http]")}
    assert hosts == {"arxiv.org", "www.semanticscholar.org", "scholar.google.com"}
    assert "Look for its title on" in page.get_text()


def test_entries_carry_their_slug() -> None:
    made = pages(small())
    for path, slugs in {
        "index.md": {"one", "two", "three"},
        "editions/2026-03-11.md": {"one"},
        "topics/speech/index.md": {"one", "two"},
        "topics/unsorted.md": {"three"},
    }.items():
        shown = [str(each["data-paper"]) for each in html(made[path]).select(".paper-entry")]
        assert len(shown) == len(set(shown))
        assert set(shown) <= slugs
        assert set(shown) == slugs or path == "index.md"


def test_an_entry_shows_its_whole_abstract_once() -> None:
    long = " ".join(f"word{number}" for number in range(300))
    page = html(pages(digest(entry("p", abstract=long)))["editions/2026-03-11.md"])
    (shown,) = page.select(".paper-entry")
    assert text(shown).count("word299") == 1


def test_an_address_that_a_paper_left_leads_on() -> None:
    shown = digest(entry("kept", title="<b>Kept</b>"), redirects={"gone": "kept"})
    page = BeautifulSoup(pages(shown)["papers/gone/index.html"], "html5lib")
    refresh = page.find("meta", attrs={"http-equiv": "refresh"})
    assert refresh is not None
    assert refresh["content"] == "0; url=../kept/"
    assert text(page.h1) == text(page.title) == "<b>Kept</b>"
    assert [str(each["href"]) for each in page.find_all("a")] == ["../kept/"]
    canonical = page.find("link", rel="canonical")
    assert canonical is not None
    assert canonical["href"] == "https://example.org/digest/papers/kept/"


def test_links_of_a_note_lead_into_the_site_from_every_page() -> None:
    note = "[see](topics/speech/)"
    made = pages(digest(entry("p", topics=["speech"], pick=True, note=note)))
    for path, address in {
        "index.md": "topics/speech/",
        "papers/p.md": "../../topics/speech/",
        "topics/speech/index.md": "./",
        "editions/2026-03-11.md": "../../topics/speech/",
    }.items():
        found = [str(a["href"]) for a in html(made[path]).find_all("a") if text(a) == "see"]
        assert found == [address]


def test_a_note_is_the_curators_markdown() -> None:
    page = html(pages(small())["papers/two.md"])
    assert "matters" in page.get_text()
    assert any(text(each) == "this" for each in page.find_all("em"))


def test_a_topic_has_pages_of_fifty() -> None:
    entries = [entry(f"p-{number:03}", topics=["speech"]) for number in range(2 * PAGE_SIZE + 1)]
    made = pages(digest(*entries))
    counts = [
        len(html(made[path]).select(".paper-entry"))
        for path in ("topics/speech/index.md", "topics/speech/2.md", "topics/speech/3.md")
    ]
    assert counts == [PAGE_SIZE, PAGE_SIZE, 1]
    assert "topics/speech/4.md" not in made
    second = {str(each["href"]) for each in html(made["topics/speech/2.md"]).find_all("a")}
    assert {"../", "../3/"} <= second


def test_neighbours_in_an_edition_are_linked() -> None:
    page = pages(small())["papers/two.md"]
    assert "../three/" in {str(each["href"]) for each in html(page).find_all("a")}


def test_a_digest_without_papers_has_all_its_pages() -> None:
    made = pages(digest())
    assert {"index.md", "status.md", "feeds.md", "topics/unsorted.md"} <= set(made)
    for page in made.values():
        assert len(html(page).find_all("h1")) == 1


def test_search_finds_papers_and_not_lists() -> None:
    for path, page in pages(small()).items():
        front = yaml.safe_load(page.split("---\n", 2)[1])
        excluded = (front.get("search") or {}).get("exclude", False)
        assert excluded != path.startswith("papers/")


def test_evidence_is_on_the_page() -> None:
    (page,) = (
        page
        for path, page in pages(digest(entry("p", topics=[tag("speech", 2.5)]))).items()
        if path == "papers/p.md"
    )
    assert "2.5" in html(page).get_text()


@settings(max_examples=30)
@given(title=texts, abstract=texts, author=texts)
def test_hostile_text_is_shown_as_it_is(title: str, abstract: str, author: str) -> None:
    title, abstract = f"T {title}", f"A {abstract}"
    shown = entry("p", title=title, abstract=abstract, authors=(f"N {author}",), topics=["speech"])
    made = pages(digest(shown))
    paper = html(made["papers/p.md"])
    assert [text(each) for each in paper.find_all("h1")] == [folded(title)]
    assert text(paper.select_one(".paper-abstract")) == folded(abstract)
    listed = html(made["topics/speech/index.md"]).select_one(".paper-entry")
    assert listed is not None
    assert text(listed.h3) == folded(title)
    for page in (paper, html(made["index.md"])):
        assert not page.find_all(["script", "img", "iframe", "style"])
        assert not [a for each in page.find_all() for a in each.attrs if a.startswith("on")]


@settings(max_examples=30)
@given(note=st.sampled_from(HOSTILE) | texts)
def test_hostile_notes_and_introductions_do_nothing(note: str) -> None:
    first = entry("p", pick=True, note=f"n {note}", topics=["speech"])
    day = edition("2026-03-11", first, title=f"t {note}", introduction=f"i {note}")
    made = pages(digest(first, editions=(day,)))
    for path in ("index.md", "papers/p.md", "editions/2026-03-11.md"):
        page = html(made[path])
        assert len(page.find_all("h1")) == 1
        assert not page.find_all(["script", "img", "iframe", "style"])
        assert not [a for each in page.find_all() for a in each.attrs if a.startswith("on")]


def test_a_mistake_in_a_template_is_named(folder: Folder, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    folder.templates.unlink()
    folder.templates.symlink_to(templates, target_is_directory=True)
    cases = {
        "{% if %}": "Expected an expression",
        "{{ nobody }}": "'nobody' is undefined",
        "{% include 'other.md.j2' %}": "is not there",
        "{{ 1 / 0 }}": "division by zero",
        "{{ 'a' + 1 }}": "can only concatenate",
        "{{ 3|iso }}": "has no attribute",
    }
    for source, says in cases.items():
        (templates / "home.md.j2").write_text(f"\n{source}", encoding="utf-8")
        with pytest.raises(ContentError, match=r"templates/(home|other)\.md\.j2") as caught:
            pages(digest(), folder)
        assert says in caught.value.problem
        assert caught.value.line == 2 or says == "is not there"


def test_a_listing_without_papers_leads_to_no_edition() -> None:
    views = tuple(
        ListingView("daily", day(date), "f.txt", seen=seen, new=seen, merged=0, repeated=0)
        for date, seen in (("2026-03-11", 1), ("2026-03-14", 0))
    )
    shown = replace(small(), listings=views)
    page = html(pages(shown)["status.md"])
    leads = {str(each["href"]) for each in page.select("table.ledger a")}
    assert leads == {"../editions/2026-03-11/"}
    assert "14 Mar 2026" in text(page.select_one("table.ledger"))


def test_the_status_page_tells_what_was_rejected() -> None:
    refused = Rejected(7, "A <b>title</b>", "no abstract: the library needs one; add it")
    view = ListingView("daily", day("2026-03-11"), "f.txt", 2, 1, 0, 0, (refused,))
    page = html(pages(replace(small(), listings=(view,)))["status.md"])
    shown = text(page.select_one("#rejected").parent)  # type: ignore[union-attr]
    assert "A <b>title</b>" in shown
    assert "f.txt, line 7 · no abstract: the library needs one; add it" in shown
    assert "Rejected" in text(page.select_one("table.ledger"))
