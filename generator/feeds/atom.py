"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

from generator.feeds import xml
from generator.feeds.channel import Channel, Item

# An Atom feed must say when it changed (section 4.1.1). One that holds nothing says: never yet.
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def write(channel: Channel) -> str:
    """The text of an Atom file."""
    names = {"xmlns": "http://www.w3.org/2005/Atom", **_archived(channel)}
    feed = xml.root("feed", **names, xml_lang=channel.site.language)
    xml.add(feed, "title", channel.title, type="text")
    xml.add(feed, "subtitle", channel.description, type="text")
    xml.add(feed, "id", _feed_id(channel))
    xml.add(feed, "updated", rfc3339(channel.updated or _NEVER))
    xml.add(feed, "link", rel="self", type="application/atom+xml", href=channel.self_address)
    xml.add(feed, "link", rel="alternate", type="text/html", href=channel.page_address)
    for rel, path in _beside(channel):
        xml.add(feed, "link", rel=rel, type="application/atom+xml", href=channel.base + path)
    if channel.current:
        xml.add(feed, "fh:archive")
    # Entries without authors of their own inherit the feed's, which must then have one.
    xml.add(xml.add(feed, "author"), "name", channel.site.name)
    for item in channel.items():
        _add_entry(feed, item, channel.base)
    return xml.document(feed)


def _archived(channel: Channel) -> dict[str, str]:
    """What says that a page of the archive is one (RFC 5005, chapter 4)."""
    return {"xmlns_fh": "http://purl.org/syndication/history/1.0"} if channel.current else {}


def _beside(channel: Channel) -> Iterator[tuple[str, str]]:
    """Where the feed is to which this is the archive, and the pages before and after it."""
    paths = {
        "current": channel.current,
        "prev-archive": channel.before,
        "next-archive": channel.after,
    }
    return ((rel, path) for rel, path in paths.items() if path)


def rfc3339(when: dt.datetime) -> str:
    """A moment in UTC as Atom and JSON Feed write it."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _feed_id(channel: Channel) -> str:
    """The feed's address; before it has one, a name made of the site's: no id is relative."""
    path = channel.current or channel.path  # an archive is a part of its feed
    if channel.site.url:
        return channel.base + path
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{channel.site.name} {path}").urn


def _add_entry(feed: xml.Element, item: Item, base: str) -> None:
    entry = xml.add(feed, "entry")
    xml.add(entry, "title", item.title, type="text")
    xml.add(entry, "id", item.id)
    xml.add(entry, "published", rfc3339(item.date))
    xml.add(entry, "updated", rfc3339(item.date))
    xml.add(entry, "link", rel="alternate", type="text/html", href=item.address)
    for link in item.links:
        xml.add(entry, "link", rel="related", href=link.url, title=link.kind.value)
    for author in item.authors:
        xml.add(xml.add(entry, "author"), "name", author)
    for topic in item.topics:
        xml.add(entry, "category", term=topic.id, scheme=f"{base}topics/", label=topic.title)
    xml.add(entry, "content", item.content, type="html")
