from __future__ import annotations

from generator.likeness import Corpus

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
