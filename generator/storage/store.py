"""What a run writes under ``content/``: the records, the candidates' files, the ledger's entries.

How it is written, whole or not at all, is the business of :mod:`generator.storage.journal`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.errors import DigestError
from generator.folder import Folder
from generator.ingest.planning import Plan, ledger_name
from generator.model import Paper
from generator.storage import journal, records
from generator.storage.library import Library
from generator.storage.pool import pool_path, pool_text


def write_plan(plan: Plan, library: Library, folder: Folder) -> None:
    """Bring ``content/`` up to date; whoever calls holds the lock.

    Raises:
        DigestError: If a file cannot be read or written.
    """
    journal.commit(plan_changes(plan, library, folder), folder)


def plan_changes(plan: Plan, library: Library, folder: Folder) -> dict[Path, str | None]:
    """What a plan writes: texts by their files, ``None`` for a file that goes.

    Raises:
        DigestError: If a file cannot be read.
    """
    changes = _both(plan.papers, plan.candidates, library, folder)
    for entry in plan.ledger:
        changes[folder.ledger / ledger_name(entry)] = records.ledger_text(entry)
    return changes


def write_choices(
    accepted: Mapping[str, Paper], waiting: Mapping[str, Paper], library: Library, folder: Folder
) -> None:
    """Write candidates of which the curator has decided: papers now, or still candidates.

    Raises:
        DigestError: If a file cannot be read or written.
    """
    journal.commit(_both(accepted, waiting, library, folder), folder)


def write_papers(papers: Mapping[str, Paper], library: Library, folder: Folder) -> None:
    """Write papers that are in the library, in their own files or among the candidates.

    Raises:
        DigestError: If a file cannot be read or written.
    """
    waiting = {slug: paper for slug, paper in papers.items() if slug in library.candidates}
    own = {slug: paper for slug, paper in papers.items() if slug not in waiting}
    write_choices(own, waiting, library, folder)


def _both(
    papers: Mapping[str, Paper], waiting: Mapping[str, Paper], library: Library, folder: Folder
) -> dict[Path, str | None]:
    """The files of papers, and those of candidates; a paper is no candidate any more."""
    changes = dict(_changes(papers, library, folder))
    return changes | _pool_changes(waiting, set(papers), library, folder)


def paper_path(paper: Paper, folder: Folder) -> Path:
    """Where the record of a paper belongs: the year of its first appearance."""
    return folder.papers / f"{paper.date.year:04}" / f"{paper.slug}.yml"


def _changes(
    papers: Mapping[str, Paper], library: Library, folder: Folder
) -> Iterator[tuple[Path, str | None]]:
    """The files of some papers; what is as it was is left out."""
    for slug, paper in papers.items():
        path = paper_path(paper, folder)
        old = None if slug in library.candidates else library.files.get(slug)
        if old is None:
            yield path, records.paper_text(paper)
            continue
        before = _read(old)
        text = records.updated_text(before, paper)
        if old != path:
            yield old, None
        if old != path or text != before:
            yield path, text


def _pool_changes(
    waiting: Mapping[str, Paper], gone: set[str], library: Library, folder: Folder
) -> dict[Path, str | None]:
    """The candidates' files that change: a day's file is written anew, or removed when empty."""
    changed = set(waiting) | gone & set(library.candidates)
    after = {**library.candidates, **waiting}
    left = {slug: paper for slug, paper in after.items() if slug not in gone}
    days = {
        pool_path(papers[slug], folder)
        for papers in (library.candidates, waiting)
        for slug in changed & set(papers)
    }
    by_day: defaultdict[Path, list[Paper]] = defaultdict(list)
    for paper in left.values():
        by_day[pool_path(paper, folder)].append(paper)
    return {day: pool_text(by_day[day]) if by_day[day] else None for day in sorted(days)}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DigestError(f"{path}: cannot be read: {error.strerror}; check the file") from None
