"""Titles and abstracts as HTML: formulas set, addresses linked, every other character as it is.

The text of a stranger becomes markup here and nowhere else, and only two kinds of it: MathML of
which every element is known (:mod:`generator.markup.mathml`), and links whose text is their
address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from markupsafe import Markup, escape

from generator.markup.mathml import mathml
from generator.text.inlines import Inline, has_inlines, inlines

_SPACE = re.compile(r"(\s+)")
#: Characters beside a formula that stay on its line: `GAN$^2$:`, not a long word.
_KEPT = 24


def typeset(
    text: str,
    *,
    formulas: bool = False,
    links: bool = False,
    escape: Callable[[str], Markup] = escape,
) -> Markup:
    """A text of a stranger as HTML.

    Args:
        text: A title or an abstract, plain.
        formulas: Whether formulas become MathML. One that cannot is shown as its source.
        links: Whether addresses become links; never so where the text is a link itself.
        escape: Makes text safe where it is to stand.
    """
    parts = list(inlines(text)) if has_inlines(text) else []
    if not any(part.formula or part.address for part in parts):
        return escape(text)
    line = _Line(escape)
    for part in parts:
        made = _formula(part, escape) if formulas else None
        if made is not None:
            line.formula(made)
        elif links and part.address:
            line.link(part.source)
        else:
            line.words(part.source)
    return line.html()


def _formula(part: Inline, escape: Callable[[str], Markup]) -> str | None:
    formula = part.formula
    if not formula:
        return None
    return mathml(formula.tex, part.source, display=formula.display, escape=escape)


class _Line:
    """HTML as it comes together.

    Browsers may break a line on either side of a formula, even before the comma behind it. What
    touches a formula is kept with it.
    """

    def __init__(self, escape: Callable[[str], Markup]) -> None:
        self._escape = escape
        self._out: list[str] = []  # each of them HTML
        #: What has come since the last space: texts, and whether each is a formula.
        self._run: list[tuple[str, bool]] = []

    def words(self, text: str) -> None:
        """Add text."""
        before, *rest = _SPACE.split(text, maxsplit=1)
        self._run.append((before, False))
        if rest:
            self._end_run()
            middle, last = _last_run(rest[1])
            self._out.append(self._escape(rest[0] + middle))
            self._run.append((last, False))

    def formula(self, made: str) -> None:
        """Add a formula."""
        self._run.append((made, True))

    def link(self, address: str) -> None:
        """Add a link that is its address."""
        self._end_run()
        shown = self._escape(address)
        self._out.append(f'<a href="{shown}">{shown}</a>')

    def html(self) -> Markup:
        """All of it."""
        self._end_run()
        return Markup("".join(self._out))  # noqa: S704 - escaped, rewritten, or written here

    def _end_run(self) -> None:
        run = [(text, is_formula) for text, is_formula in self._run if text]
        self._run = []
        made = "".join(text if is_formula else self._escape(text) for text, is_formula in run)
        beside = sum(len(text) for text, is_formula in run if not is_formula)
        if any(is_formula for _, is_formula in run) and 0 < beside <= _KEPT:
            made = f'<span class="kept">{made}</span>'
        self._out.append(made)


def _last_run(text: str) -> tuple[str, str]:
    """A text up to its last space, and what comes behind that."""
    last = text.rsplit(maxsplit=1)[-1] if text and not text[-1].isspace() else ""
    return text[: len(text) - len(last)], last


def reading(text: str) -> str:
    """A text of a stranger with every formula as the characters that it shows.

    For searches and addresses: where nothing but plain text can stand and nothing has to be exact.
    """
    return "".join(_read(part) for part in inlines(text)) if has_inlines(text) else text


def _read(part: Inline) -> str:
    made = _formula(part, escape)
    if made is None:
        return part.source
    reader = _Reader()
    reader.feed(made)
    return " ".join("".join(reader.shown).split())


_COMMAND = re.compile(r"\\[a-zA-Z]+(?:\{[^{}]*\})?")


def unread(text: str) -> str | None:
    """The first LaTeX of a text that is shown as it is written: a command, or a formula."""
    for part in inlines(text):
        if part.formula and _formula(part, escape) is None:
            return part.source
        if not (part.formula or part.address) and (found := _COMMAND.search(part.source)):
            return found[0]
    return None


class _Reader(HTMLParser):
    """What a ``math`` element shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self._is_source = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the signature is HTMLParser's
        self._is_source |= tag == "annotation"
        if tag == "mspace":
            self.shown.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._is_source:
            self.shown.append(data.replace("\N{FUNCTION APPLICATION}", " "))
