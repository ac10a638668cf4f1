"""A paper's document, and a paper as lists have it.

The names and values are those of ``digest export --format jsonl``
(:func:`generator.exports.record.fields`); what an export has no use for comes behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.api.places import Places, own_schema
from generator.api.shapes import (
    ADDRESS,
    COUNT,
    DAY,
    NUMBER,
    PLACE,
    TEXT,
    TRUTH,
    WORDS,
    Field,
    Shape,
    list_of,
    map_of,
    nullable,
    said,
)
from generator.digest import Entry
from generator.exports.record import ExportRecord, fields
from generator.model import LinkKind, Rule

#: What lists take over from a paper's fields.
_IN_LISTS = ("id", "title", "authors", "date", "topics", "pick", "url", "document")


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper, what exports say of it, and where things are for the document that says so."""

    entry: Entry
    said: Mapping[str, Any]
    places: Places


def shown(entry: Entry, places: Places) -> Shown:
    """A paper as a document shows it."""
    record = ExportRecord(entry, places.page(entry.address))
    return Shown(entry, fields(record), places)


_Said = Mapping[str, Any]

LINK: Shape[_Said] = Shape(
    "Link",
    "An address that belongs to the paper.",
    (
        Field(
            "kind", {"enum": [str(kind) for kind in LinkKind]}, "What it leads to.", said("kind")
        ),
        Field("url", ADDRESS, "The address, as the listing or the abstract has it.", said("url")),
    ),
)

MATCH: Shape[_Said] = Shape(
    "Match",
    "Why this mention is of the same work as the others.",
    (
        Field("rule", {"enum": [str(rule) for rule in Rule]}, "The rule.", said("rule")),
        Field("title", NUMBER, "How alike the titles are, 0 to 100.", said("title")),
        Field(
            "abstract",
            NUMBER,
            "How alike the abstracts are, 0 to 100; left out where one of them is missing.",
            said("abstract"),
            optional=True,
        ),
    ),
)

APPEARANCE: Shape[_Said] = Shape(
    "Appearance",
    "A listing that showed the paper.",
    (
        Field("source", WORDS, "The id of the source.", said("source")),
        Field("date", DAY, "The day of the listing.", said("date")),
        Field("file", TEXT, "The name of the file that held it.", said("file")),
        Field(
            "title", TEXT, "Its title there, where it was another.", said("title"), optional=True
        ),
        Field(
            "abstract",
            TEXT,
            "Its abstract there, if it was another.",
            said("abstract"),
            optional=True,
        ),
        Field(
            "votes", COUNT, "How many readers had voted for it there.", said("votes"), optional=True
        ),
        Field(
            "ids",
            map_of(WORDS),
            "The identifiers given there, by kind.",
            said("ids"),
            optional=True,
        ),
        Field("match", MATCH.type, MATCH.about, said("match"), optional=True),
        Field(
            "raw",
            TRUTH,
            "True if the source is a raw feed, of which papers are chosen; else left out.",
            said("raw"),
            optional=True,
        ),
    ),
)

FILES: Shape[Shown] = Shape(
    "Files",
    "The paper's reference as files.",
    tuple(
        Field(name, PLACE, f"Where it is in {title}.", _file)
        for name, title, _file in (
            ("bibtex", "BibTeX", lambda one: one.places.page(f"papers/{one.entry.slug}.bib")),
            ("ris", "RIS", lambda one: one.places.page(f"papers/{one.entry.slug}.ris")),
            ("csl", "CSL-JSON", lambda one: one.places.page(f"papers/{one.entry.slug}.csl.json")),
        )
    ),
)


def _said(name: str, type_: Any, about: str) -> Field[Shown]:
    """A field with the value that exports have."""
    return Field(name, type_, about, lambda one: one.said[name])


PAPER: Shape[Shown] = Shape(
    "Paper",
    "A paper of the digest: what listings say of it, and what the digest adds.",
    (
        own_schema("paper"),
        _said("id", WORDS, "What tells it from all others here; it never changes."),
        _said("title", TEXT, "Its title; formulas are LaTeX between dollar signs."),
        _said("abstract", TEXT, "Its abstract, whole; formulas as in the title. Empty if unknown."),
        _said("topics", list_of(WORDS), "The ids of its topics, the strongest first."),
        _said("date", DAY, "The day on which a listing first showed it."),
        _said("url", PLACE, "Its page."),
        _said("authors", list_of(WORDS), "Its authors, in their order; empty if unknown."),
        _said(
            "ids",
            map_of(WORDS),
            "Its identifiers by kind: arxiv (without a version), doi, acl.",
        ),
        _said("links", list_of(LINK.type), "Addresses that belong to it: the paper, code, data, …"),
        _said(
            "appearances", list_of(APPEARANCE.type), "Every listing that showed it, earliest first."
        ),
        _said("pick", TRUTH, "Whether it is an editor’s pick."),
        _said("note", nullable(TEXT), "What the editor says of it, in Markdown."),
        Field(
            "published",
            nullable(DAY),
            "The day on which it was published, if a source gives it.",
            lambda one: one.entry.published and one.entry.published.isoformat(),
        ),
        Field("document", PLACE, "This document.", lambda one: one.places.paper(one.entry.slug)),
        Field("files", FILES.type, FILES.about, FILES.write),
    ),
)

IN_LISTS: Shape[Shown] = Shape(
    "Paper in a list",
    "What tells papers apart; the rest is in the paper’s own document.",
    tuple(field for field in PAPER.fields if field.name in _IN_LISTS),
)
