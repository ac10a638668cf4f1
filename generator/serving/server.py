"""What a browser sees: pages over HTTP, which load themselves anew when something changed."""

from __future__ import annotations

import mimetypes
import os
import socket
import threading
from collections.abc import Callable
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote, urlsplit

from generator.errors import DigestError, UsageError

#: Below the site: the program that loads a page anew, and what it asks.
_SCRIPT, _NEWS = "serving/reload.js", "serving/news"
#: Seconds for which a question for news waits; browsers and what is between give up after thirty.
_WAIT = 25.0
_INDEX = "index.html"
_NOT_FOUND = "404.html"
_LAST_PORT = 65535
#: Asks whether there is something newer than the page; when the server is gone, now and then.
_RELOAD = """\
const news = new URL("news", document.currentScript.src);
const shown = document.currentScript.dataset.shown;
async function ask() {
  try {
    const answer = await fetch(`${news}?${shown}`);
    if ((await answer.text()) !== shown) return location.reload();
  } catch {
    await new Promise((done) => setTimeout(done, 1000));
  }
  ask();
}
ask();
"""


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


class Changes:
    """How often the site has changed; who asks waits for the next time."""

    def __init__(self) -> None:
        self._number, self._changed = 0, threading.Condition()

    @property
    def number(self) -> int:
        """How often it has changed until now."""
        return self._number

    def tell(self) -> None:
        """Say that it has changed."""
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def wait(self, shown: int, seconds: float = _WAIT) -> int:
        """The number once it is another one than ``shown``, or after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != shown, seconds)
            return self._number


class Server(ThreadingHTTPServer):
    """Serves a site.

    Args:
        address: Host and port, as :func:`free` takes them.
        mount: The path under which the site is published, with a slash at both ends.
        find: The bytes of the file at a path of the site; ``None`` if there is none. Raises
            DigestError if it cannot be made.
        changes: When the site changed.
    """

    daemon_threads = True

    def __init__(
        self,
        address: str,
        mount: str,
        find: Callable[[str], bytes | None],
        changes: Changes,
    ) -> None:
        self.mount, self.changes = mount, changes
        self.file = find
        host, _, port = address.rpartition(":")
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host.strip("[]"), int(port)), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 2 * _WAIT

    def do_GET(self) -> None:
        """Send a file, or what there is new."""
        asked = urlsplit(self.path)
        path = unquote(asked.path, errors="replace")
        mount = self.server.mount
        if not path.startswith(mount):
            # Whoever looks at the root of this machine means the site.
            return self._lead(mount) if f"{path}/" == mount or path == "/" else self._miss()
        try:
            return self._answer(path.removeprefix(mount), asked.query)
        except DigestError as error:
            text = f"<!doctype html><title>A mistake</title><pre>{escape(str(error))}</pre>"
            return self._send("mistake.html", text.encode(), HTTPStatus.INTERNAL_SERVER_ERROR)

    do_HEAD = do_GET  # noqa: N815 - so the base class calls it

    def _answer(self, path: str, query: str) -> None:
        if path == _SCRIPT:
            return self._send(_SCRIPT, _RELOAD.encode())
        if path == _NEWS:
            shown = int(query) if query.isdecimal() else -1
            return self._send("news.txt", str(self.server.changes.wait(shown)).encode())
        file = f"{path}{_INDEX}" if not path or path.endswith("/") else path
        number = self.server.changes.number
        data = self.server.file(file)
        if data is not None:
            return self._send(file, data, number=number)
        if not path.endswith("/") and self.server.file(f"{path}/{_INDEX}") is not None:
            return self._lead(f"{self.server.mount}{path}/")
        return self._miss()

    def _miss(self) -> None:
        data = self.server.file(_NOT_FOUND) or b"Not found"
        self._send(_NOT_FOUND, data, HTTPStatus.NOT_FOUND)

    def _lead(self, path: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", quote(path))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(
        self, name: str, data: bytes, status: HTTPStatus = HTTPStatus.OK, number: int | None = None
    ) -> None:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind == "text/html":
            data += self._reloading(self.server.changes.number if number is None else number)
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _reloading(self, number: int) -> bytes:
        """The program that loads a page anew; behind its end, where it changes nothing on it."""
        return (
            f'<script src="{self.server.mount}{_SCRIPT}" data-shown="{number}"></script>'.encode()
        )

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: a line for each picture of each page helps nobody."""
