"""The library as readers meet it: the views that templates, feeds and exports see.

Everything here is computed from content at every build and never stored. All values are plain text
or numbers; nothing is escaped yet (that is the business of whoever writes a format).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.accounting.views import Recognised, StatusView
from generator.atlas.views import Atlas
from generator.intake import Outcome
from generator.model import Appearance, Completion, Evidence, Link, LinkKind, Rejected, Rule
from generator.trends.views import Trends
from generator.views.paging import front, page_address, spread
from generator.views.particulars import Identified, SeenIn, identified, seen_in

#: Entries on one page of a topic.
PAGE_SIZE = 50
#: Entries on one page of an edition, and on the first page of all. With many more, a phone takes
#: over two seconds to show them (``make lighthouse``).
EDITION_PAGE_SIZE = 60
FRONT_PAGE_SIZE = 50


class Cards(StrEnum):
    """What has a picture of its own, for links to it that are shown elsewhere."""

    PAPER = "paper"
    TOPIC = "topic"
    SITE = "site"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Site:
    """What ``mkdocs.yml`` says of the site. ``url`` ends with a slash, or is empty if not set.

    ``subscribe_url`` is where readers sign up for the digest by e-mail, "" if they cannot.
    ``repo_url`` is where it is kept, "" if that is not said; ``forms`` are the names of the forms
    that readers fill in there.
    """

    name: str
    description: str
    url: str
    language: str = "en"
    cards: Cards = Cards.SITE
    subscribe_url: str = ""
    repo_url: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRef:
    """A topic as others point to it."""

    id: str
    title: str
    description: str

    @property
    def address(self) -> str:
        """Where its first page is, relative to the site's root."""
        return f"topics/{self.id}/"

    @property
    def feed_address(self) -> str:
        """Where its RSS feed is, relative to the site's root."""
        return f"topics/{self.id}/feed.xml"


@dataclass(frozen=True, slots=True)
class TopicTag:
    """A topic on a paper, with what put it there."""

    topic: TopicRef
    score: float
    evidence: tuple[Evidence, ...]
    by_curator: bool


@dataclass(frozen=True, slots=True)
class Withheld:
    """A topic that a paper does not have, though something speaks for it.

    ``reason`` is why not; ``threshold`` the score that the topic takes. The tag is ``by_curator``
    if the curator decided so.
    """

    tag: TopicTag
    threshold: float
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as pages show it.

    ``own_links`` are those of its links that lead to something of its own: a paper of which the
    abstract gives the address may be another one. ``completions`` say where facts come from that
    no listing gave; ``withheld`` are topics that the curator took away or the paper nearly has;
    ``is_bare`` says that it has no topic because the curator decided so. ``record`` is where its
    record lies below ``content/``, "" if it has no file of its own.
    """

    slug: str
    title: str
    abstract: str
    authors: tuple[str, ...]
    date: dt.date
    published: dt.date | None
    topics: tuple[TopicTag, ...]
    ids: Mapping[str, str]
    links: tuple[Link, ...]
    own_links: tuple[Link, ...]
    appearances: tuple[Appearance, ...]
    pick: bool
    note: str | None
    completions: tuple[Completion, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    is_bare: bool = False
    record: str = ""

    @property
    def address(self) -> str:
        """Where its page is, relative to the site's root."""
        return f"papers/{self.slug}/"

    @property
    def primary(self) -> TopicRef | None:
        """The topic under which a librarian would shelve it: the strongest."""
        return self.topics[0].topic if self.topics else None

    @property
    def listings(self) -> int:
        """How many times a source chose to show it: two listings of one day and source are one."""
        return len({(seen.date, seen.source) for seen in self._chosen})

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The days in whose editions it stands, earliest first, each once.

        A raw feed shows almost everything: what no listing chose stands where the paper is dated.
        """
        return tuple(sorted({seen.date for seen in self._chosen} or {self.date}))

    @property
    def _chosen(self) -> tuple[Appearance, ...]:
        return tuple(seen for seen in self.appearances if not seen.is_raw)

    @property
    def seen_in(self) -> tuple[SeenIn, ...]:
        """Where it was seen, earliest first: a line a day and source."""
        return seen_in(self.appearances)

    @property
    def identifiers(self) -> tuple[Identified, ...]:
        """Its identifiers, those with a page first, in the order in which readers want them."""
        return identified(self.ids)

    @property
    def is_found(self) -> bool:
        """Whether something leads a reader to the paper itself."""
        return self.link("paper") is not None or any(each.url for each in self.identifiers)

    def link(self, kind: str) -> Link | None:
        """The first of its own links of a kind (``paper``, ``code``, …), if there is one."""
        return next((link for link in self.own_links if link.kind == LinkKind(kind)), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Papers of an edition under one topic; ``topic`` is ``None`` for those without one."""

    topic: TopicRef | None
    entries: tuple[Entry, ...]

    @property
    def anchor(self) -> str:
        """Where it is on a page."""
        return self.topic.id if self.topic else "without-a-topic"


@dataclass(frozen=True, slots=True)
class Part:
    """What one page shows of a section, of which ``before`` papers stand on earlier pages."""

    section: Section
    entries: tuple[Entry, ...]
    before: int = 0

    @property
    def left(self) -> int:
        """How many papers of the section come after those on the page."""
        return len(self.section.entries) - self.before - len(self.entries)


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One page of an edition; picks stand on the first one alone."""

    address: str
    picks: tuple[Entry, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many papers of something a topic has."""

    topic: TopicRef
    count: int


@dataclass(frozen=True, slots=True)
class EditionView:
    """A day of the digest: every paper listed that day, picks apart, the others by topic.

    ``sections`` holds each paper once, under its strongest topic, picks left out (they stand in
    ``picks``); ``counts`` counts all of them under each of their topics, most first.
    """

    date: dt.date
    title: str | None
    introduction: str | None
    entries: tuple[Entry, ...]
    picks: tuple[Entry, ...]
    sections: tuple[Section, ...]
    counts: tuple[TopicCount, ...]

    @property
    def address(self) -> str:
        """Where its page is, relative to the site's root."""
        return f"editions/{self.date.isoformat()}/"

    @property
    def pages(self) -> tuple[EditionPage, ...]:
        """All of it in pages of at most :data:`EDITION_PAGE_SIZE`; picks are never divided."""
        found = spread(self._sizes, EDITION_PAGE_SIZE, len(self.picks))
        return tuple(
            EditionPage(
                page_address(self.address, number),
                self.picks if number == 1 else (),
                tuple(self._part(*each) for each in page),
            )
            for number, page in enumerate(found, start=1)
        )

    @property
    def front(self) -> EditionPage:
        """The first papers of all its sections, for the first page of all."""
        sizes = enumerate(front(self._sizes, FRONT_PAGE_SIZE, len(self.picks)))
        parts = tuple(self._part(section, 0, size) for section, size in sizes)
        return EditionPage("", self.picks, parts)

    @property
    def places(self) -> Mapping[str, str]:
        """The address of the page on which each section begins, by the section's anchor."""
        return {
            part.section.anchor: page.address
            for page in self.pages
            for part in page.parts
            if not part.before
        }

    @property
    def _sizes(self) -> list[int]:
        return [len(section.entries) for section in self.sections]

    def _part(self, number: int, start: int, end: int) -> Part:
        section = self.sections[number]
        return Part(section, section.entries[start:end], start)

    @property
    def new(self) -> int:
        """How many of its papers no earlier listing had shown."""
        return sum(entry.date == self.date for entry in self.entries)


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic and its papers, newest first.

    ``parent`` is the wider topic that it is part of, ``parts`` those that are part of it.
    """

    ref: TopicRef
    entries: tuple[Entry, ...]
    parent: TopicRef | None = None
    parts: tuple[TopicRef, ...] = ()

    @property
    def pages(self) -> tuple[tuple[Entry, ...], ...]:
        """The papers in pages of :data:`PAGE_SIZE`; at least one page, even if empty."""
        starts = range(0, max(len(self.entries), 1), PAGE_SIZE)
        return tuple(self.entries[start : start + PAGE_SIZE] for start in starts)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Papers about whose topics the rules are not sure, newest first.

    ``without`` have none; ``weak`` have a single one, with little evidence
    (:mod:`generator.topics.judging` says how little); ``crowded`` are claimed by more topics than a
    paper is given. What the curator has decided is in none of them.
    """

    without: tuple[Entry, ...] = ()
    weak: tuple[Entry, ...] = ()
    crowded: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Two papers that resemble each other without being one by the rules of identity."""

    first: Entry
    second: Entry
    title_score: float
    abstract_score: float


@dataclass(frozen=True, slots=True)
class ListingView:
    """A listing that came in: how many records it held, and what became of them.

    ``title`` is how readers call its source. ``recognised`` are the merged ones; ``asked`` is the
    address that was asked for it, "" if it was a file; ``failure`` says why there is none.
    """

    source: str
    date: dt.date
    file: str
    seen: int
    new: int
    merged: int
    repeated: int
    rejected: tuple[Rejected, ...] = ()
    outcome: Outcome = Outcome.COMPLETE
    title: str = ""
    asked: str = ""
    failure: str = ""
    recognised: tuple[Recognised, ...] = ()

    @property
    def rules(self) -> tuple[tuple[Rule, int], ...]:
        """How many records were recognised by each rule, the surest rule first."""
        counts = Counter(each.reason.rule for each in self.recognised if each.reason)
        return tuple((rule, counts[rule]) for rule in Rule if counts[rule])


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that is published, in the order in which it is shown.

    ``entries`` and ``editions`` are newest first; ``topics`` in the order of ``topics.yml``.
    ``redirects`` leads from the slug of a record that is another paper to that paper's slug;
    ``not_shown`` counts the records that are not public: hidden, merged, candidates, declined;
    ``source_titles`` are how readers call sources, by their ids. ``topics_moved`` leads from the
    ids that topics had to the topics, ``pages_moved`` from other addresses that were left to those
    that are there; ``related`` from a slug to the papers nearest in content, the
    nearest first (:mod:`generator.related.neighbours` finds them, for those who show them);
    ``doubtful`` are the papers about whose topics the rules are not sure; ``trends`` is what
    becomes of topics and words (:mod:`generator.trends.finding` finds it, for those who show it);
    ``atlas`` is the map of its papers (:mod:`generator.atlas.charting`, likewise). ``kinds`` are
    those of the identifiers that its papers have or, where sources left them out, should have: a
    digest of a field without preprints does not speak of arXiv.
    """

    site: Site
    entries: tuple[Entry, ...]
    editions: tuple[EditionView, ...]
    topics: tuple[TopicView, ...]
    unsorted: tuple[Entry, ...]
    lookalikes: tuple[Lookalike, ...] = ()
    listings: tuple[ListingView, ...] = ()
    by_slug: Mapping[str, Entry] = field(default_factory=dict, repr=False)
    redirects: Mapping[str, str] = field(default_factory=dict)
    not_shown: int = 0
    status: StatusView = field(default_factory=StatusView)
    source_titles: Mapping[str, str] = field(default_factory=dict)
    topics_moved: Mapping[str, TopicRef] = field(default_factory=dict)
    pages_moved: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    doubtful: Doubtful = Doubtful()
    trends: Trends = field(default_factory=Trends)
    atlas: Atlas = field(default_factory=Atlas)
    kinds: frozenset[str] = frozenset()

    @property
    def latest(self) -> EditionView | None:
        """The newest edition, if there is one."""
        return self.editions[0] if self.editions else None

    @property
    def updated(self) -> dt.date | None:
        """The newest day in the content: what a build calls "now"."""
        return self.editions[0].date if self.editions else None
