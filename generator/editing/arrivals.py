"""What came in on a day, and what an editor may want to settle before the edition is made."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from generator.accounting.views import SourceView
from generator.console.wording import count
from generator.digest import Digest
from generator.model import Status
from generator.storage.catalogue import source_of
from generator.storage.library import Library


def arrivals(day: dt.date, digest: Digest, library: Library) -> tuple[str, ...]:
    """What is to be said of a day, a line each: what came, what waits, what did not come."""
    return (
        *_came(day, digest),
        *_chosen(day, digest),
        *_waits(day, library),
        *_did_not_come(day, digest),
    )


def _came(day: dt.date, digest: Digest) -> Iterator[str]:
    """The listings of the day that brought anything."""
    for each in digest.listings:
        if each.date == day and each.seen:
            parts = [
                f"{each.new:,} new",
                f"{each.merged:,} known before" if each.merged else "",
                f"{each.repeated:,} repeated" if each.repeated else "",
                f"{len(each.rejected):,} rejected" if each.rejected else "",
            ]
            records = count(each.seen, "record")
            yield f"came in: {each.title}: {records}: {', '.join(filter(None, parts))}"


def _chosen(day: dt.date, digest: Digest) -> Iterator[str]:
    """Candidates that stand in the edition because somebody accepted them."""
    chosen = [
        entry
        for entry in digest.entries
        if entry.date == day and all(seen.is_raw for seen in entry.appearances)
    ]
    if chosen:
        yield f"accepted: {count(len(chosen), 'candidate')} of this day"


def _waits(day: dt.date, library: Library) -> Iterator[str]:
    """Candidates of the day about which nobody has decided, by source."""
    waiting = Counter(
        source
        for paper in library.candidates.values()
        if paper.curation.status is Status.CANDIDATE and not paper.same_as
        for source in {seen.source for seen in paper.appearances if seen.date == day}
    )
    for source, number in sorted(waiting.items()):
        yield (
            f"waits: {count(number, 'candidate')} of this day from "
            f"{source_of(library.sources, source).title}: `digest candidates --source {source}`"
        )


def _did_not_come(day: dt.date, digest: Digest) -> Iterator[str]:
    """Sources that did not answer for the day as they should, and those that nobody asked."""
    for each in digest.status.unsettled:
        if each.date == day:
            why = f" ({each.failure})" if each.failure else ""
            yield f"{each.outcome}: {each.title}{why}: {each.advice}: `{each.command}`"
    for source in digest.status.sources:
        if _is_missing(day, source):
            yield (
                f"missing: {source.title} was not asked for this day: "
                f"`digest fetch {source.id} --date {day}`"
            )


def _is_missing(day: dt.date, source: SourceView) -> bool:
    months = (*source.recent, *source.older)
    weeks = (week for month in months for week in month.weeks)
    return any(each.is_missing and each.date == day for week in weeks for each in week if each)
