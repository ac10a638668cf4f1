"""What changed between two states of a digest, as its readers and its curator would see it.

Two states in, a :class:`~generator.history.changes.Difference` out; nothing here reads a file or a
clock. What a paper is called, shows and has as topics is compared as it is published, not as its
record says it: a rule that moves forty papers is forty changes, a reordered record none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.content import Content
from generator.digest import Digest, ListingView, Lookalike
from generator.history.changes import (
    Accepted,
    Completed,
    Declared,
    Difference,
    Edited,
    EditionChange,
    Merged,
    Moved,
    Retagged,
    Retitled,
    Unshown,
)
from generator.history.fields import edition_fields, edits, facts
from generator.intake import Outcome
from generator.model import Appearance, Paper, Reason, Status
from generator.topics.lineage import renamed
from generator.topics.retagging import retagging, topics_of
from generator.views.whereabouts import addresses, redirects

#: How notices begin of which there are sections of their own.
_OWN_SECTIONS = ("possible duplicate: ", *(f"{outcome}: " for outcome in Outcome))


@dataclass(frozen=True, slots=True)
class State:
    """A digest at one moment: its content, what readers see of it, and what wants a look.

    ``topics`` are those that papers had then, by slug, where another generator gave them.
    """

    content: Content
    digest: Digest
    notices: tuple[str, ...] = ()
    topics: Mapping[str, tuple[str, ...]] | None = None


def difference(before: State, after: State) -> Difference:
    """What one state has otherwise than an earlier one; papers go by their names of now."""
    now, moved = after.content.library.everything, after.content.library.moved
    was = {
        moved.get(slug, slug): replace(paper, slug=moved.get(slug, slug))
        for slug, paper in before.content.library.everything.items()
    }
    public = frozenset(moved.get(slug, slug) for slug in before.digest.by_slug)
    return _Comparison(before, after, was, now, public).difference()


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two states.

    ``was`` and ``now`` are their papers and candidates by the slugs that they have now; ``public``
    are those that readers were shown before.
    """

    before: State
    after: State
    was: Mapping[str, Paper]
    now: Mapping[str, Paper]
    public: frozenset[str]

    def difference(self) -> Difference:
        public, was = self.after.digest.by_slug, self.was
        return Difference(
            added=tuple(e for e in self.after.digest.entries if e.slug not in was),
            accepted=tuple(self._accepted()),
            shown=tuple(
                entry
                for entry in self.after.digest.entries
                if entry.slug in was
                and entry.slug not in self.public
                and not _is_waiting(self.was[entry.slug])
            ),
            candidates=tuple(
                paper
                for slug, paper in sorted(self.now.items())
                if _is_waiting(self.now[slug]) and slug not in was
            ),
            declined=tuple(self._declined()),
            merged=tuple(self._merged()),
            declared=tuple(self._declared()),
            completed=tuple(self._completed()),
            retagged=tuple(self._retagged()),
            retitled=tuple(
                Retitled(new, old.title)
                for old, new in self._kept()
                if old.title != new.title and new.slug in public
            ),
            edited=tuple(self._edited()),
            unshown=tuple(self._unshown()),
            removed=tuple(p for s, p in sorted(was.items()) if s not in self.now),
            editions=tuple(self._editions()),
            moved=tuple(self._moved()),
            topics=tuple(self._topics()),
            listings=tuple(self._listings()),
            duplicates=tuple(self._duplicates()),
            warnings=tuple(self._warnings()),
        )

    def _now(self, slug: str) -> str:
        """What a paper is called now that had this name before."""
        return self.after.content.library.moved.get(slug, slug)

    def _kept(self) -> Iterator[tuple[Paper, Paper]]:
        """Every paper and candidate that was there and still is, then and now."""
        for slug, paper in sorted(self.now.items()):
            if old := self.was.get(slug):
                yield old, paper

    def _accepted(self) -> Iterator[Accepted]:
        for entry in self.after.digest.entries:
            if _is_waiting(self.was.get(entry.slug)):
                new = self._new_appearances(self.was[entry.slug], entry.appearances)
                yield Accepted(entry, next((seen for seen in new if not seen.is_raw), None))

    def _declined(self) -> Iterator[Paper]:
        for slug, paper in sorted(self.now.items()):
            old = self.was.get(slug)
            if _is_declined(paper) and not (old and _is_declined(old)):
                yield paper

    def _new_appearances(self, old: Paper, now: Iterable[Appearance]) -> list[Appearance]:
        there = {seen.listing for seen in old.appearances}
        return [seen for seen in now if seen.listing not in there]

    def _merged(self) -> Iterator[Merged]:
        for old, new in self._kept():
            for seen in self._new_appearances(old, new.appearances):
                yield Merged(new, seen, seen.reason or _new_reason(old, new))

    def _declared(self) -> Iterator[Declared]:
        for slug, paper in sorted(self.now.items()):
            old, into = self.was.get(slug), paper.same_as
            if into and into != (old.same_as if old else None):
                yield Declared(paper, into)

    def _completed(self) -> Iterator[Completed]:
        for old, new in self._kept():
            if gained := tuple(facts(old, new)):
                sources = tuple(each for each in new.completions if each not in old.completions)
                yield Completed(new, gained, sources)

    def _retagged(self) -> Iterator[Retagged]:
        then = topics_of(self.before.digest) if self.before.topics is None else self.before.topics
        former = renamed(self.after.content.taxonomy.topics)
        then = {self._now(slug): topics for slug, topics in then.items()}
        for each in retagging(then, topics_of(self.after.digest), former).changes:
            if each.slug in self.public:
                yield Retagged(self.now[each.slug], each.gained, each.lost)

    def _edited(self) -> Iterator[Edited]:
        for old, new in self._kept():
            if fields := tuple(edits(old, new)):
                yield Edited(new, fields)

    def _unshown(self) -> Iterator[Unshown]:
        """What was published and is not, and what came in unpublished; candidates only wait."""
        for slug, paper in sorted(self.now.items()):
            was_public = slug in self.public
            is_news = was_public or slug not in self.was
            if not paper.is_public and is_news and not self._is_told(slug, was_public=was_public):
                yield Unshown(paper, _why(paper))

    def _is_told(self, slug: str, *, was_public: bool) -> bool:
        paper = self.now[slug]
        if paper.same_as or _is_declined(paper):
            return True
        return _is_waiting(self.now[slug]) and not was_public

    def _editions(self) -> Iterator[EditionChange]:
        then = {edition.date: edition for edition in self.before.digest.editions}
        now = {edition.date: edition for edition in self.after.digest.editions}
        for date in sorted(then.keys() | now.keys()):
            old, new = then.get(date), now.get(date)
            fields = tuple(edition_fields(old, new))
            had = len(old.entries) if old else None
            has = len(new.entries) if new else None
            if fields or had != has:
                yield EditionChange(date, had, has, fields)

    def _moved(self) -> Iterator[Moved]:
        """Addresses that led to a page, and lead elsewhere or nowhere."""
        targets = redirects(self.after.digest)
        old_ones = redirects(self.before.digest).keys()
        gone = (_addresses(self.before) | old_ones) - _addresses(self.after)
        for address in sorted(gone):
            if address not in targets or address not in old_ones:
                yield Moved(address, targets.get(address))

    def _topics(self) -> Iterator[str]:
        then = {topic.id: topic for topic in self.before.content.taxonomy.topics}
        now = {topic.id: topic for topic in self.after.content.taxonomy.topics}
        return (id_ for id_ in {**now, **then} if then.get(id_) != now.get(id_))

    def _listings(self) -> Iterator[ListingView]:
        """What the ledger has and had not; one answer of a day can follow another."""
        known = Counter(map(_listing, self.before.digest.listings))
        for listing in self.after.digest.listings:
            if known[_listing(listing)]:
                known[_listing(listing)] -= 1
            else:
                yield listing

    def _duplicates(self) -> Iterator[Lookalike]:
        known = {
            frozenset((self._now(each.first.slug), self._now(each.second.slug)))
            for each in self.before.digest.lookalikes
        }
        for each in self.after.digest.lookalikes:
            if frozenset((each.first.slug, each.second.slug)) not in known:
                yield each

    def _warnings(self) -> Iterator[str]:
        known = set(self.before.notices)
        for notice in self.after.notices:
            if notice not in known and not notice.startswith(_OWN_SECTIONS):
                yield notice


def _is_waiting(paper: Paper | None) -> bool:
    """Whether this is a candidate on which nobody has decided."""
    return paper is not None and paper.curation.status is Status.CANDIDATE


def _is_declined(paper: Paper) -> bool:
    return paper.curation.status is Status.DECLINED


def _why(paper: Paper) -> str:
    if paper.curation.hidden:
        return "hidden"
    return f"its status is {paper.curation.status}"


def _new_reason(old: Paper, new: Paper) -> Reason | None:
    """Why an earlier appearance is the same work: what is the first one now gives no reason."""
    known = {(seen.listing, seen.reason) for seen in old.appearances}
    there = {seen.listing for seen in old.appearances}
    changed = (
        seen.reason
        for seen in new.appearances
        if seen.listing in there and (seen.listing, seen.reason) not in known
    )
    return next(filter(None, changed), None)


def _addresses(state: State) -> set[str]:
    return addresses(state.digest, state.content.pages)


def _listing(listing: ListingView) -> tuple[object, ...]:
    return listing.date, listing.source, listing.file, listing.failure, listing.seen
