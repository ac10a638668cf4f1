"""The search in a real browser: from any page, on the page of results, and when it cannot work."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from playwright.sync_api import expect

from generator.folder import Folder
from tests.builders import write_whole
from tests.site.conftest import Site, built, serving
from tests.site.test_browser import visit
from tests.site.test_policy import record, small_digest
from tests.serving.test_at_work import PATIENCE, fetch, free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.browser

PAPERS = {
    "retrieval-one": ("Dense retrieval", "We search in speech, densely.", "2026-03-12"),
    "retrieval-two": (
        "Searching for words in what was said long ago",
        f"{'Nothing of it stands here. ' * 9}Then dense retrieval comes. {'And it goes on. ' * 20}",
        "2026-03-11",
    ),
    "dense-retrieval-of-everything": (
        "Dense retrieval of everything, and retrieval again",
        "Dense retrieval, dense retrieval, dense retrieval.",
        "2025-12-01",
    ),
    "water": ("Waters of $H_2O$ & <b>salt</b>", "A formula: $a < b$.", "2026-03-11"),
    "many-tongues": ("A multi-lingual reader", "It is retrieval-augmented.", "2026-03-11"),
    "tongues": ("Multilingual reading", "No hyphen; retrieval is augmented.", "2026-03-11"),
    "code": ("Programs in C++ and C#", "BERT, naïve and faïence: λόγος.", "2026-03-11"),
    "letter": ("Programs in C", "Of one letter.", "2026-03-11"),
    "chinese": ("关于深度学习方法的研究", "A title in Chinese.", "2026-03-11"),
}
MORE = "authors: [Ada Lovelace, José Ñandú]\nids: {arxiv: '2010.00904', doi: 10.1000/xyz.5}\n"
CODE = "links: [{kind: code, url: 'https://github.com/a/b'}]\n"
PICKED = "curation: {pick: true, note: 'Why *this* one matters.'}\n"


def written(folder: Folder) -> Folder:
    """A digest in which each way to find a paper has its paper, and thirty that are alike."""
    for slug, (title, abstract, day) in PAPERS.items():
        extra = {"retrieval-one": MORE + CODE, "retrieval-two": PICKED}.get(slug, "")
        write_whole(
            folder.papers / day[:4] / f"{slug}.yml",
            f"title: {json.dumps(title)}\nabstract: {json.dumps(abstract)}\n{extra}"
            f"appearances:\n- {{source: daily, date: {day}, file: a.txt}}\n",
        )
    for number in range(30):
        record(folder, f"alike-{number}", f"Audio number {number}.")
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return built(written(small_digest(tmp_path_factory.mktemp("searched"))))


@pytest.fixture(scope="module")
def base(small: Site) -> Iterator[str]:
    with serving(small) as address:
        yield address


@dataclass
class Search:
    """The page of results, and what a reader does there."""

    page: Page
    base: str

    def ask(self, query: str, more: str = "") -> list[str]:
        """Open a search by its address; the slugs of the papers that are shown."""
        self.page.goto(f"{self.base}search/?q={quote_plus(query)}{more}")
        return self.found()

    def found(self) -> list[str]:
        self.page.locator("[data-count]:not(:empty)").wait_for()
        self.page.wait_for_load_state("networkidle")
        return [str(each.get_attribute("data-paper")) for each in self.entries]

    @property
    def entries(self) -> list[Locator]:
        return self.page.locator(".results .paper-entry").all()

    @property
    def said(self) -> str:
        return self.page.locator("[data-count]").inner_text()

    @property
    def marked(self) -> list[str]:
        return self.page.locator(".results mark").all_inner_texts()

    def state(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)


@pytest.fixture
def search(browser: Browser, base: str) -> Iterator[Search]:
    with visit(browser, base) as seen:
        yield Search(seen.page, base)
        assert (seen.errors, seen.foreign) == ([], [])


@pytest.mark.parametrize(
    "query, first, all_",
    [
        ("dense retrieval", "retrieval-one", 3),
        ("DENSE Retrieval!", "retrieval-one", 3),
        ("dense retrieval of everything, and retrieval again", "dense-retrieval-of-everything", 1),
        ("2010.00904", "retrieval-one", 1),
        ("arXiv:2010.00904v2", "retrieval-one", 1),
        ("https://arxiv.org/abs/2010.00904", "retrieval-one", 1),
        ("https://doi.org/10.1000/xyz.5", "retrieval-one", 1),
        ("Lovelace", "retrieval-one", 1),
        ("nandu", "retrieval-one", 1),
        ("why this one matters", "retrieval-two", 1),
        ("multi-lingual", "many-tongues", 2),
        ("multilingual", "many-tongues", 2),
        ("retrieval-augmented", "many-tongues", 2),
        ("H2O", "water", 1),
        ("<b>salt</b>", "water", 1),
        ("bert", "code", 1),
        ("naive", "code", 1),
        ("λόγος", "code", 1),
        ("C++", "code", 1),
        ("深度学习", "chinese", 1),
        ('"said long ago"', "retrieval-two", 1),
        ("what is the C# of it", "code", 1),
    ],
)
def test_a_query_finds_its_papers(search: Search, query: str, first: str, all_: int) -> None:
    found = search.ask(query)
    assert (found[0], len(found)) == (first, all_), search.said
    assert search.said.startswith(f"{all_} paper")


def test_words_that_were_found_are_marked_and_nothing_else_changes(search: Search) -> None:
    search.ask("dense retrieval")
    assert {each.lower() for each in search.marked} == {"dense", "densely", "retrieval"}
    for entry in search.page.locator(".results .paper-entry").all():
        title, abstract, _ = PAPERS[str(entry.get_attribute("data-paper"))]
        assert entry.locator("h3").text_content() == title
        assert entry.locator(".entry-abstract").text_content() == abstract.strip()


def test_a_formula_and_markup_are_text_in_a_result(search: Search) -> None:
    search.ask("waters")
    assert search.page.locator(".results h3").text_content() == "Waters of H2O & <b>salt</b>"
    assert search.page.locator(".results .entry-abstract").text_content() == "A formula: a<b."


def test_an_entry_has_its_facts(search: Search) -> None:
    search.ask("lovelace")
    facts = search.page.locator(".results .entry-facts li").all_inner_texts()
    assert facts == ["Code", "12 Mar 2026", "Information retrieval", "Speech & audio"]
    links = search.page.locator(".results a").evaluate_all("(all) => all.map((a) => a.href)")
    assert links == [
        f"{search.base}papers/retrieval-one/",
        "https://github.com/a/b",
        f"{search.base}topics/retrieval/",
        f"{search.base}topics/speech/",
    ]
    assert search.page.locator(".results .entry-authors").inner_text() == "Ada Lovelace, José Ñandú"


def test_a_word_far_down_is_seen_and_the_rest_opens(search: Search) -> None:
    search.ask("dense retrieval", "&pick=1")
    abstract = search.page.locator(".entry-abstract")
    assert abstract.locator("mark").first.is_visible()
    assert not abstract.locator(".skipped").is_visible()
    search.page.locator(".entry-more summary").click()
    assert abstract.locator(".skipped").is_visible()
    assert search.page.locator(".entry-note").inner_text() == "Why this one matters."


def test_filters_narrow_count_and_come_off(search: Search) -> None:
    search.ask("dense retrieval")
    search.page.get_by_text("Edition", exact=True).click()
    menu = search.page.locator("[data-menu=edition] li")
    expect(menu).to_have_text(
        ["2026", re.compile("12 Mar 2026\\s*1"), re.compile("11 Mar 2026\\s*1"), "2025",
         re.compile("1 Dec 2025\\s*1")]
    )  # fmt: skip
    search.page.get_by_role("button", name="11 Mar 2026").click()
    expect(search.page.locator("[data-count]")).to_have_text("1 paper")
    assert search.state() == {"q": ["dense retrieval"], "edition": ["2026-03-11"]}
    expect(search.page.get_by_role("button", name="Has code")).to_have_text("Has code 0")
    search.page.get_by_role("button", name="Without the filter 11 Mar 2026").click()
    expect(search.page.locator("[data-count]")).to_have_text("3 papers")
    assert search.state() == {"q": ["dense retrieval"]}


def test_the_address_holds_the_search(search: Search) -> None:
    assert search.ask("dense retrieval", "&topic=retrieval&code=1") == ["retrieval-one"]
    active = search.page.locator(".chip--active").all_text_contents()
    assert active == ["Information retrieval ×", "Has code ×"]
    assert search.page.locator("#query").input_value() == "dense retrieval"
    assert set(search.ask("dense retrieval", "&year=2026")) == {"retrieval-one", "retrieval-two"}
    assert search.ask("", "&pick=1") == ["retrieval-two"]
    assert search.ask("dense", "&year=1999") == []
    assert "under these filters" in search.said
    search.page.get_by_role("link", name="3 papers").click()
    expect(search.page.locator("[data-count]")).to_have_text("3 papers")


def test_back_and_forward(search: Search) -> None:
    search.ask("dense retrieval")
    search.page.get_by_role("button", name="Picks").click()
    expect(search.page.locator("[data-count]")).to_have_text("1 paper")
    search.page.go_back()
    expect(search.page.locator("[data-count]")).to_have_text("3 papers")
    assert search.state() == {"q": ["dense retrieval"]}
    search.page.go_forward()
    expect(search.page.locator("[data-count]")).to_have_text("1 paper")
    search.page.locator("#query").fill("speech")
    search.page.keyboard.press("Enter")
    expect(search.page.locator("[data-count]")).not_to_have_text("1 paper")
    assert search.state() == {"q": ["speech"], "pick": ["1"]}
    search.page.go_back()
    expect(search.page.locator("#query")).to_have_value("dense retrieval")


def test_more_papers_come_when_they_are_asked_for(search: Search) -> None:
    assert len(search.ask("audio")) == 10
    button = search.page.get_by_role("button", name="Show more")
    for shown in (20, 30):
        button.click()
        expect(search.page.locator(".results .paper-entry")).to_have_count(shown)
    slugs = search.found()
    assert len(set(slugs)) == 30
    focused = search.page.evaluate("document.activeElement.closest('.paper-entry').dataset.paper")
    assert focused == slugs[20]


@pytest.mark.parametrize(
    "query, said",
    [
        ("zzzz", r"No paper has “zzzz”\."),
        ("retrieval zzzz", r"No paper has all of these words\.|none has “zzzz”"),
        ("++ -- ?", r"Nothing to look for yet\."),
    ],
)
def test_nothing_found_is_said_with_what_to_do(search: Search, query: str, said: str) -> None:
    search.ask(query)
    assert re.search(said, search.said)
    if query == "zzzz":
        for name in ("topics", "editions", "the index of titles"):
            assert search.page.locator(".results").get_by_role("link", name=name).is_visible()


def test_each_word_alone_is_offered(search: Search) -> None:
    assert search.ask("faïence everything") == []
    offered = search.page.locator(".results .titles li").all_inner_texts()
    assert offered == ["faïence 1 paper", "everything 1 paper"]
    search.page.locator(".results").get_by_role("link", name="everything").click()
    expect(search.page.locator("[data-count]")).to_have_text("1 paper")


def test_from_any_page_with_the_keyboard(browser: Browser, base: str) -> None:
    with visit(browser, base) as seen:
        page = seen.page
        page.goto(f"{base}papers/water/", wait_until="networkidle")
        assert not any("pagefind/" in each for each in seen.requests)
        page.keyboard.press("/")
        field = page.locator("#find")
        expect(field).to_be_focused()
        assert field.get_attribute("role") == "combobox"
        page.keyboard.type("dense", delay=5)
        options = page.locator(".find [role=option]")
        expect(options).to_have_count(4)
        assert field.get_attribute("aria-expanded") == "true"
        assert options.last.inner_text() == "All 3 papers"
        page.keyboard.press("ArrowDown")
        chosen = page.locator(".find [aria-selected=true]")
        assert chosen.get_attribute("id") == field.get_attribute("aria-activedescendant")
        page.keyboard.press("ArrowUp")
        expect(chosen).to_have_count(0)
        page.keyboard.press("Escape")
        expect(options.first).to_be_hidden()
        expect(field).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/papers/**")
        assert (seen.errors, seen.foreign) == ([], [])


def test_enter_leads_to_all_results(browser: Browser, base: str) -> None:
    with visit(browser, base) as seen:
        seen.page.goto(f"{base}topics/")
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("dense retrieval")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url(f"{base}search/?q=dense+retrieval")
        expect(seen.page.locator("[data-count]")).to_have_text("3 papers")


@pytest.mark.parametrize("pressed", ["Control+/", "Alt+/", "Meta+/"])
def test_the_key_with_others_is_not_ours(browser: Browser, base: str, pressed: str) -> None:
    with visit(browser, base) as seen:
        seen.page.goto(f"{base}topics/")
        seen.page.keyboard.press(pressed)
        assert seen.page.evaluate("document.activeElement.id") != "find"


def test_the_key_is_a_letter_where_something_is_typed(browser: Browser, base: str) -> None:
    with visit(browser, base) as seen:
        seen.page.goto(f"{base}search/")
        seen.page.locator("#query").fill("")
        seen.page.locator("#query").press_sequentially("a/b")
        expect(seen.page.locator("#query")).to_have_value("a/b")


def test_a_phone_is_led_to_the_page(browser: Browser, base: str) -> None:
    with visit(browser, base, "phone") as seen:
        seen.page.goto(base)
        assert not seen.page.locator("#find").is_visible()
        seen.page.keyboard.press("/")
        seen.page.wait_for_url(f"{base}search/")
        expect(seen.page.locator("#query")).to_be_focused()


def test_without_scripts_the_form_leads_to_other_ways(browser: Browser, base: str) -> None:
    with visit(browser, base, js=False) as seen:
        seen.page.goto(base)
        seen.page.locator("#find").fill("dense")
        seen.page.locator("#find").press("Enter")
        seen.page.wait_for_url("**/search/?q=dense")
        for name in ("topics", "editions", "the index of titles"):
            assert seen.page.locator(".stream").get_by_role("link", name=name).is_visible()
        assert not seen.page.locator("[data-chips]").is_visible()
        seen.page.locator(".stream").get_by_role("link", name="the index of titles").click()
        assert seen.page.get_by_role("link", name="Dense retrieval", exact=True).is_visible()


def gone(route: Route) -> None:
    route.abort()


@pytest.mark.parametrize("what", ["pagefind-entry.json", "pagefind.js", "wasm.", ".pf_meta"])
def test_a_search_that_does_not_load_says_so(browser: Browser, base: str, what: str) -> None:
    with visit(browser, base) as seen:
        seen.page.route(re.compile(re.escape(what)), gone)
        seen.page.goto(f"{base}search/?q=dense")
        said = seen.page.locator(".results .empty", has_text="The search does not load")
        said.wait_for()
        seen.page.unroute_all()
        if what == "pagefind-entry.json":
            seen.page.get_by_role("button", name="Try again").click()
            expect(seen.page.locator("[data-count]")).to_have_text("3 papers")


def test_files_that_do_not_come_are_not_taken_for_no_paper(browser: Browser, base: str) -> None:
    """Pagefind finds nothing in a file of the index that it cannot have."""
    with visit(browser, base) as seen:
        seen.page.goto(f"{base}search/?q=dense")
        expect(seen.page.locator("[data-count]")).to_have_text("3 papers")
        seen.page.route("**/pagefind/**", gone)
        seen.page.locator("#query").fill("faience")
        seen.page.locator(".results .empty", has_text="The search does not load").wait_for()


def test_a_digest_without_papers_says_so(browser: Browser, tmp_path: Path) -> None:
    folder = small_digest(tmp_path)
    for path in folder.papers.rglob("*.yml"):
        path.unlink()
    with serving(built(folder)) as address, visit(browser, address) as seen:
        seen.page.goto(f"{address}search/")
        assert "nothing to search yet" in seen.page.locator("main").inner_text()
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("dense")
        seen.page.locator(".find__said", has_text="is not there").wait_for()


def test_a_search_follows_edits_while_serving(browser: Browser, tmp_path: Path) -> None:
    folder = small_digest(tmp_path)
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "generator", "-C", str(tmp_path), "serve", "-a", address]
    site = f"http://{address}{urlsplit(_url(folder)).path}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            assert fetch(f"{site}pagefind/pagefind-entry.json", '"page_count":1')
            with visit(browser, site) as seen:
                seen.page.goto(f"{site}search/?q=audio")
                expect(seen.page.locator("[data-count]")).to_have_text("1 paper")
            record(folder, "later", "We listen to whales.")
            assert fetch(f"{site}pagefind/pagefind-entry.json", '"page_count":2')
            with visit(browser, site) as seen:
                seen.page.goto(f"{site}search/?q=whales")
                expect(seen.page.locator("[data-count]")).to_have_text("1 paper")
                assert seen.errors == []
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)


def _url(folder: Folder) -> str:
    found = re.search(r"(?m)^site_url: (\S+)", folder.mkdocs_yml.read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


def test_every_file_of_the_index_is_served(small: Site, base: str) -> None:
    files = [path for path in (small.root / "pagefind").rglob("*") if path.is_file()]
    assert files
    for path in files:
        address = f"{base}{path.relative_to(small.root).as_posix()}"
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - ours
            assert answer.status == 200
