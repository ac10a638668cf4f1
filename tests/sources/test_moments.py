from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import FIRST_YEAR, LAST_YEAR
from generator.sources.days import DayError
from generator.sources.moments import day_in_utc, day_written


@pytest.mark.parametrize(
    "text, written, utc",
    [
        ("2025-08-20T00:00:00-04:00", "2025-08-20", "2025-08-20"),
        ("2025-08-20T22:00:00-04:00", "2025-08-20", "2025-08-21"),
        ("2018-05-23T20:30:00-05:00", "2018-05-23", "2018-05-24"),
        ("2025-08-20T04:00:19.866337+00:00", "2025-08-20", "2025-08-20"),
        ("2024-05-28T03:14:41.021Z", "2024-05-28", "2024-05-28"),
        ("2024-05-28 23:59:59", "2024-05-28", "2024-05-28"),
        ("2025-01-10", "2025-01-10", "2025-01-10"),
        ("Fri, 02 Feb 2024 00:00:00 -0500", "2024-02-02", "2024-02-02"),
        (" Fri, 02 Feb 2024 23:00:00 -0500 ", "2024-02-02", "2024-02-03"),
        ("Fri, 02 Feb 2024 00:00:00 GMT", "2024-02-02", "2024-02-02"),
    ],
)
def test_days_of_moments(text: str, written: str, utc: str) -> None:
    assert day_written(text) == dt.date.fromisoformat(written)
    assert day_in_utc(text) == dt.date.fromisoformat(utc)


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "2025-02-30",
        "2025-02-28T25:00:00Z",
        "",
        "Fri, 31 Feb 2024 00:00:00 GMT",
        "1",
        "2 Feb 2024 00:00:00 +99999999999999",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(DayError, match="is no date of any calendar"):
        day_written(text)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+10:00", "1899-12-31", "9999-12-31T23:00:00-05:00"]
)
def test_days_beyond_what_feeds_can_hold(text: str) -> None:
    with pytest.raises(DayError, match="is not between 1900 and 2105"):
        day_in_utc(text)


@given(st.text(alphabet="0123456789-:TZ+ ,.WFriFeb", max_size=40) | st.text())
def test_no_text_gives_a_traceback(text: str) -> None:
    for find in (day_written, day_in_utc):
        with contextlib.suppress(DayError):
            assert FIRST_YEAR - 1 <= find(text).year <= LAST_YEAR + 1
