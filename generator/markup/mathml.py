r"""Formulas as MathML Core, which browsers show without a script.

math-core converts (Rust, MIT, 0.4 MB; strict: what it does not know is an error). latex2mathml, the
other maintained converter, shows unknown commands as if they were letters, drops ``*`` and braces
that do not match, and lets ``\text{<img …>}`` through as an element.

What comes out is not trusted all the same. It is read as HTML and written anew: elements and
attributes by which a formula is shown, and text through the digest's own output boundary. A formula
that needs anything else (a link, a box that browsers do not draw) is not converted, nor is one of
which a part would be lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html.parser import HTMLParser

from markupsafe import Markup
from math_core import LatexError, LatexToMathML

#: The longest formula that is converted, and how deep its groups may go: far beyond what an
#: abstract holds, far below what would exhaust the converter's stack.
LONGEST, DEEPEST = 1_000, 30
#: From so many characters on a formula may be wider than a column of a phone, and has to scroll.
WIDE = 20

#: Elements of MathML Core (W3C) that arrange and name things.
_ELEMENTS = frozenset(
    """
    mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover
    mmultiscripts mprescripts mpadded mtable mtr mtd
    """.split()  # noqa: SIM905 - as words it can be read and kept
)
#: HTML that may stand within text in formulas.
_WITHIN_TEXT = frozenset({"b", "i", "code"})
#: The element that is written around it here, and the one around text in a font of its own: the
#: text stays, its font goes.
_DROPPED = frozenset({"math", "span"})
_ATTRIBUTES = frozenset(
    """
    display displaystyle scriptlevel dir form fence separator stretchy symmetric largeop
    movablelimits lspace rspace minsize maxsize accent accentunder linethickness columnspan rowspan
    mathvariant width height depth voffset
    """.split()  # noqa: SIM905 - as words it can be read and kept
)
#: A word, a small number, or a length that cannot stretch a page.
_VALUE = re.compile(r"[a-z]+|-?\d?(?:\.\d+)?(?:em|ex|rem)?|\d{1,2}|\d{1,3}%")

#: Commands of text that formulas borrow, in terms of those that the converter knows.
_BORROWED = {
    "mbox": r"\text{#1}",
    "ensuremath": "#1",
    "textsuperscript": r"^{\text{#1}}",
    "textsubscript": r"_{\text{#1}}",
    "xspace": "",
}
# What begins a comment would take the rest of the formula with it, rules of tables are not drawn,
# and definitions belong to papers.
_REFUSED = re.compile(
    r"(?<!\\)%|\\(?:[gex]?def|let|(?:re)?newcommand|providecommand|hline|cline)(?![a-zA-Z])"
)
# These would be given numbers that their authors did not write.
_NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|gather|multline|alignat|eqnarray)\}")

_CONVERTER = LatexToMathML(
    macros=_BORROWED, fancy_error=False, allow_unreliable_rendering=True, max_expansions=100
)


@lru_cache(maxsize=4096)
def mathml(tex: str, source: str, *, display: bool, escape: Callable[[str], Markup]) -> str | None:
    """A formula as MathML.

    Args:
        tex: The formula without its delimiters.
        source: The formula with them, as it is written: it becomes the annotation, which readers do
            not see, but which programs that look for TeX and the search index do.
        display: Whether it is set on a line of its own.
        escape: Makes text safe where the formula is to stand.

    Returns:
        A ``math`` element on one line; ``None`` if the formula cannot be converted as a whole.
    """
    if len(tex) > LONGEST or _depth(tex) > DEEPEST or _REFUSED.search(tex):
        return None
    try:
        unnumbered = _NUMBERED.sub(r"\\\1{\2*}", tex)
        converted = _CONVERTER.convert_with_local_state(unnumbered, displaystyle=display)
    except LatexError:
        return None
    rewriter = _Rewriter(escape)
    shown = rewriter.rewritten(converted)
    if not shown:
        return None
    # Not `mrow`: what leaves a part of a page out of the search index loses count of elements that
    # hold others of their name.
    mode = ' display="block"' if display else ' class="wide"' if rewriter.length > WIDE else ""
    return (
        f"<math{mode}><semantics><mstyle data-search-exclude>{shown}</mstyle>"
        f'<annotation encoding="application/x-tex">{escape(source)}</annotation></semantics></math>'
    )


def _depth(tex: str) -> int:
    """How deep the braces of a formula go."""
    depth = deepest = 0
    for char in tex:
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    return deepest


class _Rewriter(HTMLParser):
    """The inside of a ``math`` element, written anew from what is known to be harmless."""

    def __init__(self, escape: Callable[[str], Markup]) -> None:
        super().__init__(convert_charrefs=True)
        self._escape = escape
        self._out: list[str] = []
        self._open: list[str] = []
        self._is_harmless = True
        #: How many characters are shown.
        self.length = 0

    def rewritten(self, converted: str) -> str | None:
        self.feed(converted)
        self.close()
        is_whole = self._is_harmless and self.length and not self._open
        return "".join(self._out) if is_whole else None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            return
        # Elsewhere in a formula, HTML would end it.
        is_known = tag in _ELEMENTS or (tag in _WITHIN_TEXT and "mtext" in self._open)
        self._is_harmless &= is_known
        self._open.append(tag)
        kept = (f' {k}="{v}"' for k, v in attrs if k in _ATTRIBUTES and _VALUE.fullmatch(v or ""))
        self._out.append(f"<{tag}{''.join(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _DROPPED:
            self._is_harmless &= bool(self._open) and self._open.pop() == tag
            self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.length += len(data.strip())
        # Ends of a text keep their spaces only as no-break ones.
        self._out.append(Markup("&#160;").join(map(self._escape, data.split("\N{NO-BREAK SPACE}"))))
