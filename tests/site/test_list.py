"""The reading list in a real browser: what is kept, shown, carried away and brought back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string

from tests.site import shelf
from tests.site.conftest import Site, built, serving
from tests.site.shelf import Reader, reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ONE, TWO, CELLS = shelf.RETRIEVAL
TITLES = {**shelf.RETRIEVAL, **shelf.SPEECH, **shelf.EARLIER, **shelf.HOSTILE}

#: Storage that cannot be had, and storage that takes no more; what a browser does in either case.
FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
FULL = """Storage.prototype.setItem = function () {
  throw new DOMException("no room", "QuotaExceededError");
}"""


def pressed(reader: Reader, slug: str) -> str | None:
    return reader.entry(slug).locator("[data-star]").get_attribute("aria-pressed")


def exported(reader: Reader, ending: str) -> str:
    """The text of the file that a button makes."""
    with reader.page.expect_download() as download:
        reader.page.locator(f"[data-export={ending}]").click()
    assert download.value.suggested_filename == f"reading-list.{ending}"
    return Path(download.value.path()).read_bytes().decode()


def import_file(reader: Reader, text: str, name: str = "list.json") -> None:
    with reader.page.expect_file_chooser() as chooser:
        reader.page.locator("[data-import]").click()
    file: Any = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    chooser.value.set_files(file)


def write_note(reader: Reader, slug: str, note: str) -> None:
    if not reader.entry(slug).locator("textarea").is_visible():
        reader.entry(slug).locator("[data-note]").click()
    reader.entry(slug).locator("textarea").fill(note)
    reader.page.locator("h1").click()


# --- Stars ---------------------------------------------------------------------------------------


def test_a_star_is_kept_and_the_paper_stands_in_the_list(reader: Reader) -> None:
    reader.go()
    assert pressed(reader, ONE) == "false"
    reader.star(ONE)
    assert pressed(reader, ONE) == "true"
    reader.page.reload()
    assert pressed(reader, ONE) == "true"
    reader.to_list()
    assert reader.slugs == [ONE]
    shown = reader.entry(ONE).inner_text()
    assert "Ada Example, Bo Öman" in shown
    assert "12 Mar 2026" in shown
    link = reader.entry(ONE).locator("h3 a")
    assert link.inner_text() == TITLES[ONE]
    assert link.evaluate("(each) => each.href") == f"{reader.base}papers/{ONE}/"
    topic = reader.entry(ONE).get_by_role("link", name="Information retrieval")
    assert topic.evaluate("(each) => each.href") == f"{reader.base}topics/retrieval/"
    code = reader.entry(ONE).get_by_role("link", name="Code")
    assert code.get_attribute("href") == f"https://example.org/{ONE}"


def test_the_name_of_a_star_says_which_paper(reader: Reader) -> None:
    """Also where the title has a formula, which is named by its source."""
    reader.go()
    for slug in (ONE, TWO):
        star = reader.entry(slug).locator("[data-star]")
        assert star.get_attribute("aria-label") == f"Star: {TITLES[slug]}"


def test_the_list_shows_the_newest_star_first(reader: Reader) -> None:
    reader.go()
    reader.star(TWO, ONE, CELLS)
    reader.to_list()
    assert reader.slugs == [CELLS, ONE, TWO]


def test_a_papers_page_saves_it_and_opening_it_marks_it_as_read(reader: Reader) -> None:
    reader.go(f"papers/{TWO}/")
    save = reader.page.get_by_role("button", name="Save")
    assert save.get_attribute("aria-pressed") == "false"
    save.click()
    assert save.get_attribute("aria-pressed") == "true"
    kept = reader.kept[TWO]
    assert (kept["title"], kept["date"]) == (TITLES[TWO], shelf.LAST)
    reader.go()
    title = reader.entry(TWO).locator("h3")
    assert title.locator(".unseen").inner_text().strip() == "(read)"
    weight = "(each) => Number(getComputedStyle(each).fontWeight)"
    unread = reader.entry(ONE).locator("h3")
    assert title.evaluate(weight) < unread.evaluate(weight)
    assert unread.locator(".unseen").count() == 0


def test_a_star_moves_nothing_and_can_be_hit(browser: Browser, shelf_address: str) -> None:
    box = "(each) => JSON.stringify(each.getBoundingClientRect())"
    for options, least in (
        ({}, 24),
        ({"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}, 44),
    ):
        with reading(browser, shelf_address, **options) as reader:
            reader.page.route("**/list.js", lambda route: route.abort())
            reader.page.goto(reader.base, wait_until="networkidle")
            before = reader.page.locator(".paper-entry").evaluate_all(f"(all) => all.map({box})")
            reader.page.unroute_all()
            reader.page.goto(reader.base, wait_until="networkidle")
            after = reader.page.locator(".paper-entry").evaluate_all(f"(all) => all.map({box})")
            assert before == after
            for each in reader.page.locator(".paper-entry [data-star]").all():
                size = each.bounding_box()
                assert size is not None
                assert min(size["width"], size["height"]) >= least


def test_an_edition_is_marked_as_read_in_one_go_and_back(reader: Reader) -> None:
    reader.go()
    own = reader.page.locator(".your-list")
    reader.star(ONE)
    assert "1 starred · 4 of 4 unread" in own.inner_text()
    own.get_by_role("button", name="Mark all as read").click()
    assert "1 starred · 0 of 4 unread" in own.inner_text()
    assert reader.page.locator(".paper-entry.is-read").count() == 4
    reader.page.get_by_role("button", name="Undo").click()
    assert "1 starred · 4 of 4 unread" in own.inner_text()
    assert reader.page.locator(".paper-entry.is-read").count() == 0


def test_one_paper_is_marked_in_a_list(reader: Reader) -> None:
    reader.go()
    reader.entry(ONE).hover()
    reader.entry(ONE).get_by_role("button", name=f"Mark read: {TITLES[ONE]}").click()
    reader.entry(ONE).get_by_role("button", name=f"Mark unread: {TITLES[ONE]}").click()
    assert reader.page.locator(".paper-entry.is-read").count() == 0
    assert reader.kept[ONE]["read"] < 0


def test_a_finger_marks_an_entry_that_it_has_opened(browser: Browser, shelf_address: str) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with reading(browser, shelf_address, **phone) as reader:
        reader.go()
        mark = reader.entry(ONE).locator("[data-mark]")
        assert not mark.is_visible()
        reader.entry(ONE).locator("summary").tap()
        size = mark.bounding_box()
        assert size is not None
        assert size["height"] >= 32
        mark.tap()
        assert reader.kept[ONE]["read"] > 0


def test_days_after_the_last_visit_are_named(reader: Reader) -> None:
    reader.go("topics/retrieval/")
    assert reader.page.locator(".to-you").count() == 0
    path = reader.key.removesuffix(".list")
    reader.page.evaluate(
        "([key, day]) => localStorage.setItem(key, JSON.stringify({latest: day, at: 0}))",
        [f"{path}..visit", shelf.FIRST],
    )
    for _ in range(2):  # It is one visit, however many pages are read.
        reader.go("topics/retrieval/")
        named = reader.page.locator("[data-day]:has(.to-you)")
        assert named.evaluate_all("(all) => all.map((each) => each.dataset.day)") == [shelf.LAST]


def test_entries_that_come_later_have_stars_too(reader: Reader) -> None:
    """As results of a search do."""
    reader.go()
    reader.star(ONE)
    reader.go("topics/")
    reader.page.evaluate(
        """(slug) => {
          const made = document.createElement("article");
          made.className = "paper-entry";
          made.dataset.paper = slug;
          made.append(document.createElement("h3"));
          made.firstChild.textContent = "A result";
          document.querySelector("main .page").append(made);
        }""",
        ONE,
    )
    assert pressed(reader, ONE) == "true"


# --- The list ------------------------------------------------------------------------------------


def test_a_note_is_kept_and_shown_again(reader: Reader) -> None:
    reader.go()
    reader.star(ONE)
    reader.to_list()
    write_note(reader, ONE, "Again,\nin spring <b>")
    reader.page.reload(wait_until="networkidle")
    assert reader.entry(ONE).locator("textarea").input_value() == "Again,\nin spring <b>"
    assert "1 note" in reader.page.locator("[data-list-counts]").inner_text()


def test_a_note_is_kept_though_the_page_is_left_while_it_is_written(reader: Reader) -> None:
    reader.go()
    reader.star(ONE)
    reader.to_list()
    reader.entry(ONE).locator("[data-note]").click()
    reader.page.keyboard.type("In a hurry")
    reader.go("about/")
    assert reader.kept[ONE]["note"] == "In a hurry"


def test_removing_has_a_way_back_with_the_note_and_the_place(reader: Reader) -> None:
    reader.go()
    reader.star(ONE, TWO, CELLS)
    reader.to_list()
    write_note(reader, TWO, "Mine")
    reader.entry(TWO).locator("[data-remove]").click()
    assert reader.slugs == [CELLS, ONE]
    assert "Mine" not in json.dumps(reader.kept)
    at = reader.page.evaluate("document.activeElement.closest('.paper-entry').dataset.paper")
    assert at == ONE, "the focus is lost"
    reader.page.get_by_role("button", name="Undo").click()
    assert reader.slugs == [CELLS, TWO, ONE]
    assert reader.entry(TWO).locator("textarea").input_value() == "Mine"


def test_the_list_is_filtered_and_sorted(reader: Reader) -> None:
    reader.go()
    reader.star("listening", ONE, TWO)
    reader.go(f"editions/{shelf.FIRST}/")
    reader.star("earlier")
    reader.to_list()
    assert reader.slugs == ["earlier", TWO, ONE, "listening"]
    assert reader.page.locator("[data-list-counts]").inner_text().startswith("4 papers, 4 unread")
    reader.page.get_by_label("Order").select_option("title")
    assert reader.slugs == ["earlier", ONE, TWO, "listening"]
    reader.page.get_by_label("Order").select_option("newest")
    assert reader.slugs == [ONE, TWO, "listening", "earlier"]
    reader.page.get_by_label("Topic").select_option(label="Information retrieval (3)")
    assert reader.slugs == [ONE, TWO, "earlier"]
    reader.entry(ONE).locator("[data-mark]").click()
    reader.page.get_by_role("button", name=re.compile(r"^Unread \d")).click()
    assert reader.slugs == [TWO, "earlier"]
    for slug in (TWO, "earlier"):
        reader.entry(slug).locator("[data-mark]").click()
    assert reader.slugs == []
    reader.page.get_by_role("button", name="Show all").click()
    assert sorted(reader.slugs) == sorted([ONE, TWO, "listening", "earlier"])


def test_an_empty_list_says_what_to_do(reader: Reader) -> None:
    reader.to_list()
    assert "No paper is starred yet" in reader.page.locator(".reading-list").inner_text()
    assert not reader.page.locator("[data-export=json]").is_visible()
    assert reader.page.locator("[data-import]").is_visible()


def test_without_javascript_the_page_says_what_it_needs(browser: Browser, shelf_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shelf_address}reading-list/")
    assert page.get_by_text("this page needs JavaScript").is_visible()
    assert page.locator("main button:visible").count() == 0
    page.goto(shelf_address)
    assert page.locator("main button").count() == 0
    assert page.locator(".paper-entry h3").first.is_visible()
    context.close()


def test_offline_the_list_shows_what_it_keeps(reader: Reader) -> None:
    reader.go()
    reader.star(ONE)
    reader.page.route("**/api/**", lambda route: route.abort())
    reader.to_list()
    assert reader.entry(ONE).locator("h3").inner_text() == TITLES[ONE]
    assert "12 Mar 2026" in reader.entry(ONE).inner_text()
    assert "could be looked up" in reader.page.locator(".notices").inner_text()
    reader.page.unroute_all()
    reader.page.get_by_role("button", name="Try again").click()
    reader.entry(ONE).locator(".entry-abstract:not(:empty)").wait_for()
    assert reader.page.locator(".notice").count() == 0


def test_a_paper_that_has_gone_is_said_to_have(reader: Reader) -> None:
    reader.keep(stored({"no-such-paper": {"star": 1000, "title": "It was here", "note": "Mine"}}))
    reader.to_list()
    shown = reader.entry("no-such-paper")
    assert "no longer in the digest" in shown.inner_text()
    assert shown.locator("h3").inner_text() == "It was here"
    assert shown.locator("h3 a").count() == 0
    assert shown.locator("textarea").input_value() == "Mine"
    shown.locator("[data-remove]").click()
    assert reader.slugs == []


def test_a_paper_that_became_another_gives_it_star_and_note(reader: Reader) -> None:
    old = {"star": 2000, "title": "Old", "note": "Of the old one", "noted": 2000, "read": 2000}
    new = {"star": 1000, "title": "New", "note": "Of the new one", "noted": 3000}
    reader.keep(stored({shelf.MERGED: old, shelf.INTO: new}))
    reader.to_list()
    reader.page.wait_for_function("document.querySelectorAll('.paper-entry').length === 1")
    assert reader.slugs == [shelf.INTO]
    assert reader.entry(shelf.INTO).locator("h3 a").inner_text() == TITLES[shelf.INTO]
    kept = reader.kept
    assert list(kept) == [shelf.INTO]
    assert (kept[shelf.INTO]["star"], kept[shelf.INTO]["read"]) == (2000, 2000)
    assert kept[shelf.INTO]["note"] == "Of the new one\n\nOf the old one"


def test_hostile_titles_are_text(reader: Reader) -> None:
    reader.go(f"editions/{shelf.FIRST}/")
    reader.star(*shelf.HOSTILE)
    reader.to_list()
    for slug, title in shelf.HOSTILE.items():
        shown = reader.entry(slug).locator("h3 a")
        assert re.sub(r"\s+", " ", str(shown.text_content())).strip() == title.strip()
    assert reader.page.locator("main :is(script, img, iframe, style, form, math)").count() == 0


def test_everything_can_be_forgotten(reader: Reader) -> None:
    reader.go()
    reader.star(ONE)
    reader.to_list()
    reader.page.get_by_role("button", name="Forget everything").click()
    reader.page.get_by_role("button", name="Keep them").click()
    assert reader.slugs == [ONE]
    reader.page.get_by_role("button", name="Forget everything").click()
    reader.page.get_by_role("button", name="Delete them").click()
    assert reader.slugs == []
    assert reader.kept == {}


# --- What is stored ------------------------------------------------------------------------------


def stored(papers: object, version: object = 1) -> str:
    return json.dumps({"version": version, "papers": papers})


@pytest.mark.parametrize(
    "garbage",
    [
        "no JSON",
        "null",
        "[]",
        '"text"',
        "{}",
        '{"version": 1}',
        '{"version": 1, "papers": 3}',
        '{"version": "1", "papers": {}}',
        '{"version": 0, "papers": {}}',
    ],
)
def test_garbage_is_set_aside_and_not_lost(reader: Reader, garbage: str) -> None:
    reader.keep(garbage)
    reader.go()
    reader.star(ONE)
    assert list(reader.kept) == [ONE]
    reader.to_list()
    assert reader.slugs == [ONE]
    assert "set aside, not lost" in reader.page.locator(".notices").inner_text()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Save it as a file").click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == garbage
    reader.page.get_by_role("button", name="Delete it").click()
    reader.page.reload(wait_until="networkidle")
    assert reader.page.locator(".notice").count() == 0


def test_records_of_which_fields_are_wrong_become_right_ones(reader: Reader) -> None:
    reader.keep(
        stored(
            {
                ONE: {
                    "star": 1000,
                    "title": 7,
                    "date": "soon",
                    "topics": "x",
                    "note": [],
                    "read": "y",
                },
                TWO: {"star": 1e300, "title": "T", "date": None},
                CELLS: None,
                "../../etc": {"star": 1000, "title": "A way out"},
                "__proto__": {"star": 1000, "title": "A way in"},
                "constructor": {"star": 1000, "title": "A paper all the same"},
            }
        )
    )
    reader.to_list()
    assert set(reader.slugs) == {ONE, TWO, "constructor"}
    reader.entry(ONE).locator("[data-mark]").click()
    kept = reader.kept
    assert set(kept) == {ONE, TWO, "constructor"}
    assert kept[TWO]["star"] < 1e14, "a moment that never comes would win for ever"


def test_what_a_newer_version_keeps_is_left_alone(reader: Reader) -> None:
    newer = stored({"anything": {"else": True}}, 2)
    reader.keep(newer)
    reader.go()
    reader.star(ONE)
    assert "newer version" in reader.said
    assert pressed(reader, ONE) == "true"
    assert reader.page.evaluate("(key) => localStorage.getItem(key)", reader.key) == newer


@pytest.mark.parametrize(
    "storage, words",
    [
        pytest.param(FORBIDDEN, "does not let the site keep anything", id="forbidden"),
        pytest.param(FULL, "storage for this site is full", id="full"),
    ],
)
def test_storage_that_takes_nothing_is_named_and_nothing_on_screen_is_lost(
    reader: Reader, storage: str, words: str
) -> None:
    reader.page.add_init_script(storage)
    reader.go()
    reader.star(ONE, TWO)
    assert words in reader.said
    assert [pressed(reader, slug) for slug in (ONE, TWO, CELLS)] == ["true", "true", "false"]
    assert "2 starred" in reader.page.locator(".your-list").inner_text()
    reader.to_list()
    import_file(reader, listed(ONE))
    reader.entry(ONE).wait_for()
    write_note(reader, ONE, "It stays while the page does")
    assert words in reader.page.locator(".notices").inner_text()
    text = exported(reader, "json")
    assert json.loads(text)["papers"][0]["reading"]["note"] == "It stays while the page does"


def test_a_list_that_is_there_survives_storage_that_is_full(reader: Reader) -> None:
    reader.go()
    reader.star(ONE)
    before = reader.kept
    reader.page.evaluate(f"() => {{ {FULL} }}")
    reader.star(ONE)
    reader.star(TWO)
    assert [pressed(reader, slug) for slug in (ONE, TWO)] == ["false", "true"]
    assert reader.kept == before


def test_two_tabs_stay_in_step(reader: Reader) -> None:
    reader.go()
    other = Reader(reader.context.new_page(), reader.base, reader.context, reader.wrong)
    other.to_list()
    reader.star(ONE)
    other.entry(ONE).wait_for()
    write_note(other, ONE, "From the other one")
    reader.star(TWO)
    other.entry(TWO).wait_for()
    assert other.slugs == [TWO, ONE]
    other.entry(ONE).locator("[data-remove]").click()
    reader.page.locator(f'[data-paper="{ONE}"] [aria-pressed=false]').wait_for()
    assert sorted(slug for slug, each in other.kept.items() if each["star"] > 0) == [TWO]


def test_a_note_that_is_being_written_is_not_written_over(reader: Reader) -> None:
    reader.go()
    reader.star(ONE)
    reader.to_list()
    reader.entry(ONE).locator("[data-note]").click()
    reader.page.keyboard.type("Half a sen")
    other = Reader(reader.context.new_page(), reader.base, reader.context, reader.wrong)
    other.go()
    other.star(TWO)
    reader.entry(TWO).wait_for()
    reader.page.keyboard.type("tence")
    assert reader.entry(ONE).locator("textarea").input_value() == "Half a sentence"


def test_lists_of_two_sites_of_one_host_are_apart(reader: Reader) -> None:
    reader.go()
    reader.star(ONE)
    keys = reader.page.evaluate("Object.keys(localStorage)")
    assert reader.key in keys
    assert all(str(key).startswith(f"{reader.key.removesuffix('.list')}.") for key in keys)


# --- Files ---------------------------------------------------------------------------------------


def filled(reader: Reader) -> None:
    """Three papers, one with a note, one read."""
    reader.go()
    reader.star(CELLS, TWO, ONE)
    reader.to_list()
    write_note(reader, TWO, '=mine, "quoted"\nand two lines')
    reader.entry(CELLS).locator("[data-mark]").click()


def test_bibtex_is_that_of_the_papers(reader: Reader, shelved: Site) -> None:
    filled(reader)
    library = parse_string(exported(reader, "bib"))
    assert library.failed_blocks == []
    assert [each.key for each in library.entries] == [ONE, TWO, CELLS]
    alone = (shelved.root / "papers" / f"{ONE}.bib").read_text(encoding="utf-8")
    (single,) = parse_string(alone).entries
    assert library.entries[0].fields_dict == single.fields_dict


def test_ris_is_that_of_the_papers(reader: Reader) -> None:
    filled(reader)
    found = rispy.loads(exported(reader, "ris"))
    titles = [each.get("title") or each.get("primary_title") for each in found]
    assert titles == [TITLES[slug] for slug in (ONE, TWO, CELLS)]


def test_csv_is_a_table_that_no_spreadsheet_runs(reader: Reader, shelved: Site) -> None:
    filled(reader)
    text = exported(reader, "csv")
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert [row["id"] for row in rows] == [ONE, TWO, CELLS]
    entry = shelved.digest.by_slug[ONE]
    assert rows[0]["abstract"] == entry.abstract
    assert rows[0]["authors"] == "Ada Example; Bo Öman"
    assert rows[0]["ids"] == f"doi:10.1000/{ONE}"
    assert rows[0]["links"] == f"code: https://example.org/{ONE}"
    assert rows[1]["appearances"] == f"{shelf.LAST} daily page.txt"
    assert rows[2]["title"] == f"'{TITLES[CELLS]}"
    assert rows[1]["my_note"] == '\'=mine, "quoted"\nand two lines'
    assert [row["read"] for row in rows] == ["false", "false", "true"]


def test_json_comes_back_whole(reader: Reader, browser: Browser, shelf_address: str) -> None:
    filled(reader)
    text = exported(reader, "json")
    value = json.loads(text)
    assert (value["format"], value["version"]) == ("reading-list", 1)
    assert value["papers"][0]["abstract"]
    with reading(browser, shelf_address) as other:
        other.to_list()
        import_file(other, text)
        other.entry(ONE).wait_for()
        assert "3 added, 0 changed, 0 left" in other.said
        assert other.slugs == [ONE, TWO, CELLS]
        assert other.kept == reader.kept
        other.page.get_by_role("button", name="Undo").click()
        assert other.slugs == []


def test_only_the_papers_shown_are_exported_if_asked_for(reader: Reader) -> None:
    filled(reader)
    reader.page.get_by_role("button", name=re.compile(r"^Unread \d")).click()
    reader.page.get_by_role("switch", name="Only the 2 papers shown").click()
    assert [each["id"] for each in json.loads(exported(reader, "json"))["papers"]] == [ONE, TWO]
    reader.page.get_by_role("button", name="All").click()
    assert len(json.loads(exported(reader, "json"))["papers"]) == 3


def test_papers_that_a_file_lacks_are_named(reader: Reader) -> None:
    reader.keep(stored({ONE: {"star": 1000}, "no-such-paper": {"star": 2000, "title": "It left"}}))
    reader.to_list()
    assert [each.key for each in parse_string(exported(reader, "bib")).entries] == [ONE]
    missing = reader.page.locator("[data-kind=missing]").inner_text()
    assert "1 paper is not in the file" in missing
    assert "It left" in missing


def listed(*slugs: str, **reading: Any) -> str:
    """A file as it is exported, without details."""
    state = {"starred": True, "starred_changed": "2026-03-12T08:00:00Z", "read": False, **reading}
    papers = [{"id": slug, "title": "A title", "reading": state} for slug in slugs]
    return json.dumps({"format": "reading-list", "version": 1, "papers": papers})


def test_the_newest_change_wins_and_the_others_stay(reader: Reader) -> None:
    reader.keep(
        stored(
            {
                ONE: {"star": 1000, "title": "One", "note": "Old", "noted": 1000},
                TWO: {"star": -(2**42), "read": 5000},
            }
        )
    )
    reader.to_list()
    note = {"note": "New", "note_changed": "2026-03-12T08:00:00Z"}
    import_file(reader, listed(ONE, TWO, CELLS, **note))
    reader.entry(CELLS).wait_for()
    assert set(reader.slugs) == {ONE, CELLS}, "it was taken off the list later"
    kept = reader.kept
    assert kept[ONE]["note"] == "New"
    assert kept[TWO]["read"] == 5000


@pytest.mark.parametrize(
    "text, problem",
    [
        ("no JSON", "it is not JSON"),
        ("[]", 'it has no "format": "reading-list"'),
        ('{"format": "reading-list"}', 'its "version" is missing'),
        ('{"format": "reading-list", "version": 9, "papers": []}', "it is of version 9"),
        ('{"format": "reading-list", "version": 1, "papers": {}}', 'its "papers" is {}'),
        (listed("../up"), 'papers[0].id is "../up"'),
        (listed(ONE, "A B"), 'papers[1].id is "A B"'),
        (listed(ONE, starred="yes"), 'papers[0].reading.starred is "yes"'),
        (listed(ONE, starred_changed="soon"), 'papers[0].reading.starred_changed is "soon"'),
        (listed(ONE, note=7), "papers[0].reading.note is 7"),
        (listed(ONE, note="x" * 10_001), "papers[0].reading.note is longer than 10000"),
        (
            '{"format": "reading-list", "version": 1, "papers": [{"id": "one"}]}',
            "papers[0].reading is missing",
        ),
        ('{"format": "reading-list", "version": 1, "papers": [3]}', "papers[0] is 3"),
    ],
)
def test_a_bad_file_is_refused_whole_and_plainly(reader: Reader, text: str, problem: str) -> None:
    reader.go()
    reader.star(TWO)
    before = reader.kept
    reader.to_list()
    import_file(reader, text, "<b>.json")
    refused = reader.page.locator("[data-kind=refused]")
    refused.wait_for()
    assert "“<b>.json” was not taken in" in refused.inner_text()
    assert problem in refused.inner_text()
    assert (reader.slugs, set(reader.kept)) == ([TWO], set(before))


# --- A link --------------------------------------------------------------------------------------


def link_of(reader: Reader) -> str:
    reader.page.locator("[data-make-link]").click()
    return reader.page.get_by_label("The link").input_value()


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_a_link_carries_the_list_to_another_browser(
    reader: Reader, browser: Browser, shelf_address: str, *, packed: bool
) -> None:
    if not packed:
        reader.page.add_init_script("delete window.CompressionStream")
    filled(reader)
    address = link_of(reader)
    assert address.startswith(f"{shelf_address}reading-list/#list=1.{'d' if packed else 'p'}.")
    assert f"{len(address):,} characters" in reader.page.locator(".list-link").inner_text()
    with reading(browser, shelf_address) as other:
        asked: list[str] = []
        other.page.on("request", lambda request: asked.append(request.url))
        other.page.goto(address, wait_until="networkidle")
        offer = other.page.locator("[data-kind=offer]")
        assert "It has 3 papers and 1 note; 3 of them not on yours" in offer.inner_text()
        assert other.slugs == [], "nothing is taken in unasked"
        offer.get_by_role("button", name="Add it to my list").click()
        other.entry(ONE).locator(".entry-abstract:not(:empty)").wait_for()
        assert set(other.slugs) == {ONE, TWO, CELLS}
        assert other.entry(TWO).locator("textarea").input_value().startswith("=mine")
        assert other.kept[CELLS]["read"] > 0
        assert "#" not in other.page.url
        assert not any("list=" in each for each in asked)
        assert other.kept[ONE]["title"] == TITLES[ONE]


def test_a_link_can_leave_the_notes_at_home(reader: Reader, browser: Browser, shelf_address: str) -> None:
    filled(reader)
    reader.page.get_by_role("switch", name="With my notes").click()
    address = link_of(reader)
    with reading(browser, shelf_address) as other:
        other.page.goto(address, wait_until="networkidle")
        assert "It has 3 papers; 3" in other.page.locator("[data-kind=offer]").inner_text()
        other.page.get_by_role("button", name="Leave it").click()
        assert (other.slugs, other.kept) == ([], {})
        assert "#" not in other.page.url


@pytest.mark.parametrize(
    "fragment, problem",
    [
        ("#list=", "it is not whole"),
        ("#list=1.d.", "it is not whole"),
        ("#list=1.d.AAAA", "damaged or was cut off"),
        ("#list=1.p.W1siYWJj", "damaged or was cut off"),
        ("#list=1.p.e30", "it holds no list"),
        ("#list=1.p.W1siLi4vdXAiLDFdXQ", "its entry 1 names no starred paper"),
        ("#list=1.p.Wzdd", "its entry 1 names no starred paper"),
        ("#list=1.p.W1siYSIsLTldXQ", "its entry 1 names no starred paper"),
        ("#list=2.d.AAAA", "made by a newer version"),
        ("#list=1.z.AAAA", "made by a newer version"),
    ],
)
def test_a_link_that_is_broken_is_refused(reader: Reader, fragment: str, problem: str) -> None:
    reader.to_list(fragment)
    refused = reader.page.locator("[data-kind=refused]").inner_text()
    assert "The list in the link was not taken in" in refused
    assert problem in refused
    assert "#" not in reader.page.url


def test_a_link_that_was_cut_off_anywhere_brings_nothing(reader: Reader) -> None:
    filled(reader)
    address = link_of(reader)
    start = address.index("#list=")
    before = reader.kept
    for end in range(start + 10, len(address), 29):
        reader.page.goto("about:blank")
        reader.page.goto(address[:end], wait_until="networkidle")
        assert reader.page.locator("[data-kind=refused]").count() == 1, address[:end]
        assert reader.page.locator("[data-kind=offer]").count() == 0
    assert reader.kept == before


def test_a_link_that_unpacks_without_end_is_given_up(reader: Reader) -> None:
    reader.to_list()
    packed = reader.page.evaluate(
        """async () => {
          const zeros = new Blob(Array(64).fill(new Uint8Array(1 << 20)));
          const stream = zeros.stream().pipeThrough(new CompressionStream("deflate-raw"));
          const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
          const text = Array.from(bytes, (each) => String.fromCharCode(each)).join("");
          return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
        }"""
    )
    reader.page.goto("about:blank")
    reader.to_list(f"#list=1.d.{packed}")
    reader.page.locator("[data-kind=refused]").wait_for()


def test_a_list_that_is_too_long_for_a_link_says_so(reader: Reader) -> None:
    """Notes that cannot be packed, for they are as good as random."""
    notes = {
        f"paper-{number}": {
            "star": 1000 + number,
            "note": "".join(
                chr(0x4E00 + (number * 7919 + at * at * 104729) % 20000) for at in range(900)
            ),
            "noted": 1,
        }
        for number in range(40)
    }
    reader.keep(stored(notes))
    reader.page.route("**/api/**", lambda route: route.abort())
    reader.to_list()
    reader.page.locator("[data-make-link]").click()
    said = reader.page.locator("p.list-link")
    said.wait_for()
    assert "more than programs handle well" in said.inner_text()
    reader.page.get_by_role("switch", name="With my notes").click()
    reader.page.locator("[data-make-link]").click()
    assert reader.page.get_by_label("The link").input_value()


# --- Everywhere ----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, shelf_address: str, width: int) -> None:
    with reading(browser, shelf_address, viewport={"width": width, "height": 800}) as reader:
        reader.go(f"editions/{shelf.FIRST}/")
        reader.star(*shelf.HOSTILE)
        reader.go()
        reader.star(ONE, CELLS)
        reader.to_list()
        write_note(reader, ONE, "A" * 300)
        link_of(reader)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_script_of_every_page_is_small(shelved: Site) -> None:
    """Eight kilobytes packed, as the site's server would send it."""
    import gzip

    script = shelved.root / "assets" / "javascripts" / "list.js"
    assert len(gzip.compress(script.read_bytes())) < 8000
