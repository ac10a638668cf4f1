"""Bringing what the generator gave a digest to the state of the generator that runs.

A file is given, found, and was given before; what becomes of it follows from the three. What a
person changed is never written over: the new text is laid beside it, once, and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from generator.errors import DigestError
from generator.folder import Folder
from generator.starting.making import put
from generator.starting.record import RECORD, digest_of, record

#: What a new text is called that is laid beside a changed one.
NEW = ".new"


class Step(StrEnum):
    """What becomes of a file."""

    ADDED = "added"
    RENEWED = "renewed"
    REMOVED = "removed"
    BESIDE = "laid beside"
    KEPT = "kept"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What is to be done, by path, and the hashes of what was given when it is done."""

    steps: Mapping[str, Step] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)


def plan(
    given: Mapping[str, bytes],
    recorded: Mapping[str, str],
    there: Mapping[str, bytes],
    *,
    restore: bool = False,
) -> Upgrade:
    """Decide; nothing is touched.

    Args:
        given: What this generator gives.
        recorded: The hashes of what was given before.
        there: The files of those paths that are there.
        restore: Whether files come back that a person removed.
    """
    steps: dict[str, Step] = {}
    hashes = {path: digest_of(data) for path, data in given.items()}
    for path in sorted({*given, *recorded}):
        now = digest_of(there[path]) if path in there else None
        step = _step(now, recorded.get(path), hashes.get(path), restore=restore)
        if step:
            steps[path] = step
    return Upgrade(steps, hashes)


def _step(now: str | None, before: str | None, new: str | None, *, restore: bool) -> Step | None:
    """What becomes of one file; the hashes of what is there, was given, and is given."""
    if new is None:  # given no more
        return None if now is None else Step.REMOVED if now == before else Step.KEPT
    if now is None:
        return Step.ADDED if before is None or restore else Step.LEFT_OUT
    if now == new:
        return None
    if now == before:
        return Step.RENEWED
    return None if new == before else Step.BESIDE


def found(folder: Folder, paths: set[str]) -> dict[str, bytes]:
    """Those of the files that are there."""
    places = {path: folder.root / path for path in paths}
    return {path: place.read_bytes() for path, place in places.items() if place.is_file()}


def apply(folder: Folder, upgrade: Upgrade, given: Mapping[str, bytes]) -> None:
    """Do it: everything is written beside its place first, then moved into it.

    Raises:
        DigestError: If it cannot be written, or lies elsewhere.
    """
    targets = {Step.ADDED: "", Step.RENEWED: "", Step.BESIDE: NEW}
    for path in upgrade.steps:
        _check_within(folder.root, path)
    writes = {
        f"{path}{targets[step]}": given[path]
        for path, step in upgrade.steps.items()
        if step in targets
    }
    written = record(upgrade.hashes)
    if found(folder, {RECORD}).get(RECORD) != written:
        writes[RECORD] = written  # the last: what is not recorded is looked at again
    drafts = {folder.root / path: _draft(folder.root / path) for path in writes}
    try:
        for path, data in writes.items():
            put(drafts[folder.root / path], data)
        for place, draft in drafts.items():
            draft.replace(place)
        for path, step in upgrade.steps.items():
            if step is Step.REMOVED:
                (folder.root / path).unlink()
    except OSError as error:
        raise DigestError(
            f"{error.filename or folder.root}: cannot be written: {error.strerror}; "
            "check the disk and who owns the folder, and run it again"
        ) from None
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _check_within(root: Path, path: str) -> None:
    """See that no link leads out of the digest: what lies elsewhere was not given to it."""
    if not (root / path).parent.resolve().is_relative_to(root.resolve()):
        raise DigestError(
            f"{path}: lies outside of the digest, for a folder in its path is a link; nothing has "
            "changed. Make it a folder"
        )


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")
