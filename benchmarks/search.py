"""``python -m benchmarks.search``: what the first search of a reader costs, in a browser.

A digest of made papers (:mod:`benchmarks.making`; 518 are the real ones) is served as GitHub Pages
would serve it. Each query is the first of a browser that has nothing yet: it is typed into the
field in the head of a page, a letter every tenth of a second, or asked for by the address of the
page of results. Counted is everything of the search that comes over the wire until the first papers
are shown: ``pagefind/`` and the search's own scripts. The time is from the last letter, or from the
moment at which the page of results is ready, to the five papers; so it has the pause in it by which
the field waits for more letters, and all that is loaded only then.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import click

from benchmarks.lighthouse import hosting
from benchmarks.making import Maker
from benchmarks.measuring import machine, table
from generator import content
from generator.content import Content
from generator.digest import Digest
from generator.folder import Folder
from generator.model import Appearance
from generator.render import Renderer
from generator.search.indexing import indexing
from generator.storage.library import Library
from generator.views.assemble import digest_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ROOT = Path(__file__).parents[1]
_BASE = "/digest/"
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
_REAL = 518
_FIRST = dt.date(2025, 1, 6)
#: Made papers are as many a day.
_A_DAY = 40

#: Frequent words and rare ones, one and several, a title with words that everything has.
QUERIES = (
    "dense retrieval",
    "language model",
    "multi-lingual",
    "speech",
    "BERT",
    "long context attention",
    "model merging",
    "continual learning of large language models",
    "quantization",
    "entity linking",
)

#: When the last letter was typed, and when five papers, or all, were there.
_WATCH = """
window.asked = window.found = 0;
const begun = () => { window.asked = performance.now(); window.found = 0; };
document.addEventListener("input", begun, true);
new MutationObserver(() => {
  const shown = document.querySelector(".find [role=option], .results .paper-entry");
  if (shown && !window.found) window.found = performance.now();
}).observe(document, { childList: true, subtree: true });
"""
_FOUND = "() => window.found > 0 && window.found"
_READY = "() => performance.getEntriesByType('navigation')[0].responseEnd"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a query cost: bytes on the wire, milliseconds, requests."""

    size: int
    time: float
    requests: int


@click.command()
@click.option("--size", "sizes", multiple=True, type=click.IntRange(min=1), default=(518, 10_000))
@click.option("--chromium", default="chromium", show_default=True)
def main(sizes: list[int], chromium: str) -> None:
    """Measure first queries in digests of some sizes; print a table."""
    from playwright.sync_api import sync_playwright

    rows = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        path = shutil.which(chromium)
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        for size in sizes:
            root = Path(place) / str(size)
            write_site(root, _digest(size))
            for name, way in {"typed in the head": typed, "by its address": by_address}.items():
                costs = [way(browser, root, query) for query in QUERIES]
                rows.append([f"{size:,} papers, {name}", *_figures(costs)])
                click.echo(f"{size:,}: {[round(each.size / 1000) for each in costs]}", err=True)
        browser.close()
    click.echo(f"{machine()}; {len(QUERIES)} queries\n")
    head = ["", "kB, median", "kB, most", "ms, median", "ms, most", "requests"]
    click.echo(table(head, rows))


def _figures(costs: list[Cost]) -> list[str]:
    sizes, times = [each.size for each in costs], [each.time for each in costs]
    return [
        f"{statistics.median(sizes) / 1000:.0f}",
        f"{max(sizes) / 1000:.0f}",
        f"{statistics.median(times):.0f}",
        f"{max(times):.0f}",
        f"{statistics.median(each.requests for each in costs):.0f}",
    ]


def _digest(size: int) -> Digest:
    real = content.read(Folder(_ROOT))
    if size == _REAL:
        return digest_of(real)
    made = Maker(list(real.library.papers.values())).library(size)
    papers = {
        slug: replace(paper, appearances=(Appearance(_day(place), "made", "made.jsonl"),))
        for place, (slug, paper) in enumerate(made.items())
    }
    return digest_of(Content(real.site, real.taxonomy, Library(papers=papers)))


def _day(place: int) -> dt.date:
    return _FIRST + dt.timedelta(days=place // _A_DAY)


def write_site(root: Path, digest: Digest) -> None:
    """The parts of a site that a search needs: its page in a bare frame, scripts, styles, index."""
    overrides = _ROOT / "templates" / "overrides"
    shutil.copytree(overrides / "assets", root / "assets")
    folder = Folder(root)
    with indexing(folder, digest) as index:
        files = index.files()
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    head = re.sub(r"\{\{.*?\}\}", "search/", _text(overrides / "partials" / "search.html"))
    (root / "index.html").write_text(_framed("", head, ""), encoding="utf-8")
    page = _page_of_results()
    body = page[page.index('<div class="stream">') :]
    (root / "search").mkdir()
    text = _framed("../", head, body)
    (root / "search" / "index.html").write_text(text, encoding="utf-8")


def _page_of_results() -> str:
    """The page for one paper: it is the same for any number of them, but for a line."""
    real = content.read(Folder(_ROOT))
    one = dict(list(real.library.papers.items())[:1])
    digest = digest_of(Content(real.site, real.taxonomy, Library(papers=one)))
    pages = Renderer(Folder(_ROOT), digest).pages()
    return next(page.make() for page in pages if page.path == "search.md")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _framed(up: str, head: str, body: str) -> str:
    """A page with the search in its head; that of results has a script more."""
    names = ["search.js", "find.js"] if body else ["search.js"]
    scripts = "".join(
        f'<script src="{up}assets/javascripts/{name}" defer></script>' for name in names
    )
    return (
        f'<!doctype html><html lang="en"><title>Search · x</title>{scripts}'
        f"<header>{head}</header><main>{body}</main></html>"
    )


def typed(browser: Browser, root: Path, query: str) -> Cost:
    """Type into the field in the head."""
    with _visit(browser, root) as (page, host, base):
        page.goto(base, wait_until="load")
        field = page.locator("#find")
        field.focus()
        field.press_sequentially(query, delay=100)
        found = page.wait_for_function(_FOUND, polling=20).json_value()
        return _cost(host, found - page.evaluate("window.asked"))


def by_address(browser: Browser, root: Path, query: str) -> Cost:
    """Open the page of results."""
    with _visit(browser, root) as (page, host, base):
        page.goto(f"{base}search/?q={quote_plus(query)}", wait_until="load")
        found = page.wait_for_function(_FOUND, polling=20).json_value()
        return _cost(host, found - page.evaluate(_READY))


@contextmanager
def _visit(browser: Browser, root: Path) -> Iterator[tuple[Page, hosting.Host, str]]:
    """A browser that has nothing yet, and a server that counts."""
    host = hosting.Host(root, _BASE)
    context = browser.new_context()
    try:
        with hosting.serving(host) as base:
            page = context.new_page()
            page.add_init_script(_WATCH)
            yield page, host, base
    finally:
        context.close()


def _cost(host: hosting.Host, time: float) -> Cost:
    """All that was sent but the page itself."""
    counted = [each for each in host.sent if not each.path.endswith("/") and each.path]
    return Cost(sum(each.size for each in counted), time, len(counted))


if __name__ == "__main__":
    main()
