"""Decisions about papers, checked and written into the text of their records."""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.console.wording import guess
from generator.curation import Decision, decided
from generator.errors import ContentError, DigestError, UsageError
from generator.folder import Folder
from generator.ingest.slugs import LONGEST_SLUG, is_free
from generator.model import Curation, Paper
from generator.storage import records, yamlio
from generator.storage.fields import Fields
from generator.storage.library import Library
from generator.storage.papers import SLUG, read_paper
from generator.topics.taxonomy import load_taxonomy

#: What is of one paper alone.
_OF_ONE = ("title", "abstract", "same_as", "authors", "ids", "published", "links")


@dataclass(frozen=True, slots=True)
class Edits:
    """What is to be written; ``lines`` tell of it, a line a paper.

    ``changes`` are texts by paths below ``content/``, ``None`` for a file that goes
    (:func:`generator.storage.journal.commit`); a record that stays as it was is not among them.
    """

    changes: dict[Path, str | None]
    lines: tuple[str, ...]


def edits(
    slugs: Iterable[str],
    decision: Decision,
    found: Library,
    folder: Folder,
    rename: str | None = None,
) -> Edits:
    """What a decision changes in the records of papers.

    Args:
        slugs: The papers; former names of them are understood.
        decision: What is decided about each of them.
        found: The library.
        folder: The digest's.
        rename: Another slug for the paper; its old address will lead there.

    Raises:
        DigestError: If a part of it cannot be: then nothing is to be written.
        UsageError: If it contradicts itself, or says of several papers what is of one alone.
    """
    slugs = tuple(dict.fromkeys(found.moved.get(slug, slug) for slug in slugs))
    _check_usage(slugs, decision, rename)
    _check_topics(decision, folder)
    changes: dict[Path, str | None] = {}
    lines = []
    for slug in slugs:
        paper, address = _paper(slug, found), rename or slug
        if address != slug:
            _check_name(address, paper, found)
            decision = replace(decision, formerly=(slug,))
        _check_others(paper, decision, found)
        path = found.files[slug]
        name = folder.name(path)
        after = _decided(paper.curation, decision, address)
        old = yamlio.text_of(path, name)
        new = records.decided_text(old, name, after)
        _check_record(slug, new, name)
        if address != slug:
            changes |= {path: None, path.with_name(f"{address}.yml"): new}
        elif new != old:
            changes[path] = new
        lines.append(f"{name}: {_difference(paper.curation, after) or 'as it was'}")
    return Edits(changes, tuple(lines))


def _check_usage(slugs: tuple[str, ...], decision: Decision, rename: str | None) -> None:
    if len(slugs) > 1 and (rename or any(getattr(decision, name) for name in _OF_ONE)):
        raise UsageError("corrections, --rename and --same-as are of one paper: name one SLUG")
    if decision.by_rules and decision.topics is not None:
        raise UsageError("--topics and --topics-by-rules contradict each other: keep one")
    if twice := set(decision.add_topics) & set(decision.drop_topics):
        raise UsageError(f"{', '.join(sorted(twice))}: is both added and dropped: keep one")


def _decided(before: Curation, decision: Decision, slug: str) -> Curation:
    """A paper that gets back a name that it had is not called so formerly any more."""
    after = decided(before, decision)
    return replace(after, formerly=tuple(old for old in after.formerly if old != slug))


def _check_record(slug: str, text: str, name: str) -> None:
    """What is written has to be what the library reads: a text may hold what no page can show."""
    errors: list[ContentError] = []
    read_paper(Fields(yamlio.load(text, name), name, text, errors), slug)
    if errors:
        wrong = errors[0]
        raise DigestError(
            f"{slug}: {wrong.field}: {wrong.problem}; {wrong.remedy}. Nothing has changed"
        )


def _difference(before: Curation, after: Curation) -> str:
    names = (each.name for each in dataclasses.fields(Curation))
    return ", ".join(name for name in names if getattr(before, name) != getattr(after, name))


def _check_topics(decision: Decision, folder: Folder) -> None:
    said = (*(decision.topics or ()), *decision.add_topics, *decision.drop_topics)
    if not said:
        return
    name = folder.name(folder.topics_yml)
    known = load_taxonomy(folder.topics_yml, name).ids
    for topic in said:
        if topic not in known:
            hint = guess(topic, known) or f"its ids are in {name}."
            raise DigestError(f"{topic}: is no topic; {hint} Nothing has changed")


def _paper(slug: str, found: Library) -> Paper:
    if slug in found.candidates:
        raise DigestError(f"{slug}: is a candidate; --accept it first. Nothing has changed")
    if slug not in found.files:
        hint = guess(slug, found.files) or "a slug is the last part of a page's address."
        raise DigestError(f"{slug}: no paper has this slug; {hint} Nothing has changed")
    return found.papers[slug]


def _check_name(slug: str, paper: Paper, found: Library) -> None:
    """An address that a paper is to have: one that can be, and that nobody has or had."""
    taken: Container[str] = {*found.everything, *found.moved} - {*paper.curation.formerly}
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        problem = f"{slug[: LONGEST_SLUG * 2]!r}: is no address"
        remedy = f"use a-z, 0-9 and single hyphens, at most {LONGEST_SLUG} characters"
        raise DigestError(f"{problem}; {remedy}. Nothing has changed")
    if not is_free(slug, taken):
        raise DigestError(f"{slug}: is taken; choose another. Nothing has changed")


def _check_others(paper: Paper, decision: Decision, found: Library) -> None:
    """Other papers that are named have to be there, and to stay."""
    for other in _named(decision):
        if found.moved.get(other, other) == paper.slug:
            raise DigestError(f"{other}: is the paper itself. Nothing has changed")
        if other not in found.papers and other not in found.moved:
            hint = guess(other, found.papers) or "name one of the library."
            raise DigestError(f"{other}: no paper has this slug; {hint} Nothing has changed")
    same = decision.same_as and found.papers[found.moved.get(decision.same_as, decision.same_as)]
    if same and (end := same.same_as):
        raise DigestError(f"{same.slug}: is itself {end}; name that one. Nothing has changed")


def _named(decision: Decision) -> Iterator[str]:
    if decision.same_as:
        yield decision.same_as
    yield from decision.distinct_from
