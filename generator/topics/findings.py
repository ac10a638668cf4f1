"""Evidence for a topic as readers see it: what was found in which place, and what it weighs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model import Evidence

#: Sums of rounded weights are rounded alike, so that the order of additions cannot show.
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as they stand in a paper, and what they add in one place, however often they stand."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in one place of a paper."""

    place: str
    phrases: tuple[Phrase, ...]


def findings(evidence: Iterable[Evidence]) -> tuple[Finding, ...]:
    """Evidence by its places, in its order; the same words in one place are one phrase.

    Words are the same in small and in capital letters; they are shown as they stand first.
    """
    places: dict[str, dict[str, Phrase]] = {}
    for each in evidence:
        phrases = places.setdefault(each.place, {})
        known = phrases.get(each.phrase.casefold(), Phrase(each.phrase, 0.0))
        weight = round(known.weight + each.weight, _DIGITS)
        phrases[each.phrase.casefold()] = Phrase(known.text, weight)
    return tuple(Finding(place, tuple(found.values())) for place, found in places.items())


def weighed(evidence: Iterable[Evidence]) -> list[tuple[bool, tuple[Finding, ...]]]:
    """What speaks for a topic, and what against it, where there is any; and whether it is that."""
    sides: tuple[list[Evidence], list[Evidence]] = ([], [])
    for each in evidence:
        sides[each.weight < 0].append(each)
    return [(bool(at), findings(side)) for at, side in enumerate(sides) if side]
