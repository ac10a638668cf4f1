"""What readers of tables and bibliographies share: people fill those in by hand, in many ways.

On top of :mod:`generator.sources.gathering` this reads days as people write them, and addresses
that are identifiers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.model import Link, LinkKind
from generator.sources.days import find_day
from generator.sources.gathering import Found, Gathering
from generator.sources.moments import day_written
from generator.text import identifiers, links
from generator.text.cleaning import clean, tidy

#: Less than a day: a year, or a month of one. It is no date, and no mistake either.
_VAGUE = re.compile(r"\d{4}(?:[-/]\d{1,2})?|[A-Za-z]{3,9}\.?,? \d{4}", re.ASCII)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of one paper, as it stands there.

    ``ids`` are texts that should be identifiers; ``addresses`` are web addresses with what they
    lead to, where the field says it. An address without a kind is the paper's own: it may be an
    identifier written as an address.
    """

    line: int
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    addresses: tuple[tuple[LinkKind | None, str], ...] = ()
    published: str = ""
    date: str = ""
    votes: int | None = None
    note: str | None = None


class Gatherer(Gathering):
    """Collects what becomes of the records of a table or a bibliography.

    Args:
        today: The day against which a date without a year is resolved.
        partial: Whether records without an abstract are wanted too, their abstract "".
    """

    def __init__(self, today: dt.date, *, partial: bool = False) -> None:
        super().__init__(partial=partial)
        self._today = today

    def add(self, facts: Facts) -> None:
        """Make a record of facts, or say why they are none."""
        self.take(_found(facts))

    def leave_out(self, line: int, title: str, reason: str, *, is_fault: bool = True) -> None:
        """Leave out what is not even facts, or what is left out on purpose."""
        self.reject(Found(title, "", line), reason, is_fault=is_fault)

    def day(
        self, text: str, line: int, find: Callable[[str], dt.date] = day_written
    ) -> dt.date | None:
        """A day as people write it; ``None`` for what is less, and for what is none, which is told.

        Args:
            text: Such as ``2026/8/19``, ``19 August 2026`` or a moment.
            line: Where it stands.
            find: What makes a day of a moment.
        """
        text = tidy(text)
        if _VAGUE.fullmatch(text):
            return None
        if slashed := _SLASHED.fullmatch(text):
            text = f"{slashed[1]}-{slashed[2]:0>2}-{slashed[3]:0>2}"
        return super().day(text, line, lambda text: find_day(text, self._today) or find(text))


def _found(facts: Facts) -> Found:
    own = [tidy(url) for kind, url in facts.addresses if kind is None]
    return Found(
        title=facts.title,
        abstract=facts.abstract,
        line=facts.line,
        # Bibliographies have LaTeX in names too.
        authors=tuple(map(clean, facts.authors)),
        ids=(*facts.ids, *filter(identifiers.parse, own)),
        published=facts.published,
        links=tuple(_links(facts)),
        date=facts.date,
        votes=facts.votes,
        note=facts.note,
    )


def _links(facts: Facts) -> Iterator[Link]:
    for kind, text in facts.addresses:
        url = tidy(text)
        if url and (kind or not identifiers.parse(url)):
            yield Link(kind or _kind_of(url), url)


def _kind_of(url: str) -> LinkKind:
    """What the paper's own address leads to; one that is none is told later."""
    try:
        return links.kind_of(url) or LinkKind.PAPER
    except ValueError:
        return LinkKind.PAPER
