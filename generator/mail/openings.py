"""The first sentences of an abstract: what fits a letter, and ends where a sentence does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile

from generator.text.inlines import inlines

#: Where a sentence ends: behind its mark and what closes with it, before what can begin one. Han
#: and kana are written without the space.
_END = re.compile(r"[.!?]['\"”’)\]]*(?=\s+[^\sa-z])|[。！？][」』”’）]*")
#: What ends with a full stop and is no end.
_SHORT = re.compile(
    r"(?:\b(?:al|approx|cf|ch|e\.g|eq|eqs|etc|fig|figs|i\.e|no|nos|resp|sec|st|vs|w\.r\.t|dr|prof)"
    r"|(?:^|[\s(.])[A-Z])\.$",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
#: As much of what fits as a few whole sentences must be, to stand for it.
_ENOUGH = 0.4
#: Characters behind the room that are looked at: a formula may begin in it and end there.
_AHEAD = 1000
_JOINERS = "\u200c\u200d"


def opening(text: str, most: int) -> str:
    """The beginning of ``text``, character by character.

    Args:
        text: An abstract, on one line.
        most: Characters that there is room for.

    Returns:
        All of it if it fits; else whole sentences, if they fill some of the room, or whole words.
        No formula and no address is cut in two, unless it alone is longer than there is room.
    """
    if len(text) <= most:
        return text
    text = text[: most + _AHEAD]
    whole = list(takewhile(lambda end: end <= most, _sentences(text)))
    if whole and whole[-1] >= most * _ENOUGH:
        return text[: whole[-1]]
    words = [found.start() for found in _SPACE.finditer(text, 1, most + 1)]
    free = [end for end in words if not _is_within(text, end)]
    return text[: free[-1] if free else _between_characters(text, most)].rstrip()


def _sentences(text: str) -> Iterator[int]:
    """Where the sentences of a text end."""
    for found in _END.finditer(text):
        if not _SHORT.search(text, max(0, found.start() - 12), found.start() + 1) and not (
            _is_within(text, found.end())
        ):
            yield found.end()


def _is_within(text: str, place: int) -> bool:
    """Whether a place is inside of a formula or an address."""
    start = 0
    for part in inlines(text):
        end = start + len(part.source)
        if end >= place:
            return bool(part.formula or part.address) and start < place < end
        start = end
    return False


def _between_characters(text: str, place: int) -> int:
    """The place itself, or one before it where no accent is parted from its letter."""
    while place > 1 and (
        unicodedata.combining(text[place]) or text[place] in _JOINERS or text[place - 1] in _JOINERS
    ):
        place -= 1
    return place
