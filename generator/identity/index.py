"""The papers of a library, so that those like a record are found without comparing all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from generator.identity.postings import Postings, Similar
from generator.identity.rules import (
    RANKS,
    Face,
    Scores,
    abstract_score,
    conflict,
    one_work,
    scores,
    title_score,
)
from generator.model import Paper, Reason, Rule, SourceRecord

K = TypeVar("K")
K_contra = TypeVar("K_contra", contravariant=True)

#: From here on a pair of titles, or of abstracts, is worth a curator's look.
ALIKE_TITLE = 85.0
ALIKE_ABSTRACT = 75.0


@dataclass(frozen=True, slots=True)
class Match:
    """A paper of the library that a record is, and why.

    Scores from 0 to 100; ``abstract_score`` is ``None`` if the record has no abstract.
    """

    slug: str
    rule: Rule
    title_score: float
    abstract_score: float | None

    @property
    def reason(self) -> Reason:
        """Why, as a record keeps it."""
        return self._scores.reason(self.rule)

    @property
    def _scores(self) -> Scores:
        return Scores(self.title_score, self.abstract_score)

    def __lt__(self, other: Match) -> bool:
        """Whether this one is surer."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, float, str]:
        return RANKS[self.rule], -self._scores.total, self.slug


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two papers that are alike, but not one work by the rules. ``first < second``."""

    first: str
    second: str
    title_score: float
    abstract_score: float

    def __lt__(self, other: Likeness) -> bool:
        """Whether these two are more alike."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[float, str, str]:
        return -self.title_score - self.abstract_score, self.first, self.second


@dataclass(frozen=True, slots=True)
class _Known:
    """What the index keeps of a paper."""

    faces: tuple[Face, ...]
    ids: Mapping[str, str]
    denied: frozenset[tuple[str, str]]
    distinct_from: tuple[str, ...]
    is_repeat: bool

    @classmethod
    def of(cls, paper: Paper) -> _Known:
        return cls(
            tuple(Face.of(*text) for text in paper.texts),
            paper.ids,
            paper.denied_ids,
            paper.curation.distinct_from,
            paper.same_as is not None,
        )

    @property
    def keys(self) -> set[tuple[str, str]]:
        return {key for face in self.faces for key in face.keys}

    def is_contradicted_by(self, ids: Mapping[str, str]) -> bool:
        """Whether identifiers speak against the paper.

        One that a curator has corrected does not: its source goes on saying it. Nor does it speak
        for the paper; titles and abstracts have to.
        """
        told = {kind: value for kind, value in ids.items() if (kind, value) not in self.denied}
        return conflict(told, self.ids)

    @property
    def stems(self) -> set[frozenset[str]]:
        return {face.stems for face in self.faces}


_NOTHING = _Known((), {}, frozenset(), (), is_repeat=False)


class Index:
    """The papers of a library by what records of the same work have in common.

    What it answers depends on the papers that it holds, not on how they came in.
    """

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self._known: dict[str, _Known] = {}
        self._by_id: Postings[tuple[str, str], str] = Postings()
        self._by_key: Postings[tuple[str, str], str] = Postings()
        self._by_stems = Similar()
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Take a paper in, or take in what has become of one that is there."""
        old = self._known.get(paper.slug, _NOTHING)
        known = self._known[paper.slug] = _Known.of(paper)
        self._file(paper.slug, old, known)

    def forget(self, slug: str) -> None:
        """Let a paper go, if it is there."""
        self._file(slug, self._known.pop(slug, _NOTHING), _NOTHING)

    def _file(self, slug: str, old: _Known, new: _Known) -> None:
        """File a paper under what it has now and had not."""
        _change(self._by_id, slug, set(old.ids.items()), set(new.ids.items()))
        _change(self._by_key, slug, old.keys, new.keys)
        _change(self._by_stems, slug, old.stems, new.stems)

    def same_work(self, record: SourceRecord) -> tuple[Match, ...]:
        """The papers that ``record`` is, the surest first; empty if it is a new one."""
        face = Face.of(record.title, record.abstract)
        shared = self._sharing(record)
        found = (
            self._match(slug, face, shared_id=slug in shared)
            for slug in shared | self._candidates(face)
            if not self._known[slug].is_contradicted_by(record.ids)
        )
        return tuple(sorted(filter(None, found)))

    def _match(self, slug: str, face: Face, *, shared_id: bool) -> Match | None:
        others = self._known[slug].faces
        rules = {Rule.SAME_ID} if shared_id else {one_work(face, other) for other in others}
        rule = min(filter(None, rules), key=RANKS.__getitem__, default=None)
        return Match(slug, rule, *scores(face, others)) if rule else None

    def confirmed(self, slug: str, record: SourceRecord) -> Match | None:
        """The match by an identifier that a title alone brought, if the abstracts are alike too."""
        if slug not in self._known or conflict(record.ids, self._known[slug].ids):
            return None
        face, others = Face.of(record.title, record.abstract), self._known[slug].faces
        found = scores(face, others)
        is_alike = (found.abstract or 0) >= ALIKE_ABSTRACT
        return Match(slug, Rule.SAME_ID, *found) if is_alike else None

    def contradicted(self, record: SourceRecord) -> tuple[str, ...]:
        """Papers that have an identifier of ``record``, and of another kind a different one."""
        return tuple(
            slug
            for slug in sorted(self._sharing(record))
            if conflict(record.ids, self._known[slug].ids)
        )

    def _sharing(self, record: SourceRecord) -> set[str]:
        return {slug for item in record.ids.items() for slug in self._by_id.get(item)}

    def owner(self, kind: str, value: str) -> str | None:
        """The paper that has an identifier; not one that repeats another, if there is a choice."""
        slugs = self._by_id.get((kind, value))
        return min(slugs, key=lambda slug: (self._known[slug].is_repeat, slug), default=None)

    def titled(self, title: str) -> tuple[str, ...]:
        """Papers with this title, now or in an earlier listing: only letters and digits count."""
        return tuple(sorted(self._by_key.get(Face.of(title, "").title_key)))

    def near_titles(self, title: str) -> tuple[tuple[str, float], ...]:
        """Papers with a title like this one, each with its score, the most alike first."""
        face = Face.of(title, "")
        found = (
            (slug, title_score(face, self._known[slug].faces, ALIKE_TITLE))
            for slug in self._candidates(face)
        )
        alike = (each for each in found if each[1] > 0)
        return tuple(sorted(alike, key=lambda each: (-each[1], each[0])))

    def lookalikes(self, among: Collection[str] | None = None) -> tuple[Likeness, ...]:
        """Pairs worth a curator's look, the most alike first.

        Args:
            among: Papers of which one must be in a pair; ``None`` stands for all.
        """
        wanted = set(self._known if among is None else among)
        pairs = {
            (min(slug, other), max(slug, other))
            for slug in wanted & self._known.keys()
            for face in self._known[slug].faces
            for other in self._candidates(face) - {slug}
        }
        found = (
            self._likeness(*pair)
            for pair in pairs
            if not self._told_apart(*pair) and self._is_alike(*pair)
        )
        return tuple(sorted(found))

    def _told_apart(self, slug: str, other: str) -> bool:
        one, two = self._known[slug], self._known[other]
        return other in one.distinct_from or slug in two.distinct_from

    def _is_alike(self, slug: str, other: str) -> bool:
        """Whether a title or an abstract of both is: with a limit, this is soon decided."""
        others = self._known[other].faces
        return any(
            title_score(face, others, ALIKE_TITLE) or abstract_score(face, others, ALIKE_ABSTRACT)
            for face in self._known[slug].faces
        )

    def _likeness(self, slug: str, other: str) -> Likeness:
        others = self._known[other].faces
        found = [scores(face, others) for face in self._known[slug].faces]
        best = max(each.title for each in found), max(each.abstract or 0 for each in found)
        return Likeness(slug, other, *best)

    def _candidates(self, face: Face) -> set[str]:
        """Papers with an equal key, or with enough stems of a title in common.

        Titles with fewer in common are no lookalikes if they have more than a few words, unless
        words are glued or split; those meet through their abstracts.
        """
        found = self._by_stems.like(face.stems)
        found.update(slug for key in face.keys for slug in self._by_key.get(key))
        return found


class _Lists(Protocol[K_contra]):
    """Where a paper is filed under what it has."""

    def add(self, key: K_contra, value: str, /) -> None: ...
    def discard(self, key: K_contra, value: str, /) -> None: ...


def _change(lists: _Lists[K], slug: str, old: set[K], new: set[K]) -> None:
    for key in old - new:
        lists.discard(key, slug)
    for key in new - old:
        lists.add(key, slug)
