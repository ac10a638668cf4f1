"""Asking other machines: the only module with an HTTP client.

What is asked here are public lists of papers, so there is one verb (get), no password and no
cookie. An answer is taken whole or not at all, and every wait has an end: requests' own time-out is
that of one reading of the socket, which an answer that drips never exceeds, and neither requests
nor urllib3 gives a whole answer a limit. So each try runs in a thread of its own that is waited for
just so long. Tries are repeated here and not by urllib3's ``Retry``, which sees the status and not
the answer: a broken listing, a web page or "Rate exceeded." with status 200 is worth another try.

Whoever asks says how an answer is read (:meth:`Client.get`), and raises an
:class:`~generator.fetch.answers.UnfitError` there if it cannot be.
"""

from __future__ import annotations

import datetime as dt
import http.client
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from queue import Empty, SimpleQueue
from typing import TypeVar

import requests
import urllib3.exceptions

from generator import __version__
from generator.console.wording import count
from generator.errors import FetchError
from generator.fetch.answers import (
    AGAIN,
    Answer,
    UnfitError,
    address,
    machine,
    redirected,
    shown,
    turned_away,
)
from generator.fetch.manners import Limits, Manners, World

_T = TypeVar("_T")

_CHUNK = 1 << 16


class Client:
    """Asks politely: one question at a time, with a pause after each, and not for ever.

    Args:
        contact: An address under which a service finds out who asks: that of the digest.
        tell: Is told why nothing happens for a while.
        limits: See there.
        world: See there.
    """

    def __init__(
        self,
        contact: str = "",
        tell: Callable[[str], None] = lambda _: None,
        limits: Limits | None = None,
        world: World | None = None,
    ) -> None:
        self._agent = f"paper-digest/{__version__}"
        if contact and contact.isascii() and contact.isprintable():
            self._agent += f" (+{contact})"
        self._limits, self._world = limits or Limits(), world or World()
        self._manners = Manners(self._limits, self._world, tell)
        self._session = _Session(self._agent)

    def get(
        self,
        url: str,
        params: Mapping[str, object],
        read: Callable[[bytes], _T],
        pause: float = 1,
    ) -> _T:
        """What ``read`` makes of the answer.

        Args:
            url: Where to ask, without a query.
            params: The query.
            read: Makes something of the body, or raises
                :class:`~generator.fetch.answers.UnfitError`.
            pause: So many seconds go by before the same host is asked again, also by a redirect.

        Raises:
            FetchError: If there is no answer, or none that can be read. Its cause is the last
                :class:`~generator.fetch.answers.UnfitError`.
        """
        asked = address(url, params)
        name = machine(asked)
        tries = self._manners.tries(name)
        for number in range(1, tries + 1):
            try:
                found = read(self._ask(asked, read, pause))
            except UnfitError as error:
                self._manners.failed(name, pause, error, number)
                if number == tries or self._manners.is_hopeless(error):
                    self._manners.gave_up(name, error)
                    raise self._error(asked, error, number) from error
            else:
                self._manners.answered(name)
                return found
        raise AssertionError  # there is at least one try, and the last one ends it

    def _error(self, asked: str, error: UnfitError, tries: int) -> FetchError:
        remedy = error.remedy
        if error.wait is not None and error.wait > self._limits.patience:
            then = self._world.now() + dt.timedelta(seconds=error.wait)
            remedy = f"it asks to be left alone: fetch again after {then:%Y-%m-%d %H:%M} UTC"
        times = f" ({tries} times)" if tries > 1 else ""
        return FetchError(shown(asked), error.problem + times, remedy)

    def _ask(self, asked: str, read: Callable[[bytes], object], pause: float) -> bytes:
        """The body of one answer, which has the status 200, wherever redirects lead for it."""
        url = asked
        for _ in range(self._limits.redirects + 1):
            answer = self._one(url, pause)
            if not answer.leads_to:
                if answer.status == HTTPStatus.OK:
                    return answer.body
                raise turned_away(answer, read, self._world.now())
            url = answer.leads_to
        problem = f"leads on and on, over more than {count(self._limits.redirects, 'redirect')}"
        raise UnfitError(problem, "check the address", is_final=True)

    def _one(self, url: str, pause: float) -> Answer:
        """The answer to one request; its host is left alone before and after it."""
        name = machine(url)
        self._manners.wait_for(name)
        try:
            return self._in_time(_Try(self._session, self._limits, url))
        finally:
            self._manners.asked(name, pause)

    def _in_time(self, one: _Try) -> Answer:
        """What a try brings, if it brings something in time.

        A connection that is not done by then is cut off, as far as it has begun to answer; a thread
        that hangs before that ends with its own time-outs, or with the process.
        """
        results: SimpleQueue[Answer | BaseException] = SimpleQueue()
        threading.Thread(target=one.run, args=(results,), daemon=True).start()
        try:
            result = results.get(timeout=self._limits.whole)
        except Empty:
            self._session = _Session(self._agent)  # the old one is that thread's
            one.cut_off()
            problem = f"had not answered in full after {self._limits.whole:g} seconds"
            raise UnfitError(problem) from None
        if isinstance(result, _TROUBLES):
            raise _unfit(result, self._limits) from None
        if isinstance(result, BaseException):
            raise result
        return result


class _Try:
    """One request."""

    def __init__(self, session: requests.Session, limits: Limits, asked: str) -> None:
        self._session, self._limits, self._asked = session, limits, asked
        self._response: requests.Response | None = None

    def run(self, results: SimpleQueue[Answer | BaseException]) -> None:
        """Put the answer there, or what came instead."""
        try:
            results.put(self._answer())
        except BaseException as error:  # noqa: BLE001 - it goes to whoever waits
            results.put(error)

    def cut_off(self) -> None:
        """Let nothing more come in."""
        if self._response is not None:
            with suppress(OSError, ValueError, RuntimeError):  # it is over, or was none
                self._response.raw.shutdown()

    def _answer(self) -> Answer:
        url, times = self._asked, (self._limits.connect, self._limits.read)
        response = self._session.get(url, stream=True, timeout=times, allow_redirects=False)
        self._response = response
        with closing(response):
            status, headers = response.status_code, response.headers
            if response.is_redirect:
                return Answer(status, headers, b"", redirected(url, headers["location"]))
            return Answer(status, headers, self._body(response))

    def _body(self, response: requests.Response) -> bytes:
        """The whole body; where the status says what is wrong already, it may be broken."""
        body = bytearray()
        try:
            for chunk in response.iter_content(_CHUNK):
                body += chunk
                if len(body) > self._limits.size:
                    problem = f"answered with more than {self._limits.size / (1 << 20):g} MB"
                    raise UnfitError(problem, "ask for less", is_final=True)
        except _TROUBLES:
            if response.ok:
                raise
        return bytes(body)


class _Session(requests.Session):
    """A session that takes proxies and certificates from the environment, and nothing else.

    Left alone, requests looks up passwords in ``~/.netrc`` if there is no ``auth``, keeps cookies,
    and reads the body of every redirect, however long it is.
    """

    def __init__(self, agent: str) -> None:
        super().__init__()
        self.headers["User-Agent"] = agent
        self.auth = _nobody
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere: whoever asks follows redirects."""


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


_TROUBLES = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
)
_PROXY = "check HTTP_PROXY, HTTPS_PROXY and NO_PROXY"
_ADDRESS = "check the address, and the network of this machine"
_NO_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
)
#: What the libraries' errors mean; they come wrapped in each other, and the first here counts.
_MEANINGS: tuple[tuple[type[BaseException], str, str], ...] = (
    (requests.exceptions.ProxyError, "is behind a proxy that does not answer", _PROXY),
    (
        ssl.SSLCertVerificationError,
        "has a certificate that is not to be trusted",
        "check the address, this machine's clock and its certificates (REQUESTS_CA_BUNDLE)",
    ),
    (ssl.SSLError, "makes no secure connection", "check the address, and proxies"),
    (urllib3.exceptions.NameResolutionError, "has a name that is not found", _ADDRESS),
    (ConnectionRefusedError, "refuses the connection", _ADDRESS),
    (requests.ConnectTimeout, "takes no connection within {connect:g} seconds", _ADDRESS),
    (requests.exceptions.ContentDecodingError, "sent what cannot be unpacked", AGAIN),
    (TimeoutError, "sent nothing for {read:g} seconds", AGAIN),
    (urllib3.exceptions.ReadTimeoutError, "sent nothing for {read:g} seconds", AGAIN),
    (http.client.RemoteDisconnected, "closed the connection without an answer", AGAIN),
    (requests.exceptions.ChunkedEncodingError, "broke off in the middle of its answer", AGAIN),
    (ConnectionResetError, "cut off the connection", AGAIN),
    (http.client.HTTPException, "sent what is no answer", "check the address"),
)


def _unfit(error: BaseException, limits: Limits) -> UnfitError:
    """What an error of the libraries means to a user; certificates do not mend themselves."""
    causes = list(_causes(error))
    for kind, problem, remedy in _MEANINGS:
        if any(isinstance(cause, kind) for cause in causes):
            said = problem.format(connect=limits.connect, read=limits.read)
            return UnfitError(said, remedy, is_final=kind is ssl.SSLCertVerificationError)
    reason = f"cannot be asked: {type(error).__name__}"
    said = f"{reason}: {str(error)[:200]}"
    is_final = isinstance(error, _NO_ADDRESS)
    return UnfitError(said, f"{_ADDRESS}, and proxies", is_final=is_final, reason=reason)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and all that it is made of."""
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            parts = (
                *cause.args,
                cause.__cause__,
                cause.__context__,
                getattr(cause, "reason", None),
            )
            waiting += [part for part in parts if isinstance(part, BaseException)]
