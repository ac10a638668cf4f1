"""What a first visit transfers, counted by the server (:mod:`benchmarks.lighthouse.hosting`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.lighthouse.hosting import Host, Sent, serving
from tests.site.conftest import Site
from tests.site.kinds import Kind, kinds
from tests.site.test_browser import visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

#: A paper's page with all that it loads, in bytes: a second on a phone with 2 Mbit/s.
LIMIT = 250_000


def transferred(browser: Browser, site: Site, kind: Kind) -> list[Sent]:
    """What is sent to a reader who comes for the first time, the largest first."""
    host = Host(site.root, site.base)
    with serving(host) as server, visit(browser, server, "phone") as seen:
        seen.page.goto(f"{server}{kind.address}", wait_until="networkidle")
    return sorted(host.sent, key=lambda sent: -sent.size)


@pytest.mark.parametrize("which", ["site", "showcase"])
def test_a_papers_page_is_light(
    browser: Browser, request: pytest.FixtureRequest, which: str
) -> None:
    site: Site = request.getfixturevalue(which)
    papers = [kind for kind in kinds(site) if kind.name.startswith("paper ")]
    assert papers
    heavy = {}
    for kind in papers:
        sent = transferred(browser, site, kind)
        assert any(each.path == kind.address for each in sent)
        if sum(each.size for each in sent) > LIMIT:
            heavy[kind.name] = [(each.size, each.path) for each in sent]
    assert heavy == {}
