r"""Plain text as LaTeX that shows it, fit to stand in a BibTeX field.

The characters are pylatexenc's (its table gives LaTeX for some 1,500 characters beyond ASCII); what
it knows not, such as Chinese, stays as it is, for Biber and LuaLaTeX take UTF-8. Three things
are added. BibTeX counts braces and knows nothing of backslashes, so that ``\{`` would swallow the
rest of the file: braces become commands. What LaTeX joins (``--``, ``''``, ``?```) is kept apart.
And formulas stay formulas, if they are harmless.

A formula is code that runs in the document of whoever cites the paper. So it is kept only if its
braces match and every command in it is one of :data:`COMMANDS`, which show something and need no
package beyond ``amsmath`` and ``amssymb``. Any other formula is shown as its source.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from pylatexenc.latexencode import (  # type: ignore[import-untyped]
    RULE_DICT,
    UnicodeToLatexConversionRule,
    UnicodeToLatexEncoder,
)

from generator.text.cleaning import tidy
from generator.text.formulas import Formula, reads_as_prose
from generator.text.inlines import inlines

#: Commands with which a formula may be set.
COMMANDS = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi
    Pi Sigma Upsilon Phi Psi Omega ell hbar imath jmath Re Im aleph partial nabla infty emptyset
    varnothing forall exists nexists neg lnot top bot angle prime dagger ddagger star ast bullet
    circ cdot times div pm mp cap cup uplus sqcap sqcup vee wedge lor land oplus ominus otimes odot
    setminus wr diamond triangle triangleq square Box leq le geq ge neq ne ll gg equiv sim simeq
    approx cong propto prec succ preceq succeq subset supset subseteq supseteq in ni notin mid
    parallel perp models vdash lesssim gtrsim leqslant geqslant ll gg to gets mapsto leftarrow
    rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longrightarrow Longrightarrow
    uparrow downarrow updownarrow hookrightarrow rightharpoonup rightsquigarrow implies iff sum prod
    coprod int iint oint bigcup bigcap bigoplus bigotimes bigvee bigwedge lim limsup liminf sup inf
    max min arg argmax argmin log ln lg exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos
    arctan det dim ker deg gcd Pr hom bmod pmod mod operatorname frac dfrac tfrac binom sqrt
    overline underline hat widehat tilde widetilde bar vec dot ddot check breve acute grave
    overbrace underbrace stackrel overset underset limits nolimits not mathbb mathcal mathbf mathrm
    mathit mathsf mathtt mathfrak boldsymbol text textbf textit textrm textsc textsf texttt emph rm
    bf it left right big Big bigg Bigg bigl bigr Bigl Bigr langle rangle lceil rceil lfloor rfloor
    lbrace rbrace lvert rvert lVert rVert vert Vert backslash quad qquad ldots cdots dots dotsc
    vdots ddots colon displaystyle textstyle scriptstyle
    """.split()  # noqa: SIM905 - as words it can be read and kept
)

# A command of letters, or a backslash with any one other character.
_COMMAND = re.compile(r"\\([a-zA-Z]+|.)")
_SIGN = re.compile(r"\\[&%$#_]")
_SIGNS = frozenset(r"\{}|,;:!>%&#_$ ")  # spaces, signs and fences
# What begins a comment, an argument, a column, a formula, or a character by its number.
_MEANT_FOR_TEX = re.compile(r"[%#&$]|\^\^")

# Two of these in a row are one other character in LaTeX's fonts; so is ? or ! before `.
_JOINED = re.compile(r"([-'`,])(?=\1)|[?!](?=`)")

_ASCII = {
    ord("\\"): r"\textbackslash",
    ord("{"): r"\textbraceleft",
    ord("}"): r"\textbraceright",
    ord("<"): r"\textless",
    ord(">"): r"\textgreater",
    ord("|"): r"\textbar",
    ord("~"): r"\textasciitilde",
    ord("^"): r"\textasciicircum",
    ord('"'): '"',  # every font has it; \textquotedbl is missing in LaTeX's first encoding
}
_BEYOND = {
    0x2011: r"\mbox{-}",  # a hyphen at which no line breaks; pylatexenc's asks for amsmath
    # Whole words of another script: nobody reads them as commands, and few documents know those.
    **{point: chr(point) for point in range(0x400, 0x530)},
}


def _grouped(code: str) -> str:
    r"""``code`` in braces, unless it is a sign like ``\&``: ``{\'e}`` is one letter to BibTeX."""
    return f"{{{code}}}" if code.startswith("\\") and not _SIGN.fullmatch(code) else code


def _encoder(own: dict[int, str], **options: Any) -> UnicodeToLatexEncoder:
    return UnicodeToLatexEncoder(
        conversion_rules=[UnicodeToLatexConversionRule(RULE_DICT, own), "defaults"],
        unknown_char_policy="keep",
        unknown_char_warning=False,
        **options,
    )


_TEXT = _encoder({**_ASCII, **_BEYOND}, replacement_latex_protection=_grouped)
_MATH = _encoder(_BEYOND, non_ascii_only=True)


def latex(text: str) -> str:
    """``text`` as LaTeX, on one line, its braces matched, its formulas kept."""
    return "".join(
        _formula(part.source, part.formula) if part.formula else _prose(part.source)
        for part in inlines(tidy(text))
    )


def _prose(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return _JOINED.sub(r"\g<0>{}", _CODED.sub(lambda found: _code(found[0]), composed))


@lru_cache(maxsize=4096)
def _code(char: str) -> str:
    """The code of a character, which is the same wherever it stands: the rules know no others."""
    code: str = _TEXT.unicode_to_latex(char)
    return code


#: What is not itself in LaTeX, or of which the rules alone know; the rest is passed over at once.
_PLAIN = "".join(char for char in map(chr, range(32, 127)) if _code(char) == char)
_CODED = re.compile(f"[^{re.escape(_PLAIN)}]")


def _formula(source: str, formula: Formula) -> str:
    width = (len(source) - len(formula.tex)) // 2
    start, end = source[:width], source[-width:]
    countable = _COMMAND.sub(_countable, formula.tex)
    if not (_is_harmless(formula.tex) and _is_balanced(countable)):
        return _prose(source)
    return f"{start}{_MATH.unicode_to_latex(countable)}{end}"


def _countable(command: re.Match[str]) -> str:
    r"""``\lbrace`` for ``\{``: LaTeX shows both alike, but BibTeX counts the brace."""
    return {r"\{": r"\lbrace ", r"\}": r"\rbrace "}.get(command[0], command[0])


def _is_harmless(formula: str) -> bool:
    """Whether it only shows something; and is a formula, not prose between two prices."""
    commands = _COMMAND.findall(formula)
    known = all(name in COMMANDS or name in _SIGNS for name in commands)
    paired = commands.count("left") == commands.count("right")
    prose = reads_as_prose(formula)
    return known and paired and not prose and not _MEANT_FOR_TEX.search(_COMMAND.sub(" ", formula))


def _is_balanced(source: str) -> bool:
    depth = 0
    for char in source:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0
