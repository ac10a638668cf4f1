"""Many papers on a map that a thousand of them make.

The landmarks are laid out by t-SNE (:mod:`generator.atlas.layout`). Every other paper lies among
those of them that are most like it, or rather among most of these: what lies in between two groups
may be like neither. Then the map is spread where it is dense, as in a cartogram, for a thousand
landmarks leave less room for a group than its papers take.

A map should stay what it is when papers come in. Landmarks and density follow from the *oldest*
papers alone: two thirds of all at least, and others only when there are half as many again. Until
then a new paper moves no other; then the map begins anew, with the strongest axes as before.

Of 10,000 made papers the ten nearest have the same strongest topic in 83 of 100 cases, as in the
map in which t-SNE lays out all of them; it takes an eighth of the time, and what it takes for a
paper does not grow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from generator.atlas.axes import found, unit
from generator.atlas.layout import Places, alone, laid_out, rounded
from generator.related.subjects import Subject
from generator.related.vectors import Read, read

#: Up to so many papers are laid out all together, which takes three seconds.
ALL = 2_000
#: So many are laid out of more. Twice as many make the map hardly better.
LANDMARKS = 1_000
#: The oldest papers are this many, or so many times as many, once or more.
_GROWTH = 1.5
#: Among how many landmarks a paper lies, and how much more the more like ones weigh.
_AMONG, _POWER = 8, 4
#: How far landmarks are neighbours: so many times the distance that they have on average.
_REACH = 3.0
_BLOCK = 500
#: Density is counted in so many cells a side, and seen as far as the next one.
_CELLS, _BLUR = 96, 1.0
#: How often and how far papers move away from where it is dense. Twice as often fills all gaps.
_ROUNDS, _STEP = 20, 0.3
#: Room at the edge, as a share; and how many papers a cell seems to have in which is none, as a
#: share of the mean.
_ROOM, _EMPTY = 1.2, 0.5


def placed(
    subjects: Mapping[str, Subject],
    order: Sequence[str],
    said: Read | None,
    keep: Callable[[Mapping[str, Subject], Callable[[], Places]], Places],
) -> Places:
    """Where each of many papers lies.

    Args:
        subjects: The papers by name, more than :data:`LANDMARKS`.
        order: Their names, the oldest first.
        said: Their texts in the order of their names, if they were read already.
        keep: Gives the places of landmarks, by what was kept or by the function.
    """
    names = sorted(subjects)
    old = oldest(order)
    marks = landmarks(old)
    said = said or read(subjects[name].text for name in names)
    index = {name: at for at, name in enumerate(names)}
    chosen = [index[name] for name in marks]
    traits = [subjects[name].traits for name in names]
    with alone():
        axes, rows = found(said.only(chosen), [traits[at] for at in chosen])
        laid = keep(
            {name: subjects[name] for name in marks},
            lambda: dict(zip(marks, laid_out(rows), strict=True)),
        )
        known = np.array([laid[name] for name in marks])
        places = _among(axes.rows(said, traits), unit(rows), known)
        places[chosen] = known
        return dict(zip(names, rounded(_spread(places, [index[n] for n in old])), strict=True))


def oldest(order: Sequence[str]) -> Sequence[str]:
    """The papers from which the map follows: the number of them changes seldom."""
    size = ALL
    while (larger := int(size * _GROWTH)) <= len(order):
        size = larger
    return order[:size]


def landmarks(names: Sequence[str]) -> list[str]:
    """As many as are laid out, in order: by chance, which is the same for a name every time."""
    drawn = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())
    return sorted(drawn[:LANDMARKS])


def _among(rows: np.ndarray, marks: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Where papers lie, by their rows on the axes and the rows and places of landmarks."""
    area = np.prod(places.max(axis=0) - places.min(axis=0))
    reach = _REACH * max(float(np.sqrt(area / len(places))), 1e-3)
    number = min(_AMONG, len(marks))
    found = np.empty((len(rows), 2))
    for start in range(0, len(rows), _BLOCK):
        alike = np.round(rows[start : start + _BLOCK] @ marks.T, 4)
        near = _highest(alike, number)
        weights = np.maximum(np.take_along_axis(alike, near, axis=1), 1e-3) ** _POWER
        found[start : start + _BLOCK] = _middles(places[near], weights, reach)
    return found


def _highest(alike: np.ndarray, number: int) -> np.ndarray:
    """Where the highest of each row are, in order; of equal ones the first."""
    keys = np.rint(alike * 10_000).astype(np.int64) * alike.shape[1] - np.arange(alike.shape[1])
    return np.sort(np.argpartition(keys, -number, axis=1)[:, -number:], axis=1)


def _middles(places: np.ndarray, weights: np.ndarray, reach: float) -> np.ndarray:
    """The middles of places, around the one in each row to which most of the others are near."""
    between = ((places[:, :, None] - places[:, None]) ** 2).sum(axis=-1)
    near = np.exp(-between / reach**2)
    crowd = np.round((near * weights[:, None, :]).sum(axis=2) * weights, 6)
    chosen = weights * near[np.arange(len(near)), crowd.argmax(axis=1)]
    return np.asarray((places * chosen[:, :, None]).sum(axis=1) / chosen.sum(axis=1)[:, None])


def _spread(places: np.ndarray, old: Sequence[int]) -> np.ndarray:
    """Places further apart where old papers are dense: all move as a liquid does from pressure."""
    low, high = places[old].min(axis=0), places[old].max(axis=0)
    wide = max(float((high - low).max()), 1e-3) * _ROOM / _CELLS
    middle = (low + high) / 2
    cells = (places - middle) / wide + _CELLS / 2
    for _ in range(_ROUNDS):
        cells = cells - _STEP * _slopes(_density(cells[old]), cells)
    return np.asarray((cells - _CELLS / 2) * wide + middle)


def _density(cells: np.ndarray) -> np.ndarray:
    """How many are in each cell and about it, as logarithms."""
    inside = np.clip(cells.astype(int), 0, _CELLS - 1)
    counts = np.bincount(inside[:, 0] * _CELLS + inside[:, 1], minlength=_CELLS**2)
    far = np.subtract.outer(np.arange(_CELLS), np.arange(_CELLS))
    blur = np.exp(-(far**2) / (2 * _BLUR**2))
    blur /= blur.sum(axis=1, keepdims=True)
    seen = blur @ counts.reshape(_CELLS, _CELLS) @ blur.T
    return np.asarray(np.log(seen + seen.mean() * _EMPTY))


def _slopes(heights: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """How steep it is where papers are, either way: between the middles of four cells."""
    at = np.clip(cells - 0.5, 0, _CELLS - 1.001)
    x, y = at.astype(int).T
    right, down = (at % 1).T
    return np.stack(
        [
            slope[x, y] * (1 - right) * (1 - down)
            + slope[x + 1, y] * right * (1 - down)
            + slope[x, y + 1] * (1 - right) * down
            + slope[x + 1, y + 1] * right * down
            for slope in np.gradient(heights)
        ],
        axis=1,
    )
