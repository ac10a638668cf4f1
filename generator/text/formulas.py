r"""Where mathematics begins and ends in running text.

``$x$``, ``$$x$$``, ``\(x\)`` and ``\[x\]`` are formulas. Of the first, neither dollar touches a
space inside ("$5 and $10"), after the rule of Pandoc's extension ``tex_math_dollars``. That rule
also forbids a digit behind the closing one; here only if there is one behind the opening one, too
("$5-$10"), for ``$\sim$90%`` and ``$<$3`` are everywhere in abstracts. Nor is it a formula if what
stands between two dollars reads as prose ("$5 for some and 10$ for others"): LaTeX would set the
words without the spaces between them, so nobody writes a formula like that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMULA = re.compile(
    r"(?<!\\)(?:"
    r"\$\$(?P<display>[^$]+)\$\$"
    r"|\\\((?P<round>(?:(?!\\[()]).)+)\\\)"
    r"|\\\[(?P<square>(?:(?!\\[\[\]]).)+)\\\]"
    r"|\$(?!\s)(?P<inline>(?:[^$\\]|\\.)+)(?<!\s)\$"
    r")"
)

_NUMBER = re.compile(r"[-–]?\d[\d.,]*")
_IN_BRACKETS = re.compile(r"\s*(?:[A-Za-z]{2,}|\d+(?:\s*[,;-]\s*\d+)*)\s*")
_PRICES = re.compile(r"\$\d[^$]*\$\d")

# In a formula words with spaces stand in the argument of a command (`\text{for all }`).
_SET_APART = re.compile(r"\\[a-zA-Z]+\*?\s*(?:\{[^{}]*\})?")
# Two words, or one between spaces; functions are written as words, too (`n log n`).
_FUNCTION = r"(?:log|ln|exp|sin|cos|tan|max|min|mod|arg|lim|sup|inf|det)\b"
_WORD = rf"\b(?!{_FUNCTION})[^\W\d_]{{2,}}"
_PROSE = re.compile(rf"{_WORD}\s+{_WORD}|\s{_WORD}\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and where it stands: from ``start`` up to, not including, ``end``.

    ``tex`` is the formula without its delimiters; ``display`` whether it is set on a line of its
    own.
    """

    tex: str
    display: bool
    start: int
    end: int


def search(text: str, start: int = 0) -> Formula | None:
    """The first formula that begins at ``start`` or later."""
    while found := _FORMULA.search(text, start):
        if formula := _formula(found):
            return formula
        start = found.start() + 1
    return None


def match(text: str, start: int) -> Formula | None:
    """The formula that begins at ``start``, if one does."""
    found = _FORMULA.match(text, start)
    return _formula(found) if found else None


def _formula(found: re.Match[str]) -> Formula | None:
    tex = next(filter(None, found.groups()))
    if not found["display"] and (_is_price(found) or _is_bracketed(found) or reads_as_prose(tex)):
        return None
    display = bool(found["display"] or found["square"])
    return Formula(tex, display, found.start(), found.end())


def _is_price(found: re.Match[str]) -> bool:
    """``$5-$10``, ``10$-20$``."""
    text, start = found.string, found.start()
    behind_digit = text[start - 1 : start].isdigit()
    return bool(
        found["inline"]
        and (_PRICES.match(text, start) or (behind_digit and _NUMBER.fullmatch(found["inline"])))
    )


def _is_bracketed(found: re.Match[str]) -> bool:
    r"""``\[MASK\]``, ``\[1\]``: brackets that were made safe for Markdown."""
    return bool(found["square"]) and _IN_BRACKETS.fullmatch(found["square"]) is not None


def reads_as_prose(tex: str) -> bool:
    """Whether words follow on each other as in a sentence."""
    return _PROSE.search(_SET_APART.sub("", tex)) is not None
