"""What the page ``/api/`` tells: the fields of every document, and programs to try."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.api import DOCUMENTS
from generator.api import places as at
from generator.api.index import COUNTS, TEMPLATES
from generator.api.lists import EDITION_HEAD, TOPIC_HEAD
from generator.api.papers import APPEARANCE, FILES, IN_LISTS, LINK, MATCH
from generator.api.shapes import Shape, Type
from generator.digest import Digest

#: Objects within documents, which the page describes once each.
_PARTS: tuple[Shape[Any], ...] = (
    IN_LISTS,
    LINK,
    APPEARANCE,
    MATCH,
    FILES,
    EDITION_HEAD,
    TOPIC_HEAD,
    COUNTS,
    TEMPLATES,
)

_WORDS = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false"}
_FORMATS = {"date": "day", "uri-reference": "address"}


@dataclass(frozen=True, slots=True)
class Row:
    """A field as the page shows it."""

    name: str
    kind: str
    about: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Table:
    """An object as the page shows it; ``address`` is where such documents are, "" for a part."""

    id: str
    title: str
    about: str
    address: str
    schema: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """All that the page shows. ``base`` goes before addresses; examples are whole programs."""

    base: str
    documents: tuple[Table, ...]
    parts: tuple[Table, ...]
    shell: str
    python: str


def manual(digest: Digest) -> Manual:
    """The page's content for a digest, whose newest edition and paper are its examples."""
    base = digest.site.url or "https://example.org/"
    return Manual(
        base=base,
        documents=tuple(_documents()),
        parts=tuple(_table(shape) for shape in _PARTS),
        shell=_shell(base, digest),
        python=_PYTHON.replace("INDEX", base + at.INDEX),
    )


def _documents() -> Iterator[Table]:
    addresses = {"index": at.INDEX, "paper": at.PAPER, "topic": at.TOPIC, "edition": at.EDITION}
    for name, shape in DOCUMENTS.items():
        yield _table(shape, addresses.get(name, ""), at.SCHEMA.format(name=name))


def _table(shape: Shape[Any], address: str = "", schema: str = "") -> Table:
    rows = (
        Row(field.name, kind_of(field.type), field.about, field.optional) for field in shape.fields
    )
    return Table(_id(shape.title), shape.title, shape.about, address, schema, tuple(rows))


def _id(title: str) -> str:
    return title.lower().replace(" ", "-")


def kind_of(type_: Type) -> str:
    """A type in words: "day", "list of texts", "text or null"."""
    names = type_.get("type", "text")
    if isinstance(names, list):
        return f"{kind_of({**type_, 'type': names[0]})} or null"
    if "enum" in type_:
        return " · ".join(type_["enum"])
    if names == "array":
        return f"list of: {kind_of(type_['items'])}"
    if names == "object":
        return type_["title"].lower() if "title" in type_ else "texts by name"
    return _FORMATS.get(type_.get("format", ""), _WORDS[names])


def _shell(base: str, digest: Digest) -> str:
    lines = [f"curl {base}{at.INDEX}"]
    if edition := digest.latest:
        lines.append(f"curl {base}{at.EDITION.format(date=edition.date.isoformat())}")
    if digest.entries:
        slug = digest.entries[0].slug
        lines.append(f"curl {base}{at.PAPER.format(id=slug)}")
        lines.append(f"curl -O {base}papers/{slug}.bib")
    return "\n".join(lines)


_PYTHON = """\
import json
from urllib.request import urlopen


def read(address):
    with urlopen(address) as answer:
        return json.load(answer)


index = read("INDEX")
for edition in index["editions"][:1]:
    for paper in read(edition["document"])["papers"]:
        print(paper["title"], paper["url"])
"""
