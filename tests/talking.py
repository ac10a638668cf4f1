"""A server that says its lines in order, whatever it is told: for conversations that go wrong."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.server import Reply


@dataclass(frozen=True)
class Step:
    """What it says once a line begins with ``heard``; at once if that is empty."""

    heard: bytes
    reply: Reply


@dataclass
class Talking:
    """Where it is, and the lines that it was told."""

    port: int = 0
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def talking(steps: Sequence[Step]) -> Iterator[Talking]:
    """The server, while the block runs. Behind its last line it closes."""
    told = Talking()
    over = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                for step in steps:
                    if step.heard and not self._waited_for(step.heard):
                        return
                    step.reply(self.wfile, over)

        def _waited_for(self, wanted: bytes) -> bool:
            for line in iter(self.rfile.readline, b""):
                told.heard.append(line)
                if line.lower().startswith(wanted):
                    return True
            return False

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        told.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        try:
            yield told
        finally:
            over.set()
            server.shutdown()
