"""The map in a browser: points are drawn, walked through by keys, filtered, and lead to papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.site.conftest import Site
from tests.site.test_browser import DEVICES, SCHEMES, Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: How many pixels of the canvas are painted, and how many different colours are among them.
PAINTED = """() => {
  const canvas = document.querySelector(".map__canvas");
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  let painted = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) {
    painted += 1;
    colours.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
  }
  return [painted, colours.size, document.querySelector(".map__field").dataset.drawn];
}"""


@contextmanager
def map_page(
    browser: Browser, server: str, fragment: str = "", **kw: Any
) -> Iterator[tuple[Visit, Page]]:
    """The page of the map, its script ready."""
    with visit(browser, server, **kw) as seen:
        seen.page.goto(f"{server}map/{fragment}", wait_until="networkidle")
        seen.page.locator(".map[data-ready]").wait_for()
        yield seen, seen.page


def until(page: Page, condition: str, arg: object = None) -> None:
    """Wait until something is so; the page's policy lets Playwright's own waiting run no text."""
    for _ in range(200):
        if page.evaluate(condition, arg):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never so: {condition} ({arg})")


def drawn(page: Page, number: int) -> None:
    """Wait until so many points are drawn."""
    page.locator(f".map__field[data-drawn='{number}']").wait_for()


def state(page: Page, name: str) -> str:
    """What the address says, once it says something of it."""
    until(page, "name => location.hash.includes(`${name}=`)", name)
    return parse_qs(urlsplit(page.url).fragment)[name][0]


def points(site: Site) -> dict[str, Any]:
    return dict(json.loads((site.root / "map" / "points.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_every_paper_is_drawn(
    browser: Browser, server: str, site: Site, device: str, scheme: str
) -> None:
    with map_page(browser, server, device=device, scheme=scheme) as (seen, page):
        drawn(page, len(site.digest.entries))
        painted, colours, _ = page.evaluate(PAINTED)
        assert painted > len(site.digest.entries)
        assert colours >= min(6, len(site.digest.topics))
        assert page.evaluate("document.documentElement.scrollWidth") <= DEVICES[device][0]
        assert (seen.errors, seen.foreign) == ([], [])


def test_only_what_is_in_view_is_drawn(browser: Browser, server: str, site: Site) -> None:
    with map_page(browser, server) as (_, page):
        for _ in range(5):
            page.get_by_role("button", name="Enlarge the map").click()
        until(
            page,
            "all => +document.querySelector('.map__field').dataset.drawn < all",
            len(site.digest.entries),
        )
        assert state(page, "at").count(".") == 2
        page.get_by_role("button", name="Show all of the map").click()
        drawn(page, len(site.digest.entries))
        until(page, "location.hash === ''")


def test_keys_walk_from_paper_to_paper_and_open_one(
    browser: Browser, server: str, site: Site
) -> None:
    with map_page(browser, server) as (_, page):
        field = page.get_by_role("application")
        field.focus()
        page.keyboard.press("ArrowRight")
        link = page.locator(".map__paper a")
        first = link.inner_text()
        said = page.locator(".map [role=status]")
        assert said.inner_text().startswith(first.strip())
        page.keyboard.press("ArrowRight")
        until(page, "first => document.querySelector('.map__paper a').innerText !== first", first)
        page.wait_for_timeout(600)
        slug = state(page, "paper")
        title = site.digest.by_slug[slug].title
        until(
            page,
            "title => document.querySelector('.map [role=status]').textContent.startsWith(title)",
            title,
        )
        page.keyboard.press("Enter")
        page.wait_for_url(f"{server}papers/{slug}/")


def test_a_step_goes_to_that_side(browser: Browser, server: str, site: Site) -> None:
    places = points(site)
    titles = json.loads((site.root / "map" / "titles.json").read_text(encoding="utf-8"))
    with map_page(browser, server) as (_, page):
        page.get_by_role("application").focus()
        page.keyboard.press("ArrowDown")
        first = titles["slugs"].index(state(page, "paper"))
        for key, axis, sign in (("ArrowLeft", "x", -1), ("ArrowUp", "y", -1)):
            page.keyboard.press(key)
            slug = titles["slugs"][first]
            until(page, "slug => !location.hash.includes(`paper=${slug}`)", slug)
            second = titles["slugs"].index(state(page, "paper"))
            assert sign * (places[axis][second] - places[axis][first]) > 0
            first = second


def test_the_map_is_one_stop_of_the_tab_key(browser: Browser, server: str) -> None:
    with map_page(browser, server) as (_, page):
        page.get_by_role("application").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Enl")


def test_escape_lets_go(browser: Browser, server: str) -> None:
    with map_page(browser, server) as (_, page):
        page.get_by_role("application").focus()
        page.keyboard.press("ArrowRight")
        page.locator(".map__paper a").wait_for()
        page.keyboard.press("Escape")
        page.locator(".map__paper a").wait_for(state="detached")


def test_filters_are_in_the_address(browser: Browser, server: str, site: Site) -> None:
    topic = max(site.digest.topics, key=lambda one: len(one.entries))
    with map_page(browser, server) as (_, page):
        page.get_by_label("Topic", exact=True).select_option(topic.ref.id)
        count = page.locator(".map__count")
        assert count.inner_text() == f"{len(topic.entries)} of {len(site.digest.entries)} papers"
        assert state(page, "topic") == topic.ref.id
        with_code = sum(entry.link("code") is not None for entry in topic.entries)
        page.get_by_label("Has code").check()
        assert state(page, "code") == "1"
        expected = f"{with_code} of" if with_code else "None of"
        assert count.inner_text().startswith(expected)
        address = page.url
        page.goto("about:blank")
        page.goto(address, wait_until="networkidle")
        assert page.locator(".map__count").inner_text().startswith(expected)
        assert page.get_by_label("Topic", exact=True).input_value() == topic.ref.id


def test_an_edition(browser: Browser, server: str, site: Site) -> None:
    edition = site.digest.editions[-1]
    with map_page(browser, server, f"#edition={edition.date.isoformat()}") as (_, page):
        count = page.locator(".map__count").inner_text()
        assert count == f"{len(edition.entries)} of {len(site.digest.entries)} papers"


def test_a_wrong_address_shows_everything(browser: Browser, server: str, site: Site) -> None:
    with map_page(browser, server, "#topic=none&at=x.y&paper=nobody&edition=1") as (seen, page):
        drawn(page, len(site.digest.entries))
        assert page.locator(".map__count").inner_text() == f"{len(site.digest.entries)} papers"
        assert seen.errors == []


def test_pointing_shows_a_paper_and_a_click_opens_it(
    browser: Browser, server: str, site: Site
) -> None:
    places = points(site)
    with map_page(browser, server) as (_, page):
        edge = page.locator(".map__field").bounding_box()
        assert edge is not None
        x = edge["x"] + places["x"][0] / places["size"] * edge["width"]
        y = edge["y"] + places["y"][0] / places["size"] * edge["height"]
        page.mouse.move(x, y)
        link = page.locator(".map__paper a")
        link.wait_for()
        target = str(link.get_attribute("href"))
        page.mouse.click(x, y)
        page.wait_for_url(f"{server}{target.removeprefix('../')}")


def test_dragging_moves_and_opens_nothing(browser: Browser, server: str) -> None:
    with map_page(browser, server) as (_, page):
        page.get_by_role("button", name="Enlarge the map").click()
        before = state(page, "at")
        edge = page.locator(".map__field").bounding_box()
        assert edge is not None
        x, y = edge["x"] + edge["width"] / 2, edge["y"] + edge["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y + 40, steps=4)
        page.mouse.up()
        until(page, "before => !location.hash.includes(before)", before)
        assert page.url.startswith(f"{server}map/")


def test_the_wheel_scrolls_the_page_unless_ctrl_is_held(browser: Browser, server: str) -> None:
    with map_page(browser, server) as (_, page):
        page.locator(".map__field").hover()
        page.mouse.wheel(0, 100)
        until(page, "window.scrollY > 0")
        assert "at=" not in page.url
        page.locator(".map__field").hover()
        page.keyboard.down("Control")
        page.mouse.wheel(0, -100)
        page.keyboard.up("Control")
        assert state(page, "at")


def test_colours_follow_the_page(browser: Browser, server: str) -> None:
    """The switch of the page changes the map at once."""
    dot = """() => {
      const canvas = document.querySelector(".map__canvas");
      const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      let sum = 0, number = 0;
      for (let at = 0; at < data.length; at += 4)
        if (data[at + 3] === 255) { sum += data[at] + data[at + 1] + data[at + 2]; number += 1; }
      return sum / number;
    }"""
    with map_page(browser, server, scheme="light") as (_, page):
        light = page.evaluate(dot)
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
        until(page, f"before => Math.abs(({dot})() - before) > 20", light)


def test_without_javascript_there_is_a_picture_and_words(
    browser: Browser, server: str, site: Site
) -> None:
    with visit(browser, server, js=False) as seen:
        seen.page.goto(f"{server}map/")
        picture = seen.page.get_by_role("img", name="Map of")
        assert picture.is_visible()
        assert picture.locator("path").count() == 1
        assert seen.page.get_by_text("Without JavaScript it is a picture").is_visible()
        assert not seen.page.locator(".map__filters").is_visible()
        assert seen.page.locator(".map__topics li").count() == len(
            {entry.primary for entry in site.digest.entries if entry.primary}
        )


def test_titles_are_fetched_when_they_are_wanted(browser: Browser, server: str) -> None:
    with map_page(browser, server) as (seen, page):
        assert not any(each.endswith("titles.json") for each in seen.requests)
        page.get_by_role("application").focus()
        page.keyboard.press("ArrowRight")
        page.locator(".map__paper a").wait_for()
        assert sum(each.endswith("titles.json") for each in seen.requests) == 1
