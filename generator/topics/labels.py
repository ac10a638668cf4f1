"""What people said of papers' topics: labels, by which rules are measured.

A label says which topics a paper has (``topics``), and which it may have (``optional``). The label
``other`` stands for a paper without a topic.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.errors import ContentError, ContentErrors
from generator.model import Paper

#: The label of a paper that belongs under no topic.
OTHER = "other"
#: Half a character: JSON can write it, nothing can show it.
_HALF = re.compile("[\ud800-\udfff]")
_FIELDS = ("title", "topics", "optional", "primary")


@dataclass(frozen=True, slots=True)
class Label:
    """What people said of one paper; ``line`` is where, counted from 1.

    ``primary`` is where a librarian would shelve it; it is not scored.
    """

    title: str
    topics: frozenset[str]
    optional: frozenset[str] = frozenset()
    primary: tuple[str, ...] = ()
    line: int = 0


def read_labels(
    text: str, name: str, known: Collection[str], former: Mapping[str, str] | None = None
) -> tuple[Label, ...]:
    """Read labels: JSON Lines with ``title``, ``topics``, ``optional`` and ``primary``.

    Args:
        text: The file; blank lines are skipped.
        name: The file as the user would name it, for messages.
        known: The ids of the topics that there are.
        former: Ids that topics had, with those that they have now.

    Raises:
        ContentErrors: All lines that are not labels.
    """
    errors: list[ContentError] = []
    labels: list[Label] = []
    ids = {**(former or {}), **{id_: id_ for id_ in known}, OTHER: OTHER}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            labels.append(_label(line, number, name, ids))
        except ContentError as error:
            errors.append(error)
    errors += _repeated(labels, name)
    if not labels and not errors:
        errors.append(ContentError(name, "has no labels", "write one a line, as JSON"))
    if errors:
        raise ContentErrors(sorted(errors, key=lambda error: error.line or 0))
    return tuple(labels)


def _repeated(labels: Iterable[Label], name: str) -> Iterator[ContentError]:
    """Labels of a paper that has one: it would count twice."""
    first: dict[str, int] = {}
    for label in labels:
        line = first.setdefault(_normal(label.title), label.line)
        if line != label.line:
            problem = f"line {line} labels this paper already"
            yield ContentError(name, problem, "keep one of the two", line=label.line, field="title")


def labelled(
    labels: Iterable[Label], papers: Iterable[Paper]
) -> tuple[list[tuple[Label, Paper]], tuple[Label, ...]]:
    """Labels with their papers, and those whose paper is not there.

    Labels find their papers by the title as the source gave it, else by the same title in other
    letters, signs or spaces.
    """
    exact, similar = _by_title(papers)
    found: list[tuple[Label, Paper]] = []
    absent: list[Label] = []
    for label in labels:
        paper = exact.get(label.title) or similar.get(_normal(label.title))
        if paper is None:
            absent.append(label)
        else:
            found.append((label, paper))
    return found, tuple(absent)


def _by_title(papers: Iterable[Paper]) -> tuple[dict[str, Paper], dict[str, Paper]]:
    exact: dict[str, Paper] = {}
    similar: dict[str, Paper] = {}
    for paper in papers:
        for title in (paper.source_title, paper.title):
            exact.setdefault(title, paper)
            similar.setdefault(_normal(title), paper)
    return exact, similar


def _normal(title: str) -> str:
    """A title without what differs between sources: case, width, signs, spaces, TeX commands."""
    plain = re.sub(r"\\[a-zA-Z]+", "", unicodedata.normalize("NFKC", title)).casefold()
    return re.sub(r"[\W_]+", "", plain)


def _label(line: str, number: int, name: str, known: Mapping[str, str]) -> Label:
    try:
        data = json.loads(line, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise ContentError(
            name, f"not JSON: {error}", "write one object a line", line=number
        ) from None
    if not isinstance(data, dict):
        raise ContentError(name, "is not an object", 'write {"title": …}', line=number)
    for key in data:
        if key not in _FIELDS:
            remedy = f"the fields are {', '.join(_FIELDS)}"
            raise ContentError(name, "is not a known field", remedy, line=number, field=key)
    title = data.get("title")
    if not isinstance(title, str) or not title.strip() or _HALF.search(title):
        raise ContentError(name, "is no title", "write the paper's", line=number, field="title")
    if "topics" not in data:
        remedy = f'name its topics, or ["{OTHER}"] if it has none'
        raise ContentError(name, "is missing", remedy, line=number, field="topics")
    read = {key: _ids(data.get(key, []), key, number, name, known) for key in _FIELDS[1:]}
    topics, optional = (frozenset(read[key]) - {OTHER} for key in ("topics", "optional"))
    if both := sorted(topics & optional):
        problem, remedy = f"{both[0]!r} is under `topics` too", "keep it in one of the two"
        raise ContentError(name, problem, remedy, line=number, field="optional")
    return Label(title, topics, optional, read["primary"], number)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON, of which every key may say one thing."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"{repeated!r} is there twice")
    return found


def _ids(
    value: object, key: str, line: int, name: str, known: Mapping[str, str]
) -> tuple[str, ...]:
    """The topics that a field names, as they are called now; one may stand without brackets."""
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        raise ContentError(name, f"{value!r} is no list", "use brackets", line=line, field=key)
    for item in items:
        if not isinstance(item, str) or item not in known:
            close = difflib.get_close_matches(str(item), sorted(known), n=1)
            remedy = f"did you mean {close[0]!r}?" if close else f"no topic: {OTHER!r}"
            raise ContentError(name, f"{item!r} is no topic", remedy, line=line, field=key)
    return tuple(dict.fromkeys(known[item] for item in items))
