"""Shares, and how they are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.trends.views import Lines as LinesView
from generator.trends.views import Period, Series, Share, rows, top_of
from tests.builders import day


@pytest.mark.parametrize(
    "count,of,low,high",
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_wilson(count: int, of: int, low: float, high: float) -> None:
    share = Share(count, of)
    assert share.low == pytest.approx(low, abs=5e-5)
    assert share.high == pytest.approx(high, abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_in_its_interval(numbers: tuple[int, int]) -> None:
    share = Share(*numbers)
    assert 0 <= share.low <= share.value + 1e-12
    assert share.value - 1e-12 <= share.high <= 1


@pytest.mark.parametrize(
    "count,of,said",
    [
        (0, 7, "0 %"),
        (1, 3, "33 %"),
        (1, 11, "9.1 %"),
        (1, 10, "10 %"),
        (1989, 20000, "9.9 %"),
        (1991, 20000, "10 %"),
        (1, 5000, "0.1 %"),
        (7, 7, "100 %"),
    ],
)
def test_shares_are_said_in_per_cent(count: int, of: int, said: str) -> None:
    assert str(Share(count, of)) == said.replace(" ", "\N{NO-BREAK SPACE}")


def series(*shares: Share | None) -> Series:
    return Series("a", "A", "topics/a/", 3, shares)


@pytest.mark.parametrize("count,top", [(0, 0.05), (4, 0.05), (5, 0.05), (6, 0.1), (100, 1.0)])
def test_a_scale_ends_at_the_next_twentieth(count: int, top: float) -> None:
    assert top_of([series(Share(count, 100), None)]) == pytest.approx(top)


def test_the_latest_share_is_that_of_the_newest_period_with_editions() -> None:
    assert series(Share(1, 2), Share(1, 3), None).latest == Share(1, 3)
    assert series(None).latest is None


def test_small_charts_show_the_newest_periods() -> None:
    periods = tuple(Period(str(n), str(n), day("2026-03-11"), 9, 1) for n in range(5))
    shares = tuple(Share(n, 9) for n in range(5))
    lines = LinesView(periods=periods, series=(series(*shares),), top=0.5)
    (row,) = rows(lines, 2)
    assert [period.name for period in row.periods] == ["3", "4"]
    assert row.series.shares == shares[-2:]
    assert rows(lines)[0].series.shares == shares
    assert rows(lines, 9)[0].periods == periods
