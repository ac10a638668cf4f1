r"""LaTeX that strayed into running text, as the text that its authors meant.

Titles and abstracts come from people who write LaTeX, and pass through systems that know none. Each
rule below undoes one habit; what no rule knows stays as it is written, so that no text is ever lost
(a paper's own ``\model``, a ``\cite{…}``). Formulas and addresses are passed over whole.

What a command means is pylatexenc's to say; what is decided here is which commands may be decoded:
those that stand for a character or say how a word looks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    get_default_latex_context_db,
)

from generator.formulas import FORMULA, piece

_CONTEXT = get_default_latex_context_db()
_PYLATEXENC = LatexNodes2Text(math_mode="verbatim", keep_comments=True, strict_latex_spaces=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """One habit of people who write LaTeX: what it looks like, why it is undone, an example."""

    name: str
    reason: str
    example: tuple[str, str]


#: Every rule, for people; each example is a test.
RULES = (
    Rule(
        "escapes",
        "`%`, `&`, `#`, `_`, `$` and braces need a backslash in LaTeX alone",
        (r"4\%-20\% of R\&D", "4%-20% of R&D"),
    ),
    Rule(
        "accents",
        "names are written as they are spelt",
        (r"T\"ULU and Sabi\'a", "TÜLU and Sabiá"),
    ),
    Rule(
        "symbols",
        "a command that stands for a character is that character",
        (r"{\epsilon}-DP, \ldots", "ε-DP, …"),
    ),
    Rule(
        "looks",
        "how a word looks is not what it says",
        (r"\textsc{GraphOracle} {\it vs.} \emph{all}", "GraphOracle vs. all"),
    ),
    Rule(
        "addresses",
        "a command around an address, and a link's own text glued behind it, are no text",
        (
            r"BERT\url{https://a.org/b}, https://a.org/x.git{https://a.org/x}",
            "BERT https://a.org/b, https://a.org/x.git",
        ),
    ),
    Rule(
        "quotes",
        "two grave accents open a quotation that two apostrophes close",
        ("a ``seesaw'' effect", "a “seesaw” effect"),
    ),
    Rule(
        "ties",
        "a tilde between words is a space that does not break; before a number it means about",
        ("prediction~(CCP), ~33.5%", "prediction (CCP), ~33.5%"),
    ),
    Rule(
        "words in formulas",
        "a formula that holds only words was meant to slant them",
        (r"$\textit{Labor Space}$", "Labor Space"),
    ),
)

#: Commands of LaTeX's font selection (The LaTeX Companion, chapter 9) and boxes around words.
_LOOKS = frozenset(
    {
        *("emph", "text", "textbf", "textit", "textmd", "textnormal", "textrm", "textsc", "textsf"),
        *("textsl", "texttt", "textup", "mbox", "uline", "underline"),
    }
)
_SWITCHES = frozenset(
    {
        *("it", "em", "bf", "sc", "tt", "rm", "sf", "sl"),
        *("itshape", "slshape", "scshape", "upshape", "bfseries", "mdseries"),
        *("rmfamily", "sffamily", "ttfamily"),
    }
)
#: In formulas words are also set upright or slanted by these.
_MATH_LOOKS = _LOOKS | {"mathit", "mathrm", "mathbf", "mathsf", "mathtt"}

#: Where pylatexenc has another character or none. LaTeX draws two variants of epsilon and phi; in a
#: text both are the letter of the alphabet.
_MEANT = {
    "epsilon": "ε",
    "varepsilon": "ε",
    "phi": "φ",
    "varphi": "φ",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
}
#: Letters of words: LaTeX swallows the space behind their commands (`S\o ren`).
_LATIN = re.compile(r"[ÆæŒœØøÅåŁłßıȷÐðÞþ]")

#: What pylatexenc writes for commands that have arguments (`%s`) or point elsewhere (`<ref>`).
_NO_SYMBOL = re.compile(r".*%|<.+>")

#: A text without any of these has no LaTeX that a rule knows.
_SIGN = re.compile(r"[\\{~`$]")
#: Where a rule may begin; what lies between is copied.
_TRIGGER = re.compile(r"[\\{~`$'\"hH]")
_ADDRESS = re.compile(r"https?://[^\s{}<>\"\\]+", re.IGNORECASE)
_NAME = re.compile(r"\\([a-zA-Z]+)")
_ESCAPE = re.compile(r"\\([%&#_${}])")
_ACCENT = re.compile(
    r"\\(?:[\"'`^~=.]|[cvuHkrbd](?=[{ ]))\s?(?:\{(?:\\[ij]|[a-zA-Z])\}|\\[ij](?![a-zA-Z])|[a-zA-Z])"
)
_TIE = re.compile(r"(?<=[^\s~(\[{])~(?=[^\s~])")
_DIGITS_BOTH_SIDES = re.compile(r"(?<=\d)~(?=\d)")
_GLUED = re.compile(r"[^\W_]|[.,;:)\]]")


def decode(text: str) -> str:
    """``text`` without LaTeX outside of formulas.

    Decoding can uncover more of it, so this goes on until nothing changes: it is idempotent. Every
    round but the last shortens the text or takes a command away, so it ends.
    """
    while _SIGN.search(text) and (decoded := _Decoder(text).all()) != text:
        text = decoded
    return text


class _Decoder:
    """One pass over a text, from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._out: list[str] = []
        self._quoted = False

    def all(self) -> str:
        steps: tuple[Callable[[], bool], ...] = (
            self._formula,
            self._address,
            self._escape,
            self._accent,
            self._command,
            self._group,
            self._quote,
            self._tie,
        )
        while found := _TRIGGER.search(self._text, self._at):
            if found.start() > self._at:
                self._put(self._text[self._at : found.start()], found.start())
            if not any(step() for step in steps):
                self._put(self._text[self._at], self._at + 1)
        self._put(self._text[self._at :], len(self._text))
        return "".join(self._out)

    def _put(self, decoded: str, end: int) -> bool:
        self._out.append(decoded)
        self._at = end
        return True

    def _before(self) -> str:
        """The last character that was put out."""
        return next((part[-1] for part in reversed(self._out) if part), "")

    def _formula(self) -> bool:
        found = FORMULA.match(self._text, self._at)
        if not found:
            return False
        words = _words_of(piece(found).tex or "")
        return self._put(found[0] if words is None else words, found.end())

    def _address(self) -> bool:
        found = _ADDRESS.match(self._text, self._at)
        if not found:
            return False
        self._put(found[0], found.end())
        shown = _argument(self._text, self._at)
        if shown is not None:
            same = _bare(shown) in _bare(found[0]) or _bare(found[0]) in _bare(shown)
            self._put("" if same else f" ({shown})", self._at + len(shown) + 2)
        return True

    def _escape(self) -> bool:
        found = _ESCAPE.match(self._text, self._at)
        return self._put(found[1], found.end()) if found else False

    def _accent(self) -> bool:
        found = _ACCENT.match(self._text, self._at)
        letter = _character(found[0]) if found else None
        return self._put(letter, found.end()) if found and letter else False

    def _command(self) -> bool:
        found = _NAME.match(self._text, self._at)
        if not found:
            return False
        name, end = found[1], found.end()
        argument = _argument(self._text, end)
        if argument is not None and (name in _LOOKS or name == "url"):
            glued = name == "url" and _GLUED.match(self._before())
            return self._put(f"{' ' if glued else ''}{argument}", end + len(argument) + 2)
        if argument is not None and name == "href":
            return self._href(argument, end + len(argument) + 2)
        symbol = _symbol(name)
        if symbol is None:
            return self._put(found[0], end)
        return self._put(symbol, self._behind(symbol, end))

    def _href(self, address: str, end: int) -> bool:
        shown = _argument(self._text, end)
        if shown is None:
            return self._put(address, end)
        same = _bare(shown) == _bare(address)
        return self._put(address if same else f"{shown} ({address})", end + len(shown) + 2)

    def _behind(self, symbol: str, end: int) -> int:
        """Where the text goes on behind a symbol: `{}`, and the space within a word, end a name."""
        if self._text.startswith("{}", end):
            return end + 2
        within = _LATIN.fullmatch(symbol) and re.match(r" [a-z]", self._text[end : end + 2])
        return end + 1 if within and self._before().isalpha() else end

    def _group(self) -> bool:
        content = _argument(self._text, self._at)
        if content is None or self._before() in {"_", "^"}:
            return False
        end = self._at + len(content) + 2
        found = _NAME.match(content)
        if found and found[1] in _SWITCHES and not content[found.end() :][:1].isalpha():
            return self._put(content[found.end() :].strip(), end)
        if content.startswith("\\") and (character := _character(content)) is not None:
            return self._put(character, end)
        return False

    def _quote(self) -> bool:
        if self._text.startswith("``", self._at) and "``" in self._text:
            self._quoted = True
            return self._put("“", self._at + 2)
        closing = next((q for q in ("''", '"') if self._text.startswith(q, self._at)), None)
        if self._quoted and closing:
            self._quoted = False
            return self._put("”", self._at + len(closing))
        return False

    def _tie(self) -> bool:
        is_tie = _TIE.match(self._text, self._at)
        if not is_tie or _DIGITS_BOTH_SIDES.match(self._text, self._at):
            return False
        return self._put(" ", self._at + 1)


def _argument(text: str, at: int) -> str | None:
    """What stands in the balanced braces that open at a place, if they do and are closed."""
    if not text.startswith("{", at):
        return None
    depth = 0
    for place in range(at, len(text)):
        if text[place] in "{}" and text[place - 1] != "\\":
            depth += 1 if text[place] == "{" else -1
        if depth == 0:
            return text[at + 1 : place]
    return None


def _bare(address: str) -> str:
    """An address without what may differ when it is written twice."""
    return re.sub(r"^https?://(?:www\.)?|/+$", "", address.strip().casefold())


@cache
def _symbol(name: str) -> str | None:
    """The characters for which the command of a name stands, if it stands for some alone."""
    if name in _MEANT:
        return _MEANT[name]
    spec = _CONTEXT.get_macro_spec(name)
    made = getattr(spec, "simplify_repl", None)
    if not isinstance(made, str) or not made.strip() or _NO_SYMBOL.match(made):
        return None
    return unicodedata.normalize("NFC", made)


def _character(source: str) -> str | None:
    """The one character that an accent or a command makes, if it makes one."""
    name = _NAME.fullmatch(source.removesuffix("{}"))
    if name:
        return _symbol(name[1])
    if not _ACCENT.fullmatch(source):
        return None
    made: str = _PYLATEXENC.latex_to_text(source)
    return made if len(made) == 1 else None


def _words_of(tex: str) -> str | None:
    """The words of a formula that holds nothing else."""
    words = []
    at = 0
    while at < len(tex):
        if tex[at].isspace():
            words.append(" ")
            at += 1
            continue
        found = _NAME.match(tex, at)
        argument = _argument(tex, found.end()) if found else None
        if not found or found[1] not in _MATH_LOOKS or argument is None:
            return None
        if not re.fullmatch(r"[^\W\d_][\w\s.,:;'’-]+", argument):
            return None
        words.append(argument)
        at = found.end() + len(argument) + 2
    return "".join(words).strip() or None
