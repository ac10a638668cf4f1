"""JSON that strangers wrote, in which the items of the outermost lists know their lines."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from generator.errors import ListingError

_T = TypeVar("_T")

_WORDS = ("", "true", "false", "null", "NaN", "Infinity", "-Infinity")
_LONGEST_WORD = max(map(len, _WORDS))
_SPACE = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, and the line on which it begins, counted from 1."""

    value: Any
    line: int


def parse(text: str, file: str) -> Any:
    """The value of a JSON document.

    Args:
        text: The document. ``NaN`` and the infinities, which JSON does not have and Python writes,
            are read as ``null``.
        file: Its name, for messages.

    Returns:
        A list of :class:`Item`, or a dictionary in which lists are such; below, plain values.

    Raises:
        ListingError: If it is no JSON, or a key stands twice in an object.
    """
    return _Scanner(text, file).document()


class _RepeatedKeyError(ValueError):
    """A key that stands twice in one object, of which one value would be lost."""


class _Scanner:
    """Goes through the outermost brackets by itself and leaves the rest to the standard library."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._at = 0
        self._counted = (0, 1)
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_once, parse_constant=_nothing, strict=False
        )

    def document(self) -> Any:
        value = self._object() if self._peek() == "{" else self._list_or_value()
        if self._peek():
            self._fail("goes on behind its end")
        return value

    def _object(self) -> dict[str, Any]:
        pairs: list[tuple[str, Any]] = []
        self._take("{")
        while not self._taken("}"):
            if pairs:
                self._take(",")
            if self._peek() != '"':
                self._fail("a key is expected" if self._peek() else "it breaks off")
            key = self._value()
            self._take(":")
            pairs.append((key, self._list_or_value()))
        return self._guarded(lambda: _once(pairs))

    def _list_or_value(self) -> Any:
        if self._peek() != "[":
            return self._value()
        items: list[Item] = []
        self._take("[")
        while not self._taken("]"):
            if items:
                self._take(",")
            self._peek()
            line = self._line()
            items.append(Item(self._value(), line))
        return items

    def _value(self) -> Any:
        self._peek()
        value, self._at = self._guarded(lambda: self._decoder.raw_decode(self._text, self._at))
        return value

    def _guarded(self, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except _RepeatedKeyError as error:
            self._fail(f"the key {str(error)[:60]!r} stands twice in one object")
        except json.JSONDecodeError as error:
            self._at = error.pos
            self._fail("it breaks off" if self._is_cut(error) else error.msg)
        except RecursionError:
            self._fail("nested too deep")
        except ValueError:
            self._fail("a number has too many digits")

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        """Whether the text ends too early: between values, within a string, or within a word."""
        rest = self._text[error.pos :].rstrip()
        is_word = len(rest) < _LONGEST_WORD and any(word.startswith(rest) for word in _WORDS)
        is_escape = error.msg.startswith("Invalid \\u") and len(rest) < _LONGEST_WORD
        return is_word or is_escape or error.msg.startswith("Unterminated")

    def _peek(self) -> str:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _taken(self, sign: str) -> bool:
        taken = self._peek() == sign
        self._at += taken
        return taken

    def _take(self, sign: str) -> None:
        if not self._taken(sign):
            self._fail(f"{sign!r} is expected" if self._peek() else "it breaks off")

    def _line(self) -> int:
        at, line = self._counted
        self._counted = (self._at, line + self._text.count("\n", at, self._at))
        return self._counted[1]

    def _fail(self, problem: str) -> NoReturn:
        line = self._text.count("\n", 0, self._at) + 1
        raise ListingError(
            self._file, f"is not sound JSON: {problem}", "save or fetch it again", line=line
        ) from None


def joined(pairs: list[tuple[str, Any]]) -> tuple[dict[str, Any], str | None]:
    """An object of names and values, and a name that stands in it more than once, if one does."""
    values = dict(pairs)
    if len(values) == len(pairs):
        return values, None
    return values, Counter(key for key, _ in pairs).most_common(1)[0][0]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values, twice = joined(pairs)
    if twice is not None:
        raise _RepeatedKeyError(twice)
    return values


def _nothing(_: str) -> None:
    return None
