"""Texts as rows of weights: TF-IDF of words and of pairs of words.

The weights are those of scikit-learn's ``TfidfVectorizer`` with ``sublinear_tf`` and its English
words that say nothing, as a test says. Made here they take a third of the time: a text is read once
for all who compare it, pieces of text that were met before are not read again, and pairs of words
are numbers from the beginning. And scikit-learn takes a second to import.

All of it grows with the texts: what is looked up in a long list is looked up in order, a block of
texts at a time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

import numpy as np

from generator.related.stopwords import STOP_WORDS

_WORD = re.compile(r"\b\w\w+\b")
#: Pieces whose words are remembered. Texts are made of few different ones, and rare ones are many.
_REMEMBERED = 1 << 18
#: The number of a word that is not known.
_UNKNOWN = -1
#: Texts that are counted at once.
_BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class Read:
    """Texts as the numbers of their words.

    ``numbers`` are those of all texts, one after the other; ``ends`` says where each ends, with a 0
    in front. ``words`` are in order, and a word's number is its place there; words that are not
    there are -1.
    """

    words: Sequence[str]
    numbers: np.ndarray
    ends: np.ndarray

    def __len__(self) -> int:
        return len(self.ends) - 1

    def only(self, texts: Sequence[int]) -> Read:
        """Some of the texts, by their places; of the same words."""
        parts = [self.numbers[self.ends[at] : self.ends[at + 1]] for at in texts]
        ends = np.concatenate([[0], np.cumsum([len(part) for part in parts], dtype=np.int64)])
        return Read(self.words, _joined(parts), ends)


def read(texts: Iterable[str], words: Sequence[str] | None = None) -> Read:
    """Read texts once, for all who compare them.

    Args:
        texts: In any language; words are what stands between spaces and marks, of two letters or
            more, and not among those that say nothing.
        words: Those that are known, in order; without them, all are.
    """
    known: Mapping[str, int]
    if words is None:
        known = defaultdict(count().__next__)
    else:
        known = defaultdict(lambda: _UNKNOWN, {word: at for at, word in enumerate(words)})
    pieces = _Pieces(known)
    numbers, ends = [], [0]
    for text in texts:
        said = np.fromiter(chain.from_iterable(map(pieces.__getitem__, text.split())), np.int32)
        numbers.append(said)
        ends.append(ends[-1] + len(said))
        if len(pieces) > _REMEMBERED:
            pieces.clear()
    joined = _joined(numbers)
    if words is not None:
        return Read(words, joined, np.array(ends))
    words = sorted(known)
    places = np.empty(len(words), np.int32)
    places[[known[word] for word in words]] = np.arange(len(words))
    return Read(words, places[joined], np.array(ends))


def one_processor() -> Any:
    """A context in which sums are made by one processor: those of several are of no fixed order.

    It is no loss: others have work of their own, and threads that wait for each other take turns at
    doing nothing.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    return threadpool_limits(1)


def _joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.zeros(0, np.int32)


class _Pieces(dict[str, tuple[int, ...]]):
    """What stands between two spaces, with the numbers of the words in it: no word has a space."""

    def __init__(self, known: Mapping[str, int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, piece: str) -> tuple[int, ...]:
        said = (word for word in _WORD.findall(piece.lower()) if word not in STOP_WORDS)
        found = self[piece] = tuple(self._known[word] for word in said)
        return found


@dataclass(frozen=True, slots=True)
class Weights:
    """Which terms count, and how much each says.

    A term is a word, or two words one after the other. It is a number made of theirs: so terms are
    in the order in which their texts would be. ``says`` is the inverse document frequency.
    """

    words: Sequence[str]
    terms: np.ndarray
    says: np.ndarray
    with_pairs: bool

    def rows(self, said: Read) -> Any:
        """A sparse row of length 1 for each text, or of zeros if it has no term that counts.

        Args:
            said: Texts that were read with the very same words.
        """
        return _rows(_blocks(said, with_pairs=self.with_pairs), self)

    @property
    def names(self) -> list[str]:
        """The texts of the terms."""
        places = (each.tolist() for each in np.divmod(self.terms, len(self.words) + 1))
        return [
            f"{self.words[one]} {self.words[two - 1]}" if two else self.words[one]
            for one, two in zip(*places, strict=True)
        ]


def weigh(
    said: Read, least: int, kind: type[np.floating[Any]], *, with_pairs: bool
) -> tuple[Weights, Any]:
    """What terms say, by the texts that have them; and a row a text, as of :meth:`Weights.rows`.

    Args:
        said: The texts.
        least: Of how many texts a term must be one, to count.
        kind: Of numbers.
        with_pairs: Whether pairs of words count, too, or single words alone.
    """
    blocks = list(_blocks(said, with_pairs=with_pairs))
    terms = _distinct([each.terms for each in blocks])
    texts = np.zeros(len(terms), np.int64)
    for each in blocks:
        texts[np.searchsorted(terms, each.terms)] += np.bincount(each.rows.indices)
    terms, texts = terms[texts >= least], texts[texts >= least].astype(kind)
    says = np.log(np.full_like(texts, len(said) + 1) / (texts + 1)) + 1
    weights = Weights(said.words, terms, says, with_pairs)
    return weights, _rows(blocks, weights)


def _distinct(parts: Sequence[np.ndarray]) -> np.ndarray:
    """All numbers in order, each once; ``np.unique`` would look each up in a table, for seconds."""
    found = np.sort(np.concatenate([np.zeros(0, np.int64), *parts]))
    return np.asarray(found[np.append(True, found[1:] != found[:-1])[: len(found)]])


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often some texts have which terms: a sparse row a text, a column a term."""

    terms: np.ndarray
    rows: Any


def _blocks(said: Read, *, with_pairs: bool) -> Iterator[_Counts]:
    """The terms of all texts, counted."""
    from scipy.sparse import csr_array  # type: ignore[import-untyped]

    for start in range(0, len(said), _BLOCK):
        ends = said.ends[start : start + _BLOCK + 1]
        found = _terms(said.numbers[ends[0] : ends[-1]], ends - ends[0], len(said.words))
        if with_pairs:
            found, ends = found.ravel(), 2 * (ends - ends[0])
        else:
            found, ends = found[:, 0], ends - ends[0]
        ends = np.concatenate([[0], np.cumsum(found >= 0)])[ends]
        terms, places = np.unique(found[found >= 0], return_inverse=True)
        shape = (len(ends) - 1, len(terms))
        rows = csr_array((np.ones(len(places), np.int32), places.astype(np.int32), ends), shape)
        rows.sum_duplicates()
        yield _Counts(terms, rows)


def _terms(numbers: np.ndarray, ends: np.ndarray, words: int) -> np.ndarray:
    """Each word as a term, and beside it the pair with the next one; -1 where there is none."""
    found = np.full((len(numbers), 2), _UNKNOWN, np.int64)
    is_known = numbers >= 0
    found[is_known, 0] = numbers[is_known] * np.int64(words + 1)
    is_pair = is_known[:-1] & is_known[1:]
    lasts = ends[1:-1] - 1  # the last word of a text makes no pair with the first of the next
    is_pair[lasts[(lasts >= 0) & (lasts < len(is_pair))]] = False
    first = np.flatnonzero(is_pair)
    found[first, 1] = found[first, 0] + numbers[first + 1] + 1
    return found


def _rows(blocks: Iterable[_Counts], weights: Weights) -> Any:
    """Rows of counts as rows of weights, of length 1, of those terms that count."""
    from scipy.sparse import csr_array, vstack

    rows = [csr_array((0, len(weights.terms)), dtype=weights.says.dtype)]
    rows += [_weighed(each, weights) for each in blocks]
    return vstack(rows, format="csr")


def _weighed(counts: _Counts, weights: Weights) -> Any:
    from scipy.sparse import csr_array

    kind = weights.says.dtype
    places = np.searchsorted(weights.terms, counts.terms).astype(np.int32)
    is_there = places < len(weights.terms)
    is_there[is_there] = weights.terms[places[is_there]] == counts.terms[is_there]
    counted = is_there[counts.rows.indices]
    ends = np.concatenate([[0], np.cumsum(counted)])[counts.rows.indptr]
    places = places[counts.rows.indices[counted]]
    found = (np.log(counts.rows.data[counted].astype(kind)) + 1) * weights.says[places]
    texts = len(ends) - 1
    of = np.repeat(np.arange(texts), np.diff(ends))
    lengths = np.sqrt(np.bincount(of, weights=found * found, minlength=texts))
    found = (found / np.where(lengths > 0, lengths, 1.0)[of]).astype(kind)
    return csr_array((found, places, ends.astype(np.int32)), shape=(texts, len(weights.terms)))
