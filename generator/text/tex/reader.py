"""One pass over a text: where it stands, and what it has to remember until later."""

from __future__ import annotations

import re
from functools import cached_property

from generator.text.spans import Spans
from generator.text.tex import marks
from generator.text.tex.commands import braces

#: A group of capitals glued to the rest of its word, or to a group around a sign or an accent, is
#: there for a bibliography alone.
_PROTECTED = re.compile(r"(?<![\w\\^}$\]])\{[A-Z][A-Za-z]*\}(?=[A-Za-z0-9]|\{[^\w\s{}])")
#: An address or a note needs a space in front where it touches words.
_TOUCHES = re.compile(r"[\w.,;:)\]\"'”’]")
#: With these an address would go on.
_GOES_ON = re.compile(r"[^\W_]|[^\x00-\x7f]|\$")
#: The rest of an address that an escape or a brace interrupted.
_REST = re.compile(r"[^\s\\{}$<>\"'^`|“”‘’…]*")


class Reader:
    """A text that is read from left to right, and what has become of it so far."""

    def __init__(self, text: str, *, keeps_dollars: bool = False) -> None:
        self.text = text
        #: Whether a dollar keeps its backslash.
        self.keeps_dollars = keeps_dollars
        self.spans = Spans(text)
        #: Whether a quotation is open.
        self.quoted = False
        #: The rule and the text that take the place of a brace that closes, and how far that goes.
        self.closing: dict[int, tuple[str, str, int]] = {}
        #: The braces of arguments that were unwrapped and are not closed yet, innermost last.
        self.pending: list[int] = []
        #: Braces around the arguments of commands that no rule knows.
        self.foreign: set[int] = set()
        #: Where texts that were looked for stand last.
        self._last: dict[str, int] = {}
        #: Where a command of that kind and an address ended last.
        self.name_end = self.address_end = -1

    @cached_property
    def braces(self) -> dict[int, int]:
        """Where each brace is closed."""
        return braces(self.text)

    @cached_property
    def is_bibliography(self) -> bool:
        """Whether braces protect capitals somewhere."""
        return _PROTECTED.search(self.text) is not None

    @cached_property
    def escaped_marks(self) -> frozenset[int]:
        """Where a backslash escapes no more than a quotation mark."""
        return marks.escaped(self.text)

    @property
    def at(self) -> int:
        """How far the text has been read."""
        return self.spans.at

    def tail(self) -> str:
        """The last few characters that came out."""
        return self.spans.tail()

    def gap(self) -> str:
        """A space, if what is put here would touch a word."""
        return " " if _TOUCHES.match(self.tail()[-1:]) else ""

    def argument(self, at: int) -> int | None:
        """Where the braces open around the argument of a command whose name ends at a place."""
        at += self.text.startswith(" {", at)
        return at if at in self.braces else None

    def find(self, wanted: str, start: int) -> int:
        """Where ``wanted`` stands next, or -1; that it never does is looked up once."""
        if wanted not in self._last:
            self._last[wanted] = self.text.rfind(wanted)
        return self.text.find(wanted, start) if self._last[wanted] >= start else -1

    def keep(self, end: int) -> bool:
        """Leave the text up to ``end`` as it is."""
        self.spans.keep(end)
        return True

    def change(self, rule: str, after: str, end: int) -> bool:
        r"""Put ``after`` in the place of the text up to ``end``.

        The name of an unknown command must not grow: ``\model\textsc{x}`` is no ``\modelx``.
        """
        if self.at == self.name_end:
            follows = after[:1] or self.text[end : end + 1]
            if follows.isascii() and follows.isalpha():
                after = f" {after}"
            elif not after:
                self.name_end = end
        self.spans.change(rule, after, end)
        return True

    def apart(self, after: str, end: int) -> str:
        """``after``, with a space before what would become a part of the address before it."""
        goes_on = self.at == self.address_end and _GOES_ON.match(after or self.text[end : end + 1])
        return f" {after}" if goes_on else after

    def go_on(self) -> bool:
        """Read on in an address; so what stands at its end is still known to stand there."""
        rest = _REST.match(self.text, self.at)
        self.address_end = rest.end() if rest else self.at
        return self.keep(self.address_end)

    def space(self, rule: str, end: int) -> bool:
        """Put one space in the place of the text up to ``end`` and of the spaces around it."""
        after = " " if self.tail()[-1:].strip() else ""
        return self.change(rule, after, end + self.text.startswith(" ", end))

    def unwrap(
        self, rule: str, start: int, before: str = "", after: str = "", end: int | None = None
    ) -> bool:
        """Put ``before`` in the place of all up to the brace at ``start``, read on inside of it.

        ``after`` will take the place of the brace that closes it, and of the text up to ``end``.
        """
        close = self.braces[start]
        self.until(close, rule, after, close + 1 if end is None else end)
        if not before and self.at == self.address_end:
            before = " "
        return self.change(rule, before, start + 1)

    def until(self, close: int, rule: str, after: str, end: int) -> None:
        """Remember what becomes of the text from ``close`` to ``end`` when it is reached."""
        self.closing[close] = (rule, after, end)
        self.pending.append(close)
