"""What becomes of a paper when a record says more of it.

Order leaves no trace: a paper's text is that of its latest appearance, whichever came in first; its
appearances are a set; of two lists of authors the fuller is kept, of two days of publication the
earlier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from generator.identity import breaks_off, reasons
from generator.model import Appearance, Curation, Link, Paper, SourceRecord, Status
from generator.text.links import links_in, unique


def new_paper(slug: str, record: SourceRecord, seen: Appearance) -> Paper:
    """The paper that a record is, if the library has none."""
    return Paper(
        slug=slug,
        source_title=record.title,
        source_abstract=record.abstract,
        appearances=(seen,),
        source_authors=record.authors,
        source_ids=dict(sorted(record.ids.items())),
        source_published=record.published,
        source_links=_joined((), record),
        curation=Curation(status=Status.CANDIDATE) if seen.is_raw else Curation(),
    )


def add_appearance(
    paper: Paper, record: SourceRecord, seen: Appearance, refused: Container[str] = ()
) -> Paper:
    """A paper with one more appearance, and with what the record says that it lacked.

    The paper's title and abstract become those of its latest appearance (a preprint is revised);
    one that only breaks off earlier than another never wins. What earlier ones said differently
    stays with them.

    Args:
        paper: The paper.
        record: What the listing says of it.
        seen: The listing.
        refused: Kinds of the record's identifiers that the paper does not get.
    """
    grown = _with_appearances(paper, (replace(seen, title=record.title, abstract=record.abstract),))
    ids = {kind: value for kind, value in record.ids.items() if kind not in refused}
    return _explained(
        replace(
            grown,
            source_authors=_fuller(paper.source_authors, record.authors),
            source_ids=dict(sorted({**ids, **paper.source_ids}.items())),
            source_published=_earlier(paper.source_published, record.published),
            source_links=_joined(paper.source_links, record),
        )
    )


def joined(
    paper: Paper, other: Paper, refused: Container[str] = (), *, curation: Curation
) -> Paper:
    """A paper with all that another record of the same work has.

    Args:
        paper: The paper that stays.
        other: The same work, as another record has it.
        refused: Kinds of the other's identifiers that the paper does not get.
        curation: What is decided about the paper.
    """
    grown = _with_appearances(paper, _spelt_out(other))
    ids = {kind: value for kind, value in other.source_ids.items() if kind not in refused}
    links = unique((*paper.source_links, *other.source_links))
    return _explained(
        replace(
            grown,
            source_authors=_fuller(paper.source_authors, other.source_authors),
            source_ids=dict(sorted({**ids, **paper.source_ids}.items())),
            source_published=_earlier(paper.source_published, other.source_published),
            source_links=(
                paper.source_links if set(links) == set(paper.source_links) else _in_order(links)
            ),
            completions=tuple(sorted({*paper.completions, *other.completions}, key=repr)),
            curation=curation,
        )
    )


def _with_appearances(paper: Paper, more: Iterable[Appearance]) -> Paper:
    """The paper with more appearances, each of which says its title and abstract itself."""
    said = _once((*_spelt_out(paper), *more))
    texts = {each.abstract or "" for each in said}
    cut = {text for text in texts if any(breaks_off(text, other) for other in texts)}
    latest = max(each for each in said if each.abstract not in cut)
    title, abstract = latest.title or "", latest.abstract or ""
    appearances = (
        replace(
            each,
            title=each.title if each.title != title else None,
            abstract=each.abstract if each.abstract != abstract else None,
        )
        for each in said
    )
    return replace(
        paper,
        source_title=title,
        source_abstract=abstract,
        appearances=tuple(sorted(appearances)),
    )


def _spelt_out(paper: Paper) -> tuple[Appearance, ...]:
    """The appearances with what their listings said, whatever the paper says now."""
    return tuple(
        replace(
            each,
            title=each.title or paper.source_title,
            abstract=each.abstract or paper.source_abstract,
            reason=None,
        )
        for each in paper.appearances
    )


def _once(appearances: Iterable[Appearance]) -> list[Appearance]:
    """Each appearance once: a listing that is asked again has more votes, and is the same one."""
    found: dict[tuple[object, ...], Appearance] = {}
    for each in appearances:
        key = (*each.listing, each.title, each.abstract)
        other = found.get(key, each)
        votes = [seen.votes for seen in (each, other) if seen.votes is not None]
        found[key] = replace(
            each,
            votes=max(votes, default=None),
            ids=tuple(sorted({*each.ids, *other.ids})),
            is_raw=each.is_raw and other.is_raw,
        )
    return list(found.values())


def _explained(paper: Paper) -> Paper:
    """The paper with the reason for each of its appearances but the first."""
    told = reasons(paper)
    return replace(
        paper,
        appearances=tuple(
            replace(seen, reason=reason)
            for seen, reason in zip(paper.appearances, told, strict=True)
        ),
    )


def _fuller(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The list with more authors, or with more of their names."""
    return max(one, other, key=lambda authors: (len(authors), sum(map(len, authors)), authors))


def _earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min(filter(None, (one, other)), default=None)


def _joined(links: tuple[Link, ...], record: SourceRecord) -> tuple[Link, ...]:
    """Links with those of a record and its abstract that are not among them.

    Their order leaves no trace of who came first; the one that a curator gave them stays until
    there is another link.
    """
    joined = unique((*links, *record.links, *links_in(record.abstract)))
    return links if set(joined) == set(links) else _in_order(joined)


def _in_order(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (link.kind, link.url)))


def pairs(ids: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Identifiers as an appearance keeps them."""
    return tuple(sorted(ids.items()))
