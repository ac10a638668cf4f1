from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.related import likely, likeness
from generator.related.likeness import Corpus, neighbours
from generator.related.subjects import Neighbour, Subject

TEXTS = {
    "tea": "Tea is brewed in teapots; a teapot keeps tea warm.",
    "coffee": "Coffee is brewed in filters; a filter keeps grounds out.",
    "graphs": "Spectral methods find communities in large graphs.",
}


def test_the_most_alike_come_first() -> None:
    (near,) = Corpus(TEXTS).nearest(["Which teapot brews the best tea?"], 2)
    assert near[0].slug == "tea"
    assert near[0].score > 0.3 > near[1].score


def test_the_same_text_is_wholly_alike() -> None:
    (near,) = Corpus(TEXTS).nearest([TEXTS["graphs"]], 1)
    assert (near[0].slug, near[0].score) == ("graphs", 1.0)


def test_equal_scores_are_in_the_order_of_names() -> None:
    texts = dict.fromkeys(("b", "c", "a"), "the same words again")
    (near,) = Corpus(texts).nearest(["the same words again"], 3)
    assert [each.slug for each in near] == ["a", "b", "c"]


def test_many_texts_are_compared_block_by_block() -> None:
    asked = [TEXTS["tea"], TEXTS["coffee"]] * 600
    found = Corpus(TEXTS).nearest(asked, 1)
    assert [near[0].slug for near in found] == ["tea", "coffee"] * 600


def test_nothing_is_like_nothing() -> None:
    assert Corpus({}).nearest(["tea"], 3) == [()]
    assert Corpus({"x": "the of ?"}).nearest(["tea"], 3) == [()]
    assert Corpus(TEXTS).nearest([], 3) == []
    (near,) = Corpus(TEXTS).nearest(["zzz"], 3)
    assert {each.score for each in near} == {0.0}


def subjects(**texts: str) -> dict[str, Subject]:
    return {name: Subject(text, {}) for name, text in texts.items()}


def found(given: dict[str, Subject], number: int = 2, least: float = 0.01) -> dict[str, list[str]]:
    near = neighbours(given, number, share=0.2, least=least)
    return {name: [each.slug for each in others] for name, others in near.items()}


def test_neighbours_share_words() -> None:
    given = subjects(a="tea in cups", b="cups of tea", c="large graphs", d="spectral graphs")
    assert found(given) == {"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}


def test_no_more_neighbours_than_wanted() -> None:
    given = subjects(**dict.fromkeys("abcd", "tea in cups"))
    assert found(given)["c"] == ["a", "b"]
    assert found(given, number=9)["c"] == ["a", "b", "d"]


def test_neighbours_are_as_alike_as_asked() -> None:
    given = subjects(a="tea cups", b="tea pots", c="pots cups")
    near = neighbours(given, 2, share=0.0, least=0.01)
    (score,) = {each.score for others in near.values() for each in others}
    assert 0 < score < 1
    assert found(given, least=score)["a"] == ["b", "c"]
    assert found(given, least=score + 0.001) == {"a": [], "b": [], "c": []}


def test_traits_add_to_the_words() -> None:
    same, other = {"x": 3.0, "y": 4.0}, {"z": 1.0}
    given = {"a": Subject("tea", same), "b": Subject("tea", other), "c": Subject("tea", same)}
    (first, second) = neighbours(given, 2, share=0.2, least=0.01)["a"]
    assert (first.slug, first.score, second.slug, second.score) == ("c", 1.2, "b", 1.0)
    # How strong they are does not matter, only in which proportion.
    twice = {"a": Subject("", {"x": 6.0, "y": 8.0}), "b": Subject("", same)}
    assert neighbours(twice, 1, share=0.2, least=0.01)["a"] == (Neighbour("b", 0.2),)


def test_without_words_and_traits_there_are_no_neighbours() -> None:
    assert found({}) == {}
    assert found(subjects(a="the of", b="?")) == {"a": [], "b": []}


NAMES = ("tea", "cups", "pots", "graphs", "spectral", "large", "fish", "rivers", "upstream", "warm")
MADE = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=4),
    st.builds(
        Subject,
        st.lists(st.sampled_from(NAMES), max_size=6).map(" ".join),
        st.dictionaries(st.sampled_from("xyz"), st.sampled_from([1.0, 2.0, 3.5]), max_size=3),
    ),
    max_size=24,
)


@given(MADE, st.integers(1, 4))
def test_those_that_are_likely_hold_the_most_alike(made: dict[str, Subject], number: int) -> None:
    """Where all of a crowd are compared, only those without a trait in common can be missed."""
    near = neighbours(made, number, share=0.2, least=0.01)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "ALL", 0)
        patch.setattr(likely, "_MET", 10_000)
        found = neighbours(made, number, share=0.2, least=0.01)
    assert found == near


@given(MADE)
def test_who_is_compared_with_few_finds_nothing_that_is_not_there(
    made: dict[str, Subject],
) -> None:
    everything = neighbours(made, len(made) + 1, share=0.2, least=0.01)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "ALL", 0)
        patch.setattr(likely, "_MET", 2)
        patch.setattr(likely, "CROWD", 4)
        found = neighbours(made, 2, share=0.2, least=0.01)
        again = neighbours(dict(reversed(made.items())), 2, share=0.2, least=0.01)
    assert found == again
    for name, near in found.items():
        assert len(near) <= 2
        assert set(near) <= set(everything[name])
        assert list(near) == sorted(near, key=lambda each: (-each.score, each.slug))


def test_crowds_keep_those_together_that_have_the_same_traits() -> None:
    given = {
        f"{number}-{other}": Subject(f"tea {number % 3}{other}", {"x": 2.0, other: 1.0})
        for number in range(6)
        for other in "yz"
    }
    near = neighbours(given, 2, share=0.2, least=0.01)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "ALL", 0)
        patch.setattr(likely, "_MET", 0)
        patch.setattr(likely, "CROWD", 6)
        assert neighbours(given, 2, share=0.2, least=0.01) == near
