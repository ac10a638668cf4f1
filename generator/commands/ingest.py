"""``digest ingest FILE…``: take listings into the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import click

from generator import config, sources
from generator.console import reporting
from generator.console.given import read_file
from generator.console.options import Day
from generator.console.progress import progress, stage
from generator.errors import DigestError, ListingError, UsageError
from generator.folder import Folder
from generator.ingest import planning
from generator.ingest.planning import Dated
from generator.intake import Dating
from generator.model import FIRST_YEAR, LAST_YEAR, Listing
from generator.sources.days import day_in_name
from generator.storage import journal, library, store
from generator.text.cleaning import tidy
from generator.topics.taxonomy import load_taxonomy

#: The source is part of a file's name.
_LONGEST_SOURCE = 60


@click.command("ingest")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--date",
    "day",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="The day of the listings, if they do not say it themselves or say it wrongly.",
)
@click.option(
    "--source", help="The name of the source, instead of the one that the format implies."
)
@click.option(
    "--accept",
    is_flag=True,
    help="Take the papers of a raw source in at once, instead of letting them wait as candidates.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.pass_obj
def command(
    folder: Folder,
    *,
    files: tuple[Path, ...],
    day: dt.date | None,
    source: str | None,
    accept: bool,
    dry_run: bool,
) -> None:
    """Take listings into the library: every paper new, or merged with the reason.

    A listing is recognised by its content. One that came in before changes nothing; one that cannot
    be read with certainty is named, and the others go in all the same.
    """
    source = source if source is None else tidy(source)
    if source == "":
        raise UsageError("--source is empty; give a name, such as --source hf-daily-papers")
    if source and len(source) > _LONGEST_SOURCE:
        raise UsageError(f"--source is longer than {_LONGEST_SOURCE} characters; shorten it")
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UsageError(f"--date {day} is not between {FIRST_YEAR} and {LAST_YEAR}")
    config.read_site(folder)  # a folder that is no digest is left alone
    failures: list[DigestError] = []
    with nullcontext() if dry_run else journal.alone(folder):
        before = library.load(folder)
        listings = list(_dated(files, day, source, failures))
        with stage("comparing with the library"):
            dated = [replace(each, accept=accept) for each in listings]
            plan = planning.plan(before, dated, topics=_topics(dated, folder))
        if not dry_run:
            with stage("writing"):
                store.write_plan(plan, before, folder)
    reporting.report(plan, before, _today(), dry_run=dry_run)
    for failure in failures:
        click.echo(f"digest: {failure}", err=True)
    if failures:
        click.echo(f"digest: {len(failures)} of {len(files)} files did not go in", err=True)
    if failures or reporting.has_faults(plan):
        click.get_current_context().exit(1)


def _dated(
    files: tuple[Path, ...], day: dt.date | None, source: str | None, failures: list[DigestError]
) -> Iterator[Dated]:
    """Every listing that can be read, with its day; what cannot goes to ``failures``."""
    today = _today()
    with progress(files, "reading") as paths:
        for path in paths:
            try:
                listing = read_file(path, today)
            except ListingError as error:
                failures.append(error)
                continue
            for part in (listing,) if day else sources.by_day(listing):
                yield _date(part, day, source, today)


def _topics(listings: Iterable[Dated], folder: Folder) -> frozenset[str] | None:
    """The digest's topics, where a listing has decisions about them."""
    if not any(each.listing.papers for each in listings) or not folder.topics_yml.is_file():
        return None
    return frozenset(load_taxonomy(folder.topics_yml, folder.name(folder.topics_yml)).ids)


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _date(listing: Listing, day: dt.date | None, source: str | None, today: dt.date) -> Dated:
    """The day of a listing: what the user says, what it says, what its name says, or today."""
    if source:
        listing = replace(listing, source=source)
    choices = (
        (day, Dating.OPTION),
        (listing.date, Dating.LISTING),
        (day_in_name(listing.file), Dating.FILE_NAME),
        (today, Dating.CLOCK),
    )
    return next(Dated(listing, date, by) for date, by in choices if date is not None)
