from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from urllib3.exceptions import MaxRetryError

from generator import __version__
from generator.errors import FetchError
from generator.fetch.answers import UnfitError
from generator.fetch.client import Client, _unfit
from generator.fetch.manners import Limits, World
from tests.fetch.test_manners import Time
from tests.server import Faulty, answer, drip, flood, half, raw, serving, silent

#: So many seconds a test waits for what never comes; a machine that does much else at once needs
#: some of it for what does come.
SOON = 0.8
LIMITS = Limits(connect=60, read=60, whole=200, size=1 << 20)


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Faulty]:
    with serving() as faulty:
        yield faulty


@pytest.fixture
def time() -> Time:
    return Time()


def client(time: Time, limits: Limits = LIMITS, contact: str = "") -> Client:
    return Client(contact, tell=time.told.append, limits=limits, world=time.world)


def text(body: bytes) -> str:
    """Reads answers that begin with "fine"."""
    if not body.startswith(b"fine"):
        raise UnfitError(f"is {body.decode()[:20]!r}")
    return body.decode()


def failure(server: Faulty, time: Time, limits: Limits = LIMITS) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client(time, limits).get(f"{server.url}/list", {"day": 1}, text)
    assert caught.value.path == f"{server.url}/list?day=1"
    return caught.value


def test_an_answer_is_read(server: Faulty, time: Time) -> None:
    server.replies = [answer("fine")]
    params = {"query": "(cat:cs.CL OR a b) AND c:[1 TO 2]", "start": 0}
    assert client(time).get(f"{server.url}/list", params, text) == "fine"
    (asked,) = server.asked
    assert asked.params == {"query": "(cat:cs.CL OR a b) AND c:[1 TO 2]", "start": "0"}
    assert asked.query.startswith("query=(cat:cs.CL+OR+a+b)+AND+c:")
    assert time.slept == []


@pytest.mark.parametrize(
    "contact, agent",
    [
        ("https://example.org/digest/", " (+https://example.org/digest/)"),
        ("", ""),
        ("https://example.org/\r\nX: y", ""),
        ("https://exämple.org/", ""),
    ],
)
def test_it_says_who_asks(server: Faulty, time: Time, contact: str, agent: str) -> None:
    server.replies = [answer("fine")]
    client(time, contact=contact).get(server.url, {}, text)
    assert server.asked[0].headers["User-Agent"] == f"paper-digest/{__version__}{agent}"


def test_a_compressed_answer_is_unpacked(server: Faulty, time: Time) -> None:
    server.replies = [answer(gzip.compress(b"fine indeed"), content_encoding="gzip")]
    assert client(time).get(server.url, {}, text) == "fine indeed"
    assert "gzip" in server.asked[0].headers["Accept-Encoding"]


#: How a try fails, what is said of it, and whether another one is worth it.
FAULTS = {
    "429": (answer(status=429), "answered 429 Too Many Requests", True),
    "500": (answer("oops", 500), "answered 500 Internal Server Error (is 'oops')", True),
    "502": (answer(status=502), "answered 502 Bad Gateway", True),
    "503": (answer("fine", 503), "answered 503 Service Unavailable", True),
    "504": (answer(status=504), "answered 504 Gateway Timeout", True),
    "400": (answer("no such day", 400), "answered 400 Bad Request (is 'no such day')", False),
    "404": (answer(status=404), "answered 404 Not Found", False),
    "204": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), "answered 204 No Content", False),
    "599": (
        raw(b"HTTP/1.1 599 \r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        "answered 599",
        True,
    ),
    "unfit": (answer("something else"), "is 'something else'", True),
    "truncated": (
        answer("fine so far", content_length=99),
        "broke off in the middle of its answer",
        True,
    ),
    "chunk cut": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nfine"),
        "broke off in the middle of its answer",
        True,
    ),
    "chunks end": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfine\r\n"),
        "broke off in the middle of its answer",
        True,
    ),
    "no gzip": (answer("fine", content_encoding="gzip"), "sent what cannot be unpacked", True),
    "no answer": (raw(b""), "closed the connection without an answer", True),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH\r\n\r\n"), "sent what is no answer", True),
    "redirect loop": (
        answer(status=302, location="/list"),
        "leads on and on, over more than 5 redirects",
        False,
    ),
    "leads out": (
        answer(status=302, location="file:///etc/passwd"),
        "leads to 'file:///etc/passwd', which is not followed",
        False,
    ),
    "leads nowhere": (answer(status=304), "answered 304 Not Modified", False),
}


@pytest.mark.parametrize("fault, problem, again", FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_is_said(
    server: Faulty, time: Time, fault: object, problem: str, again: bool
) -> None:
    server.replies = [fault]  # type: ignore[list-item]
    error = failure(server, time)
    assert error.problem == problem + (" (5 times)" if again else "")
    assert error.remedy
    hops = 6 if "on and on" in problem else 1
    assert len(server.asked) == (5 if again else hops)
    assert len(time.slept) == len(server.asked) - 1


@pytest.mark.parametrize("fault", ["429", "503", "unfit", "truncated", "chunk cut", "no answer"])
def test_a_fault_that_goes_away_is_none(server: Faulty, time: Time, fault: str) -> None:
    server.replies = [FAULTS[fault][0]] * 4 + [answer("fine")]
    assert client(time).get(server.url, {}, text) == "fine"
    assert len(server.asked) == 5


def test_an_error_with_a_broken_body_is_that_error(server: Faulty, time: Time) -> None:
    server.replies = [answer("overloaded", 503, content_length=99)]
    assert failure(server, time).problem == "answered 503 Service Unavailable (5 times)"


@pytest.mark.parametrize(
    "fault, problem",
    [
        (silent, "sent nothing for 0.8 seconds"),
        (half("fine but long"), "sent nothing for 0.8 seconds"),
    ],
)
def test_a_connection_that_hangs_ends(
    server: Faulty, time: Time, fault: object, problem: str
) -> None:
    server.replies = [fault]  # type: ignore[list-item]
    error = failure(server, time, replace(LIMITS, read=SOON, tries=2))
    assert error.problem == f"{problem} (2 times)"
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfine"]
)
def test_an_answer_that_drips_ends(server: Faulty, time: Time, head: bytes) -> None:
    server.replies = [drip(head), answer("fine")]
    asker = client(time, replace(LIMITS, whole=SOON))
    assert asker.get(server.url, {}, text) == "fine"
    server.asked.clear()
    server.replies = [drip(head)]
    problem = "had not answered in full after 0.8 seconds (2 times)"
    assert failure(server, time, replace(LIMITS, whole=SOON, tries=2)).problem == problem


def test_a_body_that_drips_is_cut_off(server: Faulty, time: Time) -> None:
    server.replies = [drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\nfine")]
    before = set(threading.enumerate())
    failure(server, time, replace(LIMITS, whole=SOON, tries=1))
    for thread in set(threading.enumerate()) - before:
        if "run" in thread.name:
            thread.join(10)
            assert not thread.is_alive()


def test_an_answer_without_end_is_not_read_to_it(server: Faulty, time: Time) -> None:
    server.replies = [flood]
    assert failure(server, time).problem == "answered with more than 1 MB"
    bomb = gzip.compress(b"fine" + bytes(3 << 20))
    server.replies = [answer(bomb, content_encoding="gzip")]
    assert failure(server, time).problem == "answered with more than 1 MB"


def test_a_connection_that_is_refused(time: Time) -> None:
    with serving() as server:
        pass
    error = failure(server, time)
    assert error.problem == "refuses the connection (5 times)"
    assert error.remedy == "check the address, and the network of this machine"


def test_a_name_that_is_not_found(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = failure(Faulty(url="http://nowhere.example"), time)
    assert error.problem == "has a name that is not found (5 times)"


def test_an_address_that_is_none(time: Time) -> None:
    error = failure(Faulty(url="nonsense"), time)
    assert error.problem.startswith("cannot be asked: MissingSchema: ")


def test_what_is_not_secure(server: Faulty, time: Time) -> None:
    server.replies = [answer("fine")]
    error = failure(replace(server, url=server.url.replace("http:", "https:")), time)
    assert error.problem == "makes no secure connection (5 times)"


def test_a_certificate_is_not_tried_again() -> None:
    cause = ssl.SSLCertVerificationError(1, "self-signed certificate")
    reason = MaxRetryError(None, "/", cause)  # type: ignore[arg-type]
    error = _unfit(requests.exceptions.SSLError(reason), LIMITS)
    assert (error.is_final, error.problem) == (True, "has a certificate that is not to be trusted")


def test_a_defect_is_no_message(
    server: Faulty, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defect(*_: object, **__: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(requests.Session, "get", defect)
    with pytest.raises(RuntimeError, match="a defect"):
        client(time).get(server.url, {}, text)


def test_redirects_are_followed(server: Faulty, time: Time) -> None:
    server.replies = [
        answer("away", 301, location="/a?b=c"),
        answer(status=307, location=f"{server.url}/d"),
        answer("fine"),
    ]
    assert client(time).get(server.url, {}, text) == "fine"
    assert [each.address for each in server.asked] == ["/", "/a?b=c", "/d"]
    assert time.slept == [1, 1]  # a redirect is a request like any other


def test_a_redirect_to_another_host_is_a_request_of_that_one(server: Faulty, time: Time) -> None:
    with serving() as other:
        server.replies = [answer(status=302, location=f"{other.url}/list")]
        other.replies = [answer("fine")]
        asker = client(time)
        asker.get(server.url, {}, text, pause=3)
        assert time.slept == []
        asker.get(other.url, {}, text, pause=3)
        assert time.slept == [3]
        asker.get(server.url, {}, text, pause=3)
        assert time.slept == [3, 3]  # one host waited while the other was waited for


def test_a_host_that_redirects_to_one_that_is_out_of_order(server: Faulty, time: Time) -> None:
    with serving() as other:
        server.replies = [answer(status=302, location=f"{other.url}/list")]
        other.replies = [answer(status=429, retry_after=7200)]
        asker = client(time)
        for _ in range(2):
            with pytest.raises(FetchError, match="fetch again after 2026-08-19 14:00 UTC"):
                asker.get(server.url, {}, text)
        assert (len(server.asked), len(other.asked)) == (1, 1)


def test_the_body_of_a_redirect_is_not_read(server: Faulty, time: Time) -> None:
    endless = drip(b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 99999\r\n\r\n")
    server.replies = [endless, answer("fine")]
    limits = replace(LIMITS, whole=SOON)
    assert client(time, limits).get(server.url, {}, text) == "fine"
    assert [each.address for each in server.asked] == ["/", "/next"]


def test_a_proxy_of_the_environment_is_asked(
    server: Faulty, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    server.replies = [answer("fine")]
    assert client(time).get("http://papers.example/list", {"p": 1}, text) == "fine"
    assert server.asked[0].address == "http://papers.example/list?p=1"


def test_a_proxy_that_is_not_there(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        pass
    monkeypatch.setenv("http_proxy", server.url)
    error = failure(Faulty(url="http://papers.example"), time)
    assert error.problem == "is behind a proxy that does not answer (5 times)"
    assert error.remedy == "check HTTP_PROXY, HTTPS_PROXY and NO_PROXY"


def test_no_password_and_no_cookie_is_sent(
    server: Faulty, time: Time, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    server.replies = [answer("fine", set_cookie="session=1; Path=/")]
    asker = client(time)
    for _ in range(2):
        asker.get(server.url.replace("//", "//me:secret@"), {}, text)
    assert not {"Authorization", "Cookie"} & set(server.asked[-1].headers)


def test_a_password_in_the_address_is_in_no_message(server: Faulty, time: Time) -> None:
    server.replies = [answer(status=404)]
    with pytest.raises(FetchError) as caught:
        client(time).get(server.url.replace("//", "//me:secret@"), {}, text)
    assert "secret" not in str(caught.value)


def test_the_cause_is_known(server: Faulty, time: Time) -> None:
    server.replies = [answer(status=404)]
    cause = failure(server, time).__cause__
    assert isinstance(cause, UnfitError)
    assert cause.is_final


def test_a_host_has_a_pause_after_each_question(server: Faulty, time: Time) -> None:
    server.replies = [answer("fine")]
    asker = client(time)
    for _ in range(3):
        asker.get(server.url, {}, text, pause=3)
    assert time.slept == [3, 3]
    time.now += 1
    asker.get(server.url, {}, text, pause=3)
    assert time.slept == [3, 3, 2]


def test_the_pause_between_tries_doubles(server: Faulty, time: Time) -> None:
    server.replies = [answer(status=503)]
    failure(server, time, replace(LIMITS, tries=7, first=2, longest=20))
    assert time.slept == [2, 4, 8, 16, 20, 20]
    assert time.told == [
        f"{server.url[7:]} answered 503 Service Unavailable; waiting 16 seconds",
        *[f"{server.url[7:]} answered 503 Service Unavailable; waiting 20 seconds"] * 2,
    ]


@pytest.mark.parametrize(
    "headers, slept",
    [
        ({"retry_after": "40"}, 40),
        ({"retry_after": "Wed, 19 Aug 2026 12:00:50 GMT"}, 50),
        (
            {
                "retry_after": "Wed, 19 Aug 2026 20:00:50 GMT",
                "date": "Wed, 19 Aug 2026 20:00:00 GMT",
            },
            50,
        ),
        ({"ratelimit": '"api";r=0;t=55'}, 55),
        ({"retry_after": "0"}, 2),
        ({}, 15),
    ],
)
def test_a_wait_that_is_asked_for_is_kept(
    server: Faulty, time: Time, headers: dict[str, str], slept: float
) -> None:
    server.replies = [answer(status=429, **headers), answer("fine")]
    assert client(time).get(server.url, {}, text) == "fine"
    assert time.slept == [slept]
    assert len(time.told) == (slept >= 10)


def test_a_long_wait_is_left_to_the_user(server: Faulty, time: Time) -> None:
    server.replies = [answer(status=429, retry_after=7200)]
    asker = client(time)
    with pytest.raises(FetchError) as first:
        asker.get(server.url, {}, text)
    assert str(first.value).endswith(
        ": answered 429 Too Many Requests; it asks to be left alone: fetch again after "
        "2026-08-19 14:00 UTC"
    )
    for _ in range(3):
        with pytest.raises(FetchError) as second:
            asker.get(server.url, {}, text)
        assert second.value.problem == "was not asked, for before it answered 429 Too Many Requests"
        assert second.value.remedy == first.value.remedy
        assert isinstance(second.value.__cause__, UnfitError)
        assert second.value.__cause__.reason == "answered 429 Too Many Requests"
    assert len(server.asked) == 1
    assert time.slept == []


@pytest.mark.parametrize("after", ["999999999", "Fri, 31 Dec 9999 23:59:59 -2359"])
def test_a_wait_for_ever_ends_in_a_year(server: Faulty, time: Time, after: str) -> None:
    server.replies = [answer(status=503, retry_after=after)]
    assert failure(server, time).remedy == (
        "it asks to be left alone: fetch again after 2027-08-20 12:00 UTC"
    )


def test_a_service_out_of_order_is_not_waited_for_again(server: Faulty, time: Time) -> None:
    server.replies = [answer(status=503)]
    asker = client(time)
    asked = []
    for _ in range(4):
        with pytest.raises(FetchError):
            asker.get(server.url, {}, text)
        asked.append(len(server.asked))
    assert asked == [5, 10, 11, 12]
    server.replies = [answer("fine")]
    asker.get(server.url, {}, text)
    server.replies = [answer(status=503)]
    server.asked.clear()
    with pytest.raises(FetchError):
        asker.get(server.url, {}, text)
    assert len(server.asked) == 5


def test_a_wrong_question_is_not_the_services_fault(server: Faulty, time: Time) -> None:
    server.replies = [answer(status=404)] * 3 + [answer(status=503)]
    asker = client(time)
    for _ in range(4):
        with pytest.raises(FetchError):
            asker.get(server.url, {}, text)
    assert len(server.asked) == 3 + 5


def test_the_world_is_the_real_one() -> None:
    world = World()
    assert world.clock() <= world.clock()
    assert world.now().tzinfo is not None
    assert 0 <= world.below(3) <= 3
