"""Which papers stand around which on the map, and where they stand closest.

Only papers of the same square and of those around it are compared, so that this grows with them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from generator.atlas.views import SIZE, Point

#: Papers around one by which regions lie beside each other.
_AROUND = 8
#: Squares are so large that they hold this many papers on average.
_IN_SQUARE = 8
#: How near papers are that make a place dense, as a share of the map.
_REACH = 0.06
#: Of more papers of a topic, as many are enough to tell where they stand closest.
_ENOUGH = 1_500
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Nearest:
    """The papers around each one, by indexes, the nearest first, and how far the first is."""

    around: tuple[tuple[int, ...], ...]
    far: tuple[float, ...]


def nearest(points: Sequence[Point]) -> Nearest:
    """For each paper the others that stand nearest on the map; of equally near ones the first."""
    places = np.array([(point.x, point.y) for point in points], dtype=float).reshape(-1, 2)
    number = min(_AROUND, len(places) - 1)
    if number < 1:
        return Nearest(((),) * len(places), (0.0,) * len(places))
    around = np.empty((len(places), number), np.int64)
    far = np.empty(len(places))
    side = math.ceil(SIZE / max(math.sqrt(len(places) / _IN_SQUARE), 1.0)) + 1
    waiting = np.arange(len(places))
    while len(waiting):
        left = [np.zeros(0, np.int64)]
        for some, others in _squares(places, waiting, side):
            apart = _distances(places[some], places[others])
            apart[some[:, None] == others] = np.inf
            order = np.argsort(apart, axis=1, kind="stable")[:, :number]
            reach = np.take_along_axis(apart, order, axis=1)
            # Who is in none of the squares around is further away than one is wide.
            is_sure = (reach[:, -1] <= side) & (order.shape[1] == number)
            if is_sure.any():
                around[some[is_sure]] = others[order[is_sure]]
                far[some[is_sure]] = reach[is_sure, 0]
            left.append(some[~is_sure])
        waiting = np.sort(np.concatenate(left))
        side *= 2
    return Nearest(tuple(map(tuple, around.tolist())), tuple(far.tolist()))


def _squares(
    places: np.ndarray, waiting: np.ndarray, side: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Those who wait, by their squares, and all who stand in their square or in one around it."""
    squares = (places // side).astype(np.int64)
    high = int(squares.max()) + 3  # with an empty square at either end of a column
    of = squares[:, 0] * high + squares[:, 1]
    order = np.argsort(of, kind="stable")
    in_order = of[order]
    asked = waiting[np.argsort(of[waiting], kind="stable")]
    for some in np.split(asked, np.flatnonzero(np.diff(of[asked])) + 1):
        middles = of[some[0]] + high * np.arange(-1, 2)
        begins, ends = np.searchsorted(in_order, [middles - 1, middles + 2])
        parts = [order[begin:end] for begin, end in zip(begins, ends, strict=True)]
        others = np.sort(np.concatenate(parts))
        for start in range(0, len(some), _BLOCK):
            yield some[start : start + _BLOCK], others


def middle_of(own: Sequence[Point]) -> Point | None:
    """The paper around which most of a topic's others are; a mean may lie where none is."""
    if not own:
        return None
    own = own[:: -(-len(own) // _ENOUGH)]
    places = np.array([(point.x, point.y) for point in own], dtype=float)
    crowd = np.zeros(len(own))
    for start in range(0, len(own), _BLOCK):
        far = _distances(places[start : start + _BLOCK], places)
        crowd[start : start + _BLOCK] = np.exp(-((far / (SIZE * _REACH)) ** 2)).sum(axis=1)
    return own[int(np.round(crowd, 6).argmax())]


def _distances(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    across = some[:, 0, None] - others[:, 0]
    down = some[:, 1, None] - others[:, 1]
    return np.asarray(np.sqrt(across * across + down * down))
