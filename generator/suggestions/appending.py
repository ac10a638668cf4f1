"""A topic more in the text of ``topics.yml``: every other character of it stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from generator.storage import yamlio

_EMPTY = re.compile(r"^(topics:)[ \t]*(?:\[[ \t]*\])?[ \t]*(#.*)?$", re.MULTILINE)
_DASH = re.compile(r"\s*-(?=\s)")
#: Never reached: a phrase, a title and a sentence stand on lines of their own.
_WIDTH = (1 << 31) - 1


class _Indented(yaml.SafeDumper):
    """PyYAML's dumper, with lists indented below their field, as curators write them."""

    def increase_indent(
        self,
        flow: bool = False,  # noqa: FBT001, FBT002 - the signature is PyYAML's
        indentless: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> None:
        super().increase_indent(flow, indentless=False)


def appended(text: str, topic: Mapping[str, object]) -> str:
    """The file with one more topic, the last of them.

    Args:
        text: The file, which :func:`generator.topics.taxonomy.parse_taxonomy` accepts.
        topic: The fields of the topic.

    Returns:
        The file, or ``text`` as it is where its layout leaves no place (a list in brackets).
    """
    topics = _topics(text)
    if topics is None or not topics.value:
        return _EMPTY.sub(lambda it: _begun(it, topic), text, count=1)
    last = topics.value[-1]
    lines = text.splitlines(keepends=True)
    dash = _DASH.match(lines[last.start_mark.line])
    if topics.flow_style or not dash or len(dash[0]) > last.start_mark.column:
        return text
    end = _end(last, lines)
    before, after = "".join(lines[:end]), "".join(lines[end:])
    return before.rstrip("\n") + "\n\n" + _entry(topic, len(dash[0]) - 1) + after


def _topics(text: str) -> yaml.SequenceNode | None:
    node = yamlio.compose(text)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == "topics" and isinstance(value, yaml.SequenceNode):
            return value
    return None


def _begun(found: re.Match[str], topic: Mapping[str, object]) -> str:
    return f"{found[1]}{' ' if found[2] else ''}{found[2] or ''}\n{_entry(topic, 2)}".rstrip("\n")


def _entry(topic: Mapping[str, object], indent: int) -> str:
    text: str = yaml.dump(
        [dict(topic)], Dumper=_Indented, allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return "".join(" " * indent + line for line in text.splitlines(keepends=True))


def _end(node: yaml.Node, lines: list[str]) -> int:
    """The number of the first line below a topic."""
    line = max(map(_last_line, _leaves(node))) + 1
    while line > 0 and not lines[line - 1].strip():
        line -= 1
    return line


def _last_line(leaf: yaml.Node) -> int:
    """The last line of a value: the mark stands behind it, behind a block below it."""
    is_below = leaf.end_mark.column == 0 and leaf.end_mark.line > leaf.start_mark.line
    return int(leaf.end_mark.line) - is_below


def _leaves(node: yaml.Node) -> Iterator[yaml.Node]:
    """Scalars and what stands in brackets: their marks are where they end."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        yield node
        return
    is_mapping = isinstance(node, yaml.MappingNode)
    for value in (pair[1] for pair in node.value) if is_mapping else node.value:
        yield from _leaves(value)
