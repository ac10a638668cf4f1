"""A finished site on this machine, served as GitHub Pages serves it.

That is: below the path of the project, text compressed with gzip and everything else as it is, ten
minutes in the reader's cache, and the site's own page for an address that is none (headers of
https://pages.github.com/, as they came in November 2026). Only HTTP/2 and the distance are missing.
"""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from http import HTTPStatus
from pathlib import Path

#: What is compressed on the way; fonts and pictures are already.
COMPRESSED = frozenset(
    {
        *("text/html", "text/css", "text/plain", "text/javascript", "text/xml"),
        *("application/javascript", "application/json", "application/xml", "image/svg+xml"),
        *("application/rss+xml", "application/atom+xml", "application/feed+json"),
        *("application/manifest+json", "application/wasm"),
    }
)
#: Types that not every machine's list has.
TYPES = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer: the path that was asked for within the site, and the bytes that it took."""

    path: str
    size: int


def promptly(_path: str) -> float:
    """No answer is kept back."""
    return 0


@dataclass(frozen=True, slots=True)
class Host:
    """A site and how it is served; ``sent`` tells afterwards what was.

    ``base`` is the path below which it lies; ``delay`` says for how many seconds the answer for a
    path is kept back.
    """

    root: Path
    base: str = "/"
    delay: Callable[[str], float] = promptly
    sent: list[Sent] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All bytes that were sent."""
        return sum(each.size for each in self.sent)


@contextmanager
def serving(host: Host) -> Iterator[str]:
    """The address of a site, as long as it is served."""
    handler = partial(_Handler, host=host, directory=str(host.root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}{host.base}"
        running.shutdown()
        thread.join()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Answers one request after the other of a connection."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, host: Host, directory: str) -> None:
        self.host = host
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # a socket and so on

    def do_GET(self) -> None:
        """Send a file; a folder's address without its slash is led to the one with it."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self._asked.endswith("/"):
            super().do_GET()
            return
        file = path / "index.html" if path.is_dir() else path
        self._send(file if file.is_file() else None)

    @property
    def _asked(self) -> str:
        """The path of the request, without its query."""
        return self.path.partition("?")[0].partition("#")[0]

    def translate_path(self, path: str) -> str:
        """The file for a path; what lies outside the site is none."""
        inside = path.startswith(self.host.base)
        return super().translate_path(path[len(self.host.base) - 1 :] if inside else "/none")

    def _send(self, file: Path | None) -> None:
        found = file or self.host.root / "404.html"
        kind = TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "text/plain"
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        packed = accepted and kind in COMPRESSED
        body = _body(found, packed=packed) if found.is_file() else b"Nothing is here."
        head = {
            "Content-Type": f"{kind}; charset=utf-8" if kind in COMPRESSED else kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "max-age=600",
            "Access-Control-Allow-Origin": "*",
            "Vary": "Accept-Encoding",
            **({"Content-Encoding": "gzip"} if packed else {}),
        }
        inside = self._asked.removeprefix(self.host.base)
        time.sleep(self.host.delay(inside))
        self.send_response(HTTPStatus.OK if file else HTTPStatus.NOT_FOUND)
        for name, value in head.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        heading = sum(len(name) + len(value) + 4 for name, value in head.items())
        self.host.sent.append(Sent(inside, heading + len(body)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: whoever measures tells what matters."""


def _body(file: Path, *, packed: bool) -> bytes:
    """What is sent of a file; it is compressed once, as long as it does not change."""
    return _packed(file, file.stat().st_mtime_ns) if packed else file.read_bytes()


@lru_cache(maxsize=512)
def _packed(file: Path, _changed: int) -> bytes:
    return gzip.compress(file.read_bytes(), mtime=0)
