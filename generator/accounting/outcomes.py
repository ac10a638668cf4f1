"""What became of asking a source for a day, and which days want asking (again).

The ledger keeps what came; how that is to be judged follows from it, from what is known of the
source, and from what the source showed before. Nothing here reads a file or a clock.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from generator.intake import LedgerEntry, Outcome, Source
from generator.storage.catalogue import source_of

#: A day has one outcome however often it was asked: the first of these that an answer had.
BEST_FIRST = (
    Outcome.COMPLETE,
    Outcome.EMPTY,
    Outcome.TRUNCATED,
    Outcome.UNEXPECTED,
    Outcome.STALE,
    Outcome.FAILED,
)

#: So long a day on which a source unexpectedly had nothing may still fill: services publish late,
#: and a week holds every week-end and nearly every holiday that nobody has written down.
LATE_DAYS = 7

#: How far back days are looked for that nobody asked for.
LOOK_BACK = 14

#: So many papers are no part of another list by chance.
_ENOUGH = 3

_ONE_DAY = dt.timedelta(days=1)


def outcome(entry: LedgerEntry, source: Source, before: LedgerEntry | None) -> Outcome:
    """How the answer stands that one entry of the ledger records.

    Args:
        entry: What came.
        source: Where it came from.
        before: What the same source showed last on an earlier day, if anything.
    """
    if entry.failure:
        return Outcome.FAILED
    if entry.is_export:
        return Outcome.COMPLETE
    if entry.is_stale or (before is not None and _shows_the_same(entry, before)):
        return Outcome.STALE
    return _fullness(entry, source)


def _fullness(entry: LedgerEntry, source: Source) -> Outcome:
    """Whether a fresh answer has all that there was, as far as its numbers tell."""
    if entry.total is not None and entry.total > entry.seen:
        return Outcome.TRUNCATED
    if not entry.papers and any(each.is_fault for each in entry.rejected):
        return Outcome.UNEXPECTED
    if not entry.seen:
        return Outcome.EMPTY if source.is_at_rest(entry.date) else Outcome.UNEXPECTED
    # Whoever asked knows where the answer could be cut off; of a file only the source is known.
    limits = () if entry.asked else source.limits
    if entry.total is None and entry.seen in {entry.limit, *limits}:
        return Outcome.TRUNCATED
    return Outcome.COMPLETE


def outcomes(
    entries: Iterable[LedgerEntry], sources: Mapping[str, Source]
) -> dict[LedgerEntry, Outcome]:
    """The outcome of every entry, each compared with what its source had shown before.

    That is the latest earlier day on which it showed anything: a listing of Friday that comes again
    on Monday is stale, whatever the days between brought. If that day has several listings, it is
    enough to repeat one of them.

    Args:
        entries: Any part of a ledger that has whole sources, in any order.
        sources: What the digest's folder says of them, by their ids.
    """
    found = {}
    for id_, by_day in _by_source(entries).items():
        source = source_of(sources, id_)
        shown: list[LedgerEntry] = []
        for _, of_day in sorted(by_day.items()):
            for entry in of_day:
                before = next((each for each in shown if _shows_the_same(entry, each)), None)
                found[entry] = outcome(entry, source, before)
            shown = [each for each in of_day if each.papers and not each.is_export] or shown
    return found


def best(found: Iterable[Outcome]) -> Outcome:
    """The outcome of a day that was asked more than once, or that several listings are of."""
    return min(found, key=BEST_FIRST.index)


def missing_days(
    source: Source, entries: Iterable[LedgerEntry], today: dt.date, days: int = LOOK_BACK
) -> tuple[dt.date, ...]:
    """The days for which a source should be asked, earliest first; yesterday is the last.

    Those are the days on which it is not at rest and that no entry answers. What failed or was
    stale is no answer, nor is an unexpected silence while it is younger than :data:`LATE_DAYS`. A
    listing that is perhaps cut off is one: asking again would cut it off at the same place.

    Args:
        source: Whom to ask.
        entries: The ledger; entries of other sources do not count.
        today: The day on which this is asked.
        days: How many days to look back. Days before the source's first entry are not missing; of a
            source without any, only yesterday is.
    """
    own = [each for each in entries if each.source == source.id]
    found = outcomes(own, {source.id: source})
    answered = {
        entry.date for entry, result in found.items() if _is_answer(result, today - entry.date)
    }
    first = min((entry.date for entry in own), default=today - _ONE_DAY)
    looked_at = (today - back * _ONE_DAY for back in range(days, 0, -1))
    return tuple(
        day
        for day in looked_at
        if day >= first and day not in answered and not source.is_at_rest(day)
    )


def _is_answer(result: Outcome, age: dt.timedelta) -> bool:
    if result is Outcome.UNEXPECTED:
        return age.days >= LATE_DAYS
    return result not in {Outcome.FAILED, Outcome.STALE}


def _shows_the_same(entry: LedgerEntry, before: LedgerEntry) -> bool:
    return is_repeated(set(entry.papers), set(before.papers))


def is_repeated(now: Collection[str], before: Collection[str]) -> bool:
    """Whether a list is the one before it again, or a part of it; a few may be so by chance."""
    now, before = set(now), set(before)
    return bool(now) and (now == before or (len(now) >= _ENOUGH and now < before))


def _by_source(
    entries: Iterable[LedgerEntry],
) -> defaultdict[str, defaultdict[dt.date, list[LedgerEntry]]]:
    found: defaultdict[str, defaultdict[dt.date, list[LedgerEntry]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for entry in entries:
        found[entry.source][entry.date].append(entry)
    return found
