"""OPML 2.0 (opml.org/spec2.opml): every subscription in one file, topics in their own folder."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import format_datetime

from generator.digest import Digest
from generator.feeds import xml
from generator.feeds.address import base_of
from generator.feeds.channel import Channel


def write(digest: Digest, path: str, channels: Iterable[Channel]) -> str:
    """The text of an OPML file at ``path`` that lists ``channels``."""
    base = base_of(digest.site, path)
    opml = xml.root("opml", version="2.0")
    head = xml.add(opml, "head")
    xml.add(head, "title", digest.site.name)
    newest = [channel.updated for channel in channels if channel.updated]
    if newest:
        xml.add(head, "dateModified", format_datetime(max(newest), usegmt=True))
    body = xml.add(opml, "body")
    topics = None
    for channel in channels:
        if channel.path.startswith("topics/") and topics is None:
            topics = xml.add(body, "outline", text=f"{digest.site.name}: topics")
        parent = body if topics is None else topics
        _add_outline(parent, channel, base)
    return xml.document(opml)


def _add_outline(parent: xml.Element, channel: Channel, base: str) -> None:
    xml.add(
        parent,
        "outline",
        type="rss",
        text=channel.title,
        title=channel.title,
        description=channel.description,
        language=channel.site.language,
        xmlUrl=base + channel.path,
        htmlUrl=base + channel.page or "./",
    )
