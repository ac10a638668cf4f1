from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.days import DayError, day_in_name, find_day

TODAY = dt.date(2026, 8, 18)


@pytest.mark.parametrize(
    "text, day",
    [
        ("Aug 18", "2026-08-18"),
        ("Aug 19", "2025-08-19"),  # tomorrow: so last year's
        ("Aug 17", "2026-08-17"),
        ("Dec 31", "2025-12-31"),
        ("Jan 1", "2026-01-01"),
        ("Feb 29", "2024-02-29"),
        ("aug 18", "2026-08-18"),
        ("AUGUST 18", "2026-08-18"),
        ("Aug. 18", "2026-08-18"),
        ("Aug 18th", "2026-08-18"),
        ("18 Aug", "2026-08-18"),
        ("1st August", "2026-08-01"),
        ("Sept 3", "2025-09-03"),
        ("Sep. 3", "2025-09-03"),
        ("Tue, Aug 18", "2026-08-18"),
        ("Tuesday, August 18, 2026", "2026-08-18"),
        ("Wednesday 19 Aug 2026", "2026-08-19"),
        ("Aug 19, 2026", "2026-08-19"),  # with a year, the future is what it says
        ("Aug 19 2027", "2027-08-19"),
        ("Feb 29, 2024", "2024-02-29"),
        ("2026-08-19", "2026-08-19"),
    ],
)
def test_a_day_in_each_of_its_forms(text: str, day: str) -> None:
    assert find_day(text, TODAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Aug",
        "18",
        "Augmented 18",
        "Aug 18: A Day",
        "May the Force 4",
        "On Aug 18",
        "Aug 18 19",
        "Aug 180",
        "March",
        "2026",
        "2026-08",
        "2026-08-19T00:00",
        "20260819",
        "Aprıl 12",
        "Aug ١٨",
    ],
)
def test_other_text_is_no_day(text: str) -> None:
    assert find_day(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "Feb 30",
        "30 February",
        "Feb 30, 2024",
        "Feb 29, 2026",
        "Apr 31",
        "Jan 0",
        "Dec 32",
        "2026-02-30",
        "2026-13-01",
        "0000-01-01",
    ],
)
def test_a_day_that_no_calendar_has(text: str) -> None:
    with pytest.raises(DayError, match="no calendar has the day") as caught:
        find_day(text, TODAY)
    assert repr(text) in str(caught.value)


@given(st.dates(), st.dates(min_value=dt.date(1900, 1, 1)))
def test_a_day_without_a_year_is_the_latest_not_after_today(day: dt.date, today: dt.date) -> None:
    found = find_day(f"{day:%b} {day.day}", today)
    assert found is not None
    assert (found.month, found.day) == (day.month, day.day)
    assert found <= today
    assert today.year - found.year <= 8
    later = [dt.date(year, 1, 1) for year in range(found.year + 1, today.year + 1)]
    for start in later:
        try:
            assert dt.date(start.year, day.month, day.day) > today
        except ValueError:
            assert (day.month, day.day) == (2, 29)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2105, 12, 31)))
def test_a_day_with_a_year_is_that_day(day: dt.date) -> None:
    for text in (
        f"{day:%B} {day.day}, {day.year:04}",
        f"{day.day} {day:%b} {day.year:04}",
        day.isoformat(),
    ):
        assert find_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["1066-10-14", "14 October 1066", "Jan 1, 2106", "9999-12-31"])
def test_a_day_of_no_listing_is_refused(text: str) -> None:
    with pytest.raises(DayError, match=f"'{text}' is not between 1900 and 2105"):
        find_day(text, TODAY)


@pytest.mark.parametrize(
    "name, day",
    [
        ("2026-08-19.txt", "2026-08-19"),
        ("papers_20260819.txt", "2026-08-19"),
        ("2026_08_19-evening.txt", "2026-08-19"),
        ("daily.2026.08.19.txt", "2026-08-19"),
        ("2026-13-45 2026-08-19.txt", "2026-08-19"),
        ("000_b2edc6ff9aec1bd5.txt", None),
        ("2026-08.txt", None),
        ("2026-0819.txt", None),
        ("120260819.txt", None),
        ("20260819a.txt", None),
        ("a20260819.txt", None),
        ("2026-02-30.txt", None),
        ("1066-10-14.txt", None),
        ("9999-01-01 2026-08-19.txt", "2026-08-19"),
        ("12345678.txt", None),
        ("", None),
    ],
)
def test_a_day_in_a_name(name: str, day: str | None) -> None:
    assert day_in_name(name) == (dt.date.fromisoformat(day) if day else None)


@given(st.text())
def test_no_text_makes_a_traceback(text: str) -> None:
    day_in_name(text)
    assert find_day(f"Aug {text}", TODAY) is None or text.strip()[:1].isdigit()
