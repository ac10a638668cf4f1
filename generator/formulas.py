r"""Where mathematics begins and ends in running text.

``$x$``, ``$$x$$``, ``\(x\)`` and ``\[x\]`` are formulas. Of the first, neither dollar touches a
space inside and the closing one is not followed by a digit: that tells it from prices ("$5 and
$10"), after the rule of Pandoc's extension ``tex_math_dollars``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FORMULA = re.compile(
    r"(?<![\\$])(?:"
    r"\$\$(?P<display>[^$]+)\$\$"
    r"|\\\((?P<round>(?:(?!\\\)).)+)\\\)"
    r"|\\\[(?P<square>(?:(?!\\\]).)+)\\\]"
    r"|\$(?!\s)(?P<inline>(?:[^$\\]|\\.)+)(?<!\s)\$(?![\d$])"
    r")"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: a formula, or what stands between two.

    ``source`` is the part as it is written; ``tex`` the formula without its delimiters (``None``
    for text); ``display`` whether it is set on a line of its own.
    """

    source: str
    tex: str | None = None
    display: bool = False


def pieces(text: str) -> Iterator[Piece]:
    """``text`` in pieces that, put together, are the text again."""
    end = 0
    for found in FORMULA.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        yield piece(found)
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def piece(found: re.Match[str]) -> Piece:
    """The formula that :data:`FORMULA` found."""
    tex = next(filter(None, found.groups()))
    return Piece(found[0], tex, bool(found["display"] or found["square"]))
