"""What answers of other machines mean, whoever asked: their status, their waits, their addresses.

Nothing here touches the network: :mod:`generator.fetch.client` does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

#: What an address may have in its query as it is (RFC 3986, section 3.4): queries stay readable.
_PLAIN = ":(),/"
#: Answers that another try may better: too early, too often, and whatever broke at the other end.
_WORTH_A_TRY = frozenset({408, 425, 429, *range(500, 600)})
#: How Hugging Face says when its window of requests ends: ``"api";r=0;t=55`` (IETF,
#: draft-ietf-httpapi-ratelimit-headers; Hugging Face, "Hub Rate limits").
_WINDOW = re.compile(r";\s*r=0\s*;\s*t=(\d{1,9})(?!\d)", re.ASCII)
_SECONDS = re.compile(r"\d{1,9}", re.ASCII)

AGAIN = "fetch again later"
TOO_MANY = "it asks for fewer requests: fetch again later"
_MEND = "check the day, the query and the address"
#: How many seconds to leave somebody alone who asks for fewer requests and does not say more.
ENOUGH = 15.0
#: Seconds. Who asks to be left alone for more than a year means never, or has a wrong clock; and no
#: calendar goes on for ever.
LONGEST_WAIT = 366 * 86_400.0
_REMEDIES = {
    401: "it wants a password, which is never sent; check the address",
    403: "it does not let this machine in; see what its terms of use ask",
    404: "check the address",
    407: "check HTTP_PROXY and HTTPS_PROXY",
    429: TOO_MANY,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers (their names in any case) and the body.

    ``leads_to`` is the address to ask instead, if that is the answer.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    leads_to: str = ""


class UnfitError(Exception):
    """There is no answer, or one with which nothing can be done.

    Args:
        problem: What is wrong, as a message goes on behind the address.
        remedy: What the user can do about it.
        is_final: Whether asking the same again would bring the same.
        wait: So many seconds are to go by before the next try, if the other side says so.
        reason: What is wrong in words of ours alone, where ``problem`` quotes the other side: it is
            kept, and should be the same whenever the same is wrong.
    """

    def __init__(
        self,
        problem: str,
        remedy: str = AGAIN,
        *,
        is_final: bool = False,
        wait: float | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.is_final, self.wait = problem, remedy, is_final, wait
        self.reason = reason or problem


class NotAskedError(UnfitError):
    """Nobody was asked, for the wait would be too long; its reason is why there is one."""


def turned_away(answer: Answer, read: Callable[[bytes], object], now: dt.datetime) -> UnfitError:
    """Why an answer is none that has a status other than 200.

    Args:
        answer: What came back.
        read: Reads bodies of good answers, and says of others what they are: services put their
            reasons there.
        now: The time, if the answer does not say it.
    """
    said, is_final = _said(answer.body, read), answer.status not in _WORTH_A_TRY
    enough = ENOUGH if answer.status == HTTPStatus.TOO_MANY_REQUESTS else None
    wait = asked_wait(answer.headers, now)
    if said is not None and enough is None:
        enough = said.wait
    answered = f"answered {_status(answer.status)}"
    return UnfitError(
        answered + (f" ({said.problem})" if said else ""),
        _REMEDIES.get(answer.status, _MEND if is_final else AGAIN),
        is_final=is_final,
        wait=enough if wait is None else wait,
        reason=answered,
    )


def _status(status: int) -> str:
    with suppress(ValueError):
        return f"{status} {HTTPStatus(status).phrase}"
    return str(status)


def _said(body: bytes, read: Callable[[bytes], object]) -> UnfitError | None:
    if body.strip():
        try:
            read(body)
        except UnfitError as error:
            return error
    return None


def asked_wait(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """For how many seconds the other side asks to be left alone, if it does; a year at the most.

    ``Retry-After`` says it in seconds or as a moment (RFC 9110, section 10.2.3); a moment is
    compared with the other side's clock, where the answer gives it, for ours may be wrong.
    """
    wait = _wait(headers, now)
    return None if wait is None else min(max(0.0, wait), LONGEST_WAIT)


def _wait(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    value = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    if then := _moment(value):
        return (then - (_moment(headers.get("Date", "")) or now)).total_seconds()
    window = _WINDOW.search(headers.get("RateLimit", ""))
    return float(window[1]) if window else None


def _moment(value: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def address(url: str, params: Mapping[str, object]) -> str:
    """The address at which ``url`` is asked for something."""
    asked = urlencode(list(params.items()), safe=_PLAIN)
    return f"{url}?{asked}" if asked else url


def shown(url: str) -> str:
    """An address without a name and a password, which somebody may have written into it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=host(url)))


def host(url: str) -> str:
    """The machine that an address names, with its port."""
    return urlsplit(url).netloc.rpartition("@")[2]


def machine(url: str) -> str:
    """The machine that is asked: the same whatever way its name and its usual ports are written."""
    return host(url).lower().removesuffix(":80").removesuffix(":443")


def redirected(url: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        UnfitError: If it leads out of the web, or from a secure address to one that is not.
    """
    target = urljoin(url, location)
    scheme = urlsplit(target).scheme
    if scheme == "https" or (scheme == "http" and urlsplit(url).scheme == "http"):
        return target
    raise UnfitError(
        f"leads to {shown(target)[:200]!r}, which is not followed",
        "check the address",
        is_final=True,
        reason="leads to an address that is not followed",
    )
