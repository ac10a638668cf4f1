"""Sets that are alike are found without comparing all, and none is missed."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identity import postings
from generator.identity.postings import Postings, Similar

WORDS = st.frozensets(st.sampled_from("abcdefghijkl"), min_size=1, max_size=12)
STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 9), WORDS, WORDS), max_size=40)


def share(one: frozenset[str], other: frozenset[str]) -> Fraction:
    return Fraction(len(one & other), len(one | other))


def test_values_lie_under_their_keys_in_the_order_in_which_they_came() -> None:
    lists: Postings[str, int] = Postings()
    lists.add("a", 2)
    lists.add("a", 1)
    lists.add("b", 3)
    assert (list(lists), len(lists), lists.get("a")) == (["a", "b"], 2, [2, 1])
    lists.discard("a", 2)
    lists.discard("b", 3)
    assert (lists.get("a"), lists.get("b"), "b" in lists, len(lists)) == ([1], (), False, 1)


@given(STEPS)
def test_sets_are_found_as_by_comparing_all(
    steps: list[tuple[bool, int, frozenset[str], frozenset[str]]],
) -> None:
    similar = Similar()
    held: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for goes, number, words, wanted in steps:
        name = f"n{number}"
        if goes and held[name]:
            gone = min(held[name], key=sorted)
            held[name].remove(gone)
            similar.discard(gone, name)
        elif words not in held[name]:
            held[name].add(words)
            similar.add(words, name)
        assert similar.like(wanted) == {
            name
            for name, sets in held.items()
            if any(share(wanted, each) >= Fraction(3, 5) for each in sets)
        }


@pytest.mark.parametrize("size", range(1, 26))
def test_exactly_three_fifths_in_common_are_enough(size: int) -> None:
    """At every size, the smallest share of common words, wherever in the order they stand."""
    words = [f"w{n:02}" for n in range(60)]
    for least in range(1, size + 1):
        # As large a set as can be alike with `least` words in common.
        more = least * 5 // 3 - size
        if more < 0:
            continue
        for seed in range(5):
            shuffled = Random(seed).sample(words, 60)  # noqa: S311 - no secret
            common, own = shuffled[:least], shuffled[least : least + size - least]
            one, other = frozenset(common + own), frozenset(common + shuffled[40 : 40 + more])
            similar = Similar()
            similar.add(one, "it")
            # Words that are frequent come last in the order.
            for n, word in enumerate(shuffled[:30]):
                similar.add(frozenset({word, f"only{n}"}), f"x{n}")
            assert "it" in similar.like(other)


def titles(number: int) -> list[frozenset[str]]:
    """Sets of words as titles have them: some that many have, and some that few have.

    The words in use grow with the root of the titles, as they do in the digest's first library.
    """
    random = Random(number)  # noqa: S311 - no secret
    frequent = 2 * math.isqrt(number)
    return [
        frozenset(
            {f"frequent{random.randrange(frequent)}" for _ in range(4)}
            | {f"rare{random.randrange(number)}" for _ in range(2)}
        )
        for _ in range(number)
    ]


def compared(number: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many sets are compared when as many come in, each after it is looked for."""
    calls = 0
    is_alike = postings._is_alike

    def counted(one: frozenset[str], other: frozenset[str]) -> bool:
        nonlocal calls
        calls += 1
        return is_alike(one, other)

    with monkeypatch.context() as patch:
        patch.setattr(postings, "_is_alike", counted)
        similar = Similar()
        for name, words in enumerate(titles(number)):
            similar.like(words)
            similar.add(words, str(name))
    return calls


def test_comparisons_grow_with_the_sets_and_not_with_their_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some, many = compared(500, monkeypatch), compared(4000, monkeypatch)
    assert 0 < some < 500
    # Eight times the sets; of pairs there are 64 times as many.
    assert many < 16 * some
