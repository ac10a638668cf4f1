"""A little digest for the reading list, and a reader's window on it.

Its papers are few and each is there for something: a formula in a title, a title that a spreadsheet
would run, titles that try to be markup, a paper that became another one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from generator.folder import Folder
from generator.model import Appearance, Link, LinkKind, Paper
from generator.storage.records import paper_text
from tests.builders import day, prose, write_whole
from tests.conftest import ROOT, TOPICS_YML
from tests.site import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, Request

FIRST, LAST = "2026-03-11", "2026-03-12"

#: Titles by their slugs, in the order of the edition: of one day and one topic, by title.
RETRIEVAL = {
    "autoregressive-entity-retrieval": "Autoregressive Entity Retrieval",
    "bounds-of-x": r"Bounds of $O(n^2)$ at scale, for retrieval",
    "cells": '=HYPERLINK("https://a.invalid/"), a retrieval of “speech”, one, two',
}
SPEECH = {"listening": "Learning to listen to speech"}
EARLIER = {"earlier": "An earlier retrieval", "older-speech": "Speech as it was"}
HOSTILE = {f"hostile-{number}": text for number, text in enumerate(hostile.MARKUP[:8])}

#: A record that became another one, and which.
MERGED, INTO = "entity-retrieval-old", "autoregressive-entity-retrieval"


def write(root: Path) -> Folder:
    """Write the digest into an empty folder."""
    folder = Folder(root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    folder.templates.symlink_to(ROOT / "templates", target_is_directory=True)
    folder.content.mkdir()
    folder.pages.symlink_to(ROOT / "content" / "pages", target_is_directory=True)
    write_whole(folder.topics_yml, TOPICS_YML)
    for date, titles in ((LAST, {**RETRIEVAL, **SPEECH}), (FIRST, {**EARLIER, **HOSTILE})):
        for slug, title in titles.items():
            named = [each for each in ("retrieval", "speech") if each in title.lower()]
            _record(folder, _paper(slug, title, date), {"topics": named or ["speech"]})
    old = _paper(MERGED, RETRIEVAL[INTO], LAST)
    _record(folder, old, {"same_as": INTO})
    return folder


def _paper(slug: str, title: str, date: str) -> Paper:
    code = (Link(LinkKind.CODE, f"https://example.org/{slug}"),)
    return Paper(
        slug=slug,
        source_title=title,
        source_abstract=prose(slug, 60),
        appearances=(Appearance(day(date), "daily", "page.txt"),),
        source_authors=("Ada Example", "Bo Öman"),
        source_ids={"doi": f"10.1000/{slug}"},
        source_links=code if slug == INTO else (),
    )


def _record(folder: Folder, paper: Paper, curation: Mapping[str, Any] | None = None) -> None:
    more = yaml.safe_dump({"curation": dict(curation)}) if curation else ""
    write_whole(folder.papers / "2026" / f"{paper.slug}.yml", paper_text(paper) + more)


@dataclass
class Reader:
    """Somebody in front of a browser: a window, and all that went wrong or elsewhere in it."""

    page: Page
    base: str
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        """Notice errors, dialogs and requests to other hosts of a window."""
        parts = urlsplit(self.base)
        ours = f"{parts.scheme}://{parts.netloc}/"
        page.on("pageerror", lambda error: self.wrong.append(f"an error: {error}"))
        page.on("dialog", self._dialog)

        def asked(request: Request) -> None:
            if not request.url.startswith((ours, "data:", "blob:")):
                self.wrong.append(f"a request: {request.url}")

        page.on("request", asked)

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def go(self, address: str = "") -> None:
        """Open a page of the site."""
        self.page.goto(f"{self.base}{address}", wait_until="load")

    def to_list(self, fragment: str = "") -> None:
        """Open the reading list, and wait until it knows what the site says of its papers."""
        self.page.goto(f"{self.base}reading-list/{fragment}", wait_until="networkidle")

    def entry(self, slug: str) -> Locator:
        """A paper in the list on the page."""
        return self.page.locator(f'.paper-entry[data-paper="{slug}"]')

    def star(self, *slugs: str) -> None:
        """Star papers that are on the page."""
        for slug in slugs:
            self.entry(slug).locator("[data-star]").click()

    @property
    def slugs(self) -> list[str]:
        """The papers on the page, from top to bottom."""
        found = self.page.locator(".paper-entry").evaluate_all(
            "(all) => all.map((each) => each.dataset.paper)"
        )
        return [str(each) for each in found]

    @property
    def key(self) -> str:
        """Where the list is kept."""
        return f"{urlsplit(self.base).path}.list"

    @property
    def kept(self) -> dict[str, dict[str, Any]]:
        """What the browser keeps, by slug."""
        text = self.page.evaluate("(key) => localStorage.getItem(key)", self.key)
        value: dict[str, Any] = json.loads(text or '{"version": 1, "papers": {}}')
        assert value["version"] == 1
        papers: dict[str, dict[str, Any]] = value["papers"]
        return papers

    def keep(self, text: str) -> None:
        """Put something where the list is kept, before any page is opened."""
        self.page.goto(f"{self.base}feed.xml")
        self.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [self.key, text])

    @property
    def said(self) -> str:
        """What stands at the foot of the window."""
        return self.page.locator(".said").inner_text()


@contextmanager
def reading(browser: Browser, base: str, **options: Any) -> Iterator[Reader]:
    """A reader with a browser that remembers nothing yet; whatever goes wrong fails the test."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(10_000)
    reader = Reader(context.new_page(), base, context)
    try:
        yield reader
        reader.page.evaluate("1")
        assert reader.wrong == []
        assert reader.page.evaluate("window.__acted") is None
    finally:
        context.close()
