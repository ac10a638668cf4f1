"""Reader of the ACL Anthology's XML: a collection of volumes, as the Anthology keeps them in Git.

The files lie in ``data/xml`` of the repository ``acl-org/acl-anthology``, whose ``schema.rnc`` says
what stands in them: ``<collection><volume><paper>…``. Front matter is no paper; papers that were
withdrawn (``<retracted>``, ``<removed>``) are left out, which is no fault of the file's. The day of
a record is the day on which its volume came into the Anthology (``ingest-date``); of publication
only year and month are known, and that is no day. ``<pwccode>`` is the paper's code;
``<pwcdataset>`` names data that it used, which need not be its own, and is left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.errors import ListingError
from generator.model import LinkKind, Listing
from generator.sources import xmlio
from generator.sources.facts import Facts, Gatherer
from generator.sources.gathering import shown
from generator.sources.xmlio import Element

SOURCE = "acl-anthology"

_WITHDRAWN = {"retracted": "was retracted", "removed": "was removed from the Anthology"}
#: Collections before 2020: a letter and a year. Their volumes and papers share four digits.
_OLD = re.compile(r"[A-Z]\d{2}", re.ASCII)
#: Of these the volume has two of the digits, of all others one: workshops, and C69, D19.
_WIDE_VOLUMES = re.compile(r"W\d{2}|C69|D19", re.ASCII)


class Anthology:
    """The ACL Anthology's XML (see the module)."""

    FORMAT = "ACL Anthology XML"

    def recognises(self, text: str) -> bool:
        """Whether it is XML whose root is a collection."""
        if not text.lstrip().startswith("<"):
            return False
        root = xmlio.peek(text)
        return root is not None and root.name == "collection"

    def read(
        self, text: str, file: str, fingerprint: str, today: dt.date, *, partial: bool = False
    ) -> Listing:
        """See :class:`generator.sources.Reader`.

        Raises:
            ListingError: If it is not well-formed, or has no paper in it.
        """
        root = xmlio.parse(text, file)
        gatherer = Gatherer(today, partial=partial)
        found = False
        for volume in root.all("volume"):
            for paper in volume.all("paper"):
                found = True
                _take(paper, volume, root.get("id"), gatherer)
        if not found:
            raise ListingError(
                file, "has no <paper> in a <volume>", "take another file of data/xml"
            )
        return gatherer.listing(SOURCE, file, fingerprint, gatherer.the_one_day())


def _take(paper: Element, volume: Element, collection: str, gatherer: Gatherer) -> None:
    title, abstract = paper.first("title"), paper.first("abstract")
    for name, reason in _WITHDRAWN.items():
        if (notice := paper.first(name)) is not None:
            why = f": {shown(notice.text)}" if notice.text.strip() else ""
            gatherer.leave_out(paper.line, _marked_up(title), f"{reason}{why}", is_fault=False)
            return
    gatherer.add(
        Facts(
            line=paper.line,
            title=_marked_up(title),
            abstract=_marked_up(abstract),
            authors=tuple(map(_name, paper.all("author"))),
            ids=(_id(paper, volume, collection), paper.text_of("doi")),
            addresses=tuple(_addresses(paper)),
            date=paper.get("ingest-date") or volume.get("ingest-date"),
        )
    )


def _marked_up(element: Element | None) -> str:
    """The text of a title or an abstract: formulas in dollars, and all other markup left out."""
    if element is None:
        return ""
    parts = []
    for part in element.content:
        if isinstance(part, str):
            parts.append(part)
        elif part.name == "tex-math":
            parts.append(f"${part.text.strip().strip('$')}$")
        else:
            parts.append(_marked_up(part))
    return "".join(parts)


def _name(author: Element) -> str:
    return f"{author.text_of('first')} {author.text_of('last')}"


def _id(paper: Element, volume: Element, collection: str) -> str:
    """The paper's name in the Anthology: what its files are called, else what it is made of."""
    url = paper.text_of("url")
    if url and "/" not in url:
        return url
    numbers = volume.get("id"), paper.get("id")
    if not all(numbers):
        return ""
    if not _OLD.fullmatch(collection):
        return f"{collection}-{numbers[0]}.{numbers[1]}" if collection else ""
    width = 2 if _WIDE_VOLUMES.fullmatch(collection) else 1
    return f"{collection}-{numbers[0]:0>{width}}{numbers[1]:0>{4 - width}}"


def _addresses(paper: Element) -> Iterator[tuple[LinkKind | None, str]]:
    """The addresses that it has fields for; files that are only named are left out."""
    if "://" in (url := paper.text_of("url")):
        yield None, url
    for code in paper.all("pwccode"):
        yield LinkKind.CODE, code.get("url")
    for video in paper.all("video"):
        if "://" in (href := video.get("href")):
            yield LinkKind.VIDEO, href
