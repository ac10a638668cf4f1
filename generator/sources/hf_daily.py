"""Reader of Hugging Face's daily papers as its interface gives them, and as archives keep them.

The interface (``/api/daily_papers``) gives a list of objects, each with a paper in it. Archives
have it in other shapes too, and all are read: a list of such objects as Python writes them (their
``repr``); an object around either, with a day and a count; the object that the page itself is made
from (``dailyPapers``); papers without the object around them (``/api/papers``); objects one a line
(JSON Lines), of which a broken one costs nothing but itself.

What the fields mean was found by comparing archived days. ``publishedAt`` of a paper is arXiv's
date; that of the object around it was once the moment of submission, which is no day of the
listing, and is not read. ``submittedOnDailyAt``, where it is there, is the day on whose page the
paper stood.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeGuard

from generator.errors import ListingError
from generator.model import Link, LinkKind, Listing
from generator.sources import json_text, jsonio
from generator.sources.gathering import Found, Gathering, shown
from generator.sources.jsonio import Item

#: The name under which its appearances are filed, unless the user gives another. It is the page
#: that :mod:`generator.sources.saved_page` reads, so they are one source.
SOURCE = "hf-daily-papers"

#: How far a text is looked at to recognise it. A paper with many authors fills 50,000 characters.
_HEAD = 200_000
#: A paper in its object, as JSON or as Python's text in JSON, or the page's list of them.
_SIGN = re.compile(
    r'"paper"\s*:\s*\{|[\[,]\s*"\{\s*(?:\'|\\")paper(?:\'|\\")\s*:\s*\{|"dailyPapers"\s*:\s*\['
)
#: An empty day; an error.
_WHOLE = re.compile(r'\[\s*\]|\{\s*"error"\s*:.*', re.DOTALL)
_EMPTY = re.compile(r'\{[^\[\]{}]{0,500}"(?:data|papers)"\s*:\s*\[\s*\]')
#: A paper without the object around it: the first two keys are also others', the rest are not.
_BARE = (
    re.compile(r'"summary"\s*:'),
    re.compile(r'"(?:upvotes|discussionId|submittedOnDailyAt|ai_summary)"\s*:'),
)
#: Where a list of papers may be in an object, the likeliest first.
_LISTS = ("data", "dailyPapers", "papers")

_LINKS = (("githubRepo", LinkKind.CODE), ("projectPage", LinkKind.PROJECT))

#: An object ends a line and another begins one: JSON Lines. In a document there is a comma between.
_LINES = re.compile(r"\}[ \t]*\n\s*\{")

#: No day has as many papers, and no paper as many readers.
_MOST_COUNTED = 10**9

#: The longest text of one record; the longest found had 15,000 characters.
_LONGEST = 1_000_000


class HFDaily:
    """Hugging Face's daily papers (see the module)."""

    FORMAT = "Hugging Face daily papers (JSON)"

    def recognises(self, text: str) -> bool:
        """Whether it begins as JSON does and has the keys that only these lists have."""
        head = text[:_HEAD].strip()
        if not head.startswith(("[", "{")):
            return False
        return bool(
            _SIGN.search(head)
            or _WHOLE.fullmatch(head)
            or _EMPTY.match(head)
            or all(sign.search(head) for sign in _BARE)
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
        """See :class:`generator.sources.Reader`."""
        gathering = Gathering(partial=partial)
        document = _document(text, file, gathering)
        items = _items(document, file)
        shared = Counter(item.line for item in items)
        for number, item in enumerate(items, start=1):
            _gather(item, f"entry {number}" if shared[item.line] > 1 else "", gathering)
        around = document if isinstance(document, dict) else {}
        total = _total(around, len(items), gathering)
        date = gathering.day(_text(around.get("date")), 1)
        date = date or gathering.the_one_day()
        return gathering.listing(SOURCE, file, fingerprint, date, total)


def _document(text: str, file: str, gathering: Gathering) -> Any:
    """The document, or the sound lines as the list that it would be; the others are rejected.

    Raises:
        ListingError: If it is neither.
    """
    try:
        return jsonio.parse(text, file)
    except ListingError:
        if not _LINES.search(text):
            raise
        found = tuple(json_text.objects(text, file))
        sound = [Item(each.value, each.line) for each in found if not each.fault]
        if not any(_is_paper(each.value) for each in sound):
            raise
    for each in found:
        if each.fault:
            gathering.reject(Found("", "", each.line), each.fault)
    return sound


def _is_paper(value: dict[str, Any]) -> bool:
    return isinstance(value.get("paper"), dict) or "summary" in value


def _items(document: Any, file: str) -> list[Item]:
    """The entries, wherever they are.

    Raises:
        ListingError: If there is no list of them.
    """
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        found = next((document[name] for name in _LISTS if name in document), None)
        if isinstance(found, list):
            return found
        if _is_paper(document):
            return [Item({name: _plain(value) for name, value in document.items()}, 1)]
        if "error" in document:
            message = shown(str(document["error"]))
            raise ListingError(
                file, f"is no listing but an error message: {message!r}", "fetch it again", line=1
            )
    raise ListingError(file, "has no list of papers", "fetch it again", line=1)


def _plain(value: Any) -> Any:
    return [item.value for item in value] if isinstance(value, list) else value


def _total(about: dict[str, Any], found: int, gathering: Gathering) -> int | None:
    total = about.get("count")
    if total is None:
        return None
    if not _is_count(total):
        gathering.warn(f"the count {shown(str(total))!r} is no number; left out", 1)
        return None
    if total != found:
        gathering.warn(f"it counts {total} papers and has {found}: some may be missing")
    return total


def _gather(item: Item, position: str, gathering: Gathering) -> None:
    """Take a paper in; ``position`` says where it is, where the line alone does not."""
    value = _literal(item.value) if isinstance(item.value, str) else item.value
    paper = value.get("paper", value) if isinstance(value, dict) else None
    if isinstance(paper, dict):
        gathering.take(_found(value, paper, item.line, position, gathering))
    else:
        reason = f"no object with a paper in it: {shown(repr(item.value))}"
        gathering.reject(Found("", "", item.line, position), reason)


def _literal(text: str) -> Any:
    """The value of Python's text for it, or ``None`` if it is none.

    Only literals are read. Python's parser bounds their nesting itself and gives up with one of
    these exceptions; the length is bounded here.
    """
    if len(text) > _LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes that Python does not know
            return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _found(
    around: dict[str, Any], paper: dict[str, Any], line: int, position: str, gathering: Gathering
) -> Found:
    """The fields of a paper; some of them the object around it has too, or instead."""
    return Found(
        title=_text(paper.get("title")) or _text(around.get("title")),
        abstract=_text(paper.get("summary")) or _text(around.get("summary")),
        line=line,
        position=position,
        authors=tuple(_authors(paper.get("authors"))),
        ids=(_text(paper.get("id")),),
        published=_text(paper.get("publishedAt")),
        links=tuple(Link(kind, url) for name, kind in _LINKS if (url := _text(paper.get(name)))),
        date=_text(paper.get("submittedOnDailyAt")) or _text(around.get("submittedOnDailyAt")),
        votes=_votes(paper.get("upvotes"), line, gathering),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _authors(value: Any) -> Iterator[str]:
    """The names, but for those that the page hides: they were recognised wrongly."""
    for author in value if isinstance(value, list) else ():
        if isinstance(author, str):
            yield author
        elif isinstance(author, dict) and author.get("hidden") is not True:
            yield _text(author.get("name"))


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_COUNTED


def _votes(value: Any, line: int, gathering: Gathering) -> int | None:
    if value is None:
        return None
    if _is_count(value):
        return value
    gathering.warn(f"{shown(repr(value))} is no number of votes; left out", line)
    return None
