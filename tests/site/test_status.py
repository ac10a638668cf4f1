"""The calendar of the listings in a real browser, with every outcome that there is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.folder import Folder
from generator.intake import Outcome
from tests.conftest import ROOT
from tests.site.conftest import Site, built, serving
from tests.site.test_browser import DEVICES, SCHEMES, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

NEWEST = "2026-03-12"
LONG = "a-source-whose-name-is-long-without-an-end"
REFUSED = f"rejected:\n- {{line: 3, title: {'Longword' * 9}, reason: no abstract}}\n"

#: What each day brought: the papers, and the rest of its entry in the ledger.
DAYS = {
    "2025-02-03": "papers: [one]\n",
    "2026-03-05": "papers: [one, two]\nasked: 'https://example.org/?date=2026-03-05'\n",
    "2026-03-06": "papers: [one, two]\n",
    "2026-03-07": "papers: []\n",
    "2026-03-09": "papers: []\nfailure: 'https://example.org/ did not answer in time'\n",
    "2026-03-10": "papers: []\n",
    NEWEST: f"papers: [one]\ntotal: 9\n{REFUSED}",
}


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of two papers that came in many ways."""
    root = tmp_path_factory.mktemp("status")
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "templates").symlink_to(ROOT / "templates", target_is_directory=True)
    for name in ("papers/2026", "ledger"):
        (root / "content" / name).mkdir(parents=True)
    for name in ("topics.yml", "pages"):
        (root / "content" / name).symlink_to(ROOT / "content" / name)
    seen = {slug: [day for day, what in DAYS.items() if slug in what] for slug in ("one", "two")}
    for slug, days in seen.items():
        shown = "".join(
            f"- {{source: {LONG}, date: {day}, file: {day}.json,\n"
            "   match: {rule: same identifier, title: 97.5, abstract: 90}}\n"
            for day in days
        )
        text = f"title: Paper {slug}\nabstract: Nothing but {slug}.\nappearances:\n{shown}"
        written(root / f"content/papers/2026/{slug}.yml", text)
    for day, what in DAYS.items():
        told = f"source: {LONG}\ndate: {day}\ndated_by: option\nfile: {day}.json\n"
        written(root / f"content/ledger/{day}.yml", f"{told}fingerprint: of {day}\n{what}")
    sources = f"sources:\n  {LONG}:\n    rests: [saturday, sunday]\n"
    written(root / "content/sources.yml", f"{sources}    fetch: {{service: hugging-face}}\n")
    return built(Folder(root))


def written(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def address(little: Site) -> Iterator[str]:
    with serving(little) as server:
        yield f"{server}status/"


def test_every_outcome_is_told_in_words(little: Site) -> None:
    shown = little.digest.status
    assert set(shown.outcomes) == set(Outcome)
    assert shown.has_missing
    page = little.page("status")
    assert all(f'<td class="day mark mark--{each.replace(" ", "-")}' in page for each in Outcome)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_wider_than_a_phone_when_all_is_unfolded(
    browser: Browser, address: str, scheme: str
) -> None:
    with visit(browser, address, "small", scheme) as seen:
        seen.page.goto(address, wait_until="networkidle")
        seen.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= DEVICES["small"][0]
        assert seen.errors == []
        assert seen.foreign == []


def test_a_finger_hits_a_day(browser: Browser, address: str) -> None:
    with visit(browser, address, "small") as seen:
        seen.page.goto(address, wait_until="networkidle")
        days = seen.page.locator(".calendar:visible .day a").all()
        assert days
        for day in days:
            box = day.bounding_box()
            assert box is not None
            assert box["width"] >= 40  # Seven fit into 320 pixels.
            assert box["height"] >= 44


def test_a_screen_reader_is_told_what_the_signs_say(browser: Browser, address: str) -> None:
    with visit(browser, address) as seen:
        seen.page.goto(address, wait_until="networkidle")
        month = seen.page.get_by_role("table", name="March 2026").first
        assert month.get_by_role("columnheader").all_inner_texts()[0].split() == ["Mo", "Monday"]
        assert month.get_by_role("columnheader", name="Wednesday").count() == 1
        assert month.get_by_role("link", name="5 : 2 papers, complete").count() == 1
        assert month.get_by_role("cell", name="9 : failed").count() == 1
        assert month.get_by_role("cell", name="11 : missing").count() == 1


def test_the_keyboard_reaches_days_and_folds(browser: Browser, address: str) -> None:
    with visit(browser, address) as seen:
        page = seen.page
        page.goto(address, wait_until="networkidle")
        reached: set[str] = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.parentElement.className"))
        assert any("mark--complete" in each for each in reached)
        fold = page.locator(".ledger details").first
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        assert "Paper" in fold.locator("li").first.inner_text()


def kicker(page: Page, address: str, now: str) -> str:
    page.clock.set_fixed_time(f"{now}T12:00:00")
    page.goto(address, wait_until="networkidle")
    return page.locator(".kicker").inner_text()


@pytest.mark.parametrize(
    "now, said, is_quiet",
    [
        ("2026-03-11", "", False),
        ("2026-03-12", ", today", False),
        ("2026-03-13", ", yesterday", False),
        ("2026-03-19", ", 7 days ago", False),
        ("2026-03-20", ", 8 days ago", True),
        ("2029-03-12", ", 1,096 days ago", True),
    ],
)
def test_how_old_the_newest_listing_is(
    browser: Browser, address: str, now: str, said: str, *, is_quiet: bool
) -> None:
    with visit(browser, address) as seen:
        assert kicker(seen.page, address, now) == f"Newest listing: 12 March 2026{said}"
        assert seen.page.locator(".warning").is_visible() is is_quiet


def test_without_a_script_the_date_stands_alone(browser: Browser, address: str) -> None:
    with visit(browser, address, js=False) as seen:
        seen.page.goto(address)
        assert seen.page.locator(".kicker").inner_text() == "Newest listing: 12 March 2026"
        assert not seen.page.locator(".warning").is_visible()
