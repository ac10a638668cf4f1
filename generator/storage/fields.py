"""Reading what people write: a mapping of YAML, field by field, with every mistake collected.

A reader asks a :class:`Fields` for each field it knows; what is not as it should be becomes a
:class:`~generator.errors.ContentError` that names file, line, field, value and remedy, and reading
goes on, so that an editor is told everything at once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from generator.errors import ContentError
from generator.model import FIRST_YEAR, LAST_YEAR
from generator.storage import yamlio

E = TypeVar("E", bound=StrEnum)

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

#: Controls (but tab and line end), surrogates and non-characters: HTML and XML cannot hold them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

#: Scores are shares of a hundred.
_MOST = 100

#: How YAML's types are called in messages.
_KINDS = {
    dict: "a mapping",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    dt.date: "a date",
    dt.datetime: "a time",
    type(None): "nothing",
}


class Fields:
    """A mapping that somebody wrote.

    Args:
        value: What the file holds.
        name: The file, for messages.
        text: The file's text, from which lines are found when something is wrong.
        errors: Where mistakes are put; shared with the mappings inside.
        path: Where in the file the mapping is.
    """

    #: Fields that people look for one level too high, and where they belong.
    inside: frozenset[str] = frozenset()
    inside_of = ""

    def __init__(
        self,
        value: object,
        name: str,
        text: str,
        errors: list[ContentError],
        path: tuple[str | int, ...] = (),
    ) -> None:
        self._name, self._text, self._errors, self._path = name, text, errors, path
        self._known: dict[str, None] = {}
        self._value: Mapping[object, object] = {}
        self._is_mapping = isinstance(value, dict)
        if isinstance(value, dict):
            self._value = value
        else:
            problem = "is empty" if value is None else f"is {kind(value)}"
            self.complain(None, problem, "write fields and values: `field: value`")

    def complain(self, field: str | int | None, problem: str, remedy: str) -> None:
        """Note a mistake in ``field`` (``None``: in the mapping itself)."""
        path = self._path if field is None else (*self._path, field)
        self.complain_at(path, problem, remedy)

    def complain_at(self, path: tuple[str | int, ...], problem: str, remedy: str) -> None:
        """Note a mistake at ``path`` in the file."""
        line = yamlio.line_of(self._text, path)
        self._errors.append(
            ContentError(self._name, problem, remedy, line=line, field=dotted(path) or None)
        )

    def finish(self) -> None:
        """Complain of every field that nobody asked for."""
        for key in self._value:
            if key not in self._known:
                close = difflib.get_close_matches(str(key), self._known, n=1)
                remedy = (
                    f"did you mean {close[0]!r}?"
                    if close
                    else f"known fields: {', '.join(self._known)}"
                )
                if key in self.inside and self.inside_of in self._known:
                    remedy = f"it belongs under `{self.inside_of}:`, indented by two spaces"
                self.complain(str(key), "is not a known field", remedy)

    def _get(self, field: str, *, required: bool) -> object:
        self._known[field] = None
        value = self._value.get(field)
        if value is None and required and self._is_mapping:
            self.complain(None, f"has no {field!r}", f"add the field {field!r}")
        return value

    def text(self, field: str, *, required: bool = False) -> str | None:
        """A text that is not blank, outer spaces removed; ``None`` if it is not given."""
        value = self._get(field, required=required)
        if value is None:
            return None
        if not isinstance(value, str):
            self.complain(field, f"is {kind(value)} ({value}), not text", _as_text(value))
            return None
        if not value.strip():
            self.complain(field, "is empty", "write a text or remove the field")
            return None
        return None if self._is_unseen(value, field) else value.strip()

    def texts(self, field: str, *, required: bool = False) -> tuple[str, ...] | None:
        """A list of texts; ``None`` if it is not given."""
        values = self._list(field, required=required)
        if values is None:
            return None
        for index, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                self._no_text(value, field, index)
            else:
                self._is_unseen(value, field, index)
        return tuple(value.strip() for value in values if isinstance(value, str))

    def _no_text(self, value: object, *path: str | int) -> None:
        """Complain of what stands where a text should, or of a text without a letter."""
        problem, remedy = f"is {kind(value)} ({value!r}), not text", _as_text(value)
        if isinstance(value, str):
            problem, remedy = "is empty", "write a text or take it out"
        self.complain_at((*self._path, *path), problem, remedy)

    def _is_unseen(self, value: str, *path: str | int) -> bool:
        """Whether part of a text cannot be shown anywhere; complains of it."""
        if value.strip(" \t\n").isprintable():  # as nearly every text; much faster
            return False
        found = _UNSEEN.search(value)
        if found:
            problem = f"holds a character that no page can show: U+{ord(found[0]):04X}"
            remedy = "take it out; in quotes it may be written as an escape that begins with \\"
            self.complain_at((*self._path, *path), problem, remedy)
        return bool(found)

    def date(self, field: str, *, required: bool = False) -> dt.date | None:
        """A day; ``None`` if it is not given."""
        value = self._get(field, required=required)
        if value is None:
            return None
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            if FIRST_YEAR <= value.year <= LAST_YEAR:
                return value
            remedy = f"years go from {FIRST_YEAR} to {LAST_YEAR}"
            self.complain(field, f"is out of range: {value}", remedy)
            return None
        self.complain(field, f"is not a date: {value}", "write it as 2026-08-19, without quotes")
        return None

    def dates(self, field: str) -> tuple[dt.date, ...]:
        """A list of days; empty if it is not given."""
        values = self._list(field) or []
        days = []
        for value in values:
            if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
                days.append(value)
            else:
                remedy = "write days as 2026-08-19, without quotes"
                self.complain(field, f"{value!r} is not a date", remedy)
        return tuple(days)

    def counts(self, field: str) -> tuple[int, ...]:
        """A list of whole numbers above zero; empty if it is not given."""
        values = self._list(field) or []
        counts = [v for v in values if isinstance(v, int) and not isinstance(v, bool) and v > 0]
        if len(counts) < len(values):
            self.complain(field, f"has what is no count: {values!r}", "write whole numbers")
        return tuple(counts)

    def flag(self, field: str, *, default: bool = False) -> bool:
        """True or false; ``default`` if it is not given."""
        value = self._get(field, required=False)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.complain(field, f"is {kind(value)} ({value})", "write true or false")
        return default

    def count(self, field: str) -> int | None:
        """A whole number that is not negative; ``None`` if it is not given."""
        value = self._get(field, required=False)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.complain(field, f"is not a count: {value!r}", "write a whole number, 0 or more")
        return None

    def number(self, field: str, least: float = 0, most: float = _MOST) -> float | None:
        """A number of a range, by default a share of a hundred; ``None`` if it is not given."""
        value = self._get(field, required=False)
        if value is None:
            return None
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and least <= value <= most
        ):
            return float(value)
        remedy = f"write a number from {least:g} to {most:g}"
        self.complain(field, f"is {value!r}", remedy)
        return None

    def choice(self, field: str, choices: type[E], default: E | None = None) -> E | None:
        """One of the values of an enumeration; ``default`` if it is not given."""
        value = self.text(field, required=default is None)
        if value is None:
            return default
        if value not in list(choices):
            known = ", ".join(choices)
            self.complain(field, f"{value!r} is not one of them", f"write one of: {known}")
            return default
        return choices(value)

    def mapping(self, field: str) -> Fields:
        """A mapping inside; an empty one if it is not given."""
        value = self._get(field, required=False)
        return self._inner({} if value is None else value, field)

    def mappings(self, field: str, *, required: bool = False) -> tuple[Fields, ...]:
        """A list of mappings inside."""
        values = self._list(field, required=required) or []
        if required and values == [] == self._value.get(field):
            self.complain(field, "is empty", "write at least one")
        return tuple(self._inner(value, field, index) for index, value in enumerate(values))

    def plain_mapping(self, field: str) -> dict[str, str]:
        """A mapping of texts to texts."""
        if self._get(field, required=False) is None:
            return {}
        inner = self.mapping(field)
        pairs = {}
        for key in inner.keys:
            if isinstance(key, str):
                pairs[key] = inner.text(key)
            else:
                inner.complain(str(key), f"is {kind(key)}, not a name", "put it in quotes")
        return {key: value for key, value in pairs.items() if value is not None}

    def line(self, field: str) -> int | None:
        """The line on which a field stands, counted from 1."""
        return yamlio.line_of(self._text, (*self._path, field))

    @property
    def mistakes(self) -> int:
        """How many there are so far."""
        return len(self._errors)

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where in the file the mapping is."""
        return self._path

    @property
    def keys(self) -> tuple[object, ...]:
        """The fields that are there, in the file's order."""
        return tuple(self._value)

    def _list(self, field: str, *, required: bool = False) -> list[object] | None:
        value = self._get(field, required=required)
        if value is None or isinstance(value, list):
            return value
        remedy = f"write it as a list: `[{value}]`"
        if isinstance(value, dict):
            remedy = "write it as a list: `- ` before each"
        self.complain(field, f"is {kind(value)}, not a list", remedy)
        return None

    def _inner(self, value: object, *path: str | int) -> Fields:
        return Fields(value, self._name, self._text, self._errors, (*self._path, *path))


def iso_day(text: str) -> dt.date | None:
    """The day that ``yyyy-mm-dd`` is; ``None`` for anything else."""
    if _ISO_DAY.fullmatch(text):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(text)
    return None


def _as_text(value: object) -> str:
    """How to write a text where something else stands; in quotes, a list would be one no more."""
    return "write one text" if isinstance(value, list | dict) else "put it in quotes"


def kind(value: object) -> str:
    """How a person calls the type of a value that YAML gave."""
    return _KINDS.get(type(value), type(value).__name__)


def dotted(path: tuple[str | int, ...]) -> str:
    """``("links", 0, "url")`` as ``links[0].url``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")
