"""The documents of topics and editions, and how the index names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.api.papers import IN_LISTS, shown
from generator.api.places import Places, own_schema
from generator.api.shapes import (
    COUNT,
    DAY,
    PLACE,
    TEXT,
    WORDS,
    Field,
    Shape,
    list_of,
    nullable,
)
from generator.digest import EditionView, Entry, TopicView


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and where things are for the document that names it."""

    view: TopicView
    places: Places


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition, the one before it in time and the one after, and where things are."""

    view: EditionView
    places: Places
    before: EditionView | None = None
    after: EditionView | None = None


def _papers(entries: tuple[Entry, ...], places: Places) -> list[dict[str, Any]]:
    return [IN_LISTS.write(shown(entry, places)) for entry in entries]


_TOPIC_HEAD: tuple[Field[Topic], ...] = (
    Field("id", WORDS, "What tells it from other topics.", lambda one: one.view.ref.id),
    Field("title", WORDS, "Its name.", lambda one: one.view.ref.title),
    Field(
        "description",
        TEXT,
        "What it is about, in a sentence.",
        lambda one: one.view.ref.description,
    ),
    Field("url", PLACE, "Its first page.", lambda one: one.places.page(one.view.ref.address)),
    Field("document", PLACE, "Its document.", lambda one: one.places.topic(one.view.ref.id)),
    Field("feed", PLACE, "Its feed (RSS).", lambda one: one.places.page(one.view.ref.feed_address)),
    Field(
        "parent",
        nullable(WORDS),
        "The id of the wider topic that it is part of, if there is one.",
        lambda one: one.view.parent.id if one.view.parent else None,
    ),
    Field("count", COUNT, "How many papers it has.", lambda one: len(one.view.entries)),
)

TOPIC_HEAD: Shape[Topic] = Shape("Topic in the index", "A topic, without its papers.", _TOPIC_HEAD)

TOPIC: Shape[Topic] = Shape(
    "Topic",
    "A topic and its papers.",
    (
        own_schema("topic"),
        *_TOPIC_HEAD,
        Field(
            "parts",
            list_of(WORDS),
            "The ids of topics that are part of it.",
            lambda one: [part.id for part in one.view.parts],
        ),
        Field(
            "papers",
            list_of(IN_LISTS.type),
            "Its papers, newest first.",
            lambda one: _papers(one.view.entries, one.places),
        ),
    ),
)

_EDITION_HEAD: tuple[Field[Edition], ...] = (
    Field(
        "date", DAY, "Its day, which tells it from others.", lambda one: one.view.date.isoformat()
    ),
    Field(
        "title", nullable(TEXT), "Its title, if the editor gave one.", lambda one: one.view.title
    ),
    Field("url", PLACE, "Its page.", lambda one: one.places.page(one.view.address)),
    Field("document", PLACE, "Its document.", lambda one: one.places.edition(one.view.date)),
    Field(
        "count", COUNT, "How many papers were listed that day.", lambda one: len(one.view.entries)
    ),
    Field("new", COUNT, "How many of them no earlier listing had shown.", lambda one: one.view.new),
)

EDITION_HEAD: Shape[Edition] = Shape(
    "Edition in the index", "A day of the digest, without its papers.", _EDITION_HEAD
)

EDITION: Shape[Edition] = Shape(
    "Edition",
    "A day of the digest and its papers.",
    (
        own_schema("edition"),
        *_EDITION_HEAD,
        Field(
            "introduction",
            nullable(TEXT),
            "What the editor says of the day, in Markdown.",
            lambda one: one.view.introduction,
        ),
        Field(
            "picks",
            list_of(WORDS),
            "The ids of the editor’s picks, in the editor’s order.",
            lambda one: [entry.slug for entry in one.view.picks],
        ),
        Field(
            "papers",
            list_of(IN_LISTS.type),
            "All papers of the day; new ones first, which are those whose date is this day.",
            lambda one: _papers(one.view.entries, one.places),
        ),
        Field(
            "previous",
            nullable(PLACE),
            "The document of the edition before it.",
            lambda one: one.places.edition(one.before.date) if one.before else None,
        ),
        Field(
            "next",
            nullable(PLACE),
            "The document of the edition after it.",
            lambda one: one.places.edition(one.after.date) if one.after else None,
        ),
    ),
)
