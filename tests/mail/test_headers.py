from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.mail import headers
from generator.text.cleaning import tidy
from tests.mail.letters import HOSTILE


def sent(line: headers.Line) -> bytes:
    """A header as it goes out, with a body behind it."""
    made = EmailMessage(policy=SMTP)
    made[line.name] = line
    return made.as_bytes()


def received(data: bytes, name: str) -> str:
    parsed = message_from_bytes(data, policy=default)
    assert parsed.keys() == [name]
    value = parsed[name]
    assert not value.defects
    return str(value)


texts = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join)
)


@given(texts)
@example("=?utf-8?q?x?=")
@example("é" * 300)
@example("x" * 61)
@example(" leading and trailing ")
def test_a_text_comes_back_as_it_was_on_one_line(text: str) -> None:
    data = sent(headers.text("Subject", text))
    assert received(data, "Subject") == tidy(text)


@given(texts)
def test_lines_are_lawful(text: str) -> None:
    """RFC 5322: ASCII, CRLF alone, no line too long; RFC 2047: encoded words apart, not empty."""
    data = sent(headers.text("Subject", text)).removesuffix(b"\r\n\r\n")
    assert data.isascii()
    lines = data.split(b"\r\n")
    assert all(line.startswith(b" ") for line in lines[1:])
    for line in lines:
        assert not re.search(rb"[\x00-\x1f\x7f]", line)
        assert len(line) <= (76 if b"=?utf-8?b?" in line else 78)
        for word in re.findall(rb"\S*=\?utf-8\?b\?\S*", line):
            assert re.fullmatch(rb"=\?utf-8\?b\?[A-Za-z0-9+/]+=*\?=", word)
            assert len(word) <= 75


@given(texts.filter(tidy))
def test_a_name_before_an_address_stays_one(text: str) -> None:
    data = sent(headers.parts("From", headers.phrase(text), "<ada@example.org>"))
    parsed = message_from_bytes(data, policy=default)["From"]
    (address,) = parsed.addresses
    assert address.addr_spec == "ada@example.org"
    # CPython puts a space between two encoded words of a name, where RFC 2047 (6.2) has none.
    assert address.display_name.replace(" ", "") == tidy(text).replace(" ", "")


def test_what_is_plain_stays_legible() -> None:
    assert sent(headers.text("Subject", "20 March 2026: 3 papers, 2 new")).startswith(
        b"Subject: 20 March 2026: 3 papers, 2 new\r\n"
    )
    assert headers.phrase('A "digest" \\ more') == '"A \\"digest\\" \\\\ more"'


def test_a_long_text_is_folded_at_spaces() -> None:
    lines = sent(headers.text("Subject", "a word " * 30)).strip().split(b"\r\n")
    assert len(lines) > 2
    assert all(len(line) <= 78 for line in lines)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_header_of_its_own(text: str) -> None:
    parsed = message_from_bytes(sent(headers.text("Subject", text)), policy=default)
    assert parsed.keys() == ["Subject"]
