"""What a server says, without what nobody else should read: addresses, users, passwords."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator

from generator.mail.settings import Post

#: What looks like an address, also one of which we do not know.
_ADDRESS = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;]+")
#: Anything else could be an order to a terminal, or to the machine that reads a workflow's log.
_ODD = re.compile(r"[^\w .,:;()/<>'+=@?%-]|_{3,}", re.ASCII)
_MOST = 200
#: A shorter name is a word that occurs by itself.
_SHORT = 3
_HIDDEN = "…"


def hushed(code: int, said: bytes | str, post: Post) -> str:
    """A reply on one line: its number, and its text without secrets."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    for secret in sorted(set(_secrets(post)), key=len, reverse=True):
        text = re.sub(re.escape(secret), _HIDDEN, text, flags=re.IGNORECASE)
    text = _ADDRESS.sub(_HIDDEN, text)
    shown = f" {_HIDDEN} ".join(_ODD.sub(" ", each) for each in text.split(_HIDDEN))
    return " ".join(f"{code} {shown}".split())[:_MOST]


def _secrets(post: Post) -> Iterator[str]:
    addresses = (post.sender.address, *post.recipients)
    yield from addresses
    whole = [post.server.user, post.server.password]
    yield from filter(None, whole)
    yield from _encoded(filter(None, (*whole, f"\0{post.server.user}\0{post.server.password}")))
    for address in (*addresses, post.server.user):
        local = address.partition("@")[0]
        if len(local) >= _SHORT:
            yield local


def _encoded(values: Iterable[str]) -> Iterator[str]:
    """As they are sent (RFC 4954); the last letters depend on what follows."""
    for value in values:
        yield base64.b64encode(value.encode()).decode().rstrip("=")
