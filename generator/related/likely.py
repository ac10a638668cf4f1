"""Of many texts, those that may be alike: who is compared with whom, when not all are with all.

What is most alike has a trait in common, or rare words; so two ways lead to it, and nobody else is
compared:

* Those that share a trait are compared with each other, all with all, in crowds of at most
  2,500. Of a larger crowd those stay together that have the same traits in the same order.
* Those that share words which few have meet by them alone, whatever their traits are.

Of 518 real papers in crowds of a tenth of them, 97.5 % of the five nearest of each are found so,
and in whole crowds all but some in ten thousand. Of 10,000 made ones 99.9 % are.

Either way costs each text about the same, however many there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

#: As many of a crowd are compared all with all.
CROWD = 2_500
#: Texts that are compared at once.
_BLOCK = 500
#: Pairs that are compared at once.
_PAIRS = 20_000
#: So many more than asked for are taken of each crowd: what rounding did cannot matter then.
_MORE = 1
#: A term that more than one in so many of a crowd have is multiplied as if all had it.
_COMMON = 50
#: How many others rare words lead to, on average. A word that more have leads nowhere.
_MET = 700
#: Scores are compared as whole numbers of a thousandth.
_STEPS = 1_000
#: Bits for a place among others.
_PLACES = 32


def likely(words: Any, traits: np.ndarray, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs worth comparing: places of texts, each with that of another.

    Args:
        words: A sparse row a text.
        traits: A row a text; how alike two are is the sum of both products.
        number: How many others of each are wanted.
    """
    parts = [
        *(found for crowd in _crowds(traits) for found in _within(words, traits, crowd, number)),
        *_met(words, number),
    ]
    size = len(traits)
    both = np.sort(np.concatenate([one * np.int64(size) + other for one, other in parts]))
    both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
    one, other = np.divmod(both, size)
    return one[one != other], other[one != other]


def scores(words: Any, traits: np.ndarray, pairs: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """How alike pairs are."""
    found = [np.zeros(0, np.float32)]
    for start in range(0, len(pairs[0]), _PAIRS):
        one, other = (side[start : start + _PAIRS] for side in pairs)
        of_words = words[one].multiply(words[other]).sum(axis=1)
        found.append(of_words + np.einsum("ij,ij->i", traits[one], traits[other]))
    return np.concatenate(found)


def _crowds(traits: np.ndarray) -> Iterator[np.ndarray]:
    """Those who share a trait, by each of the traits; and those who have none."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    orders = [_order(row) for row in traits]
    for at, order in enumerate(orders):
        for trait in order or (-1,):
            members[trait].append(at)
    for _, crowd in sorted(members.items()):
        crowd.sort(key=lambda at: (orders[at], at))
        parts = -(-len(crowd) // CROWD)
        for part in np.array_split(np.array(crowd), parts):
            yield np.sort(part)


def _order(row: np.ndarray) -> tuple[int, ...]:
    """The traits that one has, the strongest first."""
    places = np.flatnonzero(row)
    return tuple(places[np.argsort(-row[places], kind="stable")].tolist())


def _within(
    words: Any, traits: np.ndarray, crowd: np.ndarray, number: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The most alike of a crowd for each of it.

    What few of the crowd have is multiplied where it is, and what many have as a full matrix, which
    is ten times as fast there.
    """
    wanted = min(number + _MORE, len(crowd) - 1)
    if not wanted:
        return
    own = words[crowd]
    often = np.bincount(own.indices, minlength=own.shape[1])
    is_common = often * _COMMON > len(crowd)
    full = np.hstack([own[:, np.flatnonzero(is_common)].toarray(), traits[crowd]])
    rare = own[:, np.flatnonzero((often > 1) & ~is_common)]
    columns = rare.T.tocsr()
    for start in range(0, len(crowd), _BLOCK):
        found = (rare[start : start + _BLOCK] @ columns).toarray()
        found += full[start : start + _BLOCK] @ full.T
        rows = np.arange(len(found))
        found[rows, rows + start] = 0.0  # nothing is its own neighbour
        yield (
            np.repeat(crowd[start : start + _BLOCK], wanted),
            crowd[_highest(found, wanted)].ravel(),
        )


def _met(words: Any, number: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each text those with the most in common of what few have."""
    often = np.bincount(words.indices, minlength=words.shape[1])
    rare = words[:, np.flatnonzero((often > 1) & (often < _too_often(often, words.shape[0])))]
    columns = rare.T.tocsr()
    wanted = number + _MORE + 1  # and itself
    for start in range(0, rare.shape[0], _BLOCK):
        met = rare[start : start + _BLOCK] @ columns
        steps = _steps(met.data, met.indices)
        chosen = np.concatenate(
            [
                begin + np.argpartition(steps[begin:end], -wanted)[-wanted:]
                if end - begin > wanted
                else np.arange(begin, end)
                for begin, end in pairwise(met.indptr.tolist())
            ]
        )
        of = np.repeat(np.arange(start, start + met.shape[0]), np.diff(met.indptr))
        yield of[chosen], met.indices[chosen]


def _too_often(often: np.ndarray, texts: int) -> int:
    """How many texts have a word that leads to too many of them."""
    order = np.sort(often)
    within = int(np.searchsorted(np.cumsum(order.astype(np.int64) ** 2), _MET * texts, "right"))
    return int(order[within]) if within < len(order) else texts + 1


def _highest(found: np.ndarray, number: int) -> np.ndarray:
    """Where the highest of each row are, in no order; of equal ones the first."""
    steps = _steps(found, np.arange(found.shape[1]))
    return np.asarray(np.argpartition(steps, -number)[:, -number:])


def _steps(found: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Scores as whole numbers, of equal ones the earlier place the higher: none are the same."""
    return np.asarray((np.rint(found * _STEPS).astype(np.int64) << _PLACES) - places)
