"""Words of messages that depend on numbers."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """``1 paper``, ``2 papers``, ``1,000 papers``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
