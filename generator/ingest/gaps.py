"""What papers lack, and what a record has for them. Nothing that is there is overwritten."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from generator.identity import conflict
from generator.model import Completion, Link, LinkKind, Paper, Rule, SourceRecord
from generator.storage.library import Library
from generator.text import identifiers
from generator.text.links import links_in, place_of, unique

#: How a completion names an identifier among its fields.
_ID = "ids."


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of how many papers a reader learns what.

    ``linked`` are papers that can be reached: by a link, or by an identifier that has a page.
    """

    papers: int
    ids: int
    authors: int
    linked: int
    code: int


def coverage(papers: Iterable[Paper]) -> Coverage:
    """What is known of some papers."""
    papers = tuple(papers)
    return Coverage(
        papers=len(papers),
        ids=sum(bool(paper.ids) for paper in papers),
        authors=sum(bool(paper.authors) for paper in papers),
        linked=sum(_is_linked(paper) for paper in papers),
        code=sum(any(link.kind is LinkKind.CODE for link in paper.links) for paper in papers),
    )


def _is_linked(paper: Paper) -> bool:
    return any(link.kind is LinkKind.PAPER for link in paper.links) or any(
        identifiers.page_of(*each) for each in paper.ids.items()
    )


def wanting(library: Library) -> tuple[Paper, ...]:
    """Public papers that lack an identifier, authors or their date, the newest first."""
    found = (
        paper
        for paper in library.papers.values()
        if paper.is_public and not (paper.ids and paper.authors and paper.published)
    )
    return tuple(sorted(found, key=lambda paper: (-paper.date.toordinal(), paper.slug)))


def gained(paper: Paper, record: SourceRecord) -> tuple[str, ...]:
    """The fields that a record has for a paper, as a completion names them."""
    return (
        *(f"{_ID}{kind}" for kind in sorted(record.ids) if kind not in _settled(paper)),
        *(["authors"] if record.authors and not (paper.authors or paper.source_authors) else []),
        *(["published"] if record.published and not paper.published else []),
        *(["links"] if _new_links(paper, record) else []),
    )


def is_another(paper: Paper, record: SourceRecord) -> bool:
    """Whether a record's identifiers say that it is of another paper, or the curator says so."""
    is_denied = not paper.denied_ids.isdisjoint(record.ids.items())
    return is_denied or conflict(record.ids, paper.ids)


def _settled(paper: Paper) -> set[str]:
    """Kinds of identifiers that a paper has, or of which the curator says that it has none."""
    return {*paper.source_ids, *dict(paper.curation.ids)}


def completed(paper: Paper, record: SourceRecord, completion: Completion) -> Paper:
    """A paper with what a record has for it.

    The order of its links and completions leaves no trace of what came first. Authors and a date
    of which the curator decided are not taken: what a completion does not name, nobody takes back.
    """
    own, fields = paper.source_links, completion.fields
    links = (*own, *new) if (new := _new_links(paper, record)) else ()
    return replace(
        paper,
        source_ids=dict(sorted({**record.ids, **paper.source_ids}.items())),
        source_authors=paper.source_authors or (record.authors if "authors" in fields else ()),
        source_published=paper.source_published
        or (record.published if "published" in fields else None),
        source_links=tuple(sorted(links, key=lambda link: (link.kind, link.url))) or own,
        completions=tuple(sorted({*paper.completions, completion}, key=repr)),
    )


def own_ids(paper: Paper) -> dict[str, str]:
    """The identifiers of a paper but for those that a title alone brought and no listing gave.

    What the curator corrected is the paper's own.
    """
    given = {field for each in _by_title(paper) for field in each.fields}
    return dict(replace(paper, source_ids=_without_claims(paper, given)).ids)


def _without_claims(paper: Paper, given: Container[str]) -> dict[str, str]:
    """The sources' identifiers but for those that were given so and that no listing confirms."""
    confirmed = {item for seen in paper.appearances for item in seen.ids}
    return {
        kind: value
        for kind, value in paper.source_ids.items()
        if f"{_ID}{kind}" not in given or (kind, value) in confirmed
    }


def withdrawn(paper: Paper, kind: str) -> Paper:
    """A paper without the identifier of a kind that a title alone brought, and all that it brought.

    It was the title of another paper, so neither its authors nor its date are believed any more.
    """
    wrong = [each for each in _by_title(paper) if f"{_ID}{kind}" in each.fields]
    fields = {field for each in wrong for field in each.fields}
    return replace(
        paper,
        source_ids=_without_claims(paper, fields),
        source_authors=() if "authors" in fields else paper.source_authors,
        source_published=None if "published" in fields else paper.source_published,
        completions=tuple(each for each in paper.completions if each not in wrong),
    )


def _by_title(paper: Paper) -> tuple[Completion, ...]:
    return tuple(each for each in paper.completions if each.reason.rule is Rule.SAME_TITLE)


def _new_links(paper: Paper, record: SourceRecord) -> tuple[Link, ...]:
    """Links of a record, and of an abstract that the paper has not, which lead somewhere new.

    The address of the paper itself is none if it is an identifier of the paper written out.
    """
    ids: Mapping[str, str] = {**record.ids, **paper.ids}
    places = {place_of(link.url) for link in (*paper.source_links, *paper.links)}
    is_new = record.abstract not in {abstract for _, abstract in paper.texts}
    found = unique((*record.links, *(links_in(record.abstract) if is_new else ())))
    return tuple(
        link for link in found if place_of(link.url) not in places and not (_is_id(link, ids))
    )


def _is_id(link: Link, ids: Mapping[str, str]) -> bool:
    identifier = identifiers.parse(link.url) if link.kind is LinkKind.PAPER else None
    return identifier is not None and identifier.kind in ids
