"""What comes of a form: changes of files, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.content import Content
from generator.folder import Folder
from generator.model import Paper
from generator.storage.library import Library, stays
from generator.suggestions.answers import slug_in


@dataclass(frozen=True, slots=True)
class Told:
    """A line about a change: what of the paper or topic, and what it is to be.

    ``text`` may be a stranger's; nothing is escaped yet.
    """

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a form asks for.

    Attributes:
        title: Of the pull request: words of ours and slugs alone.
        changes: Texts by files, ``None`` for one that goes (:mod:`generator.storage.journal`).
            Empty if there is nothing that a program could do: then a person reads the form.
        told: What changes, for reader and editor.
        notes: What the editor should know beyond that; nothing is escaped yet.
        hints: The same, in Markdown: words of ours alone.
        remarks: What the reader wrote for the editor, by the labels of the fields.
        slugs: The papers that it is about.
    """

    title: str
    changes: Mapping[Path, str | None] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What a form is put to: the digest as readers see it, and its library as it is written."""

    folder: Folder
    content: Content
    library: Library


def public_paper(written: str, library: Library) -> Paper | None:
    """The paper whose page somebody means; ``None`` if there is no such page.

    Addresses that lead on are followed. A paper that is on no page is not told from one that is
    not there.
    """
    slug = slug_in(written) or ""
    slug = library.moved.get(slug, slug)
    if slug not in library.papers:
        return None
    paper = library.papers[stays(slug, library.papers)]
    return paper if paper.is_public else None


def listed(values: Iterable[str]) -> str:
    """Values as a message has them."""
    return ", ".join(values)
