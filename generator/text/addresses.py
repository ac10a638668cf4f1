r"""Where an address of the web begins and ends in running text.

A URI is made of ASCII letters, digits and some signs (RFC 3986, appendix A), and browsers take the
letters and digits of other alphabets as well; everything else ends it: white space, quotation
marks, brackets that no URI holds, typographic signs. Four things are decided otherwise. A dollar
ends an address, for in an abstract it begins a formula. So do letters of scripts that are written
without spaces, for they stand directly behind addresses. What ends a sentence is not part of an
address at the end of one, nor is a bracket that closes what was not opened within it. And ``&gt;``
is what a source has made of a closing bracket.

A library for this (linkify-it-py) was tried: it takes a backslash, which browsers read as a slash,
and the closing mark of “https://a.org/x” into the address, so its result would have to be found
again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_SIGNS = r"A-Za-z0-9._~:/?#\[\]@!&'()*+,;=%-"
#: Letters that are no part of one: raised and lowered digits, and the scripts without spaces.
_NO_PART = (
    "ªº¹²³\u2070-\u209f\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3021-\u30ff"
    "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
#: Where another begins behind a mark, a quotation closes, or a bracket was made safe for HTML.
_STOP = r"''|[,;]https?://|&(?:[lg]t|quot|#\d+);"

#: What looks like an address, with whatever follows it up to a character that no address holds.
ADDRESS = re.compile(
    rf"https?://(?:(?!{_STOP})(?:[{_SIGNS}]|(?![{_NO_PART}])[^\W\x00-\x7f]))+", re.IGNORECASE
)

_ENDS_SENTENCE = ".,;:!?'*"
_BRACKETS = {")": "(", "]": "["}


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
    url = _trimmed(found[0])
    if found.string[found.start() - 1 : found.start()] == "_":
        url = url.rstrip("_")
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
