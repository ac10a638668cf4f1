"""What becomes of facts about papers (:mod:`generator.ingest.enrich` decides it)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.model import Completion, Paper, Rule, SourceRecord
from generator.sources.notes import times_seen


class Fact(NamedTuple):
    """What a file, or a service, says of a paper; ``file`` is "" if there is none."""

    source: str
    file: str
    record: SourceRecord


@dataclass(frozen=True, slots=True)
class Taken:
    """A fact that completed a paper, and how."""

    slug: str
    fact: Fact
    completion: Completion


@dataclass(frozen=True, slots=True)
class Left:
    """A fact that was not taken, the papers that it may be about, why, and what to do about it."""

    fact: Fact
    slugs: tuple[str, ...]
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Completed:
    """What facts change in a library.

    ``papers`` are the papers that changed, ``left`` what a curator should decide, ``refused`` what
    bears a paper's name and cannot be it. ``known`` counts the facts that say nothing new,
    ``unknown`` those about no paper of the library.
    """

    papers: Mapping[str, Paper]
    taken: tuple[Taken, ...] = ()
    left: tuple[Left, ...] = ()
    refused: tuple[Left, ...] = ()
    known: int = 0
    unknown: int = 0


def doubtful(taken: Iterable[Taken]) -> tuple[Taken, ...]:
    """What was taken by the title alone from a file that is hardly sure of it itself."""
    alone = (each for each in taken if each.completion.reason.rule is Rule.SAME_TITLE)
    seen = ((each, times_seen(each.completion.note)) for each in alone)
    return tuple(each for each, times in seen if times is not None and times <= 1)
