"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import Any

from generator.feeds.atom import rfc3339
from generator.feeds.channel import Channel, Item
from generator.feeds.xml import legal
from generator.model import LinkKind


def write(channel: Channel) -> str:
    """The text of a JSON Feed file."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page_address,
        "feed_url": channel.self_address,
        "description": channel.description,
        "language": channel.site.language,
        "authors": [{"name": channel.site.name, "url": channel.page_address}],
        "items": [_item(item) for item in channel.items()],
    }
    return json.dumps(_legal(feed), ensure_ascii=False, indent=1) + "\n"


def _legal(value: Any) -> Any:
    """``value`` with the same text as in XML, so that all feeds show the same."""
    if isinstance(value, dict):
        return {name: _legal(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_legal(each) for each in value]
    return legal(value)


def _item(item: Item) -> dict[str, Any]:
    """An item; what it has nothing of is left out, as the format asks."""
    paper = next((link.url for link in item.links if link.kind is LinkKind.PAPER), None)
    fields: dict[str, Any] = {
        "id": item.id,
        "url": item.address,
        "external_url": paper,
        "title": item.title,
        "content_html": item.content,
        "date_published": rfc3339(item.date),
        "authors": [{"name": author} for author in item.authors],
        "tags": [topic.title for topic in item.topics],
    }
    return {name: value for name, value in fields.items() if value}
