r"""Formulas that hold only words, which were put between dollars for their looks."""

from __future__ import annotations

import re

from generator.text.tex.commands import LOOKS, NAME, SWITCHES, braces

_WORDS = re.compile(r"(?:[^\W_]|\\[_&%#])(?:[\w\s.,:;'’&+/!?()@-]|\\[_&%#])*")
_SPACE = re.compile(r"\s+|~|\\[ ,;]|\\quad(?![a-zA-Z])")
#: The endings of numbers that are counted off.
_ORDINAL = re.compile(r"\^\{?\s*(?:\\[a-z]+\s*\{)?\s*(st|nd|rd|th)\s*\}*")
#: An initial that stands out from its word.
_INITIAL = re.compile(r"(?:\\[a-z]+\s*\{\s*)+([A-Z])[\s}]*")
_REST_OF_WORD = re.compile(r"[a-z]{2}")
#: A single letter is a variable, two are a word.
_SHORTEST = 2
#: Nobody slants more than a few words; it also bounds how deep they are nested.
_LONGEST = 200


def words_of(tex: str, before: str, behind: str) -> str | None:
    """The words of a formula that holds nothing else.

    Args:
        tex: The formula without its delimiters.
        before: What stands before it; its last character counts.
        behind: What stands behind it; its first two count.
    """
    if len(tex) > _LONGEST:
        return None
    ordinal = _ORDINAL.fullmatch(tex)
    if ordinal and before[-1:].isdigit():
        return ordinal[1]
    found = _parts(tex) or _initial(tex)
    words = found.strip() if found else ""
    if len(words) >= _SHORTEST and any(char.isalpha() for char in words):
        return words
    return words if words.isupper() and _REST_OF_WORD.match(behind) else None


def _initial(tex: str) -> str | None:
    r"""The letter of `\mathbf{C}`, which is a variable unless the rest of a word follows it."""
    found = _INITIAL.fullmatch(tex)
    return found[1] if found and LOOKS.issuperset(NAME.findall(tex)) else None


def _parts(tex: str) -> str | None:
    r"""The words in a row of `\textit{…}`, `\rm …` and spaces, if that is all there is."""
    words: list[str] = []
    closing = braces(tex)
    at = 0
    while at < len(tex):
        space = _SPACE.match(tex, at)
        part = (" ", space.end()) if space else _part(tex, at, closing)
        if part is None:
            return None
        words.append(part[0])
        at = part[1]
    return "".join(words)


def _part(tex: str, at: int, closing: dict[int, int]) -> tuple[str, int] | None:
    name = NAME.match(tex, at)
    start = name.end() if name else at
    if start in closing:
        end = closing[start] + 1
        inner = tex[start + 1 : end - 1]
        is_known = name[1] in LOOKS | SWITCHES if name else inner.startswith("\\")
    else:
        end = len(tex)
        inner = tex[start:]
        is_known = name is not None and name[1] in SWITCHES
    inner = inner.strip()
    is_variable = len(inner) < _SHORTEST and name is not None and name[1].startswith("math")
    if not is_known or is_variable:
        return None
    words = inner if _WORDS.fullmatch(inner) else _parts(inner)
    return None if words is None else (words, end)
