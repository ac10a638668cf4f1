"""Clean-up of the text that strangers wrote: pure, idempotent; no text is dropped.

What a listing says of a title or an abstract passes through :func:`clean` once, when it enters: its
LaTeX outside of formulas is decoded (:mod:`generator.text.latex` has the rules), and :func:`tidy`
sees to what nobody can see (:mod:`generator.text.unseen`): Unicode NFC, so that ``e`` + combining
acute and ``é`` are one text; no invisible characters; single spaces. :func:`trace` is the same,
step by step, with what every step found and made: the original can be had back from it.
"""

from __future__ import annotations

import re
import unicodedata

from generator.text import unseen
from generator.text.latex import passes
from generator.text.spans import Step


def clean(text: str) -> str:
    """Give a title or an abstract the form in which the library keeps it.

    Args:
        text: As a source gives it.

    Returns:
        What its authors meant, on one line: without LaTeX but in formulas, and without characters
        that nobody can see. Cleaning it again changes nothing.
    """
    return _clean(text, None)


def trace(text: str) -> tuple[Step, ...]:
    """How :func:`clean` comes to its result.

    Returns:
        The steps that changed something. The first one's spans hold ``text``, each step begins with
        what the one before it left, and the last one leaves ``clean(text)``. Empty if nothing was
        to be done.
    """
    steps: list[Step] = []
    _clean(text, steps)
    return tuple(steps)


def tidy(text: str) -> str:
    """``text`` in NFC, without characters that nobody can see, on one line."""
    # Nearly every text is so already. Of all white space only the space is printable.
    if text.isprintable() and "  " not in text and (text.isascii() or not _ODD.search(text)):
        return text.strip(" ")
    return _tidy(text, None)


#: All but ASCII and what stands in its company, is seen wherever it stands, and is composed already
#: and with nothing: letters of European languages and of Greek, dashes, quotation marks, operators.
_ODD = re.compile("[^ -~\xa1-\xac\xae-\u017f\u0391-\u03c9\u2010-\u2027\u2030-\u205e\u2200-\u22ff]")


def _clean(text: str, steps: list[Step] | None) -> str:
    """Tidy, decode and tidy again: decoding can uncover what is to be tidied, and vice versa."""
    text = _tidy(text, steps)
    for spans in passes(text, tidy):
        step = Step("LaTeX", tuple(spans))
        if steps is not None:
            steps.append(step)
        text = _tidy(step.after, steps)
    return text


def _tidy(text: str, steps: list[Step] | None) -> str:
    for step in unseen.steps(text):
        tidied = step.apply(text)
        if steps is not None and tidied != text:
            steps.append(Step(step.name, tuple(step.spans(text))))
        text = tidied
    return text


_SPACE = re.compile(r"\s+")

# \command names, accent signs, braces and dollars say how a word looks, not what it is.
_COMMAND = re.compile(r"\\[a-zA-Z]+\*?")
_MARKUP = re.compile(r"\\[^a-zA-Z\s]|[{}$]")


def plain(text: str) -> str:
    """``text`` without LaTeX markup, for comparing and for addresses; never shown."""
    return _SPACE.sub(" ", _MARKUP.sub("", _COMMAND.sub(" ", text))).strip()


_WORD = re.compile(r"[^\W_]+")
#: Nearly all of a text is ASCII, which has no combining marks.
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalnum()}
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` for comparing: case, accents, punctuation and markup folded away.

    Compatibility decomposition (NFKD) without combining marks, then full case folding, after the
    caseless matching of the Unicode Standard, chapter 3.13.
    """
    # Not plain(text): what is between words does not matter, and most texts have no backslash.
    if "\\" in text:
        text = _COMMAND.sub(" ", text)
    folded = unicodedata.normalize("NFKD", _MARKUP.sub("", text)).casefold()
    if folded.isascii():
        return tuple(folded.translate(_BETWEEN).split())
    return tuple(_WORD.findall(_BEYOND_ASCII.sub(_without_marks, folded)))


def _without_marks(found: re.Match[str]) -> str:
    return "".join(char for char in found[0] if not unicodedata.combining(char))
