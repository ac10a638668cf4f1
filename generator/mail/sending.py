"""Handing a message to a server: SMTP (RFC 5321), encrypted, with an end to every wait.

Who gets it stands in the envelope alone, so nobody sees the others. What became of it is counted by
address, because a letter that is sent again goes twice to those who have it: only where nothing was
taken can one simply try again.
"""

from __future__ import annotations

import ipaddress
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from generator.errors import DigestError
from generator.mail.faults import reason, remedy
from generator.mail.hush import hushed
from generator.mail.settings import Post, Security, Server

#: RFC 5321, section 4.5.3.1.8: a server takes at least a hundred addresses at a time.
_AT_ONCE = 100
_WELCOME = 220
#: What the first figure of a reply says (section 4.2.1).
_OK, _FAILED = 2, 4


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, for a reply, for the reply to a whole message, for everything.

    RFC 5321, section 4.5.3.2: who waits less than ten minutes for the reply to a message may send
    it twice.
    """

    connect: float = 30
    reply: float = 300
    taking: float = 600
    total: float = 1500


LIMITS = Limits()


class MailError(DigestError):
    """A server cannot be spoken with. Nothing was sent."""


@dataclass
class Delivery:
    """What became of a message: for how many addresses it was taken, and why not for others.

    ``unsure`` counts those for which it was handed over and no reply came: it may be on its way.
    """

    taken: int = 0
    unsure: int = 0
    refused: list[str] = field(default_factory=list)
    broken: str = ""

    @property
    def is_out(self) -> bool:
        """Whether somebody has it, or may have."""
        return bool(self.taken or self.unsure)


def deliver(data: bytes, post: Post, made: Delivery, limits: Limits | None = None) -> None:
    """Hand a message over for all its addresses.

    Args:
        data: The message, as it goes over the line.
        post: To which server, from whom, to whom.
        made: Where what becomes of it is written, as it happens: it holds if this is interrupted.
        limits: How long may be waited for what.

    Raises:
        MailError: If it does not come to that: no server, no encryption, no right.
    """
    limits = limits or LIMITS
    with _session(post, limits) as smtp:
        handing = _Handing(smtp, data, post, made, limits)
        try:
            for start in range(0, len(post.recipients), _AT_ONCE):
                handing.over(start)
        except (OSError, smtplib.SMTPException) as error:
            made.broken = f"{post.server.name}: {reason(error, post)}"


@dataclass(frozen=True, slots=True)
class _Handing:
    """A conversation in which a message is handed over."""

    smtp: smtplib.SMTP
    data: bytes
    post: Post
    made: Delivery
    limits: Limits

    def over(self, start: int) -> None:
        """One transaction: from whom, to whom, what."""
        size = [f"size={len(self.data)}"] if self.smtp.has_extn("size") else []
        code, said = self.smtp.mail(self.post.sender.address, size)
        if code // 100 != _OK:
            raise smtplib.SMTPSenderRefused(code, said, "")
        accepted = 0
        for place in range(start, min(start + _AT_ONCE, len(self.post.recipients))):
            code, said = self.smtp.rcpt(self.post.recipients[place])
            if code // 100 == _OK:
                accepted += 1
            else:
                self.made.refused.append(f"address {place + 1}: {hushed(code, said, self.post)}")
        if accepted:
            self._text(accepted)
        else:
            self.smtp.rset()

    def _text(self, accepted: int) -> None:
        """The message itself. From here on, silence does not mean that it did not go out."""
        self.made.unsure += accepted
        _wait(self.smtp, self.limits.taking)
        code: int
        said: bytes | str
        try:
            code, said = self.smtp.data(self.data)
        except smtplib.SMTPDataError as error:  # it does not want to see it
            code, said = error.smtp_code, error.smtp_error
        if code // 100 < _OK:
            raise smtplib.SMTPServerDisconnected  # what it said was no reply
        self.made.unsure -= accepted
        if code // 100 >= _FAILED:
            raise smtplib.SMTPDataError(code, said)
        self.made.taken += accepted
        _wait(self.smtp, self.limits.reply)


def _wait(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


@contextmanager
def _session(post: Post, limits: Limits) -> Iterator[smtplib.SMTP]:
    """A server that has taken who we are."""
    server = post.server
    # Its own name, were it not given, would be asked of the network (RFC 5321, section 4.1.4).
    own, context = "[127.0.0.1]", ssl.create_default_context()
    smtp: smtplib.SMTP = (
        _Encrypted(server.host, own, limits.connect, context)
        if server.security is Security.TLS
        else _Open(server.host, own, limits.connect)
    )
    with _ended(smtp, limits.total):
        try:
            _greeted(*smtp.connect(server.host, server.port))
            _introduced(smtp, server, limits)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            raise MailError(f"{server.name}: {reason(error, post)}; {remedy(error)}") from None
        yield smtp


class _Open(smtplib.SMTP):
    """A conversation that is not connected yet, and knows whose certificate it is to see."""

    def __init__(self, host: str, own: str, timeout: float) -> None:
        super().__init__(local_hostname=own, timeout=timeout)
        self._host = host


class _Encrypted(smtplib.SMTP_SSL):
    """The same, encrypted from the first word on."""

    def __init__(self, host: str, own: str, timeout: float, context: ssl.SSLContext) -> None:
        super().__init__(local_hostname=own, timeout=timeout, context=context)
        self._host = host


def _greeted(code: int, said: bytes) -> None:
    if code != _WELCOME:
        raise smtplib.SMTPConnectError(code, said)


def _introduced(smtp: smtplib.SMTP, server: Server, limits: Limits) -> None:
    """Encryption first, then who we are, and never the other way round."""
    smtp.ehlo_or_helo_if_needed()
    if server.security is Security.STARTTLS:
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
    if server.user:
        if server.security is Security.NONE and not _is_here(smtp):
            raise MailError(
                f"{server.name}: no password is sent over a connection that is not encrypted; set "
                "DIGEST_SMTP_SECURITY to starttls or tls"
            )
        smtp.login(server.user, server.password)
    _wait(smtp, limits.reply)


def _is_here(smtp: smtplib.SMTP) -> bool:
    """Whether the other end is this machine, whatever its name says."""
    if smtp.sock is None:
        return False
    peer = ipaddress.ip_address(str(smtp.sock.getpeername()[0]).partition("%")[0])
    return (getattr(peer, "ipv4_mapped", None) or peer).is_loopback


@contextmanager
def _ended(smtp: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """A conversation that ends in any case, also with a server that never stops talking."""
    over = threading.Event()
    threading.Thread(target=_watch, args=(smtp, over, seconds), daemon=True).start()
    try:
        yield
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()  # what it answers changes nothing
    finally:
        over.set()
        smtp.close()


def _watch(smtp: smtplib.SMTP, over: threading.Event, seconds: float) -> None:
    """Cut it off when its time is up, and again should it only be connecting then."""
    while not over.wait(seconds):
        _cut(smtp)
        seconds = 1


def _cut(smtp: smtplib.SMTP) -> None:
    """Close the connection below whoever reads from it; encryption is none of its business."""
    if (sock := smtp.sock) is not None:
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
