r"""LaTeX that strayed into running text, as the text that its authors meant.

Titles and abstracts come from people who write LaTeX, and pass through systems that know none. Each
rule (:data:`RULES`) undoes one habit; what no rule knows stays as it is written, so that no text is
ever lost (a paper's own ``\model``, a ``\cite{…}``). Formulas and addresses are passed over whole.
"""

from __future__ import annotations

import re

from generator.inlines import inlines
from generator.spans import Span
from generator.tex import backslash, signs
from generator.tex.reader import Reader
from generator.tex.rules import RULES, Rule

__all__ = ["RULES", "Rule", "decode", "decode_once", "same_formulas"]

#: A text without any of these has no LaTeX that a rule knows.
_SIGN = re.compile(r"[\\{~`$]")
#: Where a rule may begin; what lies between is kept.
_TRIGGER = re.compile(r"[\\{}~`$'\"]|https?://|\burl(?=\{http)", re.IGNORECASE)
#: What to try there, in order, until a step has read on.
_STEPS = {
    "$": (signs.formula,),
    "{": (signs.group,),
    "}": (signs.close,),
    "~": (signs.tie,),
    **dict.fromkeys("`'\"", (signs.quote,)),
    "url": (signs.lost_command,),
}
_ADDRESS = (signs.address,)


def decode(text: str) -> str:
    """``text`` without LaTeX outside of formulas.

    Decoding can uncover more of it, so this goes on until nothing changes: it is idempotent. Every
    change takes a sign of LaTeX away and none brings a backslash, so it ends.
    """
    kept = _decode(text, keeps_dollars=True)
    if r"\$" not in kept:
        return kept
    free = _decode(text, keeps_dollars=False)
    return free if same_formulas(kept, free) else kept


def _decode(text: str, *, keeps_dollars: bool) -> str:
    while spans := decode_once(text, keeps_dollars=keeps_dollars):
        text = "".join(span.after for span in spans)
    return text


def same_formulas(kept: str, free: str) -> bool:
    r"""Whether a text has the same formulas with ``\$`` and with ``$`` for it.

    Two prices may lose their backslashes ("\$5 and \$10") unless they would enclose a formula then.
    """
    return _formulas(kept) == _formulas(free)


def _formulas(text: str) -> list[str]:
    return [part.source for part in inlines(text) if part.formula]


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
