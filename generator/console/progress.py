"""Progress of long work: a bar on a terminal, nothing when the output goes elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")

#: Below this many items the work is over before a bar can be read.
_WORTH_A_BAR = 20


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
    """Name what is being done on a terminal while it is done, on a line that goes away."""
    if not sys.stderr.isatty():
        yield
        return
    click.echo(f"{label} …", err=True, nl=False)
    try:
        yield
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)
