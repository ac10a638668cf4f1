"""From a letter and its two texts to a message (RFC 5322) as bytes are made of it.

The body is one text twice, plain and as HTML; of these mail programs show the last that they can
(RFC 2046, section 5.1.4). Both are encoded, so that no line of a text is one of the message: no
boundary, no header, no full stop by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from generator.digest import Site
from generator.errors import ContentError
from generator.feeds.address import uri
from generator.mail import headers
from generator.mail.boxes import NOWHERE, Mailbox, list_id
from generator.mail.letter import Letter

#: Bytes of the HTML as it is sent. Gmail cuts a message off at about 100,000 (measured by others,
#: https://github.com/hteumeuleu/email-bugs/issues/41); services that send on rewrite the links.
LIMIT = 90_000
#: RFC 5322, section 2.1.1: no line is longer than 998 characters.
_LONGEST = 900
#: Above this share of bytes beyond ASCII, base64 (four for three) is shorter than quoted-printable.
_SHARE = 6


@dataclass(frozen=True, slots=True)
class Texts:
    """A letter in both of its forms."""

    html: str
    plain: str


def sent_size(html: str) -> int:
    """How many bytes an HTML text has on its way."""
    part = EmailMessage(policy=SMTP)
    part.set_content(_sound(html), subtype="html", cte=_encoding(html))
    return len(part.as_bytes())


def message(
    letter: Letter,
    texts: Texts,
    *,
    date: dt.datetime | None = None,
    sender: Mailbox | None = None,
    to: str = "",
) -> EmailMessage:
    """A message.

    Args:
        letter: What it is of.
        texts: What it says.
        date: When it is sent; midday of the letter's last day if it is only looked at.
        sender: Whose it is; an address that cannot be if it is only looked at.
        to: The one address to which it goes, "" if it goes to several: none of them sees another.
    """
    made = EmailMessage(policy=SMTP)
    for line in _lines(letter, date or _midday(letter), sender or _nobody(letter.site), to):
        made[line.name] = line
    made.set_content(_sound(texts.plain), cte=_encoding(texts.plain))
    # A boundary that cannot occur: "=_" is part of no encoded line (RFC 2045, section 6.7).
    made.make_alternative(boundary=f"=_{letter.key}")
    made.add_alternative(_sound(texts.html), subtype="html", cte=_encoding(texts.html))
    return made


def _lines(letter: Letter, date: dt.datetime, sender: Mailbox, to: str) -> Iterator[headers.Line]:
    name = sender.name or letter.site.name
    yield headers.parts("From", headers.phrase(name), f"<{sender.address}>")
    yield headers.parts("To", f"<{to}>" if to else "undisclosed-recipients:;")
    yield headers.text("Subject", letter.subject)
    yield headers.parts("Date", format_datetime(date))
    yield headers.parts("Message-ID", message_id(letter))
    yield headers.parts("List-Id", headers.phrase(letter.site.name), f"<{list_id(letter.site)}>")
    if letter.site.subscribe_url:
        yield headers.parts("List-Unsubscribe", f"<{_unsubscribe(letter.site)}>")


def message_id(letter: Letter) -> str:
    """The same for the same letter, however often it is sent: so that a reader has it once.

    RFC 5322, section 3.6.4: it names a version of a message. A letter that was mended is another.
    """
    return f"<{letter.key}@{list_id(letter.site)}>"


def _unsubscribe(site: Site) -> str:
    """RFC 2369, section 3.2: where readers leave the list.

    Not by one click (RFC 8058): for that the address must say who leaves, and all get one message.
    Whoever keeps the list and sends to each by itself adds it (listmonk does).
    """
    made = uri(site.subscribe_url)
    if len(made) > _LONGEST:
        problem, remedy = f"has {len(made)} characters", f"shorten it to {_LONGEST}"
        raise ContentError("mkdocs.yml", problem, remedy, field="extra.subscribe_url")
    return made


def _nobody(site: Site) -> Mailbox:
    return Mailbox(site.name, f"digest@{list_id(site)[:200]}.{NOWHERE}")


def _midday(letter: Letter) -> dt.datetime:
    """As in feeds: the same day for nearly all readers."""
    return dt.datetime.combine(letter.issues[0].date, dt.time(12), dt.UTC)


def _sound(text: str) -> str:
    """A text without halves of characters, which no encoding has."""
    return text.encode("utf-8", "replace").decode()


def _encoding(text: str) -> str:
    data = text.encode("utf-8", "replace")
    return "base64" if sum(byte > 126 for byte in data) * _SHARE > len(data) else "quoted-printable"  # noqa: PLR2004 - the last that is printed
