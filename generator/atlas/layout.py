"""Where papers lie: the likeness of their words and topics, in two dimensions (scikit-learn).

Words count as for related papers (:mod:`generator.related.likeness`), but single ones alone: pairs
of words triple the cost and make the map no better. They are reduced to a hundred axes, in which
each paper has its nearest ones, and t-SNE puts those near it on a plane.

A map that readers know should stay what it is when papers come in. So it begins with the two
strongest axes, their signs fixed, at nearly its final size, and t-SNE exaggerates little at first:
4 instead of the usual 12. From a tiny beginning with 12, a change of a millionth makes another map;
like this, thirty papers more than 488 move the others by a fifteenth of its width (the median), and
the nearest papers are found as well as before.
"""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from generator.related.subjects import Subject

#: Raise it when papers are laid out otherwise.
EDITION = 1

#: What equal topics add to the likeness of equal words, as for related papers.
_TOPICS = 0.2
_AXES = 100
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
#: Numbers are rounded where machines may differ in their last digits, for t-SNE would make more
#: of the difference.
_DIGITS = 4
_BLOCK = 500


def layout(subjects: Mapping[str, Subject]) -> dict[str, tuple[float, float]]:
    """Where each of some papers lies, by its name; equal content gives equal places.

    It takes one processor whatever there is, for sums of several are of no fixed order.
    """
    if not subjects:
        return {}
    import sklearn.manifold  # noqa: F401 - only what is there can be limited
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    names = sorted(subjects)
    with threadpool_limits(1):
        places = _places([subjects[name] for name in names])
    return {
        name: (round(float(x), _DIGITS), round(float(y), _DIGITS))
        for name, (x, y) in zip(names, places, strict=True)
    }


def _places(subjects: Sequence[Subject]) -> np.ndarray:
    axes = _axes(subjects)
    beginning = _beginning(axes)
    if len(subjects) < _FEW or not beginning.any():
        return beginning
    return _spread(_unit(axes), beginning)


def _axes(subjects: Sequence[Subject]) -> np.ndarray:
    """A row a paper, the strongest axes first; no column if papers cannot be told apart.

    An axis may point either way, and turning one over turns over the map. So every topic and word
    has a number of its own, drawn from its name, and an axis points to where their sum is positive:
    some papers more or less rarely change that. (Where its largest part is, or to which side it is
    skewed, changed in three of twelve trials.)
    """
    from scipy.sparse import csr_array, hstack  # type: ignore[import-untyped]
    from sklearn.decomposition import TruncatedSVD

    parts = [_topics([each.traits for each in subjects]), _words([each.text for each in subjects])]
    names = [name for names, _ in parts for name in names]
    features = hstack([csr_array(part) for _, part in parts]).tocsr()
    if len(names) < 2 or not features.nnz:  # noqa: PLR2004 - a plane has two
        return np.zeros((len(subjects), 0))
    with warnings.catch_warnings():
        # Of papers that are all the same it divides by their variance, which is none.
        warnings.simplefilter("ignore", RuntimeWarning)
        found = TruncatedSVD(min(_AXES, *features.shape), random_state=0)
        axes = found.fit_transform(features)
    sides = found.components_ @ np.array([_number(name) for name in names])
    return np.asarray(axes * np.where(sides < 0, -1.0, 1.0))


def _number(name: str) -> float:
    """A number from -1 to 1, always the same for a name."""
    return zlib.crc32(name.encode()) / 2**31 - 1


def _words(texts: Sequence[str]) -> tuple[list[str], Any]:
    """Words that two papers share, and a row of them a paper."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2)
    try:
        rows = vectorizer.fit_transform(texts)
    except ValueError:  # no two share a word
        return [], np.zeros((len(texts), 0))
    return list(vectorizer.get_feature_names_out()), rows


def _topics(subjects: Sequence[Mapping[str, float]]) -> tuple[list[str], np.ndarray]:
    """Topics, and a row of them a paper."""
    names = sorted({name for topics in subjects for name in topics})
    rows = [[topics.get(name, 0.0) for name in names] for topics in subjects]
    matrix = np.array(rows, dtype=float).reshape(len(subjects), len(names))
    return names, _unit(matrix) * math.sqrt(_TOPICS)


def _unit(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1, but for those that are nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.round(rows / np.where(lengths > 0, lengths, 1.0), _DIGITS))


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
    from scipy.sparse import csr_array

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
