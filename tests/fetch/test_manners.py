from __future__ import annotations

import datetime as dt

import pytest

from generator.fetch.answers import NotAskedError, UnfitError
from generator.fetch.manners import Limits, Manners, World

NOW = dt.datetime(2026, 8, 19, 12, tzinfo=dt.UTC)


class Time:
    """A clock that only sleeping moves, and chance that always takes the most."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self.told: list[str] = []
        self.world = World(lambda: self.now, self._sleep, lambda: NOW, lambda most: most)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_hosts_do_not_wait_for_each_other() -> None:
    time = Time()
    manners = Manners(Limits(), time.world, time.told.append)
    manners.failed("a.example", 1, UnfitError("is away", wait=30), 1)
    manners.wait_for("b.example")
    assert time.slept == []
    manners.wait_for("a.example")
    assert time.slept == [30]
    assert time.told == ["a.example is away; waiting 30 seconds"]


def test_the_longest_of_all_waits_counts() -> None:
    time = Time()
    manners = Manners(Limits(first=2, longest=60), time.world, time.told.append)
    for wait, pause, number, slept in ((None, 3, 1, 3), (5, 1, 1, 5), (1, 1, 4, 16), (1, 1, 9, 60)):
        manners.failed("a.example", pause, UnfitError("is away", wait=wait), number)
        manners.wait_for("a.example")
        assert time.slept.pop() == slept


def test_nobody_waits_longer_than_patience() -> None:
    time = Time()
    manners = Manners(Limits(patience=300), time.world, time.told.append)
    manners.failed("a.example", 1, UnfitError("is away", wait=300), 1)
    manners.wait_for("a.example")
    manners.failed("a.example", 1, UnfitError("says 'away'", wait=301, reason="is away"), 1)
    for number in range(1, 4):  # it is said in the same words however often it is met
        with pytest.raises(NotAskedError) as caught:
            manners.wait_for("a.example")
        assert (caught.value.problem, caught.value.wait) == (
            "was not asked, for before it says 'away'",
            301,
        )
        assert caught.value.reason == "is away"
        manners.failed("a.example", 1, caught.value, number)
        manners.gave_up("a.example", caught.value)
    assert time.slept == [300]
    assert manners.tries("a.example") == Limits().tries
