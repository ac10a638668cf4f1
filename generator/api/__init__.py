"""The static API: the digest as JSON documents at addresses that last.

Programs begin at ``api/v1/index.json`` (:mod:`generator.api.places` has the rest). Every document
is a table of :mod:`generator.api.shapes`, and so are its schema, below ``api/v1/schemas/``, and its
description on the page ``/api/``. What is not public (hidden papers, candidates, declined ones) is
in none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.api import places as at
from generator.api.index import INDEX, MOVED, Left, Whole
from generator.api.lists import EDITION, TOPIC, Edition, Topic
from generator.api.papers import PAPER, shown
from generator.api.places import Places
from generator.api.shapes import Shape
from generator.digest import Digest
from generator.exports.plain import dumps

__all__ = ["DOCUMENTS", "documents"]

#: The kinds of documents, by the names of their schemas.
DOCUMENTS: Mapping[str, Shape[Any]] = {
    "index": INDEX,
    "paper": PAPER,
    "topic": TOPIC,
    "edition": EDITION,
    "moved": MOVED,
}


def documents(digest: Digest) -> Iterator[tuple[str, str]]:
    """Every document and schema: its path below the site's root, and its text.

    The same digest gives the same text: no clock, and fields in the order of their table.
    """
    for path, value in _values(digest):
        yield path, dumps(value) + "\n"
    for name, shape in DOCUMENTS.items():
        path = at.SCHEMA.format(name=name)
        address = Places.of(digest, path).page(path) if digest.site.url else f"{name}.json"
        yield path, dumps(shape.schema(address), indent=2) + "\n"


def _values(digest: Digest) -> Iterator[tuple[str, dict[str, Any]]]:
    yield at.INDEX, INDEX.write(Whole(digest, Places.of(digest, at.INDEX)))
    to = Places.of(digest, at.PAPER)
    for entry in digest.entries:
        yield at.PAPER.format(id=entry.slug), PAPER.write(shown(entry, to))
    yield from _topics(digest, Places.of(digest, at.TOPIC))
    yield from _editions(digest, Places.of(digest, at.EDITION))
    for old, new in digest.redirects.items():
        page = to.page(digest.by_slug[new].address)
        yield at.PAPER.format(id=old), MOVED.write(Left(old, new, to.paper(new), page, to))


def _topics(digest: Digest, to: Places) -> Iterator[tuple[str, dict[str, Any]]]:
    for topic in digest.topics:
        yield at.TOPIC.format(id=topic.ref.id), TOPIC.write(Topic(topic, to))
    for old, ref in digest.topics_moved.items():
        left = Left(old, ref.id, to.topic(ref.id), to.page(ref.address), to)
        yield at.TOPIC.format(id=old), MOVED.write(left)


def _editions(digest: Digest, to: Places) -> Iterator[tuple[str, dict[str, Any]]]:
    """Editions are newest first, so the one before in time comes behind."""
    editions = digest.editions
    for after, edition, before in zip(
        [None, *editions], editions, [*editions[1:], None], strict=False
    ):
        path = at.EDITION.format(date=edition.date.isoformat())
        yield path, EDITION.write(Edition(edition, to, before, after))
