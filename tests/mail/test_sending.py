"""Sending, to a real server on this machine, and to servers that are none."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.mail import sending
from generator.mail.boxes import Mailbox
from generator.mail.sending import Delivery, Limits, MailError, deliver
from generator.mail.settings import Post, Security, Server
from tests.postoffice import AUTHORITY, PASSWORD, USER, Office, open_office
from tests.server import Out, Reply, drip, raw, silent
from tests.talking import Step, talking

DATA = b"Subject: A day\r\n\r\nFirst line\r\n.\r\n..two\r\nlast\r\n"
SENDER = "editor@example.org"
READERS = ("ada@example.org", "bo@example.org", "cy@example.com")
#: Where a server is waited for in vain, what it would say comes after this.
LONG = Limits(connect=60, reply=60, taking=60, total=60)
BRIEF = 0.5


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority of the tests is one that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """aiosmtpd warns of logins without encryption, which is what some tests are about."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
        yield


def post(port: int, security: Security = Security.NONE, *to: str, **kw: str) -> Post:
    host = kw.pop("host", "localhost" if security is not Security.NONE else "127.0.0.1")
    server = Server(host, port, security, kw.get("user", ""), kw.get("password", ""))
    return Post(server, Mailbox("Editor", SENDER), to or READERS)


def sent(to: Post, limits: Limits | None = None) -> Delivery:
    made = Delivery()
    deliver(DATA, to, made, limits)
    return made


def refusal(to: Post, limits: Limits | None = None) -> str:
    made = Delivery()
    with pytest.raises(MailError) as caught:
        deliver(DATA, to, made, limits)
    assert made == Delivery()
    return str(caught.value)


def test_a_message_arrives_as_it_is_for_all() -> None:
    with open_office() as office:
        made = sent(post(office.port))
    assert made == Delivery(taken=3)
    (taken,) = office.taken
    assert (taken.sender, taken.recipients) == (SENDER, READERS)
    assert taken.data == DATA
    assert not taken.encrypted


def test_starttls_then_the_password() -> None:
    with open_office(starttls=True, login=True) as office:
        made = sent(post(office.port, Security.STARTTLS, user=USER, password=PASSWORD))
    assert made.taken == 3
    (taken,) = office.taken
    assert (taken.encrypted, taken.user) == (True, USER)
    assert office.logins == [(USER, PASSWORD)]


def test_tls_from_the_first_word() -> None:
    with open_office(tls=True, login=True) as office:
        made = sent(post(office.port, Security.TLS, user=USER, password=PASSWORD))
    assert made.taken == 3
    assert office.logins == [(USER, PASSWORD)]


def test_a_server_without_encryption_gets_no_word_of_it() -> None:
    with open_office() as office:
        said = refusal(post(office.port, Security.STARTTLS, user=USER, password=PASSWORD))
    assert "does not offer what is asked of it (STARTTLS" in said
    assert "nothing was sent" in said
    assert not office.logins
    assert not office.taken


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_that_nobody_signed_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, security: Security
) -> None:
    (nobody := tmp_path / "nobody.pem").touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(nobody))
    is_tls = security is Security.TLS
    with open_office(starttls=not is_tls, tls=is_tls) as office:
        said = refusal(post(office.port, security, user=USER, password=PASSWORD))
    assert "its certificate is not to be trusted" in said
    assert not office.logins


def test_a_certificate_of_another_host_is_refused() -> None:
    with open_office(starttls=True) as office:
        said = refusal(post(office.port, Security.STARTTLS, host="127.0.0.1"))
    assert "its certificate is not to be trusted" in said


def test_a_password_goes_unencrypted_to_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_office(login=True) as office:
        to = post(office.port, Security.NONE, user=USER, password=PASSWORD)
        assert sent(to).taken == 3
        monkeypatch.setattr(sending, "_is_here", lambda _: False)
        assert "no password is sent over a connection that is not encrypted" in refusal(to)
    assert len(office.logins) == 1


@pytest.mark.parametrize(
    "peer, here",
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_which_addresses_are_this_machine(peer: str, here: bool) -> None:
    class Smtp:
        class sock:  # noqa: N801 - an attribute of smtplib's
            @staticmethod
            def getpeername() -> tuple[str, int]:
                return peer, 25

    assert sending._is_here(Smtp()) is here  # type: ignore[arg-type]


def test_a_wrong_password_is_a_message_without_it() -> None:
    with open_office(starttls=True, login=True) as office:
        to = post(office.port, Security.STARTTLS, user=USER, password="wrong-word")  # noqa: S106
        said = refusal(to)
    assert "does not take user and password: 535 5.7.8" in said
    assert "DIGEST_SMTP_PASSWORD" in said
    assert "wrong-word" not in said
    assert USER not in said


def test_addresses_that_are_refused_are_counted_and_not_named() -> None:
    replies = {"bo@example.org": "550 5.1.1 <bo@example.org>: no such user bo@example.org here"}
    with open_office(Office(replies)) as office:
        made = sent(post(office.port))
    assert made.taken == 2
    (refused,) = made.refused
    assert refused.startswith("address 2: 550 5.1.1 ")
    assert "no such user" in refused
    assert "bo" not in refused.split()
    assert "@" not in refused
    assert office.taken[0].recipients == ("ada@example.org", "cy@example.com")


def test_when_all_are_refused_nothing_is_sent() -> None:
    with open_office(Office(dict.fromkeys(READERS, "450 4.2.1 later"))) as office:
        made = sent(post(office.port))
    assert not made.is_out
    assert len(made.refused) == 3
    assert not office.taken


@pytest.mark.parametrize(
    "replies, words",
    [
        (
            {"MAIL": "553 5.7.1 editor@example.org is not you"},
            "does not take mail from DIGEST_MAIL",
        ),
        ({"DATA": "554 5.6.0 spam from editor@example.org"}, "does not take the letter: 554 5.6.0"),
        ({"DATA": "451 4.3.0 later"}, "does not take the letter: 451 4.3.0 later"),
    ],
)
def test_a_refusal_of_all_of_it_says_why(replies: dict[str, str], words: str) -> None:
    with open_office(Office(replies)) as office:
        made = sent(post(office.port))
    assert not made.is_out
    assert words in made.broken
    assert SENDER not in made.broken


def test_many_go_by_the_hundred() -> None:
    readers = tuple(f"reader{n}@example.org" for n in range(250))
    with open_office() as office:
        made = sent(post(office.port, Security.NONE, *readers))
    assert made.taken == 250
    assert [len(taken.recipients) for taken in office.taken] == [100, 100, 50]
    assert tuple(one for taken in office.taken for one in taken.recipients) == readers


def test_nobody_listens() -> None:
    with open_office() as office:
        pass
    assert "cannot be reached: Connection refused" in refusal(post(office.port))


def test_no_such_host() -> None:
    to = post(25, Security.NONE, host="no-such-host.invalid")
    assert "no host of this name is known" in refusal(to)


GREETING = b"220 here\r\n"
HELLO = b"250 here\r\n"


@pytest.mark.parametrize(
    "reply, words",
    [
        (silent, "answer in time"),
        (raw(b""), "broke off"),
        (raw(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "answers"),
        (raw(b"554 5.7.1 go away, you are <ada@example.org>\r\n"), "answers 554 5.7.1 go away"),
        (raw(b"220" + b"x" * 9000 + b"\r\n"), "answers 500 Line too long"),
        (raw(bytes(range(256)) + b"\r\n"), "answers"),
    ],
)
def test_servers_that_are_none(reply: Reply, words: str) -> None:
    with talking([Step(b"", reply)]) as server:
        connect = BRIEF if reply is silent else 60
        said = refusal(post(server.port), replace(LONG, connect=connect))
    assert words in said
    assert "ada" not in said
    assert said.isprintable()


def chatter(out: Out, over: threading.Event) -> None:
    """A reply of ever more lines."""
    while not over.wait(0.001):
        out.write(b"250-and another thing\r\n")


@pytest.mark.parametrize(
    "steps",
    [
        [Step(b"", drip(b"220-"))],
        [Step(b"", raw(GREETING)), Step(b"ehlo", drip(b"250 "))],
        [Step(b"", raw(GREETING)), Step(b"ehlo", chatter)],
    ],
    ids=["greeting", "reply", "lines"],
)
def test_a_server_that_never_stops_talking_is_left(steps: list[Step]) -> None:
    """Wherever it is when its time is up; no single reading takes long."""
    made = Delivery()
    with talking(steps) as server:
        try:
            deliver(DATA, post(server.port), made, replace(LONG, total=BRIEF))
        except MailError as error:
            made.broken = str(error)
    assert made.broken
    assert not made.is_out


TO_DATA = [
    Step(b"", raw(GREETING)),
    Step(b"ehlo", raw(HELLO)),
    Step(b"mail", raw(HELLO)),
    Step(b"rcpt", raw(HELLO)),
    Step(b"rcpt", raw(HELLO)),
    Step(b"rcpt", raw(HELLO)),
]


@pytest.mark.parametrize("steps", [2, 3, 5, 6])
def test_a_server_that_breaks_off_before_the_text_has_sent_nothing(steps: int) -> None:
    with talking(TO_DATA[:steps]) as server:
        made = sent(post(server.port), LONG)
    assert made.unsure == (3 if steps == 6 else 0)
    assert made.taken == 0
    assert "broke off" in made.broken


@pytest.mark.parametrize("reply", [silent, raw(b""), raw(b"what?\r\n")])
def test_no_reply_to_the_text_may_mean_that_it_went_out(reply: Reply) -> None:
    steps = [*TO_DATA, Step(b"data", raw(b"354 go on\r\n")), Step(b".\r\n", reply)]
    with talking(steps) as server:
        taking = BRIEF if reply is silent else 60
        made = sent(post(server.port), replace(LONG, taking=taking))
    assert (made.taken, made.unsure) == (0, 3)
    assert made.is_out
    assert "broke off, or did not answer in time" in made.broken


def test_a_server_that_forgets_to_say_goodbye_is_no_failure() -> None:
    steps = [
        *TO_DATA,
        Step(b"data", raw(b"354 go on\r\n")),
        Step(b".\r\n", raw(b"250 thanks\r\n")),
    ]
    with talking(steps) as server:
        assert sent(post(server.port), LONG) == Delivery(taken=3)


def test_what_a_server_said_before_encryption_does_not_count() -> None:
    """A reply that somebody slips in between is dropped with the unencrypted connection."""
    steps = [
        Step(b"", raw(GREETING)),
        Step(b"ehlo", raw(b"250-here\r\n250 STARTTLS\r\n")),
        Step(b"starttls", raw(b"220 go\r\n250-here\r\n250 AUTH PLAIN\r\n")),
    ]
    with talking(steps) as server:
        to = post(server.port, Security.STARTTLS, user=USER, password=PASSWORD)
        said = refusal(to, LONG)
    assert "localhost" in said
    assert all(b"AUTH" not in line.upper() for line in server.heard)
