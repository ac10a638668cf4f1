"""With JavaScript off, every kind of page is whole, and nothing on it waits for a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from generator.views.whereabouts import redirects
from tests.site.conftest import Site
from tests.site.kinds import kind_of, kinds, readable
from tests.site.test_browser import visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: Words of a page that waits for something which will never come.
WAITING = re.compile(r"\b(loading|please wait|one moment)\b", re.IGNORECASE)

#: What can be pressed or filled in and does nothing: no form sends it, no popover opens.
DEAD = """() => [...document.querySelectorAll(
    "button, input:not([type=hidden]), select, textarea, [role=button], [role=tab]"
  )].filter((each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .filter((each) => each.getBoundingClientRect().width > 1)
  .filter((each) => !each.matches("[popovertarget], [commandfor]"))
  .filter((each) => !(each.form && each.form.hasAttribute("action")
    && each.type !== "button" && each.type !== "reset"))
  .map((each) => each.outerHTML.slice(0, 160))"""


def faults(page: Page) -> list[str]:
    """What of a page is not as it should be for somebody without JavaScript."""
    text = page.locator("main").inner_text()
    found = [f"a dead control: {each}" for each in page.evaluate(DEAD)]
    if not page.locator("main h1").is_visible():
        found.append("no heading")
    if len(text) < 200:
        found.append(f"hardly a text: {text!r}")
    if waiting := WAITING.search(page.locator("body").inner_text()):
        found.append(f"waits: {waiting[0]}")
    return found


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_every_kind_of_page_is_readable(
    browser: Browser, showcase: Site, shown: str, device: str
) -> None:
    found = []
    with visit(browser, shown, device, js=False) as seen:
        for kind in readable(showcase):
            seen.page.goto(f"{shown}{kind.address}")
            found += [f"{kind.name} (/{kind.address}) {each}" for each in faults(seen.page)]
            assert seen.foreign == []
    assert not found, "\n".join(found)


def test_a_page_that_needs_a_script_would_be_found(browser: Browser, shown: str) -> None:
    with visit(browser, shown, js=False) as seen:
        seen.page.goto(f"{shown}about/")
        seen.page.evaluate(
            "document.querySelector('main').innerHTML ="
            " '<p>Loading the papers</p><button type=button>x</button>'"
        )
        found = " ".join(faults(seen.page))
        for said in ("a dead control", "no heading", "hardly a text", "waits: Loading"):
            assert said in found


def test_redirects_lead_on(browser: Browser, showcase: Site, shown: str) -> None:
    with visit(browser, shown, js=False) as seen:
        for old, new in redirects(showcase.digest).items():
            seen.page.goto(f"{shown}{old}", wait_until="commit")
            seen.page.wait_for_url(f"{shown}{new}")


def test_without_scripts_the_search_says_where_else_to_look(
    browser: Browser, showcase: Site, shown: str
) -> None:
    kind = kind_of(showcase, "search/")
    if kind is None:
        pytest.skip("this site has no page for searching")
    with visit(browser, shown, js=False) as seen:
        seen.page.goto(f"{shown}{kind.address}?q=retrieval")
        links = seen.page.locator("main a:visible").evaluate_all("(all) => all.map((a) => a.href)")
        there = {each.name for each in kinds(showcase)} & {"topics/", "editions/", "titles/"}
        assert {f"{shown}{each}" for each in there} <= set(links)
