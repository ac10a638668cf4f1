"""What a letter says: an edition, or all of some days together, short enough to be a letter.

A letter of several days says everything once: picks first, then papers by topic, as an edition of
its own would. What there is no room for is counted, with the address where it stands.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.digest import EditionView, Entry, Section, Site, TopicRef
from generator.feeds.address import uri
from generator.feeds.xml import legal
from generator.mail.openings import opening
from generator.text.cleaning import tidy
from generator.views.paging import front

#: Papers in a letter beside the picks; topics that have a heading of their own. The others are
#: named in one line: a letter is read on a phone, from above, and the edition has everything.
PAPERS = 36
TOPICS = 12
#: Characters of an abstract, of a picked paper and of another one.
OF_A_PICK, OF_A_PAPER = 420, 240
AUTHORS = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper in a letter. ``rest`` says whether the abstract goes on behind its ``opening``."""

    title: str
    address: str
    authors: tuple[str, ...]
    others: int
    opening: str
    rest: bool
    note: str | None
    code: str
    topic: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Papers under a heading; ``count`` are all, ``address`` is where all of them stand."""

    title: str
    address: str
    count: int
    mentions: tuple[Mention, ...]

    @property
    def left(self) -> int:
        """How many papers are not in the letter."""
        return self.count - len(self.mentions)


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition of the letter, as its editor presents it."""

    date: dt.date
    title: str
    introduction: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All that the templates place. ``issues`` are newest first; ``also`` is without mentions."""

    site: Site
    issues: tuple[Issue, ...]
    picks: Part
    parts: tuple[Part, ...]
    also: tuple[Part, ...]
    papers: int
    new: int

    @property
    def name(self) -> str:
        """Its title: what the editor called the day, or the days."""
        if len(self.issues) == 1 and self.issues[0].title:
            return self.issues[0].title
        return self.days

    @property
    def days(self) -> str:
        """Its days, as people write them: ``16 to 20 November 2026``."""
        return span(self.issues[-1].date, self.issues[0].date)

    @property
    def subject(self) -> str:
        """The line in a mailbox; who sends it stands beside it."""
        if self.name != self.days:
            return f"{self.name} ({self.days})"
        return f"{self.days}: {self.counted}"

    @property
    def counted(self) -> str:
        """How many papers, in words."""
        papers = f"{self.papers:,} paper{'' if self.papers == 1 else 's'}"
        return f"{papers}, {self.new:,} new"

    @property
    def preview(self) -> str:
        """What mail programs show beside the subject: what stands first."""
        said = self.counted if self.name != self.days else ""
        shown = [*self.picks.mentions, *(each for part in self.parts for each in part.mentions)]
        return ". ".join(filter(None, (said, "; ".join(each.title for each in shown[:3]))))

    @property
    def address(self) -> str:
        """Where all of it stands on the site."""
        return self.issues[0].address if len(self.issues) == 1 else "editions/"

    @property
    def key(self) -> str:
        """A name for what it says: the same content has the same, on every machine."""
        said = hashlib.sha256(repr(replace(self, site=Site("", "", ""))).encode("utf-8", "replace"))
        first, last = self.issues[-1].date, self.issues[0].date
        days = last.isoformat() if first == last else f"{first.isoformat()}.{last.isoformat()}"
        return f"{days}.{said.hexdigest()[:16]}"


def letter(site: Site, editions: Sequence[EditionView], most: int = PAPERS) -> Letter:
    """The letter of some editions.

    Args:
        site: The site that it is from.
        editions: At least one, newest first.
        most: Papers that it may show; of picks, too, no more.
    """
    days = {edition.date for edition in editions}
    picks = _once(pick for edition in editions for pick in edition.picks)
    sections = _together(editions, {pick.slug for pick in picks})
    entries = _once(entry for edition in editions for entry in edition.entries)
    places = _Places(editions)
    shown = sections if len(sections) <= TOPICS + 1 else sections[:TOPICS]
    sizes = front([len(section.entries) for section in shown], most) if most else [0] * len(shown)
    return Letter(
        site=site,
        issues=tuple(_issue(edition) for edition in editions),
        picks=Part(
            "Editor’s picks",
            places.all,
            len(picks),
            tuple(_mention(entry, days, OF_A_PICK) for entry in picks[:most]),
        ),
        parts=tuple(
            _part(section, size, days, places)
            for section, size in zip(shown, sizes, strict=True)
            if size
        ),
        also=tuple(
            _part(section, 0, days, places)
            for section in (*_unshown(shown, sizes), *sections[len(shown) :])
        ),
        papers=len(entries),
        new=sum(entry.date in days for entry in entries),
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the papers of some editions stand on the site."""

    editions: Sequence[EditionView]

    @property
    def all(self) -> str:
        return self.editions[0].address if len(self.editions) == 1 else "editions/"

    def of(self, section: Section) -> str:
        """A section of the one edition; of several, the topic, where the newest stand first."""
        if len(self.editions) == 1:
            page = self.editions[0].places.get(section.anchor, self.editions[0].address)
            return f"{page}#{section.anchor}"
        return section.topic.address if section.topic else "topics/unsorted/"


def _unshown(sections: Sequence[Section], sizes: Sequence[int]) -> list[Section]:
    return [section for section, size in zip(sections, sizes, strict=True) if not size]


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.slug: entry for entry in entries}.values())


def _together(editions: Sequence[EditionView], without: set[str]) -> tuple[Section, ...]:
    """The sections of all editions as of one, the largest first, those without a topic last."""
    topics: dict[TopicRef | None, list[Entry]] = {}
    for edition in editions:
        for section in edition.sections:
            topics.setdefault(section.topic, []).extend(section.entries)
    sections = []
    for topic, entries in topics.items():
        if left := tuple(entry for entry in _once(entries) if entry.slug not in without):
            sections.append(Section(topic, left))
    return tuple(sorted(sections, key=lambda each: (each.topic is None, -len(each.entries))))


def _part(section: Section, size: int, days: set[dt.date], places: _Places) -> Part:
    return Part(
        tidy(section.topic.title) if section.topic else "Without a topic",
        places.of(section),
        len(section.entries),
        tuple(_mention(entry, days, OF_A_PAPER) for entry in section.entries[:size]),
    )


def _issue(edition: EditionView) -> Issue:
    return Issue(
        edition.date,
        tidy(edition.title or ""),
        legal(edition.introduction) if edition.introduction else None,
        edition.address,
    )


def _mention(entry: Entry, days: set[dt.date], most: int) -> Mention:
    code = entry.link("code")
    abstract = tidy(entry.abstract)
    begins = opening(abstract, most)
    return Mention(
        title=tidy(entry.title),
        address=entry.address,
        authors=tuple(map(tidy, entry.authors[:AUTHORS])),
        others=max(0, len(entry.authors) - AUTHORS),
        opening=begins,
        rest=begins != abstract,
        note=legal(entry.note) if entry.note else None,
        code=uri(code.url) if code else "",
        topic=tidy(entry.primary.title) if entry.primary else "",
        is_new=entry.date in days,
    )


def span(first: dt.date, last: dt.date) -> str:
    """Days from ``first`` to ``last``, what they share said once."""
    end = f"{last.day} {last:%B} {last.year}"
    if first == last:
        return end
    begin = str(first.day)
    if (first.year, first.month) != (last.year, last.month):
        begin += f" {first:%B}"
    if first.year != last.year:
        begin += f" {first.year}"
    return f"{begin} to {end}"
