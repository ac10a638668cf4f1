"""Characters that nobody sees, and space in its many forms, as steps of the clean-up.

An invisible character can hide a text, reorder it, or make two texts differ that look the same. It
goes, unless it stands where Unicode gives it work that a reader sees (The Unicode Standard, chapter
23, and the property ``Default_Ignorable_Code_Point``). What *is* seen stays: characters for private
use and U+FFFD show as boxes, and say that something was there; so do towers of accents.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from generator.text.spans import Substitution

_PLANE = 0x10000
#: Seen by nobody, wherever they stand; the last two of every plane are no characters (23.7).
_NEVER_SEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\ud800-\udfff\ufdd0-\ufdef"  # halves of characters; code points for internal use
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction (UAX 9, table 1)
    "\u00ad\u200b\u2060-\u2065\u206a-\u206f\ufeff"  # soft hyphen, zero width, operators
    "\u17b4\u17b5\u180e\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # within scripts, music
    "\ufff0-\ufffb\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"  # annotations; set aside
) + "".join(f"{chr(end - 2)}-{chr(end - 1)}" for end in range(_PLANE, 18 * _PLANE, _PLANE))
_TAGS = "\U000e0000-\U000e007f"
#: Tags spell the flag of a part of a country behind a black flag (UTS 51, ED-14a), and no more than
#: the letters and digits of its code; anywhere else they hide a text.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,7}\U000e007f"

#: Drawn as nothing but room: fillers of Hangul, and the blank of Braille.
_BLANK = "\u2800\u3164\uffa0"

_JOINERS = "\u034f\u200c\u200d"
_MONGOLIAN = "\u180b-\u180d\u180f"
_GLYPHS = "\ufe00-\ufe0f"
_IDEOGRAPHS = "\U000e0100-\U000e01ef"
_SELECTORS = _MONGOLIAN + _GLYPHS + _IDEOGRAPHS
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"

#: In an old Hangul syllable a filler takes the place of the first consonant, before a vowel, or of
#: the vowel, behind one; both stand before a last consonant alone (chapter 18.6).
_FIRST = "\u1100-\u115e\ua960-\ua97c"
_VOWEL = "\u1161-\u11a7\ud7b0-\ud7c6"
_LAST = "\u11a8-\u11ff\ud7cb-\ud7fb"
_IDLE_FILLERS = (
    f"\u115f(?![{_VOWEL}]|\u1160[{_LAST}])"
    f"|(?<![{_FIRST}\u115f])\u1160|(?<=\u115f)\u1160(?![{_LAST}])"
)
#: A selector chooses the glyph of the one character before it: a digit of a keycap or one beyond
#: ASCII, a Mongolian letter, an ideograph. More than one would hide a text.
_IDLE_SELECTORS = (
    f'(?<![^\x00-"$-)+-/:-\x7f{_JOINERS}{_SELECTORS}])[{_GLYPHS}]'
    f"|(?<![\u1800-\u180a\u1820-\u18aa])[{_MONGOLIAN}]|(?<![{_HAN}])[{_IDEOGRAPHS}]"
)
#: Joiners shape Persian and Indic words, join emoji and keep Hebrew points in order; up to three
#: have work between two characters beyond ASCII (chapter 23.2).
_IDLE_JOINERS = (
    f"(?<![^\x00-\x7f])[{_JOINERS}]++|[{_JOINERS}]++(?![^\x00-\x7f])|[{_JOINERS}]{{4,}}+"
)

#: Characters that compose do so with what follows, and nothing in ASCII composes with what is
#: before it: every stretch can be normalised by itself.
_STRETCH = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


def _nothing(_: re.Match[str]) -> str:
    return ""


#: Above this, marks are put in order here: Python does it in a time that grows with the square.
_LONG = 1000


def _composed(found: re.Match[str]) -> str:
    stretch = found[0] if len(found[0]) < _LONG else _in_order(found[0])
    return unicodedata.normalize("NFC", stretch)


def _in_order(stretch: str) -> str:
    """Marks in canonical order (The Unicode Standard, chapter 3.11)."""
    runs = groupby(stretch, key=lambda char: unicodedata.combining(char) > 0)
    return "".join("".join(sorted(run, key=unicodedata.combining)) for _, run in runs)


_COMPOSE = Substitution("canonical form", _STRETCH, _composed)
#: Every run of white space is one space, because titles and abstracts are running text.
_FOLD = Substitution(
    "white space", re.compile(rf"[\s{_BLANK}]{{2,}}|[^\S ]|[{_BLANK}]"), lambda _: " "
)
_ENDS = Substitution("white space", re.compile(r"\A | \Z"), _nothing)

#: Most texts have nothing unusual, and need no look at every character.
_UNUSUAL = re.compile(r"[^\x20-\x7e\t\n\r]")
_USUALLY = (_FOLD, _ENDS)
#: Canonical form comes first, for it can make ASCII, and again at the end, for taking a character
#: out can bring a letter and its accent together. Space is folded before neighbours are looked at,
#: and what is seen of what stays before what joins it.
_ALL = (
    _COMPOSE,
    Substitution(
        "invisible characters",
        re.compile(f"({_FLAG})|[{_NEVER_SEEN}{_TAGS}]"),
        lambda found: found[1] or "",
    ),
    _FOLD,
    *(
        Substitution("invisible characters", re.compile(idle), _nothing)
        for idle in (_IDLE_FILLERS, _IDLE_SELECTORS, _IDLE_JOINERS)
    ),
    _COMPOSE,
    _FOLD,
    _ENDS,
)


def steps(text: str) -> tuple[Substitution, ...]:
    """What takes the unseen out of ``text``, in order: after it, doing so again changes nothing."""
    return _ALL if _UNUSUAL.search(text) else _USUALLY
