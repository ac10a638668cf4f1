from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.fetch.answers import (
    LONGEST_WAIT,
    Answer,
    UnfitError,
    address,
    asked_wait,
    machine,
    redirected,
    shown,
    turned_away,
)

NOW = dt.datetime(2026, 8, 19, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "headers, wait",
    [
        ({}, None),
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": " 0 "}, 0),
        ({"Retry-After": "Wed, 19 Aug 2026 12:01:00 GMT"}, 60),
        ({"Retry-After": "Wed, 19 Aug 2026 12:01:00 -0000"}, 60),
        ({"Retry-After": "Wed, 19 Aug 2026 11:00:00 GMT"}, 0),
        ({"Retry-After": "Thu, 20 Aug 2026 12:00:00 GMT", "Date": "nonsense"}, 86400),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "٣"}, None),
        ({"Retry-After": "9" * 400}, None),
        ({"RateLimit": '"api";r=0;t=55'}, 55),
        ({"RateLimit": '"api"; r=0; t=55'}, 55),
        ({"RateLimit": '"api";r=10;t=55'}, None),
        ({"Retry-After": "7", "RateLimit": '"api";r=0;t=55'}, 7),
        ({"Retry-After": "999999999"}, LONGEST_WAIT),
        ({"RateLimit": '"api";r=0;t=999999999'}, LONGEST_WAIT),
        ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, LONGEST_WAIT),
        ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 -2359"}, LONGEST_WAIT),
        ({"Retry-After": "Mon, 01 Jan 0001 00:00:00 +2359"}, 0),
        (
            {
                "Retry-After": "Fri, 31 Dec 9999 23:59:59 -2359",
                "Date": "Mon, 01 Jan 0001 00:00:00 +2359",
            },
            LONGEST_WAIT,
        ),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], wait: float | None) -> None:
    assert asked_wait(headers, NOW) == wait


@given(st.text(), st.text(), st.text())
def test_no_header_breaks_it(after: str, date: str, limit: str) -> None:
    wait = asked_wait({"Retry-After": after, "Date": date, "RateLimit": limit}, NOW)
    assert wait is None or 0 <= wait <= LONGEST_WAIT


@given(st.datetimes(), st.datetimes(), st.sampled_from(["GMT", "+2359", "-2359", "-0000"]))
def test_no_moment_breaks_it(after: dt.datetime, date: dt.datetime, zone: str) -> None:
    form = f"%a, %d %b {{}} %H:%M:%S {zone}"
    headers = {
        name: when.strftime(form.format(f"{when.year:04}"))
        for name, when in (("Retry-After", after), ("Date", date))
    }
    wait = asked_wait(headers, NOW)
    assert wait is not None
    assert 0 <= wait <= LONGEST_WAIT


def test_a_status_says_whether_to_try_again() -> None:
    def error(status: int) -> UnfitError:
        return turned_away(Answer(status, {}, b""), lambda _: None, NOW)

    assert [status for status in range(100, 600) if not error(status).is_final] == [
        *(408, 425, 429),
        *range(500, 600),
    ]
    assert (error(429).wait, error(503).wait) == (15, None)


def test_a_service_says_what_it_means_in_the_body() -> None:
    def read(body: bytes) -> None:
        raise UnfitError(f"sent {body.decode()}", wait=33)

    assert turned_away(Answer(503, {}, b"x"), read, NOW).problem == (
        "answered 503 Service Unavailable (sent x)"
    )
    assert (
        turned_away(Answer(503, {}, b"x"), read, NOW).reason == "answered 503 Service Unavailable"
    )
    assert turned_away(Answer(503, {}, b" "), read, NOW).wait is None
    assert turned_away(Answer(503, {}, b"x"), read, NOW).wait == 33
    assert turned_away(Answer(503, {"Retry-After": "4"}, b"x"), read, NOW).wait == 4


def test_queries_stay_readable_and_whole() -> None:
    params = {"q": "(cat:cs.CL OR x&y) AND d:[1 TO 2]", "ids": "1,hep-th/9901001", "n": 3}
    assert address("https://a.example/q", params) == (
        "https://a.example/q?q=(cat:cs.CL+OR+x%26y)+AND+d:%5B1+TO+2%5D&ids=1,hep-th/9901001&n=3"
    )


def test_no_password_is_shown() -> None:
    assert shown("https://me:secret@a.example:8/q?p=me:secret@b") == (
        "https://a.example:8/q?p=me:secret@b"
    )


@pytest.mark.parametrize(
    "url, location, target",
    [
        ("http://a.example/x", "/y?z", "http://a.example/y?z"),
        ("http://a.example/x", "https://b.example/", "https://b.example/"),
        ("https://a.example/x", "//b.example/", "https://b.example/"),
        ("https://a.example/x", "http://a.example/x", None),
        ("http://a.example/x", "ftp://a.example/x", None),
        ("http://a.example/x", "javascript:alert(1)", None),
    ],
)
def test_where_redirects_may_lead(url: str, location: str, target: str | None) -> None:
    if target:
        assert redirected(url, location) == target
        return
    with pytest.raises(UnfitError, match="is not followed") as caught:
        redirected(url, location)
    assert caught.value.is_final


@pytest.mark.parametrize(
    "url", ["http://a.example/x", "https://A.example", "http://a.example:80/", "//me@a.example:443"]
)
def test_a_machine_has_one_name(url: str) -> None:
    assert machine(url) == "a.example"
    assert machine("http://a.example:8080/") == "a.example:8080"
