"""Making a digest's folder: all of it or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator import content
from generator.errors import UsageError
from generator.folder import Folder
from generator.schemas.files import schema_files
from generator.starting.parts import Wishes, begun, given
from generator.starting.places import Place
from generator.starting.record import RECORD, digest_of, record

#: What may be in a folder that counts as empty: a clone of a repository that has nothing yet.
_NOTHING = frozenset({".git"})


def make(root: Path, wishes: Wishes, place: Place) -> dict[str, bytes]:
    """Make a digest; what it is made of, by path.

    Args:
        root: Where; a folder that does not exist, or has nothing in it.
        wishes: What it is to be.
        place: Where its generator comes from.

    Raises:
        UsageError: If something is there already, or a wish cannot be fulfilled.
        OSError: If it cannot be written; then nothing is there that was not there before.
    """
    look(root)
    from_generator = {**given(), **place.all_files}
    hashes = {path: digest_of(data) for path, data in from_generator.items()}
    files = {**begun(wishes), **from_generator, RECORD: record(hashes)}
    with _staged(root) as stage:
        for path, data in files.items():
            put(stage / path, data)
        taxonomy = content.read(Folder(stage)).taxonomy
        for written, text in schema_files(taxonomy, Folder(stage)).items():
            files[written.relative_to(stage).as_posix()] = text.encode()
            put(written, text.encode())
    return files


def look(root: Path) -> None:
    """Make sure that a digest can be made at a place.

    Raises:
        UsageError: If something is there.
    """
    if root.is_dir():
        if there := sorted(path.name for path in root.iterdir() if path.name not in _NOTHING):
            raise UsageError(f"{root}: is not empty ({there[0]!r} is in it); name another folder")
    elif root.exists() or root.is_symlink():
        raise UsageError(f"{root}: is there and is no folder; name another one")


def put(path: Path, data: bytes) -> None:
    """Write a file; a script can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if path.suffix == ".sh" or ".sh." in path.name:
        path.chmod(0o755)


@contextmanager
def _staged(root: Path) -> Iterator[Path]:
    """A folder beside the place, or in it, whose files are all in place when the block is done."""
    missing = [path for path in root.parents if not path.exists()]  # the deepest first
    stage = None
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        above = root if root.is_dir() else root.parent
        stage = Path(tempfile.mkdtemp(prefix=".digest-new-", dir=above))
        yield stage
        _move(stage, root)
    except BaseException:
        if stage:
            shutil.rmtree(stage, ignore_errors=True)
        for path in missing:
            with suppress(OSError):  # it was not made, or somebody else uses it
                path.rmdir()
        raise


def _move(stage: Path, root: Path) -> None:
    if not root.is_dir():
        mask = os.umask(0)
        os.umask(mask)
        stage.chmod(0o777 & ~mask)  # a temporary folder is for its owner alone
        stage.rename(root)
        return
    moved: list[Path] = []
    try:
        for path in sorted(stage.iterdir()):
            path.rename(root / path.name)
            moved += [root / path.name]
        stage.rmdir()
    except BaseException:
        for path in moved:
            path.rename(stage / path.name)
        raise
