"""Where papers lie."""

from __future__ import annotations

import math
import random

import pytest

from generator.atlas.layout import layout
from generator.related.subjects import Subject
from tests.builders import prose

TEA = "Brewing tea in porcelain teapots keeps the tea warm."
FISH = "Fish swim upstream in cold rivers, and rivers carry fish."
GRAPHS = "Spectral methods find communities in large sparse graphs."


def themes(each: int) -> dict[str, Subject]:
    """Papers of three themes, each with some words of its own."""
    return {
        f"{name}-{number:02}": Subject(f"{text} {prose((name, number), 12)}", {name: 1.0})
        for name, text in (("tea", TEA), ("fish", FISH), ("graphs", GRAPHS))
        for number in range(each)
    }


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.dist(one, other)


def nearest(places: dict[str, tuple[float, float]], name: str) -> str:
    others = (other for other in places if other != name)
    return min(others, key=lambda other: distance(places[name], places[other]))


@pytest.mark.parametrize("each", [3, 10, 30])
def test_near_papers_are_near(each: int) -> None:
    places = layout(themes(each))
    alike = [nearest(places, name).split("-")[0] == name.split("-")[0] for name in places]
    assert sum(alike) >= 0.9 * len(places)


def test_order_leaves_no_trace_and_twice_is_the_same() -> None:
    given = themes(10)
    names = list(given)
    random.Random(1).shuffle(names)  # noqa: S311 - no secret
    assert layout({name: given[name] for name in names}) == layout(given)


def test_a_new_paper_leaves_the_others_about_where_they_were() -> None:
    given = {
        name: each
        for name, each in themes(24).items()
        if not name.startswith("fish-1") and not name.startswith(("graphs-1", "graphs-2"))
    }
    before = layout(given)
    after = layout({**given, "tea-new": Subject(f"{TEA} A new kettle.", {"tea": 1.0})})
    moved = sorted(distance(before[name], after[name]) for name in before)
    wide = max(x for x, _ in before.values()) - min(x for x, _ in before.values())
    assert moved[len(moved) // 2] < 0.25 * wide
    assert nearest(after, "tea-new").startswith("tea")


def test_topics_bring_papers_together_that_share_no_word() -> None:
    words = [f"{a}{b}" for a in "abcdefgh" for b in "xyz"]
    given = {
        word: Subject(f"{word} {word}s", {"one" if at % 2 else "two": 1.0})
        for at, word in enumerate(words)
    }
    places = layout(given)
    topics = {name: min(each.traits) for name, each in given.items()}
    assert all(topics[nearest(places, name)] == topics[name] for name in places)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 7, 8, 9, 12])
def test_few_papers(number: int) -> None:
    given = dict(list(themes(4).items())[:number])
    places = layout(given)
    assert set(places) == set(given)
    assert all(math.isfinite(value) for place in places.values() for value in place)


@pytest.mark.parametrize("number", [2, 9, 70])
def test_papers_that_are_all_the_same(number: int) -> None:
    places = layout({f"p-{at}": Subject(TEA, {"tea": 1.0}) for at in range(number)})
    assert all(math.isfinite(value) for place in places.values() for value in place)


@pytest.mark.parametrize("text", ["", "the of ?", "一二三"])
def test_papers_without_words_and_topics(text: str) -> None:
    assert set(layout({name: Subject(text, {}) for name in "abcdefghij"})) == set("abcdefghij")
    assert layout({"a": Subject("one", {}), "b": Subject("two", {})}) == {
        "a": (0.0, 0.0),
        "b": (0.0, 0.0),
    }
