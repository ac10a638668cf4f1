"""Measuring in fresh processes, and saying on what machine."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

_ROOT = Path(__file__).parents[1]
_KIB = 1024
#: Seconds between two looks at the memory of processes.
_EVERY = 0.1
#: Where ``/proc/…/stat`` has the session, behind the name of the program (proc_pid_stat(5)).
_SESSION = 3

#: Where others work on the same machine, the fastest run is the one that they disturbed least.
COLUMNS = ("seconds", "of the processor", "of the fastest run", "MiB at the peak")


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run took: seconds by the clock and of the processor, and bytes at the peak.

    The peak is that of the whole process, with all that was made for the run.
    """

    wall: float
    cpu: float
    peak: int


def measured(work: Callable[[], object]) -> Sample:
    """What ``work`` takes in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Sample(wall, cpu, _peak(resource.getrusage(resource.RUSAGE_SELF)))


def commanded(args: Sequence[str]) -> Sample:
    """What a command takes; its output is passed over.

    A process has its parent's peak on Linux, so this one had better be small.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    wall = time.perf_counter()
    with subprocess.Popen(args, cwd=_ROOT, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, args)
    wall = time.perf_counter() - wall
    return Sample(wall, usage.ru_utime + usage.ru_stime, _peak(usage))


@dataclass(frozen=True, slots=True)
class Followed:
    """What a command took with all processes that it began; ``peak`` is that of all together.

    Memory that several of them share counts once. ``said`` is what it wrote on standard output.
    """

    wall: float
    cpu: float
    peak: int
    said: str


def followed(args: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Followed:
    """What a command takes.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - a command of our own
        args, cwd=cwd, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        memory = _Memory(process.pid)
        memory.start()
        said, _ = process.communicate()
        wall = time.perf_counter() - begun
        memory.end()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, args)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Followed(wall, cpu, memory.peak, said)


class _Memory(threading.Thread):
    """Looks now and then how much memory the processes of a session have."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._session, self._over = session, threading.Event()

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            self.peak = max(self.peak, sum(map(_proportional, self._processes())))

    def end(self) -> None:
        """Stop looking."""
        self._over.set()
        self.join()

    def _processes(self) -> Iterator[Path]:
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, IndexError):
                after = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                if int(after[_SESSION]) == self._session:
                    yield place


def _proportional(place: Path) -> int:
    """The memory of a process in bytes, of what it shares with others its part."""
    with suppress(OSError):
        for line in (place / "smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * _KIB
    return 0


def _peak(usage: resource.struct_rusage) -> int:
    """The largest memory of a process in bytes; macOS says bytes, others KiB."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else _KIB)


def apart(module: str, *args: str) -> dict[str, Sample]:
    """What ``python -m module args…`` says of its own samples: it prints them with :func:`tell`.

    Raises:
        subprocess.CalledProcessError: If it fails, for it found something wrong.
    """
    command = [sys.executable, "-m", module, *args]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return {name: Sample(**sample) for name, sample in json.loads(done.stdout).items()}


def tell(samples: dict[str, Sample]) -> str:
    """Samples as :func:`apart` reads them."""
    return json.dumps({name: asdict(sample) for name, sample in samples.items()})


def row(samples: Sequence[Sample]) -> list[str]:
    """Several runs as a row of a table with the columns :data:`COLUMNS`."""
    return [
        f"{median(each.wall for each in samples):.1f}",
        f"{median(each.cpu for each in samples):.1f}",
        f"{min(each.cpu for each in samples):.1f}",
        f"{round(median(each.peak for each in samples)) >> 20:,}",
    ]


def machine() -> str:
    """The machine in one line."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    processor = next(names, platform.processor() or platform.machine())
    return (
        f"{os.cpu_count()} × {processor}, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown: the first column is text, the others are figures."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
