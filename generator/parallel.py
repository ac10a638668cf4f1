"""Work on all cores, by processes that :func:`os.fork` makes: they have all that is there already.

A process gives back what it found, pickled; what fails in one is done again here, so that errors
are raised where they belong and a process that the system ended costs time and nothing else. Where
forking is not safe (another thread runs, or the system is not Linux) everything is done here, one
after the other, with the same result.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Generic, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

#: The threads of this process, where the system tells them.
_THREADS = Path("/proc/self/task")
#: So many parts for each process: whoever is done takes another, and all end at about one time.
_PARTS = 16
#: A number in the pipe from which processes take theirs.
_SIZE = 4


def processes() -> int:
    """How many processes may run at once: the cores that this one may use, 1 if it may not fork."""
    if not hasattr(os, "sched_getaffinity") or not _THREADS.is_dir():
        return 1
    if len(list(_THREADS.iterdir())) > 1:  # a lock that another thread holds is never let go
        return 1
    return len(os.sched_getaffinity(0))


def shared_out(work: Callable[[Sequence[_T]], _R], items: Sequence[_T], least: int = 1) -> list[_R]:
    """Let all cores work on parts of ``items``; what each part gave, in the order of the items.

    Args:
        work: Gets a part of the items. What it gives is pickled.
        items: What there is to do.
        least: With fewer items than twice this, a process is not worth its while. A part is not
            smaller either, unless that is needed to make one for each process.

    Raises:
        Exception: Whatever ``work`` raises, for the first part for which it does.
    """
    number = min(processes(), len(items) // max(least, 1))
    if number < 2:  # noqa: PLR2004 - one process is this one
        return [work(items)] if items else []
    parts = _parts(items, min(number * _PARTS, max(number, len(items) // least)))
    found: dict[int, _R] = {}
    with _numbers(len(parts)) as take:
        others = [aside(lambda: _taken(work, parts, take)) for _ in range(number - 1)]
        try:
            found |= _taken(work, parts, take)
            for other in others:
                found |= other.found() or {}
        finally:
            for other in others:
                other.end()
    return [found[at] if at in found else work(part) for at, part in enumerate(parts)]


class Aside(Generic[_R]):
    """Work that another process does meanwhile; made by :func:`aside`."""

    def __init__(self, work: Callable[[], _R]) -> None:
        self._work = work
        self._process = 0
        if processes() > 1:
            self._start()

    def _start(self) -> None:
        reading, writing = os.pipe()
        gc.freeze()  # what is there already is not looked through, and so not copied, by the other
        process = os.fork()
        if not process:
            _run(self._work, writing)
        gc.unfreeze()
        os.close(writing)
        self._process, self._reading = process, reading

    def found(self) -> _R | None:
        """What the other process found; ``None`` if it failed, or if there is none."""
        if not self._process:
            return None
        chunks = []
        while chunk := os.read(self._reading, 1 << 20):
            chunks.append(chunk)
        self._over()
        with suppress(EOFError, pickle.UnpicklingError):
            given: _R = pickle.loads(b"".join(chunks))  # noqa: S301 - written by a fork of this process
            return given
        return None

    def result(self) -> _R:
        """What the work gives; done here if the other process failed, or if there is none.

        Raises:
            Exception: Whatever the work raises.
        """
        found = self.found()
        return self._work() if found is None else found

    def end(self) -> None:
        """End the other process, if it is at work still."""
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGTERM)
            self._over()

    def _over(self) -> None:
        os.close(self._reading)
        os.waitpid(self._process, 0)
        self._process = 0


def aside(work: Callable[[], _R]) -> Aside[_R]:
    """Begin something in another process, to ask for its result later.

    Args:
        work: What it gives is pickled, and is not ``None``. Without a second core, or where forking
            is not safe, it is done when its result is asked for.
    """
    return Aside(work)


def _run(work: Callable[[], object], writing: int) -> None:
    """What a forked process does: the work, and nothing of what its parent would do at its end."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        data = pickle.dumps(work(), protocol=pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(data)
    except BaseException:  # noqa: BLE001 - it is done again, and raised, where it belongs
        os._exit(1)
    os._exit(0)


def _taken(
    work: Callable[[Sequence[_T]], _R], parts: Sequence[Sequence[_T]], take: Callable[[], int]
) -> dict[int, _R]:
    """What comes of the parts whose numbers this process takes, by their numbers."""
    found = {}
    while (at := take()) < len(parts):
        found[at] = work(parts[at])
    return found


def _parts(items: Sequence[_T], number: int) -> list[Sequence[_T]]:
    """Items in as many parts, all of them nearly equal."""
    ends = [len(items) * at // number for at in range(number + 1)]
    return [items[start:end] for start, end in pairwise(ends)]


@contextmanager
def _numbers(count: int) -> Iterator[Callable[[], int]]:
    """A function that gives each number below ``count`` once, to whatever process asks first.

    After the last one it gives ``count``. A pipe gives each of its bytes to one reader only, and
    so few are there from the beginning that nobody waits.
    """
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(_SIZE) for number in range(count)))
    os.close(writing)

    def take() -> int:
        return int.from_bytes(data) if (data := os.read(reading, _SIZE)) else count

    try:
        yield take
    finally:
        os.close(reading)
