"""The library: what lies under ``content/``, read whole and checked, before anything is made of it.

Reading collects every mistake in every file and raises them together
(:class:`~generator.errors.ContentErrors`). Writing is in :mod:`generator.records`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from generator import yamlio
from generator.errors import ContentError, ContentErrors
from generator.fields import Fields
from generator.folder import Folder
from generator.model import (
    Appearance,
    Curation,
    Dating,
    Edition,
    LedgerEntry,
    Link,
    LinkKind,
    Paper,
    Status,
)

T = TypeVar("T")

#: Stands for a day that could not be read; its complaint keeps the record out of the library.
_NO_DAY = dt.date.min
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Library:
    """Everything under ``content/`` but the taxonomy and the hand-written pages.

    ``papers`` are by slug, ``editions`` by date as text; ``files`` says where each paper's record
    lies; ``ledger`` is by the names of its files without ending.
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    editions: Mapping[str, Edition] = field(default_factory=dict)
    ledger: Mapping[str, LedgerEntry] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict, repr=False)


def load(folder: Folder) -> Library:
    """Read the library.

    Raises:
        ContentErrors: If anything in it is not as the record format asks; all mistakes at once.
    """
    errors: list[ContentError] = []
    paths = _unique(_files(folder.papers), folder, errors)
    papers = _read_all(paths.items(), folder, errors, read_paper)
    editions = _read_all(
        ((path.stem, path) for path in _files(folder.editions)), folder, errors, read_edition
    )
    ledger = _read_all(
        ((path.stem, path) for path in _files(folder.ledger)), folder, errors, read_ledger_entry
    )
    library = Library(papers, editions, ledger, paths)
    if not errors:
        errors.extend(_cross_check(library, folder))
    if errors:
        raise ContentErrors(errors)
    return library


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.yml"))


def _unique(paths: Iterable[Path], folder: Folder, errors: list[ContentError]) -> dict[str, Path]:
    """Records by slug; a slug is an address, so two years cannot share one."""
    found: dict[str, Path] = {}
    for path in paths:
        if path.stem in found:
            errors.append(
                ContentError(
                    folder.name(path),
                    f"{folder.name(found[path.stem])} has the same name, so the same address",
                    "rename the file that is not yet published, or remove one",
                )
            )
        found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def _read_all(
    paths: Iterable[tuple[str, Path]],
    folder: Folder,
    errors: list[ContentError],
    read: Callable[[Fields, str], T],
) -> dict[str, T]:
    found = {}
    for key, path in paths:
        name = folder.name(path)
        try:
            text = _text(path, name)
            fields = Fields(yamlio.load(text, name), name, text, errors)
        except ContentError as error:
            errors.append(error)
            continue
        before = len(errors)
        value = read(fields, key)
        fields.finish()
        if len(errors) == before:
            found[key] = value
    return found


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(
            name, f"is not UTF-8: byte 0x{error.object[error.start]:02x}", "save it as UTF-8"
        ) from None
    except OSError as error:
        raise ContentError(name, f"cannot be read: {error.strerror}", "check the file") from None


def read_paper(fields: Fields, slug: str) -> Paper:
    """One record of ``content/papers/``; mistakes go to ``fields``."""
    if not SLUG.fullmatch(slug):
        fields.complain(
            None, f"{slug!r} cannot be an address", "name the file with a-z, 0-9 and single hyphens"
        )
    appearances = tuple(_appearance(each) for each in fields.mappings("appearances", required=True))
    if not appearances:
        fields.complain(None, "has no appearance", "say which listing showed the paper, and when")
    return Paper(
        slug=slug,
        source_title=fields.text("title", required=True) or "",
        source_abstract=fields.text("abstract", required=True) or "",
        appearances=tuple(sorted(filter(None, appearances))),
        authors=fields.texts("authors") or (),
        ids=fields.plain_mapping("ids"),
        published=fields.date("published"),
        links=tuple(filter(None, (_link(each) for each in fields.mappings("links")))),
        curation=_curation(fields.mapping("curation")),
    )


def _appearance(fields: Fields) -> Appearance | None:
    date = fields.date("date", required=True)
    source = fields.text("source", required=True)
    file = fields.text("file")
    title, abstract = fields.text("title"), fields.text("abstract")
    fields.finish()
    if date is None or source is None:
        return None
    return Appearance(date, source, file or "", title, abstract)


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
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", url)


def _curation(fields: Fields) -> Curation:
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
    )
    fields.finish()
    return curation


def read_edition(fields: Fields, stem: str) -> Edition:
    """One file of ``content/editions/``; its name is its date."""
    return Edition(
        date=_date_of(fields, stem),
        title=fields.text("title"),
        introduction=fields.text("introduction"),
        picks=fields.texts("picks") or (),
    )


def _date_of(fields: Fields, stem: str) -> dt.date:
    if _ISO_DAY.fullmatch(stem):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(stem)
    fields.complain(None, f"{stem!r} is not a day", "name the file as 2026-08-19.yml")
    return _NO_DAY


def read_ledger_entry(fields: Fields, _stem: str) -> LedgerEntry:
    """One file of ``content/ledger/``, written by ingestion alone."""
    return LedgerEntry(
        source=fields.text("source", required=True) or "",
        date=fields.date("date", required=True) or _NO_DAY,
        dated_by=fields.choice("dated_by", Dating) or Dating.CLOCK,
        file=fields.text("file", required=True) or "",
        fingerprint=fields.text("fingerprint", required=True) or "",
        papers=fields.texts("papers") or (),
    )


def _cross_check(library: Library, folder: Folder) -> Iterator[ContentError]:
    """What no file can be blamed for alone: names that point nowhere."""
    for slug, paper in library.papers.items():
        curation = paper.curation
        same_as = (curation.same_as,) if curation.same_as else ()
        named = (("same_as", same_as), ("distinct_from", curation.distinct_from))
        for name, others in named:
            for other in others:
                if other not in library.papers or other == slug:
                    yield ContentError(
                        folder.name(library.files[slug]),
                        f"{other!r} is no other paper of the library",
                        "write the name of its file without .yml",
                        field=f"curation.{name}",
                    )
    for date, edition in library.editions.items():
        for index, slug in enumerate(edition.picks):
            if slug not in library.papers:
                yield ContentError(
                    folder.name(folder.editions / f"{date}.yml"),
                    f"{slug!r} is no paper of the library",
                    "write the name of its file without .yml",
                    field=f"picks[{index}]",
                )
