"""What a file says of its own sureness, as a note that people and programs can read."""

from __future__ import annotations

import re

from generator.text.cleaning import tidy

_SEEN = re.compile(r"(?:.*, )?(?:(?P<never>never seen)|(?P<once>seen once)|seen (?P<n>\d+) times)")


def note(origin: str, seen: int | None) -> str:
    """Such as ``bibliographies, seen 4 times``; "" if nothing is said.

    Args:
        origin: Where the file has a fact from.
        seen: How many entries there agreed.
    """
    return ", ".join(filter(None, (tidy(origin), _times(seen))))


def _times(seen: int | None) -> str:
    if seen is None:
        return ""
    return {0: "never seen", 1: "seen once"}.get(seen, f"seen {seen} times")


def times_seen(text: str | None) -> int | None:
    """How many entries agreed, as a note says; ``None`` if it does not."""
    found = _SEEN.fullmatch(text or "")
    if not found:
        return None
    return int(found["n"]) if found["n"] else int(bool(found["once"]))
