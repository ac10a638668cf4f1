"""Nothing moves under a reader's eyes: fonts arrive late, and the page stays as it was.

A shift is what the browser says it is (https://wicg.github.io/layout-instability/): the part of the
window that moved times how far, in parts of the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.lighthouse.hosting import Host, serving
from tests.site.conftest import Site
from tests.site.kinds import kind_of
from tests.site.test_browser import visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MOST = 0.01
#: Seconds for which a font is kept back: the text has long been painted in another one.
LATE = 0.5

WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    const moved = sources.map(({ node }) => node && (node.outerHTML || node.textContent) || "");
    window.shifts.push({ value, moved: moved.map((each) => each.slice(0, 80)) });
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def slow(showcase: Site) -> Iterator[str]:
    """The address of a site whose fonts come late."""
    host = Host(showcase.root, showcase.base, lambda path: LATE * path.endswith(".woff2"))
    with serving(host) as address:
        yield address


def shifts(page: Page, address: str) -> list[dict[str, Any]]:
    """What moved from the first paint until all is there."""
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    found: list[dict[str, Any]] = page.evaluate("window.shifts")
    return found


def moved(found: list[dict[str, Any]]) -> float:
    return float(sum(each["value"] for each in found))


@pytest.mark.parametrize("device", ["phone", "desktop"])
@pytest.mark.parametrize("address", ["", "editions/2026-03-10/", "papers/picked/"])
def test_nothing_moves_when_fonts_arrive(
    browser: Browser, slow: str, device: str, address: str
) -> None:
    with visit(browser, slow, device) as seen:
        found = shifts(seen.page, f"{slow}{address}")
        assert any(each.endswith(".woff2") for each in seen.requests)
        assert moved(found) < MOST, found


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_nothing_moves_when_the_search_loads(
    browser: Browser, showcase: Site, slow: str, device: str
) -> None:
    if kind_of(showcase, "search/") is None:
        pytest.skip("this site has no page for searching")
    for address in ("search/", "search/?q=retrieval"):
        with visit(browser, slow, device) as seen:
            found = shifts(seen.page, f"{slow}{address}")
            assert moved(found) < MOST, (address, found)


def test_what_moves_is_seen(browser: Browser, slow: str) -> None:
    push = "() => document.querySelector('main').insertAdjacentHTML('afterbegin', '<hr>'.repeat(9))"
    with visit(browser, slow) as seen:
        shifts(seen.page, f"{slow}about/")
        seen.page.evaluate(push)
        seen.page.wait_for_function("window.shifts.length > 0")
        assert moved(seen.page.evaluate("window.shifts")) > MOST
