from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.mail.boxes import Mailbox
from generator.mail.hush import hushed
from generator.mail.settings import Post, Security, Server

POST = Post(
    Server("smtp.example.org", 587, Security.STARTTLS, "mailer-user", "pass/word+1"),
    Mailbox("Editor", "editor.desk@example.org"),
    ("reader.one@example.com", "b@example.net"),
)
SECRETS = ("reader.one", "editor.desk", "mailer-user", "pass/word+1", "@")
ENCODED = base64.b64encode(b"\0mailer-user\0pass/word+1").decode()


@pytest.mark.parametrize(
    "said, expected",
    [
        ("5.1.1 <reader.one@example.com>: unknown", "550 5.1.1 < … >: unknown"),
        ("5.1.1 User READER.ONE@EXAMPLE.COM unknown", "550 5.1.1 User … unknown"),
        ("mailbox reader.one unknown", "550 mailbox … unknown"),
        ("no such user: someone.else@example.com", "550 no such user: …"),
        (f"AUTH PLAIN {ENCODED} failed", "550 AUTH PLAIN … failed"),
        ("mailer-user: pass/word+1 is wrong", "550 …: … is wrong"),
        ("first line\nsecond line\r\n::error::third", "550 first line second line::error::third"),
        ("\x1b[31mred\x07 ##[add-path]x", "550 31mred add-path x"),
        ("é 你", "550"),
        ("", "550"),
    ],
)
def test_what_is_left_of_a_reply(said: str, expected: str) -> None:
    shown = hushed(550, said.encode(), POST)
    assert shown.replace(" :", ":") == expected


@given(st.lists(st.one_of(st.sampled_from((*SECRETS, ENCODED, POST.recipients[1])), st.text())))
def test_no_secret_is_left(parts: list[str]) -> None:
    said = hushed(550, " ".join(parts), POST)
    assert len(said) <= 200
    assert said.isprintable()
    assert not any(secret in said.lower() for secret in SECRETS[:4])
    assert "b@example.net" not in said
    assert ENCODED not in said
    assert "##" not in said
