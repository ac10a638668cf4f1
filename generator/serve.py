"""A server for whoever edits: changes of ``content/`` or ``templates/`` show in the browser.

MkDocs serves and reloads; here the Markdown is written anew whenever something changes that it is
made of.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.dressing import theme_folder
from generator.errors import DigestError, UsageError
from generator.folder import Folder
from generator.overlay import overlay

#: Editors write a file in several steps; seconds of quiet before the change counts.
QUIET = 0.2

_LAST_PORT = 65535

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


def free(address: str) -> None:
    """Make sure that a server can stand at an address.

    Raises:
        UsageError: If it is not of the form ``HOST:PORT``.
        DigestError: If another program has it.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or int(port) > _LAST_PORT:
        raise UsageError(f"{address!r} is no address; write HOST:PORT, such as 127.0.0.1:8000")
    try:
        with socket.create_server((host.strip("[]"), int(port))):
            pass
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise DigestError(
            f"cannot serve on {address}: {why}; choose another port: -a {host}:PORT"
        ) from None


def run_server(folder: Folder, address: str) -> int:
    """Let MkDocs serve ``build/docs`` until it is stopped; its exit status.

    Raises:
        DigestError: If MkDocs is not installed.
    """
    program = str(Path(sys.executable).parent / "mkdocs")
    command = [program, "serve", "-q", "-f", "mkdocs.yml", "-a", address]
    if (theme := theme_folder(folder)) and theme.is_dir():
        command += ["-w", str(theme)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    try:
        server = subprocess.Popen(command, cwd=folder.root, env=environment)  # noqa: S603 - ours
    except FileNotFoundError:
        raise DigestError("mkdocs is not installed; run `make site`") from None
    # Whoever ends this process means the server too.
    before = signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        signal.signal(signal.SIGTERM, before)
        server.terminate()
        server.wait()
