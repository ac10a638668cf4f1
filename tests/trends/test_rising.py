"""Topics that rise and fall, and when it is too early to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from generator.digest import EditionView
from generator.trends.rising import movement
from generator.trends.views import Movement, Share, Standing
from tests.builders import day, digest, edition, entry


def editions(counts: Sequence[int], size: int = 40, days: int = 1) -> list[EditionView]:
    """An edition a number: so many of its papers are about graphs, the others about speech."""
    every = [day("2026-01-01") + dt.timedelta(days=days * at) for at in range(len(counts))]
    return [
        edition(
            at,
            *(entry(f"p-{at}-{n}", at, ["graphs" if n < count else "speech"]) for n in range(size)),
        )
        for at, count in zip(every, counts, strict=True)
    ]


def moved(shown: Sequence[EditionView]) -> Movement:
    return movement(shown, digest(*(e for one in shown for e in one.entries)).topics)


def names(found: Movement) -> tuple[list[str], list[str]]:
    return [each.title for each in found.risen], [each.title for each in found.fallen]


def test_a_topic_rises_and_another_falls() -> None:
    found = moved(editions([2] * 9 + [20] * 3))
    assert found.standing is Standing.TREND
    assert (found.earlier, found.newer, found.earlier_papers, found.newer_papers) == (
        9,
        3,
        360,
        120,
    )
    assert names(found) == (["Graphs"], ["Speech"])
    assert (found.risen[0].before, found.risen[0].after) == (Share(18, 360), Share(60, 120))
    assert found.risen[0].z == pytest.approx(-found.fallen[0].z)


def test_what_stays_the_same_is_not_named() -> None:
    assert names(moved(editions([4, 5, 6] * 4))) == ([], [])


def test_one_edition_on_a_theme_makes_no_trend() -> None:
    steady = moved(editions([2] * 9 + [6, 6, 6], size=100))
    single = moved(editions([2] * 9 + [0, 0, 18], size=100))
    assert names(steady) == (["Graphs"], ["Speech"])
    assert names(single) == ([], [])


def test_few_editions_differ_and_make_no_trend() -> None:
    found = moved(editions([2, 2, 2, 20], size=60))
    assert found.standing is Standing.DIFFERENCE
    assert (found.earlier, found.newer) == (3, 1)
    assert names(found) == (["Graphs"], ["Speech"])


@pytest.mark.parametrize("counts,size", [([5], 100), ([5, 9], 49), ([1] * 12, 15)])
def test_of_few_papers_nothing_is_said(counts: list[int], size: int) -> None:
    found = moved(editions(counts, size))
    assert found.standing is Standing.NOTHING
    assert names(found) == ([], [])
    assert found.earlier_papers + found.newer_papers == len(counts) * size


def test_older_editions_than_a_year_do_not_count() -> None:
    found = moved(editions([2] * 20, days=30))
    assert found.earlier + found.newer == 13


def test_rare_topics_are_not_compared() -> None:
    assert moved(editions([0] * 11 + [4])).compared == 1
    assert moved(editions([0] * 11 + [5])).compared == 2


def test_a_paper_counts_once_on_each_side() -> None:
    shown = editions([2] * 9 + [20] * 3)
    again = shown[0].entries[0]
    shown[1] = edition(shown[1].date, *shown[1].entries, again)
    found = moved(shown)
    assert found.earlier_papers == 360
