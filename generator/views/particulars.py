"""Particulars of a paper as readers meet them: its identifiers, and where it was seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model import Appearance, Reason
from generator.text.identifiers import KINDS, label_of, page_of


@dataclass(frozen=True, slots=True)
class Identified:
    """An identifier as readers meet it; ``url`` is "" where nobody knows what it leads to."""

    kind: str
    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class SeenIn:
    """A source that showed a paper on a day, in however many listings.

    ``titles`` are what it called the paper where that is not the paper's title, ``reasons`` why it
    was the same paper.
    """

    date: dt.date
    source: str
    is_raw: bool
    titles: tuple[str, ...]
    reasons: tuple[Reason, ...]


def identified(ids: Mapping[str, str]) -> tuple[Identified, ...]:
    """Identifiers, those with a page first, in the order in which readers want them."""
    order = [kind.name for kind in KINDS if kind.name != "doi"] + ["doi"]
    known = [kind for kind in order if kind in ids]
    others = sorted(set(ids) - set(order))
    return tuple(
        Identified(kind, label_of(kind), ids[kind], page_of(kind, ids[kind]) or "")
        for kind in (*known, *others)
    )


def seen_in(appearances: Iterable[Appearance]) -> tuple[SeenIn, ...]:
    """Where a paper was seen, in the order of its appearances: a line a day and source."""
    by_place: dict[tuple[dt.date, str], list[Appearance]] = {}
    for seen in appearances:
        by_place.setdefault((seen.date, seen.source), []).append(seen)
    return tuple(
        SeenIn(
            date=date,
            source=source,
            is_raw=all(each.is_raw for each in seen),
            titles=tuple(dict.fromkeys(each.title for each in seen if each.title)),
            reasons=tuple(dict.fromkeys(each.reason for each in seen if each.reason)),
        )
        for (date, source), seen in by_place.items()
    )
