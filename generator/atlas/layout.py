"""Where papers lie: the likeness of their words and topics, in two dimensions (scikit-learn).

On the axes of their words and topics (:mod:`generator.atlas.axes`) each paper has its nearest ones,
and t-SNE puts those near it on a plane.

A map that readers know should stay what it is when papers come in. So it begins with the two
strongest axes, their signs fixed, at nearly its final size, and t-SNE exaggerates little at first:
4 instead of the usual 12. From a tiny beginning with 12, a change of a millionth makes another map;
like this, thirty papers more than 488 move the others by a fifteenth of its width (the median), and
the nearest papers are found as well as before.

So 2,000 papers are laid out in three seconds. Of more, a thousand are, and the others find their
places among them (:mod:`generator.atlas.placing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from generator.atlas.axes import found, unit
from generator.related.subjects import Subject
from generator.related.vectors import one_processor, read

#: Between 15 and 30 the map is as good; a larger one costs more.
_PERPLEXITY = 20
#: Neighbours that t-SNE asks of each paper: three times the perplexity, and itself.
_NEAR = 3 * _PERPLEXITY + 2
_EXAGGERATION = 4
#: With more steps the map gains nothing; a coarse angle (of Barnes and Hut) halves the time.
_ITERATIONS, _ANGLE = 400, 0.8
#: How wide the beginning is (standard deviation); the finished map of 500 papers has 13.
_WIDTH = 10.0
#: Fewer papers than this are too few for neighbourhoods: their two strongest axes are the map.
_FEW = 8
#: As for the axes.
_DIGITS = 4
_BLOCK = 500

#: Where papers lie, by their names.
Places = dict[str, tuple[float, float]]


def layout(subjects: Mapping[str, Subject]) -> Places:
    """Where each of some papers lies, by its name; equal content gives equal places."""
    if not subjects:
        return {}
    names = sorted(subjects)
    said = read(subjects[name].text for name in names)
    with alone():
        _, rows = found(said, [subjects[name].traits for name in names])
        return dict(zip(names, laid_out(rows), strict=True))


def laid_out(rows: np.ndarray) -> list[tuple[float, float]]:
    """Places of papers, by their rows on their axes.

    To be called within :func:`alone`, for t-SNE makes much of the last digit.
    """
    places = _beginning(rows)
    if len(rows) >= _FEW and places.any():
        places = _spread(unit(rows), places)
    return rounded(places)


def alone() -> Any:
    """A context in which all that lays out uses one processor."""
    import sklearn.manifold  # noqa: F401 - only what is there can be limited

    return one_processor()


def rounded(places: np.ndarray) -> list[tuple[float, float]]:
    """Places as plain numbers."""
    return [(round(float(x), _DIGITS), round(float(y), _DIGITS)) for x, y in places]


def _beginning(axes: np.ndarray) -> np.ndarray:
    """The second and the third axis, of a fixed width; the first says how much was said."""
    chosen = np.zeros((len(axes), 2))
    found = axes[:, 1:3]
    chosen[:, : found.shape[1]] = found - found.mean(axis=0) if found.size else found
    chosen = np.round(chosen, _DIGITS + 2)
    width = chosen.std()
    return np.asarray(np.round(chosen / width * _WIDTH, _DIGITS) if width > 0 else chosen)


def _spread(rows: np.ndarray, beginning: np.ndarray) -> np.ndarray:
    """The neighbourhoods of rows, laid out by t-SNE from a beginning."""
    from sklearn.manifold import TSNE

    # Its default of neighbours follows from the perplexity, of which few papers allow but little.
    perplexity = min(_PERPLEXITY, (len(rows) - 2) // 3)
    spread = TSNE(
        metric="precomputed",
        perplexity=perplexity,
        early_exaggeration=_EXAGGERATION,
        max_iter=_ITERATIONS,
        angle=_ANGLE,
        init=beginning.astype(np.float32),
        random_state=0,
    )
    return np.asarray(spread.fit_transform(_distances(rows, min(_NEAR, len(rows)))))


def _distances(rows: np.ndarray, number: int) -> Any:
    """How far each row is from its nearest ones, of equally near ones the first."""
    from scipy.sparse import csr_array  # type: ignore[import-untyped]

    near = np.empty((len(rows), number), dtype=np.int64)
    far = np.empty((len(rows), number))
    for start in range(0, len(rows), _BLOCK):
        alike = np.round(rows[start : start + _BLOCK] @ rows.T, _DIGITS)
        for at, row in enumerate(alike, start=start):
            row[at] = 2.0  # its own neighbour, which t-SNE expects and leaves out
            near[at] = _highest(row, number)
            far[at] = np.sqrt(np.maximum(1.0 - row[near[at]], 1e-4))
            far[at, 0] = 0.0
    ends = np.arange(0, near.size + 1, number)
    return csr_array((far.ravel(), near.ravel(), ends), shape=(len(rows), len(rows)))


def _highest(row: np.ndarray, number: int) -> np.ndarray:
    """Where the highest are, highest first; of equal ones the first."""
    least = np.partition(row, -number)[-number]
    places = np.flatnonzero(row >= least)
    return np.asarray(places[np.argsort(-row[places], kind="stable")][:number])
