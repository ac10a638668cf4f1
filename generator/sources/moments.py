"""Days of the moments that feeds and interfaces write: ISO 8601 and RFC 822.

A moment is a day only in some time zone. Of when a paper was *published* it is the day in UTC, so
that two sources agree; of when a listing was *shown* it is the day that the listing writes, in the
offset that it writes: arXiv announces a day's papers at midnight in US Eastern time, and says so
(``2025-08-20T00:00:00-04:00``).
"""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from generator.sources.days import DayError, check_year

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.{0,25})?", re.ASCII)
_LONGEST = 60


def day_written(text: str) -> dt.date:
    """The day of a moment, in its own time zone.

    Args:
        text: Such as ``2025-08-20T00:00:00-04:00`` or ``Wed, 20 Aug 2025 00:00:00 -0400``.

    Raises:
        DayError: If it is no moment, or lies beyond
            :data:`~generator.model.FIRST_YEAR` and :data:`~generator.model.LAST_YEAR`.
    """
    return _moment(text).date()


def day_in_utc(text: str) -> dt.date:
    """The day of a moment, in UTC; without a time zone it is taken to be in UTC.

    Args:
        text: As for :func:`day_written`.

    Raises:
        DayError: As for :func:`day_written`.
    """
    moment = _moment(text)
    return (moment.astimezone(dt.UTC) if moment.tzinfo else moment).date()


def _moment(text: str) -> dt.datetime:
    shown = text.strip()[:_LONGEST]
    parse = dt.datetime.fromisoformat if _ISO.fullmatch(shown) else parsedate_to_datetime
    try:
        moment = parse(shown)
    except (ValueError, OverflowError):
        raise DayError(f"{shown!r} is no date of any calendar") from None
    check_year(shown, moment.year)
    return moment
