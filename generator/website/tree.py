"""Files of the site on disk: written where they differ, removed where nobody wants them."""

from __future__ import annotations

import os
from collections.abc import Container
from pathlib import Path


def put(path: str, data: bytes) -> bool:
    """Make a file hold ``data``; whether it had to be written.

    A link in its place is replaced, and not what it leads to.
    """
    try:
        if not os.path.islink(path) and Path(path).read_bytes() == data:
            return False
        os.unlink(path)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    Path(path).write_bytes(data)
    return True


def remove_others(root: str, wanted: Container[str]) -> int:
    """Remove the files below a folder that nobody wants, and folders without any; how many files.

    What is hidden at its top (``.git``) stays, as MkDocs leaves it.

    Args:
        root: The folder; it need not be there.
        wanted: Paths below it, with slashes.
    """
    removed = 0
    for folder, below, names in os.walk(root, topdown=False):
        inside = os.path.relpath(folder, root)
        if inside != os.curdir and inside.startswith("."):
            continue
        links = [name for name in below if os.path.islink(f"{folder}/{name}")]
        for name in (*names, *links):
            path = name if inside == os.curdir else f"{inside}/{name}"
            if path not in wanted and not path.startswith("."):
                os.unlink(f"{folder}/{name}")
                removed += 1
        if inside != os.curdir and not os.listdir(folder):
            os.rmdir(folder)
    return removed
