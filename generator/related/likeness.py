"""How alike texts are by their words: TF-IDF vectors and their cosine (scikit-learn).

Words and pairs of words count, and how often one stands in a text counts less and less. Unlike
:mod:`generator.identity`, which asks whether two records are one work, this asks whether two works
are about the same things.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

#: Texts that are compared at once: a block of scores fits into memory whatever their number.
_BLOCK = 500
#: Scores are rounded so far that the order of additions cannot show.
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A text of a corpus and how alike it is, from 0 to 1; more where traits count, too."""

    slug: str
    score: float


class Corpus:
    """Texts by name, ready to be compared with others. The same texts give the same scores."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._slugs = sorted(texts)
        self._vectorizer = _vectorizer()
        self._vectors = None
        if any(self._vectorizer.build_analyzer()(text) for text in texts.values()):
            self._vectors = self._vectorizer.fit_transform(texts[slug] for slug in self._slugs)

    def nearest(self, texts: Sequence[str], number: int) -> list[tuple[Neighbour, ...]]:
        """For each text the ``number`` most alike of the corpus, best first, ties by name."""
        if self._vectors is None:
            return [() for _ in texts]
        found: list[tuple[Neighbour, ...]] = []
        for start in range(0, len(texts), _BLOCK):
            asked = self._vectorizer.transform(texts[start : start + _BLOCK])
            scores = (asked @ self._vectors.T).toarray()
            found.extend(self._best(row, number) for row in scores)
        return found

    def _best(self, row: np.ndarray, number: int) -> tuple[Neighbour, ...]:
        # A stable sort of rounded scores: names, which are in order, decide between equal ones.
        order = np.argsort(-np.round(row, 4), kind="stable")[:number]
        return tuple(Neighbour(self._slugs[at], float(round(row[at], 4))) for at in order)


@dataclass(frozen=True, slots=True)
class Subject:
    """A text, and how strongly it has which traits (above zero)."""

    text: str
    traits: Mapping[str, float]


def neighbours(
    subjects: Mapping[str, Subject], number: int, share: float, least: float
) -> dict[str, tuple[Neighbour, ...]]:
    """For each subject the ``number`` others that are most alike, best first, ties by name.

    Args:
        subjects: Texts with their traits, by name.
        number: How many are wanted of each.
        share: What having the same traits, equally strong, adds to the likeness of the words.
        least: How alike two must be; above zero.
    """
    names = sorted(subjects)
    words = _words([subjects[name].text for name in names])
    columns = None if words is None else words.T.tocsr()
    traits = _traits([subjects[name].traits for name in names]) * math.sqrt(share)
    found: dict[str, tuple[Neighbour, ...]] = {}
    for start in range(0, len(names), _BLOCK):
        block = slice(start, start + _BLOCK)
        scores = traits[block] @ traits.T
        if words is not None:
            scores += (words[block] @ columns).toarray()
        for at, row in enumerate(np.round(scores, _DIGITS), start=start):
            row[at] = 0.0  # nothing is its own neighbour
            found[names[at]] = tuple(
                Neighbour(names[other], round(float(row[other]), _DIGITS))
                for other in _highest(row, number, least)
            )
    return found


def _words(texts: Sequence[str]) -> Any:
    """A sparse row a text, ``None`` if no two share a word.

    Words of a single text say nothing here, and most of them are such.
    """
    try:
        return _vectorizer(min_df=2).fit_transform(texts)
    except ValueError:
        return None


def _traits(subjects: Sequence[Mapping[str, float]]) -> np.ndarray:
    """A row a subject, of length 1 unless it has no traits."""
    names = sorted({name for traits in subjects for name in traits})
    rows = [[traits.get(name, 0.0) for name in names] for traits in subjects]
    matrix = np.array(rows, dtype=np.float32).reshape(len(subjects), len(names))
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(lengths > 0, lengths, np.float32(1))


def _highest(row: np.ndarray, number: int, least: float) -> list[int]:
    """Where the highest scores are, highest first; of equal ones the first."""
    if len(row) > number:
        least = max(least, float(np.partition(row, -number)[-number]))
    places = np.flatnonzero(row >= np.float32(least))
    order = places[np.argsort(-row[places], kind="stable")]
    return [int(at) for at in order[:number]]


def _vectorizer(min_df: int = 1) -> Any:
    # Importing it takes a second, which only those pay who compare.
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        stop_words="english",
        ngram_range=(1, 2),
        sublinear_tf=True,
        min_df=min_df,
        dtype=np.float32,
    )
