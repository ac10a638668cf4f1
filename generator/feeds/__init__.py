"""Feeds: the digest for people who read it elsewhere.

:func:`feeds` turns a :class:`~generator.digest.Digest` into files, without disk, clock or network:

* ``feed.xml`` (RSS 2.0), ``atom.xml`` (Atom 1.0), ``feed.json`` (JSON Feed 1.1): one item a paper;
* ``topics/<id>/feed.xml`` (RSS 2.0): the same of one topic, also at the ids that it had before;
* ``editions/feed.xml`` (RSS 2.0): one item an edition, for those who want one message a day;
* ``feeds/archive/`` (Atom): older papers, on pages that last (:mod:`generator.feeds.archive`);
* ``feeds.opml`` (OPML 2.0): all of them to subscribe to at once. It names the RSS feeds only: a
  reader subscribes to all that an OPML file names, and Atom and JSON Feed would bring every paper
  three times.

**How many items.** A reader that looks in once a day must miss nothing, and a day may have hundreds
of papers, so a feed is never cut within a day: it holds whole days, newest first, until there are
at least :data:`PAPERS`. Only a day as large as an import of somebody's archive is cut, at
:data:`MOST_PAPERS`, beyond which readers refuse a feed for its size.

**Older papers** are in an archive of Atom documents alone, to which the feeds of all papers lead
(``prev-archive``), that of RSS as well: a paper has one id in all formats, so a reader that goes
back puts together what belongs together. An archive a format would be a quarter of the site. Feeds
of topics and JSON Feed have none: the API has every paper for programs that want all.

**Order** is total: newest first, papers of one day by slug.

**Ids** (``guid``, ``id``) are ``urn:uuid:``, derived from the slug alone. Slugs never change; the
site's address may (a domain of one's own replaces ``github.io``), and ids that hold it would show
every subscriber all old papers as new. A feed's own id is its address: it names the place.

**Dates** come from the content. A day has no hour, so items are dated at midday UTC, which is the
same calendar day for readers from UTC-12 to UTC+11; midnight UTC would show every American reader
the day before.

**Text** is shown as it is written: titles are plain text (escaped once; Atom says so with
``type="text"``), abstracts are HTML in which every character of the abstract is itself. Characters
that XML forbids, all of them invisible, are left out.

**Written by** the standard library's ``xml.etree``, checked in the tests by feedparser.
feedgenerator, the one maintained writer, was weighed: it dates a feed without items by the clock,
raises on control characters, has one author an item, no labels of categories, no JSON Feed and no
OPML; what would remain of it is less than what would work around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from generator.digest import Digest, Site
from generator.feeds import atom, jsonfeed, opml, rss
from generator.feeds.archive import archive, current
from generator.feeds.channel import (
    MOST_PAPERS,
    PAPERS,
    Channel,
    edition_channel,
    paper_channel,
    topic_channel,
)

__all__ = ["MOST_PAPERS", "OPML_PATH", "PAPERS", "catalogue", "feeds", "missing_address"]

#: Where the feed is to which the archive belongs, relative to the site's root.
ATOM_PATH = "atom.xml"
#: Where the list of all feeds is, relative to the site's root.
OPML_PATH = "feeds.opml"


def feeds(digest: Digest) -> dict[str, Callable[[], str]]:
    """All feeds of a digest.

    Args:
        digest: What is published. If its site has no address, all addresses are relative to the
            feed that holds them, see :func:`missing_address`.

    Returns:
        Paths relative to the site's root, with what makes the text that belongs there (UTF-8 once
        written). The same digest gives the same text, byte by byte.
    """
    subscriptions = catalogue(digest)
    newest = subscriptions[0]
    return {
        ATOM_PATH: partial(atom.write, replace(newest, path=ATOM_PATH)),
        "feed.json": partial(jsonfeed.write, replace(newest, path="feed.json")),
        **{channel.path: partial(rss.write, channel) for channel in subscriptions},
        **dict(_left_behind(digest)),
        OPML_PATH: partial(opml.write, digest, OPML_PATH, subscriptions),
        **{channel.path: partial(atom.write, channel) for channel in _archived(digest)},
    }


def catalogue(digest: Digest) -> tuple[Channel, ...]:
    """What one can subscribe to, once each: new papers, editions, then every topic in its order."""
    return tuple(_channels(digest))


def _archived(digest: Digest) -> Iterator[Channel]:
    """The pages of the archive, each of which leads to those beside it."""
    pages = archive(digest.entries).pages
    addresses = [page.address for page in pages]
    around = zip(["", *addresses], pages, [*addresses[1:], ""], strict=False)
    for before, page, after in around:
        channel = paper_channel(digest, page.address, page.entries, before)
        yield replace(channel, after=after, current=ATOM_PATH)


def _left_behind(digest: Digest) -> Iterator[tuple[str, Callable[[], str]]]:
    """Feeds at addresses that topics had: a feed reader follows no redirect of a static page."""
    topics = {topic.ref.id: topic for topic in digest.topics}
    for old, ref in digest.topics_moved.items():
        channel = topic_channel(digest, topics[ref.id])
        yield f"topics/{old}/feed.xml", partial(rss.write, channel)


def _channels(digest: Digest) -> Iterator[Channel]:
    pages = archive(digest.entries).pages
    last = pages[-1].address if pages else ""
    yield paper_channel(digest, "feed.xml", current(digest.entries), last)
    yield edition_channel(digest)
    for topic in digest.topics:
        yield topic_channel(digest, topic)


def missing_address(site: Site) -> str | None:
    """What to tell the editor of a site whose feeds cannot hold absolute addresses, if so.

    Without ``site_url`` the feeds are written all the same, so that a page's links to them lead
    somewhere and a preview shows them: their addresses are relative to the feed, which Atom
    allows (RFC 4287, section 4.2.7.1 and RFC 3986) and most readers resolve in RSS too.
    """
    if site.url:
        return None
    return (
        "mkdocs.yml: site_url: not set, so addresses in the feeds are relative and not every feed "
        "reader can follow them; set it to the address at which the site is published"
    )
