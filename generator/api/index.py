"""The index, where programs begin, and the documents at addresses that something left."""

from __future__ import annotations

from dataclasses import dataclass

from generator.api import places as at
from generator.api.lists import EDITION_HEAD, TOPIC_HEAD, Edition, Topic
from generator.api.places import Places, own_schema
from generator.api.shapes import COUNT, DAY, PLACE, TEXT, WORDS, Field, Shape, list_of, nullable
from generator.digest import Digest


@dataclass(frozen=True, slots=True)
class Whole:
    """The digest, and where things are."""

    digest: Digest
    places: Places


@dataclass(frozen=True, slots=True)
class Left:
    """Something that has another id now: the old one, the new one, its document and its page."""

    id: str
    moved_to: str
    document: str
    url: str
    places: Places


COUNTS: Shape[Digest] = Shape(
    "Counts",
    "How much there is.",
    (
        Field("papers", COUNT, "Papers.", lambda one: len(one.entries)),
        Field("editions", COUNT, "Editions.", lambda one: len(one.editions)),
        Field("topics", COUNT, "Topics.", lambda one: len(one.topics)),
    ),
)

_TEMPLATE = {"type": "string", "pattern": r"\{(id|date|name)\}"}

TEMPLATES: Shape[Places] = Shape(
    "Templates",
    "Addresses with the place of an id, a day or a name in braces (RFC 6570, level 1).",
    (
        Field("paper", _TEMPLATE, "A paper’s document.", lambda to: to.page(at.PAPER)),
        Field("topic", _TEMPLATE, "A topic’s document.", lambda to: to.page(at.TOPIC)),
        Field("edition", _TEMPLATE, "An edition’s document.", lambda to: to.page(at.EDITION)),
        Field("schema", _TEMPLATE, "A schema.", lambda to: to.page(at.SCHEMA)),
    ),
)

INDEX: Shape[Whole] = Shape(
    "Index",
    "The digest as a whole, and where its documents are.",
    (
        own_schema("index"),
        Field(
            "version",
            {"type": "integer", "const": at.VERSION},
            "The version of the API.",
            lambda _: at.VERSION,
        ),
        Field("name", WORDS, "The name of the digest.", lambda one: one.digest.site.name),
        Field("description", TEXT, "What it is.", lambda one: one.digest.site.description),
        Field(
            "language",
            WORDS,
            "The language of the site (BCP 47).",
            lambda one: one.digest.site.language,
        ),
        Field("url", PLACE, "Its first page.", lambda one: one.places.page("")),
        Field(
            "documentation", PLACE, "The page about this API.", lambda one: one.places.page("api/")
        ),
        Field(
            "updated",
            nullable(DAY),
            "The day of the newest edition, if there is one.",
            lambda one: one.digest.updated and one.digest.updated.isoformat(),
        ),
        Field("counts", COUNTS.type, COUNTS.about, lambda one: COUNTS.write(one.digest)),
        Field(
            "templates",
            TEMPLATES.type,
            TEMPLATES.about,
            lambda one: TEMPLATES.write(one.places),
        ),
        Field("bibtex", PLACE, "All papers in BibTeX.", lambda one: one.places.page("papers.bib")),
        Field(
            "feed",
            PLACE,
            "The newest papers (JSON Feed).",
            lambda one: one.places.page("feed.json"),
        ),
        Field(
            "editions",
            list_of(EDITION_HEAD.type),
            "All editions, newest first.",
            lambda one: [EDITION_HEAD.write(Edition(e, one.places)) for e in one.digest.editions],
        ),
        Field(
            "topics",
            list_of(TOPIC_HEAD.type),
            "All topics, in the order of the digest.",
            lambda one: [TOPIC_HEAD.write(Topic(each, one.places)) for each in one.digest.topics],
        ),
    ),
)

MOVED: Shape[Left] = Shape(
    "Moved",
    "What is found at the address of a paper that turned out to be another one, or of a topic that"
    " was renamed.",
    (
        own_schema("moved"),
        Field("id", WORDS, "The id that it had.", lambda one: one.id),
        Field("moved_to", WORDS, "The id that it has.", lambda one: one.moved_to),
        Field("document", PLACE, "The document to read instead.", lambda one: one.document),
        Field("url", PLACE, "The page to show instead.", lambda one: one.url),
    ),
)
