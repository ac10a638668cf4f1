r"""Where an address of the web begins and ends in running text.

A URI (RFC 3986, appendix C) holds no white space, quotation mark, angle bracket, backslash, brace,
bar, caret or grave accent, so these end it. So do typographic quotation marks, ellipses, full-width
punctuation and the scripts that are written without spaces, which stand directly behind addresses,
and characters that nobody sees. What ends a sentence is not part of an address at the end of one,
nor is a bracket that closes what was not opened within it.

A library for this (linkify-it-py) was tried: it takes a backslash, which browsers read as a slash,
and the closing mark of “https://a.org/x” into the address, so its result would have to be found
again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_CLOSED = r"\s<>\"\\^`{|}\x00-\x1f\x7f-\x9f"
_TYPOGRAPHIC = "…‘’“”„‚«»‹›\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_UNSEEN = "\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd\ud800-\udfff"

#: What looks like an address, with whatever follows it up to a character that no address holds.
ADDRESS = re.compile(
    rf"https?://(?:(?!'')[^{_CLOSED}{_TYPOGRAPHIC}{_UNSPACED}{_UNSEEN}])+", re.IGNORECASE
)

_ENDS_SENTENCE = ".,;:!?'*"
_BRACKETS = {")": "(", "]": "["}
# Another address right behind a mark that separates two.
_NEXT = re.compile(r"[,;](?=https?://)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """An address and where it stands: from ``start`` up to, not including, ``end``."""

    url: str
    start: int
    end: int


def search(text: str, start: int = 0) -> Address | None:
    """The first address that begins at ``start`` or later."""
    while found := ADDRESS.search(text, start):
        if address := _address(found):
            return address
        start = found.end()
    return None


def match(text: str, start: int) -> Address | None:
    """The address that begins at ``start``, if one does."""
    found = ADDRESS.match(text, start)
    return _address(found) if found else None


def _address(found: re.Match[str]) -> Address | None:
    url = _trimmed(_NEXT.split(found[0], maxsplit=1)[0])
    if not _leads_somewhere(url):
        return None
    return Address(url, found.start(), found.start() + len(url))


def _trimmed(url: str) -> str:
    """An address without what belongs to the sentence around it."""
    url = url[: _first_stray(url)].rstrip(_ENDS_SENTENCE + "([")
    return url.removesuffix("'s")


def _first_stray(url: str) -> int:
    """Where the first bracket closes that was not opened; the end if none does."""
    opened = []
    for place, char in enumerate(url):
        if char in _BRACKETS.values():
            opened.append(char)
        elif char in _BRACKETS and (not opened or opened.pop() != _BRACKETS[char]):
            return place
    return len(url)


def _leads_somewhere(url: str) -> bool:
    """Whether it names a host, and nothing before it that could be taken for one."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return "@" not in parts.netloc and any(char.isalnum() for char in host or "")
