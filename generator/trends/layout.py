"""Where words go in a chart: lines of a name, places that are apart, marks of a scale."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

_MOST_LINES = 3
_STEPS, _MOST_STEPS = (0.05, 0.1, 0.2), 5


def wrapped(text: str, width: int) -> list[str]:
    """A name in lines of at most ``width`` characters; three, then it breaks off."""
    return textwrap.wrap(
        text, width, max_lines=_MOST_LINES, placeholder="…", break_on_hyphens=True
    ) or [""]


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Places for things in a row, each as near as it gets to where it is wanted, none on another.

    Things that collide are moved together and stand around the middle of where they are wanted.

    Args:
        wanted: The middles that they would have; of equal ones the first is the highest.
        sizes: How much room each takes.
        low: Where the room begins.
        high: Where it ends. If there is too little, they reach below ``low``.
    """
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], -at))
    blocks: list[tuple[list[int], float]] = []
    for at in order:
        blocks.append(([at], _start([at], wanted, sizes, low, high)))
        while len(blocks) > 1 and blocks[-2][1] + _size(blocks[-2][0], sizes) > blocks[-1][1]:
            members = blocks[-2][0] + blocks[-1][0]
            blocks[-2:] = [(members, _start(members, wanted, sizes, low, high))]
    places = [0.0] * len(wanted)
    for members, start in blocks:
        for at in members:
            places[at] = start + sizes[at] / 2
            start += sizes[at]  # noqa: PLW2901 - it runs along the block
    return places


def _size(members: Sequence[int], sizes: Sequence[float]) -> float:
    return sum(sizes[at] for at in members)


def _start(
    members: Sequence[int], wanted: Sequence[float], sizes: Sequence[float], low: float, high: float
) -> float:
    """Where a block begins whose members are, on average, where they are wanted."""
    offset, total = 0.0, 0.0
    for at in members:
        total += wanted[at] - offset - sizes[at] / 2
        offset += sizes[at]
    return min(max(total / len(members), low), high - offset)


def marks(top: float) -> list[float]:
    """Marks of a scale of shares from 0 to ``top``: at most six, at round numbers."""
    step = next(step for step in _STEPS if top / step <= _MOST_STEPS)
    return [round(step * at, 2) for at in range(int(round(top / step, 6)) + 1)]


def chosen(number: int, most: int) -> list[int]:
    """Which of so many columns have their names below them: the last, and others equally far."""
    step = max(-(-(number - 1) // max(most - 1, 1)), 1)
    return sorted(range(number - 1, -1, -step))
