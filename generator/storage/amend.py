"""Changing one field of a YAML file that people write, and nothing else in it.

Reading such a file and writing it anew would lose comments, or change quotes, blank lines and
indentation. So the new text is put where the old one stood, found by the marks that the parser
sets, and every other character stays as it is.

A file can be changed in this way if its fields stand one below the other from the first column on,
and nothing in it is an alias (:func:`is_laid_out`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import yaml

from generator.storage import yamlio


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a list as it is to be.

    ``old`` is its position in the list as it was (``None``: a new one), ``written`` its new text,
    such as ``- {kind: code}`` (``None``: as it was).
    """

    old: int | None
    written: str | None


def is_laid_out(text: str) -> bool:
    """Whether the fields of a document can be changed one by one."""
    root = yamlio.compose(text)
    return (
        isinstance(root, yaml.MappingNode)
        and not root.flow_style
        and all(key.start_mark.column == 0 for key, _ in root.value)
        # What an alias stands for lies elsewhere.
        and not any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text))
    )


def set_field(text: str, field: str, written: str, before: Sequence[str] = ()) -> str:
    """``text`` with another value of a top-level field.

    Args:
        text: A document that :func:`is_laid_out`.
        field: The field.
        written: The field with its new value, as YAML, a line break at the end.
        before: The fields before the first of which it goes if it is not there yet.
    """
    text = _ended(text)
    pairs = _pairs(text)
    # What stands above the first field, such as a comment on the whole file, stays above it.
    first = pairs[0][0].start_mark.index
    return _put(text, pairs, field, written, before=before, first=first)


def set_inner(text: str, parent: str, field: str, written: str, before: Sequence[str] = ()) -> str:
    """``text`` with another value of a field of a top-level mapping.

    Args:
        text: A document that :func:`is_laid_out`, in which :func:`has_fields` of ``parent``.
        parent: The mapping.
        field: The field in it.
        written: The field with its new value, as YAML from the first column on.
        before: The fields before the first of which it goes if it is not there yet.
    """
    text = _ended(text)
    pairs = _inner(text, parent)
    written = _indented(written, pairs[0][0].start_mark.column)
    # A comment above the first field is the field's: what is new goes above both.
    (above,) = (key for key, _ in _pairs(text) if key.value == parent)
    first = _next_line(text, above.end_mark.index)
    return _put(text, pairs, field, written, before=before, first=first)


def remove_inner(text: str, parent: str, field: str) -> str:
    """``text`` without a field of a top-level mapping; without the mapping, if it was its only one.

    Args:
        text: A document that :func:`is_laid_out`, in which :func:`has_fields` of ``parent``.
        parent: The mapping.
        field: The field in it; one that is not there is no matter.
    """
    text = _ended(text)
    pairs = _inner(text, parent)
    if [key.value for key, _ in pairs] == [field]:
        return remove_field(text, parent)
    return _without(text, pairs, field)


def has_fields(text: str, parent: str) -> bool:
    """Whether a top-level field is a mapping whose fields stand on lines of their own."""
    return bool(_inner(text, parent))


def remove_field(text: str, field: str) -> str:
    """``text`` without a top-level field, and a comment that stands on its lines.

    Args:
        text: A document that :func:`is_laid_out`.
        field: The field; one that is not there is no matter.
    """
    text = _ended(text)
    return _without(text, _pairs(text), field)


def set_items(text: str, field: str, items: Iterable[Item]) -> str:
    """``text`` with other members of a top-level list; comments belong to the member below them.

    Args:
        text: A document that :func:`is_laid_out`, in which :func:`has_items` of the list.
        field: The list.
        items: All that are to be in it, in their order.
    """
    text = _ended(text)
    key, old = _items(text, field)
    dashes = [text.rindex("-", 0, each.start_mark.index) for each in old]
    column = dashes[0] - _line_start(text, dashes[0])
    starts = [_next_line(text, _end(each, text)) for each in (key, *old)]
    parts = []
    for item in items:
        part, dash = "", 0
        written = item.written and _indented(item.written, column)
        if item.old is not None:
            start = starts[item.old]
            part = text[start : starts[item.old + 1]]
            dash = _line_start(text, dashes[item.old]) - start
            end = _end(old[item.old], text) - start
        parts.append(_replaced(part, dash, end if part else 0, written) if written else part)
    return text[: starts[0]] + "".join(parts) + text[starts[-1] :]


def extend_flow(text: str, field: str, members: Iterable[str]) -> str:
    """``text`` with more members of a top-level list in brackets, right behind its last one.

    Args:
        text: A document that :func:`is_laid_out`.
        field: The list, which has members.
        members: What is added, as YAML.
    """
    value = next(value for key, value in _pairs(text) if key.value == field)
    end = _end(value.value[-1], text)
    return text[:end] + "".join(f", {each}" for each in members) + text[end:]


def has_items(text: str, field: str) -> bool:
    """Whether a top-level field is a list with members, each on lines of its own."""
    return bool(_items(text, field)[1])


def _items(text: str, field: str) -> tuple[yaml.Node, list[yaml.Node]]:
    """The key of a list, and its members if each has lines of its own."""
    key, value = next(pair for pair in _pairs(text) if pair[0].value == field)
    is_list = isinstance(value, yaml.SequenceNode) and not value.flow_style
    return key, list(value.value) if is_list else []


def _put(  # noqa: PLR0913 - a field and where it goes
    text: str,
    pairs: Sequence[tuple[yaml.Node, yaml.Node]],
    field: str,
    written: str,
    *,
    before: Sequence[str],
    first: int,
) -> str:
    """``text`` with a field among others: where it stood, or before the first of those that follow.

    ``written`` is as far to the right as the others; ``first`` is where it goes if it is the first.
    """
    for key, value in pairs:
        if key.value == field:
            return _replaced(text, key.start_mark.index, _end(value, text), written.lstrip(" "))
    place = first
    for key, value in pairs:
        if key.value in before:
            break
        place = _next_line(text, _end(value, text))
    return text[:place] + written + text[place:]


def _without(text: str, pairs: Sequence[tuple[yaml.Node, yaml.Node]], field: str) -> str:
    for key, value in pairs:
        if key.value == field:
            end = _next_line(text, _end(value, text))
            return text[: _line_start(text, key.start_mark.index)] + text[end:]
    return text


def _inner(text: str, parent: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """The fields of a top-level mapping, if they have lines of their own."""
    value = next((value for key, value in _pairs(text) if key.value == parent), None)
    if not isinstance(value, yaml.MappingNode) or value.flow_style:
        return []
    return list(value.value)


def _pairs(text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    root = yamlio.compose(text)
    return list(root.value) if isinstance(root, yaml.MappingNode) else []


def _end(node: yaml.Node, text: str) -> int:
    """Where the last character of a value is: the marks of collections lie behind comments."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip("\n"))


def _replaced(text: str, start: int, end: int, written: str) -> str:
    """``text`` with ``written`` from ``start`` to ``end``; a comment on the last line is kept."""
    stop = _next_line(text, end)
    rest = text[end:stop].rstrip()
    first, _, more = written.partition("\n")
    return f"{text[:start]}{first}{rest}\n{more}{text[stop:]}"


def _indented(written: str, column: int) -> str:
    """Text further to the right; a line without anything stays without anything."""
    lines = written.splitlines(keepends=True)
    return "".join(" " * column + line if line.strip() else line for line in lines)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _next_line(text: str, place: int) -> int:
    return text.find("\n", place) + 1
