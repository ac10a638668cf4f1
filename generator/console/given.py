"""Files that a command is given, as listings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator import sources
from generator.errors import ListingError
from generator.model import Listing
from generator.text.cleaning import tidy

#: Bytes; a page of a thousand papers has two million, an export of seventy thousand 200.
_LARGEST = 256 << 20


def read_file(path: Path, today: dt.date, *, partial: bool = False) -> Listing:
    """The listing that a file is.

    Args:
        path: The file, as the user names it; messages name it likewise.
        today: The day against which a date without a year is resolved.
        partial: Whether facts about papers are wanted, and no papers.

    Raises:
        ListingError: If it cannot be read, or not with certainty.
    """
    try:
        return sources.read(_bytes(path), _name(path), today, partial=partial)
    except ListingError as error:
        raise ListingError(path, error.problem, error.remedy, line=error.line) from None


def _name(path: Path) -> str:
    """A file's name as records keep it: the same on every system, without what nobody can see."""
    return tidy(path.name) or "listing"


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise ListingError(
                path, f"is larger than {_LARGEST >> 20} MB", "no listing is; split it if it is one"
            )
        return path.read_bytes()
    except OSError as error:
        remedy = "name the files in it" if path.is_dir() else "check the name"
        raise ListingError(path, f"cannot be read: {error.strerror}", remedy) from None
