"""What an editor decides about a paper on the command line, put to what was decided before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from generator.model import Curation


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of a paper now; ``None`` and empty lists say nothing.

    ``note``, ``title``, ``abstract`` and ``same_as`` are taken back by "". ``topics`` replaces
    those that the rules give; ``by_rules`` takes back all that was said of topics before.
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

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing at all."""
        return self == Decision()


def decided(before: Curation, decision: Decision) -> Curation:
    """All that is decided about a paper after a decision."""
    news: dict[str, Any] = {}
    for name in ("pick", "hidden"):
        if (value := getattr(decision, name)) is not None:
            news[name] = value
    for name in ("note", "title", "abstract", "same_as"):
        if (text := getattr(decision, name)) is not None:
            news[name] = text.strip() or None
    news["distinct_from"] = _joined(before.distinct_from, decision.distinct_from)
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
