r"""LaTeX that strayed into running text, as the text that its authors meant.

Titles and abstracts come from people who write LaTeX, and pass through systems that know none. Each
rule (:data:`RULES`) undoes one habit; what no rule knows stays as it is written, so that no text is
ever lost (a paper's own ``\model``, a ``\cite{…}``). Formulas and addresses are passed over whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from generator.text.inlines import inlines
from generator.text.spans import Span
from generator.text.tex import backslash, signs
from generator.text.tex.reader import Reader
from generator.text.tex.rules import RULES, Rule

__all__ = ["RULES", "Rule", "decode", "passes"]

#: A text without any of these has no LaTeX that a rule knows.
_SIGN = re.compile(r"[\\{~`$]")
#: Where a rule may begin; what lies between is kept.
_TRIGGER = re.compile(
    r"[\\{}~`$'\"]|(?<=\d)\^(?=\{?\\circ)|https?://|\burl(?=\{http)", re.IGNORECASE
)
#: What to try there, in order, until a step has read on.
_STEPS = {
    "$": (signs.formula,),
    "{": (signs.group,),
    "}": (signs.close,),
    "~": (signs.tie,),
    "^": (signs.degree,),
    **dict.fromkeys("`'\"", (signs.quote,)),
    "url": (signs.lost_command,),
}
_ADDRESS = (signs.address,)
#: Passes; what people write takes a handful.
_MOST = 32


def decode(text: str) -> str:
    """``text`` without LaTeX outside of formulas: idempotent."""
    found = passes(text)
    return "".join(span.after for span in found[-1]) if found else text


def passes(text: str, finish: Callable[[str], str] = str) -> list[list[Span]]:
    r"""The passes by which ``text`` is decoded; none if it stays as it is.

    Decoding can uncover more LaTeX, so this goes on until nothing changes. It stops before a pass
    that would leave nothing (``\par`` alone: a text is never lost), or a formula that was none
    (``\em{$0}$``). A text that is made for every pass to uncover no more than one place for the
    next one stays as it is: it would take a time that grows with its square.

    Args:
        text: A text.
        finish: What is done to the text after each pass.
    """
    found: list[list[Span]] = []
    while spans := decode_once(text, keeps_dollars=True) or _freed(text):
        after = finish("".join(span.after for span in spans))
        if not after or not _formulas(text) >= _formulas(after):
            break
        if len(found) == _MOST:
            return []
        found.append(spans)
        text = after
    return found


def _freed(text: str) -> list[Span]:
    r"""A pass in which dollars lose their backslashes.

    Two prices may do so ("\$5 and \$10") unless they would enclose a formula then.
    """
    spans = decode_once(text) if r"\$" in text else []
    freed = "".join(span.after for span in spans)
    return spans if spans and _formulas(text) == _formulas(freed) else []


def _formulas(text: str) -> Counter[str]:
    return Counter(part.source for part in inlines(text) if part.formula)


def decode_once(text: str, *, keeps_dollars: bool = False) -> list[Span]:
    """What one pass over ``text`` makes of it; empty if it changes nothing."""
    if not _SIGN.search(text):
        return []
    reader = Reader(text, keeps_dollars=keeps_dollars)
    spans = reader.spans
    while found := _TRIGGER.search(text, spans.at):
        spans.keep(found.start())
        steps = backslash.steps(reader) if found[0] == "\\" else _STEPS.get(found[0], _ADDRESS)
        if not any(step(reader) for step in steps):
            spans.keep(spans.at + 1)
    changed = spans.all()
    return changed if any(span.rule for span in changed) else []
