"""Which candidates a curator would want to see first, and why.

Three things speak for a candidate, and each is said:

* its topics, if the curator follows them (``follow`` in ``content/sources.yml``): one point for the
  strongest, half a point for another;
* its likeness to what was chosen before, from 0 to 1: the cosine of TF-IDF vectors with the picks
  (the nearest), and with all papers of the digest (the mean of the nearest three, for one may be
  chance);
* other sources that show it too: half a point each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model import Paper, Status
from generator.related.likeness import Corpus
from generator.related.subjects import Neighbour
from generator.storage.catalogue import source_of
from generator.storage.library import Library
from generator.topics.tagging import Tagger

_STRONGEST, _OTHER = 1.0, 0.5
_ELSEWHERE = 0.5
#: Neighbours of which the mean is taken.
_NEAREST = 3
#: A likeness below this is not worth a word.
_WORTH_TELLING = 0.1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate with what speaks for it; ``topics`` are ids, the strongest first."""

    paper: Paper
    score: float
    reasons: tuple[str, ...]
    topics: tuple[str, ...]


def suggestions(library: Library, tagger: Tagger) -> tuple[Suggestion, ...]:
    """The candidates that wait, best first; of equal ones the newest, then by address."""
    waiting = [
        paper
        for paper in library.candidates.values()
        if paper.curation.status is Status.CANDIDATE and not paper.same_as
    ]
    chosen = [paper for paper in library.papers.values() if paper.is_public]
    if not waiting:
        return ()
    picked = {slug for edition in library.editions.values() for slug in edition.picks}
    picks = {paper.slug for paper in chosen if paper.curation.pick or paper.slug in picked}
    near = _neighbours(waiting, chosen, picks)
    found = [_suggestion(paper, near[paper.slug], library, tagger) for paper in waiting]
    return tuple(
        sorted(found, key=lambda each: (-each.score, -each.paper.date.toordinal(), each.paper.slug))
    )


@dataclass(frozen=True, slots=True)
class _Near:
    """The chosen papers that a candidate is like: all, and the picks among them."""

    papers: tuple[Neighbour, ...]
    picks: tuple[Neighbour, ...]


def _neighbours(
    waiting: Sequence[Paper], chosen: Sequence[Paper], picks: set[str]
) -> Mapping[str, _Near]:
    asked = [_text(paper) for paper in waiting]
    all_near = Corpus({paper.slug: _text(paper) for paper in chosen}).nearest(asked, _NEAREST)
    of_picks = Corpus({p.slug: _text(p) for p in chosen if p.slug in picks}).nearest(asked, 1)
    return {
        paper.slug: _Near(papers, picked)
        for paper, papers, picked in zip(waiting, all_near, of_picks, strict=True)
    }


def _text(paper: Paper) -> str:
    return f"{paper.title}\n{paper.abstract}"


def _suggestion(paper: Paper, near: _Near, library: Library, tagger: Tagger) -> Suggestion:
    topics = tuple(score.topic for score in tagger.assign(paper))
    points = [_followed(topics, library.follow), _liked(near, library), _elsewhere(paper, library)]
    return Suggestion(
        paper=paper,
        score=round(sum(point for point, _ in points), 3),
        reasons=tuple(reason for _, reason in points if reason),
        topics=topics,
    )


def _followed(topics: tuple[str, ...], follow: tuple[str, ...]) -> tuple[float, str]:
    followed = [topic for topic in topics if topic in follow]
    points = sum(_STRONGEST if topic == topics[0] else _OTHER for topic in followed)
    return points, f"topics followed: {', '.join(followed)}" if followed else ""


def _liked(near: _Near, library: Library) -> tuple[float, str]:
    mean = sum(each.score for each in near.papers) / _NEAREST
    best = max((*near.picks, *near.papers[:1]), key=lambda each: each.score, default=None)
    points = mean + sum(each.score for each in near.picks)
    if best is None or best.score < _WORTH_TELLING:
        return points, ""
    what = "the pick " if best in near.picks else ""
    return points, f"like {what}“{library.papers[best.slug].title}” ({best.score:.2f})"


def _elsewhere(paper: Paper, library: Library) -> tuple[float, str]:
    names = sorted({seen.source for seen in paper.appearances})
    titles = (source_of(library.sources, name).title for name in names)
    points = _ELSEWHERE * (len(names) - 1)
    return points, f"in {len(names)} sources: {', '.join(titles)}" if points else ""
