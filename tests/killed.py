"""Kills an ingestion at every one of its writes, and looks at what is left.

``python -m tests.killed DIGEST LISTING…`` copies the digest, ingests the listings in the copy in a
process of its own that dies at its first write below ``content/``, then in a new copy at its
second, and so on until one lives. It prints, as JSON, how many writes there are and what was found
after each: ``before``, ``after`` or ``between``, and whether a new run then ended as it should.

A write is everything that changes the disk: opening a file to write it, half of its text, renaming,
removing, making a folder, waiting for the disk. The process dies just before it; of a text half is
written. It is not a test itself, for it forks, and the processes of pytest have threads.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import IO, Any, Self

from generator.cli import main
from generator.folder import Folder
from generator.storage import journal

_EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}
_KILLED = 9


class Killer:
    """Ends the process at its ``last`` write."""

    def __init__(self, last: int, content: Path) -> None:
        self.left, self._content = last, str(content)

    def step(self) -> bool:
        """Whether this write is the one."""
        self.left -= 1
        return self.left < 0

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """See :func:`sys.addaudithook`."""
        if event == "open":
            path, mode, _ = arguments
            is_write = isinstance(mode, str) and any(sign in mode for sign in "wax+")
        else:
            path, is_write = arguments[0] if arguments else None, event in _EVENTS
        if is_write and str(path).startswith(self._content) and self.step():
            os._exit(_KILLED)

    def install(self) -> None:
        """Watch this process from now on."""
        sys.addaudithook(self.hook)
        opened, sync = Path.open, os.sync

        def watched(path: Path, mode: str = "r", **kw: Any) -> Any:
            file = opened(path, mode, **kw)
            return _Torn(file, self) if "w" in mode else file

        def synced() -> None:
            if self.step():
                os._exit(_KILLED)
            sync()

        Path.open, os.sync = watched, synced  # type: ignore[assignment,method-assign]


class _Torn:
    """A file whose text is half written when the process dies."""

    def __init__(self, file: IO[str], killer: Killer) -> None:
        self._file, self._killer = file, killer

    def write(self, text: str) -> None:
        if self._killer.step():
            self._file.write(text[: len(text) // 2])
            self._file.flush()
            os._exit(_KILLED)
        self._file.write(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def state(root: Path) -> dict[str, str]:
    """All files of a digest's content and what is in them."""
    content = root / "content"
    return {
        path.relative_to(content).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }


def ingest(root: Path, listings: list[str], last: int | None = None) -> bool:
    """Ingest in a process of its own; whether it lived."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status) == 0
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - Path.open is watched
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    if last is not None:
        Killer(last, root / "content").install()
    try:
        main(["-C", str(root), "ingest", *listings], standalone_mode=False)
    except BaseException:  # noqa: BLE001 - the parent sees the status
        os._exit(1)
    os._exit(0)


def outcomes(digest: Path, listings: list[str], work: Path) -> Iterator[tuple[str, bool]]:
    """What is left after each write, until a run is through."""
    before = state(digest)
    whole = _copy(digest, work / "whole")
    if not ingest(whole, listings):
        sys.exit("the ingestion fails without being killed")
    after = state(whole)
    for last in count():
        root = _copy(digest, work / "copy")
        lived = ingest(root, listings, last)
        journal.recover(Folder(root))
        found = {name: text for name, text in state(root).items() if not name.endswith(".tmp")}
        kind = {True: "before", False: "between"}[found == before] if found != after else "after"
        again = ingest(root, listings) and state(root) == after
        yield ("through" if lived else kind), again
        if lived:
            return


def _copy(digest: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(digest, to, symlinks=True)
    return to


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = list(outcomes(Path(sys.argv[1]), sys.argv[2:], Path(folder)))
    print(json.dumps(found))  # noqa: T201 - for whoever called
