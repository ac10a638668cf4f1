"""``python -m benchmarks.identity``: what taking in listings costs, and how that grows.

Every run is a process of its own that makes its papers (:mod:`benchmarks.making`), takes them in,
and fails unless as many records were new, and as many merged by each rule, as were made so.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import click

from benchmarks.making import Made, Maker
from benchmarks.measuring import (
    COLUMNS,
    Sample,
    apart,
    commanded,
    machine,
    measured,
    row,
    table,
    tell,
)
from generator.folder import Folder
from generator.ingest import planning
from generator.ingest.planning import Dated, Plan
from generator.intake import Dating
from generator.model import Listing, Paper, SourceRecord
from generator.storage import library, store
from generator.storage.library import Library

_ROOT = Path(__file__).parents[1]
_MODULE = "benchmarks.identity"
_DAY = dt.date(2026, 2, 2)
#: Records against papers.
_SIZES = ("5000x5000", "10000x10000", "200x75000", "75000x0")
#: Records of one file: the command takes no file above 20 MB.
_FILE = 10_000
#: Says how many papers there must be in the end.
_WANTED = "wanted.txt"


class _Size(click.ParamType[tuple[int, int]]):
    """``RECORDSxPAPERS``."""

    name = "size"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """See :class:`click.ParamType`."""
        records, _, papers = str(value).partition("x")
        if not (records.isdecimal() and papers.isdecimal()):
            self.fail(f"{value!r} is not RECORDSxPAPERS, such as 200x75000", param, ctx)
        return int(records), int(papers)


@click.group(invoke_without_command=True)
@click.option("--size", "sizes", multiple=True, type=_Size(), default=_SIZES, metavar="NxM")
@click.option("--runs", type=click.IntRange(min=1), default=3, help="Of each size.")
@click.option("--files", is_flag=True, help="Also read, write, and run the command itself.")
@click.pass_context
def main(ctx: click.Context, sizes: list[tuple[int, int]], runs: int, files: bool) -> None:  # noqa: FBT001 - click hands it over
    """Measure the ingestion of N records into a library of M papers; print a table."""
    if ctx.invoked_subcommand:
        return
    found: defaultdict[tuple[int, int], defaultdict[str, list[Sample]]]
    found = defaultdict(lambda: defaultdict(list))
    # Sizes take turns, so that what else the machine does meets all of them.
    for run in range(runs):
        for size in sizes:
            click.echo(f"{size[0]}x{size[1]}, run {run + 1} of {runs}", err=True)
            for name, sample in (_with_files if files else _planned)(size).items():
                found[size][name].append(sample)
    click.echo(f"{machine()}; the median of {runs} runs\n")
    rows = [
        [f"{records:,} against {papers:,}: {name}", *row(samples)]
        for (records, papers), by_name in found.items()
        for name, samples in by_name.items()
    ]
    click.echo(table(["", *COLUMNS], rows))


def _planned(size: tuple[int, int]) -> dict[str, Sample]:
    return apart(_MODULE, "once", *map(str, size))


def _with_files(size: tuple[int, int]) -> dict[str, Sample]:
    """The library written and read, and a listing taken in by the command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name))
        samples = apart(_MODULE, "once", "--folder", name, *map(str, size))
        listings = map(str, sorted(folder.root.glob("*.jsonl")))
        command = [sys.executable, "-m", "generator", "-C", name, "ingest", "--date", str(_DAY)]
        samples["`digest ingest`"] = commanded([*command, *listings])
        papers = sum(1 for _ in folder.papers.rglob("*.yml"))
        wanted = int((folder.root / _WANTED).read_text(encoding="utf-8"))
    if papers != wanted:
        raise SystemExit(f"{papers} papers in the library; {wanted} were made")
    return samples


@main.command(hidden=True)
@click.option("--folder", type=click.Path(path_type=Path))
@click.argument("records", type=int)
@click.argument("papers", type=int)
def once(records: int, papers: int, folder: Path | None) -> None:
    """One run, in this process; prints its samples."""
    models = library.load(Folder(_ROOT)).papers.values()
    maker = Maker(list(models))
    known = maker.library(papers)
    made = maker.listing(records, known.values())
    samples = _filed(known, made, Folder(folder)) if folder else {"plan": _plan(known, made)}
    click.echo(tell(samples))


def _plan(known: dict[str, Paper], made: Made) -> Sample:
    """Deciding alone."""
    plans: list[Plan] = []
    before = Library(papers=known)
    sample = measured(lambda: plans.append(planning.plan(before, [_dated(made.records)])))
    _compare(plans[0], made)
    return sample


def _filed(known: dict[str, Paper], made: Made, folder: Folder) -> dict[str, Sample]:
    """Writing and reading the library; the listings lie beside it then."""
    shutil.copy(_ROOT / "mkdocs.yml", folder.root)
    (folder.root / _WANTED).write_text(str(len(known) + made.new), encoding="utf-8")
    for at in range(0, len(made.records), _FILE):
        _listing(folder.root, made.records[at : at + _FILE])
    first = Plan(known, (), (), {})
    writing = measured(lambda: store.write_plan(first, Library(), folder))
    return {"write the library": writing, "read it": measured(lambda: library.load(folder))}


def _listing(root: Path, records: tuple[SourceRecord, ...]) -> None:
    """Records as JSON Lines."""
    path = root / f"listing-{records[0].line:06}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for each in records:
            fields = {"title": each.title, "abstract": each.abstract, **each.ids}
            file.write(f"{json.dumps(fields, ensure_ascii=False)}\n")


def _dated(records: tuple[SourceRecord, ...]) -> Dated:
    return Dated(Listing("made", "made.jsonl", "0" * 64, records), _DAY, Dating.OPTION)


def _compare(plan: Plan, made: Made) -> None:
    """Speed is not bought with loss.

    Raises:
        SystemExit: If something else became of the records than was made.
    """
    new = sum(len(each.new) for each in plan.brought)
    merged = Counter(merge.match.rule for each in plan.brought for merge in each.merged)
    if (new, merged) != (made.new, made.merged):
        raise SystemExit(f"new: {new}, made: {made.new}; merged: {merged}, made: {made.merged}")


if __name__ == "__main__":
    main()
