"""JSON that holds papers: an object a line (jsonlines.org), or one array of them.

Lines are read one by one, so that a broken one costs nothing but itself; so is one in which a key
stands twice, of which one value would be lost. An array is JSON as a whole or not at all
(:mod:`generator.sources.jsonio`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from generator.sources import jsonio

#: More digits than any number of a listing has; Python refuses some thousands with an error.
_DIGITS = 18
_SPACE = re.compile(r"[ \t\n\r]*")
_KEY = re.compile(r'"(\w{1,40})"\s*:')
#: Where the keys of a broken beginning are looked for, in characters.
_PEEKED = 10_000
#: So many objects are looked at to see what a file has; the first may be a broken one, or another.
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the line on which it begins; ``fault`` says what is wrong with it, if anything.

    Without a fault the value is an object.
    """

    line: int
    value: Any
    fault: str = ""


class _Reader:
    """Reads values one after the other; what is odd in one of them is a fault, and no end."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_int=self._int, parse_constant=lambda _: None
        )

    def read(self, text: str, start: int) -> tuple[Any, int]:
        """The value that begins at ``start``, and where it ends.

        ``NaN`` and the infinities, which JSON does not have and Python writes, are ``null``.

        Raises:
            ValueError: If there is none, or it is broken; with the reason.
        """
        self.faults.clear()
        try:
            return self._decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            is_open = error.msg.startswith(("Unterminated", "Invalid control"))
            problem = "a text is not closed on its line" if is_open else error.msg
            raise ValueError(f"{problem}, at character {error.pos - start + 1}") from None
        except RecursionError:
            raise ValueError("nested too deep") from None

    def read_line(self, text: str, start: int) -> tuple[Any, int]:
        """The same; nothing else may stand on its last line."""
        value, end = self.read(text, start)
        if rest := text[end : _line_end(text, end)].strip():
            raise ValueError(f"{rest[:20]!a} stands behind the object")
        return value, end

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found, twice = jsonio.joined(pairs)
        if twice is not None:
            self.faults.append(f"the key {twice[:40]!a} stands twice; keep one of the two")
        return found

    def _int(self, digits: str) -> int:
        if len(digits) <= _DIGITS:
            return int(digits)
        self.faults.append(f"the number {digits[:_DIGITS]}… is too long; correct it")
        return 0


def all_keys(text: str) -> Iterator[frozenset[str]]:
    """The keys of each of the first objects; the very first may be cut off or broken.

    None if the text does not begin as objects do, and its first line does not end as one does.
    """
    start = _past_space(text, 0)
    if text.startswith("[", start):
        values = _items(text, start + 1)
    elif text.startswith("{", start) or text[start : _line_end(text, start)].endswith("}"):
        values = (found.value for found in _lines(text))
    else:
        return
    yield _first_keys(text)
    for value in islice(values, _LOOKED_AT):
        if isinstance(value, dict):
            yield frozenset(value)


def _items(text: str, start: int) -> Iterator[Any]:
    """The items of an array, as far as it is sound."""
    reader = _Reader()
    with suppress(ValueError):
        while True:
            value, end = reader.read(text, _past_space(text, start))
            yield value
            start = _past_space(text, end) + 1
            if not text.startswith(",", start - 1):
                return


def _first_keys(text: str) -> frozenset[str]:
    """The keys of the first object, also of one that is cut off or broken; empty if none begins."""
    start = _past_space(text, 0)
    if text.startswith("[", start):
        start = _past_space(text, start + 1)
    if not text.startswith("{", start):
        return frozenset()
    try:
        return frozenset(_Reader().read(text, start)[0])
    except ValueError:
        end = text.find("\n{", start)  # where the next one begins
        end = len(text) if end < 0 else end
        return frozenset(_KEY.findall(text, start, min(end, start + _PEEKED)))


def objects(text: str, file: str) -> Iterator[Found]:
    """The objects of a file, in its order.

    Raises:
        ListingError: If it is an array, and that is no JSON.
    """
    if text.startswith("[", _past_space(text, 0)):
        for item in jsonio.parse(text, file):
            yield _found(item.line, item.value, [])
    else:
        yield from _lines(text)


def _lines(text: str) -> Iterator[Found]:
    """Objects a line each; one that is laid out over several lines is taken too."""
    reader = _Reader()
    line = 1
    for chunk in _chunks(text):
        counted, start = 0, _past_space(chunk, 0)
        while start < len(chunk):
            line, counted = line + chunk.count("\n", counted, start), start
            try:
                value, end = reader.read_line(chunk, start)
            except ValueError as error:
                yield Found(line, None, f"is not sound JSON: {error}")
                break
            yield _found(line, value, reader.faults)
            start = _past_space(chunk, end)
        line += chunk.count("\n", counted)


def _chunks(text: str) -> Iterator[str]:
    """Parts of a text that begin where a line begins an object: an error goes no further.

    They are cut out, for to tell an error the library counts the lines of all that is before it.
    """
    start = 0
    while start < len(text):
        found = text.find("\n{", start)
        end = len(text) if found < 0 else found + 1
        yield text[start:end]
        start = end


def _found(line: int, value: Any, faults: list[str]) -> Found:
    if isinstance(value, dict):
        return Found(line, value, faults[0] if faults else "")
    return Found(line, value, "is no object with names and values: `{…}`")


def _past_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
