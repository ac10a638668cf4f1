"""Reader of the project's own export: what ``digest export`` prints as ``jsonl`` or ``json``.

With ``--all`` an export holds all that the library knows of its papers, and they come back whole,
as the papers of a listing: the same slugs, texts, appearances and decisions of the curator. Every
record is read as the file that it would be under ``content/papers/``
(:func:`generator.storage.papers.read_paper`), so what the library would refuse is rejected here, in
the same words. Such a listing is of its latest appearance's day.

Without ``--all`` an export says what readers see, and its papers are the records of a listing like
any other: title and abstract are the corrected ones, and the date of publication is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.errors import ContentError, ListingError
from generator.model import Listing, Paper, Rejected, SourceRecord
from generator.sources import json_text
from generator.sources.json_text import Found
from generator.storage.fields import Fields, iso_day, kind
from generator.storage.papers import SLUG, read_paper
from generator.text.cleaning import tidy

SOURCE = "digest-export"

#: What an export has and the record has not, for it can be computed.
_COMPUTED = frozenset({"topics", "date", "url"})
#: What stands elsewhere in the record than in the export.
_MOVED = frozenset({"id", "pick", "note", "status", "hidden", "source", "curation"})
#: Keys by which an export is known; no other format has them together.
_SIGNS = frozenset({"id", "title", "appearances"})
#: Keys that only an export with ``--all`` has.
_WHOLE = frozenset({"status", "curation"})
_NOT_WHOLE = "lacks what the curator decided, which the others have; export all with --all"
#: With ``.yml`` and a temporary ending it stays below the 255 bytes of file systems.
_LONGEST_SLUG = 200


class _Misfit(Exception):  # noqa: N818 - it becomes a rejection
    """Why a record is none."""


@dataclass(frozen=True, slots=True)
class _Read:
    line: int
    paper: Paper
    is_whole: bool


def papers(text: str, file: str) -> tuple[tuple[Paper, ...], tuple[Rejected, ...]]:
    """The papers of an export, as its library has them.

    Args:
        text: The whole export.
        file: Its name, for messages.

    Returns:
        The papers in the export's order, and the records that are none. Each paper is whole; that
        the papers it names exist, and that no two share an identifier, is for the library to see.

    Raises:
        ListingError: If it is an array that is no JSON, or has no record at all.
    """
    found = tuple(_read_all(text, file))
    return (
        tuple(each.paper for each in found if isinstance(each, _Read)),
        tuple(each for each in found if isinstance(each, Rejected)),
    )


class OwnExport:
    """The project's own export to JSON (see the module)."""

    FORMAT = "JSON export of a digest"

    def recognises(self, text: str) -> bool:
        """Whether one of the first objects has the keys of an exported paper."""
        return any(keys >= _SIGNS and "paper" not in keys for keys in json_text.all_keys(text))

    def read(
        self,
        text: str,
        file: str,
        fingerprint: str,
        today: dt.date,  # noqa: ARG002 - its days have years
        *,
        partial: bool = False,
    ) -> Listing:
        """See :class:`generator.sources.Reader`.

        With ``partial`` all papers are given as facts, also those that are not public.

        Raises:
            ListingError: As :func:`papers` does.
        """
        found = tuple(_read_all(text, file))
        read = [each for each in found if isinstance(each, _Read)]
        rejected = [each for each in found if isinstance(each, Rejected)]
        whole = [each for each in read if each.is_whole]
        if partial or not whole:
            records = tuple(map(_source_record, read))
            return Listing(SOURCE, file, fingerprint, records, rejected=tuple(rejected))
        rejected.extend(
            Rejected(each.line, each.paper.title, _NOT_WHOLE) for each in read if not each.is_whole
        )
        return Listing(
            SOURCE,
            file,
            fingerprint,
            (),
            date=max(seen.date for each in whole for seen in each.paper.appearances),
            rejected=tuple(sorted(rejected, key=lambda each: each.line)),
            papers=tuple(each.paper for each in whole),
        )


def _source_record(read: _Read) -> SourceRecord:
    paper = read.paper
    return SourceRecord(
        title=paper.title,
        abstract=paper.abstract,
        line=read.line,
        authors=paper.authors,
        ids=paper.ids,
        published=paper.published,
        links=paper.links,
        date=paper.date,
    )


def _read_all(text: str, file: str) -> Iterator[_Read | Rejected]:
    lines: dict[str, int] = {}
    empty = True
    for found in json_text.objects(text, file):
        empty = False
        try:
            paper = _paper(found, file)
        except _Misfit as misfit:
            yield Rejected(found.line, _title(found.value), str(misfit))
            continue
        if first := lines.get(paper.slug):
            reason = f"id: {paper.slug!r} stands twice, first on line {first}; remove one"
            yield Rejected(found.line, paper.title, reason)
            continue
        lines[paper.slug] = found.line
        yield _Read(found.line, paper, is_whole=found.value.keys() >= _WHOLE)
    if empty:
        raise ListingError(file, "has no paper in it", "export it again", line=1)


def _title(value: Any) -> str:
    title = value.get("title") if isinstance(value, dict) else None
    return tidy(title) if isinstance(title, str) else ""


def _paper(found: Found, file: str) -> Paper:
    if found.fault:
        raise _Misfit(found.fault)
    slug = _slug(found.value.get("id"))
    errors: list[ContentError] = []
    fields = Fields(_record(found.value), file, "", errors)
    paper = read_paper(fields, slug)
    fields.finish()
    if errors:
        raise _Misfit(" · ".join(map(_reason, errors)))
    return paper


def _reason(error: ContentError) -> str:
    what = error.problem if error.field is None else f"{error.field}: {error.problem}"
    return f"{what}; {error.remedy}"


def _slug(value: object) -> str:
    if not isinstance(value, str):
        raise _Misfit(f"id: is {kind(value)}, not text; write the paper's address")
    if not SLUG.fullmatch(value):
        raise _Misfit(f"id: {value[:60]!a} is no address; use a-z, 0-9 and single hyphens")
    if len(value) > _LONGEST_SLUG:
        raise _Misfit(f"id: is longer than {_LONGEST_SLUG} characters; shorten it")
    return value


def _record(line: Mapping[str, Any]) -> dict[str, Any]:
    """An exported paper in the form of its file. Unknown keys stay, to be complained of."""
    record = {key: value for key, value in line.items() if key not in _COMPUTED | _MOVED}
    source = _mapping(line, "source")
    if _mapping(line, "curation").get("published") is not None:
        record["published"] = None  # unless the source said one, too
    record |= source
    record["published"] = _day(record.get("published"), "published")
    record["appearances"] = _appearances(record.get("appearances"))
    if isinstance(completed := record.get("completed"), list):
        record["completed"] = [_told(each) for each in completed]
    record["curation"] = _curation(line, corrected=frozenset(source))
    return record


def _curation(line: Mapping[str, Any], corrected: frozenset[str]) -> dict[str, Any]:
    """What the curator set, put together again."""
    curation = dict(_mapping(line, "curation"))
    if "published" in curation:
        curation["published"] = _day(curation["published"], "curation.published")
    if "curation" not in line:
        # The export for readers: a pick of an edition is one too there, and cannot be told apart.
        curation["pick"] = line.get("pick")
    for key in ("note", "status", "hidden"):
        if line.get(key) is not None:
            curation[key] = line[key]
    for key in sorted(corrected & {"title", "abstract"}):
        if line.get(key) is None:
            raise _Misfit(f"{key}: is missing, though `source` has what it corrects; add it")
        curation[key] = line[key]
    return curation


def _mapping(line: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = line.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _Misfit(f"{key}: is {kind(value)}; export it again")
    return value


def _appearances(value: Any) -> Any:
    """Appearances with their days; what is none is left for the library to complain of."""
    if not isinstance(value, list):
        return value
    found = []
    for index, each in enumerate(value):
        if isinstance(each, dict):
            day = _day(each.get("date"), f"appearances[{index}].date")
            found.append(_told(each) | {"date": day})
        else:
            found.append(each)
    return found


def _told(each: Any) -> Any:
    """A part of a record without fields that say nothing: no file is an empty one there."""
    return (
        {key: told for key, told in each.items() if told != ""} if isinstance(each, dict) else each
    )


def _day(value: Any, where: str) -> dt.date | None:
    if value is None:
        return None
    if isinstance(value, str) and (day := iso_day(value)):
        return day
    raise _Misfit(f"{where}: {ascii(value)[:40]} is no day; write it as 2026-08-19")
