"""MkDocs' own server, for sites that only MkDocs can make: it builds all of it at each edit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from generator.dressing import theme_folder
from generator.errors import DigestError
from generator.folder import Folder


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
