"""The HTML of a letter in a browser: narrow and wide, light and dark, with nothing to fetch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator.digest import Digest
from generator.folder import Folder
from generator.mail.composing import compose
from tests.builders import SITE
from tests.conftest import ROOT
from tests.mail.letters import hostile, many, small
from tests.site.test_accessibility import COLOURS, Only, violations
from tests.site.test_browser import SCHEMES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 700, 1280)
LETTERS = {"small": small(), "hostile": hostile(), "many": many(200, picks=3)}
#: WCAG, and what is best practice of headings. Landmarks are those of the mail program's own page.
RULES: Only = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
HEADINGS: Only = {"type": "rule", "values": ["heading-order", "empty-heading", "page-has-heading-one"]}
#: What mail programs do to a letter: they take the stylesheet away.
UNDRESSED = "document.querySelectorAll('style').forEach((each) => each.remove())"
#: Elements that stick out of the window, and what can be scrolled sideways.
WIDE = """() => [...document.querySelectorAll('*')].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 0.5 || each.scrollWidth > each.clientWidth + 1
    && getComputedStyle(each).overflowX !== 'visible');
}).map((each) => each.outerHTML.slice(0, 120))"""


def html(shown: Digest, days: int = 1) -> str:
    site = replace(SITE, subscribe_url="https://lists.example.org/digest")
    shown = replace(shown, site=site)
    return compose(Folder(ROOT), shown, shown.editions[:days]).texts.html


@contextmanager
def opened(browser: Browser, text: str, width: int, scheme: str) -> Iterator[tuple[Page, list[str]]]:
    """A letter in a window of its own, and what it asked for."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    try:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(f"dialog: {dialog.message}"))
        page.route("**/*", lambda route: route.abort())  # pictures off, and all else too
        page.set_content(text)
        yield page, asked
    finally:
        context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", LETTERS)
def test_it_fits_any_window_and_asks_nobody(browser: Browser, name: str, scheme: str) -> None:
    with opened(browser, html(LETTERS[name]), 320, scheme) as (page, asked):
        for styles in ("", UNDRESSED):
            page.evaluate(styles or "0")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                shown = page.evaluate("document.documentElement.scrollWidth")
                assert shown <= width, f"{shown} pixels wide in {width}: {page.evaluate(WIDE)}"
        assert asked == []


@pytest.mark.parametrize("name", LETTERS)
def test_it_breaks_no_rule(browser: Browser, name: str) -> None:
    text = html(LETTERS[name])
    for scheme in SCHEMES:
        with opened(browser, text, 390, scheme) as (page, _):
            found = violations(page, RULES if scheme == "light" else COLOURS)
            assert found == [], scheme
    if name != "hostile":  # editors may write what headings they like
        with opened(browser, text, 390, "light") as (page, _):
            assert violations(page, HEADINGS) == []


def test_without_its_stylesheet_it_is_light_and_legible(browser: Browser) -> None:
    with opened(browser, html(LETTERS["small"]), 390, "dark") as (page, _):
        page.evaluate(UNDRESSED)
        assert violations(page, COLOURS) == []
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(252, 251, 248)"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_is_as_dark_as_its_reader_likes(browser: Browser, scheme: str) -> None:
    with opened(browser, html(LETTERS["small"]), 390, scheme) as (page, _):
        grounds = page.eval_on_selector_all(
            ".g", "all => all.map((each) => getComputedStyle(each).backgroundColor)"
        )
        assert set(grounds) == {"rgb(20, 22, 26)" if scheme == "dark" else "rgb(252, 251, 248)"}


def test_colours_turned_round_are_still_told_apart(browser: Browser) -> None:
    """Some mail programs turn every colour into its opposite."""
    turned = """document.querySelectorAll('[style]').forEach((each) => {
      each.style.cssText = each.style.cssText.replace(/rgb\\((\\d+), (\\d+), (\\d+)\\)/g,
        (_, r, g, b) => `rgb(${255 - r}, ${255 - g}, ${255 - b})`);
    })"""
    with opened(browser, html(LETTERS["small"]), 390, "light") as (page, _):
        page.evaluate(turned)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(3, 4, 7)"
        assert violations(page, COLOURS) == []


def test_what_stands_first_is_said_and_not_shown(browser: Browser) -> None:
    with opened(browser, html(LETTERS["small"]), 390, "light") as (page, _):
        first = page.locator("body > div").first
        assert (first.text_content() or "").startswith("4 papers, 3 new. Rich")
        assert not first.is_visible()


def test_a_letter_that_does_not_fit_would_be_found(browser: Browser) -> None:
    with opened(browser, html(LETTERS["small"]), 320, "light") as (page, _):
        page.evaluate("document.querySelector('h3').style.width = '400px'")
        assert page.evaluate("document.documentElement.scrollWidth") > 320
        page.evaluate("document.querySelector('h3 a').style.color = '#cccccc'")
        assert violations(page, COLOURS)
