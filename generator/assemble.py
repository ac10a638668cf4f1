"""From content to :class:`~generator.digest.Digest`: all that readers see, computed afresh."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator import content
from generator.content import Content
from generator.digest import (
    Digest,
    EditionView,
    Entry,
    ListingView,
    Lookalike,
    Section,
    TopicCount,
    TopicRef,
    TopicTag,
    TopicView,
)
from generator.folder import Folder
from generator.identity import Index
from generator.intake import LedgerEntry
from generator.library import Library
from generator.links import own
from generator.model import Appearance, Edition, Paper, TopicScore
from generator.tagging import Tagger


def assemble(folder: Folder, *, everything: bool = False) -> Digest:
    """Read a digest's folder and compute what it shows.

    Args:
        folder: Where it is.
        everything: Whether papers that are not public (candidates, declined, hidden, merged) are
            among the entries too; never so for a site.

    Raises:
        DigestError: If something in it is not as it should be.
    """
    return digest_of(content.read(folder), everything=everything)


def digest_of(found: Content, *, everything: bool = False) -> Digest:
    """The views of what a digest is made of; ``everything`` as in :func:`assemble`."""
    papers = {s: p for s, p in found.library.papers.items() if everything or p.is_public}
    tagger = Tagger(found.taxonomy)
    topics = found.taxonomy.topics
    refs = {each.id: TopicRef(each.id, each.title, each.description) for each in topics}
    editions = found.library.editions
    picks = {slug for edition in editions.values() for slug in edition.picks}
    seen = _all_appearances(found.library.papers.values())
    by_slug = {
        slug: _entry(replace(paper, appearances=seen[slug]), tagger.assign(paper), refs, picks)
        for slug, paper in papers.items()
    }
    entries = tuple(sorted(by_slug.values(), key=_newest_first))
    return Digest(
        site=found.site,
        entries=entries,
        editions=_editions(entries, found.library, tuple(refs.values())),
        topics=_topics(entries, refs),
        unsorted=tuple(entry for entry in entries if not entry.topics),
        lookalikes=_lookalikes(papers.values(), by_slug),
        listings=_listings(found.library.ledger.values(), found.library.papers),
        by_slug=by_slug,
        redirects={
            slug: paper.curation.same_as
            for slug, paper in found.library.papers.items()
            if paper.curation.same_as in by_slug
        },
        not_shown=len(found.library.papers) - len(papers),
    )


def _all_appearances(papers: Iterable[Paper]) -> Mapping[str, tuple[Appearance, ...]]:
    """The appearances of every paper, with those of the records that the curator says it is."""
    seen: defaultdict[str, list[Appearance]] = defaultdict(list)
    for paper in papers:
        seen[paper.slug] += paper.appearances
        if paper.curation.same_as:
            seen[paper.curation.same_as] += paper.appearances
    return {slug: tuple(sorted(set(appearances))) for slug, appearances in seen.items()}


def _newest_first(entry: Entry) -> tuple[int, str]:
    """A total order: newest first, then by address."""
    return -entry.date.toordinal(), entry.slug


def _entry(
    paper: Paper, scores: tuple[TopicScore, ...], refs: Mapping[str, TopicRef], picks: set[str]
) -> Entry:
    return Entry(
        slug=paper.slug,
        title=paper.title,
        abstract=paper.abstract,
        authors=paper.authors,
        date=paper.date,
        published=paper.published,
        topics=tuple(
            TopicTag(refs[each.topic], each.score, each.evidence, each.by_curator)
            for each in scores
        ),
        ids=paper.ids,
        links=paper.links,
        own_links=own(paper.links, [*(text for _, text in paper.texts), paper.abstract]),
        appearances=paper.appearances,
        pick=paper.slug in picks or paper.curation.pick,
        note=paper.curation.note,
    )


def _editions(
    entries: tuple[Entry, ...], found: Library, refs: tuple[TopicRef, ...]
) -> tuple[EditionView, ...]:
    """An edition for every day on which a listing showed something, newest first.

    Papers new on that day come first, then those that came back, each in the order in which the
    day's listings had them: on most sources that is the readers' vote.
    """
    ranks = _ranks(found.ledger.values())
    by_day: defaultdict[dt.date, list[Entry]] = defaultdict(list)
    for entry in entries:
        for day in entry.dates:
            by_day[day].append(entry)
    for day, shown in by_day.items():
        last = len(ranks[day])
        shown.sort(key=lambda e: (e.date != day, ranks[day].get(e.slug, last), e.slug))
    editions = {day: found.editions.get(day.isoformat(), Edition(day)) for day in by_day}
    return tuple(
        _edition(editions[day], tuple(by_day[day]), refs, found)
        for day in sorted(by_day, reverse=True)
    )


def _ranks(ledger: Iterable[LedgerEntry]) -> defaultdict[dt.date, dict[str, int]]:
    """The place of every paper among all that the listings of a day showed."""
    ranks: defaultdict[dt.date, dict[str, int]] = defaultdict(dict)
    for entry in sorted(ledger, key=lambda entry: entry.listing):
        for slug in entry.papers:
            ranks[entry.date].setdefault(slug, len(ranks[entry.date]))
    return ranks


def _edition(
    edition: Edition, entries: tuple[Entry, ...], refs: tuple[TopicRef, ...], found: Library
) -> EditionView:
    picks = _picks(entries, edition, found.papers)
    picked = {entry.slug for entry in picks}
    rest = [entry for entry in entries if entry.slug not in picked]
    return EditionView(
        date=edition.date,
        title=edition.title,
        introduction=edition.introduction,
        entries=entries,
        picks=picks,
        sections=_sections(rest, refs),
        counts=_counts(entries, refs),
    )


def _picks(
    entries: tuple[Entry, ...], edition: Edition, papers: Mapping[str, Paper]
) -> tuple[Entry, ...]:
    """The editor's picks: those that the edition names, in its order, then those of the records.

    A paper picked by its record is a pick of the edition in which it was new; one that an edition
    names is a pick there.
    """
    by_slug = {entry.slug: entry for entry in entries}
    named = (slug for slug in edition.picks if slug in by_slug)
    others = (
        slug
        for slug, entry in by_slug.items()
        if papers[slug].curation.pick and entry.date == edition.date
    )
    return tuple(by_slug[slug] for slug in dict.fromkeys((*named, *others)))


def _sections(entries: Iterable[Entry], refs: tuple[TopicRef, ...]) -> tuple[Section, ...]:
    """Entries under their strongest topics, in the order of the counts; those without one last."""
    by_topic: defaultdict[str | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_topic[entry.primary.id if entry.primary else None].append(entry)
    sections = [Section(ref, tuple(by_topic[ref.id])) for ref in refs if ref.id in by_topic]
    sections.sort(key=lambda section: -len(section.entries))  # stable: ties as in topics.yml
    unsorted = [Section(None, tuple(by_topic[None]))] if None in by_topic else []
    return (*sections, *unsorted)


def _counts(entries: Iterable[Entry], refs: tuple[TopicRef, ...]) -> tuple[TopicCount, ...]:
    counts = Counter(tag.topic.id for entry in entries for tag in entry.topics)
    found = [TopicCount(ref, counts[ref.id]) for ref in refs if counts[ref.id]]
    return tuple(sorted(found, key=lambda each: -each.count))


def _topics(entries: tuple[Entry, ...], refs: Mapping[str, TopicRef]) -> tuple[TopicView, ...]:
    by_topic: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for tag in entry.topics:
            by_topic[tag.topic.id].append(entry)
    return tuple(TopicView(ref, tuple(by_topic[ref.id])) for ref in refs.values())


def _lookalikes(papers: Iterable[Paper], entries: Mapping[str, Entry]) -> tuple[Lookalike, ...]:
    return tuple(
        Lookalike(entries[each.first], entries[each.second], each.title_score, each.abstract_score)
        for each in Index(papers).lookalikes()
    )


def _listings(
    ledger: Iterable[LedgerEntry], papers: Mapping[str, Paper]
) -> tuple[ListingView, ...]:
    """What each listing brought, newest first.

    A record was new if no earlier listing had shown its paper, whichever was ingested first; of
    listings of one day the one whose source and file come first in the alphabet counts as earlier.
    """
    counted: set[str] = set()
    views = []
    for entry in sorted(ledger, key=lambda entry: (entry.listing, entry.fingerprint)):
        views.append(_listing_view(entry, papers, counted))
        counted.update(entry.papers)
    return tuple(sorted(views, key=lambda view: (-view.date.toordinal(), view.source, view.file)))


def _listing_view(
    entry: LedgerEntry, papers: Mapping[str, Paper], counted: set[str]
) -> ListingView:
    """Papers that are ``counted`` stood in an earlier listing, perhaps of the same name."""
    unique = list(dict.fromkeys(entry.papers))
    new = sum(
        slug not in counted and min(papers[slug].appearances).listing == entry.listing
        for slug in unique
    )
    return ListingView(
        source=entry.source,
        date=entry.date,
        file=entry.file,
        seen=len(entry.papers) + len(entry.rejected),
        new=new,
        merged=len(unique) - new,
        repeated=len(entry.papers) - len(unique),
        rejected=entry.rejected,
    )
