"""The account that a digest gives of its listings: what came in, what became of it, what to do.

The ledger says what came. What was new, what was a paper already and by which rule, and how each
answer stands follows from the papers and the other entries and is computed here, at every build.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.accounting.calendars import is_recent, months_of
from generator.accounting.outcomes import best, outcomes
from generator.accounting.views import (
    Recognised,
    RejectedThere,
    Rejection,
    SourceView,
    StatusView,
    Unsettled,
)
from generator.digest import ListingView
from generator.intake import LedgerEntry, Outcome, Source, SourceKind
from generator.model import Paper, Reason, Rejected, Status
from generator.storage.catalogue import source_of
from generator.storage.library import Library

#: What an editor can do about a day that did not go as it should.
_ADVICE = {
    Outcome.FAILED: "ask again",
    Outcome.STALE: "it showed what it had shown before: bring in what belongs to that day",
    Outcome.UNEXPECTED: (
        "look whether it has papers of that day by now; if it rests on such days, say so under its "
        "name in content/sources.yml"
    ),
    Outcome.TRUNCATED: "look whether it has more papers of that day, and bring them in",
}


@dataclass(frozen=True, slots=True)
class Books:
    """What accounts are made of: a ledger, the papers that it names, and the sources.

    ``addresses`` are where pages of papers are, by slug, and ``editions`` where those of days are.
    """

    library: Library
    addresses: Mapping[str, str] = field(default_factory=dict)
    editions: Mapping[dt.date, str] = field(default_factory=dict)

    @property
    def entries(self) -> list[LedgerEntry]:
        """The ledger in the order in which listings count as earlier."""
        return sorted(
            self.library.ledger.values(), key=lambda entry: (entry.listing, entry.fingerprint)
        )

    def source(self, name: str) -> Source:
        """What is known of a source."""
        return source_of(self.library.sources, name)


def listings(books: Books) -> tuple[ListingView, ...]:
    """What each listing brought, newest first.

    A record was new if no earlier listing had shown its paper, whichever was ingested first; of
    listings of one day the one whose source and file come first in the alphabet counts as earlier.
    """
    papers = books.library.everything
    results = outcomes(books.entries, books.library.sources)
    here = {entry.listing for entry in books.entries if not entry.is_export}
    counted: set[str] = set()
    views = []
    for entry in books.entries:
        new = {slug for slug in set(entry.papers) - counted if _is_first(papers[slug], entry, here)}
        view = _listing_view(entry, new, books, papers)
        views.append(replace(view, outcome=results[entry]))
        counted.update(entry.papers)
    return tuple(sorted(views, key=lambda view: (-view.date.toordinal(), view.source, view.file)))


def _is_first(paper: Paper, entry: LedgerEntry, here: Collection[tuple[dt.date, str, str]]) -> bool:
    """Whether no listing showed a paper before this one.

    An export brings papers with appearances of their own, in listings that are not in the ledger.
    """
    first = min(paper.appearances).listing
    return first == entry.listing or (entry.is_export and first not in here)


def _listing_view(
    entry: LedgerEntry, new: set[str], books: Books, papers: Mapping[str, Paper]
) -> ListingView:
    unique = list(dict.fromkeys(entry.papers))
    return ListingView(
        source=entry.source,
        date=entry.date,
        file=entry.file,
        seen=entry.seen,
        new=len(new),
        merged=len(unique) - len(new),
        repeated=len(entry.papers) - len(unique),
        rejected=entry.rejected,
        title=books.source(entry.source).title,
        asked=entry.asked,
        failure=entry.failure,
        recognised=tuple(
            Recognised(
                papers[slug].title,
                books.addresses.get(slug, ""),
                _reason_of(papers[slug], entry),
            )
            for slug in unique
            if slug not in new
        ),
    )


def _reason_of(paper: Paper, entry: LedgerEntry) -> Reason | None:
    """Why what a listing showed is this paper."""
    there = (seen.reason for seen in paper.appearances if seen.listing == entry.listing)
    return next(filter(None, there), None)


def status(books: Books) -> StatusView:
    """How the digest stands, for whoever edits it and whoever wonders whether it is alive."""
    results = outcomes(books.entries, books.library.sources)
    sources = _sources(books, results)
    return StatusView(
        newest=max((each.newest for each in sources if each.newest), default=None),
        sources=sources,
        unsettled=_unsettled(books, results),
        rejections=_rejections(books.entries),
    )


def _sources(books: Books, results: Mapping[LedgerEntry, Outcome]) -> tuple[SourceView, ...]:
    """Every source that brought something or is to be fetched, by title."""
    by_source: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in books.entries:
        by_source[entry.source].append(entry)
    fetched = {id_ for id_, each in books.library.sources.items() if each.fetch}
    waiting = _waiting(books.library)
    newest = max((entry.date for entry in books.entries), default=dt.date.min)
    views = []
    for id_ in by_source.keys() | fetched | waiting.keys():
        source, own = books.source(id_), by_source.get(id_, [])
        months = months_of(source, own, results, books.editions)
        views.append(
            SourceView(
                id=id_,
                title=source.title,
                is_raw=source.kind is SourceKind.RAW,
                home=source.home,
                newest=max((e.date for e in own if _has_news(e, results[e])), default=None),
                recent=tuple(each for each in months if is_recent(each.first, newest)),
                older=tuple(each for each in months if not is_recent(each.first, newest)),
                waiting=waiting[id_],
            )
        )
    return tuple(sorted(views, key=lambda view: (view.title.casefold(), view.id)))


def _has_news(entry: LedgerEntry, result: Outcome) -> bool:
    return bool(entry.papers) and result is not Outcome.STALE


def _waiting(library: Library) -> Counter[str]:
    """How many candidates wait for the curator, by the source that showed them first."""
    return Counter(
        min(paper.appearances).source
        for paper in library.everything.values()
        if paper.curation.status is Status.CANDIDATE and not paper.same_as
    )


def _unsettled(books: Books, results: Mapping[LedgerEntry, Outcome]) -> tuple[Unsettled, ...]:
    """Days that want the editor, newest first: what no other answer of the same day has settled."""
    by_day: defaultdict[tuple[dt.date, str], list[LedgerEntry]] = defaultdict(list)
    for entry in books.entries:
        by_day[entry.date, entry.source].append(entry)
    found = []
    for (day, id_), entries in by_day.items():
        source, outcome = books.source(id_), best(results[entry] for entry in entries)
        if outcome in _ADVICE and not _is_idle(source, day, outcome):
            failure = next((each.failure for each in entries if each.failure), "")
            found.append(_unsettled_day(source, day, outcome, failure))
    return tuple(sorted(found, key=lambda each: (-each.date.toordinal(), each.source)))


def _is_idle(source: Source, day: dt.date, outcome: Outcome) -> bool:
    """Whether nothing is lost: there would have been nothing to show on that day."""
    return source.is_at_rest(day) and outcome in {Outcome.FAILED, Outcome.STALE}


def _unsettled_day(source: Source, day: dt.date, outcome: Outcome, failure: str) -> Unsettled:
    verb = f"fetch {source.id}" if source.fetch else f"ingest FILE --source {source.id}"
    # What may have been cut off is an answer all the same: it is not asked for twice by itself.
    again = " --again" if source.fetch and outcome is Outcome.TRUNCATED else ""
    return Unsettled(
        source=source.id,
        title=source.title,
        date=day,
        outcome=outcome,
        command=f"digest {verb} --date {day}{again}",
        advice=_ADVICE[outcome],
        failure=failure if outcome is Outcome.FAILED else "",
    )


def _rejections(entries: Iterable[LedgerEntry]) -> tuple[Rejection, ...]:
    """All rejected records by their reason: faults first, then what is left out on purpose."""
    by_reason: defaultdict[tuple[bool, str], list[RejectedThere]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (-entry.date.toordinal(), entry.listing)):
        for record in entry.rejected:
            there = RejectedThere(entry.date, entry.file, record)
            by_reason[not record.is_fault, _reason(record)].append(there)
    found = sorted(by_reason.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    return tuple(Rejection(why, not meant, tuple(there)) for (meant, why), there in found)


def _reason(record: Rejected) -> str:
    """A reason without the place that it ends with, such as ``(entry 3)``."""
    head, mark, place = record.reason.rpartition(" (")
    numbered = place.removesuffix(")").rpartition(" ")[2]
    return head if mark and numbered.isdigit() else record.reason
