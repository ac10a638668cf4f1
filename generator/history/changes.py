"""What can differ between two states of a digest: views without logic.

:mod:`generator.history.difference` finds the changes, :mod:`generator.history.summary` tells them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from generator.digest import Entry, ListingView, Lookalike
from generator.model import Appearance, Completion, Paper, Reason


@dataclass(frozen=True, slots=True)
class Accepted:
    """A candidate that is a paper now; ``by`` is the listing that chose it, if one did."""

    entry: Entry
    by: Appearance | None


@dataclass(frozen=True, slots=True)
class Merged:
    """A paper that was there and was seen once more; ``reason`` is why the two are one."""

    paper: Paper
    seen: Appearance
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Declared:
    """A record of which the curator says that it is another paper, ``into``."""

    paper: Paper
    into: str


@dataclass(frozen=True, slots=True)
class Completed:
    """A paper that was there and has facts that it lacked; ``sources`` say so where one does."""

    paper: Paper
    facts: tuple[str, ...]
    sources: tuple[Completion, ...] = ()


@dataclass(frozen=True, slots=True)
class Retagged:
    """A paper that was there and has other topics; all by their ids."""

    paper: Paper
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retitled:
    """A paper that was there under another title."""

    paper: Paper
    before: str


@dataclass(frozen=True, slots=True)
class Unshown:
    """A record that no reader sees, and why."""

    paper: Paper
    why: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A paper of which something else is not as it was: the names of the fields."""

    paper: Paper
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionChange:
    """An edition that is new, gone or changed.

    ``papers`` counts its papers, ``before`` those that it had; ``None`` if there is, or was, no
    such edition. ``fields`` are what its editor wrote anew.
    """

    date: dt.date
    before: int | None
    papers: int | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """An address that led to a page and does not any more; ``to`` is where it leads instead."""

    address: str
    to: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that one state of a digest has otherwise than another, each in a settled order.

    ``added`` are published; ``unshown`` were published and are not, or came in unpublished;
    ``shown`` are published again. ``topics`` are ids whose rules or texts are not as they were.
    ``warnings`` are what ``digest check`` did not say before.
    """

    added: tuple[Entry, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    shown: tuple[Entry, ...] = ()
    candidates: tuple[Paper, ...] = ()
    declined: tuple[Paper, ...] = ()
    merged: tuple[Merged, ...] = ()
    declared: tuple[Declared, ...] = ()
    completed: tuple[Completed, ...] = ()
    retagged: tuple[Retagged, ...] = ()
    retitled: tuple[Retitled, ...] = ()
    edited: tuple[Edited, ...] = ()
    unshown: tuple[Unshown, ...] = ()
    removed: tuple[Paper, ...] = ()
    editions: tuple[EditionChange, ...] = ()
    moved: tuple[Moved, ...] = ()
    topics: tuple[str, ...] = ()
    listings: tuple[ListingView, ...] = ()
    duplicates: tuple[Lookalike, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two states are the same to everybody who looks."""
        return not any(getattr(self, field.name) for field in dataclasses.fields(self))
