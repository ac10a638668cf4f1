"""Where listings come from: ``content/sources.yml``, and what is known without it.

A source that the file does not name is what its id says. arXiv's announcements, and what is fetched
from arXiv by category, are raw unless the file says otherwise; whatever else somebody ingests, an
answer of arXiv's interface for instance, is taken for chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.errors import ContentError
from generator.folder import Folder
from generator.intake import Fetching, Service, Source, SourceKind
from generator.storage.fields import Fields
from generator.storage.optional import optional_fields
from generator.storage.papers import is_web_address
from generator.text.cleaning import tidy

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKEND = frozenset({5, 6})

#: arXiv's archives, with or without a subject class: `cs.CL`, `hep-ph`, `q-bio.NC`, `cs.*`.
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.(?:[A-Za-z]+(?:-[a-z]+)?|\*))?", re.ASCII)

#: What is known of sources without being told. Hugging Face's interface gives 50 papers of a day
#: unless it is asked for more, and never more than 100; hardly anybody submits there on a Saturday
#: or Sunday. arXiv announces from Sunday to Thursday evening, which it dates a day on.
DEFAULTS = (
    Source(
        id="hf-daily-papers",
        title="Hugging Face Daily Papers",
        home="https://huggingface.co/papers",
        rests=_WEEKEND,
        limits=(50, 100),
        fetch=Fetching(Service.HUGGING_FACE),
    ),
    Source(id="arxiv", title="arXiv", home="https://arxiv.org/"),
    Source(
        id="arxiv-announcements",
        title="arXiv, new papers",
        kind=SourceKind.RAW,
        home="https://arxiv.org/",
        rests=_WEEKEND,
    ),
    Source(id="acl-anthology", title="ACL Anthology", home="https://aclanthology.org/"),
    Source(id="bibtex", title="A bibliography"),
    Source(id="list", title="A list"),
    Source(id="digest-export", title="Another digest"),
    Source(id="suggestions", title="Suggested by readers"),
)
_KNOWN = {source.id: source for source in DEFAULTS}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What ``content/sources.yml`` says: the sources by id, and the topics that are followed."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    follow: tuple[str, ...] = ()


def read_catalogue(folder: Folder, errors: list[ContentError]) -> Catalogue:
    """The file, or an empty catalogue if there is none; mistakes go to ``errors``."""
    fields = optional_fields(folder.sources_yml, folder, errors)
    if fields is None:
        return Catalogue()
    inner = fields.mapping("sources")
    sources = {str(each): read_source(inner.mapping(str(each)), str(each)) for each in inner.keys}
    follow = fields.texts("follow") or ()
    fields.finish()
    return Catalogue(sources, follow)


def source_of(sources: Mapping[str, Source], name: str) -> Source:
    """The source of a name: as the file says, as is known of it, or called by its name."""
    return sources.get(name) or _KNOWN.get(name) or Source(id=name, title=name)


def read_source(fields: Fields, name: str) -> Source:
    """One source of the file; mistakes go to ``fields``."""
    known = _KNOWN.get(name) or Source(id=name, title=name)
    if name != tidy(name) or not name:
        fields.complain(None, f"{name!r} is no id", "write it as it stands with the papers")
    fetch = _fetching(fields.mapping("fetch")) if "fetch" in fields.keys else None
    is_all = fetch is not None and fetch.service is Service.ARXIV
    kind = SourceKind.RAW if is_all else known.kind
    source = Source(
        id=name,
        title=fields.text("title") or known.title,
        kind=fields.choice("kind", SourceKind, kind) or kind,
        home=_address(fields, "home") or known.home,
        rests=_rests(fields, known),
        holidays=frozenset(fields.dates("holidays")),
        limits=fields.counts("limits") or known.limits,
        fetch=fetch,
    )
    fields.finish()
    return source


def _rests(fields: Fields, known: Source) -> frozenset[int]:
    names = fields.texts("rests")
    if names is None:
        return known.rests
    for name in names:
        if name.lower() not in WEEKDAYS:
            remedy = "write days of the week, such as saturday"
            fields.complain("rests", f"{name!r} is no day of the week", remedy)
    return frozenset(WEEKDAYS.index(name.lower()) for name in names if name.lower() in WEEKDAYS)


def _fetching(fields: Fields) -> Fetching | None:
    service = fields.choice("service", Service)
    fetching = service and Fetching(
        service=service,
        categories=fields.texts("categories") or (),
        query=fields.text("query") or "",
        url=(_address(fields, "url") or "").rstrip("/"),
    )
    if fetching and service is Service.ARXIV and not (fetching.categories or fetching.query):
        remedy = "say `categories: [cs.CL]`, a `query`, or both"
        fields.complain(None, "asks arXiv for everything", remedy)
    for category in fetching.categories if fetching else ():
        if not is_category(category):
            fields.complain("categories", f"{category!r} is none of arXiv's", "write as cs.CL")
    if fetching and service is Service.HUGGING_FACE and (fetching.categories or fetching.query):
        remedy = "take them out: a day is asked for whole"
        fields.complain(None, "Hugging Face knows no `categories` and no `query`", remedy)
    fields.finish()
    return fetching or None


def is_category(text: str) -> bool:
    """Whether a text is a category of arXiv's: ``cs.CL``, ``hep-ph``, ``cs.*``."""
    return _CATEGORY.fullmatch(text) is not None


def _address(fields: Fields, field: str) -> str | None:
    url = fields.text(field)
    if url is None or is_web_address(url):
        return url
    fields.complain(field, f"{url!r} is not a web address", "write it with https://")
    return None
