"""Reader of what arXiv's interface answers: Atom 1.0 with fields of arXiv's own.

Source: arXiv, "arXiv API User's Manual", section 3.3. Titles and abstracts are literal text there,
with LaTeX and without markup: an abstract may speak of ``<EOS>``. An error is answered as a feed
with one entry that is called ``Error``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.errors import ListingError
from generator.model import Link, LinkKind, Listing
from generator.sources import xmlio
from generator.sources.gathering import Found, Gathering, shown
from generator.sources.xmlio import Element
from generator.text.cleaning import tidy
from generator.text.identifiers import parse as parse_identifier
from generator.text.inlines import inlines
from generator.text.links import kind_of

#: The name under which its appearances are filed, unless the user gives another.
SOURCE = "arxiv"

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"

_ANSWER = re.compile(r"https?://(?:\w+\.)?arxiv\.org/api/", re.ASCII)
_ERROR = re.compile(_ANSWER.pattern + "errors", re.ASCII)
_PAPER = re.compile(r"https?://(?:\w+\.)?arxiv\.org/abs/", re.ASCII)

#: arXiv keeps the entry of a withdrawn paper; the abstract, or the comment, then says so. A paper
#: that was withdrawn from somewhere else, a conference for instance, is still one.
_WITHDRAWN = re.compile(
    r"\W*(?:(?:(?:this|the|our) )?(?:\w+ )?(?:paper|article|submission|manuscript|work|preprint"
    r"|e-?print|version|document|report|note) (?:(?:has|have|had) been |is |was )?"
    r"(?:being |now |temporarily )?)?withdrawn"
    r"(?= (?:by|due|because|as|since|for|until)\b|\W*$|[.,;:)])",
    re.IGNORECASE,
)
#: What a comment may lead to; a paper it may lead to is another one.
_OF_COMMENTS = frozenset({LinkKind.CODE, LinkKind.PROJECT, LinkKind.DATA, LinkKind.VIDEO})


class ArxivAtom:
    """An answer of arXiv's interface (see the module)."""

    FORMAT = "arXiv API answer (Atom)"

    def recognises(self, text: str) -> bool:
        """Whether it is an Atom feed that arXiv's interface names as its own, or of its papers."""
        root = xmlio.peek(text)
        if root is None or root.name != f"{ATOM}feed":
            return False
        return bool(_ANSWER.match(root.text_of(f"{ATOM}id"))) or any(
            _PAPER.match(name) or _ERROR.match(name)
            for entry in root.all(f"{ATOM}entry")
            for name in (entry.text_of(f"{ATOM}id"),)
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
        """See :class:`generator.sources.Reader`; the day is the one of the answer."""
        feed = xmlio.parse(text, file)
        gathering = Gathering(partial=partial)
        for entry in feed.all(f"{ATOM}entry"):
            _refuse_error(entry, file)
            _gather(entry, gathering)
        date = gathering.day(feed.text_of(f"{ATOM}updated"), feed.line)
        return gathering.listing(SOURCE, file, fingerprint, date, _total(feed, gathering))


def _refuse_error(entry: Element, file: str) -> None:
    if _ERROR.match(entry.text_of(f"{ATOM}id")):
        message = shown(entry.text_of(f"{ATOM}summary"))
        raise ListingError(
            file,
            f"is no listing but an error message of arXiv's: {message!r}",
            "correct the query",
            line=entry.line,
        )


def _gather(entry: Element, gathering: Gathering) -> None:
    found = _found(entry)
    comment = tidy(entry.text_of(f"{ARXIV}comment"))
    if said := next(filter(_WITHDRAWN.match, (tidy(found.abstract), comment)), None):
        gathering.reject(found, f"withdrawn: {shown(said)!r}", is_fault=False)
    else:
        gathering.take(found)


def _found(entry: Element) -> Found:
    return Found(
        title=entry.text_of(f"{ATOM}title"),
        abstract=entry.text_of(f"{ATOM}summary"),
        line=entry.line,
        authors=tuple(author.text_of(f"{ATOM}name") for author in entry.all(f"{ATOM}author")),
        ids=tuple(_ids(entry)),
        published=entry.text_of(f"{ATOM}published"),
        links=tuple(_links(entry.text_of(f"{ARXIV}comment"))),
    )


def _ids(entry: Element) -> Iterator[str]:
    """Where the paper is, and its DOIs; of several, separated by spaces, the first counts."""
    links = {
        link.get("title") or link.get("rel"): link.get("href") for link in entry.all(f"{ATOM}link")
    }
    name = entry.text_of(f"{ATOM}id")
    yield name if parse_identifier(name) else links.get("alternate", name)
    dois = entry.text_of(f"{ARXIV}doi") or links.get("doi", "")
    yield from dois.split()[:1]


def _links(comment: str) -> Iterator[Link]:
    """The addresses of a comment whose hosts say what they hold."""
    for part in inlines(tidy(comment)):
        kind = kind_of(part.address.url) if part.address else None
        if part.address and kind in _OF_COMMENTS:
            yield Link(kind, part.address.url)


def _total(feed: Element, gathering: Gathering) -> int | None:
    """How many papers the query has from this page's first one on; answers come page by page.

    More than the page holds means that more pages follow. Of the query as a whole that is said by
    its first page alone: what came before a later page is none of its own.
    """
    total, start = _number(feed, "totalResults", gathering), _number(feed, "startIndex", gathering)
    return None if total is None else max(0, total - (start or 0))


def _number(feed: Element, name: str, gathering: Gathering) -> int | None:
    """What OpenSearch counts; ``None`` if it is not said."""
    element = feed.first(f"{_SEARCH}{name}")
    if element is None:
        return None
    text = element.text.strip()
    if re.fullmatch(r"[0-9]{1,18}", text):
        return int(text)
    gathering.warn(f"{name}: {shown(text)!r} is no number; left out", element.line)
    return None
