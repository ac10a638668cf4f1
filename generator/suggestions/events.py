"""What GitHub tells a workflow of an issue: the file whose path is in ``GITHUB_EVENT_PATH``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.errors import UsageError
from generator.sources.days import DayError
from generator.sources.moments import day_in_utc

#: GitHub takes no issue with more than 65,536 characters; the rest of an event is some 20 kB.
LARGEST = 1 << 20
#: No repository has had this many issues.
_MOST = 10**9


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue: its number, its text, and the day on which it was opened (UTC).

    ``labels`` are names. ``is_open`` says whether anybody waits for an answer: it is neither closed
    nor locked, and no program wrote it.
    """

    number: int
    body: str
    day: dt.date
    labels: tuple[str, ...] = ()
    is_open: bool = True


def read_event(text: str, name: str) -> Issue:
    """The issue of an event.

    Args:
        text: JSON.
        name: The file, for messages.

    Raises:
        UsageError: If it is not what GitHub writes.
    """
    try:
        event = json.loads(text)
    except (ValueError, RecursionError):
        event = None
    issue = event.get("issue") if isinstance(event, dict) else None
    if not isinstance(issue, dict) or "pull_request" in issue:
        raise UsageError(f"{name}: is no event of an issue; name the file in $GITHUB_EVENT_PATH")
    number, body = issue.get("number"), issue.get("body")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < _MOST:
        raise UsageError(f"{name}: issue.number is no number of an issue")
    if not isinstance(body, str | None):
        raise UsageError(f"{name}: issue.body is no text")
    return Issue(number, body or "", _day(issue, name), _labels(issue), _is_awaited(issue))


def _day(issue: Mapping[str, Any], name: str) -> dt.date:
    try:
        return day_in_utc(str(issue.get("created_at")))
    except DayError:
        raise UsageError(f"{name}: issue.created_at is no moment") from None


def _labels(issue: Mapping[str, Any]) -> tuple[str, ...]:
    labels = issue.get("labels")
    found = labels if isinstance(labels, list) else []
    return tuple(str(each.get("name")) for each in found if isinstance(each, dict))


def _is_awaited(issue: Mapping[str, Any]) -> bool:
    user = issue.get("user")
    is_program = isinstance(user, dict) and user.get("type") == "Bot"
    return issue.get("state", "open") == "open" and not issue.get("locked") and not is_program
