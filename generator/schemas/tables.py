"""How the fields of the model are called in files, and what they mean to who writes them."""

from __future__ import annotations

import typing
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from generator import intake, model
from generator.schemas.types import DAY, DIALECT, TEXT, Type, optional, type_of
from generator.storage.catalogue import WEEKDAYS, Catalogue
from generator.topics import taxonomy
from generator.topics.labels import Label

#: What a slug and a topic's id are made of.
NAME: Type = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
#: An address that a page may link to.
ADDRESS: Type = {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#]"}
_NAMES: Type = {"type": "array", "items": NAME}
_SHARE: Type = {"type": "number", "minimum": 0, "maximum": 1}
_SCORE: Type = {"type": "number", "minimum": 0, "maximum": 100}
_WEIGHT: Type = {"type": "number", "minimum": 0.1, "maximum": taxonomy.MOST_WEIGHT}
_PLACE: Type = {"type": "string", "enum": list(taxonomy.PLACES)}


@dataclass(frozen=True, slots=True)
class Told:
    """A field of a file: its name, what it means, and of which attribute of the model it tells.

    ``type`` is what its value may be, where that is less than the attribute's type, or nothing of
    the model. ``attribute`` is its name in the model if that is another. ``is_topics`` marks lists
    of the digest's topics.
    """

    name: str
    about: str
    attribute: str = ""
    type: Type | None = None
    required: bool = False
    is_topics: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What a class of the model is in a file: ``unsaid`` are attributes that stand elsewhere."""

    model: type
    title: str
    about: str
    fields: tuple[Told, ...]
    unsaid: Collection[str] = field(default=())


def _of_paper(*last: Told) -> tuple[Told, ...]:
    return (
        Told("title", "As the latest listing has it.", "source_title", required=True),
        Told("abstract", "Paragraphs apart by a blank line.", "source_abstract", required=True),
        Told("authors", "Names in the order of the paper.", "source_authors"),
        Told(
            "ids",
            'Identifiers by kind, without a version: {arxiv: "2010.00904"}.',
            "source_ids",
        ),
        Told("published", "The day of publication.", "source_published"),
        Told("links", "Addresses that belong to the paper.", "source_links"),
        Told("completed", "Facts that no listing gave, and where they are from.", "completions"),
        Told("appearances", "Every listing that showed it.", required=True, type=_APPEARANCES),
        Told("merged_into", "The paper that this turned out to be.", type=NAME),
        *last,
    )


_APPEARANCES: Type = {"minItems": 1}

PAPER = Table(
    model.Paper,
    "A paper",
    "What sources said of a paper and what the curator decided (content/papers/YEAR/SLUG.yml).",
    _of_paper(Told("curation", "What people decided. Nothing but people changes it.")),
    unsaid=("slug",),
)

CANDIDATE = Table(
    model.Paper,
    "A candidate",
    "A line of content/candidates/DAY.jsonl: a paper of a raw feed that waits for the curator.",
    (
        Told("slug", "What its address will be.", type=NAME, required=True),
        Told(
            "status",
            "Write accepted or declined to decide.",
            type={"type": "string", "enum": [str(each) for each in model.Status]},
            required=True,
        ),
        *_of_paper(),
    ),
    unsaid=("curation",),
)

CURATION = Table(
    model.Curation,
    "Decisions",
    "What people decided about a paper. It survives every ingestion and every rebuild.",
    (
        Told("topics", "Exactly these, the strongest first; []: none.", is_topics=True),
        Told("add_topics", "Topics beside the computed ones.", is_topics=True),
        Told("drop_topics", "Computed topics that it does not have.", is_topics=True),
        Told("pick", "An editor's pick: first in its edition, marked everywhere."),
        Told("note", "Shown with the paper: Markdown without HTML and pictures."),
        Told("status", "A candidate waits; a declined one is not proposed again."),
        Told("hidden", "On no page, in no feed, search or export."),
        Told("same_as", "The paper that it is; its address will lead there.", type=NAME),
        Told("distinct_from", "Papers that it only looks like.", type=_NAMES),
        Told("title", "A correction of the source."),
        Told("abstract", "A correction of the source."),
        Told("authors", "A correction of the source: all of them, in order."),
        Told(
            "ids",
            "Corrected identifiers; without a value: the source's is not the paper's.",
            type={
                "type": "object",
                "properties": {
                    "arxiv": {**optional(TEXT), "examples": ["2010.00904"]},
                    "doi": {**optional(TEXT), "examples": ["10.1000/182"]},
                    "acl": {**optional(TEXT), "examples": ["2020.acl-main.1"]},
                },
                "additionalProperties": False,
            },
        ),
        Told("published", "A correction of the source."),
        Told("links", "A correction of the source: all of them; []: none."),
        Told("formerly", "Slugs that it had: their addresses lead to it.", type=_NAMES),
    ),
)

LINK = Table(
    model.Link,
    "A link",
    "An address that belongs to a paper.",
    (
        Told("kind", "What it leads to.", required=True),
        Told("url", "The address, with https://", type=ADDRESS, required=True),
    ),
)

APPEARANCE = Table(
    model.Appearance,
    "An appearance",
    "A listing that showed the paper.",
    (
        Told("source", "The id of the source.", required=True),
        Told("date", "The day of the listing.", required=True),
        Told("file", "The listing's name."),
        Told("raw", "Whether it is a feed from which papers are chosen.", "is_raw"),
        Told("votes", "How many readers had voted for it there."),
        Told(
            "ids",
            "Identifiers that the listing gave.",
            type={"type": "object", "additionalProperties": optional(TEXT)},
        ),
        Told("match", "Why it is the same paper.", "reason"),
        Told("title", "As this listing had it, if otherwise."),
        Told("abstract", "As this listing had it, if otherwise."),
    ),
)

REASON = Table(
    model.Reason,
    "A reason",
    "Why two records are one work, and how alike they are, of a hundred.",
    (
        Told("rule", "By which rule.", required=True),
        Told("title", "How alike their titles are.", "title_score", type=_SCORE),
        Told("abstract", "How alike their abstracts are.", "abstract_score", type=_SCORE),
    ),
)

COMPLETION = Table(
    model.Completion,
    "A completion",
    "Facts that no listing gave.",
    (
        Told("source", "Where they are from.", required=True),
        Told("file", "In which file they stood."),
        Told("fields", "What it gave, such as authors or ids.arxiv.", required=True),
        Told("match", "Why it is the same paper.", "reason", required=True),
        Told("note", "What that source says of its own sureness."),
    ),
)

EDITION = Table(
    model.Edition,
    "An edition",
    "One day as its editor presents it (content/editions/DAY.yml).",
    (
        Told("title", "Stands above the day."),
        Told("introduction", "The editor's words: Markdown without HTML and pictures."),
        Told("picks", "Slugs of the picks, in their order.", type=_NAMES),
    ),
    unsaid=("date",),
)

TAXONOMY = Table(
    taxonomy.Taxonomy,
    "The topics",
    "The topics of the digest and the rules by which papers have them (content/topics.yml).",
    (
        Told("settings", "What holds for all topics."),
        Told("topics", "In the order in which pages list them.", required=True),
    ),
)

SETTINGS = Table(
    taxonomy.Settings,
    "Settings",
    "What holds for all topics.",
    (
        Told("threshold", "The score that gives a topic.", type=_WEIGHT),
        Told("most_topics", "So many a paper at most.", type={"type": "integer", "minimum": 1}),
        Told("least_share", "How strong one must be beside the strongest.", type=_SHARE),
        Told("alone", "The share of its threshold that is enough alone.", type=_SHARE),
        Told("abstract_limit", "What a rule may add in the abstract.", type=_WEIGHT),
        Told(
            "places",
            "The share of a weight that counts in a place.",
            type={
                "type": "object",
                "properties": {place: optional(_SCORE) for place in taxonomy.PLACES},
                "additionalProperties": False,
            },
        ),
        Told(
            "markers",
            "Phrases by which sentences have their places.",
            type={
                "type": "object",
                "properties": {
                    place: {"type": ["array", "null"], "items": TEXT}
                    for place in taxonomy.MARKED_PLACES
                },
                "additionalProperties": False,
            },
        ),
    ),
)

TOPIC = Table(
    taxonomy.Topic,
    "A topic",
    "A subject that readers follow.",
    (
        Told(
            "id",
            "Part of its address. Write a former one under formerly.",
            type=NAME,
            required=True,
        ),
        Told("title", "How readers call it.", required=True),
        Told("description", "What is under it, in a sentence.", required=True),
        Told("threshold", "The score that gives it, if not that of all.", type=_WEIGHT),
        Told("rules", "What speaks for it."),
        Told("against", "What speaks against it."),
        Told("formerly", "Ids that it had, and those of topics merged into it.", type=_NAMES),
        Told("parent", "The wider topic that it is part of.", type=NAME),
    ),
)

RULE = Table(
    taxonomy.Rule,
    "A rule",
    "Phrases that mean the same, and what finding one of them is worth.",
    (
        Told(
            "phrases",
            "The top of the file says how they are written.",
            type={"minItems": 1},
            required=True,
        ),
        Told("weight", "What it adds to the score.", type=_WEIGHT, required=True),
        Told("places", "Where it counts.", type={"type": "array", "items": _PLACE}),
        Told("only_with", "It counts only in a paper with one of these phrases."),
    ),
)

CATALOGUE = Table(
    Catalogue,
    "The sources",
    "Where listings come from (content/sources.yml); all of it may be left out.",
    (
        Told("follow", "Topics whose candidates are listed first.", is_topics=True),
        Told("sources", "By their ids, as they stand with the papers."),
    ),
)

SOURCE = Table(
    intake.Source,
    "A source",
    "Where listings come from.",
    (
        Told("title", "How readers call it."),
        Told("kind", "Whether somebody chose what it shows."),
        Told("home", "Its address.", type=ADDRESS),
        Told(
            "rests",
            "Days on which nothing is expected.",
            type={"type": "array", "items": {"type": "string", "enum": list(WEEKDAYS)}},
        ),
        Told("holidays", "Further such days.", type={"type": "array", "items": DAY}),
        Told(
            "limits",
            "Numbers of papers at which its files are known to be cut off.",
            type={"type": "array", "items": {"type": "integer", "minimum": 1}},
        ),
        Told("fetch", "How digest fetch asks for it."),
    ),
    unsaid=("id",),
)

FETCHING = Table(
    intake.Fetching,
    "How it is fetched",
    "Whom digest fetch asks, and for what.",
    (
        Told("service", "Whom to ask.", required=True),
        Told("categories", "arXiv's, such as cs.CL."),
        Told("query", 'arXiv\'s, such as ti:"word sense".'),
        Told("url", "A mirror, if it is one.", type=ADDRESS),
    ),
)

ENTRY = Table(
    intake.LedgerEntry,
    "An entry of the ledger",
    "What one ingestion brought (content/ledger/). Written by ingestion alone.",
    (
        Told("source", "The id of the source.", required=True),
        Told("date", "The day of the listing.", required=True),
        Told("dated_by", "How that day was found.", required=True),
        Told("file", "The listing's name.", required=True),
        Told("fingerprint", "The hash of its content.", required=True),
        Told("records", "How many it had.", type={"type": "integer", "minimum": 0}),
        Told("asked", "What a service was asked."),
        Told("total", "How many records the listing says there are."),
        Told("limit", "How many it could have had."),
        Told("stale", "Whether it was the answer of the day before.", "is_stale"),
        Told("failure", "Why there was no answer."),
        Told("export", "Whether it is an export of a digest.", "is_export"),
        Told("papers", "The slugs of its records.", type=_NAMES, required=True),
        Told("rejected", "Its records that did not go in."),
    ),
)

REJECTED = Table(
    model.Rejected,
    "A rejected record",
    "A record that did not go in.",
    (
        Told("line", "Where it stood."),
        Told("title", "Its title."),
        Told("reason", "Why it did not go in.", required=True),
        Told("is_fault", "Whether that is a mistake."),
    ),
)

LABEL = Table(
    Label,
    "A label",
    "A line of labels of papers' topics, by which rules are measured (content/labels.jsonl).",
    (
        Told("title", "The paper's.", required=True),
        Told("topics", "Those that it has; other: none.", required=True),
        Told("optional", "Those that it may have."),
        Told("primary", "Where a librarian would shelve it."),
    ),
    unsaid=("line",),
)

#: Tables of what stands within others.
_INNER: Mapping[type, Table] = {
    each.model: each
    for each in (
        *(CURATION, LINK, APPEARANCE, REASON, COMPLETION, SETTINGS, TOPIC, RULE, SOURCE),
        *(FETCHING, REJECTED),
    )
}


def schema(table: Table, topics: Sequence[str]) -> Type:
    """The schema of a file, or of a line of one, in a digest that has these topics."""
    return {"$schema": DIALECT, **_object(table, topics)}


def _object(table: Table, topics: Sequence[str]) -> Type:
    hints = typing.get_type_hints(table.model)
    return {
        "title": table.title,
        "description": table.about,
        "type": "object",
        "properties": {told.name: _field(told, hints, topics) for told in table.fields},
        "required": [told.name for told in table.fields if told.required],
        "additionalProperties": False,
    }


def _field(told: Told, hints: Mapping[str, object], topics: Sequence[str]) -> Type:
    own = told.type or {}
    if told.is_topics:
        type_: Type = {"type": "array", "items": {"type": "string", "enum": list(topics)}}
    elif "type" in own:
        type_ = own
    else:
        hint = hints[told.attribute or told.name]
        type_ = {**type_of(hint, lambda of: _object(_INNER[of], topics)), **own}
    return {"description": told.about, **(type_ if told.required else optional(type_))}
