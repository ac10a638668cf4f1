"""The nouns of what comes in: sources, what they were asked, and what the ledger keeps of it.

As :mod:`generator.model` this imports the standard library alone (and the model).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from generator.model import Rejected


class SourceKind(StrEnum):
    """Whether somebody chose what a source shows."""

    CURATED = "curated"
    RAW = "raw"


class Service(StrEnum):
    """Whom ``digest fetch`` can ask."""

    HUGGING_FACE = "hugging-face"
    ARXIV = "arxiv"


@dataclass(frozen=True, slots=True)
class Fetching:
    """How a source is fetched: from which service, and what is asked of it.

    ``categories`` and ``query`` are arXiv's (such as ``cs.CL``, and ``ti:"word sense"``). ``url``
    is where the service is, if not where everybody finds it: a mirror.
    """

    service: Service
    categories: tuple[str, ...] = ()
    query: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where listings come from, as ``content/sources.yml`` says.

    Papers of a curated source are accepted, those of a raw one wait as candidates. ``rests`` are
    the days of the week (0: Monday) and ``holidays`` the days on which it is expected to show
    nothing; ``limits`` are numbers of records at which its listings are known to be cut off.
    """

    id: str
    title: str
    kind: SourceKind = SourceKind.CURATED
    home: str = ""
    rests: frozenset[int] = frozenset()
    holidays: frozenset[dt.date] = frozenset()
    limits: tuple[int, ...] = ()
    fetch: Fetching | None = None

    def is_at_rest(self, day: dt.date) -> bool:
        """Whether nothing is expected of it on ``day``."""
        return day.weekday() in self.rests or day in self.holidays


class Dating(StrEnum):
    """How the day of a listing was found, the surest first."""

    OPTION = "option"
    LISTING = "listing"
    FILE_NAME = "file name"
    CLOCK = "clock"


class Outcome(StrEnum):
    """What became of asking a source for a day."""

    COMPLETE = "complete"
    EMPTY = "empty as expected"
    UNEXPECTED = "empty and unexpected"
    TRUNCATED = "perhaps truncated"
    STALE = "stale"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What one ingestion brought: which listing, and which paper each of its records became.

    ``papers`` has one slug a record that went in, in the listing's order; ``rejected`` are the
    others. Which were new there follows from the papers' appearances and is not stored, so that the
    order of ingestion leaves no trace; nor is the outcome, but for what only the asking shows:
    ``stale`` says that the answer was that of the day before, ``failure`` why there was none.

    ``asked`` is what a service was asked, as an address; "" for a file. ``total`` is how many
    records the listing says there are, ``limit`` how many it could have had at most. ``is_export``
    marks an export of a digest: its papers came with their own appearances.
    """

    source: str
    date: dt.date
    dated_by: Dating
    file: str
    fingerprint: str
    papers: tuple[str, ...]
    rejected: tuple[Rejected, ...] = ()
    asked: str = ""
    total: int | None = None
    limit: int | None = None
    is_stale: bool = False
    failure: str = ""
    is_export: bool = False

    @property
    def listing(self) -> tuple[dt.date, str, str]:
        """Which listing this is, as :attr:`generator.model.Appearance.listing` says it."""
        return (self.date, self.source, self.file)

    @property
    def seen(self) -> int:
        """How many records it had."""
        return len(self.papers) + len(self.rejected)
