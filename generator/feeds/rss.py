"""RSS 2.0, with the two extensions every reader knows: Atom's self link, Dublin Core's creators.

After the specification of the RSS Advisory Board (rssboard.org/rss-specification) and its profile
of best practices.
"""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

from generator.feeds import xml
from generator.feeds.channel import Channel, Item


def write(channel: Channel) -> str:
    """The text of an RSS file."""
    rss = xml.root(
        "rss",
        version="2.0",
        xmlns_atom="http://www.w3.org/2005/Atom",
        xmlns_dc="http://purl.org/dc/elements/1.1/",
    )
    top = xml.add(rss, "channel")
    xml.add(top, "title", channel.title)
    xml.add(top, "link", channel.page_address)
    xml.add(top, "description", channel.description)
    xml.add(top, "atom:link", rel="self", type="application/rss+xml", href=channel.self_address)
    if channel.before:
        link = channel.base + channel.before
        xml.add(top, "atom:link", rel="prev-archive", type="application/atom+xml", href=link)
    xml.add(top, "language", channel.site.language)
    if channel.updated:
        xml.add(top, "lastBuildDate", _rfc822(channel.updated))
    for item in channel.items():
        _add_item(top, item)
    return xml.document(rss)


def _add_item(top: xml.Element, item: Item) -> None:
    element = xml.add(top, "item")
    xml.add(element, "title", item.title)
    xml.add(element, "link", item.address)
    xml.add(element, "guid", item.id, isPermaLink="false")
    xml.add(element, "pubDate", _rfc822(item.date))
    # RSS's own <author> is an e-mail address, which nobody gave us.
    for author in item.authors:
        xml.add(element, "dc:creator", author)
    for topic in item.topics:
        xml.add(element, "category", topic.title)
    xml.add(element, "description", item.content)


def _rfc822(when: dt.datetime) -> str:
    return format_datetime(when, usegmt=True)
