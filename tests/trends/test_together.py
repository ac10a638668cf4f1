"""Topics that occur together."""

from __future__ import annotations

import pytest

from generator.trends.together import MOST, pairs
from generator.trends.views import Pairs
from tests.builders import digest, entry


def found(*groups: tuple[int, list[str]]) -> Pairs:
    """The pairs of papers in groups: so many, with these topics."""
    shown = [
        entry(f"p-{at}-{n}", topics=topics)
        for at, (number, topics) in enumerate(groups)
        for n in range(number)
    ]
    whole = digest(*shown)
    return pairs(whole.entries, whole.topics)


def test_a_pair_has_its_count_and_its_lift() -> None:
    (pair,) = found((10, ["graphs", "speech"]), (10, ["graphs"]), (80, [])).found
    assert pair.titles == ("Graphs", "Speech")
    assert pair.addresses == ("topics/graphs/", "topics/speech/")
    assert pair.together == 10
    assert pair.expected == pytest.approx(20 * 10 / 100)
    assert pair.lift == pytest.approx(5)


def test_the_order_of_a_papers_topics_does_not_matter() -> None:
    assert (
        found((5, ["graphs", "speech"]), (5, ["speech", "graphs"]), (90, [])).found[0].together
        == 10
    )


@pytest.mark.parametrize(
    "groups",
    [
        # Fewer than five have both; as many as by chance; fewer than by chance.
        [(4, ["graphs", "speech"]), (96, [])],
        [(25, ["graphs", "speech"]), (25, ["graphs"]), (25, ["speech"]), (25, [])],
        [(5, ["graphs", "speech"]), (45, ["graphs"]), (45, ["speech"]), (5, [])],
        # Fewer than a hundred papers.
        [(10, ["graphs", "speech"]), (89, [])],
    ],
)
def test_what_is_no_pair(groups: list[tuple[int, list[str]]]) -> None:
    assert found(*groups).found == ()


def test_chance_is_asked_the_more_strictly_the_more_pairs_there_are() -> None:
    pair = [(9, ["graphs", "speech"]), (16, ["graphs"]), (11, ["speech"]), (84, [])]
    assert len(found(*pair).found) == 1
    others = [(1, [f"other-{n}"]) for n in range(30)]
    assert found(*pair[:-1], (54, []), *others).found == ()


def test_the_least_likely_come_first_and_not_too_many() -> None:
    groups = [(6 + n, [f"a-{n:02}", f"b-{n:02}"]) for n in range(MOST + 3)]
    shown = found(*groups, (100, []))
    assert [pair.together for pair in shown.found] == list(range(MOST + 8, 8, -1))
    assert shown.compared == 30 * 29 // 2


def test_nothing_has_no_pairs() -> None:
    assert pairs((), ()) == Pairs()
