"""Writing under ``content/`` so that a run is there whole or not at all, whatever kills it.

All that a run changes is first written beside its place, with a list of it in a journal. When that
is on disk the journal is renamed: from that moment the run has happened. What is left to do is to
rename files into their places, which asks for no room and no right that was not there before.
Whoever comes to the library and finds a journal ends what it says; doing so twice does no harm. (A
write-ahead log, as data bases have it.)
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

if sys.platform != "win32":
    import fcntl

from generator.errors import DigestError
from generator.folder import Folder

#: Seconds that a reader waits for a run that is just being written, and between two looks at it.
_PATIENCE, _GLANCE = 10.0, 0.02

_REMEDIES = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk",
    errno.EFBIG: "the system limits the size of files; raise the limit",
    errno.EROFS: "the disk can only be read; make it writable",
    errno.EACCES: "make the folder writable for you",
    errno.EPERM: "make the folder writable for you",
}


@contextmanager
def alone(folder: Folder) -> Iterator[None]:
    """Nobody else changes ``content/`` until the block ends, or this process does.

    Raises:
        DigestError: If somebody is at it already, or the lock cannot be written.
    """
    with _locked(folder, 0):
        _Journal(folder).settle()
        yield


def recover(folder: Folder) -> None:
    """End what a run that was killed had begun; nearly always there is nothing.

    Raises:
        DigestError: If it cannot be written.
    """
    if folder.journal.exists():
        with _locked(folder, _PATIENCE):
            _Journal(folder).settle()


def mark(folder: Folder) -> tuple[int, int]:
    """What changes whenever a run is written: a reader who finds it changed reads again."""
    try:
        found = folder.mark.stat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def commit(changes: Mapping[Path, str | None], folder: Folder) -> None:
    """Write files, all or none; whoever calls holds the lock (:func:`alone`).

    Args:
        changes: Paths below ``content/`` and what is to be there; ``None`` removes a file.
        folder: The digest's.

    Raises:
        DigestError: If they cannot be written. Then nothing has changed, or the message says that
            the next command does the rest.
    """
    if changes:
        _Journal(folder).commit({folder.name(path): text for path, text in changes.items()})


@dataclass(frozen=True, slots=True)
class _Journal:
    """The journal of a digest; there while a run is being written, and after it was killed."""

    folder: Folder

    @property
    def draft(self) -> Path:
        """The journal until everything is there that it lists."""
        return _beside(self.folder.journal)

    def commit(self, changes: Mapping[str, str | None]) -> None:
        try:
            with _failing(self.folder.journal):
                _put(self.draft, json.dumps({name: text is None for name, text in changes.items()}))
                for name, text in changes.items():
                    if text is not None:
                        _put(_beside(self.folder.root / name), text)
                _to_disk()
                self._note()
                self.draft.replace(self.folder.journal)
                _to_disk()
        except BaseException:
            self._forget()
            raise
        self.settle()

    def settle(self) -> None:
        """Leave nothing half done: end a run that has happened, forget one that has not."""
        if self.folder.journal.exists():
            with _failing(self.folder.journal, "the next command does the rest"):
                self._finish()
        elif self.draft.exists():
            with _failing(self.draft):
                self._forget()

    def _finish(self) -> None:
        for name, is_removed in self._read(self.folder.journal).items():
            path = self.folder.root / name
            if is_removed:
                path.unlink(missing_ok=True)
            elif _beside(path).exists():  # else it was renamed before the run was killed
                _beside(path).replace(path)
        self._note()
        _to_disk()
        self.folder.journal.unlink()

    def _note(self) -> None:
        """Tell readers that files are being written; they may have read some before that."""
        with suppress(OSError):  # where it cannot be told, nobody can build either
            self.folder.mark.parent.mkdir(parents=True, exist_ok=True)
            _put(_beside(self.folder.mark), "")
            _beside(self.folder.mark).replace(self.folder.mark)

    def _forget(self) -> None:
        try:
            names = self._read(self.draft) if self.draft.exists() else {}
        except DigestError:
            names = {}  # killed while it was written: nothing else was, yet
        for name in names:
            with suppress(OSError):  # where it could not be written, it is not
                _beside(self.folder.root / name).unlink(missing_ok=True)
        with suppress(OSError):
            self.draft.unlink(missing_ok=True)

    def _read(self, journal: Path) -> dict[str, bool]:
        """The files that a journal lists, and whether they are removed; all lie in ``content/``."""
        try:
            names = json.loads(journal.read_text(encoding="utf-8"))
        except ValueError:
            names = None
        if isinstance(names, dict) and all(map(self._is_ours, names.items())):
            return names
        raise DigestError(
            f"{journal}: is damaged; bring content/ back as Git has it (git checkout content), "
            "remove this file, and run the command again"
        )

    def _is_ours(self, item: tuple[str, object]) -> bool:
        """Whether a journal may list this: it may have come with somebody's files."""
        name, is_removed = item
        parts = name.split("/")
        below = parts[:1] == [self.folder.content.name] and len(parts) > 1
        return below and ".." not in parts and "\0" not in name and isinstance(is_removed, bool)


@contextmanager
def _locked(folder: Folder, patience: float) -> Iterator[None]:
    lock = _file_lock if sys.platform == "win32" else _folder_lock
    with lock(folder, patience) as is_held:
        if not is_held:
            raise DigestError(
                f"another ingestion is at work in {folder.root}; run this again when it is done"
            )
        yield


@contextmanager
def _folder_lock(folder: Folder, patience: float) -> Iterator[bool]:
    """Hold the folder ``content/`` itself: it is the same by whatever path, and nothing is left."""
    with _failing(folder.content):
        folder.content.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder.content, os.O_RDONLY)
    try:
        yield _wait_for(handle, patience)
    finally:
        os.close(handle)  # and what was held is free


def _wait_for(handle: int, patience: float) -> bool:
    """Whether a folder could be held, now or within some seconds."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(_GLANCE)
        else:
            return True


@contextmanager
def _file_lock(folder: Folder, patience: float) -> Iterator[bool]:
    """Hold a file, where a folder cannot be held."""
    with _failing(folder.lock):
        folder.lock.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.lock)
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            yield False
            return
    try:
        yield True
    finally:
        lock.release()


def _beside(path: Path) -> Path:
    """Where a file is written before it is renamed; Git does not look at it."""
    return path.with_name(f".{path.name.removeprefix('.')}.tmp")


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _to_disk() -> None:
    """All that was written and renamed is on disk: one call, where one a file takes minutes."""
    if hasattr(os, "sync"):  # Windows has none
        os.sync()


@contextmanager
def _failing(path: Path, then: str = "nothing has changed") -> Iterator[None]:
    """What the system refuses becomes a message."""
    try:
        yield
    except OSError as error:
        where = str(error.filename or path)
        if where.endswith(".tmp"):  # what it was to be says more
            where = str(Path(where).with_name(Path(where).name[1:].removesuffix(".tmp")))
        remedy = _REMEDIES.get(error.errno or 0, "check the disk")
        raise DigestError(
            f"{where}: cannot be written: {error.strerror}; {remedy}; {then}"
        ) from None
