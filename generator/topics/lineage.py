"""What became of topics: ids that they had before, and the wider topics that they are part of.

A topic that is renamed, or into which others were merged, names the ids it had in ``formerly``.
Their addresses lead to it, and what was decided by them (in records, labels and sources) holds
for it. A topic that is part of a wider one names that in ``parent``; pages lead from one to the
other, and a paper has the topics that its own words give it, for a part need not show the whole.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from generator.model import Curation, Paper

#: What an id is made of; it is part of an address.
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
#: Ids that pages use for something else.
RESERVED = frozenset({"unsorted"})


class Lineal(Protocol):
    """What is needed of a topic here."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def formerly(self) -> tuple[str, ...]:
        """The ids that it had."""

    @property
    def parent(self) -> str | None:
        """The id of the wider topic that it is part of."""


class Fault(NamedTuple):
    """Something wrong with the lineage of a topic, by its number and field."""

    topic: int
    field: str
    problem: str
    remedy: str


def renamed(topics: Iterable[Lineal]) -> dict[str, str]:
    """The ids that topics had, and those that they have."""
    return {old: topic.id for topic in topics for old in topic.formerly}


def parents(topics: Iterable[Lineal]) -> dict[str, str]:
    """The wider topics of those that are part of one; all by their ids."""
    return {topic.id: topic.parent for topic in topics if topic.parent}


def faults(topics: Sequence[Lineal]) -> Iterator[Fault]:
    """What is wrong with former ids and parents."""
    ids = [topic.id for topic in topics]
    owners: dict[str, str] = {}
    for number, topic in enumerate(topics):
        for old in topic.formerly:
            if not ID.fullmatch(old) or old in RESERVED:
                problem = f'"{old[:80]}" cannot have been an id'
                remedy = "ids are of a-z, 0-9 and single hyphens, such as machine-translation"
                yield Fault(number, "formerly", problem, remedy)
                continue
            other = old if old in ids else owners.setdefault(old, topic.id)
            if other != topic.id or old in ids:
                problem = f'"{old}" is also {"an id" if old in ids else "a former id"} of "{other}"'
                yield Fault(number, "formerly", problem, "an address can lead to one topic only")
    wider = parents(topics)
    for number, topic in enumerate(topics):
        parent = wider.get(topic.id)
        if parent and parent not in ids:
            problem = f'there is no topic "{parent}"'
            now = renamed(topics).get(parent)
            close = difflib.get_close_matches(parent, ids, n=1)
            guess = f'did you mean "{close[0]}"?' if close else "write the id of another"
            remedy = f'it is called "{now}" now' if now else guess
            yield Fault(number, "parent", problem, remedy)
        elif parent and _is_round(topic.id, wider):
            problem = f'"{topic.id}" would be a part of itself'
            yield Fault(number, "parent", problem, "take one of the parents out")


def _is_round(id_: str, wider: Mapping[str, str]) -> bool:
    """Whether the parents of a topic lead back to it."""
    seen: list[str] = []
    at: str | None = wider.get(id_)
    while at and at not in seen:
        seen.append(at)
        at = wider.get(at)
    return id_ in seen


def current(topics: Iterable[str], former: Mapping[str, str]) -> tuple[str, ...]:
    """Topics by the ids that they have now, each once."""
    return tuple(dict.fromkeys(former.get(topic, topic) for topic in topics))


def with_current_topics(paper: Paper, former: Mapping[str, str]) -> Paper:
    """A paper of which the curator's decisions name topics by the ids that they have now."""
    curation = paper.curation
    said = (*(curation.topics or ()), *curation.add_topics, *curation.drop_topics)
    if not former.keys() & set(said):
        return paper
    return replace(paper, curation=_with_current(curation, former))


def _with_current(curation: Curation, former: Mapping[str, str]) -> Curation:
    return replace(
        curation,
        topics=None if curation.topics is None else current(curation.topics, former),
        add_topics=current(curation.add_topics, former),
        drop_topics=current(curation.drop_topics, former),
    )
