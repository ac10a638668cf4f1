"""What became of a text, stretch by stretch, so that every change can be named and undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text before and after a step; ``rule`` is empty where nothing changed."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the clean-up: the whole text in spans, in order."""

    name: str
    spans: tuple[Span, ...]

    @property
    def before(self) -> str:
        """The text that went in."""
        return "".join(span.before for span in self.spans)

    @property
    def after(self) -> str:
        """The text that came out."""
        return "".join(span.after for span in self.spans)


@dataclass(frozen=True, slots=True)
class Substitution:
    """A step that a pattern and what takes its place say in full."""

    name: str
    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]

    def apply(self, text: str) -> str:
        """``text`` after this step."""
        return self.pattern.sub(self.replace, text)

    def spans(self, text: str) -> list[Span]:
        """The same, stretch by stretch."""
        spans = Spans(text)
        for found in self.pattern.finditer(text):
            spans.keep(found.start())
            spans.change(self.name, self.replace(found), found.end())
        return spans.all()


class Spans:
    """Collects the spans of a text from left to right; what is kept in between is one span."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans: list[Span] = []
        self._kept = 0
        self._tail = ""
        #: How far the text has been read.
        self.at = 0

    def keep(self, end: int) -> None:
        """Leave the text up to ``end`` as it is."""
        self.at = end

    def change(self, rule: str, after: str, end: int) -> None:
        """Put ``after`` in the place of the text up to ``end``."""
        before = self._text[self.at : end]
        if before != after:
            self._flush()
            self._add(Span(rule, before, after))
            self._kept = end
        self.at = end

    def tail(self) -> str:
        """The last few characters that were put out."""
        return (self._tail + self._text[max(self._kept, self.at - _TAIL) : self.at])[-_TAIL:]

    def all(self) -> list[Span]:
        """Every span; the rest of the text is kept."""
        self.at = len(self._text)
        self._flush()
        return self._spans

    def _flush(self) -> None:
        if self.at > self._kept:
            kept = self._text[self._kept : self.at]
            self._add(Span("", kept, kept))
            self._kept = self.at

    def _add(self, span: Span) -> None:
        self._spans.append(span)
        self._tail = (self._tail + span.after[-_TAIL:])[-_TAIL:]


_TAIL = 4
