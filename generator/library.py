"""The library: what lies under ``content/``, read whole and checked, before anything is made of it.

Reading collects every mistake in every file and raises them together
(:class:`~generator.errors.ContentErrors`). Writing is in :mod:`generator.records`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from generator import yamlio
from generator.errors import ContentError, ContentErrors
from generator.fields import Fields, dotted, iso_day
from generator.folder import Folder
from generator.intake import LedgerEntry
from generator.ledger import read_ledger_entry
from generator.model import Appearance, Curation, Edition, Link, LinkKind, Paper, Status

T = TypeVar("T")

#: Stands for a day that could not be read; its complaint keeps the record out of the library.
_NO_DAY = dt.date.min

#: What no address holds: white space, and control characters, which browsers pass over.
_BLANK = re.compile(r"[\s\x00-\x20\x7f-\x9f]")

#: A text that somebody wrote on one line without quotes, with a hash that touches what follows it:
#: a comment has a space there.
_HASH = re.compile(
    r"\s*(?P<field>note|title|abstract|introduction): +(?![\"'|>#])[^#]*? (?P<lost>#\S.*)"
)

_DECISIONS = frozenset(field.name for field in dataclasses.fields(Curation))

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
    paths = _files(folder.papers, folder, errors)
    papers = _read_all(paths, folder, errors, read_paper)
    edition_paths = _files(folder.editions, folder, errors)
    editions = _read_all(edition_paths, folder, errors, read_edition)
    ledger = _read_all(_files(folder.ledger, folder, errors), folder, errors, read_ledger_entry)
    library = Library(papers, editions, ledger, paths)
    if not errors:
        errors.extend(_cross_check(library, edition_paths, folder))
    if errors:
        raise ContentErrors(errors)
    return library


def _files(part: Path, folder: Folder, errors: list[ContentError]) -> dict[str, Path]:
    """The files of a part of the library by their names without ending, in order.

    The name of a record or an edition is its address, so two years cannot share one.
    """
    found: dict[str, Path] = {}
    for path in sorted(part.rglob("*")):
        ending = path.suffix
        if ending != ".yml":
            if ending.lower() in {".yml", ".yaml"}:
                remedy = f"rename it to {path.stem}.yml"
                errors.append(ContentError(folder.name(path), f"ends in {ending!r}", remedy))
            continue
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
    paths: Mapping[str, Path],
    folder: Folder,
    errors: list[ContentError],
    read: Callable[[Fields, str], T],
) -> dict[str, T]:
    found = {}
    for key, path in paths.items():
        name = folder.name(path)
        try:
            text = text_of(path, name)
            errors.extend(_lost_text(text, name))
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


def _lost_text(text: str, name: str) -> Iterator[ContentError]:
    """Words that YAML takes for a comment: `note: The #1 paper` is "The"."""
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _HASH.match(line):
            yield ContentError(
                name,
                f"what follows ` #` is a comment, so {found['lost']!r} is lost",
                'put the text in quotes, or write it below "field: |"',
                line=number,
                field=found["field"],
            )


def text_of(path: Path, name: str) -> str:
    """The text of a file that somebody wrote.

    Raises:
        ContentError: If it is not UTF-8, or cannot be read.
    """
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
    fields.inside, fields.inside_of = _DECISIONS, "curation"
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
    votes = fields.count("votes")
    fields.finish()
    if date is None or source is None:
        return None
    return Appearance(date, source, file or "", title, abstract, votes)


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
    if day := iso_day(stem):
        return day
    fields.complain(None, f"{stem!r} is not a day", "name the file as 2026-08-19.yml")
    return _NO_DAY


def _cross_check(
    library: Library, edition_paths: Mapping[str, Path], folder: Folder
) -> Iterator[ContentError]:
    """What no file can be blamed for alone: names that point nowhere."""
    remedy = "write the name of its file without .yml"
    for slug, paper in library.papers.items():
        for where, other in _named(paper.curation):
            if other == slug or other not in library.papers:
                problem = f"{other!r} is no other paper of the library"
                yield located(library.files[slug], folder, where, problem, remedy)
            elif where[-1] == "same_as" and (end := library.papers[other].curation.same_as):
                # Redirects that lead to redirects lose readers; in a circle they lose the papers.
                problem = f"{other!r} is itself said to be the same as {end!r}"
                yield located(
                    library.files[slug], folder, where, problem, "name the record that stays"
                )
    yield from _shared_ids(library, folder)
    for name, edition in library.editions.items():
        for index, slug in enumerate(edition.picks):
            if slug not in library.papers:
                problem = f"{slug!r} is no paper of the library"
                yield located(edition_paths[name], folder, ("picks", index), problem, remedy)


def _shared_ids(library: Library, folder: Folder) -> Iterator[ContentError]:
    """Two records of one work: an identifier names one paper, unless the curator merged them."""
    owners: dict[tuple[str, str], str] = {}
    for slug, paper in library.papers.items():
        if paper.curation.same_as:
            continue
        for kind, value in paper.ids.items():
            other = owners.setdefault((kind, value), slug)
            if other != slug:
                problem = f"{value!r} is also that of {folder.name(library.files[other])}"
                remedy = "correct one, or say `same_as` under `curation` in one of the two"
                yield located(library.files[slug], folder, ("ids", kind), problem, remedy)


def _named(curation: Curation) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where a curator names other papers, and which."""
    if curation.same_as:
        yield ("curation", "same_as"), curation.same_as
    for index, slug in enumerate(curation.distinct_from):
        yield ("curation", "distinct_from", index), slug


def located(
    path: Path, folder: Folder, where: tuple[str | int, ...], problem: str, remedy: str
) -> ContentError:
    """A mistake that shows only beside other files, with the line on which it stands."""
    name = folder.name(path)
    line = yamlio.line_of(text_of(path, name), where) if path.is_file() else None
    return ContentError(name, problem, remedy, line=line, field=dotted(where))
