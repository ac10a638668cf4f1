"""Records of one work that the curator declared so, joined into what readers see of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.model import Appearance, Completion, Paper
from generator.storage.library import stays
from generator.text.links import unique


def repeats_of(papers: Iterable[Paper]) -> defaultdict[str, list[Paper]]:
    """The records that the curator says are another paper, by the slug of the one that stays."""
    found: defaultdict[str, list[Paper]] = defaultdict(list)
    by_slug = {paper.slug: paper for paper in papers}
    for paper in by_slug.values():
        # What was merged by the rules has been joined already.
        if paper.curation.same_as:
            found[stays(paper.slug, by_slug)].append(paper)
    return found


def joined(paper: Paper, repeats: Iterable[Paper]) -> Paper:
    """A paper with the appearances of the records that it also is, and with facts that it lacks.

    Nothing that it has is replaced. Of two records that have what it lacks the one counts that was
    seen first.
    """
    for other in sorted(repeats, key=lambda each: (each.date, each.slug)):
        paper = replace(
            paper,
            appearances=tuple(sorted({*paper.appearances, *_appearances_as(paper, other)})),
            source_authors=paper.authors or other.authors,
            source_ids=dict(sorted({**other.ids, **paper.ids}.items())),
            source_published=paper.published or other.published,
            source_links=unique((*paper.links, *other.links)),
            completions=(*paper.completions, *_completions_for(paper, other)),
        )
    return paper


def _appearances_as(paper: Paper, other: Paper) -> Iterator[Appearance]:
    """The appearances of another record, as one of this paper has them: with what differs."""
    for seen in other.appearances:
        title, abstract = seen.title or other.source_title, seen.abstract or other.source_abstract
        yield replace(
            seen,
            title=title if title != paper.source_title else None,
            abstract=abstract if abstract != paper.source_abstract else None,
        )


def _completions_for(paper: Paper, other: Paper) -> Iterator[Completion]:
    """Where facts come from that a paper lacks and another record of it has."""
    for each in other.completions:
        if facts := tuple(fact for fact in each.fields if _lacks(paper, fact)):
            yield replace(each, fields=facts)


def _lacks(paper: Paper, fact: str) -> bool:
    name, _, kind = fact.partition(".")
    return kind not in paper.ids if name == "ids" else not getattr(paper, name, None)
