"""Writing what was rendered: only what changed, and nothing left over from another day.

What is there is compared byte by byte. A record of what was written (size, times, inode, hash) was
tried instead: with every file in the system's memory it takes longer than reading them, for what
was made has to be hashed and the record read and written.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import DigestError


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int

    def __add__(self, other: Written) -> Written:
        """Two folders' files together."""
        return Written(
            self.written + other.written,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )


def write_tree(root: Path, files: Mapping[str, bytes]) -> Written:
    """Make the folder ``root`` hold exactly ``files``.

    A file whose bytes are right is not touched, so that its time still says when it changed.

    Args:
        root: A folder that belongs to the build alone; anything else in it is removed.
        files: Paths below it, with slashes, and what they hold.

    Raises:
        DigestError: If something cannot be written.
    """
    removed = clear(root, files.keys())
    written = sum(write(root, path, data) for path, data in files.items())
    return Written(written, len(files) - written, removed)


def clear(root: Path, wanted: Collection[str], apart: Iterable[str] = ()) -> int:
    """Remove what nobody wants from a folder, and folders that are empty then, itself included.

    A link goes, whatever its name: what is written there would be written elsewhere.

    Args:
        root: A folder that belongs to the build alone.
        wanted: Paths of files below it, with slashes; a set, or what is as quick to ask.
        apart: Folders in it, with a slash behind their names, that are left alone.

    Returns:
        How many files went that nobody wants.

    Raises:
        DigestError: If a path that is wanted leads out of it, or something cannot be removed.
    """
    if outside := next((path for path in wanted if not _is_below(path)), None):
        raise DigestError(f"{outside}: lies outside {root}; nothing is written")
    try:
        removed, is_empty = _clear(os.fspath(root), "", wanted, frozenset(apart))
        if is_empty and not wanted and not root.is_symlink():
            os.rmdir(root)
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise _fault(root, error) from None
    return removed


def write(root: Path, path: str, data: bytes) -> bool:
    """Write a file unless it is so already; whether it was written.

    Raises:
        DigestError: If it cannot be.
    """
    place = f"{root}/{path}"
    try:
        if _holds(place, data):
            return False
        try:
            _write(place, data)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            _write(place, data)
    except OSError as error:
        raise _fault(root, error) from None
    return True


def _fault(root: Path, error: OSError) -> DigestError:
    return DigestError(
        f"{error.filename or root}: cannot be written: {error.strerror}; "
        "check the disk and who owns the folder"
    )


def _is_below(path: str) -> bool:
    """Whether a path stays in the folder that it is to be written into."""
    return not path.startswith("/") and ".." not in path.split("/") and "\0" not in path


def _holds(place: str, data: bytes) -> bool:
    """Whether a file is there that holds just that."""
    try:
        file = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:  # writing says what is wrong, if anything is
        return False
    try:
        found = os.fstat(file)
        is_alike = stat.S_ISREG(found.st_mode) and found.st_size == len(data)
        return is_alike and os.read(file, len(data) + 1) == data
    finally:
        os.close(file)


def _write(place: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with open(os.open(place, flags, 0o666), "wb", buffering=0) as file:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]


def _clear(
    folder: str, below: str, wanted: Collection[str], apart: Collection[str]
) -> tuple[int, bool]:
    """How many files went, and whether nothing is left; ``below`` is the way from the root."""
    removed, is_empty = 0, True
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        path = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            within, is_gone = 0, False
            if f"{path}/" not in apart:
                within, is_gone = _clear(entry.path, f"{path}/", wanted, apart)
            if is_gone:
                os.rmdir(entry.path)
            removed += within
            is_empty &= is_gone
        elif path not in wanted or entry.is_symlink():
            os.unlink(entry.path)
            removed += path not in wanted
        else:
            is_empty = False
    return removed, is_empty
