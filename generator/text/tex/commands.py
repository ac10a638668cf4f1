r"""What the commands of LaTeX mean that people write outside of formulas.

What a command means is pylatexenc's to say; what is decided here is which commands may be decoded:
those that stand for a character, say how a word looks, or move it about. A command that is in none
of these tables is somebody's own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    get_default_latex_context_db,
)

_CONTEXT = get_default_latex_context_db()
_PYLATEXENC = LatexNodes2Text(math_mode="verbatim", keep_comments=True, strict_latex_spaces=True)

NAME = re.compile(r"\\([a-zA-Z]+)")

#: LaTeX's font commands in formulas (The LaTeX Companion, chapter 9).
_MATH_FONTS = frozenset({"mathit", "mathrm", "mathbf", "mathsf", "mathtt", "mathnormal"})
#: Its font commands in text, and boxes around words. Not `\sout`: struck out is not said.
_TEXT_LOOKS = frozenset(
    {
        *("emph", "text", "textbf", "textit", "textmd", "textnormal", "textrm", "textsc", "textsf"),
        *("textsl", "texttt", "textup", "textlf", "mbox", "fbox", "uline", "underline", "hl"),
    }
)
LOOKS = _TEXT_LOOKS | _MATH_FONTS | {"operatorname", "ensuremath"}
#: Switches of fonts and sizes for the rest of a group.
SWITCHES = frozenset(
    {
        *("it", "em", "bf", "sc", "tt", "rm", "sf", "sl", "normalfont", "boldmath"),
        *("itshape", "slshape", "scshape", "upshape", "bfseries", "mdseries"),
        *("rmfamily", "sffamily", "ttfamily", "tiny", "scriptsize", "footnotesize", "small"),
        *("normalsize", "large", "Large", "LARGE", "huge", "Huge", "centering"),
    }
)
#: Those that are no likely name of anything else, so they may also stand without a group.
OPEN_SWITCHES = SWITCHES - {"sc", "sf", "rm", "small", "tiny", "large", "huge"}
#: Around a word, but behind an argument of their own that says which colour or language.
COLOURED = re.compile(
    r"\\(?:textcolor|colorbox|foreignlanguage)\s?(?:\[[^\[\]]*\])?\{[^{}\\]*\}\s?(?=\{)"
)
COLOUR = re.compile(r"\\color\s?(?:\[[^\[\]]*\])?\{[^{}\\]*\}\s?")
#: Commands that quote their argument (packages csquotes and dirtytalk).
QUOTES = frozenset({"enquote", "textquote", "say"})
#: Commands around an address (package url).
ADDRESSES = frozenset({"url", "nolinkurl", "path"})

#: Space between words, and what only guides the making of lines and pages.
SPACES = frozenset(
    {
        *("quad", "qquad", "enspace", "enskip", "thinspace", "space", "newline", "linebreak"),
        *("par", "hfill", "smallskip", "medskip", "bigskip", "nobreakspace"),
    }
)
NOTHING = frozenset(
    {"noindent", "protect", "xspace", "unboldmath", "nolinebreak", "allowbreak", "leavevmode"}
)
#: Environments of text; what stands in others (equations, tables) is left to them.
TEXT_ENVIRONMENTS = frozenset(
    {
        *("abstract", "center", "description", "document", "enumerate", "flushleft", "flushright"),
        *("itemize", "quotation", "quote", "small"),
    }
)
#: Environments of mathematics (LaTeX and amsmath).
MATH_ENVIRONMENTS = frozenset(
    {
        *("math", "displaymath", "equation", "eqnarray", "align", "gather", "multline", "array"),
        *("cases", "matrix", "pmatrix", "bmatrix", "aligned", "split"),
    }
)

#: Where pylatexenc has another character or none. LaTeX draws two variants of epsilon and phi; in a
#: text both are the letter of the alphabet.
_TABLE = (
    "epsilon=ε varepsilon=ε phi=φ varphi=φ TeX=TeX LaTeX=LaTeX BibTeX=BibTeX LaTeXe=LaTeX2ε "
    "degree=° ohm=Ω S=§ copyright=© pounds=£ euro=€ ddag=‡ ddagger=‡ checkmark=✓ slash=/ "
    "textgreater=> textless=< textbar=| textunderscore=_ textasciicircum=^ textpercent=% "
    "textbraceleft={ textbraceright=} textminus=− lq=‘ rq=’ glqq=„ grqq=“ flqq=« frqq=» "
    "ne=≠ gets=← iff=⟺ implies=⟹ land=∧ lor=∨ arg=arg det=det dim=dim gcd=gcd Pr=Pr "
    "hbar=ℏ Re=ℜ Im=ℑ heartsuit=♡ diamondsuit=♢ clubsuit=♣ spadesuit=♠"
)
_MEANT = dict(pair.split("=", 1) for pair in _TABLE.split())
#: Names of pylatexenc's that are more likely an author's own (systems are called after signs of the
#: zodiac and planets, losses after roles), the day on which it is asked, and a backslash, which
#: would make a command of the word behind it.
_OWN = frozenset(
    {
        *("id", "Ident", "image", "original", "estimates", "recorder", "Equal", "Angle", "Colon"),
        *("forcesextra", "homothetic", "truestate", "between", "because", "male", "venus"),
        *("aries", "taurus", "gemini", "cancer", "leo", "virgo", "libra", "scorpio", "sagittarius"),
        *("capricornus", "aquarius", "pisces", "mercury", "jupiter", "saturn", "uranus"),
        *("neptune", "pluto", "today", "textbackslash", "backslash"),
    }
)
#: What pylatexenc writes for commands that have arguments (`%s`) or point elsewhere (`<ref>`).
_NO_SYMBOL = re.compile(r"%|<.+>")

_LETTER = r"[^\W\d_]"
_ACCENT = re.compile(
    # `\"` and `\'` before a space are escaped quotation marks; `\.` accents few letters.
    r"\\(?:\"(?=[aeiouywAEIOUYW{\\])|['`]|[\^=~] ?|\.(?=[cCeEgGIzZ{\\])(?!com\b)"
    # `\d` and `\b` before a word belong to a pattern for texts, `\r` and `\u` to a string.
    rf"|[cvHk](?=[{{ \\]) ?|[urbd](?:(?=[{{\\])| (?={_LETTER}(?!\w)))|(?<={_LETTER}\\)u )"
    rf"(?:\{{ ?(?:\\[ij]|{_LETTER}) ?\}}|\\[ij](?: (?=[a-z])|(?![a-zA-Z]))|{_LETTER})"
)
_MATH_ACCENT = re.compile(
    r"\\(?P<accent>hat|bar|tilde|vec|dot|ddot|check|breve)"
    r"(?:\{ ?(?P<letter>[a-zA-Z]|\\[a-zA-Z]+) ?\}|(?P<symbol>\\[a-zA-Z]+))"
)
_ALPHABET = re.compile(r"\\math(?:bb|cal|frak|scr)\{[a-zA-Z]\}")

#: The names of all these.
ACCENTS = frozenset(
    {*"cvuHkrbd", *("hat", "bar", "tilde", "vec", "dot", "ddot", "check", "breve")}
) | {"mathbb", "mathcal", "mathfrak", "mathscr"}

#: A letter and the accent above it.
_COMPOSED = 2

_BRACE = re.compile(r"(?<!\\)[{}]")


def braces(text: str) -> dict[int, int]:
    """Where each brace that is closed opens, and where it is closed."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif opened:
            closing[opened.pop()] = found.start()
    return closing


@lru_cache(maxsize=4096)
def symbol(name: str) -> str | None:
    """The characters for which the command of a name stands, if it stands for some alone."""
    if name in _MEANT:
        return _MEANT[name]
    spec = None if name in _OWN else _CONTEXT.get_macro_spec(name)
    made = getattr(spec, "simplify_repl", None)
    if not isinstance(made, str) or not made.strip() or _NO_SYMBOL.search(made):
        return None
    return unicodedata.normalize("NFC", made)


def composed(text: str, at: int) -> tuple[str, int] | None:
    """The letter that an accent or alphabet makes of its argument at a place, and where it ends."""
    found = _ACCENT.match(text, at) or _ALPHABET.match(text, at)
    letter = _letter(found[0], 1) if found else None
    if found is None and (found := _MATH_ACCENT.match(text, at)):
        letter = _under(found["accent"], found["letter"] or found["symbol"])
    return (letter, found.end()) if found and letter else None


def _under(accent: str, letter: str) -> str | None:
    base = symbol(letter[1:]) if letter.startswith("\\") else letter
    is_letter = base is not None and len(base) == 1 and base.isalpha()
    return _letter(rf"\{accent}{{{base}}}", _COMPOSED) if is_letter else None


@lru_cache(maxsize=4096)
def _letter(source: str, longest: int) -> str | None:
    made: str = _PYLATEXENC.latex_to_text(source)
    return made if len(made) <= longest else None


def character(source: str) -> str | None:
    """The one character that ``source`` is, if it is a command or an accented letter alone."""
    name = NAME.fullmatch(source.removesuffix("{}"))
    if name and (made := symbol(name[1])):
        return made
    letter = composed(source, 0)
    return letter[0] if letter and letter[1] == len(source) else None


_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
#: Endings of numbers, and marks that are raised by themselves.
_AS_IT_IS = frozenset({*("st", "nd", "rd", "th"), *"*†‡§¶®™°"})


def raised(content: str, command: str) -> str | None:
    r"""What `\textsuperscript` or `\textsubscript` makes of digits and signs."""
    if command == "textsuperscript" and content in _AS_IT_IS:
        return content
    if not content or content.strip("0123456789+-=()"):
        return None
    return content.translate(_RAISED if command == "textsuperscript" else _LOWERED)


_SUFFIX = r"(?:s|t|d|m|re|ve|ll)\b"
#: LaTeX swallows the space behind a command that is a word. Where a symbol is a part of what
#: follows, that is what was meant (`S\o ren`); authors who never saw it set expect it to stay
#: elsewhere (`10 \times 5`, `2 \AA resolution`). In each row: symbols, what stands before them,
#: what is swallowed.
_SWALLOWS = tuple(
    (re.compile(symbols), re.compile(before), re.compile(swallowed))
    for symbols, before, swallowed in (
        (r"[“‘«„$£]", r"", r" "),
        (r"[<{]", r"", r" (?=[^\W\d]|/)"),
        (r"_", r"\w$", r" (?=\w)"),
        (r"[’']", r"\w$", rf" (?={_SUFFIX})"),
        (r"[–—/]", r"\S$", r" "),
        (r"°", r"", r" (?=[CFK]\b)"),
        (r"µ", r"", r" (?=[mslgAVWF]\b)"),
        (r"[Åå]", r"\d\s?$", r"(?!)"),
        (r"[ÆæŒœØøŁłßıȷÐðÞþÅå]", r"", r" (?=[a-z])"),
    )
)


def end_of_symbol(made: str, before: str, text: str, end: int) -> int:
    """Where ``text`` goes on behind a symbol whose name ends at a place."""
    if text.startswith("{}", end):
        return end + 2
    for symbols, stands_before, swallowed in _SWALLOWS:
        if symbols.fullmatch(made) and stands_before.search(before):
            found = swallowed.match(text, end)
            return found.end() if found else end
    return end
