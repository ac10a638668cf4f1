"""Work on several cores gives what it gives on one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import parallel
from generator.parallel import aside, processes, shared_out

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork"),
    # Whoever runs tests may have threads; the generator does not fork beside any.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]
#: Seconds for which processes wait for each other: far more than any machine needs.
_LONG = 120


@pytest.fixture(autouse=True)
def _three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes, whatever the machine has and whatever threads the tests have."""
    monkeypatch.setattr(parallel, "processes", lambda: 3)


def _later(part: Sequence[int]) -> Callable[[], list[int]]:
    return lambda: list(part)


def _squares(part: Sequence[int]) -> list[int]:
    return [number * number for number in part]


@given(st.lists(st.integers(), max_size=300), st.integers(1, 40))
def test_everything_is_done_once_and_in_order(items: list[int], least: int) -> None:
    found = shared_out(_squares, items, least)

    assert [square for part in found for square in part] == _squares(items)


def test_several_processes_take_part() -> None:
    def ids(_: Sequence[int]) -> int:
        all_three.wait(_LONG)  # nobody is done before all have begun
        return os.getpid()

    all_three = multiprocessing.get_context("fork").Barrier(3)
    found = shared_out(ids, range(3))

    assert len(set(found)) == 3
    assert os.getpid() in found


def test_a_process_is_not_begun_for_a_few() -> None:
    assert shared_out(lambda part: (os.getpid(), len(part)), range(19), 10) == [(os.getpid(), 19)]
    assert shared_out(_squares, []) == []


def test_what_fails_elsewhere_is_raised_here() -> None:
    def work(part: Sequence[int]) -> list[int]:
        if 70 in part:
            raise LookupError(f"{os.getpid()}: no 70")
        return list(part)

    with pytest.raises(LookupError, match=f"{os.getpid()}: no 70"):
        shared_out(work, range(100))


def test_of_several_failures_the_first_is_raised() -> None:
    def work(part: Sequence[int]) -> list[int]:
        raise LookupError(part[0])

    with pytest.raises(LookupError, match=r"^0$"):
        shared_out(work, range(100))


def test_a_process_that_is_killed_costs_time_only() -> None:
    here = os.getpid()

    def work(part: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(part)

    found = shared_out(work, range(100))

    assert [number for part in found for number in part] == list(range(100))


def test_what_cannot_be_pickled_is_made_here() -> None:
    found = shared_out(_later, range(100))

    assert [number for make in found for number in make()] == list(range(100))


def test_work_aside_is_done_elsewhere() -> None:
    work = aside(lambda: (os.getpid(), "x" * 1_000_000))
    process, text = work.result()

    assert process != os.getpid()
    assert len(text) == 1_000_000


def test_several_things_are_done_aside_one_after_the_other() -> None:
    known: list[int] = []

    def first() -> list[int]:
        known.append(1)
        return [*known]

    def second() -> list[int]:
        known.append(2)
        return [*known, 0] * 100_000

    work = aside(first, second)

    assert work.result() == [1]
    assert work.result() == [1, 2, 0] * 100_000
    assert known == []  # it was another process that did it


def test_work_aside_that_fails_after_a_first_thing_is_done_here() -> None:
    here = os.getpid()

    def second() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return 2

    work = aside(lambda: 1, second)
    assert (work.result(), work.result()) == (1, 2)


def test_who_watches_is_told_how_much_is_done() -> None:
    said: list[tuple[int, int]] = []
    with parallel.watched(lambda done, total: said.append((done, total))):
        shared_out(_squares, range(300))
    shared_out(_squares, range(300))

    assert said == sorted(said)
    assert said[-1] == (48, 48)


def test_work_aside_that_fails_is_raised_when_it_is_asked_for() -> None:
    def work() -> int:
        raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        aside(work).result()


def test_work_aside_that_nobody_wants_is_ended() -> None:
    work = aside(threading.Event().wait)
    process = work._process
    work.end()
    work.end()

    with pytest.raises(ChildProcessError):
        os.waitpid(process, os.WNOHANG)


def test_without_a_second_core_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "processes", lambda: 1)

    assert shared_out(lambda part: (os.getpid(), *part), range(3)) == [(os.getpid(), 0, 1, 2)]
    assert aside(os.getpid).result() == os.getpid()


def test_no_process_is_forked_beside_a_thread() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert processes() == 1
    finally:
        stop.set()
        thread.join()
