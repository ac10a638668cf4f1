"""Words of messages that depend on numbers, or on what is known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def count(number: int, noun: str) -> str:
    """``1 paper``, ``2 papers``, ``1,000 papers``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def size(number: int) -> str:
    """Bytes as readers meet them: ``512 bytes``, ``40 kB``, ``4.1 MB``, ``1.2 GB``."""
    value, kilo = float(number), 1000
    if value < kilo:
        return count(number, "byte")
    for unit, digits in (("kB", 0), ("MB", 1)):
        value /= kilo
        if round(value, digits) < kilo:
            return f"{value:.{digits}f} {unit}"
    return f"{value / kilo:.1f} GB"


def guess(wrong: str, known: Iterable[str]) -> str:
    """A question that names what was perhaps meant; "" if nothing known is like it."""
    close = difflib.get_close_matches(wrong, list(known), n=3)
    return f"did you mean {' or '.join(close)}?" if close else ""
