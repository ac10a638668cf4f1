"""What an earlier build made of which file, so that nothing is made twice.

A file is known again by what the system says of it: its size, its number, and the times at which
its content and it itself were changed last. Whoever writes into a file changes the last of these,
which no program can set. Where these are others (a copy, a clone), and where a change may have gone
unseen within one tick of the system's clock, a hash of the content decides.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.write import write_tree

if TYPE_CHECKING:
    from mkdocs.structure.files import File

_FILE = "made.json"
#: Nanoseconds; no file system has a longer tick (FAT: two seconds).
_TICK = 2_500_000_000
#: Bytes of a hash: of all files that ever were, no two have the same.
_HASH = 16

#: What the system says of a file.
Stamp = tuple[int, ...]


def stamp(path: str) -> Stamp:
    """What the system says of a file now; nothing if there is none, or it is no plain file."""
    with suppress(OSError):
        found = os.lstat(path)
        if stat.S_ISREG(found.st_mode):
            return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns
    return ()


def hashed(data: bytes) -> str:
    """A short name for a content."""
    return hashlib.blake2b(data, digest_size=_HASH).hexdigest()


class Known(NamedTuple):
    """A file as it was: what the system said of it, and a hash of its content."""

    stamp: Stamp
    hash: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Files that were made, by their addresses: each with that of which it was made.

    ``time`` is when that was written down, in nanoseconds.
    """

    files: Mapping[str, tuple[Known, Known]] = field(default_factory=dict)
    time: int = 0

    def made(self, file: File) -> tuple[Known, Known] | None:
        """A source and what was made of it, if both are as they were."""
        known = self.files.get(file.dest_uri)
        if known is None:
            return None
        source, made = known
        is_so = self._is(source, str(file.abs_src_path)) and self._is(made, file.abs_dest_path)
        return known if is_so else None

    def _is(self, known: Known, path: str) -> bool:
        now = stamp(path)
        if now and now == known.stamp and max(now[2:]) < self.time - _TICK:
            return True
        with suppress(OSError):
            return bool(now) and hashed(Path(path).read_bytes()) == known.hash
        return False


def read_kept(place: Path, key: str) -> Kept:
    """What an earlier build kept in a folder, if it was made under the same key, and is whole."""
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        total, _, data = (place / _FILE).read_bytes().partition(b"\n")
        said = json.loads(data)
        if total == hashed(data).encode() and said["key"] == key:
            files = {
                str(address): (Known(tuple(source), was), Known(tuple(made), became))
                for address, (source, was, made, became) in said["files"].items()
            }
            return Kept(files, int(said["time"]))
    return Kept()


def keep(place: Path, key: str, files: Iterable[tuple[File, str, str]]) -> None:
    """Keep what was made.

    Args:
        place: A folder of its own, which may be removed at any time.
        key: What else the files were made of.
        files: Each with the hash of its source, and of what was made of it.

    Raises:
        DigestError: If it cannot be written.
    """
    now = time.time_ns()
    known = {
        file.dest_uri: (stamp(str(file.abs_src_path)), was, stamp(file.abs_dest_path), became)
        for file, was, became in files
    }
    said = {"key": key, "time": now, "files": known}
    data = json.dumps(said, separators=(",", ":")).encode()
    write_tree(place, {_FILE: hashed(data).encode() + b"\n" + data})
