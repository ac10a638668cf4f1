"""The targets by name: what is checked, and what it is tried with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hypothesis.strategies import SearchStrategy

from tests.fuzz import entries, ingestion, rendering, strategies
from tests.fuzz.cases import Case


@dataclass(frozen=True, slots=True)
class Target:
    """``check`` raises what it finds; ``cases`` makes up what it is tried with.

    ``names`` are those of the texts that a case may have.
    """

    check: Callable[[Case], None]
    names: tuple[str, ...]
    cases: SearchStrategy[Case]


#: Characters of a text on a page: parsing a page is slow, and no rule there looks far.
_ON_PAGES = 500


def _target(
    check: Callable[[Case], None], *names: str, longest: int = strategies.LONGEST
) -> Target:
    """A target that takes any texts."""
    return Target(check, names, strategies.fields(*names, longest=longest))


TARGETS: Mapping[str, Target] = {
    "listing": Target(ingestion.listing, ("bytes",), strategies.files),
    "ingest": Target(ingestion.ingest, ("first", "second"), strategies.pairs()),
    "record": _target(ingestion.record, *ingestion.FIELDS),
    "clean": _target(ingestion.clean_text, "text"),
    "page": _target(rendering.page, *entries.FIELDS, longest=_ON_PAGES),
    "feed": _target(rendering.feed, *entries.FIELDS, longest=_ON_PAGES),
    "notes": _target(rendering.notes, "text"),
}
