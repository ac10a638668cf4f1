"""A paper as exports know it, and its fields as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.digest import Digest, Entry
from generator.model import Appearance, Completion, Curation, Link, Paper, Reason
from generator.text.identifiers import KINDS, page_of


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """What an export says of one paper.

    ``url`` is where its page is (or would be: one that is not public has none yet). ``paper`` is
    the library's record of it, where the export is to tell all; else ``None``.
    """

    entry: Entry
    url: str
    paper: Paper | None = None

    @property
    def cited_url(self) -> str:
        """Where the paper itself is, for a reference list; else its page in the digest."""
        if link := self.entry.link("paper"):
            return link.url
        ids = self.entry.ids
        pages = (page_of(kind.name, ids[kind.name]) for kind in KINDS if kind.name in ids)
        return next(filter(None, pages), self.url)


def records(digest: Digest, library: Mapping[str, Paper] | None = None) -> list[ExportRecord]:
    """The papers of a digest in its order, newest first.

    Args:
        digest: Its ``entries`` are exported.
        library: All papers by slug, if the export is to tell all that is known of them.
    """
    return [
        record_of(digest, entry, None if library is None else library[entry.slug])
        for entry in digest.entries
    ]


def record_of(digest: Digest, entry: Entry, paper: Paper | None = None) -> ExportRecord:
    """One paper of a digest."""
    return ExportRecord(entry, digest.site.url + entry.address, paper)


def fields(record: ExportRecord) -> dict[str, Any]:
    """The fields of a paper in their order, as values that JSON has.

    Twelve for readers; with the library's record six more, present in every line so that a filter
    can rely on them: ``published`` (``null`` if unknown), ``completed`` (what no listing gave, and
    from where it is), ``status``, ``hidden``, ``source`` (what the curator corrected, as
    sources have it) and ``curation`` (the rest of what the curator set). Appearances, completions
    and ``curation`` have the form of the paper's own file. Together they hold all of the record.
    """
    entry = record.entry
    # A reader is shown what other records of the same work say; the library keeps them apart.
    said = record.paper or entry
    plain = {
        "id": entry.slug,
        "title": entry.title,
        "abstract": entry.abstract,
        "topics": [tag.topic.id for tag in entry.topics],
        "date": entry.date.isoformat(),
        "url": record.url,
        "authors": list(said.authors),
        "ids": dict(sorted(said.ids.items())),
        "links": _links(said.links),
        "appearances": [_appearance(each) for each in said.appearances],
        "pick": entry.pick,
        "note": entry.note,
    }
    return plain if record.paper is None else {**plain, **_more(record.paper)}


def _appearance(appearance: Appearance) -> dict[str, Any]:
    """A listing's mention, with what it has; a title and an abstract where they are its own."""
    fields = {
        "source": appearance.source,
        "date": appearance.date.isoformat(),
        "file": appearance.file,
        "title": appearance.title,
        "abstract": appearance.abstract,
        "votes": appearance.votes,
        "ids": dict(appearance.ids) or None,
        "match": appearance.reason and _reason(appearance.reason),
        "raw": appearance.is_raw or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _reason(reason: Reason) -> dict[str, Any]:
    """Why it is the same work; a score only where there were texts to compare."""
    fields = {
        "rule": reason.rule.value,
        "title": reason.title_score,
        "abstract": reason.abstract_score,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _completion(completion: Completion) -> dict[str, Any]:
    fields = {
        "source": completion.source,
        "file": completion.file,
        "fields": list(completion.fields),
        "match": _reason(completion.reason),
        "note": completion.note,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _links(links: Iterable[Link]) -> list[dict[str, str]]:
    return [{"kind": link.kind.value, "url": link.url} for link in links]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _more(paper: Paper) -> dict[str, Any]:
    curation = paper.curation
    source = {
        "title": paper.source_title if curation.title else None,
        "abstract": paper.source_abstract if curation.abstract else None,
        "authors": list(paper.source_authors) if curation.authors is not None else None,
        "ids": dict(sorted(paper.source_ids.items())) if curation.ids else None,
        "published": _iso(paper.source_published) if curation.published else None,
        "links": _links(paper.source_links) if curation.links is not None else None,
    }
    return {
        "published": _iso(paper.published),
        "completed": [_completion(each) for each in paper.completions],
        "status": curation.status.value,
        "hidden": curation.hidden,
        "source": {name: value for name, value in source.items() if value is not None},
        "curation": _curation(curation),
        "merged_into": paper.merged_into,
    }


def _curation(curation: Curation) -> dict[str, Any]:
    """What the curator set that no other field says.

    ``pick`` is among it because the field of that name also holds for the picks of an edition.
    """
    fields = {
        "topics": None if curation.topics is None else list(curation.topics),
        "add_topics": list(curation.add_topics) or None,
        "drop_topics": list(curation.drop_topics) or None,
        "pick": curation.pick or None,
        "same_as": curation.same_as,
        "distinct_from": list(curation.distinct_from) or None,
        "authors": None if curation.authors is None else list(curation.authors),
        "ids": dict(curation.ids) or None,
        "published": _iso(curation.published),
        "links": None if curation.links is None else _links(curation.links),
        "formerly": list(curation.formerly) or None,
    }
    return {name: value for name, value in fields.items() if value is not None}
