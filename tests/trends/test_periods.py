"""Editions put together, so that a chart can show them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.digest import EditionView
from generator.trends.periods import MOST, columns, periods
from generator.trends.views import Unit
from tests.builders import day, edition, entry


def every(days: int, number: int, first: str = "2024-01-01") -> list[EditionView]:
    start = day(first)
    return [edition(start + dt.timedelta(days=days * at), entry()) for at in range(number)]


@pytest.mark.parametrize(
    "days,number,unit,count",
    [
        (1, 1, Unit.EDITION, 1),
        (50, MOST, Unit.EDITION, MOST),
        (1, MOST + 1, Unit.WEEK, 4),
        (1, 7 * MOST, Unit.WEEK, MOST),
        (1, 7 * MOST + 1, Unit.MONTH, 6),
        (7, 60, Unit.MONTH, 14),
        (7, 4 * 52, Unit.QUARTER, 16),
        (7, 10 * 52, Unit.YEAR, 10),
    ],
)
def test_the_finest_columns_that_can_be_shown(
    days: int, number: int, unit: Unit, count: int
) -> None:
    found, grouped = columns(every(days, number))
    assert found is unit
    assert len(grouped) == count
    assert sum(map(len, grouped)) == number


def test_more_years_than_columns_are_years_all_the_same() -> None:
    unit, grouped = columns(every(366, 40, "1950-01-01"))
    assert unit is Unit.YEAR
    assert len(grouped) == 40


def test_a_stretch_without_editions_has_a_column() -> None:
    some = [*every(1, 20, "2026-01-05"), *every(1, 20, "2026-03-02")]
    unit, grouped = columns(some)
    assert unit is Unit.WEEK
    assert [len(group) for group in grouped] == [7, 7, 6, 0, 0, 0, 0, 0, 7, 7, 6]


@given(st.sets(st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31)), min_size=1, max_size=60))
@settings(max_examples=60)
def test_every_edition_is_in_one_column_in_order(days: set[dt.date]) -> None:
    editions = [edition(each) for each in sorted(days)]
    unit, grouped = columns(editions)
    assert [one for group in grouped for one in group] == editions
    named = periods(unit, grouped, [0] * len(grouped))
    assert len({period.name for period in named}) == len(grouped)
    for before, after, group in zip(named, [*named[1:], None], grouped, strict=True):
        assert all(before.first <= one.date for one in group)
        assert not after or all(one.date < after.first for one in group)


@pytest.mark.parametrize(
    "days,number,name,label",
    [
        (1, 3, "1 January 2024", "1 Jan"),
        (1, 30, "the week of 1 January 2024", "1 Jan"),
        (7, 60, "January 2024", "Jan 2024"),
        (7, 200, "Q1 2024", "Q1 2024"),
        (7, 600, "2024", "2024"),
    ],
)
def test_columns_have_names(days: int, number: int, name: str, label: str) -> None:
    unit, grouped = columns(every(days, number))
    first = periods(unit, grouped, [len(group) for group in grouped])[0]
    assert (first.name, first.label) == (name, label)
    assert first.papers == len(grouped[0])
    assert first.address == ("editions/2024-01-01/" if unit is Unit.EDITION else "")
