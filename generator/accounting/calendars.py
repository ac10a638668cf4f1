"""How a source has been answering, as a calendar hangs on a wall."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.accounting.outcomes import best
from generator.accounting.views import CalendarDay, Month
from generator.intake import LedgerEntry, Outcome, Source

#: So many months, counted back from the newest of the digest, a page shows without being asked.
RECENT_MONTHS = 12

_ONE_DAY = dt.timedelta(days=1)
_WALL = calendar.Calendar(firstweekday=calendar.MONDAY)


def months_of(
    source: Source,
    entries: Iterable[LedgerEntry],
    results: Mapping[LedgerEntry, Outcome],
    addresses: Mapping[dt.date, str],
) -> tuple[Month, ...]:
    """The months of a source in which something was asked or missed, newest first.

    Args:
        source: What is known of it.
        entries: Its entries in the ledger.
        results: The outcome of each.
        addresses: Where the editions are, by their days.
    """
    by_day: defaultdict[dt.date, list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.date].append(entry)
    days = {day: CalendarDay(day, is_missing=True) for day in _missed(source, by_day)}
    for day, of_day in by_day.items():
        days[day] = CalendarDay(
            date=day,
            outcome=best(results[entry] for entry in of_day),
            papers=len({slug for entry in of_day for slug in entry.papers}),
            address=addresses.get(day, ""),
        )
    firsts = {day.replace(day=1) for day in days}
    return tuple(Month(first, _weeks(first, days)) for first in sorted(firsts, reverse=True))


def is_recent(month: dt.date, newest: dt.date) -> bool:
    """Whether a month is one of the :data:`RECENT_MONTHS` that end with the one of ``newest``."""
    return (newest.year - month.year) * 12 + newest.month - month.month < RECENT_MONTHS


def _missed(source: Source, by_day: Mapping[dt.date, Iterable[LedgerEntry]]) -> Iterator[dt.date]:
    """Days of which nobody asked, between the first that was asked for and the newest.

    Before a source was fetched for the first time, only those days are in the ledger of which
    somebody happened to have a file: the others are not missing.
    """
    asked = [day for day, entries in by_day.items() if any(each.asked for each in entries)]
    if source.fetch is None or not asked:
        return
    day = min(asked)
    while day < max(by_day):
        if day not in by_day and not source.is_at_rest(day):
            yield day
        day += _ONE_DAY


def _weeks(
    first: dt.date, days: Mapping[dt.date, CalendarDay]
) -> tuple[tuple[CalendarDay | None, ...], ...]:
    return tuple(
        tuple(
            days.get(first.replace(day=number), CalendarDay(first.replace(day=number)))
            if number
            else None
            for number in week
        )
        for week in _WALL.monthdayscalendar(first.year, first.month)
    )
