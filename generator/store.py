"""Writing to ``content/``: whole files or nothing, and the ledger's entry last.

Every file is written beside its place and then renamed into it, so that no reader ever meets half
a file. A listing counts as ingested when its entry in the ledger is there: a run that is killed
before that is simply run again, and takes in the rest.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator import records
from generator.errors import DigestError
from generator.folder import Folder
from generator.ingest import Plan, ledger_name
from generator.library import Library
from generator.model import Paper


@contextmanager
def alone(folder: Folder) -> Iterator[None]:
    """Nobody else changes ``content/`` until the block ends, or this process does.

    Raises:
        DigestError: If somebody is at it already, or the lock cannot be written.
    """
    with _failing(folder.lock):
        folder.lock.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.lock)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise DigestError(
                f"another ingestion is at work in {folder.root}; run this again when it is done"
            ) from None
    try:
        yield
    finally:
        lock.release()


def write_plan(plan: Plan, library: Library, folder: Folder) -> None:
    """Bring ``content/`` up to date.

    Raises:
        DigestError: If a file cannot be written.
    """
    for slug, paper in plan.papers.items():
        _write_paper(paper, library.files.get(slug), folder)
    for entry in plan.ledger:
        write_whole(folder.ledger / ledger_name(entry), records.ledger_text(entry))


def paper_path(paper: Paper, folder: Folder) -> Path:
    """Where the record of a paper belongs: the year of its first appearance."""
    return folder.papers / f"{paper.date.year:04}" / f"{paper.slug}.yml"


def _write_paper(paper: Paper, old: Path | None, folder: Folder) -> None:
    path = paper_path(paper, folder)
    if old is None:
        write_whole(path, records.paper_text(paper))
        return
    text = records.updated_text(old.read_text(encoding="utf-8-sig"), paper)
    if old != path:
        # Moved first, changed then: a run that is killed in between leaves one record, not two.
        with _failing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            old.rename(path)
    write_whole(path, text)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all.

    Raises:
        DigestError: If it cannot be written.
    """
    with _failing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def _failing(path: Path) -> Iterator[None]:
    """What the system refuses becomes a message."""
    try:
        yield
    except OSError as error:
        raise DigestError(f"{path}: cannot be written: {error.strerror}; check the disk") from None


def _umask() -> int:
    """The process's mask: a temporary file is private, the file that it becomes need not be."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
