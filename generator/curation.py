"""What an editor decides about a paper on the command line, put to what was decided before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from generator.model import Curation, Link


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of a paper now.

    ``None`` says nothing, nor does an empty tuple where ``None`` is no choice. ``note``, ``title``,
    ``abstract`` and ``same_as`` are taken back by "". ``topics`` replaces those that the rules
    give; ``by_rules`` takes back all that was said of topics before. ``ids`` are pairs of a kind
    and a value, ``None`` for none. ``formerly`` are slugs that the paper leaves. ``undo`` names
    fields of which nothing is to be decided any more.
    """

    pick: bool | None = None
    hidden: bool | None = None
    note: str | None = None
    title: str | None = None
    abstract: str | None = None
    same_as: str | None = None
    distinct_from: tuple[str, ...] = ()
    topics: tuple[str, ...] | None = None
    by_rules: bool = False
    add_topics: tuple[str, ...] = ()
    drop_topics: tuple[str, ...] = ()
    authors: tuple[str, ...] | None = None
    ids: tuple[tuple[str, str | None], ...] = ()
    published: dt.date | None = None
    links: tuple[Link, ...] | None = None
    formerly: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing at all."""
        return self == Decision()


def decided(before: Curation, decision: Decision) -> Curation:
    """All that is decided about a paper after a decision."""
    silent = Curation()
    before = replace(before, **{name: getattr(silent, name) for name in decision.undo})
    news: dict[str, Any] = {}
    for name in ("pick", "hidden", "authors", "published", "links"):
        if (value := getattr(decision, name)) is not None:
            news[name] = value
    for name in ("note", "title", "abstract", "same_as"):
        if (text := getattr(decision, name)) is not None:
            news[name] = text.strip() or None
    news["distinct_from"] = _joined(before.distinct_from, decision.distinct_from)
    news["formerly"] = _joined(before.formerly, decision.formerly)
    news["ids"] = tuple(sorted({**dict(before.ids), **dict(decision.ids)}.items()))
    return replace(_with_topics(before, decision), **news)


def _with_topics(before: Curation, decision: Decision) -> Curation:
    """Topics that are given as a whole are changed as such; those of the rules are amended."""
    if decision.topics is not None or decision.by_rules:
        before = replace(before, topics=decision.topics, add_topics=(), drop_topics=())
    add, drop = decision.add_topics, decision.drop_topics
    if before.topics is not None:
        return replace(before, topics=_joined(_without(before.topics, drop), add))
    return replace(
        before,
        add_topics=_joined(_without(before.add_topics, drop), add),
        drop_topics=_joined(_without(before.drop_topics, add), drop),
    )


def _joined(some: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))


def _without(some: Iterable[str], gone: Iterable[str]) -> tuple[str, ...]:
    left_out = set(gone)
    return tuple(each for each in some if each not in left_out)
