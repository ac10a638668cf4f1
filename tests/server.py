"""A server on this machine that answers as it is told: well, wrongly, in part, or not at all."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in. ``address`` is a path, or all of an address if we are a proxy."""

    address: str
    headers: Mapping[str, str]

    @property
    def params(self) -> dict[str, str]:
        """The query; of a name that stands there twice the last value."""
        return {name: values[-1] for name, values in parse_qs(self.query).items()}

    @property
    def query(self) -> str:
        return urlsplit(self.address).query


class Out(Protocol):
    """Where an answer is written."""

    def write(self, data: bytes, /) -> object: ...


#: Writes an answer. It may stop anywhere; the event is set when the test is over.
Reply = Callable[[Out, threading.Event], None]


def raw(data: bytes) -> Reply:
    """Exactly these bytes; then the connection is closed."""

    def reply(out: Out, _: threading.Event) -> None:
        out.write(data)

    return reply


def answer(body: str | bytes = b"", status: int = 200, **headers: object) -> Reply:
    """A sound answer; ``retry_after=7`` is the header Retry-After. ``None`` leaves one out."""
    data = body.encode() if isinstance(body, str) else body
    given = {"Content-Length": len(data), "Connection": "close"}
    given |= {name.title().replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in given.items() if value is not None]
    return raw("\r\n".join([*lines, "", ""]).encode("latin-1") + data)


def silent(out: Out, over: threading.Event) -> None:
    """Nothing, and the connection stays open."""
    del out
    over.wait()


def half(body: str) -> Reply:
    """Half of a body, and the connection stays open."""

    def reply(out: Out, over: threading.Event) -> None:
        answer(body[: len(body) // 2], content_length=len(body))(out, over)
        over.wait()

    return reply


def drip(head: bytes) -> Reply:
    """A beginning, and then a byte now and then, for ever: no single reading takes long."""

    def reply(out: Out, over: threading.Event) -> None:
        out.write(head)
        while not over.wait(0.01):
            out.write(b"a")

    return reply


def flood(out: Out, over: threading.Event) -> None:
    """A body without end."""
    out.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while not over.is_set():
        out.write(bytes(1 << 16))


@dataclass
class Faulty:
    """What the server is told and what it was asked.

    ``replies`` are given one after the other, the last of them again and again; or they are a
    function of the request.
    """

    url: str = ""
    replies: list[Reply] | Callable[[Asked], Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def reply_to(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if callable(self.replies):
            return self.replies(asked)
        return self.replies[min(len(self.asked), len(self.replies)) - 1]


@contextmanager
def serving() -> Iterator[Faulty]:
    """The server, while the block runs."""
    faulty = Faulty()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            begin = self.rfile.read(1)
            if begin != b"G":
                return  # no GET: perhaps somebody wants a secure connection
            first, *lines = iter(lambda: self.rfile.readline().decode("latin-1").strip(), "")
            headers = dict(line.split(": ", 1) for line in lines)
            asked = Asked(first.split()[1], headers)
            with suppress(OSError):  # whoever asked has gone
                faulty.reply_to(asked)(self.wfile, faulty.over)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        faulty.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        try:
            yield faulty
        finally:
            faulty.over.set()
            server.shutdown()
