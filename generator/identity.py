"""When two records are one work: the rules, and an index that finds where to apply them.

False merges are not acceptable: a paper that vanishes into another is lost, a paper that stands
twice is merely untidy. So two records are one work only

1. if they share an identifier (arXiv, DOI), or
2. if their titles are the same, letter case, accents, punctuation and spaces aside, and so are
   their abstracts, or
3. if both title and abstract are nearly the same, and the titles name the same numbers, or
4. if their titles are the same, and one abstract is the beginning of the other: a listing that was
   saved before it was there whole.

Never, however alike, if they have two different identifiers of one kind. What is similar beyond
chance but not one by these rules is a *lookalike*: the curator is told, nothing is done.

Scores are rapidfuzz's normalised indel similarity of the texts' folded words, 0 to 100. Over the
134,000 pairs of unrelated papers in the digest's first library no two abstracts exceed 50, and no
two titles but lookalikes exceed 80; a revision that keeps nine tenths of a text stays above 90.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from generator.model import Paper, Rule, SourceRecord
from generator.text import words

#: From here on a text is nearly the same as another (rule 3).
NEAR = 90.0
#: From here on a pair of titles, or of abstracts, is worth a curator's look.
ALIKE_TITLE = 85.0
ALIKE_ABSTRACT = 75.0

#: Characters of an abstract that no two papers of one title begin with (rule 4).
_ENOUGH = 100
#: Titles are compared if they have this share of their stems in common. With fewer, titles of more
#: than a few words are no lookalikes, unless words are glued or split; those meet through their
#: abstracts.
_OVERLAP = 0.6
#: A stem is the beginning of a word that is longer than articles are: the plural changes nothing.
_STEM, _ARTICLE = 4, 3
#: Words at either end of an abstract that bring two abstracts together.
_ENDS = 8

_NUMERAL = re.compile(r"\d|^[ivx]+$")


@dataclass(frozen=True, slots=True)
class Match:
    """A paper of the library that a record is, and why. Scores from 0 to 100."""

    slug: str
    rule: Rule
    title_score: float
    abstract_score: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two papers that are alike, but not one work by the rules. ``first < second``."""

    first: str
    second: str
    title_score: float
    abstract_score: float


@dataclass(frozen=True, slots=True)
class _Face:
    """What a record looks like when only letters and digits count."""

    title: str
    abstract: str
    stems: frozenset[str]
    numerals: tuple[str, ...]

    @classmethod
    def of(cls, title: str, abstract: str) -> _Face:
        # A text of symbols alone is only like itself.
        said = words(title) or (title,)
        numerals = tuple(sorted(filter(_NUMERAL.search, said)))
        stems = frozenset(word[:_STEM] for word in said if len(word) > _ARTICLE) or frozenset(said)
        return cls(" ".join(said), " ".join(words(abstract) or (abstract,)), stems, numerals)

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        """Texts that two records of one work are likely to share."""
        yield "title", self.title.replace(" ", "")
        split = self.abstract.split()
        if split:
            yield "head", " ".join(split[:_ENDS])
            yield "tail", " ".join(split[-_ENDS:])


def _one_work(one: _Face, other: _Face) -> Rule | None:
    """The rule by which two texts are one work, if there is one."""
    if not (one.abstract and other.abstract):
        return None
    if _squeezed(one.title) == _squeezed(other.title):
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
    mine, whole = " ".join(words(abstract)), " ".join(words(other))
    return len(mine) < len(whole) and whole.startswith(mine)


def _squeezed(text: str) -> str:
    return text.replace(" ", "")


def _conflict(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two records have different identifiers of one kind."""
    return any(other.get(kind, value) != value for kind, value in one.items())


class Index:
    """The papers of a library, so that those like a record are found without comparing all."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self._faces: dict[str, tuple[_Face, ...]] = {}
        self._ids: dict[str, Mapping[str, str]] = {}
        self._distinct: dict[str, frozenset[str]] = {}
        self._by_id: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_key: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_stem: defaultdict[str, set[str]] = defaultdict(set)
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Take a paper in, or take in what has become of one that is there."""
        faces = tuple(_Face.of(title, abstract) for title, abstract in paper.texts)
        self._faces[paper.slug] = faces
        self._ids[paper.slug] = paper.ids
        self._distinct[paper.slug] = frozenset(paper.curation.distinct_from)
        for item in paper.ids.items():
            self._by_id[item].add(paper.slug)
        for face in faces:
            for key in face.keys:
                self._by_key[key].add(paper.slug)
            for stem in face.stems:
                self._by_stem[stem].add(paper.slug)

    def same_work(self, record: SourceRecord) -> tuple[Match, ...]:
        """The papers that ``record`` is, the surest first; empty if it is a new one."""
        face = _Face.of(record.title, record.abstract)
        shared = {slug for item in record.ids.items() for slug in self._by_id.get(item, ())}
        found = (
            self._match(slug, face, shared_id=slug in shared)
            for slug in shared | self._candidates(face)
            if not _conflict(record.ids, self._ids[slug])
        )
        order = list(Rule)
        return tuple(
            sorted(
                filter(None, found),
                key=lambda match: (
                    order.index(match.rule),
                    -match.title_score - match.abstract_score,
                    match.slug,
                ),
            )
        )

    def _match(self, slug: str, face: _Face, *, shared_id: bool) -> Match | None:
        rules = {_one_work(face, other) for other in self._faces[slug]}
        if shared_id:
            rules.add(Rule.SAME_ID)
        rule = next((rule for rule in Rule if rule in rules), None)
        return Match(slug, rule, *self._scores(face, self._faces[slug])) if rule else None

    @staticmethod
    def _scores(face: _Face, others: tuple[_Face, ...]) -> tuple[float, float]:
        """The best similarity of titles, and that of abstracts."""
        return (
            max(fuzz.ratio(face.title, other.title) for other in others),
            max(fuzz.ratio(face.abstract, other.abstract) for other in others),
        )

    def lookalikes(self) -> tuple[Likeness, ...]:
        """All pairs worth a curator's look, the most alike first."""
        found = (
            likeness
            for slug, faces in self._faces.items()
            for other in sorted({c for face in faces for c in self._candidates(face)})
            if slug < other and not self._told_apart(slug, other)
            for likeness in [self._likeness(slug, other)]
            if likeness.title_score >= ALIKE_TITLE or likeness.abstract_score >= ALIKE_ABSTRACT
        )
        return tuple(
            sorted(found, key=lambda x: (-x.title_score - x.abstract_score, x.first, x.second))
        )

    def _told_apart(self, slug: str, other: str) -> bool:
        return other in self._distinct[slug] or slug in self._distinct[other]

    def _likeness(self, slug: str, other: str) -> Likeness:
        scores = [self._scores(face, self._faces[other]) for face in self._faces[slug]]
        return Likeness(slug, other, max(t for t, _ in scores), max(a for _, a in scores))

    def _candidates(self, face: _Face) -> set[str]:
        """Papers with an equal key, or with enough words of the title in common.

        If two sets share at least a share *t* of all their words, then any ``n - ceil(t * n) + 1``
        words of a set of *n* hold one that they share (prefix filtering, as in set-similarity
        joins): it is enough to look up the rarest words.
        """
        found = {slug for key in face.keys for slug in self._by_key.get(key, ())}
        needed = math.ceil(_OVERLAP * len(face.stems))
        by_rarity = sorted(face.stems, key=lambda stem: (len(self._by_stem.get(stem, ())), stem))
        for stem in by_rarity[: len(face.stems) - needed + 1]:
            found.update(
                slug
                for slug in self._by_stem.get(stem, ())
                if any(_overlap(face.stems, other.stems) for other in self._faces[slug])
            )
        return found


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= _OVERLAP * (len(one) + len(other) - shared)
