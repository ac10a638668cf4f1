"""Noticing that somebody edits the digest, once an edit is over."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.folder import Folder
from generator.overlay import overlay

#: Editors write a file in several steps; seconds of quiet before the change counts.
QUIET = 0.2

#: Events that say that a file is no longer what it was; opening and reading one is none.
_CHANGES = frozenset({"created", "modified", "deleted", "moved"})


class _Changes(FileSystemEventHandler):
    """Sets a flag when a file of the digest changes."""

    def __init__(self, changed: threading.Event) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; temporary files of editors and of our own begin with a dot."""
        # A file that is written whole is moved into its place: what counts is where it went.
        hidden = Path(os.fsdecode(event.dest_path or event.src_path)).name.startswith(".")
        if event.event_type in _CHANGES and not event.is_directory and not hidden:
            self._changed.set()


@contextmanager
def watching(folder: Folder, react: Callable[[], None]) -> Iterator[None]:
    """Call ``react`` in a thread of its own after each change, until the block ends."""
    changed, stopped = threading.Event(), threading.Event()
    folder.templates.mkdir(exist_ok=True)  # so that the first one of the digest's own shows, too
    observer = Observer()
    for path in (folder.content, *overlay(folder).places):
        if path.is_dir():
            observer.schedule(_Changes(changed), str(path), recursive=True)

    def work() -> None:
        while not stopped.is_set():
            if changed.wait(QUIET):
                # Quiet begins anew with every further change.
                while not stopped.wait(QUIET) and changed.is_set():
                    changed.clear()
                if not stopped.is_set():
                    react()

    worker = threading.Thread(target=work, daemon=True)
    observer.start()
    worker.start()
    try:
        yield
    finally:
        stopped.set()
        observer.stop()
        observer.join()
        worker.join()
