"""The file of an edition as text: one for an editor to change, and one that an editor has changed.

A new file says what its fields are, and above each pick why it was proposed. In one that is there
only the lines concerned change; what cannot be changed without losing something is left alone.

Titles and addresses of strangers stand in its comments. A comment ends with its line, and YAML
knows more ends of lines than people see, so whatever is not a letter, a sign or a plain space goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.errors import ContentError, DigestError
from generator.folder import Folder
from generator.model import Edition
from generator.storage import amend, yamlio
from generator.storage.amend import Item
from generator.storage.fields import Fields
from generator.storage.library import read_edition
from generator.storage.modeline import modeline

_ORDER = ("title", "introduction", "picks")

#: Characters of a comment's line; no more is read of a title that is beside the point anyway.
_WIDEST = 100
#: Never reached: a paragraph is a line.
_WIDTH = (1 << 31) - 1

_HEAD = (
    modeline("edition", "content/editions/2026-08-19.yml")
    + """\
# The edition of {day}{about}.
#
#   title         a few words, shown with the day
#   introduction  Markdown, shown above the papers; links into the site begin at its root, such as
#                 papers/SLUG/ and topics/ID/
#   picks         papers of this day that stand first, in this order: the last part of their
#                 addresses
#
# Every field may be left out. To use a line that begins with #, take away the # and nothing else.
# `digest check` names mistakes.

"""
)
_NO_TITLE = "#title: In a few words\n"
_NO_INTRODUCTION = "#introduction: |\n#  A paragraph, or several, as far to the right as this.\n"
_FURTHER = "# Proposed as well; without the # before the dash it is a pick.\n"


@dataclass(frozen=True, slots=True)
class Pick:
    """A pick as it goes into a file: below lines of comment."""

    slug: str
    comments: tuple[str, ...] = ()


def edition_path(day: dt.date, folder: Folder) -> Path:
    """Where the file of an edition is, in whichever folder below content/editions, or belongs."""
    name = f"{day.isoformat()}.yml"
    return next(iter(sorted(folder.editions.rglob(name))), folder.editions / name)


def edition_text(
    edition: Edition, about: str = "", picks: Sequence[Pick] = (), further: Sequence[Pick] = ()
) -> str:
    """The file of an edition that has none yet.

    Args:
        edition: Its day; its title and its introduction, where there are any.
        about: What the first line says of the day, beside its date.
        picks: Its picks.
        further: What else was proposed, out of which an editor makes picks by taking away a sign.
    """
    told = f": {one_line(about)}" if about else ""
    parts = [
        _HEAD.format(day=edition.date, about=told),
        _field("title", edition.title) if edition.title else _NO_TITLE,
        _field("introduction", edition.introduction) if edition.introduction else _NO_INTRODUCTION,
    ]
    if picks or further:
        parts += ["\npicks:\n", "\n".join(_item(each, "  ", "- ") for each in picks)]
        parts += ["\n" if picks else "", f"  {_FURTHER}\n"] if further else []
        parts += ["\n".join(_item(each, "  ", "#- ") for each in further)]
    elif not (edition.title or edition.introduction):
        parts += ["\npicks: []\n"]
    return "".join(parts)


def with_picks(old: str, name: str, picks: Sequence[Pick]) -> str:
    """The file of an edition with more picks behind those that it has.

    Args:
        old: The file as it is; the library accepts it.
        name: The file as its user would name it, for messages.
        picks: What is added; none of it is there yet.

    Raises:
        DigestError: If it could not be changed without losing something.
    """
    said = _said(old, name)
    before = tuple(said.get("picks") or ())
    wanted = {**said, "picks": [*before, *(each.slug for each in picks)]}
    if not amend.is_laid_out(old):
        return _whole(old, name, wanted)
    if before and amend.has_items(old, "picks"):
        items = [Item(at, None) for at in range(len(before))]
        new = [Item(None, _item(each, "", "- ")) for each in picks]
        return amend.set_items(old, "picks", [*items, *new])
    if before:
        return amend.extend_flow(old, "picks", [_scalar(each.slug) for each in picks])
    block = "picks:\n" + "".join(_item(each, "  ", "- ") for each in picks)
    return amend.set_field(old, "picks", block)


def with_words(old: str, name: str, words: Mapping[str, str | None]) -> str:
    """The file of an edition with another title or introduction.

    Args:
        old: The file as it is; the library accepts it.
        name: The file as its user would name it, for messages.
        words: What is said of ``title`` and ``introduction``; ``None`` takes it away.

    Raises:
        DigestError: If it could not be changed without losing something.
    """
    said = _said(old, name)
    words = {key: value for key, value in words.items() if _bare(said.get(key)) != value}
    wanted = {key: value for key, value in {**said, **words}.items() if value is not None}
    if not words:
        return old
    if not amend.is_laid_out(old):
        return _whole(old, name, wanted)
    text = old if wanted else amend.set_field(old, "picks", "picks: []\n")
    for key, value in words.items():
        if value is None:
            text = amend.remove_field(text, key)
        else:
            text = amend.set_field(text, key, _field(key, value), _ORDER[_ORDER.index(key) :])
    return text


def check_words(words: Mapping[str, str | None], name: str) -> None:
    """See that a title and an introduction hold nothing that neither YAML nor a page can have.

    Raises:
        DigestError: If they do.
    """
    errors: list[ContentError] = []
    fields = Fields(dict(words), name, "", errors)
    for key in words:
        fields.text(key)
    _refuse(errors, name)


def checked(text: str, name: str, day: dt.date) -> Edition:
    """The edition that a text is, which has to be what the library will read.

    Raises:
        DigestError: If it holds what no page can show.
    """
    errors: list[ContentError] = []
    fields = Fields(yamlio.load(text, name), name, text, errors)
    edition = read_edition(fields, day.isoformat())
    fields.finish()
    _refuse(errors, name)
    return edition


def _refuse(errors: Sequence[ContentError], name: str) -> None:
    if errors:
        raise DigestError(f"{name}: {errors[0].field}: {errors[0].problem}; nothing has changed")


def one_line(text: str) -> str:
    """A text as it can stand in a comment: on one line, of what can be seen, and not too long."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    words = " ".join(seen.split())
    if len(words) <= _WIDEST:
        return words
    return words[: _WIDEST - 2].rpartition(" ")[0].rstrip() + " …" if " " in words else _cut(words)


def _cut(word: str) -> str:
    return word[: _WIDEST - 1] + "…"


def _bare(value: object) -> object:
    """A value as the library reads it: outer spaces count for nothing."""
    return value.strip() if isinstance(value, str) else value


def _said(old: str, name: str) -> dict[str, Any]:
    said = yamlio.load(old, name)
    assert isinstance(said, dict)  # noqa: S101 - the library has read it
    return said


def _whole(old: str, name: str, wanted: Mapping[str, object]) -> str:
    """A file that is written anew, if nothing but its layout is lost by that."""
    if "#" in old:
        raise DigestError(
            f"{name}: its fields do not stand on lines of their own, so its comments could not be "
            "kept; write each field at the beginning of a line. Nothing has changed"
        )
    return yaml.safe_dump(dict(wanted), allow_unicode=True, sort_keys=False, width=_WIDTH)


def _item(pick: Pick, indent: str, mark: str) -> str:
    """A member of a list of picks, below its comments."""
    lines = (f"# {line}" for line in map(one_line, pick.comments) if line)
    return "".join(f"{indent}{line}\n" for line in (*lines, f"{mark}{_scalar(pick.slug)}"))


def _scalar(text: str) -> str:
    """A text as YAML reads it back: one that looks like a number or a day needs quotes."""
    return str(yaml.safe_dump([text], width=_WIDTH)).removeprefix("- ").rstrip("\n")


def _field(name: str, value: str) -> str:
    """A field with its text: below it, if it has several lines and YAML can have it so."""
    style = "|" if "\n" in value else None
    written = yaml.safe_dump([value], default_style=style, allow_unicode=True, width=_WIDTH)
    return f"{name}: {str(written).removeprefix('- ')}"
