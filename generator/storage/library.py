"""The library: what lies under ``content/``, read whole and checked, before anything is made of it.

Reading collects every mistake in every file and raises them together
(:class:`~generator.errors.ContentErrors`). Writing is in :mod:`generator.storage.records`.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from generator.errors import ContentError, ContentErrors
from generator.folder import Folder
from generator.intake import LedgerEntry, Source
from generator.memory import uncollected
from generator.model import Edition, Paper, Status
from generator.parallel import shared_out
from generator.storage import former, journal, yamlio
from generator.storage.catalogue import read_catalogue
from generator.storage.fields import Fields, dotted, iso_day
from generator.storage.ledger import read_ledger_entry
from generator.storage.papers import read_paper
from generator.storage.pool import pool_path, read_pool

T = TypeVar("T")

#: So often a library is read anew that changes while it is read.
_TRIES = 5

#: With fewer files a process is not worth its while.
_WORTH_SHARING = 200

#: Stands for a day that could not be read; its complaint keeps the record out of the library.
_NO_DAY = dt.date.min

#: A text that somebody wrote on one line without quotes, with a hash that touches what follows it:
#: a comment has a space there.
_HASH = re.compile(
    r"\s*(?P<field>note|title|abstract|introduction): +(?![\"'|>#])[^#]*? (?P<lost>#\S.*)"
)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything under ``content/`` but the taxonomy and the hand-written pages.

    ``papers`` are by slug, ``editions`` by date as text; ``files`` says where each paper's record
    lies; ``ledger`` is by the names of its files without ending. ``candidates`` are the papers that
    lie in ``content/candidates/``, declined ones too; one that the curator accepted by a word there
    is among ``papers`` as well. ``sources`` are by id, ``follow`` the topics that are followed.
    ``moved`` leads from slugs that papers had to those that they have; everything else here names
    papers as they are called now.
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    editions: Mapping[str, Edition] = field(default_factory=dict)
    ledger: Mapping[str, LedgerEntry] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict, repr=False)
    candidates: Mapping[str, Paper] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    follow: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> dict[str, Paper]:
        """Papers and candidates by slug."""
        return {**self.candidates, **self.papers}


def stays(slug: str, papers: Mapping[str, Paper]) -> str:
    """The paper that a record is in the end: itself, or the one that it was merged into."""
    return way(slug, papers)[-1]


def way(slug: str, papers: Mapping[str, Paper]) -> tuple[str, ...]:
    """The records over which a record leads to the paper that it is in the end, itself first."""
    passed = {slug: None}
    while (other := papers[slug].same_as) and other in papers and other not in passed:
        slug = other
        passed[slug] = None
    return tuple(passed)


@uncollected
def load(folder: Folder) -> Library:
    """Read the library.

    Raises:
        ContentErrors: If anything in it is not as the record format asks; all mistakes at once.
        DigestError: If a run that was killed cannot be finished.
    """
    for _ in range(_TRIES):
        journal.recover(folder)
        before = journal.mark(folder)
        found, errors = _read(folder)
        if journal.mark(folder) == before and not folder.journal.exists():
            break  # else a run was written meanwhile, and half of it was read
    if errors:
        raise ContentErrors(errors)
    return found


def _read(folder: Folder) -> tuple[Library, list[ContentError]]:
    """The library and the mistakes in it."""
    errors: list[ContentError] = []
    paths = _files(folder.papers, folder, errors)
    papers = _read_all(paths, folder, errors, read_paper)
    edition_paths = _files(folder.editions, folder, errors)
    editions = _read_all(edition_paths, folder, errors, read_edition)
    ledger = _read_all(_files(folder.ledger, folder, errors), folder, errors, read_ledger_entry)
    catalogue = read_catalogue(folder, errors)
    candidates = read_pool(folder, errors)
    accepted = {s: p for s, p in candidates.items() if p.curation.status is Status.ACCEPTED}
    errors.extend(_twice(candidates, paths, folder))
    moved = former.former_slugs(papers.values())
    for fault in former.faults(papers, {*paths, *candidates}):
        where, remedy = ("curation", "formerly", fault.place), "an address leads to one paper only"
        errors.append(located(paths[fault.slug], folder, where, fault.problem, remedy))
    library = Library(
        papers={**papers, **accepted},
        moved=moved,
        editions=editions,
        ledger=ledger,
        files={**paths, **{slug: pool_path(paper, folder) for slug, paper in accepted.items()}},
        candidates=candidates,
        sources=catalogue.sources,
        follow=catalogue.follow,
    )
    if moved:
        library = _with_current_names(library)
    if not errors:
        errors.extend(_cross_check(library, edition_paths, folder))
    resolved = {name: _resolved(each, library.papers) for name, each in library.editions.items()}
    return replace(library, editions=resolved), errors


def _with_current_names(library: Library) -> Library:
    now = former.Renamed(library.moved)
    return replace(
        library,
        papers={slug: now.paper(each) for slug, each in library.papers.items()},
        candidates={slug: now.paper(each) for slug, each in library.candidates.items()},
        editions={name: now.edition(each) for name, each in library.editions.items()},
        ledger={name: now.entry(each) for name, each in library.ledger.items()},
    )


def _resolved(edition: Edition, papers: Mapping[str, Paper]) -> Edition:
    """An edition whose picks are the papers that they are now; two of them may be one by now."""
    picks = (stays(slug, papers) if slug in papers else slug for slug in edition.picks)
    return replace(edition, picks=tuple(picks))


def _twice(
    candidates: Mapping[str, Paper], paths: Mapping[str, Path], folder: Folder
) -> Iterator[ContentError]:
    """Candidates that are papers already."""
    for slug, paper in candidates.items():
        if slug in paths:
            name, other = folder.name(pool_path(paper, folder)), folder.name(paths[slug])
            problem = f"{slug!r} is a paper already: {other}"
            yield ContentError(name, problem, "remove its line here")


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
    found: dict[str, T] = {}
    for values, mistakes in shared_out(
        lambda part: _read_part(part, folder, read), tuple(paths.items()), _WORTH_SHARING
    ):
        found |= values
        errors += mistakes
    return found


def _read_part(
    paths: Iterable[tuple[str, Path]], folder: Folder, read: Callable[[Fields, str], T]
) -> tuple[dict[str, T], list[ContentError]]:
    """Some files: what those without a mistake hold, and the mistakes in the others."""
    found: dict[str, T] = {}
    errors: list[ContentError] = []
    for key, path in paths:
        name = folder.name(path)
        try:
            text = yamlio.text_of(path, name)
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
    return found, errors


def _lost_text(text: str, name: str) -> Iterator[ContentError]:
    """Words that YAML takes for a comment: `note: The #1 paper` is "The"."""
    lines = text.split("\n")
    if not any(map(_HASH.match, lines)):
        return
    # Only now is it worth finding out which lines are fields: an abstract may have such lines too.
    for number in yamlio.plain_lines(text):
        if found := _HASH.match(lines[number - 1]):
            yield ContentError(
                name,
                f"what follows ` #` is a comment, so {found['lost']!r} is lost",
                'put the text in quotes, or write it below "field: |"',
                line=number,
                field=found["field"],
            )


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
    everything = library.everything
    for slug, paper in library.papers.items():
        for where, other in _named(paper):
            known = everything if "distinct_from" in where else library.papers
            if other == slug or other not in known:
                problem = f"{other!r} is no other paper of the library"
                close = difflib.get_close_matches(other, known.keys() - {slug}, n=1)
                remedy = "write the name of its file without .yml"
                remedy = f"did you mean {close[0]!r}?" if close else remedy
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
                path = edition_paths[name]
                yield located(path, folder, ("picks", index), *_no_pick(slug, library))


def _no_pick(slug: str, library: Library) -> tuple[str, str]:
    """Why something cannot be picked, and what to do about it."""
    if slug in library.candidates:
        declined = library.candidates[slug].curation.status is Status.DECLINED
        state = "was declined" if declined else "is a candidate"
        return f"{slug!r} {state}", f"accept it (`digest curate --accept {slug}`) or take it out"
    close = difflib.get_close_matches(slug, library.papers, n=1)
    remedy = "write the name of its file without .yml, which is the last part of its address"
    return (
        f"{slug!r} is no paper of the library",
        f"did you mean {close[0]!r}?" if close else remedy,
    )


def _shared_ids(library: Library, folder: Folder) -> Iterator[ContentError]:
    """Two records of one work: an identifier names one paper, unless the curator merged them."""
    owners: dict[tuple[str, str], str] = {}
    for slug, paper in library.papers.items():
        if paper.same_as:
            continue
        for kind, value in paper.ids.items():
            other = owners.setdefault((kind, value), slug)
            if other != slug:
                problem = f"{value!r} is also that of {folder.name(library.files[other])}"
                remedy = "correct one, or say `same_as` under `curation` in one of the two"
                yield located(library.files[slug], folder, ("ids", kind), problem, remedy)


def _named(paper: Paper) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where a record names other papers, and which."""
    if paper.merged_into:
        yield ("merged_into",), paper.merged_into
    if paper.curation.same_as:
        yield ("curation", "same_as"), paper.curation.same_as
    for index, slug in enumerate(paper.curation.distinct_from):
        yield ("curation", "distinct_from", index), slug


def located(
    path: Path, folder: Folder, where: tuple[str | int, ...], problem: str, remedy: str
) -> ContentError:
    """A mistake that shows only beside other files, with the line on which it stands."""
    name = folder.name(path)
    line = yamlio.line_of(yamlio.text_of(path, name), where) if path.is_file() else None
    return ContentError(name, problem, remedy, line=line, field=dotted(where))
