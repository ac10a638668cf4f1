"""``digest email``, from a folder of files to a mail program."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from click.testing import Result

from generator.folder import Folder
from generator.storage.records import paper_text
from tests.builders import appearance, paper, write_whole
from tests.conftest import MKDOCS_YML
from tests.mail.letters import form, taken_apart
from tests.postoffice import AUTHORITY, PASSWORD, USER, Office, open_office
from tests.server import raw
from tests.talking import Step, talking

Run = Callable[..., Result]

SIGNED = MKDOCS_YML + "extra: {subscribe_url: 'https://lists.example.org/digest'}\n"
READERS = "ada@example.org, bo@example.org"
NAMES = ("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SECURITY", "MAIL_FROM")


@pytest.fixture(autouse=True)
def shown(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A digest of three days, and nothing of anybody's mail in the environment."""
    for name in (*NAMES, "MAIL_TO"):
        monkeypatch.delenv(f"DIGEST_{name}", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
    write_whole(folder.mkdocs_yml, SIGNED)
    for day in (11, 12, 13):
        one = paper(f"retrieval-{day}", appearances=(appearance(f"2026-03-{day}"),))
        write_whole(folder.papers / "2026" / f"retrieval-{day}.yml", paper_text(one))
    edition = "title: A day\nintroduction: Look.\npicks: [retrieval-12]\n"
    write_whole(folder.editions / "2026-03-12.yml", edition)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets what sending takes in the environment."""

    def to(port: int, **more: str) -> None:
        least = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_SECURITY": "none",
            "MAIL_FROM": "Editor <editor@example.org>",
            "MAIL_TO": READERS,
        }
        for name, value in {**least, **more}.items():
            monkeypatch.setenv(f"DIGEST_{name}", value)

    return to


def test_an_edition_is_written_to_standard_output(run: Run) -> None:
    result = run("email", "--edition", "2026-03-12")
    assert (result.exit_code, result.stderr) == (0, "")
    parsed = taken_apart(result.stdout_bytes)
    assert parsed["Subject"] == "A day (12 March 2026)"
    assert "Retrieval 12" in form(parsed, "plain")
    assert "Retrieval 11" not in form(parsed, "plain")
    assert run("email", "--edition", "2026-03-12").stdout_bytes == result.stdout_bytes


def test_since_takes_the_day_itself(run: Run, tmp_path: Path) -> None:
    result = run("email", "--since", "2026-03-12", "--output", tmp_path / "a.eml")
    assert (result.exit_code, result.output) == (0, "")
    parsed = taken_apart((tmp_path / "a.eml").read_bytes())
    assert parsed["Subject"] == "12 to 13 March 2026: 2 papers, 2 new"
    assert parsed["Date"] == "Fri, 13 Mar 2026 12:00:00 +0000"


@pytest.mark.parametrize(
    "kind, begins", [("html", "<!DOCTYPE html>\n"), ("text", "Little Digest\n")]
)
def test_one_form_by_itself(run: Run, kind: str, begins: str) -> None:
    result = run("email", "--edition", "2026-03-12", "--format", kind)
    assert result.exit_code == 0
    assert result.stdout.startswith(begins)


def test_addresses_of_the_environment_stand_in_the_file(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MAIL_FROM", "editor@example.org")
    monkeypatch.setenv("DIGEST_MAIL_TO", "list@example.org")
    parsed = taken_apart(run("email", "--edition", "2026-03-12").stdout_bytes)
    assert (parsed["From"], parsed["To"]) == (
        "Little Digest <editor@example.org>",
        "list@example.org",
    )
    monkeypatch.setenv("DIGEST_MAIL_TO", READERS)
    result = run("email", "--edition", "2026-03-12")
    assert b"ada@" not in result.stdout_bytes


@pytest.mark.parametrize(
    "args, words",
    [
        ((), "name either --edition DAY or --since DAY"),
        (("--edition", "2026-03-12", "--since", "2026-03-12"), "name either"),
        (("--edition", "2026-03-12", "--send", "--output", "x"), "leave out --output"),
        (("--edition", "2026-03-12", "--send", "--format", "html"), "leave out --output"),
        (("--edition", "2026-03-12", "--sent", "x"), "--sent is for sending"),
        (("--edition", "12 March"), "write it as 2026-08-19"),
    ],
)
def test_wrong_usage(run: Run, args: tuple[str, ...], words: str) -> None:
    result = run("email", *args)
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize(
    "args, words",
    [
        (("--edition", "2026-03-14"), "2026-03-14: there is no edition of this day; the newest is"),
        (
            ("--since", "2026-03-14"),
            "no edition since 2026-03-14; the newest is that of 2026-03-13",
        ),
        (("--edition", "2026-03-12", "-o", "/no/such/folder/x"), "cannot be written"),
    ],
)
def test_what_is_not_there(run: Run, args: tuple[str, ...], words: str) -> None:
    result = run("email", *args)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


def test_a_digest_without_editions_has_no_letter(run: Run, folder: Folder) -> None:
    for path in folder.papers.rglob("*.yml"):
        path.unlink()
    for path in folder.editions.rglob("*.yml"):
        path.unlink()
    result = run("email", "--since", "2026-03-01")
    assert "there is no edition since 2026-03-01; there is none yet" in result.stderr


def test_a_letter_of_a_site_without_address_is_refused(run: Run, folder: Folder) -> None:
    write_whole(folder.mkdocs_yml, "site_name: Little Digest\n")
    result = run("email", "--edition", "2026-03-12")
    assert result.exit_code == 1
    assert "mkdocs.yml: site_url: not set, and a letter's links" in result.stderr


def test_without_a_place_to_leave_it_is_looked_at_and_not_sent(
    run: Run, folder: Folder, settings: Callable[..., None]
) -> None:
    write_whole(folder.mkdocs_yml, MKDOCS_YML)
    looked_at = run("email", "--edition", "2026-03-12")
    assert looked_at.exit_code == 0
    assert taken_apart(looked_at.stdout_bytes)["List-Unsubscribe"] is None
    assert "extra.subscribe_url: not set" in looked_at.stderr
    with open_office() as office:
        settings(office.port)
        result = run("email", "--edition", "2026-03-12", "--send")
    assert result.exit_code == 1
    assert (
        "mkdocs.yml: extra.subscribe_url: not set, and nothing is sent without it" in result.stderr
    )
    assert "write the address where they sign up" in result.stderr
    assert not office.taken


def test_what_sending_lacks_is_said_at_once(run: Run) -> None:
    result = run("email", "--edition", "2026-03-12", "--send")
    assert result.exit_code == 1
    assert [line.split(":")[1].strip() for line in result.stderr.splitlines()] == [
        "DIGEST_SMTP_HOST",
        "DIGEST_MAIL_FROM",
        "DIGEST_MAIL_TO",
    ]


def private(result: Result, *more: str) -> bool:
    """Whether nothing of anybody's mail was told."""
    told = result.output + result.stderr
    return not any(each in told for each in ("@", "ada", "editor", USER, PASSWORD, *more))


def test_it_is_sent_to_all_and_nobody_sees_the_others(
    run: Run, settings: Callable[..., None]
) -> None:
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    with open_office(starttls=True, login=True) as office:
        settings(
            office.port,
            SMTP_HOST="localhost",
            SMTP_SECURITY="",
            SMTP_USER=USER,
            SMTP_PASSWORD=PASSWORD,
        )
        result = run("email", "--edition", "2026-03-12", "--send")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "sent: the edition of 2026-03-12, taken for 2 of 2 addresses\n"
    assert private(result)
    (taken,) = office.taken
    assert taken.encrypted
    assert taken.sender == "editor@example.org"
    assert taken.recipients == ("ada@example.org", "bo@example.org")
    parsed = taken_apart(taken.data)
    assert parsed["To"] == "undisclosed-recipients:;"
    assert parsed["From"] == "Editor <editor@example.org>"
    assert parsed["List-Unsubscribe"] == "<https://lists.example.org/digest>"
    assert before <= parsedate_to_datetime(parsed["Date"]) <= dt.datetime.now(dt.UTC)
    for address in taken.recipients:
        assert address.encode() not in taken.data
    assert "Retrieval 12" in form(parsed, "html")


def test_to_the_one_address_of_a_list(run: Run, settings: Callable[..., None]) -> None:
    with open_office() as office:
        settings(office.port, MAIL_TO="list@example.org")
        result = run("email", "--edition", "2026-03-12", "--send")
    assert result.stdout.endswith("taken for 1 of 1 address\n")
    assert office.taken[0].message["To"] == "list@example.org"


def test_what_was_sent_is_not_sent_again(
    run: Run, settings: Callable[..., None], tmp_path: Path
) -> None:
    record = tmp_path / "below" / "sent.txt"
    args = ("email", "--since", "2026-03-12", "--send", "--sent", record)
    with open_office() as office:
        settings(office.port)
        assert run(*args).exit_code == 0
        again = run(*args)
        wider = run("email", "--since", "2026-03-01", "--send", "--sent", record)
        one = run("email", "--edition", "2026-03-11", "--send", "--sent", record)
        anyway = run("email", "--edition", "2026-03-11", "--send")
    assert again.exit_code == 0
    assert again.stdout == (
        "nothing to send: the editions of 2026-03-12, 2026-03-13 went out before, as "
        f"{record} says\n"
    )
    assert wider.stdout.startswith("sent: the edition of 2026-03-11, ")
    assert one.stdout.startswith("nothing to send: the edition of 2026-03-11 went out before")
    assert anyway.exit_code == 0
    assert [str(each.message["Subject"]) for each in office.taken] == [
        "12 to 13 March 2026: 2 papers, 2 new",
        "11 March 2026: 1 paper, 1 new",
        "11 March 2026: 1 paper, 1 new",
    ]
    first, second = (each.message["Message-ID"] for each in office.taken[1:])
    assert first == second
    lines = record.read_text().splitlines()
    assert [line.split()[0] for line in lines] == ["2026-03-12", "2026-03-13", "2026-03-11"]
    assert "example.org>" in lines[0]
    assert "ada" not in record.read_text()


@pytest.mark.parametrize(
    "replies, told",
    [
        ({"bo@example.org": "550 no bo@example.org"}, "not taken for address 2: 550 no …"),
        (dict.fromkeys(READERS.split(", "), "550 no"), "nothing was sent"),
        ({"DATA": "554 no"}, "nothing was sent"),
        ({"MAIL": "553 editor@example.org?"}, "nothing was sent"),
    ],
)
def test_what_was_taken_by_some_counts_as_sent(
    run: Run,
    settings: Callable[..., None],
    tmp_path: Path,
    replies: Mapping[str, str],
    told: str,
) -> None:
    record = tmp_path / "sent.txt"
    with open_office(Office(replies)) as office:
        settings(office.port)
        result = run("email", "--edition", "2026-03-12", "--send", "--sent", record)
    assert result.exit_code == 1
    assert told in result.stderr
    assert private(result)
    assert bool(record.read_text()) is bool(office.taken) is ("nothing" not in told)


def test_what_may_have_been_sent_counts_as_sent(
    run: Run, settings: Callable[..., None], tmp_path: Path
) -> None:
    ok = raw(b"250 ok\r\n")
    steps = [
        Step(b"", raw(b"220 here\r\n")),
        *(Step(word, ok) for word in (b"ehlo", b"mail", b"rcpt", b"rcpt")),
        Step(b"data", raw(b"354 go on\r\n")),
        Step(b".\r\n", raw(b"")),
    ]
    record = tmp_path / "sent.txt"
    with talking(steps) as server:
        settings(server.port)
        result = run("email", "--edition", "2026-03-12", "--send", "--sent", record)
    assert result.exit_code == 1
    assert "whether it went out to 2 of 2 addresses is not known" in result.stderr
    assert "nothing was sent" not in result.stderr
    assert record.read_text().startswith("2026-03-12 ")


def test_a_run_that_is_interrupted_knows_what_it_sent(
    run: Run, settings: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(smtplib.SMTP, "data", interrupted)
    record = tmp_path / "sent.txt"
    with open_office() as office:
        settings(office.port)
        run("email", "--edition", "2026-03-12", "--send", "--sent", record)
    assert record.read_text().startswith("2026-03-12 ")


def test_a_record_that_cannot_be_written_is_found_before_anything_is_sent(
    run: Run, settings: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with open_office() as office:
        settings(office.port)
        result = run(
            "email", "--edition", "2026-03-12", "--send", "--sent", tmp_path / "file" / "x"
        )
    assert result.exit_code == 1
    assert "name another" in result.stderr
    assert not office.taken


def test_a_letter_that_gmail_would_cut_is_said(run: Run, folder: Folder) -> None:
    edition = "introduction: " + "A word that is repeated. " * 6000
    write_whole(folder.editions / "2026-03-12.yml", edition)
    result = run("email", "--edition", "2026-03-12", "--format", "html")
    assert result.exit_code == 0
    assert "Gmail cuts letters off" in result.stderr
    assert "shorten introductions and notes" in result.stderr


def test_a_digests_own_template_is_taken_and_named_where_it_is_wrong(
    run: Run, folder: Folder
) -> None:
    folder.templates.unlink()
    folder.templates.mkdir()
    own = folder.templates / "email.txt.j2"
    own.write_text("Our own letter.\n", encoding="utf-8")
    result = run("email", "--edition", "2026-03-12", "--format", "text")
    assert (result.exit_code, result.stdout.strip()) == (0, "Our own letter.")
    own.write_text("{{ no", encoding="utf-8")
    result = run("email", "--edition", "2026-03-12")
    assert result.exit_code == 1
    assert "templates/email.txt.j2:1: " in result.stderr
