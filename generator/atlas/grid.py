"""Places on the map: whole numbers, and no two papers on one, so that each can be pointed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import count

from generator.atlas.views import SIZE

#: Papers stand on a grid of cells this wide, each alone in its own: a point can still be seen and
#: hit when the map is as large as it gets.
_CELL = 12
_CELLS = SIZE // _CELL
#: Room at the edge, as a share: points and names are not cut off.
_MARGIN = 0.04


def settle(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """Places in whole numbers, the map filled as far as its shape allows, its middle in the middle.

    Who comes to a taken cell, in the order of names, goes to the next free one around it.
    """
    if not places:
        return {}
    (left, right), (top, bottom) = (
        (min(axis), max(axis)) for axis in zip(*places.values(), strict=True)
    )
    width = max(right - left, bottom - top) or 1.0
    step = _CELLS * (1 - 2 * _MARGIN) / width
    taken: dict[tuple[int, int], str] = {}
    for name, (x, y) in sorted(places.items()):
        column = round(_CELLS / 2 + (x - (left + right) / 2) * step)
        row = round(_CELLS / 2 + (y - (top + bottom) / 2) * step)
        taken[_free(column, row, taken)] = name
    return {name: (x * _CELL, y * _CELL) for (x, y), name in taken.items()}


def _free(x: int, y: int, taken: Mapping[tuple[int, int], str]) -> tuple[int, int]:
    return next(
        cell
        for cell in _around(x, y)
        if cell not in taken and 0 <= cell[0] <= _CELLS and 0 <= cell[1] <= _CELLS
    )


def _around(x: int, y: int) -> Iterator[tuple[int, int]]:
    """The cell itself, then the rings around it, the nearer ones of a ring first."""
    yield x, y
    for far in count(1):
        for across, down in _ring(far):
            yield x + across, y + down


@lru_cache(maxsize=128)
def _ring(far: int) -> list[tuple[int, int]]:
    """The steps to the cells of a ring; where papers are dense, each of them asks for the same."""
    steps = range(-far, far + 1)
    ring = [(across, down) for across in steps for down in steps if far in map(abs, (across, down))]
    return sorted(ring, key=lambda at: at[0] ** 2 + at[1] ** 2)
