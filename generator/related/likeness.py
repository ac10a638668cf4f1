"""How alike texts are by their words: TF-IDF vectors and their cosine.

Words and pairs of words count, and how often one stands in a text counts less and less. Unlike
:mod:`generator.identity`, which asks whether two records are one work, this asks whether two works
are about the same things.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from generator.related.likely import likely, scores
from generator.related.subjects import Neighbour, Subject
from generator.related.vectors import Read, one_processor, read, weigh

#: Texts that are compared at once: a block of scores fits into memory whatever their number.
_BLOCK = 500
#: Scores are rounded so far that the order of additions cannot show.
_DIGITS = 3
#: So many texts are compared all with all, which takes half a second; ten times as many would take
#: a hundred times as long.
ALL = 3_000


class Corpus:
    """Texts by name, ready to be compared with others. The same texts give the same scores."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._slugs = sorted(texts)
        said = read(texts[slug] for slug in self._slugs)
        self._weights, vectors = weigh(said, 1, np.float32, with_pairs=True)
        self._columns = vectors.T.tocsr()

    def nearest(self, texts: Sequence[str], number: int) -> list[tuple[Neighbour, ...]]:
        """For each text the ``number`` most alike of the corpus, best first, ties by name."""
        if not len(self._weights.terms):
            return [() for _ in texts]
        found: list[tuple[Neighbour, ...]] = []
        for start in range(0, len(texts), _BLOCK):
            asked = self._weights.rows(read(texts[start : start + _BLOCK], self._weights.words))
            found.extend(self._best(row, number) for row in (asked @ self._columns).toarray())
        return found

    def _best(self, row: np.ndarray, number: int) -> tuple[Neighbour, ...]:
        # A stable sort of rounded scores: names, which are in order, decide between equal ones.
        order = np.argsort(-np.round(row, 4), kind="stable")[:number]
        return tuple(Neighbour(self._slugs[at], float(round(row[at], 4))) for at in order)


def neighbours(
    subjects: Mapping[str, Subject],
    number: int,
    share: float,
    least: float,
    said: Read | None = None,
) -> dict[str, tuple[Neighbour, ...]]:
    """For each subject the ``number`` others that are most alike, best first, ties by name.

    Of more than :data:`ALL` those that are likely to be are compared
    (:mod:`generator.related.likely`); the scores are the same.

    Args:
        subjects: Texts with their traits, by name.
        number: How many are wanted of each.
        share: What having the same traits, equally strong, adds to the likeness of the words.
        least: How alike two must be; above zero.
        said: The texts in the order of their names, if they were read already.
    """
    names = sorted(subjects)
    said = said or read(subjects[name].text for name in names)
    # Words of a single text say nothing here, and most of them are such.
    _, words = weigh(said, 2, np.float32, with_pairs=True)
    traits = _traits([subjects[name].traits for name in names]) * np.float32(math.sqrt(share))
    of = _of_all if len(names) <= ALL else _of_likely
    with one_processor():
        return {
            names[at]: tuple(Neighbour(names[other], score) for other, score in near)
            for at, near in enumerate(of(words, traits, number, least))
        }


#: Others by their places, each with its score, the highest first.
_Scored = list[tuple[int, float]]


def _of_all(words: Any, traits: np.ndarray, number: int, least: float) -> Iterator[_Scored]:
    """The most alike of each, all compared with all."""
    columns = words.T.tocsr()
    for start in range(0, len(traits), _BLOCK):
        block = slice(start, start + _BLOCK)
        found = traits[block] @ traits.T
        found += (words[block] @ columns).toarray()
        for at, row in enumerate(np.round(found, _DIGITS), start=start):
            row[at] = 0.0  # nothing is its own neighbour
            yield [(at, _plain(row[at])) for at in _highest(row, number, least)]


def _of_likely(words: Any, traits: np.ndarray, number: int, least: float) -> Iterator[_Scored]:
    """The most alike of each, of those with which it is likely to have something in common."""
    one, other = pairs = likely(words, traits, number)
    found = np.round(scores(words, traits, pairs), _DIGITS)
    order = np.lexsort((other, -found, one))
    ends = np.searchsorted(one, np.arange(len(traits) + 1))
    for begin, end in pairwise(ends.tolist()):
        best = order[begin : min(end, begin + number)]
        yield [(int(other[at]), _plain(found[at])) for at in best if found[at] >= np.float32(least)]


def _plain(score: np.floating[Any]) -> float:
    return round(float(score), _DIGITS)


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
