"""From content to :class:`~generator.digest.Digest`: all that readers see, computed afresh."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from generator import content
from generator.accounting.accounts import Books, listings, status
from generator.content import Content
from generator.digest import (
    Digest,
    Doubtful,
    EditionView,
    Entry,
    Lookalike,
    Section,
    TopicCount,
    TopicRef,
    TopicTag,
    TopicView,
    Withheld,
)
from generator.errors import ContentErrors
from generator.folder import Folder
from generator.identity import Index
from generator.intake import LedgerEntry, SourceKind
from generator.memory import uncollected
from generator.model import Edition, Paper, TopicScore
from generator.storage.catalogue import source_of
from generator.storage.library import Library, stays
from generator.text.links import own
from generator.topics.judging import Judgement
from generator.topics.keeping import judged
from generator.topics.lineage import parents, renamed
from generator.topics.taxonomy import Topic
from generator.views.joining import joined, repeats_of
from generator.views.whereabouts import misled

#: Hosts of sources whose papers are on arXiv.
_OF_ARXIV = frozenset({"arxiv.org", "huggingface.co"})


def assemble(folder: Folder, *, everything: bool = False) -> Digest:
    """Read a digest's folder and compute what it shows.

    Args:
        folder: Where it is.
        everything: Whether papers that are not public (candidates, declined, hidden, merged) are
            among the entries too; never so for a site.

    Raises:
        DigestError: If something in it is not as it should be.
    """
    return digest_of(content.read(folder), everything=everything, kept=folder.cache / "topics")


@uncollected
def digest_of(
    found: Content, *, everything: bool = False, kept: Path | None = None, with_alike: bool = True
) -> Digest:
    """The views of what a digest is made of; ``everything`` as in :func:`assemble`.

    What the rules made of papers is kept in the folder ``kept``, if one is given. Without those
    ``with_alike`` the digest says nothing of lookalikes, and is there sooner.

    Raises:
        ContentErrors: If addresses that pages left lead nowhere.
    """
    digest = _digest_of(found, everything=everything, kept=kept)
    if with_alike:
        digest = with_lookalikes(digest, found.library)
    if not everything and (errors := list(misled(digest, found))):
        raise ContentErrors(errors)
    return digest


def _digest_of(found: Content, *, everything: bool, kept: Path | None) -> Digest:
    library = found.library
    papers = library.everything if everything else _public(library.papers)
    topics = found.taxonomy.topics
    refs = {each.id: TopicRef(each.id, each.title, each.description) for each in topics}
    picks = {slug for edition in library.editions.values() for slug in edition.picks}
    repeats = repeats_of(library.papers.values())
    says = judged(papers, found.taxonomy, kept, keep=not everything)
    by_slug = {
        slug: _entry(joined(paper, repeats[slug]), says[slug], refs, picks, library.files)
        for slug, paper in papers.items()
    }
    entries = tuple(sorted(by_slug.values(), key=_newest_first))
    editions = _editions(entries, library, tuple(refs.values()))
    books = Books(
        library,
        {slug: entry.address for slug, entry in by_slug.items()},
        {edition.date: edition.address for edition in editions},
    )
    return Digest(
        site=found.site,
        entries=entries,
        editions=editions,
        topics=_topics(entries, refs, topics),
        unsorted=tuple(entry for entry in entries if not entry.topics),
        listings=listings(books),
        by_slug=by_slug,
        redirects=_redirects(library, by_slug),
        not_shown=len(library.papers.keys() - papers.keys()),
        status=status(books),
        source_titles=_source_titles(entries, library),
        topics_moved={old: refs[new] for old, new in renamed(found.taxonomy.topics).items()},
        pages_moved={old: redirect.to for old, redirect in found.moved.items()},
        doubtful=Doubtful(
            without=tuple(entry for entry in entries if not (entry.topics or entry.is_bare)),
            weak=tuple(entry for entry in entries if says[entry.slug].is_weak),
            crowded=tuple(entry for entry in entries if says[entry.slug].is_crowded),
        ),
        kinds=_kinds(entries, library),
    )


def _redirects(library: Library, shown: Container[str]) -> dict[str, str]:
    """The slugs that papers left, for another name or for another paper, and where they lead."""
    repeats = {slug: slug for slug, paper in library.papers.items() if paper.same_as}
    left = {**repeats, **library.moved}
    ends = {old: stays(slug, library.papers) for old, slug in sorted(left.items())}
    return {old: end for old, end in ends.items() if end in shown}


def _public(papers: Mapping[str, Paper]) -> dict[str, Paper]:
    return {slug: paper for slug, paper in papers.items() if paper.is_public}


def _source_titles(entries: Iterable[Entry], library: Library) -> dict[str, str]:
    """How readers call the sources that showed something."""
    ids = {seen.source for entry in entries for seen in entry.appearances}
    ids |= {each.source for entry in entries for each in entry.completions}
    return {id_: source_of(library.sources, id_).title for id_ in sorted(ids)}


def _kinds(entries: Iterable[Entry], library: Library) -> frozenset[str]:
    """The kinds of identifiers that papers have, or that their sources are about."""
    kinds = {kind for entry in entries for kind in entry.ids}
    ids = {seen.source for entry in entries for seen in entry.appearances}
    sources = [source_of(library.sources, id_) for id_ in ids]
    if any(urlsplit(source.home).hostname in _OF_ARXIV or source.fetch for source in sources):
        kinds.add("arxiv")  # both services that can be fetched from list what is there
    return frozenset(kinds)


def _newest_first(entry: Entry) -> tuple[int, str]:
    """A total order: newest first, then by address."""
    return -entry.date.toordinal(), entry.slug


def _tag(score: TopicScore, refs: Mapping[str, TopicRef]) -> TopicTag:
    return TopicTag(refs[score.topic], score.score, score.evidence, score.by_curator)


def _entry(
    paper: Paper,
    judgement: Judgement,
    refs: Mapping[str, TopicRef],
    picks: set[str],
    files: Mapping[str, Path],
) -> Entry:
    return Entry(
        slug=paper.slug,
        title=paper.title,
        abstract=paper.abstract,
        authors=paper.authors,
        date=paper.date,
        published=paper.published,
        topics=tuple(_tag(each, refs) for each in judgement.given),
        ids=paper.ids,
        links=paper.links,
        own_links=own(paper.links, [*(text for _, text in paper.texts), paper.abstract]),
        appearances=paper.appearances,
        pick=paper.slug in picks or paper.curation.pick,
        note=paper.curation.note,
        completions=paper.completions,
        withheld=tuple(
            Withheld(_tag(each.score, refs), each.threshold, each.reason)
            for each in judgement.missed
        ),
        is_bare=judgement.is_bare,
        record=_record(files.get(paper.slug)),
    )


def _record(path: Path | None) -> str:
    """Where the record of a paper lies below ``content/``; a candidate's has no file of its own."""
    if path is None or path.suffix != ".yml":
        return ""
    parts = path.parts
    return "/".join(parts[max(at for at, part in enumerate(parts) if part == "papers") :])


def _editions(
    entries: tuple[Entry, ...], found: Library, refs: tuple[TopicRef, ...]
) -> tuple[EditionView, ...]:
    """An edition for every day on which a listing showed something, newest first.

    Papers new on that day come first, then those that came back, each in the order in which the
    day's listings had them: on most sources that is the readers' vote.
    """
    ranks = _ranks(found)
    by_day: defaultdict[dt.date, list[Entry]] = defaultdict(list)
    for entry in entries:
        for day in entry.dates:
            by_day[day].append(entry)
    for day, shown in by_day.items():
        last = len(ranks[day])
        shown.sort(key=lambda e: (e.date != day, ranks[day].get(e.slug, last), e.slug))
    editions = {day: found.editions.get(day.isoformat(), Edition(day)) for day in by_day}
    papers = found.everything
    return tuple(
        _edition(editions[day], tuple(by_day[day]), refs, papers)
        for day in sorted(by_day, reverse=True)
    )


def _ranks(found: Library) -> defaultdict[dt.date, dict[str, int]]:
    """The place of every paper among all that the listings of a day showed, raw feeds last."""

    def order(entry: LedgerEntry) -> tuple[object, ...]:
        return source_of(found.sources, entry.source).kind is SourceKind.RAW, entry.listing

    ranks: defaultdict[dt.date, dict[str, int]] = defaultdict(dict)
    for entry in sorted(found.ledger.values(), key=order):
        for slug in entry.papers:
            ranks[entry.date].setdefault(slug, len(ranks[entry.date]))
    return ranks


def _edition(
    edition: Edition,
    entries: tuple[Entry, ...],
    refs: tuple[TopicRef, ...],
    papers: Mapping[str, Paper],
) -> EditionView:
    picks = _picks(entries, edition, papers)
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


def _topics(
    entries: tuple[Entry, ...], refs: Mapping[str, TopicRef], topics: Iterable[Topic]
) -> tuple[TopicView, ...]:
    by_topic: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for tag in entry.topics:
            by_topic[tag.topic.id].append(entry)
    wider = parents(topics)
    return tuple(
        TopicView(
            ref,
            tuple(by_topic[id_]),
            parent=refs.get(wider.get(id_, "")),
            parts=tuple(refs[part] for part in refs if wider.get(part) == id_),
        )
        for id_, ref in refs.items()
    )


def with_lookalikes(digest: Digest, library: Library) -> Digest:
    """A digest that says which of its papers resemble each other."""
    papers = (paper for slug, paper in library.papers.items() if slug in digest.by_slug)
    shown = digest.by_slug
    return replace(
        digest,
        lookalikes=tuple(
            Lookalike(shown[each.first], shown[each.second], each.title_score, each.abstract_score)
            for each in Index(papers).lookalikes()
        ),
    )


def nearest(day: dt.date, digest: Digest) -> str:
    """For messages: the editions before and after a day that has none; "" if there are none."""
    days = [edition.date for edition in digest.editions]
    before = max((each for each in days if each < day), default=None)
    after = min((each for each in days if each > day), default=None)
    near = [str(each) for each in (before, after) if each]
    noun = "the nearest editions are" if len(near) > 1 else "the nearest edition is"
    return f"{noun} {' and '.join(near)}" if near else ""
