"""What listings change in the library: a pure plan, written by whoever asked for it.

Order leaves no trace. Listings are taken in the order of their days, not of the arguments; a
paper's text is that of the latest appearance, whichever came in first; its appearances are a set.
What one listing brought that no earlier one had is computed from dates whenever somebody asks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from slugify import slugify

from generator.identity import Index, Match, breaks_off
from generator.intake import Dating, LedgerEntry
from generator.library import Library
from generator.links import links_in, unique
from generator.model import Appearance, Link, Listing, Paper, SourceRecord
from generator.typeset import reading

#: The longest slug: with its folder and `index.html` it stays well below the 255 bytes that file
#: systems allow, and an address fits into a line of an e-mail.
LONGEST_SLUG = 80
_HASH_LENGTH = 8
#: Names that mean something else to servers or file systems (the devices of Windows).
_RESERVED = frozenset(
    {"index", "feed", "con", "prn", "aux", "nul"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)}
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A listing and the day to file it under."""

    listing: Listing
    date: dt.date
    dated_by: Dating


@dataclass(frozen=True, slots=True)
class Merge:
    """A record that is a paper of the library already, and why."""

    record: SourceRecord
    match: Match


@dataclass(frozen=True, slots=True)
class Brought:
    """What one listing brought. ``known`` is the ledger's entry if it had come in before."""

    dated: Dated
    new: tuple[str, ...] = ()
    merged: tuple[Merge, ...] = ()
    known: LedgerEntry | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write: papers new or changed, entries for the ledger; and what was brought."""

    papers: Mapping[str, Paper]
    ledger: tuple[LedgerEntry, ...]
    brought: tuple[Brought, ...]


def plan(library: Library, listings: list[Dated]) -> Plan:
    """What ``listings`` change in ``library``.

    Args:
        library: The library as it is.
        listings: Any number, in any order, each with its day.
    """
    known = {entry.fingerprint: entry for entry in library.ledger.values()}
    papers = dict(library.papers)
    index = Index(papers.values())
    ledger: list[LedgerEntry] = []
    brought: list[Brought] = []
    for dated in sorted(listings, key=_order):
        if entry := known.get(dated.listing.fingerprint):
            brought.append(Brought(dated, known=entry))
            continue
        slugs, result = _take_in(dated, papers, index)
        entry = _ledger_entry(dated, slugs)
        known[entry.fingerprint] = entry
        ledger.append(entry)
        brought.append(result)
    changed = {slug: paper for slug, paper in papers.items() if paper != library.papers.get(slug)}
    return Plan(changed, tuple(ledger), tuple(brought))


def _order(dated: Dated) -> tuple[object, ...]:
    listing = dated.listing
    return dated.date, listing.source, listing.file, listing.fingerprint


def _take_in(
    dated: Dated, papers: dict[str, Paper], index: Index
) -> tuple[tuple[str, ...], Brought]:
    """File every record of a listing; ``papers`` and ``index`` are brought up to date."""
    slugs, new, merged = [], [], []
    for record in dated.listing.records:
        listing = dated.listing
        seen = Appearance(dated.date, listing.source, listing.file, votes=record.votes)
        matches = index.same_work(record)
        if matches:
            slug = matches[0].slug
            papers[slug] = add_appearance(papers[slug], record, seen)
            merged.append(Merge(record, matches[0]))
        else:
            slug = new_slug(record, papers)
            papers[slug] = _new_paper(slug, record, seen)
            new.append(slug)
        index.add(papers[slug])
        slugs.append(slug)
    return tuple(slugs), Brought(dated, tuple(new), tuple(merged))


def _ledger_entry(dated: Dated, slugs: tuple[str, ...]) -> LedgerEntry:
    listing = dated.listing
    return LedgerEntry(
        source=listing.source,
        date=dated.date,
        dated_by=dated.dated_by,
        file=listing.file,
        fingerprint=listing.fingerprint,
        papers=slugs,
        rejected=listing.rejected,
    )


def ledger_name(entry: LedgerEntry) -> str:
    """The name of an entry's file: two branches that take in different listings do not meet."""
    source = slugify(entry.source) or "source"
    return f"{entry.date.isoformat()}-{source}-{entry.fingerprint[:_HASH_LENGTH]}.yml"


def _new_paper(slug: str, record: SourceRecord, seen: Appearance) -> Paper:
    return Paper(
        slug=slug,
        source_title=record.title,
        source_abstract=record.abstract,
        appearances=(seen,),
        authors=record.authors,
        ids=dict(sorted(record.ids.items())),
        published=record.published,
        links=_joined((), record),
    )


def new_slug(record: SourceRecord, taken: Mapping[str, object]) -> str:
    """The address of a new paper: readable, at most :data:`LONGEST_SLUG` characters, not taken.

    Where the title gives none, or one that is taken, the text's own hash makes it unique, so that
    it does not depend on how many others there are.
    """
    slug = slugify(
        reading(record.title), max_length=LONGEST_SLUG, word_boundary=True, save_order=True
    )
    if slug and slug not in taken and slug not in _RESERVED:
        return slug
    digest = hashlib.sha256(f"{record.title}\n{record.abstract}".encode()).hexdigest()
    names = (
        f"{(slug or 'paper')[: LONGEST_SLUG - length - 1].rstrip('-')}-{digest[:length]}"
        for length in range(_HASH_LENGTH, LONGEST_SLUG // 2)
    )
    return next(name for name in names if name not in taken)


def add_appearance(paper: Paper, record: SourceRecord, seen: Appearance) -> Paper:
    """A paper with one more appearance, and with what the record says that it lacked.

    The paper's title and abstract become those of its latest appearance (a preprint is revised);
    one that only breaks off earlier than another never wins. What earlier ones said differently
    stays with them.
    """
    said = {
        replace(
            each,
            title=each.title or paper.source_title,
            abstract=each.abstract or paper.source_abstract,
        )
        for each in paper.appearances
    }
    said.add(replace(seen, title=record.title, abstract=record.abstract))
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
        authors=paper.authors or record.authors,
        ids=dict(sorted({**record.ids, **paper.ids}.items())),
        published=paper.published or record.published,
        links=_joined(paper.links, record),
    )


def _joined(links: tuple[Link, ...], record: SourceRecord) -> tuple[Link, ...]:
    """Links with those of a record and its abstract that are not among them.

    Their order leaves no trace of who came first; the one that a curator gave them stays until
    there is another link.
    """
    joined = unique((*links, *record.links, *links_in(record.abstract)))
    if set(joined) == set(links):
        return links
    return tuple(sorted(joined, key=lambda link: (link.kind, link.url)))
