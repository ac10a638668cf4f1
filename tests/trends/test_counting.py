"""Shares of topics over editions."""

from __future__ import annotations

from generator.trends.counting import lines
from generator.trends.views import Lines, Share
from tests.builders import digest, edition, entry
from tests.trends.test_periods import every

ONE = entry("one", "2026-03-11", ["graphs", "speech"])
TWO = entry("two", "2026-03-11", ["speech"])
THREE = entry("three", "2026-03-12")


def test_a_topic_has_a_share_of_every_edition() -> None:
    shown = digest(ONE, TWO, THREE)
    found = lines(shown.editions[::-1], shown.topics)
    assert [(each.title, each.shares) for each in found.series] == [
        ("Speech", (Share(2, 2), Share(0, 1))),
        ("Graphs", (Share(1, 2), Share(0, 1))),
    ]
    assert found.top == 1
    assert [period.papers for period in found.periods] == [2, 1]


def test_a_paper_of_two_editions_counts_once_where_they_stand_together() -> None:
    again = [edition(one.date, ONE) for one in every(1, 25, "2026-01-05")]
    found = lines(again, digest(ONE).topics)
    assert [period.papers for period in found.periods] == [1, 1, 1, 1]
    assert found.series[0].shares[0] == Share(1, 1)


def test_a_stretch_without_editions_has_no_share() -> None:
    some = [*every(1, 20, "2026-01-05"), *every(1, 20, "2026-03-02")]
    found = lines(some, digest(ONE).topics)
    assert found.series[0].shares[2:4] == (Share(0, 1), None)


def test_nothing_has_no_lines() -> None:
    assert lines((), ()) == Lines()
