"""The library as readers meet it: the views that templates, feeds and exports see.

Everything here is computed from content at every build and never stored. All values are plain text
or numbers; nothing is escaped yet (that is the business of whoever writes a format).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model import Appearance, Evidence, Link, LinkKind, Rejected

#: Entries on one page of a topic.
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Site:
    """What ``mkdocs.yml`` says of the site. ``url`` ends with a slash, or is empty if not set."""

    name: str
    description: str
    url: str
    language: str = "en"


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
class Entry:
    """A paper as pages show it.

    ``own_links`` are those of its links that lead to something of its own: a paper of which the
    abstract gives the address may be another one.
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
        """How many listings showed it."""
        return len(self.appearances)

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The days on which it was listed, earliest first, each once."""
        return tuple(sorted({appearance.date for appearance in self.appearances}))

    def link(self, kind: str) -> Link | None:
        """The first of its own links of a kind (``paper``, ``code``, …), if there is one."""
        return next((link for link in self.own_links if link.kind == LinkKind(kind)), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Papers of an edition under one topic; ``topic`` is ``None`` for those without one."""

    topic: TopicRef | None
    entries: tuple[Entry, ...]


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
    def new(self) -> int:
        """How many of its papers no earlier listing had shown."""
        return sum(entry.date == self.date for entry in self.entries)


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic and its papers, newest first."""

    ref: TopicRef
    entries: tuple[Entry, ...]

    @property
    def pages(self) -> tuple[tuple[Entry, ...], ...]:
        """The papers in pages of :data:`PAGE_SIZE`; at least one page, even if empty."""
        starts = range(0, max(len(self.entries), 1), PAGE_SIZE)
        return tuple(self.entries[start : start + PAGE_SIZE] for start in starts)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Two papers that resemble each other without being one by the rules of identity."""

    first: Entry
    second: Entry
    title_score: float
    abstract_score: float


@dataclass(frozen=True, slots=True)
class ListingView:
    """A listing that came in: how many records it held, and what became of them."""

    source: str
    date: dt.date
    file: str
    seen: int
    new: int
    merged: int
    repeated: int
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that is published, in the order in which it is shown.

    ``entries`` and ``editions`` are newest first; ``topics`` in the order of ``topics.yml``.
    ``redirects`` leads from the slug of a record that is another paper to that paper's slug;
    ``not_shown`` counts the records that are not public: hidden, merged, candidates, declined.
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

    @property
    def latest(self) -> EditionView | None:
        """The newest edition, if there is one."""
        return self.editions[0] if self.editions else None

    @property
    def updated(self) -> dt.date | None:
        """The newest day in the content: what a build calls "now"."""
        return self.editions[0].date if self.editions else None
