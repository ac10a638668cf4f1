from __future__ import annotations

import pytest

from generator.errors import DigestError
from generator.mail.boxes import Mailbox
from generator.mail.settings import Post, Security, Server, post_in, recipients_in, sender_in

LEAST = {
    "DIGEST_SMTP_HOST": "smtp.example.org",
    "DIGEST_MAIL_FROM": "Editor <editor@example.org>",
    "DIGEST_MAIL_TO": "reader@example.org",
}
LOGIN = {"DIGEST_SMTP_USER": "editor", "DIGEST_SMTP_PASSWORD": "a secret word"}


def test_the_least_that_sending_takes() -> None:
    server = Server("smtp.example.org", 587, Security.STARTTLS)
    sender = Mailbox("Editor", "editor@example.org")
    assert post_in(LEAST) == Post(server, sender, ("reader@example.org",))


@pytest.mark.parametrize(
    "given, port, security",
    [
        ({}, 587, Security.STARTTLS),
        ({"PORT": "465"}, 465, Security.TLS),
        ({"PORT": " 2525 "}, 2525, Security.STARTTLS),
        ({"SECURITY": "tls"}, 465, Security.TLS),
        ({"SECURITY": "None"}, 25, Security.NONE),
        ({"SECURITY": "starttls", "PORT": "465"}, 465, Security.STARTTLS),
        ({"SECURITY": "", "PORT": ""}, 587, Security.STARTTLS),
    ],
)
def test_port_and_security_follow_from_each_other(
    given: dict[str, str], port: int, security: Security
) -> None:
    made = post_in({**LEAST, **{f"DIGEST_SMTP_{name}": value for name, value in given.items()}})
    assert (made.server.port, made.server.security) == (port, security)


def test_all_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(DigestError) as caught:
        post_in({"DIGEST_SMTP_HOST": " ", "DIGEST_MAIL_TO": " , "})
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        "DIGEST_SMTP_HOST",
        "DIGEST_MAIL_FROM",
        "DIGEST_MAIL_TO",
    ]


@pytest.mark.parametrize(
    "name, value",
    [
        ("DIGEST_SMTP_PORT", "secret"),
        ("DIGEST_SMTP_PORT", "0"),
        ("DIGEST_SMTP_PORT", "65536"),
        ("DIGEST_SMTP_PORT", "9" * 5000),
        ("DIGEST_SMTP_PORT", "٥٨٧"),
        ("DIGEST_SMTP_SECURITY", "secret"),
        ("DIGEST_SMTP_HOST", "secret host"),
        ("DIGEST_SMTP_HOST", "https://secret.example.org/"),
        ("DIGEST_SMTP_HOST", "secret\nhost"),
        ("DIGEST_SMTP_HOST", "secret..example"),
        ("DIGEST_SMTP_USER", ""),
        ("DIGEST_SMTP_PASSWORD", ""),
        ("DIGEST_SMTP_USER", "sécret"),
        ("DIGEST_SMTP_PASSWORD", "secret\r\nRSET"),
        ("DIGEST_SMTP_PASSWORD", "sécret"),
        ("DIGEST_MAIL_FROM", "secret"),
        ("DIGEST_MAIL_TO", "secret, reader@example.org"),
    ],
)
def test_a_mistake_is_named_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(DigestError) as caught:
        post_in({**LEAST, **LOGIN, name: value})
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{name}: ")
    assert "; " in line
    for secret in ("secret", "sécret", "reader@", "a secret word"):
        assert secret not in line


def test_what_is_secret_is_in_no_description() -> None:
    said = repr(post_in({**LEAST, **LOGIN}))
    assert "example.org:" not in said
    for secret in ("editor", "reader", "a secret word"):
        assert secret not in said


def test_to_look_at_a_letter_takes_nothing() -> None:
    assert sender_in({}) is None
    assert recipients_in({}) == ()
