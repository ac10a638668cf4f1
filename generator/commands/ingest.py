"""``digest ingest FILE…``: take listings into the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from generator import config, ingest, library, sources, store
from generator.errors import DigestError, ListingError, UsageError
from generator.folder import Folder
from generator.identity import Index, Likeness
from generator.ingest import Brought, Dated, Merge
from generator.intake import Dating
from generator.model import FIRST_YEAR, LAST_YEAR, Listing, Paper, Rejected, Rule
from generator.progress import progress, stage
from generator.sources.days import day_in_name
from generator.text import tidy
from generator.wording import count

#: The source is part of a file's name.
_LONGEST_SOURCE = 60
#: Bytes; a page of a thousand papers has two million.
_LARGEST = 20 << 20
#: Days. A date line without a year, saved where tomorrow has begun, is filed a year back.
_ALMOST_A_YEAR = 330


class _Day(click.DateTime):
    """A day, with a remedy for those who write it otherwise."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """See :class:`click.ParamType`."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is not a day; write it as 2026-08-19", param, ctx)


@click.command("ingest")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--date",
    "day",
    type=_Day(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of the listings, if they do not say it themselves or say it wrongly.",
)
@click.option(
    "--source", help="The name of the source, instead of the one that the format implies."
)
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.pass_obj
def command(
    folder: Folder,
    files: tuple[Path, ...],
    day: dt.datetime | None,
    source: str | None,
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
        raise UsageError(f"--date {day.date()} is not between {FIRST_YEAR} and {LAST_YEAR}")
    config.read_site(folder)  # a folder that is no digest is left alone
    failures: list[DigestError] = []
    with nullcontext() if dry_run else store.alone(folder):
        before = library.load(folder)
        listings = list(_dated(files, day.date() if day else None, source, failures))
        with stage("comparing with the library"):
            plan = ingest.plan(before, listings)
        if not dry_run:
            with stage("writing"):
                store.write_plan(plan, before, folder)
    _report(plan, before, dry_run=dry_run)
    for failure in failures:
        click.echo(f"digest: {failure}", err=True)
    if failures:
        click.echo(f"digest: {len(failures)} of {len(files)} files did not go in", err=True)
    faults = [each for each in plan.brought if any(r.is_fault for r in _rejected(each))]
    if failures or faults:
        click.get_current_context().exit(1)


def _dated(
    files: tuple[Path, ...], day: dt.date | None, source: str | None, failures: list[DigestError]
) -> Iterator[Dated]:
    """Every listing that can be read, with its day; what cannot goes to ``failures``."""
    today = _today()
    with progress(files, "reading") as paths:
        for path in paths:
            try:
                listing = sources.read(_bytes(path), _name(path), today)
            except ListingError as error:
                failures.append(ListingError(path, error.problem, error.remedy, line=error.line))
                continue
            for part in (listing,) if day else sources.by_day(listing):
                yield _date(part, day, source, today)


def _name(path: Path) -> str:
    """A file's name as records keep it: the same on every system, without what nobody can see."""
    return tidy(path.name) or "listing"


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise ListingError(
                path, f"is larger than {_LARGEST >> 20} MB", "a saved page is smaller; split it"
            )
        return path.read_bytes()
    except OSError as error:
        remedy = "name the files in it" if path.is_dir() else "check the name"
        raise ListingError(path, f"cannot be read: {error.strerror}", remedy) from None


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


def _report(plan: ingest.Plan, before: library.Library, *, dry_run: bool) -> None:
    for brought in plan.brought:
        for line in _brought(brought):
            click.echo(line)
        file = brought.dated.listing.file
        for rejected in _rejected(brought):
            click.echo(
                f"digest: {file}:{rejected.line}: not taken in: {rejected.title!r}: "
                f"{rejected.reason}",
                err=True,
            )
        for warning in _warnings(brought):
            click.echo(f"digest: {file}: {warning}", err=True)
    papers = {**before.papers, **plan.papers}
    new = set(papers) - set(before.papers)
    for alike in _new_lookalikes(papers, new):
        click.echo(_alike(alike, papers))
    verb = "would be new" if dry_run else "new"
    if plan.brought:
        click.echo(f"{verb}: {count(len(new), 'paper')}; in the library: {len(papers):,}")


def _brought(brought: Brought) -> Iterator[str]:
    listing, day = brought.dated.listing, brought.dated.date
    if brought.known:
        yield f"{listing.file}: came in before, as {brought.known.file} of {brought.known.date}"
        return
    yield (
        f"{listing.file}: {day}, {count(len(listing.records), 'record')}: "
        f"{len(brought.new)} new, {len(brought.merged)} already in the library"
        + (f", {len(listing.rejected)} rejected" if listing.rejected else "")
    )
    for slug in brought.new:
        yield f"  new: {slug}"
    for merge in brought.merged:
        yield _merge(merge)


def _rejected(brought: Brought) -> tuple[Rejected, ...]:
    """What a listing brought that did not go in; nothing if it had come in before."""
    return () if brought.known else brought.dated.listing.rejected


def _merge(merge: Merge) -> str:
    match = merge.match
    if match.rule is Rule.SAME_TEXT:
        return f"  again: {match.slug}"
    return (
        f"  line {merge.record.line}: {merge.record.title!r} is {match.slug}: {match.rule} "
        f"(titles {match.title_score:.0f}, abstracts {match.abstract_score:.0f} of 100)"
    )


def _warnings(brought: Brought) -> Iterator[str]:
    dated = brought.dated
    yield from dated.listing.warnings
    if brought.known:
        if dated.dated_by is Dating.OPTION and brought.known.date != dated.date:
            yield (
                f"--date {dated.date} is passed over: it is filed under {brought.known.date}; to "
                "file it anew, undo the commit that brought it in, then ingest it again"
            )
    elif dated.dated_by is Dating.CLOCK:
        yield f"no day in the listing or its name: filed under today, {dated.date}; --date sets it"
    elif dated.listing.date not in {None, dated.date}:
        yield f"says {dated.listing.date}, filed under {dated.date} as --date asks"
    yield from _odd_day(brought)


def _odd_day(brought: Brought) -> Iterator[str]:
    """Days that are likely mistakes: ahead of today, or a year back for a day just ahead."""
    today = _today()
    day = brought.dated.date
    if brought.known:
        return
    if day > today:
        yield f"filed under {day}, which is still to come; is that meant?"
    elif brought.dated.dated_by is Dating.LISTING and (today - day).days > _ALMOST_A_YEAR:
        yield f"filed under {day}, almost a year ago or more; if that is wrong, --date sets it"


def _new_lookalikes(papers: dict[str, Paper], new: set[str]) -> Iterator[Likeness]:
    if new:
        yield from (
            alike
            for alike in Index(papers.values()).lookalikes()
            if alike.first in new or alike.second in new
        )


def _alike(alike: Likeness, papers: dict[str, Paper]) -> str:
    return (
        f"possible duplicate: {papers[alike.first].title!r} ({alike.first}) and "
        f"{papers[alike.second].title!r} ({alike.second}): titles {alike.title_score:.0f}, "
        f"abstracts {alike.abstract_score:.0f} of 100"
    )
