"""The columns of what is counted: editions, or the editions of equal stretches of time.

So many editions as a chart can show stand each for itself, at equal distances, whatever lies
between their days. If there are more, those of a week are put together, or of a month, a quarter, a
year: the first of these by which no more columns are left than can be shown. Then every such
stretch from the first edition to the last has a column, also one without an edition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from generator.digest import EditionView
from generator.trends.views import Period, Unit

#: Columns that a chart of a phone's width can show, and a table can hold.
MOST = 24


def _week(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def _quarter(day: dt.date) -> dt.date:
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def _year(day: dt.date) -> dt.date:
    return day.replace(month=1, day=1)


#: The day on which the stretch begins that a day is in.
_BEGINNING: Mapping[Unit, Callable[[dt.date], dt.date]] = {
    Unit.WEEK: _week,
    Unit.MONTH: _month,
    Unit.QUARTER: _quarter,
    Unit.YEAR: _year,
}
#: More days than the stretch has, fewer than two of them.
_MORE_THAN_ONE = {Unit.WEEK: 7, Unit.MONTH: 31, Unit.QUARTER: 92, Unit.YEAR: 366}


def columns(editions: Sequence[EditionView]) -> tuple[Unit, list[list[EditionView]]]:
    """What a column is, and the editions of each, oldest first.

    Args:
        editions: All of them, oldest first.
    """
    if len(editions) <= MOST:
        return Unit.EDITION, [[edition] for edition in editions]
    for unit in _BEGINNING:
        beginnings = _beginnings(unit, editions[0].date, editions[-1].date)
        if len(beginnings) <= MOST:
            break
    grouped: dict[dt.date, list[EditionView]] = {day: [] for day in beginnings}
    for edition in editions:
        grouped[_BEGINNING[unit](edition.date)].append(edition)
    return unit, list(grouped.values())


def periods(
    unit: Unit, grouped: Sequence[Sequence[EditionView]], papers: Sequence[int]
) -> tuple[Period, ...]:
    """The columns as pages name them; ``papers`` is how many each has."""
    days = [group[0].date for group in grouped if group]
    if unit is not Unit.EDITION:
        days = _beginnings(unit, days[0], days[-1])
    addresses = [group[0].address if unit is Unit.EDITION else "" for group in grouped]
    return tuple(
        Period(_name(unit, day), _label(unit, day), day, size, len(group), address)
        for day, group, size, address in zip(days, grouped, papers, addresses, strict=True)
    )


def _beginnings(unit: Unit, first: dt.date, last: dt.date) -> list[dt.date]:
    beginning = _BEGINNING[unit]
    found = [beginning(first)]
    while found[-1] < beginning(last):
        found.append(beginning(found[-1] + dt.timedelta(days=_MORE_THAN_ONE[unit])))
    return found


def _name(unit: Unit, day: dt.date) -> str:
    """How a sentence calls a column."""
    whole = f"{day.day} {day:%B} {day.year}"
    match unit:
        case Unit.EDITION:
            return whole
        case Unit.WEEK:
            return f"the week of {whole}"
        case Unit.MONTH:
            return f"{day:%B} {day.year}"
        case _:
            return _label(unit, day)


def _label(unit: Unit, day: dt.date) -> str:
    """How an axis calls it; the year of days is said below the chart."""
    match unit:
        case Unit.EDITION | Unit.WEEK:
            return f"{day.day} {day:%b}"
        case Unit.MONTH:
            return f"{day:%b} {day.year}"
        case Unit.QUARTER:
            return f"Q{(day.month + 2) // 3} {day.year}"
        case Unit.YEAR:
            return f"{day.year}"
