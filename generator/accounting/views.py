"""What ``/status/`` shows of the ledger; :mod:`generator.accounting.accounts` makes these views."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.intake import Outcome
from generator.model import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Recognised:
    """A record of a listing that was a paper of the digest already.

    ``address`` is that of the paper's page, "" if it has none. ``reason`` is why the two are one,
    where the record of the paper says so.
    """

    title: str
    address: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What a source showed on a day; ``outcome`` is ``None`` if nothing is known of it.

    ``is_missing`` marks a day that should have been asked for. ``papers`` counts each paper once;
    ``address`` is that of the day's edition, "" if it has none.
    """

    date: dt.date
    outcome: Outcome | None = None
    is_missing: bool = False
    papers: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; ``None`` stands where another month has the day."""

    first: dt.date
    weeks: tuple[tuple[CalendarDay | None, ...], ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source and how it has been answering.

    ``newest`` is the last day of which it showed papers. ``recent`` are those of the last twelve
    months of the digest that have anything, ``older`` the others, each newest first. ``waiting``
    counts its candidates on which nobody has decided.
    """

    id: str
    title: str
    is_raw: bool = False
    home: str = ""
    newest: dt.date | None = None
    recent: tuple[Month, ...] = ()
    older: tuple[Month, ...] = ()
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A day of a source that wants the editor: what is wrong, and the command that may mend it.

    ``failure`` is what a failed attempt said. ``advice`` is a sentence without its full stop.
    """

    source: str
    title: str
    date: dt.date
    outcome: Outcome
    command: str
    advice: str
    failure: str = ""


@dataclass(frozen=True, slots=True)
class RejectedThere:
    """A rejected record, and which listing had it."""

    date: dt.date
    file: str
    record: Rejected


@dataclass(frozen=True, slots=True)
class Rejection:
    """Records that did not go in for one reason, newest first."""

    reason: str
    is_fault: bool
    records: tuple[RejectedThere, ...]


@dataclass(frozen=True, slots=True)
class StatusView:
    """How the digest stands.

    ``newest`` is the last day of which any source showed papers. ``unsettled`` are newest first;
    ``rejections`` begin with the faults, the most frequent reason first.
    """

    newest: dt.date | None = None
    sources: tuple[SourceView, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    rejections: tuple[Rejection, ...] = ()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that occur in its calendars, in the order in which they are defined."""
        found = {day.outcome for day in self._days()}
        return tuple(each for each in Outcome if each in found)

    @property
    def has_missing(self) -> bool:
        """Whether a day of its calendars is missing."""
        return any(day.is_missing for day in self._days())

    def _days(self) -> tuple[CalendarDay, ...]:
        months = (month for each in self.sources for month in (*each.recent, *each.older))
        return tuple(day for month in months for week in month.weeks for day in week if day)
