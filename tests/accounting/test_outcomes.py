"""What became of asking a source for a day, and which days are missing."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.accounting.outcomes import (
    BEST_FIRST,
    LATE_DAYS,
    best,
    missing_days,
    outcome,
    outcomes,
)
from generator.intake import Dating, LedgerEntry, Outcome, Source
from generator.model import Rejected
from tests.builders import day

#: Rests at week-ends and on one Wednesday; its listings are known to stop at 50.
DAILY = Source(
    "daily",
    "The daily",
    rests=frozenset({5, 6}),
    holidays=frozenset({day("2026-03-18")}),
    limits=(50,),
)
WEDNESDAY, SATURDAY, HOLIDAY = "2026-03-11", "2026-03-14", "2026-03-18"


def entry(date: str | dt.date = WEDNESDAY, *slugs: str, **kw: Any) -> LedgerEntry:
    """What one listing of the daily brought."""
    at = day(date)
    file = kw.get("file", f"{at}.json")
    named = {"source": "daily", "file": file, "fingerprint": f"{kw} {at} {slugs}", "papers": slugs}
    return LedgerEntry(**{**named, **kw, "date": at, "dated_by": Dating.OPTION})


def many(count: int) -> tuple[str, ...]:
    return tuple(f"p-{number}" for number in range(count))


@pytest.mark.parametrize(
    "given, expected",
    [
        (entry(WEDNESDAY, "a"), Outcome.COMPLETE),
        (entry(SATURDAY, "a"), Outcome.COMPLETE),
        (entry(WEDNESDAY), Outcome.UNEXPECTED),
        (entry(SATURDAY), Outcome.EMPTY),
        (entry(HOLIDAY), Outcome.EMPTY),
        (entry(WEDNESDAY, failure="no answer"), Outcome.FAILED),
        (entry(SATURDAY, failure="no answer"), Outcome.FAILED),
        (entry(WEDNESDAY, is_stale=True), Outcome.STALE),
        (entry(WEDNESDAY, *many(50)), Outcome.TRUNCATED),
        (entry(WEDNESDAY, *many(49)), Outcome.COMPLETE),
        (entry(WEDNESDAY, *many(50), asked="https://example.org/"), Outcome.COMPLETE),
        (entry(WEDNESDAY, *many(50), total=50), Outcome.COMPLETE),
        (entry(WEDNESDAY, *many(50), total=51), Outcome.TRUNCATED),
        (entry(WEDNESDAY, *many(20), limit=20), Outcome.TRUNCATED),
        (entry(WEDNESDAY, *many(20), limit=20, total=20), Outcome.COMPLETE),
        (entry(WEDNESDAY, *many(3), total=4), Outcome.TRUNCATED),
        (entry(WEDNESDAY, *many(3), total=2), Outcome.COMPLETE),
        (entry(SATURDAY, total=4), Outcome.TRUNCATED),
        (entry(SATURDAY, total=0), Outcome.EMPTY),
        (entry(WEDNESDAY, *many(50), is_export=True), Outcome.COMPLETE),
        (entry(WEDNESDAY, is_export=True), Outcome.COMPLETE),
    ],
)
def test_outcome_of_one_answer(given: LedgerEntry, expected: Outcome) -> None:
    assert outcome(given, DAILY, None) is expected


def test_rejected_records_are_records() -> None:
    refused = Rejected(1, "A title", "a replacement", is_fault=False)
    assert outcome(entry(rejected=(refused,)), DAILY, None) is Outcome.COMPLETE
    cut = entry(WEDNESDAY, *many(49), rejected=(refused,))
    assert outcome(cut, DAILY, None) is Outcome.TRUNCATED


def test_the_same_papers_as_before_are_stale_in_any_order() -> None:
    before = entry("2026-03-10", "a", "b")
    assert outcome(entry(WEDNESDAY, "b", "a"), DAILY, before) is Outcome.STALE
    assert outcome(entry(WEDNESDAY, "a", "b", "c"), DAILY, before) is Outcome.COMPLETE
    assert outcome(entry(WEDNESDAY), DAILY, entry("2026-03-10")) is Outcome.UNEXPECTED
    assert outcome(entry(WEDNESDAY, "a", "b", is_export=True), DAILY, before) is Outcome.COMPLETE


def test_what_a_source_showed_before_is_found_across_empty_days_and_other_sources() -> None:
    friday, saturday, monday = entry("2026-03-13", "a"), entry(SATURDAY), entry("2026-03-16", "a")
    other = entry("2026-03-16", "a", source="weekly")
    failed = entry("2026-03-15", failure="gone")
    expected = {
        friday: Outcome.COMPLETE,
        saturday: Outcome.EMPTY,
        failed: Outcome.FAILED,
        monday: Outcome.STALE,
        other: Outcome.COMPLETE,
    }
    for order in permutations(expected):
        assert outcomes(order, {"daily": DAILY}) == expected


def test_two_listings_of_one_day_are_not_stale_but_either_can_be_repeated() -> None:
    page = entry("2026-03-10", "a", "b", file="page.txt")
    answer = entry("2026-03-10", "a", file="answer.json")
    twice = entry("2026-03-10", "a", file="twice.json")
    again = entry(WEDNESDAY, "a")
    found = outcomes([page, answer, twice, again], {"daily": DAILY})
    assert {found[each] for each in (page, answer, twice)} == {Outcome.COMPLETE}
    assert found[again] is Outcome.STALE


def test_an_export_is_nothing_that_a_source_showed() -> None:
    export = entry("2026-03-10", "a", is_export=True)
    found = outcomes([export, entry(WEDNESDAY, "a")], {"daily": DAILY})
    assert set(found.values()) == {Outcome.COMPLETE}


def test_what_is_known_of_a_source_counts_and_others_never_rest() -> None:
    for source, expected in (("hf-daily-papers", Outcome.EMPTY), ("else", Outcome.UNEXPECTED)):
        silent = entry(SATURDAY, source=source)
        assert outcomes([silent], {}) == {silent: expected}


def test_every_outcome_has_its_rank() -> None:
    assert sorted(BEST_FIRST) == sorted(Outcome)
    assert best([Outcome.FAILED, Outcome.COMPLETE, Outcome.STALE]) is Outcome.COMPLETE
    assert best([Outcome.FAILED, Outcome.UNEXPECTED]) is Outcome.UNEXPECTED


TODAY = day("2026-03-20")  # A Friday.


def missing(*entries: LedgerEntry, today: dt.date = TODAY, days: int = 14) -> list[str]:
    return [each.isoformat() for each in missing_days(DAILY, entries, today, days)]


def test_of_a_source_without_entries_yesterday_is_missing() -> None:
    assert missing() == ["2026-03-19"]
    assert missing(today=day("2026-03-19")) == []  # Yesterday was its holiday.
    assert missing(entry("2026-03-10", "a", source="weekly")) == ["2026-03-19"]


def test_days_at_rest_are_not_missing_and_today_is_not_over() -> None:
    assert missing(entry("2026-03-12", "a")) == [
        "2026-03-13",
        "2026-03-16",
        "2026-03-17",
        "2026-03-19",
    ]


def test_days_that_are_long_past_are_not_missing() -> None:
    start = entry("2026-01-01", "a")
    assert missing(start)[0] == "2026-03-06"
    assert missing(start, days=3) == ["2026-03-17", "2026-03-19"]
    assert missing(start, days=0) == []


def test_what_comes_later_than_yesterday_leaves_nothing_missing() -> None:
    assert missing(entry(TODAY, "a")) == []


@pytest.mark.parametrize(
    "given, is_missing",
    [
        (entry("2026-03-17", "a"), False),
        (entry("2026-03-17", *many(50)), False),
        (entry("2026-03-17", failure="no answer"), True),
        (entry("2026-03-17", is_stale=True), True),
        (entry("2026-03-17"), True),
        (entry("2026-03-17", "b", is_export=True), False),
    ],
)
def test_what_answers_a_day(given: LedgerEntry, is_missing: bool) -> None:
    assert ("2026-03-17" in missing(entry("2026-03-16", "b"), given)) is is_missing


def test_a_listing_of_the_day_before_is_asked_for_again() -> None:
    assert "2026-03-17" in missing(entry("2026-03-16", "a"), entry("2026-03-17", "a"))


def test_a_second_attempt_answers() -> None:
    failed = entry("2026-03-17", failure="no answer")
    assert "2026-03-17" not in missing(failed, entry("2026-03-17", "a"))


def test_a_silence_is_believed_after_a_week() -> None:
    silent = entry("2026-03-12")
    at = silent.date + dt.timedelta(days=LATE_DAYS)
    assert "2026-03-12" in missing(silent, today=at - dt.timedelta(days=1))
    assert "2026-03-12" not in missing(silent, today=at)


days_ago = st.integers(-2, 30).map(lambda back: TODAY - dt.timedelta(days=back))
entries = st.builds(
    lambda date, kind: entry(date, **kind),
    days_ago,
    st.sampled_from([{"papers": ("a",)}, {"papers": ("b", "c")}, {}, {"failure": "x"}]),
)


@given(st.lists(entries, max_size=12), st.integers(0, 20), st.randoms(use_true_random=False))
def test_missing_days_are_days_that_can_be_asked_for(
    ledger: list[LedgerEntry], days: int, random: Random
) -> None:
    found = missing_days(DAILY, ledger, TODAY, days)
    assert list(found) == sorted(set(found))
    assert all(TODAY - dt.timedelta(days=days) <= each < TODAY for each in found)
    assert not any(DAILY.is_at_rest(each) for each in found)
    shuffled = list(ledger)
    random.shuffle(shuffled)
    assert missing_days(DAILY, shuffled, TODAY, days) == found
    # Whoever asks for all of them and is answered has nothing left to ask for.
    answers = [entry(each, f"p-{each}") for each in found]
    assert not set(missing_days(DAILY, [*ledger, *answers], TODAY, days)) & set(found)
