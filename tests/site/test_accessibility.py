"""No kind of page breaks a rule of axe-core, on a phone or a desktop, in light or in dark.

The rules are those for WCAG 2.0 to 2.2, A and AA, and what axe-core calls best practice. It comes
with a package of the development requirements, so nothing is fetched; its text is run in the page
through the browser's own door, which the pages' policy does not guard.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tests.site.conftest import Site
from tests.site.kinds import Kind, readable
from tests.site.test_browser import SCHEMES, arrive, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Only = dict[str, str | list[str]]

ALL: Only = {
    "type": "tag",
    "values": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
        "best-practice",
    ],
}
#: The rules whose outcome colours decide.
COLOURS: Only = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
#: Runs axe-core and tells of each violation its rule, the element, and what is wrong with it.
RUN = """async (only) => {
  const told = await axe.run(document, {
    runOnly: only, resultTypes: ["violations"], iframes: false,
  });
  return told.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id}: ${node.html.slice(0, 160)} (${node.failureSummary})`));
}"""
OPEN = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@cache
def axe() -> str:
    """The source of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, only: Only = ALL) -> list[str]:
    """What axe-core finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found: list[str] = page.evaluate(RUN, only)
    return found


def looked_at(page: Page, server: str, kind: Kind) -> list[str]:
    """What is wrong with a kind of page, all that can be unfolded unfolded, in light and dark.

    The second time only colours are looked at, for nothing else is different.
    """
    arrive(page, f"{server}{kind.address}")
    page.evaluate(OPEN)
    found = [f"light: {each}" for each in violations(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"dark: {each}" for each in violations(page, COLOURS)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return [f"{kind.name} (/{kind.address}) {each}" for each in found]


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_no_kind_of_page_breaks_a_rule(
    browser: Browser, showcase: Site, shown: str, device: str
) -> None:
    with visit(browser, shown, device) as seen:
        seen.page.emulate_media(reduced_motion="reduce")  # Colours on their way are none to judge.
        found = [each for kind in readable(showcase) for each in looked_at(seen.page, shown, kind)]
        assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_folded_pages_and_the_menu_break_none(browser: Browser, shown: str, scheme: str) -> None:
    with visit(browser, shown, "phone", scheme) as seen:
        seen.page.emulate_media(reduced_motion="reduce")
        for address in ("", "papers/picked/"):
            arrive(seen.page, f"{shown}{address}")
            assert violations(seen.page) == []
            seen.page.get_by_role("button", name="Menu").click()
            assert violations(seen.page) == []


def test_a_page_that_breaks_one_would_be_found(browser: Browser, shown: str) -> None:
    spoilt = "document.querySelector('h1').outerHTML = '<h4 style=color:#bbb>x<img src=x></h4>'"
    with visit(browser, shown) as seen:
        arrive(seen.page, f"{shown}about/")
        seen.page.evaluate(spoilt)
        found = {each.partition(":")[0] for each in violations(seen.page)}
        assert {"image-alt", "page-has-heading-one"} <= found
