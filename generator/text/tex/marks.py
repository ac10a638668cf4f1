r"""Quotation marks and apostrophes that a program escaped, told from accents.

``\"Hello\"`` and ``it\'s`` are what a program leaves of ``"Hello"`` and ``it's``; LaTeX would read
``Ḧello`` and ``itś``. What tells them apart is where they stand: an accent needs a letter behind
it, a quotation mark a partner.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"(?<!\\)\\+(?P<mark>[\"'])")
_ENDING = r"(?:s|t|d|m|re|ve|ll)"
#: Behind a word there is an apostrophe only where no letter follows but those of an ending.
_NO_ACCENT = re.compile(r"(?![\w{]|\\[ij](?![a-zA-Z]))")
_APOSTROPHE = re.compile(rf"(?={_ENDING}?(?![\w\\{{]))")
#: `{\"o}` is a letter of a bibliography.
_GROUPED = re.compile(r"\s?(?:\w|\\[ij]|\{\s?\\?\w\s?\})\s?\}")
_BOUNDARY = re.compile(r"[\w}]")
#: Words begin with an acute accent in many languages, and seldom with a diaeresis; so a single
#: quotation has to end soon.
_LONGEST = {'"': None, "'": 200}


def escaped(text: str) -> frozenset[int]:
    """Where the last backslashes stand that escape no more than a mark."""
    places: set[int] = set()
    opened: dict[str, int] = {}
    for found in _MARK.finditer(text):
        mark, place = found["mark"], found.end() - 2
        if _ends(text, found) and _is_near(opened, mark, place):
            places |= {opened.pop(mark), place}
        elif _begins(text, found):
            opened[mark] = place
        elif mark == "'" and _is_apostrophe(text, found):
            places.add(place)
    return frozenset(places)


def _is_near(opened: dict[str, int], mark: str, place: int) -> bool:
    longest = _LONGEST[mark]
    return mark in opened and (longest is None or place - opened[mark] <= longest)


def _begins(text: str, found: re.Match[str]) -> bool:
    before, behind = _before(text, found), text[found.end() : found.end() + 1]
    is_grouped = before == "{" and _GROUPED.match(text, found.end())
    return bool(behind.strip()) and not _BOUNDARY.match(before) and not is_grouped


def _ends(text: str, found: re.Match[str]) -> bool:
    return bool(_before(text, found).strip()) and _NO_ACCENT.match(text, found.end()) is not None


def _is_apostrophe(text: str, found: re.Match[str]) -> bool:
    return bool(_BOUNDARY.match(_before(text, found)) and _APOSTROPHE.match(text, found.end()))


def _before(text: str, found: re.Match[str]) -> str:
    return text[max(found.start() - 1, 0) : found.start()]
