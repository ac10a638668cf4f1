"""How alike texts are by their words: TF-IDF vectors and their cosine (scikit-learn).

Unlike :mod:`generator.identity`, which asks whether two records are one work, this asks whether two
works are about the same things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

#: Texts that are compared at once: a block of scores fits into memory whatever their number.
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A text of a corpus and how alike it is, from 0 to 1."""

    slug: str
    score: float


class Corpus:
    """Texts by name, ready to be compared with others. The same texts give the same scores."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._slugs = sorted(texts)
        # Words and pairs of words; how often one stands in a text counts less and less.
        self._vectorizer = TfidfVectorizer(
            stop_words="english", ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32
        )
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
