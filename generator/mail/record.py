"""Which editions were sent: a file with a day a line, so that no reader gets one twice.

It holds days and the identifiers of messages, and no address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from generator.errors import ContentError, DigestError


def days_in(path: Path) -> frozenset[dt.date]:
    """The days of a file; none if it is not there.

    Raises:
        DigestError: If it cannot be read, or a line is no day.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise DigestError(f"{path}: cannot be read: {reason}; name another with --sent") from None
    return frozenset(_day(line, path, at) for at, line in enumerate(lines, start=1) if line.strip())


def _day(line: str, path: Path, at: int) -> dt.date:
    first = line.split(maxsplit=1)[0]
    try:
        return dt.datetime.strptime(first, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        remedy = "a line begins with the day of an edition that was sent: 2026-11-20"
        raise ContentError(path, f"{first[:40]!r} is not a day", remedy, line=at) from None


def add(path: Path, days: Iterable[dt.date], message_id: str) -> None:
    """Add days to the file, which is made if it is not there.

    Raises:
        DigestError: If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{day} {message_id}\n" for day in sorted(days))
    except OSError as error:
        raise DigestError(
            f"{path}: cannot be written: {error.strerror}; name another file with --sent"
        ) from None
