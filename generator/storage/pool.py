"""Candidates: papers of raw feeds that wait for the curator, in ``content/candidates/``.

A file a day, a line a paper, as JSON: a feed brings two hundred a day, and years of them must be
read in seconds. A line begins with the slug and the status, so that an editor can decide by
changing one word; the other fields are those of a paper's record.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.errors import ContentError
from generator.folder import Folder
from generator.model import Curation, Paper, Status
from generator.storage import records, yamlio
from generator.storage.fields import Fields, iso_day, kind
from generator.storage.papers import read_paper


def read_pool(folder: Folder, errors: list[ContentError]) -> dict[str, Paper]:
    """All candidates by slug; mistakes go to ``errors``."""
    found: dict[str, Paper] = {}
    for path in sorted(folder.candidates.glob("*.jsonl")):
        name = folder.name(path)
        try:
            text = yamlio.text_of(path, name)
        except ContentError as error:
            errors.append(error)
            continue
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip() and (paper := _paper(line, number, name, errors)):
                if paper.slug in found:
                    problem = f"{paper.slug!r} is a candidate already"
                    errors.append(ContentError(name, problem, "remove one line", line=number))
                found[paper.slug] = paper
    return dict(sorted(found.items()))


def _paper(line: str, number: int, name: str, errors: list[ContentError]) -> Paper | None:
    """The paper of a line; mistakes go to ``errors``, with the line."""
    mistakes: list[ContentError] = []
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        problem = f"is not JSON: {error}"
        errors.append(ContentError(name, problem, "write one paper a line", line=number))
        return None
    if not isinstance(value, dict):
        problem = f"is {kind(value)}, not a paper"
        errors.append(ContentError(name, problem, "write one paper a line", line=number))
        return None
    slug = str(value.pop("slug", ""))
    fields = Fields(_record(value), name, "", mistakes)
    status = fields.choice("status", Status)
    paper = read_paper(fields, slug, Curation(status=status or Status.CANDIDATE))
    if paper.merged_into and status is not Status.CANDIDATE:
        remedy = f'decide about that one, and write "candidate" here: {paper.merged_into}'
        fields.complain("status", "is that of a line which only leads to another paper", remedy)
    fields.finish()
    errors.extend(
        ContentError(name, each.problem, each.remedy, line=number, field=each.field)
        for each in mistakes
    )
    return None if mistakes else paper


def _record(value: Mapping[str, Any]) -> dict[str, Any]:
    """A line's fields as a record's file would give them: JSON has no days."""
    record = dict(value)
    if "published" in record:
        record["published"] = _day(record["published"])
    if isinstance(seen := record.get("appearances"), list):
        record["appearances"] = [
            {**each, "date": _day(each.get("date"))} if isinstance(each, dict) else each
            for each in seen
        ]
    return record


def _day(value: object) -> object:
    return (iso_day(value) or value) if isinstance(value, str) else value


def pool_path(paper: Paper, folder: Folder) -> Path:
    """The file in which a candidate waits: that of its first day."""
    return folder.candidates / f"{paper.date.isoformat()}.jsonl"


def pool_text(papers: Iterable[Paper]) -> str:
    """The file of a day's candidates."""
    return "".join(_lines(papers))


def _lines(papers: Iterable[Paper]) -> Iterator[str]:
    for paper in sorted(papers, key=lambda paper: paper.slug):
        line = {"slug": paper.slug, "status": paper.curation.status, **records.fields(paper)}
        line["abstract"] = paper.source_abstract
        yield json.dumps(line, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
