"""``digest email``: editions as a letter, written to a file or sent."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

import click

from generator.console.options import Day
from generator.digest import Digest, EditionView
from generator.errors import ContentError, DigestError, UsageError
from generator.folder import Folder
from generator.mail import record
from generator.mail.composing import Composed, compose
from generator.mail.message import LIMIT, message, message_id
from generator.mail.sending import Delivery, deliver
from generator.mail.settings import post_in, recipients_in, sender_in
from generator.views.assemble import assemble


@click.command("email")
@click.option("--edition", type=Day(), metavar="DAY", help="The edition of that day.")
@click.option(
    "--since",
    type=Day(),
    metavar="DAY",
    help="All editions from that day on, the day itself among them, in one letter.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["eml", "html", "text"]),
    default="eml",
    show_default=True,
    help="The whole message, or one of its two forms by itself.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file to write; standard output if none is named.",
)
@click.option("--send", is_flag=True, help="Send it instead, as the environment says.")
@click.option(
    "--sent",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="With --send: leave out the editions that FILE names, and add those that were sent.",
)
@click.pass_obj
def command(
    folder: Folder,
    *,
    edition: dt.date | None,
    since: dt.date | None,
    format_: str,
    output: Path | None,
    send: bool,
    sent: Path | None,
) -> None:
    """Write a letter of editions (an .eml file, to be opened by any mail program), or send it.

    Sending takes DIGEST_SMTP_HOST, DIGEST_MAIL_FROM and DIGEST_MAIL_TO in the environment
    (addresses with commas between), mostly DIGEST_SMTP_USER and DIGEST_SMTP_PASSWORD too, and
    perhaps DIGEST_SMTP_PORT and DIGEST_SMTP_SECURITY (starttls, tls, none). It also takes
    extra.subscribe_url in mkdocs.yml, for readers must be able to leave.
    """
    _check_usage(edition, since, send=send, elsewhere=bool(output or format_ != "eml"), sent=sent)
    digest = assemble(folder)
    name = folder.name(folder.mkdocs_yml)
    _need_address(digest, name)
    chosen = _chosen(digest, edition, since)
    if not send:
        _write(_data(compose(folder, digest, chosen), format_), output)
        return
    if not digest.site.subscribe_url:
        problem = "not set, and nothing is sent without it: readers could not leave the list"
        remedy = "write the address where they sign up and leave"
        raise ContentError(name, problem, remedy, field="extra.subscribe_url")
    _send(folder, digest, chosen, sent)


def _check_usage(
    edition: dt.date | None,
    since: dt.date | None,
    *,
    send: bool,
    elsewhere: bool,
    sent: Path | None,
) -> None:
    if (edition is None) == (since is None):
        raise UsageError("name either --edition DAY or --since DAY")
    if send and elsewhere:
        raise UsageError("--send sends the message: leave out --output and --format")
    if sent and not send:
        raise UsageError("--sent is for sending: add --send, or leave it out")


def _need_address(digest: Digest, name: str) -> None:
    if not digest.site.url:
        problem = "not set, and a letter's links lead to the site from elsewhere"
        remedy = "write the address at which it is published"
        raise ContentError(name, problem, remedy, field="site_url")


def _chosen(
    digest: Digest, edition: dt.date | None, since: dt.date | None
) -> tuple[EditionView, ...]:
    """The editions that are meant, newest first."""
    found = tuple(
        each
        for each in digest.editions
        if each.date == edition or (since is not None and each.date >= since)
    )
    if found:
        return found
    newest = f"the newest is that of {digest.updated}" if digest.updated else "there is none yet"
    raise DigestError(
        f"{edition}: there is no edition of this day; {newest}"
        if edition
        else f"there is no edition since {since}; {newest}"
    )


def _data(composed: Composed, format_: str) -> bytes:
    letter, texts = composed.letter, composed.texts
    _warn_of(composed)
    if format_ != "eml":
        shown = texts.html if format_ == "html" else texts.plain
        return shown.encode("utf-8", "replace")
    to = recipients_in(os.environ)
    made = message(letter, texts, sender=sender_in(os.environ), to=to[0] if len(to) == 1 else "")
    if not letter.site.subscribe_url:
        click.echo(
            "digest: mkdocs.yml: extra.subscribe_url: not set, so the letter does not say how to "
            "leave the list; it can be looked at, and not be sent",
            err=True,
        )
    return made.as_bytes()


def _warn_of(composed: Composed) -> None:
    if composed.size > LIMIT:
        click.echo(
            f"digest: the letter has {composed.size:,} bytes, and Gmail cuts letters off at some "
            "100,000; shorten introductions and notes",
            err=True,
        )


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(data, nl=False)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise DigestError(
            f"{output}: cannot be written: {error.strerror}; name another file with --output"
        ) from error


@dataclass(frozen=True, slots=True)
class _Sent:
    """The file that says what was sent, if there is one."""

    path: Path | None

    def without(self, editions: tuple[EditionView, ...]) -> tuple[EditionView, ...]:
        """Editions that were not sent before."""
        known = record.days_in(self.path) if self.path else frozenset()
        return tuple(each for each in editions if each.date not in known)

    def add(self, editions: tuple[EditionView, ...], identifier: str) -> None:
        """Write down that editions were sent."""
        if self.path:
            record.add(self.path, [each.date for each in editions], identifier)


def _send(
    folder: Folder, digest: Digest, editions: tuple[EditionView, ...], path: Path | None
) -> None:
    post = post_in(os.environ)
    sent = _Sent(path)
    editions, asked = sent.without(editions), editions
    if not editions:
        click.echo(f"nothing to send: {_days(asked)} went out before, as {path} says")
        return
    composed = compose(folder, digest, editions)
    _warn_of(composed)
    to = post.recipients[0] if len(post.recipients) == 1 else ""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    made = message(composed.letter, composed.texts, date=now, sender=post.sender, to=to)
    sent.add((), "")  # that it can be written is known before anything goes out
    done = Delivery()
    try:
        deliver(made.as_bytes(), post, done)
    finally:
        if done.is_out:
            sent.add(editions, message_id(composed.letter))
    _report(done, _days(editions), len(post.recipients))


def _days(editions: tuple[EditionView, ...]) -> str:
    days = ", ".join(str(each.date) for each in reversed(editions))
    return f"the edition{'' if len(editions) == 1 else 's'} of {days}"


def _report(done: Delivery, days: str, addresses: int) -> None:
    """What became of it; an error if it is not all well."""
    whole = "1 address" if addresses == 1 else f"{addresses} addresses"
    if done.taken:
        click.echo(f"sent: {days}, taken for {done.taken} of {whole}")
    faults = [f"not taken for {each}" for each in done.refused]
    if done.broken:
        faults.append(done.broken)
    if done.unsure:
        faults.append(
            f"whether it went out to {done.unsure} of {whole} is not known: look into a mailbox "
            "before you send it again"
        )
    if faults and not done.is_out:
        faults.append("nothing was sent")
    if faults:
        raise DigestError("\n".join(faults))
