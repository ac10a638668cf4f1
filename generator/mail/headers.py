"""The lines above a message: RFC 5322, and RFC 2047 for what is beyond ASCII.

They are folded here and not by the standard library. What that makes of a text beyond ASCII differs
between versions of Python, and in some it is wrong: encoded words that are empty, or that touch,
which servers refuse (CPython's issues 136052 and 144156). A text with anything unusual is encoded
whole, so nothing is left of it that could be a line end or another header.
"""

from __future__ import annotations

import base64
import re
from email.policy import Policy
from typing import Self

from generator.text.cleaning import tidy

#: RFC 5322, section 2.1.1: characters in a line that should not be exceeded.
_WIDTH = 78
#: RFC 2047, section 2: a line with encoded words has at most 76, of which a name takes up to ten
#: ("Subject: "), the word's frame twelve, and three octets become four.
_OCTETS = 39
#: What stands as it is: printable ASCII in words that fit, and nothing like an encoded word.
_PLAIN = re.compile(r"(?!.*=\?)[!-~]{1,60}(?: [!-~]{1,60})*\Z")


class Line(str):
    """A header's value whose lines are made already: a message writes it as it is.

    ``name`` and ``fold`` are what :mod:`email.policy` asks of a value that folds itself.
    """

    __slots__ = ("name",)
    name: str

    @classmethod
    def of(cls, name: str, value: str) -> Self:
        """A header with its value, in which a line feed stands between its lines."""
        made = cls(value)
        made.name = name
        return made

    def fold(self, *, policy: Policy) -> str:
        """The header as it is sent."""
        return f"{self.name}: {self.replace(chr(10), policy.linesep)}{policy.linesep}"


def text(name: str, value: str) -> Line:
    """A header that people read, such as the subject."""
    return Line.of(name, _folded(len(name) + 2, words(value)))


def parts(name: str, *values: str) -> Line:
    """A header of parts that are ready, between any two of which a line may end."""
    return Line.of(name, _folded(len(name) + 2, " ".join(values)))


def words(value: str) -> str:
    """A text as it may stand in a header, on lines of its own where it is encoded."""
    shown = tidy(value)
    if not shown or _PLAIN.match(shown):
        return shown
    return "\n ".join(f"=?utf-8?b?{base64.b64encode(each).decode()}?=" for each in _pieces(shown))


def phrase(value: str) -> str:
    """A name before an address in angle brackets (RFC 5322, section 3.2.5)."""
    made = words(value)
    if made.startswith("=?") or not made:
        return made
    quoted = made.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def _pieces(value: str) -> list[bytes]:
    """UTF-8 in pieces that fit an encoded word, none of which ends within a character."""
    made: list[bytes] = [b""]
    for char in value:
        octets = char.encode("utf-8", "replace")
        if len(made[-1]) + len(octets) > _OCTETS:
            made.append(b"")
        made[-1] += octets
    return made


def _folded(taken: int, value: str) -> str:
    """A value in lines, broken at spaces; ``taken`` is what the first line holds before it."""
    lines = [""]
    for word in re.split(r"(?=[ \n])", value):
        has = len(lines[-1]) + (taken if len(lines) == 1 else 0)
        if word.startswith("\n"):
            lines.append(word[1:])
        elif lines[-1] and has + len(word) > _WIDTH:
            lines.append(word)
        else:
            lines[-1] += word
    return "\n".join(lines)
