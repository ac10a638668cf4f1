"""Addresses of mailboxes, and what a list is called; no message of an error repeats one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.digest import Site
from generator.errors import DigestError

#: RFC 5322, section 3.4.1, without the forms that nobody has (quotes, comments, literals).
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
#: RFC 5321, section 4.5.3.1.3: a path with its brackets has at most 256 octets.
_LONGEST = 254
_BETWEEN = re.compile(r"[,;\s]+")

#: A name under which nobody can have a host (RFC 2606): for a message that is only looked at.
NOWHERE = "invalid"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address, and whose it is."""

    name: str
    address: str


def mailbox(text: str, variable: str) -> Mailbox:
    """``ada@example.org`` or ``Ada <ada@example.org>``.

    Raises:
        DigestError: If it is neither; without the address.
    """
    text = text.strip()
    found = _NAMED.fullmatch(text)
    name, address = (found["name"].strip(' "'), found["address"]) if found else ("", text)
    if made := _address(address):
        return Mailbox(name, made)
    raise DigestError(
        f"{variable}: is no address (it is not repeated here); write it as name@example.org or "
        "Name <name@example.org>"
    )


def addresses(text: str, variable: str) -> tuple[str, ...]:
    """Addresses between commas, semicolons or line ends, each once.

    Raises:
        DigestError: If one of them is none; which, but not what it says.
    """
    given = [each for each in _BETWEEN.split(text) if each]
    made = [_address(each) for each in given]
    if wrong := [str(place) for place, each in enumerate(made, start=1) if not each]:
        raise DigestError(
            f"{variable}: {len(given)} given, of which this is no address (they are not repeated "
            f"here): number {', '.join(wrong)}; write them as name@example.org, with commas between"
        )
    return tuple(dict.fromkeys(made))


def _address(text: str) -> str:
    """An address as it is sent, or ""; a host beyond ASCII under its other name (RFC 5891)."""
    local, at, host = text.rpartition("@")
    made = f"{local}{at}{ascii_host(host)}"
    return made if len(made) <= _LONGEST and _ADDRESS.fullmatch(made) else ""


def ascii_host(host: str) -> str:
    """The name of a host in ASCII, "" if it has none."""
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def list_id(site: Site) -> str:
    """What the list of a site's readers is called (RFC 2919): its address, smallest part first.

    ``https://example.org/digest/`` has ``digest.example.org``.
    """
    parts = urlsplit(site.url)
    host = ascii_host(parts.hostname or "")
    if not re.fullmatch(rf"{_LABEL}(?:\.{_LABEL})*", host):
        host = f"digest.{NOWHERE}"
    path = [
        re.sub(r"[^a-z0-9]+", "-", each.lower()).strip("-")[:63] for each in parts.path.split("/")
    ]
    labels = [each for each in reversed(path) if each] or ["digest"]
    return f"{'.'.join(labels)}.{host}"[-_LONGEST:].lstrip(".-")
