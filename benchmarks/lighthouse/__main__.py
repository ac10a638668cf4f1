"""``python -m benchmarks.lighthouse``: what Lighthouse says of the pages that matter most.

The site is served as GitHub Pages would serve it (:mod:`benchmarks.lighthouse.hosting`), and looked
at as a phone on a slow network and as a desktop. Lighthouse computes what loading would take there
from what it takes here, so a busy machine costs points of performance: what misses the mark is
measured again, and the best run counts.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from benchmarks.lighthouse.hosting import Host, serving
from benchmarks.measuring import table
from generator.config import read_site
from generator.folder import Folder

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: No sandbox, for containers have none; no name of another host is looked up.
FLAGS = (
    "--headless --no-sandbox --disable-gpu"
    " --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: The pages of which the fullest one is looked at, by how they are called in the table.
PAGES = {
    "home": "index.html",
    "topic": "topics/*/index.html",
    "edition": "editions/*/index.html",
    "paper": "papers/*/index.html",
}
DEVICES = ("mobile", "desktop")


@dataclass(frozen=True, slots=True)
class Report:
    """What Lighthouse says of a page: points by category, and what costs some."""

    points: dict[str, int]
    costs: tuple[str, ...]

    @property
    def worst(self) -> int:
        """The points of the category that has least."""
        return min(self.points.values())

    @property
    def total(self) -> int:
        """By which one run is better than another."""
        return sum(self.points.values())


@click.command()
@click.option("--site", "folder", type=click.Path(path_type=Path), default=ROOT, show_default=False)
@click.option("--page", "pages", multiple=True, type=click.Choice(list(PAGES)), default=PAGES)
@click.option("--device", "devices", multiple=True, type=click.Choice(DEVICES), default=DEVICES)
@click.option("--least", type=click.IntRange(0, 100), default=95, help="Points to reach.")
@click.option("--runs", type=click.IntRange(min=1), default=3, help="Of a page, at most.")
def main(folder: Path, pages: list[str], devices: list[str], least: int, runs: int) -> None:
    """Measure pages of a finished site; print a table. Status 1: one is below the mark."""
    digest = Folder(folder)
    base = urlsplit(read_site(digest).url).path or "/"
    reports: dict[tuple[str, str], Report] = {}
    with serving(Host(digest.site, base)) as address:
        for name in pages:
            for device in devices:
                click.echo(f"{name}, {device}", err=True)
                page = f"{address}{fullest(digest.site, PAGES[name])}"
                reports[name, device] = best(page, device, least, runs)
    click.echo(table(["page", "device", *CATEGORIES], list(rows(reports))))
    for (name, device), report in reports.items():
        click.echo("".join(f"\n{name}, {device}: {cost}" for cost in report.costs), nl=False)
    click.echo()
    sys.exit(any(report.worst < least for report in reports.values()))


def fullest(site: Path, pattern: str) -> str:
    """The address, within a site, of its longest page of a kind."""
    found = [
        path for path in site.glob(pattern) if b'http-equiv="refresh"' not in path.read_bytes()
    ]
    if not found:
        raise click.ClickException(f"{site} has no page like {pattern}: build it (make site)")
    longest = max(found, key=lambda path: (path.stat().st_size, path.as_posix()))
    return longest.relative_to(site).as_posix().removesuffix("index.html")


def best(page: str, device: str, least: int, runs: int) -> Report:
    """The best report of some runs; the first one that reaches the mark will do."""
    reports: list[Report] = []
    while len(reports) < runs and not any(each.worst >= least for each in reports):
        reports.append(measured(page, device))
    return max(reports, key=lambda report: report.total)


def measured(page: str, device: str) -> Report:
    """One run of Lighthouse."""
    node = shutil.which("node")
    browser = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not (node and browser and PROGRAM.exists()):
        raise click.ClickException(
            "Lighthouse needs Node.js 20 or newer, a Chromium or Chrome, and its packages: install"
            " the first two, then run `make lighthouse`"
        )
    options = ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    options += [f"--chrome-flags={FLAGS}", "--no-enable-error-reporting"]
    options += ["--preset=desktop"] if device == "desktop" else []
    done = subprocess.run(  # noqa: S603 - the program of the lock, on a page of this machine
        [node, str(PROGRAM), page, *options],
        env={**os.environ, "CHROME_PATH": browser},
        stdout=subprocess.PIPE,
        check=False,
        text=True,
    )
    if done.returncode:
        raise click.ClickException(f"Lighthouse ended with status {done.returncode} on {page}")
    return report(json.loads(done.stdout))


def report(told: dict[str, Any]) -> Report:
    """What a run says, from Lighthouse's own JSON."""
    if error := told.get("runtimeError"):
        raise click.ClickException(f"Lighthouse could not look at the page: {error['message']}")
    points = {name: round(100 * (told["categories"][name]["score"] or 0)) for name in CATEGORIES}
    return Report(points, tuple(_costs(told)))


def _costs(told: dict[str, Any]) -> Iterator[str]:
    """Every audit that has a weight in its category and not all points."""
    for name in CATEGORIES:
        for reference in told["categories"][name]["auditRefs"]:
            audit = told["audits"][reference["id"]]
            score = audit["score"]
            if reference["weight"] and score is not None and score < 1:
                shown = audit.get("displayValue", "")
                lost = reference["weight"] * (1 - score)
                yield f"{name} -{lost:.1f}: {audit['title']} {shown}".rstrip()


def rows(reports: dict[tuple[str, str], Report]) -> Iterator[list[str]]:
    """Lines of the table."""
    for (name, device), each in reports.items():
        yield [name, device, *(str(each.points[category]) for category in CATEGORIES)]


if __name__ == "__main__":
    main()
