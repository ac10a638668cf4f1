r"""Reader of the feeds in which arXiv announces papers: RSS 2.0, Atom, and RSS 1.0 until 2024.

Source: arXiv, "RSS feed specifications" (info.arxiv.org/help/rss_specifications.html). An entry
says why it is there: ``new``; ``cross``, which is new to this category; ``replace`` and
``replace-cross``, which are new versions of papers that came before. Its text begins with
``arXiv:2508.13426v1 Announce Type: cross \nAbstract:``. RSS 1.0 wrote that into the title
(``(arXiv:1805.09166v1 [hep-ex] CROSS LISTED)``), and the rest as HTML; in the newer feeds it is
literal text.

The day of a feed is the day of its announcement in US Eastern time, which the feeds write with
their own offset. Feeds of weekends and holidays are empty, and that is no mistake.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Listing
from generator.sources import xmlio
from generator.sources.arxiv_atom import ARXIV, ATOM
from generator.sources.gathering import Found, Gathering, shown
from generator.sources.xmlio import Element
from generator.text.cleaning import clean, tidy
from generator.text.identifiers import parse as parse_identifier

_RSS1 = "{http://purl.org/rss/1.0/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"

_HOST = re.compile(
    r"https?://(?:rss\.arxiv\.org/|export\.arxiv\.org/rss/|arxiv\.org/rss/)", re.ASCII
)
_NAME = re.compile(r"updates on (?:the )?arXiv\.org", re.IGNORECASE)

#: The name under which its appearances are filed, unless the user gives another. It is not that of
#: answers to a query: this is everything that is announced, and nobody chose it.
SOURCE = "arxiv-announcements"

#: What a text begins with. Copying may have made its line end a space.
_ANNOUNCED = re.compile(
    r"\s*arXiv:\S{1,40}\s+Announce Type:\s*(?P<type>[a-z-]+)\s*(?:Abstract:)?", re.IGNORECASE
)
#: What a title of RSS 1.0 ends with.
_IN_TITLE = re.compile(
    r"\.? ?\((?P<id>arXiv:\S{1,40}?) ?(?:\[[^\]\s]{1,40}\])? ?(?P<type>UPDATED|CROSS LISTED)?\)$"
)
_OLD_TYPES = {"": "new", "UPDATED": "replace", "CROSS LISTED": "cross"}
#: The tags that RSS 1.0 put around abstracts and names.
_TAG = re.compile(r"</?(?:p|a|br)\b[^<>]*>", re.IGNORECASE)

_TAKEN = ("new", "cross")
_REPLACED = ("replace", "replace-cross")

_AFFILIATION = re.compile(r"\([^()]*\)")
#: Affiliations stand in brackets, theirs in brackets of their own, and no deeper.
_DEEPEST = 3
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\.?")


@dataclass(frozen=True, slots=True)
class _Dialect:
    """Where the three formats have the same things."""

    root: str
    channel: str
    entry: str
    title: str
    text: str
    names: tuple[str, ...]
    day: str
    made: str
    has_html: bool = False


_DIALECTS = (
    _Dialect(
        root="rss",
        channel="channel",
        entry="item",
        title="title",
        text="description",
        names=("guid", "link"),
        day="pubDate",
        made="lastBuildDate",
    ),
    _Dialect(
        root=f"{ATOM}feed",
        channel="",
        entry=f"{ATOM}entry",
        title=f"{ATOM}title",
        text=f"{ATOM}summary",
        names=(f"{ATOM}id",),
        day=f"{ATOM}published",
        made=f"{ATOM}updated",
    ),
    _Dialect(
        root=f"{_RDF}RDF",
        channel=f"{_RSS1}channel",
        entry=f"{_RSS1}item",
        title=f"{_RSS1}title",
        text=f"{_RSS1}description",
        names=(f"{_RSS1}link",),
        day=f"{_DC}date",
        made=f"{_DC}date",
        has_html=True,
    ),
)


class ArxivFeed:
    """A feed of arXiv's announcements (see the module)."""

    FORMAT = "arXiv announcement feed (RSS or Atom)"

    def recognises(self, text: str) -> bool:
        """Whether it is a feed that bears arXiv's name, or has entries with announce types."""
        root = xmlio.peek(text)
        dialect = _dialect_of(root)
        if root is None or dialect is None:
            return False
        feed = _channel(root, dialect)
        names = (element.text for element in feed.elements if element.name != dialect.entry)
        return any(_HOST.match(name.strip()) or _NAME.search(name) for name in names) or any(
            entry.first(f"{ARXIV}announce_type") for entry in _entries(root, dialect)
        )

    def read(
        self,
        text: str,
        file: str,
        fingerprint: str,
        today: dt.date,  # noqa: ARG002 - its days have years
        *,
        partial: bool = False,
    ) -> Listing:
        """See :class:`generator.sources.Reader`; with ``partial`` replacements are facts too."""
        root = xmlio.parse(text, file)
        dialect = _dialect_of(root)
        assert dialect  # noqa: S101 - it was recognised
        gathering = Gathering(partial=partial)
        for entry in _entries(root, dialect):
            _gather(entry, dialect, gathering)
        return gathering.listing(SOURCE, file, fingerprint, _day(root, dialect, gathering))


def _dialect_of(root: Element | None) -> _Dialect | None:
    return next((d for d in _DIALECTS if root is not None and d.root == root.name), None)


def _channel(root: Element, dialect: _Dialect) -> Element:
    return (root.first(dialect.channel) if dialect.channel else None) or root


def _entries(root: Element, dialect: _Dialect) -> Iterator[Element]:
    """RSS 2.0 has them in the channel, RSS 1.0 beside it."""
    yield from root.all(dialect.entry)
    if (channel := _channel(root, dialect)) is not root:
        yield from channel.all(dialect.entry)


def _day(root: Element, dialect: _Dialect, gathering: Gathering) -> dt.date | None:
    """The day of the announcement: as the feed says, as its entries agree, or when it was made.

    A feed is made when its announcement is due; Atom says no other day of one that is empty.
    """
    channel = _channel(root, dialect)
    entries = {entry.text_of(dialect.day) for entry in _entries(root, dialect)}
    said = (
        channel.text_of(dialect.day),
        entries.pop() if len(entries) == 1 else "",
        channel.text_of(dialect.made),
    )
    return gathering.day(next(filter(None, said), ""), channel.line)


@dataclass(frozen=True, slots=True)
class _Announced:
    """A title and a text without what is said of the announcement in them, and that."""

    title: str
    text: str
    type: str
    id: str = ""


def _gather(entry: Element, dialect: _Dialect, gathering: Gathering) -> None:
    announced = _announced(entry, dialect)
    found = Found(
        title=announced.title,
        abstract=announced.text,
        line=entry.line,
        authors=tuple(_authors(entry, dialect)),
        ids=tuple(_ids(entry, dialect, announced.id)),
        date=entry.text_of(dialect.day),
    )
    if announced.type in _REPLACED and not gathering.partial:
        reason = f"a replacement ({announced.type}) of a paper that came before, not a new one"
        gathering.reject(found, reason, is_fault=False)
        return
    if announced.type not in (*_TAKEN, *_REPLACED):
        said = f"{shown(announced.type)!r} is no known announce type"
        gathering.warn(f"{said}; taken as new", entry.line)
    gathering.take(found)


def _announced(entry: Element, dialect: _Dialect) -> _Announced:
    """What an entry says, in an element of its own, in its text, or in its title."""
    title, text = entry.text_of(dialect.title), entry.text_of(dialect.text)
    if dialect.has_html:
        title, text = tidy(_without_html(title)), _without_html(text)
        if found := _IN_TITLE.search(title):
            said = _OLD_TYPES[found["type"] or ""]
            return _Announced(title[: found.start()], text, said, found["id"])
    found = _ANNOUNCED.match(text)
    said = entry.text_of(f"{ARXIV}announce_type") or (found["type"] if found else "new")
    return _Announced(title, text[found.end() :] if found else text, said.casefold())


def _without_html(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text)).strip()


def _ids(entry: Element, dialect: _Dialect, said: str) -> Iterator[str]:
    """The first name that is an identifier, for they are all of one paper; and its first DOI."""
    names = [said, *(entry.text_of(name) for name in dialect.names)]
    yield next(filter(parse_identifier, names), names[1])
    yield from (entry.text_of(f"{ARXIV}DOI") or entry.text_of(f"{ARXIV}doi")).split()[:1]


def _authors(entry: Element, dialect: _Dialect) -> Iterator[str]:
    """Names, in one text with commas or in several; LaTeX in them may have commas of its own."""
    for creator in entry.all(f"{_DC}creator"):
        text = _without_html(creator.text) if dialect.has_html else creator.text
        yield from _names(clean(text))
    yield from (author.text_of(f"{ATOM}name") for author in entry.all(f"{ATOM}author"))


def _names(text: str) -> Iterator[str]:
    for _ in range(_DEEPEST):
        text = _AFFILIATION.sub("", text)
    names: list[str] = []
    for name in filter(None, map(tidy, text.split(","))):
        if names and _SUFFIX.fullmatch(name):
            names[-1] = f"{names[-1]}, {name}"
        else:
            names.append(name)
    yield from names
