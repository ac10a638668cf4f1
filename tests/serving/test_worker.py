"""An object in a process of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import ContentError, ContentErrors, DigestError
from generator.parallel import Aside, aside
from generator.serving import worker
from generator.serving.worker import Worker
from generator.website.frame import Unfit

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this system cannot fork"),
    # Whoever runs tests may have threads; the generator does not fork beside any.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


class Counter:
    """Counts how often it was asked, and what came."""

    def __init__(self) -> None:
        self._asked = 0
        self._came: list[str] = []
        self._work: list[Aside] = []

    def process(self) -> int:
        return os.getpid()

    def count(self, by: int = 1) -> int:
        self._asked += by
        return self._asked

    def fail(self, kind: str) -> None:
        if kind == "content":
            raise ContentErrors([ContentError("a.yml", "is wrong", "mend it", line=3)])
        if kind == "unfit":
            raise Unfit("it has plugins")
        os.kill(os.getpid(), signal.SIGKILL)

    def begin(self) -> None:
        self._work.append(aside(lambda: "something"))

    def came(self) -> list[str]:
        return self._came

    def waiting(self) -> list[int]:
        return [work.fileno() for work in self._work]

    def come(self) -> None:
        self._came.append(self._work.pop().result())


@pytest.fixture(params=[True, False])
def counter(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Worker, bool]]:
    """A worker elsewhere, and one here."""
    monkeypatch.setattr(worker, "may_fork", lambda: request.param)
    made = Worker(Counter)
    yield made, request.param
    made.end()
    made.end()


def test_it_works_elsewhere_where_that_can_be(counter: tuple[Worker, bool]) -> None:
    made, is_elsewhere = counter
    assert (made.ask("process") != os.getpid()) == is_elsewhere
    assert [made.ask("count"), made.ask("count", 2), made.ask("count")] == [1, 3, 4]


def test_what_it_raises_is_raised_here(counter: tuple[Worker, bool]) -> None:
    made, _ = counter
    with pytest.raises(DigestError, match=r"^a\.yml:3: is wrong; mend it$"):
        made.ask("fail", "content")
    with pytest.raises(Unfit, match="it has plugins"):
        made.ask("fail", "unfit")
    assert made.ask("count") == 1


def test_it_takes_what_comes_while_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "may_fork", lambda: True)
    monkeypatch.setattr("generator.parallel.processes", lambda: 2)
    made = Worker(Counter)
    try:
        made.ask("begin")
        # Whatever comes first, asking or coming, both are done; asking never waits for the other.
        while not (found := made.ask("came")):
            pass
        assert found == ["something"]
    finally:
        made.end()


def test_one_that_is_gone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "may_fork", lambda: True)
    made = Worker(Counter)
    for _ in range(2):
        with pytest.raises(DigestError, match="has ended; start again"):
            made.ask("fail", "dead")
    made.end()
