"""The site in a real browser: phone and desktop, light and dark, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.markup.test_escape import folded
from tests.site.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: Narrow phone, phone, tablet, laptop: width and height in CSS pixels.
DEVICES = {"small": (320, 640), "phone": (390, 844), "tablet": (800, 1100), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")


@dataclass
class Visit:
    """A page in a browser, and all that it asked for and complained of."""

    page: Page
    origin: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def foreign(self) -> list[str]:
        """Requests to other hosts."""
        return [each for each in self.requests if not each.startswith((self.origin, "data:"))]


@contextmanager
def visit(
    browser: Browser,
    server: str,
    device: str = "desktop",
    scheme: str = "light",
    *,
    js: bool = True,
) -> Iterator[Visit]:
    """A browser window of its own."""
    width, height = DEVICES[device]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=js,
    )
    page = context.new_page()
    parts = urlsplit(server)
    seen = Visit(page, f"{parts.scheme}://{parts.netloc}/")
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on(
        "console",
        lambda message: seen.errors.append(message.text) if message.type == "error" else None,
    )
    try:
        yield seen
    finally:
        context.close()


def arrive(page: Page, address: str) -> None:
    """Go to a page and wait until it is all there: its fonts, and what scripts of its own fetch."""
    page.goto(address, wait_until="load")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    if page.locator("head script[defer]").count():
        page.wait_for_load_state("networkidle")


def addresses(site: Site) -> list[str]:
    """One page of every kind; of papers, the longest title and the longest abstract."""
    entries = site.digest.entries
    return [
        "",
        site.digest.editions[-1].address,
        "editions/",
        max(site.digest.topics, key=lambda topic: len(topic.entries)).ref.address,
        "topics/",
        "topics/unsorted/",
        max(entries, key=lambda entry: len(entry.title)).address,
        max(entries, key=lambda entry: len(entry.abstract)).address,
        "feeds/",
        "status/",
        "about/",
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_kind_of_page(browser: Browser, server: str, site: Site, scheme: str) -> None:
    """No request to another host, no error, nothing wider than the window, one heading."""
    with visit(browser, server, scheme=scheme) as seen:
        for address in addresses(site):
            seen.page.goto(f"{server}{address}", wait_until="networkidle")
            for width, height in DEVICES.values():
                seen.page.set_viewport_size({"width": width, "height": height})
                shown = seen.page.evaluate("document.documentElement.scrollWidth")
                assert shown <= width, f"{address} is {shown} pixels wide in {width}"
                assert seen.page.locator("h1:visible").count() == 1, address
            assert seen.errors == [], address
            assert seen.foreign == [], address


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_follow_the_system(browser: Browser, server: str, scheme: str) -> None:
    with visit(browser, server, scheme=scheme) as seen:
        seen.page.goto(server, wait_until="networkidle")
        colour = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
        channels = [int(each) for each in colour.strip("rgba()").split(",")[:3]]
        assert (sum(channels) > 3 * 128) == (scheme == "light")


def test_the_not_found_page_speaks(browser: Browser, server: str) -> None:
    with visit(browser, server) as seen:
        response = seen.page.goto(f"{server}no/such/page/", wait_until="networkidle")
        assert response is not None
        assert response.status == 404
        assert seen.foreign == []
        assert seen.page.locator("h1").count() == 1
        home = seen.page.locator(f"a[href='{urlsplit(server).path}'], a[href='{server}']")
        assert home.count() >= 1 or seen.page.locator("header a").count() >= 1


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_pages_are_readable_without_javascript(
    browser: Browser, server: str, site: Site, device: str
) -> None:
    entry = site.digest.entries[0]
    with visit(browser, server, device, js=False) as seen:
        seen.page.goto(f"{server}{entry.address}")
        assert seen.page.locator(".paper-abstract").is_visible()
        shown = seen.page.locator(".paper-abstract").inner_text()
        assert folded(shown) == folded(entry.abstract)
        seen.page.goto(server)
        assert seen.page.locator(".paper-entry").first.is_visible()


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_an_abstract_opens_in_place_without_javascript(
    browser: Browser, server: str, site: Site, device: str
) -> None:
    address = site.digest.editions[-1].address
    with visit(browser, server, device, js=False) as seen:
        seen.page.goto(f"{server}{address}")
        entry = seen.page.locator(".paper-entry:has(details)").first
        abstract = entry.locator(".entry-abstract")
        before = abstract.bounding_box()
        entry.locator("summary").first.click()
        after = abstract.bounding_box()
        assert before is not None
        assert after is not None
        assert after["height"] > before["height"]


def test_search_finds_a_paper_and_leads_to_it(browser: Browser, server: str, site: Site) -> None:
    entry = max(site.digest.entries, key=lambda entry: len(entry.title))
    with visit(browser, server) as seen:
        seen.page.goto(server, wait_until="networkidle")
        seen.page.keyboard.press("/")
        seen.page.keyboard.type(" ".join(entry.title.split()[:6]).replace(":", ""), delay=5)
        result = seen.page.locator(f".find [role=option][href*='{entry.address}']").first
        result.wait_for(state="visible")
        result.click()
        seen.page.wait_for_url(f"**/{entry.address}**")
        assert folded(seen.page.locator("h1").inner_text()) == folded(entry.title)
        assert (seen.foreign, seen.errors) == ([], [])


@pytest.mark.parametrize("js", [True, False])
def test_a_phone_reaches_the_navigation(browser: Browser, server: str, *, js: bool) -> None:
    with visit(browser, server, "phone", js=js) as seen:
        seen.page.goto(server)
        link = seen.page.locator("header nav a", has_text="Topics")
        assert not link.is_visible()
        seen.page.get_by_role("button", name="Menu").click()
        link.click()
        seen.page.wait_for_url("**/topics/")
