"""Titles and abstracts as HTML: formulas set, addresses linked, every other character as it is.

The text of a stranger becomes markup here and nowhere else, and only two kinds of it: MathML of
which every element is known (:mod:`generator.mathml`), and links whose text is their address.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from generator.inlines import Inline, inlines
from generator.mathml import mathml


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

    def one(part: Inline) -> Markup:
        if formulas and (formula := part.formula):
            made = mathml(formula.tex, part.source, display=formula.display, escape=escape)
            return escape(part.source) if made is None else Markup(made)  # noqa: S704 - rewritten
        if links and part.address:
            shown = escape(part.source)
            return Markup('<a href="{0}">{0}</a>').format(shown)
        return escape(part.source)

    return Markup("").join(map(one, inlines(text)))
