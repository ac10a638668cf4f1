"""``python -m benchmarks.related``: what finding related papers costs, and how that grows.

Every run is a process of its own that makes its papers (:mod:`benchmarks.making`), gives them their
topics and finds the nearest of each. The peak is that of the process with all papers in it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click

from benchmarks.making import Maker
from benchmarks.measuring import COLUMNS, Sample, apart, machine, measured, row, table, tell
from generator import content
from generator.content import Content
from generator.folder import Folder
from generator.related.neighbours import related
from generator.storage.library import Library
from generator.views.assemble import digest_of

_ROOT = Path(__file__).parents[1]
_MODULE = "benchmarks.related"
_SIZES = (500, 5_000, 10_000)


@click.group(invoke_without_command=True)
@click.option("--size", "sizes", multiple=True, type=click.IntRange(min=1), default=_SIZES)
@click.option("--runs", type=click.IntRange(min=1), default=3, help="Of each size.")
@click.pass_context
def main(ctx: click.Context, sizes: list[int], runs: int) -> None:
    """Measure topics and related papers of libraries of some sizes; print a table."""
    if ctx.invoked_subcommand:
        return
    found: defaultdict[tuple[int, str], list[Sample]] = defaultdict(list)
    # Sizes take turns, so that what else the machine does meets all of them.
    for run in range(runs):
        for size in sizes:
            click.echo(f"{size}, run {run + 1} of {runs}", err=True)
            for name, sample in apart(_MODULE, "once", str(size)).items():
                found[size, name].append(sample)
    click.echo(f"{machine()}; the median of {runs} runs\n")
    rows = [[f"{size:,} papers: {name}", *row(samples)] for (size, name), samples in found.items()]
    click.echo(table(["", *COLUMNS], rows))


@main.command(hidden=True)
@click.argument("size", type=int)
def once(size: int) -> None:
    """One run, in this process; prints its samples."""
    real = content.read(Folder(_ROOT))
    papers = Maker(list(real.library.papers.values())).library(size)
    made = Content(real.site, real.taxonomy, Library(papers=papers))
    topics = measured(lambda: digest_of(made))
    entries = digest_of(made).entries
    click.echo(tell({"all views": topics, "related": measured(lambda: related(entries))}))


if __name__ == "__main__":
    main()
