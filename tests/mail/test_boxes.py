from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import DigestError
from generator.mail.boxes import Mailbox, addresses, list_id, mailbox
from tests.builders import SITE


@pytest.mark.parametrize(
    "text, expected",
    [
        ("ada@example.org", Mailbox("", "ada@example.org")),
        (" Ada Example <ada@example.org> ", Mailbox("Ada Example", "ada@example.org")),
        ('"Example, Ada" <ada@example.org>', Mailbox("Example, Ada", "ada@example.org")),
        ("<ada@example.org>", Mailbox("", "ada@example.org")),
        ("Ada <ada+digest@sub.example.org>", Mailbox("Ada", "ada+digest@sub.example.org")),
        ("ada@bücher.example", Mailbox("", "ada@xn--bcher-kva.example")),
    ],
)
def test_mailboxes(text: str, expected: Mailbox) -> None:
    assert mailbox(text, "FROM") == expected


@pytest.mark.parametrize(
    "text",
    [
        "secret",
        "secret@",
        "@example.org",
        "secret@example..org",
        "se cret@example.org",
        "secret@example.org>",
        "secret@exa_mple.org",
        ".secret@example.org",
        "secret@example.org\r\nBcc: x@example.org",
        "Name\n <secret@example.org\n>",
        "sécret@example.org",
        "secret@[127.0.0.1]",
        "secret@" + "a" * 64 + ".org",
        "secret@" + "a." * 130 + "org",
        "Secret <a@b.org> <c@d.org>",
        "secret@example.org, other@example.org",
    ],
)
def test_what_is_no_mailbox_is_not_repeated(text: str) -> None:
    with pytest.raises(DigestError) as caught:
        mailbox(text, "FROM")
    said = str(caught.value)
    assert said.startswith("FROM: is no address")
    assert "ecret" not in said


def test_addresses_are_taken_in_order_and_once() -> None:
    given_ = " a@example.org,b@example.org;\n c@example.org a@example.org,, "
    assert addresses(given_, "TO") == ("a@example.org", "b@example.org", "c@example.org")
    assert addresses(" , ", "TO") == ()


def test_which_address_is_none_is_said_by_its_place() -> None:
    with pytest.raises(DigestError, match=r"TO: 4 given, .*: number 2, 4; write") as caught:
        addresses("a@example.org, secret, b@example.org, <secret@example.org>", "TO")
    assert "secret" not in str(caught.value)


@given(st.text(max_size=80))
def test_no_text_becomes_more_than_an_address(text: str) -> None:
    try:
        found = addresses(text, "TO")
    except DigestError:
        return
    assert all(each.isascii() and each.isprintable() and each.count("@") == 1 for each in found)


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://example.org/digest/", "digest.example.org"),
        ("https://example.org/", "digest.example.org"),
        ("https://ada.github.io/Paper_Digest/", "paper-digest.ada.github.io"),
        ("https://Example.org:8443/a/b%20c/", "b-20c.a.example.org"),
        ("https://bücher.example/x/", "x.xn--bcher-kva.example"),
        ("http://localhost:8000/", "digest.localhost"),
        ("http://[::1]/x/", "x.digest.invalid"),
        ("", "digest.digest.invalid"),
        ("https://example.org/…/", "digest.example.org"),
    ],
)
def test_the_list_has_the_name_of_the_site(url: str, expected: str) -> None:
    """RFC 2919: a name below a domain of one's own, in the letters of a domain."""
    assert list_id(replace(SITE, url=url)) == expected


def test_a_list_name_is_no_longer_than_it_may_be() -> None:
    made = list_id(replace(SITE, url="https://example.org/" + "long/" * 200))
    assert len(made) <= 254
    assert made.endswith("example.org")
    assert not made.startswith(".")
