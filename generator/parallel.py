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
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, Self, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

#: The threads of this process, where the system tells them.
_THREADS = Path("/proc/self/task")
#: So many parts for each process: whoever is done takes another, and all end at about one time.
_PARTS = 16
#: Bytes of a number in the pipe from which processes take theirs, and of the length of a result.
_SIZE, _LENGTH = 4, 8


def may_fork() -> bool:
    """Whether this process may fork: on Linux, and while it has one thread.

    A lock that another thread holds would never be let go in the new process.
    """
    return _THREADS.is_dir() and len(list(_THREADS.iterdir())) == 1


def processes() -> int:
    """How many processes may run at once: the cores that this one may use, 1 if it may not fork."""
    return len(os.sched_getaffinity(0)) if may_fork() else 1


#: Who is told how much of what is shared out is done.
_watching: ContextVar[Callable[[int, int], None] | None] = ContextVar("_watching", default=None)


@contextmanager
def watched(tell: Callable[[int, int], None]) -> Iterator[None]:
    """Have ``tell`` called with the parts that are done, and how many there are, by and by."""
    token = _watching.set(tell)
    try:
        yield
    finally:
        _watching.reset(token)


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
            found |= _taken(work, parts, _told(take, len(parts)))
            for other in others:
                found |= other.found() or {}
        finally:
            for other in others:
                other.end()
    return [found[at] if at in found else work(part) for at, part in enumerate(parts)]


class Aside:
    """Work that another process does meanwhile; made by :func:`aside`, and ended with its block."""

    def __init__(self, works: Sequence[Callable[[], Any]]) -> None:
        self._works = works
        self._asked = self._read = self._process = 0
        if processes() > 1:
            self._start()

    def _start(self) -> None:
        # A file and not a pipe: whoever has found something goes on, also if nobody takes it yet.
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by `end`
        self._sizes, writing = os.pipe()
        gc.freeze()  # what is there already is not looked through, and so not copied, by the other
        self._process = os.fork()
        if not self._process:
            _run(self._works, self._file, writing)
        gc.unfreeze()
        os.close(writing)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def is_elsewhere(self) -> bool:
        """Whether another process is at work."""
        return bool(self._process)

    def fileno(self) -> int:
        """Where it shows that the other process has found something, or has ended."""
        return self._sizes

    def found(self) -> Any:
        """What the other process found next; ``None`` if it failed, or if there is none."""
        self._asked += 1
        if not self._process:
            return None
        size = int.from_bytes(os.read(self._sizes, _LENGTH))
        data = os.pread(self._file.fileno(), size, self._read)
        self._read += size
        if not size or self._asked == len(self._works):
            self.end()
        return pickle.loads(data) if size else None  # noqa: S301 - written by a fork of this process

    def result(self) -> Any:
        """What the next work gives; done here if the other process failed, or if there is none.

        Raises:
            Exception: Whatever the work raises.
        """
        found = self.found()
        return self._works[self._asked - 1]() if found is None else found

    def end(self) -> None:
        """End the other process, if it is at work still."""
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGTERM)
            os.waitpid(self._process, 0)
            self._process = 0
            os.close(self._sizes)
            self._file.close()


def aside(*works: Callable[[], Any]) -> Aside:
    """Begin something in another process, to ask for its results later.

    Args:
        works: What is to be done, one after the other. What they give is pickled, and is not
            ``None``. Without a second core, or where forking is not safe, each is done when its
            result is asked for.
    """
    return Aside(works)


def _run(works: Sequence[Callable[[], Any]], file: IO[bytes], sizes: int) -> None:
    """What a forked process does: the work, and nothing of what its parent would do at its end."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for work in works:
            data = pickle.dumps(work(), protocol=pickle.HIGHEST_PROTOCOL)
            file.write(data)
            os.write(sizes, len(data).to_bytes(_LENGTH))
    except BaseException:  # noqa: BLE001 - it is done again, and raised, where it belongs
        os._exit(1)
    os._exit(0)


def _taken(
    work: Callable[[Sequence[_T]], _R], parts: Sequence[Sequence[_T]], take: Callable[[], int]
) -> dict[int, _R]:
    """What comes of the parts whose numbers this process takes, up to one that fails."""
    found: dict[int, _R] = {}
    while (at := take()) < len(parts):
        try:
            found[at] = work(parts[at])
        except Exception:  # noqa: BLE001 - it fails again where the first of all is raised
            break
    return found


def _told(take: Callable[[], int], total: int) -> Callable[[], int]:
    """The same function, which says to who watches how far all processes are."""
    tell = _watching.get()
    if tell is None:
        return take

    def told() -> int:
        number = take()
        tell(number, total)
        return number

    return told


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
