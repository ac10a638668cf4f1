"""Addresses end where the text around them goes on."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.addresses import search


def found_in(text: str) -> str | None:
    address = search(text)
    if address is None:
        return None
    assert text[address.start : address.end] == address.url
    return address.url


@pytest.mark.parametrize(
    "url",
    [
        *("https://a.org", "http://a.org/", "https://a.org/x", "HTTPS://A.org/X", "https://a.org:80/"),
        *("https://a.org/?q=1&b=2#c", "https://a.org/~me/", "https://a.org/a_b-c--d", "https://a.org//x"),
        *("https://a.org/wiki/A_(b)", "https://a.org/(x)", "https://a.org/[x]", "https://a.org/a(b)c"),
        *("https://a.org/x@y", "https://a.org/a,b;c", "https://a.org/x%20y", "https://münchen.de/ü"),
        *("https://web.archive.org/web/2020/https://a.org", "https://a.org/x.git", "https://a.org/Straße"),
        *("https://a.org/x'y", "http://127.0.0.1:8000/x", "https://[::1]/x", "https://a.org/a*b"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "before,after",
    [
        *(("", ""), ("at ", "."), ("(", ")"), ("(", ")."), ("at ", ", which"), ("<", ">")),
        *(("“", "”"), ("‘", "’."), ("[", "]"), ("{", "}"), ("code:", ";"), ("", "…"), ("", "...")),
        *(("", "'s page"), ("'", "'"), ("", "?!"), ("**", "**"), ("", " )"), ("参见", "。")),
        *(("", ",https://b.org/"), ("x ", ");(https://b.org/)"), ("", "上"), ("", "\\n")),
        *(("", "\u200b"), ("", "\u202e"), ("", "](javascript:alert(1))"), ("at", " ")),
        *(("（", "）"), ("", "|"), ("", "`"), ('"', '"'), ("", "$^1$"), ("", "''"), ("", "''s")),
        *(
            ("", "—and"),
            ("", "–"),
            ("", "†"),
            ("", "™"),
            ("", "¹"),
            ("•", "•"),
            ("", "→"),
            ("", "、"),
        ),
        *(
            ("", "،"),
            ("", "؟"),
            ("", "।"),
            ("_", "_"),
            ("&lt;", "&gt;"),
            ("&#34;", "&#34;"),
            ("", ","),
        ),
    ],
)
def test_an_address_in_a_sentence(url: str, before: str, after: str) -> None:
    assert found_in(f"{before}{url}{after}") == url


@pytest.mark.parametrize(
    "text",
    [
        *("", "https://", "https://.", "https://...", "https:// a.org", "http:/a.org", "://a.org"),
        *("www.a.org", "a.org/x", "a@b.org", "mailto:a@b.org", "ftp://a.org", "//a.org"),
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "https:///x",
            "https://[bad/x",
            "https://a:b/",
        ),
    ],
)
def test_no_address(text: str) -> None:
    assert found_in(text) is None


@pytest.mark.parametrize("url", ["https://github.com@b.org/", "https://a:b@c.org/x"])
def test_an_address_that_only_seems_to_name_its_host_is_none(url: str) -> None:
    assert found_in(url) is None


def test_the_search_goes_on_behind_what_is_none() -> None:
    assert found_in("https://... or https://a@b.org/ or https://c.org/x") == "https://c.org/x"


@given(st.text(alphabet="htps:/.a()[]{},;'*\\ $@#?é中”\u200b"))
def test_an_address_leads_to_a_host_and_stands_in_the_text(text: str) -> None:
    url = found_in(text)
    if url is not None:
        assert urlsplit(url).scheme in {"http", "https"}
        assert urlsplit(url).hostname
        assert not any(char.isspace() or char in '"<>\\`{}' for char in url)


def test_many_addresses_are_found_in_time_that_grows_with_them() -> None:
    """A text of 100 kB took minutes when each address was looked at with all that follow it."""
    text = "https://a.org/x," * 6_000
    count = place = 0
    while address := search(text, place):
        count, place = count + 1, address.end
    assert count == 6_000
