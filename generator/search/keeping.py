"""Indexes of groups kept for the next build, each under a hash of all that it follows from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path

from generator.write import clear, write


def keep(place: Path, key: str, files: Mapping[str, bytes]) -> None:
    """Keep the files of an index in one file of the folder ``place``.

    Raises:
        DigestError: If it cannot be written.
    """
    data = b"".join(files.values())
    sizes = [[path, len(each)] for path, each in files.items()]
    head = json.dumps({"sum": _sum(key, sizes, data), "files": sizes})
    write(place, key, head.encode() + b"\n" + data)


def kept(place: Path, key: str) -> dict[str, bytes] | None:
    """The files that were kept under a key, if they are there and whole."""
    try:
        head, _, data = (place / key).read_bytes().partition(b"\n")
        told = json.loads(head)
        sizes = told["files"]
        return _cut(data, sizes) if told["sum"] == _sum(key, sizes, data) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sum(key: str, sizes: object, data: bytes) -> str:
    return hashlib.sha256(json.dumps([key, sizes]).encode() + b"\n" + data).hexdigest()


def _cut(data: bytes, sizes: list[tuple[str, int]]) -> dict[str, bytes]:
    files, start = {}, 0
    for path, size in sizes:
        files[path] = data[start : start + size]
        start += size
    return files


def forget(place: Path, keys: Collection[str]) -> None:
    """Remove what is kept under any other key, and whatever else is there.

    Raises:
        DigestError: If it cannot be removed.
    """
    clear(place, keys)
