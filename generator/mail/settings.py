"""How a letter is sent, from the environment: nothing of it may stand in a repository.

======================== =======================================================================
``DIGEST_SMTP_HOST``     the server that takes mail from you
``DIGEST_SMTP_PORT``     its port; 587, or what goes with the security
``DIGEST_SMTP_SECURITY`` ``starttls`` (the default), ``tls`` (the default at port 465) or ``none``
``DIGEST_SMTP_USER``     who you are there, if it asks
``DIGEST_SMTP_PASSWORD`` with what you prove it
``DIGEST_MAIL_FROM``     from whom the letter is
``DIGEST_MAIL_TO``       to whom it goes: addresses with commas between; often that of a list
======================== =======================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from generator.errors import DigestError
from generator.mail.boxes import Mailbox, addresses, ascii_host, mailbox

T = TypeVar("T")


class Security(StrEnum):
    """How a connection is encrypted: from its second word on (RFC 3207), from the first, not."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


#: RFC 6409, section 3.1; RFC 8314, section 3.3; RFC 5321.
PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
_HIGHEST = 65535


@dataclass(frozen=True, slots=True)
class Server:
    """A server that takes mail. What is secret is not in its ``repr``."""

    host: str
    port: int
    security: Security
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """As messages call it."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Post:
    """All that sending takes."""

    server: Server
    sender: Mailbox = field(repr=False)
    recipients: tuple[str, ...] = field(repr=False)


def sender_in(environment: Mapping[str, str]) -> Mailbox | None:
    """From whom letters are, if that is said.

    Raises:
        DigestError: If it is said and no address.
    """
    given = environment.get("DIGEST_MAIL_FROM", "").strip()
    return mailbox(given, "DIGEST_MAIL_FROM") if given else None


def recipients_in(environment: Mapping[str, str]) -> tuple[str, ...]:
    """To whom they go; nobody if that is not said.

    Raises:
        DigestError: If it is said and one is no address.
    """
    return addresses(environment.get("DIGEST_MAIL_TO", ""), "DIGEST_MAIL_TO")


def post_in(environment: Mapping[str, str]) -> Post:
    """How to send, all faults found at once.

    Raises:
        DigestError: If something is missing or no setting; no address or password is repeated.
    """
    faults: list[str] = []
    sender = _tried(faults, lambda: sender_in(environment))
    recipients = _tried(faults, lambda: recipients_in(environment))
    server = _tried(faults, lambda: _server(environment))
    faults.extend(
        f"{name}: not set, and sending takes it; set it in the environment"
        for name in ("DIGEST_SMTP_HOST", "DIGEST_MAIL_FROM", "DIGEST_MAIL_TO")
        if not environment.get(name, "").strip(" ,;\t\n")
    )
    if faults or server is None or sender is None or recipients is None:
        raise DigestError("\n".join(faults))
    return Post(server, sender, recipients)


def _tried(faults: list[str], made: Callable[[], T]) -> T | None:
    try:
        return made()
    except DigestError as error:
        faults.append(str(error))
        return None


def _server(environment: Mapping[str, str]) -> Server:
    given = {
        name: environment.get(f"DIGEST_SMTP_{name}", "").strip()
        for name in ("HOST", "PORT", "SECURITY", "USER")
    }
    password = environment.get("DIGEST_SMTP_PASSWORD", "")
    port = _port(given["PORT"])
    security = _security(given["SECURITY"], port)
    if faults := list(_unfit(given["HOST"], given["USER"], password)):
        raise DigestError("\n".join(faults))
    return Server(given["HOST"], port or PORTS[security], security, given["USER"], password)


def _unfit(host: str, user: str, password: str) -> Iterator[str]:
    if bool(user) != bool(password):
        have, lacks = ("USER", "PASSWORD") if user else ("PASSWORD", "USER")
        yield f"DIGEST_SMTP_{lacks}: not set, though DIGEST_SMTP_{have} is; set both or neither"
    for name, value in (("USER", user), ("PASSWORD", password)):
        if not (value.isascii() and (value.isprintable() or not value)):
            yield f"DIGEST_SMTP_{name}: has characters that cannot be sent; use printable ASCII"
    if host and (not ascii_host(host) or not host.isprintable() or set(host) & set(" /@")):
        yield "DIGEST_SMTP_HOST: is not the name of a host; write it as smtp.example.org"


def _port(text: str) -> int:
    """A port; 0 if none is given."""
    if not text:
        return 0
    if text.isascii() and text.isdigit() and 0 < int(text[:9]) <= _HIGHEST:
        return int(text)
    raise DigestError("DIGEST_SMTP_PORT: is no port; write a number such as 587")


def _security(text: str, port: int) -> Security:
    if not text:
        return Security.TLS if port == PORTS[Security.TLS] else Security.STARTTLS
    try:
        return Security(text.lower())
    except ValueError:
        known = ", ".join(Security)
        raise DigestError(f"DIGEST_SMTP_SECURITY: is none of these: {known}; write one") from None
