"""The nouns of a digest: frozen data that knows nothing of files, networks or pages.

This module imports the standard library alone. Values are validated where they enter
(:mod:`generator.storage.library` for what people write, :mod:`generator.sources` for listings);
here they are only held, together with what can be said of one object by looking at it alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: Days that feeds, archives and file systems can hold (32 bits of seconds).
FIRST_YEAR, LAST_YEAR = 1900, 2105


class LinkKind(StrEnum):
    """What a link of a paper leads to."""

    PAPER = "paper"
    CODE = "code"
    PROJECT = "project"
    DATA = "data"
    VIDEO = "video"


class Status(StrEnum):
    """Where a paper stands with the curator. Only accepted papers are published."""

    ACCEPTED = "accepted"
    CANDIDATE = "candidate"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Link:
    """An address that belongs to a paper; always ``http`` or ``https``."""

    kind: LinkKind
    url: str


class Rule(StrEnum):
    """Why two records are one work, the surest reason first (:mod:`generator.identity`)."""

    SAME_ID = "same identifier"
    SAME_TEXT = "same title and abstract"
    NEAR_TEXT = "nearly the same title and abstract"
    CUT_TEXT = "same title and the beginning of the abstract"
    SAME_TITLE = "same title alone"


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule by which two records are one work, and how alike they are (0 to 100).

    ``abstract_score`` is ``None`` where one of the two has no abstract.
    """

    rule: Rule
    title_score: float
    abstract_score: float | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """One listing that showed a paper.

    Ordered by day, then source, then file: the order in which readers could have seen the paper,
    whatever the order of ingestion. ``title`` and ``abstract`` hold what that listing said where it
    differs from the record (a preprint is retitled, an abstract revised); else they are ``None``.
    ``votes`` is how many readers had voted for the paper there, and ``ids`` are the identifiers (as
    pairs of kind and value, in order) that it gave, if the listing says so. ``reason`` is why this
    appearance is of the same work as the others; the first one needs none. ``is_raw`` marks a feed
    from which papers are chosen: it makes no edition and sets no date.
    """

    date: dt.date
    source: str
    file: str
    title: str | None = None
    abstract: str | None = None
    votes: int | None = None
    ids: tuple[tuple[str, str], ...] = ()
    reason: Reason | None = None
    is_raw: bool = False

    @property
    def listing(self) -> tuple[dt.date, str, str]:
        """Which listing this is: its day, source and file."""
        return (self.date, self.source, self.file)

    def __lt__(self, other: Appearance) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[object, ...]:
        return (*self.listing, self.title or "", self.abstract or "", self.votes or -1, self.ids)


@dataclass(frozen=True, slots=True)
class Completion:
    """Facts that no listing gave and another record of the same work did.

    ``fields`` are what it gave, such as ``authors`` or ``ids.arxiv``; ``reason`` is why it is taken
    for the same work; ``source`` and ``file`` say where it stood; ``note`` what that source says of
    its own sureness.
    """

    source: str
    file: str
    fields: tuple[str, ...]
    reason: Reason
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One paper as one listing shows it, cleaned, not yet compared with the library.

    ``line`` is where it begins in the listing, counted from 1. ``ids`` are without versions
    (:mod:`generator.text.identifiers`). ``date`` is the day on which the listing showed it, where
    it says one of its own; ``votes`` how many readers had voted for it there; ``note`` what the
    listing says of its own sureness. Facts about a paper have no abstract: it is "" then.
    """

    title: str
    abstract: str
    line: int
    authors: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    published: dt.date | None = None
    links: tuple[Link, ...] = ()
    date: dt.date | None = None
    votes: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Curation:
    """What people decided about one paper. No ingestion and no build writes it.

    ``topics`` replaces the computed topics; ``add_topics`` and ``drop_topics`` amend them.
    ``same_as`` names the paper that this one repeats, ``distinct_from`` the papers that it only
    resembles. ``title``, ``abstract``, ``authors``, ``published`` and ``links`` correct the source,
    each as a whole, unless they are ``None``; ``ids`` are pairs of a kind and its value, ``None``
    if the source's is not the paper's. ``formerly`` are slugs that the paper had.
    """

    topics: tuple[str, ...] | None = None
    add_topics: tuple[str, ...] = ()
    drop_topics: tuple[str, ...] = ()
    pick: bool = False
    note: str | None = None
    status: Status = Status.ACCEPTED
    hidden: bool = False
    same_as: str | None = None
    distinct_from: tuple[str, ...] = ()
    title: str | None = None
    abstract: str | None = None
    authors: tuple[str, ...] | None = None
    ids: tuple[tuple[str, str | None], ...] = ()
    published: dt.date | None = None
    links: tuple[Link, ...] | None = None
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the library: what sources said of it and what the curator decided.

    What begins with ``source_`` is the sources'; readers are shown the properties of the same names
    without it (:attr:`title`, :attr:`ids`, …), in which the curator's corrections win.
    ``merged_into`` is the paper that this record turned out to be, after both had come in apart: it
    only redirects.
    """

    slug: str
    source_title: str
    source_abstract: str
    appearances: tuple[Appearance, ...]
    source_authors: tuple[str, ...] = ()
    source_ids: Mapping[str, str] = field(default_factory=dict)
    source_published: dt.date | None = None
    source_links: tuple[Link, ...] = ()
    completions: tuple[Completion, ...] = ()
    merged_into: str | None = None
    curation: Curation = Curation()

    @property
    def same_as(self) -> str | None:
        """The paper that this record is, if it is another's: in the curator's word, or found."""
        return self.curation.same_as or self.merged_into

    @property
    def title(self) -> str:
        """The title that readers see."""
        return self.curation.title or self.source_title

    @property
    def abstract(self) -> str:
        """The abstract that readers see."""
        return self.curation.abstract or self.source_abstract

    @property
    def authors(self) -> tuple[str, ...]:
        """Those who wrote it, as far as they are known."""
        corrected = self.curation.authors
        return self.source_authors if corrected is None else corrected

    @property
    def ids(self) -> Mapping[str, str]:
        """Its identifiers by their kinds; one that the curator took away is none."""
        if not self.curation.ids:
            return self.source_ids
        ids = {**self.source_ids, **dict(self.curation.ids)}
        return {kind: value for kind, value in sorted(ids.items()) if value is not None}

    @property
    def denied_ids(self) -> frozenset[tuple[str, str]]:
        """The sources' identifiers that the curator corrected or took away."""
        if not self.curation.ids:
            return frozenset()
        return frozenset(self.source_ids.items() - self.ids.items())

    @property
    def published(self) -> dt.date | None:
        """The day on which it was published, if it is known."""
        return self.curation.published or self.source_published

    @property
    def links(self) -> tuple[Link, ...]:
        """The addresses that belong to it."""
        corrected = self.curation.links
        return self.source_links if corrected is None else corrected

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Every title with its abstract that a source gave, the record's own first, each once."""
        own = (self.source_title, self.source_abstract)
        others = (
            (seen.title or self.source_title, seen.abstract or self.source_abstract)
            for seen in self.appearances
        )
        return tuple(dict.fromkeys((own, *others)))

    @property
    def date(self) -> dt.date:
        """The digest's date of the paper: the day of its first appearance.

        A raw feed has almost everything; the day on which somebody chose the paper counts for more.
        """
        chosen = [seen for seen in self.appearances if not seen.is_raw]
        return min(chosen or self.appearances).date

    @property
    def is_public(self) -> bool:
        """Whether the paper is on the site, in feeds, search and exports."""
        curation = self.curation
        is_accepted = curation.status is Status.ACCEPTED
        return is_accepted and not curation.hidden and self.same_as is None


@dataclass(frozen=True, slots=True)
class Edition:
    """One day of the digest, as its editor presents it. Every field but the date is optional."""

    date: dt.date
    title: str | None = None
    introduction: str | None = None
    picks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against a topic.

    ``phrase`` is the text as it stands in the paper, ``place`` where it stands (``title``,
    ``abstract``, …), ``weight`` what it adds to the topic's score (negative: what spoke against).
    """

    phrase: str
    place: str
    weight: float


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How strongly the rules, or the curator, put a paper under a topic."""

    topic: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    by_curator: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record of a listing that does not go in, and why (a reason that a person reads).

    ``is_fault`` tells a mistake in the listing from what is left out on purpose (a replacement of a
    paper that came before).
    """

    line: int
    title: str
    reason: str
    is_fault: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """What one saved or fetched listing holds, before anything is decided about it.

    ``file`` is its name without folders, ``date`` the day that it gives itself, if any.
    ``fingerprint`` is the SHA-256 of its text with line ends, blank lines and outer spaces folded
    away: a listing is known by its content, not by its name. ``rejected`` are its records that do
    not go in; ``total`` is how many it says there are, if it says so. ``papers`` are whole papers,
    decisions included, where another digest exported them; then there are no ``records``.
    """

    source: str
    file: str
    fingerprint: str
    records: tuple[SourceRecord, ...]
    date: dt.date | None = None
    warnings: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    total: int | None = None
    papers: tuple[Paper, ...] = ()
