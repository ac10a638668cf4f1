"""Lists of who has what, by what they have: where an index looks first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from typing import Generic, TypeVar
from zlib import crc32

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

#: Sets are alike if they have three fifths of their words in common; as whole numbers, for which
#: equality is exact. It is more than a half: so a word alone is not like a pair.
_COMMON, _ALL = 3, 5
_BOTH = _COMMON + _ALL
#: How much larger the sets grow before their words are put into order again.
_GROWTH = 2
#: Bits of a signature. Which of them a word has differs from run to run; what is found does not.
_BITS = 64

#: A set with its signature and its size in front, which are looked at first.
_Signed = tuple[int, int, frozenset[str]]


class Postings(Generic[K, V]):
    """Values by key, several under one."""

    def __init__(self) -> None:
        self._lists: dict[K, list[V]] = {}

    def __len__(self) -> int:
        return len(self._lists)

    def __iter__(self) -> Iterator[K]:
        return iter(self._lists)

    def __contains__(self, key: K) -> bool:
        return key in self._lists

    def get(self, key: K) -> Sequence[V]:
        """The values of a key, in the order in which they came."""
        return self._lists.get(key, ())

    def add(self, key: K, value: V) -> None:
        """Put a value under a key."""
        self._lists.setdefault(key, []).append(value)

    def discard(self, key: K, value: V) -> None:
        """Take a value away from a key that has it."""
        values = self._lists[key]
        values.remove(value)
        if not values:
            del self._lists[key]


class Similar:
    """Names with sets of words, so that those like another set are found without comparing all.

    Two sets are alike if they have at least three fifths of all their words in common (Jaccard's
    similarity). Put the words of every set into one order. Of a set of *n* words at least
    ``ceil(3/5 * n)`` must be common, so the first two common ones are among its first
    ``n - ceil(3/5 * n) + 2``: it is enough to file a set, and to look one up, under the pairs of
    these. (Prefix filtering of set-similarity joins: Chaudhuri, Ganti and Kaushik, 2006; with
    several words to share: Wang, Li and Feng, 2012.) If rare words come first, few sets have a pair
    in common by chance. Of these nearly all are told apart by a few bits. A word alone is only like
    itself.

    The order is taken anew when the sets have doubled: it costs each of them a few filings.
    """

    def __init__(self) -> None:
        self._names: Postings[frozenset[str], str] = Postings()
        self._filed: Postings[tuple[str, ...], _Signed] = Postings()
        self._counts: Counter[str] = Counter()
        self._ordered = 0
        self._is_filed = True

    def add(self, words: frozenset[str], name: str) -> None:
        """Take in a set; a name may have several, and a set several names."""
        is_new = words not in self._names
        self._names.add(words, name)
        self._is_filed = self._is_filed and len(self._names) <= _GROWTH * self._ordered
        if is_new and self._is_filed:
            self._file(words)

    def discard(self, words: frozenset[str], name: str) -> None:
        """Forget a set that a name has."""
        self._names.discard(words, name)
        if self._is_filed and words not in self._names:
            signed = _signature(words), len(words), words
            for pair in self._pairs(words):
                self._filed.discard(pair, signed)

    def like(self, words: frozenset[str]) -> set[str]:
        """The names that have a set like this one."""
        if not self._is_filed:
            self._order()
        mine, size, filed = _signature(words), len(words), self._filed.get
        # Alike are sets of a and b words that have 3/8 of a + b in common, or more. The expression
        # in the middle says how many of these a words the other set may lack.
        return {
            name
            for pair in self._pairs(words)
            for theirs, other, found in filed(pair)
            if (mine & ~theirs).bit_count() <= size + -_COMMON * (size + other) // _BOTH
            and _is_alike(words, found)
            for name in self._names.get(found)
        }

    def _order(self) -> None:
        """Put words into an order, the rarest first, and file every set by it."""
        self._counts = Counter(word for words in self._names for word in words)
        self._ordered = len(self._names)
        self._is_filed = True
        self._filed = Postings()
        for words in self._names:
            self._file(words)

    def _file(self, words: frozenset[str]) -> None:
        signed = _signature(words), len(words), words
        for pair in self._pairs(words):
            self._filed.add(pair, signed)

    def _pairs(self, words: frozenset[str]) -> Iterator[tuple[str, ...]]:
        """Pairs of words of which sets that are alike have one in common."""
        size = len(words)
        if size == 1:
            return iter([tuple(words)])
        # A word that is new since the order was made counts 0: it is rarer than all others.
        counts = self._counts
        ordered = sorted(words, key=lambda word: (counts[word], word))
        return combinations(ordered[: size - _least(size) + 2], 2)


def _least(size: int) -> int:
    """How many words a set of some size must have in common with one that is like it."""
    return math.ceil(_COMMON * size / _ALL)


def _signature(words: frozenset[str]) -> int:
    """A bit a word: a word whose bit another set lacks is not in it."""
    signature = 0
    for word in words:
        # Not hash(): it is another one in every process, and so would be the work that is done.
        signature |= 1 << (crc32(word.encode()) % _BITS)
    return signature


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) * _BOTH >= _COMMON * (len(one) + len(other))
