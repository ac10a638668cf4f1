"""Two texts side by side: what they look like, whether they are one work, and how alike they are.

The only module that knows rapidfuzz.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from generator.model import Paper, Reason, Rule
from generator.text.cleaning import words

#: From here on a text is nearly the same as another.
NEAR = 90.0

#: The rules, and how far from the surest each is.
RANKS = {rule: rank for rank, rule in enumerate(Rule)}

#: Characters of an abstract that no two papers of one title begin with.
_ENOUGH = 100
#: A stem is the beginning of a word that is longer than articles are: the plural changes nothing.
_STEM, _ARTICLE = 4, 3
#: Words at either end of an abstract that bring two abstracts together.
_ENDS = 8
#: Texts that are kept folded: a record's is asked for when it is looked up, when it is filed, and
#: whenever its paper comes in again. Faces hold the same texts, so it costs little to keep them.
_KEPT = 1 << 18

_NUMERAL = re.compile(r"\d|^[ivx]+$")


@lru_cache(_KEPT)
def _folded(text: str) -> str:
    return " ".join(words(text))


@dataclass(frozen=True, slots=True)
class Face:
    """What a record looks like when only letters and digits count."""

    title: str
    abstract: str
    stems: frozenset[str]
    numerals: tuple[str, ...]

    @classmethod
    @lru_cache(_KEPT)
    def of(cls, title: str, abstract: str) -> Face:
        """The face of a text. One of symbols alone is only like itself."""
        said = words(title) or (title,)
        numerals = tuple(sorted(filter(_NUMERAL.search, said)))
        stems = [word[:_STEM] for word in said if len(word) > _ARTICLE] or said
        # Stems of ten thousand titles are a few thousand texts: kept once, they compare faster.
        kept = frozenset(map(sys.intern, stems))
        return cls(" ".join(said), _folded(abstract) or abstract, kept, numerals)

    @property
    def title_key(self) -> tuple[str, str]:
        """What titles share that are the same."""
        return "title", squeezed(self.title)

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        """Texts that two records of one work are likely to share."""
        yield self.title_key
        if head := self.abstract.split(None, _ENDS)[:_ENDS]:
            yield "head", " ".join(head)
            yield "tail", " ".join(self.abstract.rsplit(None, _ENDS)[-_ENDS:])


class Scores(NamedTuple):
    """How alike two titles and two abstracts are, 0 to 100; ``None`` where an abstract is missing.

    The more alike, the larger.
    """

    title: float
    abstract: float | None

    @property
    def total(self) -> float:
        """Both together."""
        return self.title + (self.abstract or 0)

    def reason(self, rule: Rule) -> Reason:
        """The same as a record keeps it: a tenth is as much as anybody needs to know."""
        abstract = None if self.abstract is None else round(self.abstract, 1)
        return Reason(rule, round(self.title, 1), abstract)


def one_work(one: Face, other: Face) -> Rule | None:
    """The rule by which two texts are one work, if there is one."""
    if not (one.abstract and other.abstract):
        return None
    if one.title_key == other.title_key:
        if one.abstract == other.abstract:
            return Rule.SAME_TEXT
        if _is_cut(one.abstract, other.abstract) or _is_cut(other.abstract, one.abstract):
            return Rule.CUT_TEXT
    near = (
        one.numerals == other.numerals
        and fuzz.ratio(one.title, other.title, score_cutoff=NEAR) > 0
        and fuzz.ratio(one.abstract, other.abstract, score_cutoff=NEAR) > 0
    )
    return Rule.NEAR_TEXT if near else None


def _is_cut(abstract: str, whole: str) -> bool:
    return len(abstract) >= _ENOUGH and whole.startswith(abstract)


def breaks_off(abstract: str, other: str) -> bool:
    """Whether an abstract is the other one but for its end, dots in its place aside."""
    mine, whole = _folded(abstract), _folded(other)
    return len(mine) < len(whole) and whole.startswith(mine)


def squeezed(text: str) -> str:
    """Folded words without the spaces between them."""
    return text.replace(" ", "")


def conflict(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two records have different identifiers of one kind."""
    return any(other.get(kind, value) != value for kind, value in one.items())


def title_score(one: Face, others: Iterable[Face], cutoff: float = 0) -> float:
    """The best similarity of titles; 0 if it is below ``cutoff``."""
    return max(fuzz.ratio(one.title, other.title, score_cutoff=cutoff) for other in others)


def abstract_score(one: Face, others: Iterable[Face], cutoff: float = 0) -> float | None:
    """The best similarity of abstracts; 0 if it is below ``cutoff``, ``None`` if there is none."""
    if not one.abstract:
        return None
    told = (other.abstract for other in others if other.abstract)
    return max((fuzz.ratio(one.abstract, text, score_cutoff=cutoff) for text in told), default=None)


def scores(one: Face, others: Iterable[Face]) -> Scores:
    """The best similarity of titles, and that of abstracts."""
    others = tuple(others)
    return Scores(title_score(one, others), abstract_score(one, others))


class _Said(NamedTuple):
    """What one listing said of a paper, as far as identity is concerned."""

    face: Face
    ids: tuple[tuple[str, str], ...]


def reasons(paper: Paper) -> tuple[Reason | None, ...]:
    """Why each appearance of a paper is of the same work as its others.

    The first needs no reason. Every other one is told by the surest rule that joins it to those
    before it, or to an identifier that completed the paper, or else to those after it, with the
    best scores under that rule. So it does not matter in which order listings came in. ``None``
    also stands where no rule joins an appearance to the others: somebody put it there by hand.

    Args:
        paper: A paper with its appearances in their order. What reasons they have is passed over.
    """
    said = [
        _Said(
            Face.of(seen.title or paper.source_title, seen.abstract or paper.source_abstract),
            seen.ids,
        )
        for seen in paper.appearances
    ]
    completed = _completed(paper)
    return tuple(_reason(place, said, completed, paper) for place in range(len(said)))


def _reason(
    place: int, said: list[_Said], completed: set[tuple[str, str]], paper: Paper
) -> Reason | None:
    """Why the appearance at a place belongs to the others."""
    if not place:
        return None
    one, before, later = said[place], set(said[:place]), set(said[place + 1 :])
    found = _why(one, before, completed) or _why(one, later, completed)
    # Else at least its identifiers are the paper's, whoever gave them.
    return found or _why(one, before, set(paper.ids.items()))


def _completed(paper: Paper) -> set[tuple[str, str]]:
    """The identifiers that no listing gave."""
    fields = {field for completion in paper.completions for field in completion.fields}
    return {item for item in paper.ids.items() if f"ids.{item[0]}" in fields}


def _why(one: _Said, others: set[_Said], given: set[tuple[str, str]]) -> Reason | None:
    """Why ``one`` belongs to ``others``, which have the identifiers ``given`` too."""
    has_id = not given.isdisjoint(one.ids)
    rules = {other: Rule.SAME_ID if has_id else _rule(one, other) for other in others}
    surest = min(filter(None, rules.values()), key=RANKS.__getitem__, default=None)
    if surest is None:
        return None
    joined = (scores(one.face, [other.face]) for other, by in rules.items() if by is surest)
    return max(joined, key=lambda found: (found.total, found.title)).reason(surest)


def _rule(one: _Said, other: _Said) -> Rule | None:
    if conflict(dict(one.ids), dict(other.ids)):
        return None
    return Rule.SAME_ID if set(one.ids) & set(other.ids) else one_work(one.face, other.face)
