"""What a feed says, before any format: channels and their items.

The formats differ in names, not in content, so the content is decided here, once.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.digest import Digest, EditionView, Entry, Site, TopicRef, TopicView
from generator.feeds import html
from generator.feeds.address import base_of, uri
from generator.model import Link

#: Whole days are taken, newest first, until a feed has at least this many papers.
PAPERS = 100
#: No feed has more papers than this: about 2 MB, more than most readers accept.
MOST_PAPERS = 1000
#: Editions in the feed of editions. Each holds a list of all its papers.
EDITIONS = 30

#: The root of all item ids. It must never change: every item of every digest would be new again.
_NAMESPACE = uuid.UUID("1b1c24b1-f558-4847-b82a-e97ac084198f")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed. ``content`` is safe HTML, everything else plain text."""

    id: str
    title: str
    address: str
    date: dt.datetime
    content: str
    authors: tuple[str, ...] = ()
    topics: tuple[TopicRef, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed. ``path`` is relative to the site's root; ``base`` goes before such paths.

    ``entries`` are its papers, or its editions, of which :meth:`items` are made when it is written.
    ``before`` and ``after`` are the paths of the pages of the archive beside it; ``current`` is the
    path of the feed to which a page of the archive belongs, "" for the feed itself.
    """

    path: str
    title: str
    description: str
    page: str
    site: Site
    entries: Sequence[Entry | EditionView]
    before: str = ""
    after: str = ""
    current: str = ""

    def items(self) -> Iterator[Item]:
        """What it holds, newest first."""
        for entry in self.entries:
            if isinstance(entry, Entry):
                yield _paper_item(entry, self.base)
            else:
                yield _edition_item(entry, self.base)

    @property
    def base(self) -> str:
        """What makes a path of the site an address."""
        return base_of(self.site, self.path)

    @property
    def self_address(self) -> str:
        """Where this feed is."""
        return self.base + self.path

    @property
    def page_address(self) -> str:
        """Where the page is that shows the same."""
        return self.base + self.page or "./"

    @property
    def updated(self) -> dt.datetime | None:
        """When the newest item appeared."""
        return max((midday(entry.date) for entry in self.entries), default=None)


def paper_channel(digest: Digest, path: str, entries: Sequence[Entry], before: str = "") -> Channel:
    """The newest papers of all topics, to be written to ``path``."""
    return Channel(
        path=path,
        title=digest.site.name,
        description=digest.site.description or digest.site.name,
        page="",
        site=digest.site,
        entries=entries,
        before=before,
    )


def topic_channel(digest: Digest, topic: TopicView) -> Channel:
    """The newest papers of one topic."""
    ref = topic.ref
    return Channel(
        path=ref.feed_address,
        title=f"{digest.site.name}: {ref.title}",
        description=ref.description or ref.title,
        page=ref.address,
        site=digest.site,
        entries=newest_days(topic.entries),
    )


def edition_channel(digest: Digest) -> Channel:
    """The newest editions, each one item."""
    newest = sorted(digest.editions, key=lambda edition: edition.date, reverse=True)[:EDITIONS]
    return Channel(
        path="editions/feed.xml",
        title=f"{digest.site.name}: editions",
        description="Each edition with all of its papers.",
        page="editions/",
        site=digest.site,
        entries=newest,
    )


def newest_days(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The newest papers in whole days: :data:`PAPERS` or more, :data:`MOST_PAPERS` at most."""
    ordered = newest_first(entries)
    if len(ordered) <= PAPERS:
        return tuple(ordered)
    oldest = ordered[PAPERS - 1].date
    return tuple(entry for entry in ordered if entry.date >= oldest)[:MOST_PAPERS]


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Papers in the order of all feeds."""
    return sorted(entries, key=lambda entry: (-entry.date.toordinal(), entry.slug))


def _paper_item(entry: Entry, base: str) -> Item:
    links = tuple(Link(link.kind, uri(link.url)) for link in entry.own_links)
    return Item(
        id=_id("paper", entry.slug),
        title=entry.title,
        address=base + entry.address,
        date=midday(entry.date),
        content=html.paper(entry, links, base),
        authors=entry.authors,
        topics=tuple(tag.topic for tag in entry.topics),
        links=links,
    )


def _edition_item(edition: EditionView, base: str) -> Item:
    day = f"{edition.date.day} {edition.date:%B %Y}"
    return Item(
        id=_id("edition", edition.date.isoformat()),
        title=f"{day}: {edition.title}" if edition.title else day,
        address=base + edition.address,
        date=midday(edition.date),
        content=html.edition(edition, base),
    )


def _id(kind: str, name: str) -> str:
    return uuid.uuid5(_NAMESPACE, f"{kind}:{name}").urn


def midday(day: dt.date) -> dt.datetime:
    """The moment by which something of a day is dated."""
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
