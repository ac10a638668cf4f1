"""Papers as points of a hundred axes: their words and topics, reduced (scikit-learn).

Words count as for related papers (:mod:`generator.related.likeness`), but single ones alone: pairs
of words triple the cost and make the map no better.
"""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from generator.related.vectors import Read, Weights, weigh

#: What equal topics add to the likeness of equal words, as for related papers.
_TOPICS = 0.2
_AXES = 100
#: Numbers are rounded where machines may differ in their last digits, for t-SNE would make more
#: of the difference.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Axes:
    """Axes that were found for some papers: what words and topics are on them.

    ``directions`` has a row an axis and a column a topic or a word.
    """

    topics: Sequence[str]
    weights: Weights
    directions: np.ndarray

    def rows(self, said: Read, topics: Sequence[Mapping[str, float]]) -> np.ndarray:
        """Other papers on these axes, a row each, of length 1.

        Args:
            said: Their texts, read with the same words.
            topics: Their topics.
        """
        features = _joined(_topics(topics, self.topics), self.weights.rows(said))
        return unit(features @ self.directions.T)


def found(said: Read, topics: Sequence[Mapping[str, float]]) -> tuple[Axes, np.ndarray]:
    """The axes of some papers, and a row a paper, the strongest axes first.

    There is no axis if papers cannot be told apart.

    An axis may point either way, and turning one over turns over the map. So every topic and word
    has a number of its own, drawn from its name, and an axis points to where their sum is positive:
    some papers more or less rarely change that. (Where its largest part is, or to which side it is
    skewed, changed in three of twelve trials.)
    """
    from sklearn.decomposition import TruncatedSVD

    named = sorted({name for each in topics for name in each})
    weights, words = weigh(said, 2, np.float64, with_pairs=False)
    names = [*named, *weights.names]
    features = _joined(_topics(topics, named), words)
    if len(names) < 2 or not features.nnz:  # noqa: PLR2004 - a plane has two
        return Axes(named, weights, np.zeros((0, len(names)))), np.zeros((len(said), 0))
    with warnings.catch_warnings():
        # Of papers that are all the same it divides by their variance, which is none.
        warnings.simplefilter("ignore", RuntimeWarning)
        reduced = TruncatedSVD(min(_AXES, *features.shape), random_state=0)
        rows = reduced.fit_transform(features)
    sides = reduced.components_ @ np.array([_number(name) for name in names])
    signs = np.where(sides < 0, -1.0, 1.0)
    return Axes(named, weights, reduced.components_ * signs[:, None]), np.asarray(rows * signs)


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1, but for those that are nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.round(rows / np.where(lengths > 0, lengths, 1.0), _DIGITS))


def _number(name: str) -> float:
    """A number from -1 to 1, always the same for a name."""
    return zlib.crc32(name.encode()) / 2**31 - 1


def _joined(topics: np.ndarray, words: Any) -> Any:
    from scipy.sparse import csr_array, hstack  # type: ignore[import-untyped]

    return hstack([csr_array(topics), words]).tocsr()


def _topics(subjects: Sequence[Mapping[str, float]], names: Sequence[str]) -> np.ndarray:
    """A row of topics a paper."""
    rows = [[topics.get(name, 0.0) for name in names] for topics in subjects]
    matrix = np.array(rows, dtype=float).reshape(len(subjects), len(names))
    return unit(matrix) * math.sqrt(_TOPICS)
