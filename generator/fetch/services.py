"""What is asked of which service, and the listing that comes of its answers.

Sources: Hugging Face, "Hub API Endpoints" (``/api/daily_papers``: ``date``, ``limit``, ``p``) and
"Hub Rate limits" (500 requests in five minutes); arXiv, "arXiv API User's Manual" (section 3.1.1)
and "Terms of Use for arXiv APIs" (one request in three seconds, one connection at a time).

A service is believed as little as any other stranger. It may give fewer entries a page than it is
asked for, ignore the number of a page, or answer with an empty page in the middle of a list, which
arXiv is known for. A list that may not be whole says so, by its ``total`` or its ``limit``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from generator.errors import FetchError
from generator.fetch.answers import UnfitError, address, shown
from generator.fetch.readings import EmptyPageError, reading_of, size
from generator.ingest.planning import Dated
from generator.intake import Dating, Fetching, Service, Source
from generator.model import Listing, SourceRecord

_T = TypeVar("_T")

#: Where services are if nobody says otherwise, and the seconds between two questions to them.
HOMES = {
    Service.HUGGING_FACE: "https://huggingface.co",
    Service.ARXIV: "https://export.arxiv.org",
}
PAUSES = {Service.HUGGING_FACE: 1.0, Service.ARXIV: 3.0}

#: For so many days back a day may still fill. What is submitted to arXiv on a Thursday evening or a
#: Friday is announced on Sunday or Monday night (arXiv, "Availability of submissions"), and its
#: interface does not know it before; a holiday makes it a day more.
SETTLING = {Service.HUGGING_FACE: 1, Service.ARXIV: 5}

#: Entries a page: the most that Hugging Face gives. arXiv gives 2,000, but fails less with few.
PAGE = 100
#: No day has so many pages.
_MOST_PAGES = 50
#: A service that gives less than it is asked for is likely to break off at a round number.
_ROUND = 10
#: Of a search by title the first few are enough, or the title is too common.
_FOUND = 10
_LONGEST_SEARCH = 250
_WORD = re.compile(r"[^\W_]+")


class Asker(Protocol):
    """Whoever puts the questions: :class:`generator.fetch.client.Client`."""

    def get(
        self,
        url: str,
        params: Mapping[str, object],
        read: Callable[[bytes], _T],
        pause: float = 1,
    ) -> _T:
        """What ``read`` makes of the answer; a FetchError if nothing."""


def file_name(source: Source, day: dt.date) -> str:
    """What a day's listing is called in the records."""
    ending = "atom" if _fetching(source).service is Service.ARXIV else "json"
    return f"{source.id}-{day.isoformat()}.{ending}"


def question(source: Source, day: dt.date) -> str:
    """The address that is asked for a day, as the ledger keeps it: that of the first page."""
    return shown(address(*_question(_fetching(source), day, 0)))


def fetch_day(client: Asker, source: Source, day: dt.date) -> Dated:
    """All that a source shows of a day.

    Args:
        client: Whom to send.
        source: One that can be fetched.
        day: Which day.

    Raises:
        FetchError: If there is no such list to be had.
    """
    fetching = _fetching(source)
    read = reading_of(fetching.service, file_name(source, day))

    def ask(number: int) -> Listing:
        url, params = _question(fetching, day, number)
        return client.get(url, params, read, PAUSES[fetching.service])

    found = _pages(ask, source)
    listing = _joined(found, source, day)
    limit = size(listing) if found.is_cut else None
    return Dated(listing, day, Dating.OPTION, asked=question(source, day), limit=limit)


def _fetching(source: Source) -> Fetching:
    assert source.fetch is not None  # noqa: S101 - whoever asks has looked
    return source.fetch


def _question(fetching: Fetching, day: dt.date, page: int) -> tuple[str, dict[str, object]]:
    """The address and the parameters of a page of a day, counted from 0."""
    home = fetching.url or HOMES[fetching.service]
    if fetching.service is Service.ARXIV:
        order = {"sortBy": "submittedDate", "sortOrder": "ascending"}
        start = {"start": page * PAGE, "max_results": PAGE}
        return f"{home}/api/query", {"search_query": query(fetching, day), **start, **order}
    which = {"p": page} if page else {}
    return f"{home}/api/daily_papers", {"date": day.isoformat(), "limit": PAGE, **which}


def query(fetching: Fetching, day: dt.date) -> str:
    """What arXiv is asked for a day: what was submitted on it, in UTC, in any of the categories."""
    parts = (" OR ".join(f"cat:{each}" for each in fetching.categories), fetching.query)
    when = f"submittedDate:[{day:%Y%m%d}0000 TO {day:%Y%m%d}2359]"
    return " AND ".join([*(f"({part})" for part in parts if part), when])


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of a list; ``is_cut`` if there may be more, ``is_proved`` if there are not."""

    pages: tuple[Listing, ...]
    is_cut: bool = False
    is_proved: bool = False


def _pages(ask: Callable[[int], Listing], source: Source) -> _Pages:
    """A list page by page.

    Raises:
        FetchError: If the first page cannot be had, or a later one that the service does not
            refuse: a list with a hole is worse than one that is asked for again.
    """
    pages = [ask(0)]
    while _goes_on(pages, source):
        if len(pages) == _MOST_PAGES:
            return _Pages(tuple(pages), is_cut=True)
        try:
            page = ask(len(pages))
        except FetchError as error:
            if isinstance(error.__cause__, EmptyPageError):
                return _Pages(tuple(pages))  # its total says what is missing
            if isinstance(error.__cause__, UnfitError) and error.__cause__.is_final:
                return _Pages(tuple(pages), is_cut=_is_full(pages[-1], source))
            raise
        if size(page) and not _keys(page) - set[object]().union(*map(_keys, pages)):
            return _Pages(tuple(pages), is_cut=_is_full(page, source))
        pages.append(page)
    return _Pages(tuple(pages), is_proved=len(pages) > 1)


def _goes_on(pages: list[Listing], source: Source) -> bool:
    """Whether a list may have another page; ``total`` counts from the page's first entry on.

    The first page may be a full one of a service that gives less than it is asked for; a later one
    that is shorter is the last.
    """
    first, last = pages[0], pages[-1]
    if last.total is not None:
        return last.total > size(last)
    if len(pages) > 1:
        return size(last) >= size(first)
    return _is_full(last, source) or (size(last) > 0 and size(last) % _ROUND == 0)


def _is_full(page: Listing, source: Source) -> bool:
    return size(page) >= PAGE or size(page) in source.limits


def _keys(listing: Listing) -> set[object]:
    return {_key(each) for each in listing.records} | {each.title for each in listing.rejected}


def _key(record: SourceRecord) -> object:
    return tuple(sorted(record.ids.items())) or (record.title, record.abstract)


def _joined(found: _Pages, source: Source, day: dt.date) -> Listing:
    """One listing of all pages, in which nothing stands twice because the list moved on meanwhile.

    What arXiv says of its day is the moment of asking; Hugging Face's papers say on which day they
    were shown, and whether that is the day that was asked for.
    """
    pages = found.pages
    records = {_key(each): each for page in reversed(pages) for each in reversed(page.records)}
    rejected = {(each.title, each.reason): each for page in pages for each in page.rejected}
    said = {page.date for page in pages}
    is_arxiv = _fetching(source).service is Service.ARXIV
    listing = Listing(
        source=source.id,
        file=file_name(source, day),
        fingerprint="",
        records=tuple(reversed(records.values())),
        date=said.pop() if len(said) == 1 and not is_arxiv else day,
        warnings=tuple(warning for page in pages for warning in page.warnings),
        rejected=tuple(rejected.values()),
        total=pages[0].total,
    )
    total = size(listing) if found.is_proved and listing.total is None else listing.total
    return replace(listing, total=total, fingerprint=_fingerprint(listing, day))


def _fingerprint(listing: Listing, day: dt.date) -> str:
    """The name of what an answer says, which is the same however often it is asked for.

    That is not the answer's own text: arXiv writes the moment of asking into it, and Hugging Face
    the votes, which change by the minute.
    """
    parts = [
        [listing.source, day.isoformat()],
        *([each.title, each.abstract, sorted(each.ids.items())] for each in listing.records),
        *([each.title, each.reason] for each in listing.rejected),
    ]
    return hashlib.sha256(json.dumps(sorted(parts, key=str)).encode()).hexdigest()


def arxiv_by_title(client: Asker, title: str, url: str = "") -> tuple[SourceRecord, ...]:
    """What arXiv has under a title, as facts: the likeliest first, also what is only similar.

    Args:
        client: Whom to send.
        title: The title. It is searched for as a phrase, word by word.
        url: Where arXiv's interface is, if not where everybody finds it.

    Raises:
        FetchError: If there is no answer.
    """
    words = " ".join(_WORD.findall(title))
    asked = {"search_query": f'ti:"{words}"', "start": 0, "max_results": _FOUND}
    return _facts(client, Service.ARXIV, url, "/api/query", asked) if words else ()


def arxiv_by_ids(client: Asker, ids: Iterable[str], url: str = "") -> tuple[SourceRecord, ...]:
    """What arXiv says of papers whose identifiers are known; those it does not know are left out.

    Args:
        client: Whom to send.
        ids: Identifiers, without versions; they are asked for a hundred at a time.
        url: Where arXiv's interface is, if not where everybody finds it.

    Raises:
        FetchError: If there is no answer.
    """
    return tuple(
        record
        for some in _hundreds(list(dict.fromkeys(ids)))
        for record in _facts(
            client,
            Service.ARXIV,
            url,
            "/api/query",
            {"id_list": ",".join(some), "start": 0, "max_results": PAGE},
        )
    )


def hugging_face_by_title(client: Asker, title: str, url: str = "") -> tuple[SourceRecord, ...]:
    """What Hugging Face finds for a title, as facts: the likeliest first.

    Args:
        client: Whom to send.
        title: The title.
        url: Where Hugging Face is, if not where everybody finds it.

    Raises:
        FetchError: If there is no answer.
    """
    words = " ".join(title.split())[:_LONGEST_SEARCH]
    path = "/api/papers/search"
    return _facts(client, Service.HUGGING_FACE, url, path, {"q": words}) if words else ()


def _hundreds(ids: list[str]) -> Iterator[list[str]]:
    yield from (ids[start : start + PAGE] for start in range(0, len(ids), PAGE))


def _facts(
    client: Asker, service: Service, url: str, path: str, params: Mapping[str, object]
) -> tuple[SourceRecord, ...]:
    home = url.rstrip("/") or HOMES[service]
    read = reading_of(service, f"{service} search", partial=True)
    return client.get(f"{home}{path}", params, read, PAUSES[service]).records
