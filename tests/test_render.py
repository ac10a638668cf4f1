"""Pages: every one is there, at its address, with what it must show."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown

from generator.accounting.views import RejectedThere, Rejection, SourceView, StatusView
from generator.content import Content
from generator.digest import (
    EDITION_PAGE_SIZE,
    FRONT_PAGE_SIZE,
    PAGE_SIZE,
    Digest,
    Doubtful,
    Entry,
    ListingView,
    TopicView,
    Withheld,
)
from generator.errors import ContentError
from generator.folder import Folder
from generator.intake import Source
from generator.model import Completion, Evidence, Reason, Rejected, Rule
from generator.render import markdown_path
from generator.storage.library import Library
from generator.topics.taxonomy import parse_taxonomy
from generator.views import titles
from generator.views.assemble import digest_of
from tests import goldens
from tests.accounting.test_outcomes import entry as ledger_entry
from tests.builders import SITE, appearance, day, digest, edition, entry, link, paper, tag, topic
from tests.conftest import ROOT, TOPICS_YML
from tests.markup.test_escape import HOSTILE, folded, texts
from tests.rendered import Rendered

PROJECT = Folder(ROOT)
EXTENSIONS = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))[
    "markdown_extensions"
]


def pages(shown: Digest, folder: Folder = PROJECT) -> dict[str, str]:
    return Rendered(shown, folder).pages()


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


def withheld() -> tuple[Withheld, ...]:
    """A topic that the editor took away, and one that is nearly given."""
    why = (Evidence("Graphs", "title", 4.0), Evidence("graph", "opening", -0.25))
    return (
        Withheld(replace(tag("peft"), by_curator=True), 0.0, "taken away by the editor"),
        Withheld(replace(tag("graphs", 3.75), evidence=why), 7.0, "below its threshold"),
    )


def small() -> Digest:
    """Two days, a pick, an author, a link, a paper without a topic, one with a related one."""
    shown = small_entries()
    doubtful = Doubtful(without=shown[2:], weak=shown[1:2])
    return digest(*shown, related={"one": shown[1:]}, doubtful=doubtful)


def small_entries() -> tuple[Entry, ...]:
    return (
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
        entry("three", "2026-03-12", withheld=withheld()),
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
        ("editions/2026-03-11/", "editions/2026-03-11/index.md"),
        ("feeds/", "feeds.md"),
    ],
)
def test_pages_lie_where_mkdocs_makes_their_address(address: str, path: str) -> None:
    assert markdown_path(address) == path


def test_every_page_is_there() -> None:
    assert sorted(pages(small())) == [
        "api.md",
        "editions/2026-03-11/index.md",
        "editions/2026-03-12/index.md",
        "editions/index.md",
        "feeds.md",
        "index.md",
        "map.md",
        "papers/one.md",
        "papers/three.md",
        "papers/two.md",
        "reading-list.md",
        "search.md",
        "status.md",
        "titles.md",
        "topics/index.md",
        "topics/retrieval/index.md",
        "topics/speech/index.md",
        "topics/unsorted.md",
        "trends.md",
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
        "editions/2026-03-11/index.md": {"one"},
        "topics/speech/index.md": {"one", "two"},
        "topics/unsorted.md": {"three"},
    }.items():
        shown = [str(each["data-paper"]) for each in html(made[path]).select(".paper-entry")]
        assert len(shown) == len(set(shown))
        assert set(shown) <= slugs
        assert set(shown) == slugs or path == "index.md"


def test_an_entry_shows_its_whole_abstract_once() -> None:
    long = " ".join(f"word{number}" for number in range(300))
    page = html(pages(digest(entry("p", abstract=long)))["editions/2026-03-11/index.md"])
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


def test_the_addresses_that_a_topic_left_lead_on() -> None:
    entries = [entry(f"p-{number}", topics=["speech"]) for number in range(PAGE_SIZE + 1)]
    made = pages(digest(*entries, topics_moved={"audio": topic("speech")}))
    targets = {
        path: str(BeautifulSoup(made[path], "html5lib").select_one("a[href]")["href"])  # type: ignore[index]
        for path in made
        if path.startswith("topics/audio/")
    }
    assert targets == {
        "topics/audio/index.html": "../speech/",
        "topics/audio/2/index.html": "../../speech/2/",
    }
    assert "This topic has" in made["topics/audio/index.html"]


def test_topics_lead_to_the_wider_and_to_their_parts() -> None:
    rag, retrieval = topic("rag"), topic("retrieval")
    shown = digest(
        topics=(TopicView(retrieval, (), parts=(rag,)), TopicView(rag, (), parent=retrieval))
    )
    made = pages(shown)

    def near(path: str) -> dict[str, str]:
        places = html(made[path]).select(".facts li")
        found = [each for each in places if "part of" in text(each) or "a part" in text(each)]
        return {text(each): str(each.a["href"]) for each in found if each.a}

    assert near("topics/retrieval/index.md") == {"Rag, a part of it": "../rag/"}
    assert near("topics/rag/index.md") == {"part of Retrieval": "../retrieval/"}
    assert "part of Retrieval" in text(html(made["topics/index.md"]).select_one("#rag"))


def test_why_a_paper_has_its_topics_is_folded() -> None:
    evidence = (
        Evidence("Search", "title", 7.0),
        Evidence("search", "opening", 1.25),
        Evidence("graph search", "abstract", -2.0),
    )
    given = replace(tag("retrieval", 6.25), evidence=evidence)
    chosen = replace(tag("speech", 0.0), by_curator=True)
    made = pages(digest(entry("p", topics=[given, chosen], withheld=withheld())))
    fold = html(made["papers/p.md"]).select_one(".why details")
    assert fold is not None
    assert not fold.has_attr("open")
    assert [text(each) for each in fold.select("li")] == [
        (
            "Retrieval 6.2 · title “Search” +7; first sentence “search” +1.2 "
            "· against it: abstract “graph search” −2"
        ),
        "Speech chosen by the editor",
        "Not Peft taken away by the editor",
        (
            "Not Graphs 3.8 of 7.0 below its threshold · title “Graphs” +4 "
            "· against it: first sentence “graph” −0.2"
        ),
    ]


def test_related_papers_are_a_quiet_list() -> None:
    one, two = entry("one"), entry("two", title="<b>Two</b>")
    made = pages(digest(one, two, related={"one": (two,), "two": ()}))
    (link,) = html(made["papers/one.md"]).select(".related a")
    assert (text(link), link["href"]) == ("<b>Two</b>", "../two/")
    assert not html(made["papers/two.md"]).select(".related")


def test_long_lists_of_doubtful_papers_are_folded() -> None:
    entries = tuple(entry(f"p-{number:02}", topics=["speech"]) for number in range(60))
    few, many = entries[:5], entries
    page = html(pages(digest(*entries, doubtful=Doubtful(weak=few, crowded=many)))["status.md"])
    assert "65" in text(page.select_one("#unsure-topics"))
    weak, crowded = page.select("#weak-topic ~ ul.records")[0], page.select("details ul.records")[0]
    assert len(weak.select("a")) == 5
    assert len(crowded.select("a")) == 50
    assert text(crowded.select("li")[-1]) == "and 10 more"


def test_links_of_a_note_lead_into_the_site_from_every_page() -> None:
    note = "[see](topics/speech/)"
    made = pages(digest(entry("p", topics=["speech"], pick=True, note=note)))
    for path, address in {
        "index.md": "topics/speech/",
        "papers/p.md": "../../topics/speech/",
        "topics/speech/index.md": "./",
        "editions/2026-03-11/index.md": "../../topics/speech/",
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


def test_a_large_edition_has_pages_and_its_contents_lead_to_them() -> None:
    """Sections stand where the contents say; the site's first page has the first papers of each."""
    kinds = [("retrieval", EDITION_PAGE_SIZE + 10), ("speech", 8), ("", 5)]
    entries = [
        entry(f"{topic or 'none'}-{number:03}", topics=[topic] if topic else [])
        for topic, size in kinds
        for number in range(size)
    ]
    made = pages(digest(*entries))
    day = "editions/2026-03-11/"
    shown = {path: html(made[path]) for path in ("index.md", f"{day}index.md", f"{day}2.md")}
    counts = [len(page.select(".paper-entry")) for page in shown.values()]
    assert counts == [FRONT_PAGE_SIZE, EDITION_PAGE_SIZE, 23]
    assert f"{day}3.md" not in made
    assert [[text(each) for each in page.select("h2.section-name")] for page in shown.values()] == [
        ["Retrieval 70", "Speech 8", "Without a topic 5"],
        ["Retrieval 70"],
        ["Retrieval, continued 70", "Speech 8", "Without a topic 5"],
    ]
    assert [[str(a["href"]) for a in page.select(".bars a")] for page in shown.values()] == [
        ["#retrieval", "#speech", "#without-a-topic"],
        ["#retrieval", "2/#speech", "2/#without-a-topic"],
        ["../#retrieval", "#speech", "#without-a-topic"],
    ]
    assert [str(a["href"]) for a in shown["index.md"].select(".section-rest a")] == [
        "editions/2026-03-11/#retrieval",
        "editions/2026-03-11/",
    ]
    assert [text(each) for each in shown[f"{day}index.md"].select("p.section-rest")] == [
        "10 more on the next page"
    ]
    assert "page 2 of 2" in text(shown[f"{day}2.md"].select_one(".kicker"))


def test_letters_of_a_long_index_lead_to_their_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(titles, "PAGE_SIZE", 2)
    names = ("Alpha", "Beta", "Bits", "Gamma", "4 bits")
    made = pages(digest(*(entry(f"p{n}", title=name) for n, name in enumerate(names))))
    shown = [html(made[path]) for path in ("titles.md", "titles/2.md", "titles/3.md")]
    assert [[text(each) for each in page.select(".titles a")] for page in shown] == [
        ["Alpha", "Beta"],
        ["Bits", "Gamma"],
        ["4 bits"],
    ]
    assert [[str(each["href"]) for each in page.select(".letters a")] for page in shown] == [
        ["#a", "#b", "2/#g", "3/#signs"],
        ["../#a", "../#b", "#g", "../3/#signs"],
        ["../#a", "../#b", "../2/#g", "#signs"],
    ]


def test_neighbours_in_an_edition_are_linked() -> None:
    page = pages(small())["papers/two.md"]
    assert "../three/" in {str(each["href"]) for each in html(page).find_all("a")}


def test_a_digest_without_papers_has_all_its_pages() -> None:
    made = pages(digest())
    assert {"index.md", "status.md", "feeds.md", "topics/unsorted.md"} <= set(made)
    for page in made.values():
        assert len(html(page).find_all("h1")) == 1


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
        assert not acting(page)
        assert not [a for each in page.find_all() for a in each.attrs if a.startswith("on")]


def acting(page: BeautifulSoup) -> list[Tag]:
    """Elements that load or run something; a block of data does neither."""
    found = page.find_all(["script", "img", "iframe", "style"])
    return [each for each in found if each.get("type") != "application/ld+json"]


@settings(max_examples=30)
@given(note=st.sampled_from(HOSTILE) | texts)
def test_hostile_notes_and_introductions_do_nothing(note: str) -> None:
    first = entry("p", pick=True, note=f"n {note}", topics=["speech"])
    day = edition("2026-03-11", first, title=f"t {note}", introduction=f"i {note}")
    made = pages(digest(first, editions=(day,)))
    for path in ("index.md", "papers/p.md", "editions/2026-03-11/index.md"):
        page = html(made[path])
        assert len(page.find_all("h1")) == 1
        assert not acting(page)
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
    there = RejectedThere(day("2026-03-11"), "f.txt", refused)
    view = ListingView("daily", day("2026-03-11"), "f.txt", 2, 1, 0, 0, (refused,))
    stands = StatusView(rejections=(Rejection(refused.reason, is_fault=True, records=(there,)),))
    page = html(pages(replace(small(), listings=(view,), status=stands))["status.md"])
    shown = text(page.select_one("#rejected").parent)  # type: ignore[union-attr]
    assert "No abstract: the library needs one; add it" in shown
    assert "A <b>title</b> 11 Mar 2026 · f.txt, line 7" in shown
    assert "Rejected" in text(page.select_one("table.ledger"))


def test_records_left_out_on_purpose_are_folded_and_need_nothing() -> None:
    there = tuple(
        RejectedThere(day("2026-03-11"), "f.atom", Rejected(line, f"T{line}", "known", False))
        for line in range(1, 151)
    )
    stands = StatusView(rejections=(Rejection("known", is_fault=False, records=there),))
    section = html(pages(replace(small(), status=stands))["status.md"]).select_one("#rejected")
    assert section is not None
    shown = text(section.parent)
    assert "Left out on purpose: there is nothing to do." in shown
    assert "and 50 earlier ones, in content/ledger/" in shown
    assert section.parent is not None
    assert len(section.parent.select("details .records li")) == 100


def calendar_digest(**kw: Any) -> Digest:
    """A digest with one source that was asked on four days of March."""
    ledger = [
        ledger_entry("2026-03-11", "one", asked="https://example.org/api?date=2026-03-11"),
        ledger_entry("2026-03-12", failure="no <answer>", asked="https://example.org/api"),
        ledger_entry("2026-03-13", "two", total=3, **kw),
        ledger_entry("2026-03-16", source="other"),
    ]
    papers = [
        paper("one", appearances=(appearance("2026-03-11", file="2026-03-11.json"),)),
        paper(
            "two",
            appearances=(
                appearance("2026-03-10", source="other", file="other.txt"),
                appearance(
                    "2026-03-13", file="2026-03-13.json", reason=Reason(Rule.NEAR_TEXT, 97.6, 93.2)
                ),
            ),
        ),
    ]
    source = Source("daily", "The <daily>", home="https://example.org/")
    library = Library(
        papers={each.slug: each for each in papers},
        ledger={str(number): each for number, each in enumerate(ledger)},
        sources={"daily": source},
    )
    taxonomy = parse_taxonomy(TOPICS_YML, "topics.yml")
    return digest_of(Content(SITE, taxonomy, library))


def test_the_calendar_is_a_table_that_can_be_read_without_eyes() -> None:
    page = html(pages(calendar_digest())["status.md"])
    (month, other) = page.select("table.month")
    assert text(month.caption) == "March 2026, other"
    assert text(other.caption) == "March 2026, The <daily>"
    heads = other.select("thead th[scope=col]")
    assert [text(each.select_one(".unseen")) for each in heads][::6] == ["Monday", "Sunday"]
    told = {
        text(each.select_one(".date")): each for each in other.select("td.mark") if each.select("*")
    }
    for sign in page.select(".sign"):
        assert sign["aria-hidden"] == "true"
        sign.extract()
    assert {number: text(each) for number, each in told.items()} == {
        "11": "11: 1 paper, complete",
        "12": "12: failed",
        "13": "13: 1 paper, perhaps truncated",
    }
    assert {
        number: [str(link["href"]) for link in each.select("a")] for number, each in told.items()
    } == {"11": ["../editions/2026-03-11/"], "12": [], "13": ["../editions/2026-03-13/"]}


def test_golden_calendar() -> None:
    goldens.check("status/status.md", pages(calendar_digest())["status.md"])


def test_the_legend_names_the_outcomes_that_occur_with_their_signs() -> None:
    page = html(pages(calendar_digest())["status.md"])
    words = [text(each.select_one(".mark")) for each in page.select(".legend li")]
    assert words == ["• complete", "? empty and unexpected", "… perhaps truncated", "× failed"]


def test_the_ages_of_listings_are_left_to_the_readers_clock() -> None:
    page = html(pages(calendar_digest())["status.md"])
    times = [(str(each["datetime"]), text(each)) for each in page.select("time[data-age]")]
    assert times == [("2026-03-13", "13 March 2026"), ("2026-03-13", "13 Mar 2026")]
    (warning,) = page.select("[data-quiet-since]")
    assert (warning["data-quiet-since"], "hidden" in warning.attrs) == ("2026-03-13", True)


def test_a_listing_tells_how_it_went_and_what_was_recognised() -> None:
    page = html(pages(calendar_digest())["status.md"])
    table = page.select_one("table.ledger")
    assert table is not None
    rows = [text(each) for each in table.select("tbody tr")]
    assert any("13 Mar 2026 The <daily> 2026-03-13.json … perhaps truncated" in e for e in rows)
    assert "no <answer>" in rows
    (fold,) = table.select("details")
    assert text(fold.summary) == "Merged: 1 by nearly the same title and abstract"
    (merged,) = fold.select("li")
    assert text(merged) == (
        "Two: nearly the same title and abstract (titles 98% alike, abstracts 93%)"
    )
    assert [str(each["href"]) for each in merged.select("a")] == ["../papers/two/"]
    asked = {str(each["href"]) for each in table.select(".file a")}
    assert asked == {"https://example.org/api?date=2026-03-11", "https://example.org/api"}


def test_what_was_asked_is_a_link_only_where_it_is_an_address_of_the_web() -> None:
    page = html(pages(calendar_digest(asked="javascript:alert(1)"))["status.md"])
    assert not page.select("a[href^=javascript]")


def test_days_that_did_not_go_well_come_with_the_command() -> None:
    page = html(pages(calendar_digest())["status.md"])
    section = page.select_one("#to-ask-again")
    assert section is not None
    assert section.parent is not None
    told = [text(each) for each in section.parent.select("li")]
    assert told[-1] == (
        "The <daily>, 12 Mar 2026 × failed: no <answer> Ask again: "
        "digest ingest FILE --source daily --date 2026-03-12"
    )


def test_hundreds_of_listings_are_folded_by_month() -> None:
    start = day("2026-06-30")
    views = tuple(
        ListingView("daily", start - dt.timedelta(days=back), "f.txt", 1, 1, 0, 0)
        for back in range(200)
    )
    page = html(pages(replace(small(), listings=views))["status.md"])
    tables = page.select("table.ledger")
    rows = [len(each.select("tbody tr")) for each in tables]
    assert (rows[0], sum(rows)) == (60, 200)
    folds = [each for each in page.select("details") if each.select("table.ledger")]
    assert [text(each.summary) for each in folds][:2] == [
        "May 2026: 1 listing",
        "April 2026: 30 listings",
    ]
    sums = tables[0].select("tfoot th, tfoot td")
    assert [text(each) for each in sums] == ["All 200 listings", "", "200", "200", "0"]


def test_candidates_are_counted_by_their_source() -> None:
    sources = (
        SourceView("all", "All <of> it", is_raw=True, waiting=1200),
        SourceView("x", "X", waiting=34),
    )
    page = html(pages(replace(small(), status=StatusView(sources=sources)))["status.md"])
    section = page.select_one("#candidates")
    assert section is not None
    assert text(section) == "Candidates 1,234"
    assert section.parent is not None
    told = [text(each) for each in section.parent.select("li")]
    assert told == ["All <of> it 1,200", "X 34"]


# --- What a paper's page says of where it comes from ----------------------------------------------


def paper_page(**kw: Any) -> BeautifulSoup:
    shown = digest(entry("p", "2026-03-11", **kw), source_titles={"daily": "The daily"})
    return html(pages(shown)["papers/p.md"])


def section_of(page: BeautifulSoup, heading: str) -> Tag:
    (found,) = (each.parent for each in page.select("h2") if text(each) == heading)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "ids, actions",
    [
        (
            {"acl": "P18-1001"},
            [("Read in the ACL Anthology", "https://aclanthology.org/P18-1001/")],
        ),
        ({"doi": "10.1000/x"}, [("Read at the publisher", "https://doi.org/10.1000/x")]),
        (
            {"arxiv": "2010.00904", "doi": "10.1000/x"},
            [
                ("Read on arXiv", "https://arxiv.org/abs/2010.00904"),
                ("DOI", "https://doi.org/10.1000/x"),
            ],
        ),
    ],
)
def test_an_identifier_is_a_way_to_the_paper(
    ids: dict[str, str], actions: list[tuple[str, str]]
) -> None:
    page = paper_page(ids=ids)
    assert [(text(a), str(a["href"])) for a in page.select(".actions > li > a")] == actions
    assert not page.select(".searches")


def test_an_identifier_that_nobody_knows_is_told_and_leads_nowhere() -> None:
    page = paper_page(ids={"zbl": "0123.456"})
    assert page.select(".searches")
    found = section_of(page, "Identifiers")
    assert text(found.li) == "zbl 0123.456"
    assert not found.select("a")


def test_seen_in_has_a_line_a_day_and_source() -> None:
    seen = (
        appearance("2026-03-10", source="raw", is_raw=True, title="A <former> title"),
        appearance("2026-03-11", file="a.txt"),
        appearance("2026-03-11", file="b.txt", reason=Reason(Rule.SAME_ID, 60.0, 97.5)),
    )
    found = section_of(paper_page(appearances=seen), "Seen in")
    lines = [folded(each.get_text(" ")) for each in found.select("section > ul > li")]
    assert lines == ["10 Mar 2026 raw as “ A <former> title ”", "11 Mar 2026 The daily"]
    assert len(found.select("section > ul a")) == 1  # A raw feed has no edition.
    (why,) = found.select("details li")
    assert text(why) == (
        "11 Mar 2026, The daily: recognised by the same identifier "
        "(titles 60% alike, abstracts 98%)"
    )


def test_what_was_added_says_where_from_and_why() -> None:
    by_title = Reason(Rule.SAME_TITLE, 100.0)
    facts = ("authors", "ids.arxiv", "ids.doi", "published")
    page = paper_page(completions=(Completion("list", "m.jsonl", facts, by_title, "seen <once>"),))
    (told,) = section_of(page, "Added to what listings said").select("li")
    assert text(told) == (
        "authors, arXiv identifier, DOI and day of publication from m.jsonl: the same title alone "
        "· seen <once>"
    )


def test_the_page_of_feeds_leads_to_the_sign_up_where_there_is_one() -> None:
    signed = "https://lists.example.org/digest"
    with_mail = digest(*small_entries(), site=replace(SITE, subscribe_url=signed))
    (link_,) = html(pages(with_mail)["feeds.md"]).select("#by-mail ~ .actions a")
    assert link_["href"] == signed
    assert "by-mail" not in pages(small())["feeds.md"]


def test_readers_are_asked_for_what_is_missing_where_there_are_forms() -> None:
    site = replace(SITE, repo_url="https://github.com/ada/digest", forms=("paper", "topic"))
    paper_form = "https://github.com/ada/digest/issues/new?template=paper.yml"
    topic_form = "https://github.com/ada/digest/issues/new?template=topic.yml"
    found = pages(digest(entry("p", topics=["retrieval"]), site=site))
    asking = {
        path: {str(a["href"]) for a in html(page).select("a[href*='issues/new']")}
        for path, page in found.items()
        if path.endswith(".md")
    }
    assert {path for path, links in asking.items() if paper_form in links} == {
        "index.md",
        "editions/2026-03-11/index.md",
        "search.md",
        "titles.md",
    }
    assert {path for path, links in asking.items() if topic_form in links} == {"topics/index.md"}
    without = pages(digest(entry("p", topics=["retrieval"])))
    assert not any("issues/new" in page for page in without.values())
