"""``python -m benchmarks.build``: what a build takes, from nothing and after a change.

Every run is ``digest build`` in a process of its own, on a digest made for it
(:mod:`benchmarks.digests`). Beside it, in the same minutes and on the same Markdown: ``mkdocs
build`` with Material as it comes (a small navigation, its own search), and Hugo with a theme that
has nothing but the text of a page. After each change the site is compared with one that is built
from nothing, byte by byte; a difference ends the benchmark.
"""

from __future__ import annotations

import datetime as dt
import filecmp
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from benchmarks.digests import ROOT, add_day, digest_of, more
from benchmarks.measuring import Followed, followed, machine, table
from generator.folder import Folder

#: Papers of a new edition.
_EDITION = 30
#: With more papers than this, one run has to do.
_LARGE = 20_000
_STAGE = re.compile(r"([a-z][a-z ]*) (\d+\.\d)")
_PLAIN = """\
site_name: The Paper Digest
site_url: https://example.github.io/paper-digest/
theme:
  name: material
nav:
  - Latest: index.md
  - Topics: topics/index.md
  - Editions: editions/index.md
"""
_HUGO = """\
baseURL = "https://example.github.io/paper-digest/"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
"""
_QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


@dataclass(frozen=True, slots=True)
class Built:
    """Runs of a build, and the seconds of each of its stages in each run."""

    runs: list[Followed]
    stages: list[dict[str, float]]


def build(folder: Folder, runs: int, prepare: Callable[[], None]) -> Built:
    """Run ``digest build`` so many times, each time after something was prepared."""
    found, stages = [], []
    for _ in range(runs):
        prepare()
        command = [sys.executable, "-m", "generator", "-C", str(folder.root), "build"]
        run = followed(command, ROOT, _QUIET)
        found.append(run)
        stages.append({name: float(took) for name, took in _STAGE.findall(run.said)})
    return Built(found, stages)


def clear(folder: Folder) -> None:
    """Remove all that a build made."""
    for path in (folder.root / "build", folder.site, folder.cache):
        shutil.rmtree(path, ignore_errors=True)


def plain(folder: Folder, runs: int, place: Path) -> list[Followed]:
    """``mkdocs build`` with Material as it comes, on the same Markdown."""
    shutil.rmtree(place, ignore_errors=True)
    _copied(folder, place / "docs")
    (place / "mkdocs.yml").write_text(_PLAIN, encoding="utf-8")
    program = str(Path(sys.executable).parent / "mkdocs")
    return [followed([program, "build", "-q"], place, _QUIET) for _ in range(runs)]


def hugo(folder: Folder, runs: int, place: Path) -> list[Followed]:
    """Hugo with a bare theme on the same Markdown; nothing if it is not installed."""
    if not (program := shutil.which("hugo")):
        return []
    shutil.rmtree(place, ignore_errors=True)
    _copied(folder, place / "content")
    for path in (place / "content").rglob("index.md"):
        path.rename(path.with_name("_index.md"))  # a page that has pages below it
    layouts = place / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single", "list"):
        (layouts / f"{name}.html").write_text("<!doctype html>{{ .Content }}", encoding="utf-8")
    (place / "config.toml").write_text(_HUGO, encoding="utf-8")
    found = [followed([program, "--quiet"], place, _QUIET) for _ in range(runs)]
    made = sum(1 for _ in (place / "public").rglob("*.html"))
    wanted = sum(1 for _ in (place / "content").rglob("*.md"))
    if made < wanted:
        raise SystemExit(f"Hugo made {made} pages of {wanted}")
    return found


def _copied(folder: Folder, place: Path) -> None:
    for path in folder.docs.rglob("*.md"):
        copy = place / path.relative_to(folder.docs)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


class Changes:
    """What an editor does, each time a little otherwise."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._times = 0

    def note(self) -> None:
        """Write or change the note on a paper in the middle of the digest."""
        self._times += 1
        paths = sorted(self._folder.papers.rglob("*.yml"))
        path = paths[len(paths) // 2]
        text = path.read_text(encoding="utf-8").partition("\ncuration:")[0].rstrip("\n")
        note = f"\ncuration:\n  note: Why this one matters, {self._times} times over.\n"
        path.write_text(text + note, encoding="utf-8")

    def edition(self) -> None:
        """Add an edition of new papers."""
        self._times += 1
        latest = max(path.stem[:10] for path in self._folder.ledger.glob("*.yml"))
        day = dt.date.fromisoformat(latest) + dt.timedelta(days=1)
        add_day(self._folder, day, more(_EDITION, seed=1000 + self._times))

    def template(self) -> None:
        """Change a word on every paper's page."""
        self._times += 1
        path = self._folder.templates / "paper.md.j2"
        text = path.read_text(encoding="utf-8")
        changed = re.sub("<span>Related[^<]*</span>", f"<span>Related ({self._times})</span>", text)
        path.write_text(changed, encoding="utf-8")


def compare(folder: Folder, place: Path) -> None:
    """End if the site is not what it would be if it were built from nothing."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name in ("content", "templates"):
        shutil.copytree(folder.root / name, place / name)
    shutil.copy(folder.mkdocs_yml, place)
    build(Folder(place), 1, lambda: None)
    if different := list(_different(folder.site, place / "site")):
        raise SystemExit(f"the site is not what it would be from nothing: {different[:5]}")


def _different(one: Path, other: Path) -> Iterable[str]:
    files = [
        {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        for root in (one, other)
    ]
    yield from sorted(files[0] ^ files[1])
    yield from filecmp.cmpfiles(one, other, sorted(files[0] & files[1]), shallow=False)[1]


def shown(folder: Folder, edit: Callable[[], str], address: str, wait: float = 120) -> float:
    """Seconds from an edit to the page of ``digest serve`` that shows it."""
    port = 8765
    host = f"http://127.0.0.1:{port}/paper-digest/"
    command = [sys.executable, "-m", "generator", "-C", str(folder.root), "serve"]
    with subprocess.Popen([*command, "-a", f"127.0.0.1:{port}"], cwd=ROOT) as server:  # noqa: S603
        try:
            _wait(host + address, "<h1", 10 * wait)
            time.sleep(5)  # until nothing else is at work
            wanted = edit()
            begun = time.perf_counter()
            _wait(host + address, wanted, wait)
            return time.perf_counter() - begun
        finally:
            server.terminate()


def _wait(url: str, wanted: str, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        with suppress(OSError), urllib.request.urlopen(url, timeout=seconds) as answer:  # noqa: S310
            if wanted in answer.read().decode():
                return
        time.sleep(0.02)
    raise SystemExit(f"{url} did not come to say {wanted!r}")


def row(name: str, runs: Sequence[Followed], base: float | None) -> list[str]:
    """A row of the table: how long, how often that of the plain build, how much memory."""
    wall = median(run.wall for run in runs)
    return [
        name,
        f"{wall:.1f}",
        f"{wall / base:.2f}" if base else "",
        f"{median(run.cpu for run in runs):.1f}",
        f"{round(median(run.peak for run in runs)) >> 20:,}",
    ]


HEAD = ["", "seconds", "of the plain build", "of the processors", "MiB at the peak"]


@click.command()
@click.option("--size", "sizes", multiple=True, type=int, default=(518, 2000, 10000, 75000))
@click.option("--runs", default=3, show_default=True)
@click.option("--changes", "changed", default=10000, show_default=True, help="Size, 0 for none.")
@click.option("--place", type=click.Path(path_type=Path), default=ROOT / "build" / "bench")
def main(sizes: tuple[int, ...], runs: int, changed: int, place: Path) -> None:
    """Measure builds and print tables."""
    click.echo(f"{machine()}, {dt.datetime.now(tz=dt.UTC).date()}\n")
    for size in sizes:
        folder = digest_of(size, place / str(size))
        _measure(folder, size, 1 if size > _LARGE else runs, place, with_changes=size == changed)


def _measure(folder: Folder, size: int, runs: int, place: Path, *, with_changes: bool) -> None:
    whole = build(folder, runs, lambda: clear(folder))
    bare = plain(folder, runs, place / "plain") if size <= _LARGE else []
    base = median(run.wall for run in bare) if bare else None
    rows = [row("`digest build` from nothing", whole.runs, base)]
    again = build(folder, runs, lambda: None)
    rows.append(row("again, nothing changed", again.runs, base))
    stages = {"from nothing": whole, "nothing changed": again}
    if with_changes:
        changes = Changes(folder)
        for name, change in (
            ("a note", changes.note),
            ("an edition of thirty papers", changes.edition),
            ("a template", changes.template),
        ):
            stages[name] = build(folder, runs, change)
            compare(folder, place / "nothing")
            rows.append(row(f"after {name}", stages[name].runs, base))
    rows += [row("`mkdocs build`, Material as it comes", bare, base)] if bare else []
    if fast := hugo(folder, runs, place / "hugo"):
        rows.append(row("Hugo, a bare theme", fast, base))
    click.echo(f"#### {size:,} papers\n\n{table(HEAD, rows)}\n")
    names = list(dict.fromkeys(n for each in stages.values() for s in each.stages for n in s))
    lines = [
        [label, *(_seconds(each.stages, name) for name in names)] for label, each in stages.items()
    ]
    click.echo(f"{table(['seconds', *names], lines)}\n")


def _seconds(stages: Iterable[dict[str, float]], name: str) -> str:
    found = [each[name] for each in stages if name in each]
    return f"{median(found):.1f}" if found else ""


if __name__ == "__main__":
    main()
