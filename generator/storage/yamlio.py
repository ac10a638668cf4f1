"""Reading YAML so that a mistake in it can be found: errors carry lines, repeated keys are errors.

PyYAML keeps the last of two equal keys and says nothing; in a file that people write, the first
is then lost. Lines are looked up only when there is something to complain about, so that good
files, nearly all of them, are read at the speed of the C parser.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from generator.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML without libyaml: slower, otherwise the same
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]


class _RepeatedKey(yaml.MarkedYAMLError):
    """Two equal keys in one mapping."""


class _OddValue(yaml.MarkedYAMLError):
    """A scalar that has the form of a date or a number and is none (2026-02-31)."""


class _Loader(_SafeLoader):
    """The safe loader, which also refuses a key that stands twice in one mapping."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - the signature is PyYAML's
    ) -> dict[Hashable, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                continue
            if key_node.value in seen:
                raise _RepeatedKey(problem=key_node.value, problem_mark=key_node.start_mark)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


def _located(construct: Callable[[_Loader, yaml.Node], object]) -> Callable[..., object]:
    """A constructor of PyYAML's whose errors tell the line."""

    def constructor(loader: _Loader, node: yaml.Node) -> object:
        try:
            return construct(loader, node)
        except ValueError:
            raise _OddValue(problem=node.value, problem_mark=node.start_mark) from None

    return constructor


for _tag in ("timestamp", "int", "float"):
    _name = f"tag:yaml.org,2002:{_tag}"
    _Loader.add_constructor(_name, _located(_SafeLoader.yaml_constructors[_name]))


_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{_name}" for _name in ("str", "seq", "map"))
_SCALARS = frozenset(
    {
        _TEXT,
        *(f"tag:yaml.org,2002:{_name}" for _name in ("int", "float", "bool", "timestamp", "null")),
    }
)

#: What PyYAML's constructors raise for values that do not fit an explicit tag (`!!bool maybe`).
ODD = (ValueError, KeyError, IndexError, AttributeError, TypeError)

#: Nesting far below that at which libyaml runs out of stack, and no record of ours.
_DEEPEST = 50
#: Where brackets, or the signs before members of lists and before keys, follow on each other, in a
#: text or as structure.
_DEEP = re.compile(rf"(?:[\[{{]\s*){{{_DEEPEST}}}|(?:[-?]\s+){{{_DEEPEST}}}")
#: No record has so many brackets, and so many are no danger yet, whatever stands between them.
_MANY = 1000

#: What people most likely did when the parser says this.
_REMEDIES = {
    "mapping values are not allowed": "a text with a colon in it needs quotes around it",
    "while scanning an alias": "a text that begins with * needs quotes around it",
    "while scanning an anchor": "a text that begins with & needs quotes around it",
    "that cannot start any token": "indent with spaces, not tabs; quote a text that begins with @",
    "while scanning a quoted scalar": "a quotation mark is opened and not closed",
    "did not find expected ',' or ']'": "a bracket [ is opened and not closed",
}
_ANY_REMEDY = "mend the line or the one before it"


def load(text: str, name: str) -> object:
    """Parse one YAML document; an empty one is ``None``.

    Args:
        text: The document.
        name: The file, as the user would name it, for messages.

    Raises:
        ContentError: The text is not YAML, or a mapping has a key twice; with the line.
    """
    try:
        if _may_be_deep(text) and (line := _too_deep(text)):
            problem = f"not YAML: more than {_DEEPEST} lists or mappings, one in the other"
            raise ContentError(name, problem, "mend the line", line=line)
        return _loaded(text)
    except _RepeatedKey as error:
        raise ContentError(
            name,
            f'the key "{error.problem}" stands twice',
            "keep one of the two",
            line=_line(error),
        ) from None
    except _OddValue as error:
        raise ContentError(
            name,
            f"{error.problem} is not a day or a number that exists",
            "correct it, or put it in quotes if it is text",
            line=_line(error),
        ) from None
    except yaml.MarkedYAMLError as error:
        problem = " ".join(filter(None, (error.context, error.problem)))
        remedy = next((r for said, r in _REMEDIES.items() if said in problem), _ANY_REMEDY)
        raise ContentError(name, f"not YAML: {problem}", remedy, line=_line(error)) from None
    except ODD as error:
        problem = f"not YAML: a value does not fit its tag ({type(error).__name__})"
        raise ContentError(name, problem, "take the tag (!!…) away") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ContentError(
            name,
            f"not YAML: the character U+{error.character:04X} cannot be seen",
            "take it out",
            line=line,
        ) from None


def _loaded(text: str) -> object:
    """What a document says."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        # An alias is another's node: only the loader knows that it has made of it what it is.
        if "&" not in text:
            with contextlib.suppress(_NotPlainError, yaml.YAMLError, RecursionError, *ODD):
                return _plain(node, loader)
        return loader.construct_document(node)
    finally:
        loader.dispose()


class _NotPlainError(Exception):
    """A node of which the loader has to make something, or to say what is wrong with it."""


def _plain(node: yaml.Node, loader: _Loader) -> object:
    """What the loader makes of texts, numbers and days in lists and mappings; in half the time.

    Raises:
        Exception: Whatever the loader would raise, though not always what it would raise first, and
            :class:`_NotPlainError` where there is anything else.
    """
    kind, tag = type(node), node.tag
    if kind is yaml.ScalarNode and tag in _SCALARS:
        return node.value if tag == _TEXT else _Loader.yaml_constructors[tag](loader, node)
    if kind is yaml.SequenceNode and tag == _LIST:
        return [_plain(item, loader) for item in node.value]
    if kind is not yaml.MappingNode or tag != _MAPPING:
        raise _NotPlainError
    found: dict[str, object] = {}
    for key, value in node.value:
        if key.tag != _TEXT or type(key) is not yaml.ScalarNode or key.value in found:
            raise _NotPlainError
        found[key.value] = _plain(value, loader)
    return found


def _may_be_deep(text: str) -> bool:
    """Whether it is worth looking how deep a text nests.

    What nests is counted first: to search for it in a row takes as long as to parse the text.
    """
    brackets = text.count("[") + text.count("{")
    many = brackets >= _DEEPEST or text.count("-") + text.count("?") >= _DEEPEST
    return brackets >= _MANY or (many and _DEEP.search(text) is not None)


def _too_deep(text: str) -> int | None:
    """The line on which lists and mappings nest too deep, if any do.

    Tokens come from PyYAML's own scanner, which is slow but has no stack to run out of; brackets
    within quotes and blocks are none to it.

    Raises:
        yaml.YAMLError: If there is something wrong before that.
    """
    depth = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > _DEEPEST:
            line: int = token.start_mark.line + 1
            return line
    return None


_OPENING = (
    *(yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken),
    *(yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken),
)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def compose(text: str) -> yaml.Node | None:
    """The document's nodes, with the marks that say where each stands; ``None`` for an empty one.

    Args:
        text: A YAML document that :func:`load` accepts.
    """
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def line_of(text: str, path: tuple[str | int, ...]) -> int | None:
    """Where a value stands: the line of the innermost part of ``path`` that is there.

    Args:
        text: A YAML document that :func:`load` accepts.
        path: Keys and list positions from the top, such as ``("curation", "topics", 0)``.

    Returns:
        The line, counted from 1: of the key for the value of a mapping, of the item for the member
        of a list. ``None`` if not even the first part of the path is there.
    """
    try:
        node = compose(text)
    except yaml.YAMLError:
        return None
    line: int | None = None
    for step in path:
        found = _step(node, step)
        if found is None:
            return line
        line, node = found
    return line


def _step(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    """One part of a path: the line of the key or the item, and the node that it leads to."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.line + 1, item
    return None


def _line(error: yaml.MarkedYAMLError) -> int | None:
    mark = error.problem_mark or error.context_mark
    return None if mark is None else mark.line + 1


def text_of(path: Path, name: str) -> str:
    """The text of a file that somebody wrote.

    Raises:
        ContentError: If it is not UTF-8, or cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(
            name, f"is not UTF-8: byte 0x{error.object[error.start]:02x}", "save it as UTF-8"
        ) from None
    except OSError as error:
        raise ContentError(name, f"cannot be read: {error.strerror}", "check the file") from None


def plain_lines(text: str) -> Iterator[int]:
    """The lines on which a text stands without quotes behind its field, counted from 1."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent) and event.style is None and event.start_mark:
            yield event.start_mark.line + 1
