"""Writing what was rendered: only what changed, and nothing left over from another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import DigestError


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def write_tree(root: Path, files: Mapping[str, bytes]) -> Written:
    """Make the folder ``root`` hold exactly ``files``.

    A file whose bytes are right is not touched, so that its time still says when it changed.

    Args:
        root: A folder that belongs to the build alone; anything else in it is removed.
        files: Paths below it, with slashes, and what they hold.

    Raises:
        DigestError: If something cannot be written.
    """
    if outside := next((path for path in files if not _is_below(path)), None):
        raise DigestError(f"{outside}: lies outside {root}; nothing is written")
    try:
        removed = _remove_others(root, set(files))
        written = sum(_write(root / path, data) for path, data in files.items())
    except OSError as error:
        raise DigestError(
            f"{error.filename or root}: cannot be written: {error.strerror}; "
            "check the disk and who owns the folder"
        ) from None
    return Written(written, len(files) - written, removed)


def _is_below(path: str) -> bool:
    """Whether a path stays in the folder that it is to be written into."""
    return not path.startswith("/") and ".." not in path.split("/") and "\0" not in path


def _write(path: Path, data: bytes) -> bool:
    """Write a file unless it is so already; whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def _remove_others(root: Path, wanted: set[str]) -> int:
    """Remove files that nobody wants, and folders that are empty then; how many files went."""
    removed = 0
    # Deepest first, so that a folder is empty before it is met.
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(root).as_posix() not in wanted:
            path.unlink()
            removed += 1
    return removed
