"""The static API: the digest as JSON documents at addresses that last.

Programs begin at ``api/v1/index.json`` (:mod:`generator.api.places` has the rest). Every document
is a table of :mod:`generator.api.shapes`, and so are its schema, below ``api/v1/schemas/``, and its
description on the page ``/api/``. What is not public (hidden papers, candidates, declined ones) is
in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeVar

from generator.api import places as at
from generator.api.index import INDEX, MOVED, Left, Whole
from generator.api.lists import EDITION, TOPIC, Edition, Topic
from generator.api.papers import PAPER, shown
from generator.api.places import Places
from generator.api.shapes import Shape
from generator.digest import Digest, Entry
from generator.exports.plain import dumps

__all__ = ["DOCUMENTS", "Document", "documents", "moved_paper", "paper", "path_of"]

_T = TypeVar("_T")

#: The kinds of documents, by the names of their schemas.
DOCUMENTS: Mapping[str, Shape[Any]] = {
    "index": INDEX,
    "paper": PAPER,
    "topic": TOPIC,
    "edition": EDITION,
    "moved": MOVED,
}


class Document(NamedTuple):
    """A document or a schema: its path below the site's root, and what makes its text."""

    path: str
    make: Callable[[], str]


def documents(digest: Digest) -> Iterator[Document]:
    """Every document but those of papers, and every schema.

    The same digest gives the same text: no clock, and fields in the order of their table.
    """
    yield Document(at.INDEX, lambda: _text(INDEX, Whole(digest, Places.of(digest, at.INDEX))))
    yield from _topics(digest, Places.of(digest, at.TOPIC))
    yield from _editions(digest, Places.of(digest, at.EDITION))
    for name, shape in DOCUMENTS.items():
        path = at.SCHEMA.format(name=name)
        yield Document(path, partial(_schema, digest, path, name, shape))


def paper(digest: Digest, entry: Entry) -> str:
    """The document of a paper, which is at :func:`path_of`."""
    return _text(PAPER, shown(entry, Places.of(digest, at.PAPER)))


def moved_paper(digest: Digest, old: str) -> str:
    """The document at the address of a paper that turned out to be another one."""
    to, new = Places.of(digest, at.PAPER), digest.redirects[old]
    return _text(MOVED, Left(old, new, to.paper(new), to.page(digest.by_slug[new].address), to))


def path_of(slug: str) -> str:
    """Where the document of a paper is."""
    return at.PAPER.format(id=slug)


def _text(shape: Shape[_T], source: _T) -> str:
    return dumps(shape.write(source)) + "\n"


def _schema(digest: Digest, path: str, name: str, shape: Shape[Any]) -> str:
    address = Places.of(digest, path).page(path) if digest.site.url else f"{name}.json"
    return dumps(shape.schema(address), indent=2) + "\n"


def _topics(digest: Digest, to: Places) -> Iterator[Document]:
    for topic in digest.topics:
        path = at.TOPIC.format(id=topic.ref.id)
        yield Document(path, partial(_text, TOPIC, Topic(topic, to)))
    for old, ref in digest.topics_moved.items():
        left = Left(old, ref.id, to.topic(ref.id), to.page(ref.address), to)
        yield Document(at.TOPIC.format(id=old), partial(_text, MOVED, left))


def _editions(digest: Digest, to: Places) -> Iterator[Document]:
    """Editions are newest first, so the one before in time comes behind."""
    editions = digest.editions
    for after, edition, before in zip(
        [None, *editions], editions, [*editions[1:], None], strict=False
    ):
        path = at.EDITION.format(date=edition.date.isoformat())
        yield Document(path, partial(_text, EDITION, Edition(edition, to, before, after)))
