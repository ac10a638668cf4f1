"""A post office on this machine: a real server of SMTP (aiosmtpd), as strict as it is told.

``tests/data/mail`` has its certificate, for ``localhost``, and the authority that signed it;
nothing else trusts that. Both were made with ``openssl``, and their key opens nothing.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.conftest import ROOT

DATA = ROOT / "tests" / "data" / "mail"
AUTHORITY = DATA / "authority.pem"

USER, PASSWORD = "post-user", 'a pass=word, "quoted"'


@dataclass(frozen=True)
class Taken:
    """A message that came in: its envelope, whether it was encrypted on its way, who brought it."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    encrypted: bool
    user: str

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.data, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class Office:
    """What it is told, and what came in.

    ``replies`` are given instead of yes: to an address at RCPT, to ``MAIL`` and to ``DATA``.
    """

    replies: Mapping[str, str] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        reply = self.replies.get("MAIL", "250 OK")
        if reply.startswith("2"):
            envelope.mail_from = address
        return reply

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        reply = self.replies.get(address, "250 OK")
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        reply = self.replies.get("DATA", "250 OK")
        if reply.startswith("2"):
            assert isinstance(envelope.content, bytes)
            who = str(getattr(session, "auth_data", b"") or b"", "ascii")
            self.taken.append(
                Taken(
                    str(envelope.mail_from),
                    tuple(map(str, envelope.rcpt_tos)),
                    envelope.content,
                    session.ssl is not None,
                    who,
                )
            )
        return reply

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: LoginPassword
    ) -> AuthResult:
        self.logins.append((given.login.decode(), given.password.decode()))
        is_known = self.logins[-1] == (USER, PASSWORD)
        return AuthResult(success=is_known, handled=False, auth_data=given.login)


@contextmanager
def open_office(
    office: Office | None = None, *, starttls: bool = False, tls: bool = False, login: bool = False
) -> Iterator[Office]:
    """An open post office; it closes, and forgets who is in it, when the block ends."""
    office = office or Office()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(DATA / "server.pem")
    loop = asyncio.new_event_loop()

    def counter() -> SMTP:
        return SMTP(
            office,
            hostname="localhost",
            loop=loop,
            tls_context=context if starttls else None,
            require_starttls=starttls,
            authenticator=office.authenticate,
            auth_required=login,
            # What is encrypted from its first word on looks to it as if it were not.
            auth_require_tls=starttls,
        )

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_forever()
        for task in (all_tasks := asyncio.all_tasks(loop)):
            task.cancel()
        loop.run_until_complete(asyncio.gather(*all_tasks, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        opening = loop.create_server(counter, "127.0.0.1", 0, ssl=context if tls else None)
        server = asyncio.run_coroutine_threadsafe(opening, loop).result()
        office.port = server.sockets[0].getsockname()[1]
        yield office
        loop.call_soon_threadsafe(server.close)
    finally:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(loop.stop)
        thread.join()
