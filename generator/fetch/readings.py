"""From the body of a service's answer to a listing, or to the reason why it is none.

A status of 200 says little: a service that is out of order, a proxy, or a network that wants a
log-in answers with it too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from generator.errors import ListingError
from generator.fetch.answers import ENOUGH, TOO_MANY, UnfitError
from generator.intake import Service
from generator.model import Listing
from generator.sources import Reader
from generator.sources.arxiv_atom import ArxivAtom
from generator.sources.decoding import decode, refuse_html
from generator.sources.gathering import shown
from generator.sources.hf_daily import HFDaily

_READERS: Mapping[Service, Reader] = {
    Service.HUGGING_FACE: HFDaily(),
    Service.ARXIV: ArxivAtom(),
}
#: The dates of both formats have years, so it does not matter when they are read.
_ANY_DAY = dt.date(2000, 1, 1)

#: What arXiv says to those who ask too often, without any markup.
_RATE = re.compile(r"\s*rate exceeded\b.{0,200}", re.IGNORECASE | re.DOTALL)
_TOO_OFTEN = "says that it is asked too often"
_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
#: How the readers begin when a service put its error where the listing should be.
_ERROR = "is no listing but "


class EmptyPageError(UnfitError):
    """A page of a list is empty, although there should be more of the list."""


def size(listing: Listing) -> int:
    """How many entries a listing has, those that were rejected among them."""
    return len(listing.records) + len(listing.rejected)


def reading_of(service: Service, file: str, *, partial: bool = False) -> Callable[[bytes], Listing]:
    """How the answers of a service are read.

    Args:
        service: Whose answers.
        file: What the listing is called.
        partial: Whether facts about papers are wanted (:class:`generator.sources.Reader`).

    Returns:
        A function of the body that raises :class:`~generator.fetch.answers.UnfitError` if it is no
        listing. The listing has no fingerprint yet.
    """
    reader = _READERS[service]

    def read(body: bytes) -> Listing:
        try:
            listing = _listing(body, reader, file, partial=partial)
        except ListingError as error:
            raise _unfit(error, service) from None
        if listing.total and not size(listing):
            problem = f"sent an empty page of a list that has {listing.total:,} more entries"
            raise EmptyPageError(problem, reason="sent an empty page of a longer list")
        return listing

    return read


def _listing(body: bytes, reader: Reader, file: str, *, partial: bool) -> Listing:
    if not body.strip():
        raise UnfitError("sent an empty answer")
    text, is_cut = decode(body, file)
    if _RATE.fullmatch(text):
        raise UnfitError(f"sent only {shown(text)!r}", TOO_MANY, wait=ENOUGH, reason=_TOO_OFTEN)
    _refuse_page(text, file)
    if not reader.recognises(text):
        reason = f"sent no {reader.FORMAT}"
        raise UnfitError(f"{reason}; it begins with {shown(text)!r}", reason=reason)
    listing = reader.read(text, file, "", _ANY_DAY, partial=partial)
    if is_cut:
        raise UnfitError("sent an answer that ends within a character")
    return listing


def _refuse_page(text: str, file: str) -> None:
    try:
        refuse_html(text, file)
    except ListingError:
        title = _TITLE.search(text)
        named = f", {shown(title[1])!r}," if title and title[1].strip() else ""
        raise UnfitError(
            f"sent a web page{named} and no listing",
            "open the address in a browser: it, a proxy or this network may want something",
            reason="sent a web page and no listing",
        ) from None


def _unfit(error: ListingError, service: Service) -> UnfitError:
    """What a reader found wrong. arXiv's errors are about the question, and stay."""
    if error.problem.startswith(_ERROR):
        is_final = service is Service.ARXIV
        remedy = (error.remedy,) if is_final else ()
        problem = f"sent {error.problem.removeprefix(_ERROR)}"
        reason = problem.partition(":")[0]
        return UnfitError(problem, *remedy, is_final=is_final, reason=reason)
    where, reason = f"line {error.line}: " if error.line else "", "sent what cannot be read"
    return UnfitError(f"{reason}: {where}{error.problem}", reason=reason)
