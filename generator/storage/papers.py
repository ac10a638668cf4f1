"""Reading the record of a paper: one file of ``content/papers/``, or a line of the same fields.

Writing it is in :mod:`generator.storage.records`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from urllib.parse import urlsplit

from generator.model import (
    Appearance,
    Completion,
    Curation,
    Link,
    LinkKind,
    Paper,
    Reason,
    Rule,
    Status,
)
from generator.storage.fields import Fields
from generator.text import identifiers

#: Stands for a day that could not be read; its complaint keeps the record out of the library.
_NO_DAY = dt.date.min

#: What no address holds: white space, and control characters, which browsers pass over.
_BLANK = re.compile(r"[\s\x00-\x20\x7f-\x9f]")

_DECISIONS = frozenset(field.name for field in dataclasses.fields(Curation))
#: Nearly every record is one about which nobody decided anything; they share this.
_UNDECIDED = Curation()

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_paper(fields: Fields, slug: str, curation: Curation | None = None) -> Paper:
    """One record of ``content/papers/``; mistakes go to ``fields``.

    Args:
        fields: The record.
        slug: The name of its file.
        curation: What people decided, if it does not stand under ``curation``.
    """
    if not SLUG.fullmatch(slug):
        fields.complain(
            None, f"{slug!r} cannot be an address", "name the file with a-z, 0-9 and single hyphens"
        )
    appearances = tuple(_appearance(each) for each in fields.mappings("appearances", required=True))
    if curation is None:
        fields.inside, fields.inside_of = _DECISIONS, "curation"
    return Paper(
        slug=slug,
        source_title=fields.text("title", required=True) or "",
        source_abstract=fields.text("abstract", required=True) or "",
        appearances=tuple(sorted(filter(None, appearances))),
        source_authors=fields.texts("authors") or (),
        source_ids=fields.plain_mapping("ids"),
        source_published=fields.date("published"),
        source_links=_links(fields),
        completions=tuple(filter(None, map(_completion, fields.mappings("completed")))),
        merged_into=fields.text("merged_into"),
        curation=curation or _curation(fields.mapping("curation")),
    )


def _appearance(fields: Fields) -> Appearance | None:
    date = fields.date("date", required=True)
    source = fields.text("source", required=True)
    seen = Appearance(
        date=date or _NO_DAY,
        source=source or "",
        file=fields.text("file") or "",
        title=fields.text("title"),
        abstract=fields.text("abstract"),
        votes=fields.count("votes"),
        ids=tuple(sorted(fields.plain_mapping("ids").items())),
        reason=_reason(fields),
        is_raw=fields.flag("raw"),
    )
    fields.finish()
    return seen if date and source else None


def _reason(fields: Fields, *, required: bool = False) -> Reason | None:
    """The field ``match``: why two records are one work."""
    inner = fields.mapping("match")
    if not inner.keys:
        if required:
            fields.complain("match", "is missing", "say `match: {rule: same title alone}`")
        return None
    rule = inner.choice("rule", Rule)
    title, abstract = inner.number("title"), inner.number("abstract")
    inner.finish()
    return Reason(rule, title or 0.0, abstract) if rule else None


def _completion(fields: Fields) -> Completion | None:
    source, reason = fields.text("source", required=True), _reason(fields, required=True)
    completion = Completion(
        source=source or "",
        file=fields.text("file") or "",
        fields=fields.texts("fields", required=True) or (),
        reason=reason or Reason(Rule.SAME_TITLE, 0.0),
        note=fields.text("note"),
    )
    fields.finish()
    return completion if source and reason else None


def _links(fields: Fields) -> tuple[Link, ...]:
    return tuple(filter(None, (_link(each) for each in fields.mappings("links"))))


def _link(fields: Fields) -> Link | None:
    kind = fields.choice("kind", LinkKind)
    url = fields.text("url", required=True)
    fields.finish()
    if url is not None and not is_web_address(url):
        fields.complain("url", f"{url!r} is not a web address", "write it with https://")
        return None
    return Link(kind, url) if kind and url else None


def is_web_address(url: str) -> bool:
    """Whether a page may link to ``url``: an absolute address, http or https, with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not _BLANK.search(url)


def _curation(fields: Fields) -> Curation:
    if not fields.keys:
        return _UNDECIDED
    curation = Curation(
        topics=fields.texts("topics"),
        add_topics=fields.texts("add_topics") or (),
        drop_topics=fields.texts("drop_topics") or (),
        pick=fields.flag("pick"),
        note=fields.text("note"),
        status=fields.choice("status", Status, Status.ACCEPTED) or Status.ACCEPTED,
        hidden=fields.flag("hidden"),
        same_as=fields.text("same_as"),
        distinct_from=fields.texts("distinct_from") or (),
        title=fields.text("title"),
        abstract=fields.text("abstract"),
        authors=fields.texts("authors"),
        ids=_corrected_ids(fields.mapping("ids")),
        published=fields.date("published"),
        links=_links(fields) if "links" in fields.keys else None,
        formerly=fields.texts("formerly") or (),
    )
    for index, slug in enumerate(curation.formerly):
        if not SLUG.fullmatch(slug):
            problem = f"{slug!r} cannot have been an address"
            remedy = "write the former name of the file without .yml"
            fields.complain_at((*fields.path, "formerly", index), problem, remedy)
    fields.finish()
    return curation


def _corrected_ids(fields: Fields) -> tuple[tuple[str, str | None], ...]:
    """Identifiers as the curator has them; without a value: the source's is not the paper's."""
    values = {str(kind): fields.text(str(kind)) for kind in fields.keys}
    ids: dict[str, str | None] = {}
    for kind, value in values.items():
        known = kind in identifiers.NAMES
        found = identifiers.parse(value, kind) if known and value else None
        if not known:
            remedy = f"write one of: {', '.join(identifiers.NAMES)}"
            fields.complain(kind, f"{kind!r} is no kind of identifier", remedy)
        elif value and not found:
            problem = f"{value!r} is no {identifiers.label_of(kind)} identifier"
            fields.complain(kind, problem, "write it as its page shows it, or nothing for none")
        ids[kind] = found.value if found else None
    return tuple(sorted(ids.items()))
