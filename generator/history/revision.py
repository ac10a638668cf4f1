"""A digest as a revision of Git has it, in a folder for as long as somebody looks at it.

``git archive`` reads what is committed and touches neither the checkout nor Git's own files; a
worktree would write to both, and run hooks. No shell is asked.
"""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from generator.errors import DigestError
from generator.folder import Folder

#: What of a digest makes its content; templates and pages' dress are none of it.
_PARTS = ("mkdocs.yml", "content")


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit from which somebody wants to know what has changed since; ``name`` as it was said.

    ``commit`` is its full name.
    """

    name: str
    commit: str

    def __str__(self) -> str:
        return f"{self.name} ({self.commit[:7]})"


def fork_point(folder: Folder, name: str) -> Revision:
    """Where the checkout left ``name``: the last commit that the two have in common.

    What was added to a branch after somebody left it is no change of theirs; pull requests are
    looked at in the same way (``git diff name...``). Without anything in common it is ``name``.

    Raises:
        DigestError: If the folder is no checkout, or does not have the revision.
    """
    _git(folder, "rev-parse", "--is-inside-work-tree")
    commit = _commit(folder, name)
    head = _asked(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if not head:
        return Revision(name, commit)
    common = _asked(folder, "merge-base", commit, head)
    if not common and _is_shallow(folder):
        raise DigestError(f"{name} and the checkout have no commit in common here; {_DEEPEN}")
    return Revision(name, common or commit)


@contextmanager
def at(folder: Folder, revision: Revision, also: tuple[str, ...] = ()) -> Iterator[Folder]:
    """A folder with the content of a digest as it was; it is gone when the block ends.

    Args:
        folder: The digest as it is.
        revision: When.
        also: What else is wanted, if it is there: names of files and folders beside the content,
            or else in the nearest folder above that has them, as a generator of several digests.

    Raises:
        DigestError: If the revision has no digest where ``folder`` is.
    """
    names = _git(folder, "ls-tree", "-z", "--name-only", revision.commit, "--", *_PARTS, *also)
    parts = [name for name in names.decode().split("\0") if name]
    if _PARTS[0] not in parts:
        where = folder.name(folder.mkdocs_yml)
        raise DigestError(f"{revision}: has no {where}; name a revision in which this is a digest")
    archive = _git(folder, "archive", "--format=tar", revision.commit, "--", *parts)
    with TemporaryDirectory(prefix="digest-") as place:
        _unpack(archive, Path(place))
        for name in set(also).difference(parts):
            _unpack(_from_above(folder, revision, name), Path(place))
        yield Folder(Path(place))


def _from_above(folder: Folder, revision: Revision, name: str) -> bytes:
    """The archive of what the nearest folder above the digest has under a name; or nothing."""
    top = Folder(Path(_asked(folder, "rev-parse", "--show-toplevel")))
    here = PurePosixPath(_asked(folder, "rev-parse", "--show-prefix"))
    for above in here.parents:
        tree = f"{revision.commit}:{'' if above.name == '' else above}"
        if _asked(top, "ls-tree", "--name-only", tree, "--", name):
            return _git(top, "archive", "--format=tar", tree, "--", name)
    return b""


def _unpack(archive: bytes, place: Path) -> None:
    """Write the plain files of an archive; links are left out, for nothing reads them."""
    if not archive:
        return
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file:
                path = place / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.read())


_DEEPEN = (
    "the clone is shallow: run `git fetch --unshallow`, or check out with the whole history "
    "(`fetch-depth: 0` in a workflow)"
)


def _commit(folder: Folder, name: str) -> str:
    """The commit that a name stands for."""
    found = _asked(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    if found:
        return found
    if _is_shallow(folder):
        raise DigestError(f"{name!r} is no commit of this clone; {_DEEPEN}")
    raise DigestError(
        f"{name!r} is no commit of this clone; name a branch, a tag or a commit, such as HEAD or "
        "origin/main; `git fetch` brings what others have"
    )


def _is_shallow(folder: Folder) -> bool:
    return _asked(folder, "rev-parse", "--is-shallow-repository") == "true"


def _asked(folder: Folder, *args: str) -> str:
    """What Git says in one line; "" if it has no answer."""
    return _run(folder, *args).stdout.decode().strip()


def _git(folder: Folder, *args: str) -> bytes:
    """What Git says.

    Raises:
        DigestError: If it refuses.
    """
    done = _run(folder, *args)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or "no reason given"
        if "not a git repository" in said:
            raise DigestError(
                f"{folder.root}: is no Git checkout; there is nothing to compare with"
            )
        raise DigestError(f"{folder.root}: Git refuses: {said}")
    return done.stdout


def _run(folder: Folder, *args: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - Git, and words of ours but for a name that it checks
            ["git", *args],  # noqa: S607 - as the user finds it
            cwd=folder.root,
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise DigestError("git is not installed; without it there are no revisions") from None
