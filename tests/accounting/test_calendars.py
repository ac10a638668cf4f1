"""Months of a source, as they hang on a wall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from generator.accounting.calendars import is_recent, months_of
from generator.accounting.outcomes import outcomes
from generator.accounting.views import CalendarDay, Month
from generator.intake import Fetching, LedgerEntry, Outcome, Service, Source
from tests.accounting.test_outcomes import entry
from tests.builders import day

FETCHED = Source(
    "daily", "The daily", rests=frozenset({5, 6}), fetch=Fetching(Service.HUGGING_FACE)
)
ASKED = "https://example.org/daily"


def calendar(
    *entries: LedgerEntry, source: Source = FETCHED, editions: Iterable[str] = ()
) -> tuple[Month, ...]:
    addresses = {day(each): f"editions/{each}/" for each in editions}
    return months_of(source, entries, outcomes(entries, {source.id: source}), addresses)


def days(*months: Month) -> list[CalendarDay]:
    return [each for month in months for week in month.weeks for each in week if each]


def test_a_month_has_its_days_in_weeks_from_monday() -> None:
    (march,) = calendar(entry("2026-03-11", "a"))
    assert march.first == day("2026-03-01")  # A Sunday.
    assert [each and each.date.day for each in march.weeks[0]] == [None] * 6 + [1]
    assert [each.date.day for each in days(march)] == list(range(1, 32))


def test_a_day_has_the_best_of_its_outcomes_its_papers_and_its_edition() -> None:
    page = entry("2026-03-11", "a", "b", file="page.txt")
    answer = entry("2026-03-11", "b", "c", "b")
    failed = entry("2026-03-11", failure="no answer")
    (march,) = calendar(page, answer, failed, editions=["2026-03-11"])
    (told,) = (each for each in days(march) if each.outcome)
    assert told == CalendarDay(
        day("2026-03-11"), Outcome.COMPLETE, papers=3, address="editions/2026-03-11/"
    )


def test_months_without_anything_are_left_out_and_the_newest_comes_first() -> None:
    months = calendar(entry("2025-12-01", "a"), entry("2026-02-02", "b"))
    assert [each.first.isoformat() for each in months] == ["2026-02-01", "2025-12-01"]


def missed(*entries: LedgerEntry, source: Source = FETCHED) -> list[int]:
    return [each.date.day for each in days(*calendar(*entries, source=source)) if each.is_missing]


def test_days_are_missing_between_the_first_that_was_asked_for_and_the_newest() -> None:
    found = missed(
        entry("2026-03-03", "a"),
        entry("2026-03-05", "b", asked=ASKED),
        entry("2026-03-10", failure="no answer", asked=ASKED),
        entry("2026-03-12", "d", asked=ASKED),
    )
    assert found == [6, 9, 11]


def test_no_day_of_a_source_that_nobody_fetches_is_missing() -> None:
    ledger = (entry("2026-03-03", "a", asked=ASKED), entry("2026-03-12", "b", asked=ASKED))
    assert missed(*ledger)
    assert not missed(*ledger, source=Source("daily", "The daily"))
    assert not missed(entry("2026-03-03", "a"), entry("2026-03-12", "b"))


@given(st.dates(dt.date(1999, 1, 1), dt.date(2101, 1, 1)))
def test_every_month_fits_its_wall(date: dt.date) -> None:
    (month,) = calendar(entry(date, "a"))
    assert all(len(week) == 7 for week in month.weeks)
    assert all(
        each is None or each.date.weekday() == column
        for week in month.weeks
        for column, each in enumerate(week)
    )
    assert [each.date for each in days(month) if each.outcome] == [date]


def test_twelve_months_are_recent() -> None:
    newest = day("2026-03-31")
    assert is_recent(day("2025-04-01"), newest)
    assert is_recent(day("2026-03-01"), newest)
    assert not is_recent(day("2025-03-01"), newest)
