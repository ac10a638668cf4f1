"""Edits show: the Markdown is written anew when what it is made of changes."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request

from generator.folder import Folder
from tests.builders import write_whole
from tests.conftest import ROOT

#: Seconds after which a change that has not been noticed never will be.
PATIENCE = 20


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def fetch(url: str, wanted: str) -> bool:
    """Whether the page at ``url`` comes to say what is wanted."""
    waiting = threading.Event()
    for _ in range(PATIENCE * 5):
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - ours
                if wanted in answer.read().decode():
                    return True
        except OSError:
            pass  # not up yet
        waiting.wait(0.2)
    return False


def test_an_edit_shows_in_the_browser_and_a_mistake_leaves_the_site(folder: Folder) -> None:
    record = folder.papers / "2026" / "a-paper.yml"
    text = (
        "title: {}\nabstract: On speech.\n"
        "appearances:\n- {{source: daily, date: 2026-03-11, file: a.txt}}\n"
    )
    write_whole(record, text.format("First title"))
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "generator", "-C", str(folder.root), "serve", "-a", address]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        url = f"http://{address}/digest/papers/a-paper/"
        try:
            assert fetch(url, "First title")
            write_whole(record, text.format("[not text]"))
            assert server.stderr is not None
            complaint = next(line for line in server.stderr if "a-paper.yml" in line)
            assert "title: is a list" in complaint
            assert fetch(url, "First title")
            write_whole(record, text.format("Second title"))
            assert fetch(url, "Second title")
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=PATIENCE)


def test_an_edit_of_the_digests_own_dress_shows_in_the_browser(folder: Folder) -> None:
    """Pages are what they were: that the theme has changed is enough."""
    folder.templates.unlink()
    shutil.copy(ROOT / "mkdocs.yml", folder.root)
    text = folder.mkdocs_yml.read_text(encoding="utf-8")
    folder.mkdocs_yml.write_text(text.replace("templates/overrides", "build/theme"), "utf-8")
    (folder.content / "pages").symlink_to(ROOT / "content" / "pages", target_is_directory=True)
    footer = folder.templates / "overrides" / "partials" / "footer.html"
    write_whole(footer, "<footer>First</footer>")
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "generator", "-C", str(folder.root), "serve", "-a", address]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        url = f"http://{address}/paper-digest/about/"
        try:
            assert fetch(url, "<footer>First</footer>")
            write_whole(footer, "<footer>Second</footer>")
            assert fetch(url, "<footer>Second</footer>")
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=PATIENCE)


def test_an_address_that_is_taken_is_a_message(folder: Folder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [
                *(sys.executable, "-m", "generator", "-C", str(folder.root)),
                *("serve", "-a", f"127.0.0.1:{port}"),
            ],
            capture_output=True,
            text=True,
            timeout=4 * PATIENCE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"digest: cannot serve on 127.0.0.1:{port}: Address already in use"
    )
    assert done.stdout == ""
