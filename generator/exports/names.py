"""Authors' names in parts, by the rule that BibTeX reads them with, so that all formats agree.

Records keep names as listings write them, in one piece. Which part is the family's is known from no
listing; BibTeX's rule ("BibTeXing", section 4) is the one that its users live with: what stands
before a comma, else the last word and the words in small letters before it. Names that the rule
would tear apart, such as a company's, stay whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# BibTeX would take a name with a comma for "last, first" and with "and" for two, and "others" for
# "et al.". One comma may mean just that, unless what follows it is no first name.
_WHOLE = re.compile(r"(?i)\band\b|,.*,|,\s*(?:jr|sr|[ivx]+|inc|ltd|llc|ph\.?d)\.?$|^others$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name; ``given`` and ``particle`` are "" where there are none, or where it is whole."""

    family: str
    given: str = ""
    particle: str = ""


def is_whole(name: str) -> bool:
    """Whether a name has to stay in one piece."""
    return bool(_WHOLE.search(name))


def parts_of(name: str) -> Name:
    """A name in its parts; in one if it is whole, or a single word."""
    if is_whole(name):
        return Name(name)
    last, comma, first = name.partition(",")
    words = (last if comma else name).split()
    start = 0 if comma else _begin_of_last(words)
    particles = _small_words(words[start:])
    return Name(
        family=" ".join(words[start + particles :]),
        given=first.strip() if comma else " ".join(words[:start]),
        particle=" ".join(words[start : start + particles]),
    )


def _begin_of_last(words: list[str]) -> int:
    """Where, in "First von Last", the first name ends."""
    small = (place for place, word in enumerate(words[:-1]) if word[0].islower())
    return next(small, max(len(words) - 1, 0))


def _small_words(words: list[str]) -> int:
    """How many words before the last one begin with a small letter."""
    capital = (place for place, word in enumerate(words[:-1]) if not word[0].islower())
    return next(capital, max(len(words) - 1, 0))
