"""Progress of long work: a bar or a line on a terminal, nothing when the output goes elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import click

from generator.parallel import watched

T = TypeVar("T")

#: Below this many items the work is over before a bar can be read.
_WORTH_A_BAR = 20
#: Seconds; a stage that took less is not worth a word afterwards.
_WORTH_TELLING = 0.05


@contextmanager
def progress(items: Iterable[T], label: str) -> Iterator[Iterable[T]]:
    """``items``, drawing a bar on standard error while they are taken."""
    few = isinstance(items, Sized) and len(items) < _WORTH_A_BAR
    if few or not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield bar


@contextmanager
def stage(label: str) -> Iterator[None]:
    """Name what is being done on a terminal while it is done, on a line that goes away.

    Of work that is shared out the line tells how much is done.
    """
    if not sys.stderr.isatty():
        yield
        return

    def say(done: int, total: int) -> None:
        click.echo(f"\r{label} … {done / total:.0%}", err=True, nl=False)

    click.echo(f"{label} …", err=True, nl=False)
    try:
        with watched(say):
            yield
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)


@dataclass(slots=True)
class Stages:
    """What a command does, one after the other, and how many seconds each took."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, label: str) -> Iterator[None]:
        """A stage: its short name, and what is said on a terminal meanwhile."""
        start = time.perf_counter()
        try:
            with stage(label):
                yield
        finally:
            self.add(name, time.perf_counter() - start)

    def add(self, name: str, seconds: float) -> None:
        """Count seconds for a stage."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    def __str__(self) -> str:
        """The whole in seconds, and of what it consists."""
        told = {name: took for name, took in self.seconds.items() if took >= _WORTH_TELLING}
        parts = ", ".join(f"{name} {took:.1f}" for name, took in told.items())
        whole = f"{sum(self.seconds.values()):.1f} s"
        return f"{whole} ({parts})" if parts else whole
