"""The project's own site, built once for all tests that look at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from benchmarks.lighthouse import hosting
from generator.build import build_site, generate
from generator.digest import Digest
from generator.folder import Folder
from tests.conftest import ROOT
from tests.site import hostile as papers
from tests.site import shelf
from tests.site import showcase as everything

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Names under which a Chromium or a Chrome may be installed; hosted build machines have Chrome.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # No name but this machine's is looked up: what a page asks of another host is seen, not sent.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@dataclass(frozen=True)
class Site:
    """A finished site and the digest that it shows."""

    root: Path
    digest: Digest

    @property
    def base(self) -> str:
        """The path below which it will be published, as in ``site_url``."""
        return urlsplit(self.digest.site.url).path

    @property
    def folder(self) -> Folder:
        """The digest's folder of which it was made."""
        return Folder(self.root.parent)

    def page(self, address: str) -> str:
        """The HTML of the page at an address."""
        return (self.root / address / "index.html").read_text(encoding="utf-8")

    @property
    def pages(self) -> list[Path]:
        """Every page of HTML."""
        return sorted(self.root.rglob("*.html"))


def copy_of_the_project(root: Path) -> Folder:
    """A digest's folder with the project's content, to build in."""
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name in ("content", "templates"):
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    return Folder(root)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The project's site; a warning of MkDocs is a failure."""
    folder = copy_of_the_project(tmp_path_factory.mktemp("project"))
    shown = built(folder)
    if not shown.digest.entries:
        pytest.skip("this digest has no papers yet")
    return shown


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of papers that try to be more than text (:mod:`tests.site.hostile`)."""
    return built(papers.write(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="session")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a digest that has one of everything (:mod:`tests.site.showcase`)."""
    return built(everything.write(tmp_path_factory.mktemp("showcase")))


@pytest.fixture(scope="session")
def shown(showcase: Site) -> Iterator[str]:
    """The address of the site with one of everything."""
    with serving(showcase) as address:
        yield address


@pytest.fixture(scope="session")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a digest for what readers keep and press (:mod:`tests.site.shelf`)."""
    return built(shelf.write(tmp_path_factory.mktemp("shelf")))


@pytest.fixture(scope="session")
def shelf_address(shelved: Site) -> Iterator[str]:
    """The address of that site."""
    with serving(shelved) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, shelf_address: str) -> Iterator[shelf.Reader]:
    """Somebody new in front of it."""
    with shelf.reading(browser, shelf_address) as somebody:
        yield somebody


def built(folder: Folder) -> Site:
    """The site of a digest."""
    digest = generate(folder).digest
    build_site(folder, digest.updated)
    return Site(folder.site, digest)


@pytest.fixture(scope="session")
def server(site: Site) -> Iterator[str]:
    """The address of the project's site on this machine."""
    with serving(site) as address:
        yield address


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """The address of a site on this machine, below the path of its ``site_url``."""
    with hosting.serving(hosting.Host(site.root, site.base)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium or Chrome; without one tests are skipped, or fail where they must run."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        message = f"no browser found ({', '.join(BROWSERS)})"
        if os.environ.get("DIGEST_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()
