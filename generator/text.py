"""Clean-up of the text that strangers wrote: pure, idempotent; no text is dropped.

What a listing says of a title or an abstract passes through :func:`clean` once, when it enters.
LaTeX outside of formulas is decoded (:mod:`generator.latex` has the rules), and :func:`tidy` sees
to what nobody can see, in this order:

* *canonical form*: Unicode NFC, so that ``e`` + combining acute and ``é`` are one text;
* *invisible characters*: controls, surrogates, non-characters, zero-width characters and
  bidirectional overrides can hide or reorder what a reader sees, and XML forbids some of them. The
  two joiners stay between non-ASCII characters, where Persian, Indic scripts and emoji need them;
* *white space*: every run of it (line breaks of hard-wrapped text, tabs, no-break and typographic
  spaces) is one space, because titles and abstracts are running text.
"""

from __future__ import annotations

import re
import unicodedata

from generator.latex import decode

# Joiners (ZWNJ U+200C, ZWJ U+200D) shape words of several scripts and join emoji; anywhere else
# they are as invisible as the rest. Variation selectors (U+FE0F) choose between glyphs and stay.
_JOINER = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])")

# Most texts have none of it, and need no look at every character.
_UNUSUAL = re.compile(r"[^\x20-\x7e\t\n\r]")

_SPACE = re.compile(r"\s+")

# Zero-width space, marks, word joiner and invisible operators, byte-order mark, soft hyphen,
# Mongolian vowel separator, interlinear annotation, and the controls that embed, override or
# isolate a direction (Unicode Standard Annex 9, table 1).
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)

# Code points set aside for internal use (The Unicode Standard, chapter 23.7); the last two of each
# plane are found by arithmetic below.
_LAST_OF_PLANE = 0xFFFE
_NONCHARACTER = re.compile("[\ufdd0-\ufdef]")


def clean(text: str) -> str:
    """Give a title or an abstract the form in which the library keeps it.

    Args:
        text: As a source gives it.

    Returns:
        What its authors meant, on one line: without LaTeX but in formulas, and without characters
        that nobody can see. Cleaning it again changes nothing.
    """
    text = tidy(text)
    while (cleaned := tidy(decode(text))) != text:
        text = cleaned
    return text


def tidy(text: str) -> str:
    """``text`` in NFC, without characters that nobody can see, on one line."""
    if not _UNUSUAL.search(text):
        return _SPACE.sub(" ", text).strip()
    visible = "".join(_visible(char) for char in unicodedata.normalize("NFC", text))
    visible = _JOINER.sub("", _INVISIBLE.sub("", visible))
    # Taking a character out can bring a base and its accent together.
    return _SPACE.sub(" ", unicodedata.normalize("NFC", visible)).strip()


def _visible(char: str) -> str:
    """``char``, a space for a control that breaks lines, or nothing."""
    if char.isspace():
        return " "
    point = ord(char)
    if unicodedata.category(char) in {"Cc", "Cs"} or point & _LAST_OF_PLANE == _LAST_OF_PLANE:
        return ""
    return "" if _NONCHARACTER.match(char) else char


# \command names, accent signs, braces and dollars say how a word looks, not what it is.
_COMMAND = re.compile(r"\\[a-zA-Z]+\*?")
_MARKUP = re.compile(r"\\[^a-zA-Z\s]|[{}$]")


def plain(text: str) -> str:
    """``text`` without LaTeX markup, for comparing and for addresses; never shown."""
    return _SPACE.sub(" ", _MARKUP.sub("", _COMMAND.sub(" ", text))).strip()


_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` for comparing: case, accents, punctuation and markup folded away.

    Compatibility decomposition (NFKD) without combining marks, then full case folding, after the
    caseless matching of the Unicode Standard, chapter 3.13.
    """
    folded = unicodedata.normalize("NFKD", plain(text)).casefold()
    return tuple(_WORD.findall("".join(c for c in folded if not unicodedata.combining(c))))
