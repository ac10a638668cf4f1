"""Topics that occur together: pairs that more papers have than if topics went by chance.

How many would is the product of the two shares; how many times more do is the lift. A pair is named
if at least five papers have it and it is unlikely by chance: by Dunning's likelihood ratio (1993,
chi-squared with one degree of freedom), at so high a ratio that of the pairs named about one in
twenty may be chance (the false discovery rate of Benjamini and Hochberg, 1995). The least likely by
chance come first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from generator.digest import Entry, TopicView
from generator.trends.counting import topic_counts
from generator.trends.views import Pair, Pairs

MOST = 12
ENOUGH, ENOUGH_PAPERS = 5, 100
#: The share of what is named that may be chance.
_RATE = 0.05


def pairs(entries: Sequence[Entry], topics: Iterable[TopicView]) -> Pairs:
    """The pairs of topics that some papers have together beyond chance; none of too few papers."""
    size = len(entries)
    refs = {topic.ref.id: topic.ref for topic in topics if topic.entries}
    compared = math.comb(len(refs), 2)
    if size < ENOUGH_PAPERS or not compared:
        return Pairs(size, compared)
    counts = topic_counts(entries)
    order = {id_: at for at, id_ in enumerate(refs)}
    both = Counter(
        pair
        for entry in entries
        for pair in combinations(sorted(_topics(entry), key=order.__getitem__), 2)
    )
    ratios = {
        (one, other): _ratio(together, counts[one], counts[other], size)
        for (one, other), together in both.items()
        if together * size > counts[one] * counts[other]
    }
    least = _threshold([_chance(ratio) for ratio in ratios.values()], compared)
    named = [each for each in ratios if both[each] >= ENOUGH and _chance(ratios[each]) <= least]
    named.sort(key=lambda each: (-round(ratios[each], 6), order[each[0]], order[each[1]]))
    found = (
        Pair(
            (refs[one].title, refs[other].title),
            (refs[one].address, refs[other].address),
            both[one, other],
            counts[one] * counts[other] / size,
        )
        for one, other in named[:MOST]
    )
    return Pairs(size, compared, tuple(found))


def _topics(entry: Entry) -> set[str]:
    return {tag.topic.id for tag in entry.topics}


def _chance(ratio: float) -> float:
    """How often chance makes a likelihood ratio as high (chi-squared, one degree of freedom)."""
    return math.erfc(math.sqrt(max(ratio, 0.0) / 2))


def _threshold(chances: Iterable[float], compared: int) -> float:
    """The highest probability at which the rate of false discoveries is kept."""
    kept = 0.0
    for rank, chance in enumerate(sorted(chances), start=1):
        if chance <= _RATE * rank / compared:
            kept = chance
    return kept


def _ratio(both: int, one: int, other: int, size: int) -> float:
    """Dunning's likelihood ratio: twice the sum of observed times log of observed over expected."""
    observed = (both, one - both, other - both, size - one - other + both)
    expected = (
        one * other / size,
        one * (size - other) / size,
        (size - one) * other / size,
        (size - one) * (size - other) / size,
    )
    return 2 * sum(o * math.log(o / e) for o, e in zip(observed, expected, strict=True) if o)
