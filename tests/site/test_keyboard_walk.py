"""By keyboard alone: every stop is seen, and what a reader wants to do can be done.

What a visible focus is follows WCAG 2.2: an outline of at least two pixels (2.4.13) with a contrast
of 3:1 (1.4.11) that nothing covers (2.4.11).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.conftest import Site
from tests.site.kinds import Kind, kind_of, readable
from tests.site.test_browser import arrive, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: So many stops of a page are looked at, from its beginning and from its end.
STOPS = 16

#: What is wrong with how the focused element is shown; ``null`` if nothing of the page is focused.
#: A control that is drawn by its label, or by the box around it, may be outlined there.
LOOK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const channels = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = (colour) => channels(colour).slice(0, 3).map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      const [, , , alpha = 1] = channels(colour);
      if (alpha === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (a, b) =>
    (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const outlined = (element) => {
    const style = getComputedStyle(element);
    const behind = ground(element.parentElement || element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
      contrast(style.outlineColor, behind) >= 3;
  };
  const places = [one, ...(one.labels || []), one.nextElementSibling, one.parentElement,
    one.closest("form, [role=search], label")].filter(Boolean);
  const room = (each) => each.getClientRects().length && each.getBoundingClientRect().width;
  const found = places.find((each) => outlined(each) && room(each));
  const name = one.outerHTML.replace(/\\s+/g, " ").slice(0, 140);
  const id = [...document.querySelectorAll("*")].indexOf(one);
  if (!found) return { id, wrong: `no outline of 2 pixels and 3:1 is seen: ${name}` };

  const box = found.getClientRects()[0];
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (left >= right || top >= bottom) return { id, wrong: `outside the window: ${name}` };
  const at = [[0.5, 0.5], [0.05, 0.1], [0.95, 0.1], [0.05, 0.9], [0.95, 0.9]];
  const above = (hit) => {
    const way = [];
    for (let each = hit; each && !each.contains(found) && !found.contains(each);
      each = each.parentElement) way.push(getComputedStyle(each));
    return way;
  };
  // What stays in place while the rest scrolls may cover no corner; what else is painted above,
  // say a link's neighbour in a narrow table, not the middle. Unpainted room hides nothing.
  const stays = ({ position }) => position === "fixed" || position === "sticky";
  const painted = ({ backgroundColor }) => (channels(backgroundColor)[3] ?? 1) > 0.1;
  const hits = at.map(([x, y]) => document.elementFromPoint(
    left + x * (right - left), top + y * (bottom - top)));
  const covered = hits.find((hit, index) => {
    const way = above(hit);
    return way.some(stays) || (index === 0 && way.some(painted));
  });
  const by = covered && covered.outerHTML.slice(0, 80);
  return { id, wrong: covered ? `covered by ${by}: ${name}` : "" };
}"""


def stops(page: Page, key: str) -> tuple[list[int], list[str]]:
    """The elements that a key leads to, by their place in the page, and what is wrong with them."""
    ids: list[int] = []
    wrong: list[str] = []
    for _ in range(STOPS):
        page.keyboard.press(key)
        seen: dict[str, Any] | None = page.evaluate(LOOK)
        if seen is None or seen["id"] in ids:
            break
        ids.append(seen["id"])
        wrong += [seen["wrong"]] if seen["wrong"] else []
    return ids, wrong


def walked(page: Page, server: str, kind: Kind) -> list[str]:
    """What is wrong with the stops of a kind of page, on the way there and on the way back."""
    found: list[str] = []
    for key in ("Tab", "Shift+Tab"):
        arrive(page, f"{server}{kind.address}")
        ids, wrong = stops(page, key)
        found += wrong if len(ids) > 3 else [f"{key} stops only {len(ids)} times"]
    return [f"{kind.name} (/{kind.address}) {each}" for each in dict.fromkeys(found)]


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_every_stop_is_seen(browser: Browser, showcase: Site, shown: str, device: str) -> None:
    scheme = "dark" if device == "phone" else "light"
    with visit(browser, shown, device, scheme) as seen:
        seen.page.emulate_media(reduced_motion="reduce")
        found = [each for kind in readable(showcase) for each in walked(seen.page, shown, kind)]
        assert not found, "\n".join(found)


def test_a_stop_that_is_not_seen_would_be_found(browser: Browser, shown: str) -> None:
    with visit(browser, shown) as seen:
        arrive(seen.page, f"{shown}about/")
        link = seen.page.locator("main a").first
        for spoil, said in (
            ("outline: 1px solid red !important", "no outline"),
            ("outline: 2px solid #eee !important", "no outline"),
            ("position: fixed; left: -99px; width: 9px; overflow: hidden", "outside the window"),
            ("position: fixed; top: 2px; z-index: -1", "covered by"),
        ):
            link.evaluate("(each, style) => { each.style.cssText = style; }", spoil)
            link.focus()
            seen.page.keyboard.press("Shift+Tab")
            seen.page.keyboard.press("Tab")
            assert said in seen.page.evaluate(LOOK)["wrong"], spoil


def focused(page: Page) -> str:
    """The focused element's text."""
    return str(page.evaluate("(document.activeElement.textContent || '').trim()"))


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until an element has the focus that the selector means."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{most} times Tab on {page.url} do not lead to {selector}")


@pytest.mark.parametrize("address", ["", "papers/picked/", "topics/", "about/"])
def test_the_skip_link_passes_the_head(browser: Browser, shown: str, address: str) -> None:
    with visit(browser, shown) as seen:
        arrive(seen.page, f"{shown}{address}")
        seen.page.keyboard.press("Tab")
        assert focused(seen.page) == "Skip to content"
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_the_menu_opens_closes_and_gives_the_focus_back(browser: Browser, shown: str) -> None:
    with visit(browser, shown, "phone") as seen:
        page = seen.page
        arrive(page, shown)
        tab_to(page, "[popovertarget]")
        page.keyboard.press("Enter")
        assert page.locator("#site-menu").is_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('#site-menu'))")
        page.keyboard.press("Escape")
        assert not page.locator("#site-menu").is_visible()
        assert focused(page) == "Menu"
        page.keyboard.press("Enter")
        tab_to(page, "#site-menu a[href*='topics']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/topics/")


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_from_home_to_a_paper_and_its_folds(browser: Browser, shown: str, device: str) -> None:
    with visit(browser, shown, device) as seen:
        page = seen.page
        arrive(page, shown)
        tab_to(page, "main .paper-entry a[href*='papers/']")
        title = focused(page)
        page.keyboard.press("Enter")
        page.wait_for_url("**/papers/**")
        assert title in page.locator("h1").inner_text()
        folds = page.locator("main details").count()
        assert folds
        for _ in range(folds):
            tab_to(page, "main details:not([open]) > summary")
            page.keyboard.press("Enter")
            inside = page.locator("main details[open]").last
            assert inside.locator(":scope > :not(summary)").first.is_visible()
        assert seen.errors == []


#: Whether the option that the arrow keys have reached, which keeps the focus in its field, matches.
REACHED = """(selector) => {
  const id = document.activeElement.getAttribute("aria-activedescendant");
  return Boolean(id && document.getElementById(id).matches(selector));
}"""


@pytest.fixture
def asking(browser: Browser, showcase: Site, shown: str) -> Iterator[Page]:
    """A page on which somebody has pressed the key for searching, and typed."""
    if kind_of(showcase, "search/") is None:
        pytest.skip("this site has no page for searching")
    with visit(browser, shown) as seen:
        arrive(seen.page, f"{shown}about/")
        seen.page.keyboard.press("/")
        seen.page.wait_for_function("document.activeElement.matches('input')")
        seen.page.keyboard.type("everything that a record may say", delay=5)
        seen.page.locator("a[href*='papers/picked/']:visible").first.wait_for()
        yield seen.page
        assert seen.errors == []


def test_from_the_first_answers_to_a_paper(asking: Page) -> None:
    for _ in range(5):
        asking.keyboard.press("ArrowDown")
        if asking.evaluate(REACHED, "a[href*='papers/picked/']"):
            break
    asking.keyboard.press("Enter")
    asking.wait_for_url("**/papers/picked/**")


def test_from_all_answers_to_a_paper(asking: Page) -> None:
    asking.keyboard.press("Enter")
    asking.wait_for_url("**/search/?**")
    asking.locator("main a[href*='papers/picked/']").first.wait_for()
    tab_to(asking, "main a[href*='papers/picked/']")
    assert asking.evaluate(LOOK)["wrong"] == ""
    asking.keyboard.press("Enter")
    asking.wait_for_url("**/papers/picked/**")
    assert "everything" in asking.locator("h1").inner_text()
