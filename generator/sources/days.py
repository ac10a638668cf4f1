"""Days as pages and file names write them."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import re

from generator.errors import DigestError
from generator.model import FIRST_YEAR, LAST_YEAR

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}

_NAME = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
# Beyond ASCII, letters of other alphabets would count as those of the names (Turkish ı as i).
_FLAGS = re.IGNORECASE | re.ASCII
_WRITTEN = (
    re.compile(rf"{_WEEKDAY}{_NAME}\s+{_DAY}(?:,?\s+(?P<year>\d{{4}}))?", _FLAGS),
    re.compile(rf"{_WEEKDAY}{_DAY}\s+{_NAME}(?:,?\s+(?P<year>\d{{4}}))?", _FLAGS),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", _FLAGS),
)

# Not inside a longer run of letters and digits, such as a hash.
_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])(\d{4})(?P<sep>[-_.]?)(\d{2})(?P=sep)(\d{2})(?![0-9A-Za-z])"
)

#: Leap days come back after eight years at the latest (1896 and 1904).
_LONGEST_WAIT = 8


class DayError(DigestError):
    """A day that no calendar has, or that no listing can be of."""


def find_day(text: str, today: dt.date) -> dt.date | None:
    """The day that ``text`` is, if it is one and nothing else.

    Args:
        text: A line such as ``Aug 19``, ``19 August 2026`` or ``2026-08-19``.
        today: A day without a year is the latest such day not after this one.

    Raises:
        DayError: If it has the form of a day that does not exist (``Feb 30``), or lies beyond
            :data:`~generator.model.FIRST_YEAR` and :data:`~generator.model.LAST_YEAR`.
    """
    found = next((match for form in _WRITTEN if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    written = found["month"]
    month = int(written) if written.isdigit() else _MONTHS[written.casefold()]
    day = int(found["day"])
    if found["year"]:
        return _existing(text, int(found["year"]), month, day)
    return _latest(text, month, day, today)


def _latest(text: str, month: int, day: int, today: dt.date) -> dt.date:
    for year in range(today.year, today.year - _LONGEST_WAIT - 1, -1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date <= today:
            return date
    raise DayError(f"no calendar has the day {text!r}")


def _existing(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise DayError(f"no calendar has the day {text!r}") from None
    check_year(text, year)
    return date


def check_year(text: str, year: int) -> None:
    """Make sure that a listing can be of a year.

    Raises:
        DayError: If it lies beyond :data:`~generator.model.FIRST_YEAR` and
            :data:`~generator.model.LAST_YEAR`; with the day as ``text`` writes it.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DayError(f"the day {text!r} is not between {FIRST_YEAR} and {LAST_YEAR}")


def day_in_name(name: str) -> dt.date | None:
    """The day in a file's name (``2026-08-19.txt``, ``papers_20260819.txt``), if there is one."""
    for found in _IN_NAME.finditer(name):
        with contextlib.suppress(DayError):
            return _existing(found[0], int(found[1]), int(found[3]), int(found[4]))
    return None
