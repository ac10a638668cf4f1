"""All of a digest's content, read and checked together.

Each file is checked where it is read; what only shows between files (a topic that the taxonomy does
not know, a ledger that does not add up) is checked here. Every mistake is found in one go.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from generator import config
from generator.digest import Site
from generator.errors import ContentError, ContentErrors
from generator.folder import Folder
from generator.intake import LedgerEntry
from generator.model import Paper
from generator.storage import library, yamlio
from generator.storage.library import Library, located
from generator.storage.pool import pool_path
from generator.storage.redirects import Redirect, read_redirects
from generator.suggestions.forms import read_forms
from generator.topics.lineage import current, renamed, with_current_topics
from generator.topics.taxonomy import Taxonomy, load_taxonomy

T = TypeVar("T")

#: Addresses of pages that every digest has.
GENERATED = (
    *("", "topics/", "topics/unsorted/", "editions/", "titles/", "trends/", "map/", "search/"),
    *("reading-list/", "feeds/", "status/", "api/"),
)
#: Those below which all pages are generated.
_GENERATED_BELOW = ("papers/", "topics/", "editions/", "titles/", "pagefind/", "api/")


@dataclass(frozen=True, slots=True)
class Content:
    """What a digest is made of.

    ``pages`` are the addresses of the hand-written ones; ``moved`` leads from addresses that pages
    left, of which no record and no topic tells, to others.
    """

    site: Site
    taxonomy: Taxonomy
    library: Library
    pages: tuple[str, ...] = ()
    moved: Mapping[str, Redirect] = dataclasses.field(default_factory=dict)


def read(folder: Folder) -> Content:
    """Read and check a digest's folder.

    Raises:
        ContentErrors: Everything that is wrong with it.
    """
    errors: list[ContentError] = []
    site = _tried(errors, lambda: config.read_site(folder))
    topics_name = folder.name(folder.topics_yml)
    taxonomy = _tried(errors, lambda: load_taxonomy(folder.topics_yml, topics_name))
    found = _tried(errors, lambda: library.load(folder))
    if found is not None and taxonomy is not None:
        errors.extend(_unknown_topics(found, taxonomy, folder))
        errors.extend(_unknown_follows(found, taxonomy, folder))
    if found is not None:
        errors.extend(_ledger_faults(found, folder))
    errors.extend(_page_faults(folder))
    _tried(errors, lambda: read_forms(folder))
    moved = read_redirects(folder, errors)
    if errors or site is None or taxonomy is None or found is None:
        raise ContentErrors(errors)
    pages = tuple(map(_page_address, _page_names(folder)))
    return Content(site, taxonomy, _with_current_topics(found, taxonomy), pages, moved)


def hand_written(folder: Folder) -> list[Path]:
    """The hand-written pages, in order."""
    return sorted(folder.pages.rglob("*.md"))


def _page_names(folder: Folder) -> Iterator[str]:
    for path in hand_written(folder):
        yield path.relative_to(folder.pages).as_posix()


def _page_address(name: str) -> str:
    """Where MkDocs puts the page of a file: `a.md`, `a/index.md` and `a/README.md` are one."""
    parts = name.removesuffix(".md").split("/")
    if parts[-1].casefold() in {"index", "readme"}:
        parts.pop()
    return "".join(f"{part}/" for part in parts)


def _page_faults(folder: Folder) -> Iterator[ContentError]:
    """Hand-written pages that cannot be read, or would stand in the way of others."""
    seen: dict[str, str] = {}
    for path, page in zip(hand_written(folder), _page_names(folder), strict=True):
        name, address = folder.name(path), _page_address(page)
        try:
            yamlio.text_of(path, name)
        except ContentError as error:
            yield error
        if address in GENERATED or address.startswith(_GENERATED_BELOW):
            problem = f"the page /{address} is made by the generator"
            yield ContentError(name, problem, "rename the file")
        elif address in seen:
            yield ContentError(name, f"is the page of {seen[address]} too", "rename one of the two")
        seen.setdefault(address, name)


def _tried(errors: list[ContentError], read_part: Callable[[], T]) -> T | None:
    try:
        return read_part()
    except ContentErrors as several:
        errors.extend(several.errors)
    except ContentError as error:
        errors.append(error)
    return None


def _with_current_topics(found: Library, taxonomy: Taxonomy) -> Library:
    """A library that names topics as they are called now."""
    former = renamed(taxonomy.topics)
    if not former:
        return found
    return replace(
        found,
        papers={slug: with_current_topics(each, former) for slug, each in found.papers.items()},
        candidates={
            slug: with_current_topics(each, former) for slug, each in found.candidates.items()
        },
        follow=current(found.follow, former),
    )


def _unknown_topics(found: Library, taxonomy: Taxonomy, folder: Folder) -> Iterator[ContentError]:
    """Topics in a curator's decisions that ``topics.yml`` does not have."""
    known = {*taxonomy.ids, *renamed(taxonomy.topics)}
    for slug, paper in found.papers.items():
        for field, index, topic in _decided_topics(paper):
            if topic not in known:
                close = _near_topic(topic, taxonomy)
                yield located(
                    found.files[slug],
                    folder,
                    ("curation", field, index),
                    f"{topic!r} is no topic of {folder.name(folder.topics_yml)}",
                    f"did you mean {close!r}?" if close else "write the id of a topic there",
                )


def _unknown_follows(found: Library, taxonomy: Taxonomy, folder: Folder) -> Iterator[ContentError]:
    """Topics that are followed, and that ``topics.yml`` does not have."""
    known = {*taxonomy.ids, *renamed(taxonomy.topics)}
    for index, topic in enumerate(found.follow):
        if topic not in known:
            close = _near_topic(topic, taxonomy)
            problem = f"{topic!r} is no topic of {folder.name(folder.topics_yml)}"
            remedy = f"did you mean {close!r}?" if close else "write the id of a topic there"
            yield located(folder.sources_yml, folder, ("follow", index), problem, remedy)


def _near_topic(written: str, taxonomy: Taxonomy) -> str | None:
    """The id that somebody may have meant: by a word of a topic's title, or by its spelling."""
    for topic in taxonomy.topics:
        if written.casefold() in topic.title.casefold().replace(",", "").split():
            return topic.id
    close = difflib.get_close_matches(written, taxonomy.ids, n=1, cutoff=0.7)
    return close[0] if close else None


def _decided_topics(paper: Paper) -> Iterator[tuple[str, int, str]]:
    curation = paper.curation
    for field, topics in (
        ("topics", curation.topics or ()),
        ("add_topics", curation.add_topics),
        ("drop_topics", curation.drop_topics),
    ):
        for index, topic in enumerate(topics):
            yield field, index, topic


def _ledger_faults(found: Library, folder: Folder) -> Iterator[ContentError]:
    """Records that came in and are nowhere, and listings that count twice."""
    files: dict[str, str] = {}
    papers = found.everything
    for name, entry in found.ledger.items():
        path = folder.ledger / f"{name}.yml"
        if entry.fingerprint in files:
            problem = f"is the same listing as {files[entry.fingerprint]}"
            yield located(path, folder, ("fingerprint",), problem, "remove one of the two")
        files.setdefault(entry.fingerprint, folder.name(path))
        yield from _lost_records(entry, path, papers, found.files, folder)


def _lost_records(
    entry: LedgerEntry,
    path: Path,
    papers: Mapping[str, Paper],
    files: Mapping[str, Path],
    folder: Folder,
) -> Iterator[ContentError]:
    for index, slug in enumerate(entry.papers):
        if slug not in papers:
            yield located(
                path,
                folder,
                ("papers", index),
                f"{slug!r} is no paper of the library, but a listing brought it",
                "restore its record (`hidden: true` under `curation` takes a paper off the site); "
                "if you renamed it, write this name under `formerly` in its `curation`",
            )
        elif entry.is_export:  # its papers came with the appearances of another digest
            continue
        elif not any(seen.listing == entry.listing for seen in papers[slug].appearances):
            yield located(
                files.get(slug) or pool_path(papers[slug], folder),
                folder,
                ("appearances",),
                f"lacks the appearance of {entry.date} in {entry.source} ({entry.file})",
                f"restore it: the ledger has it in {folder.name(path)}",
            )
