"""How well the rules give topics, measured against papers that people have labelled.

A label says which topics a paper has (``topics``), and which it may have (``optional``). A topic
that the rules give and the label has is a hit; one that the label calls optional does not count;
any other is false; a topic of the label that the rules do not give is missed. The label ``other``
stands for a paper without a topic. The figure that counts is F1 over all hits, false and missed
topics together (micro-F1); macro-F1 is the mean over topics, the rare ones as heavy as the common.

Where a paper has a false topic and lacks another one, the one may have been taken for the other: a
confusion.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from generator.errors import ContentError, ContentErrors
from generator.model import Paper
from generator.topics.tagging import Tagger

#: The label of a paper that belongs under no topic.
OTHER = "other"
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


@dataclass(frozen=True, slots=True)
class Counts:
    """Topics given rightly, given wrongly, and not given."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of the given topics that are right, from 0 to 1; 0 if none is given."""
        return _share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        """The share of the expected topics that are given, from 0 to 1; 0 if none is expected."""
        return _share(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, from 0 to 1."""
        return _share(2 * self.hits, 2 * self.hits + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class Confusion:
    """A topic that was given where another one was missed, and the slugs of those papers."""

    given: str
    missed: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of a comparison.

    ``topics`` has the counts of every topic that was expected or given; ``well_shelved`` is the
    number of papers whose strongest topic the label allows (or that rightly have none);
    ``absent`` holds the labels whose paper is not in the library; they are not scored.
    ``confusions`` are the most frequent first.
    """

    papers: int
    topics: Mapping[str, Counts]
    well_shelved: int
    absent: tuple[Label, ...] = field(default=())
    confusions: tuple[Confusion, ...] = ()

    @property
    def total(self) -> Counts:
        """The counts of all topics together; its F1 is micro-F1."""
        return sum(self.topics.values(), Counts())

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the topics, from 0 to 1."""
        return _share(sum(counts.f1 for counts in self.topics.values()), len(self.topics))

    @property
    def macro_precision(self) -> float:
        """The mean precision of the topics, from 0 to 1."""
        return _share(sum(counts.precision for counts in self.topics.values()), len(self.topics))

    @property
    def macro_recall(self) -> float:
        """The mean recall of the topics, from 0 to 1."""
        return _share(sum(counts.recall for counts in self.topics.values()), len(self.topics))

    @property
    def primary_share(self) -> float:
        """The share of the papers whose strongest topic the label allows, from 0 to 1."""
        return _share(self.well_shelved, self.papers)


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
    if errors:
        raise ContentErrors(errors)
    return tuple(labels)


def evaluate(labels: Iterable[Label], papers: Iterable[Paper], tagger: Tagger) -> Evaluation:
    """Compare the topics that the rules give with those that people gave.

    Labels find their papers by the title as the source gave it, else by the same title in other
    letters, signs or spaces. What curators decided about topics plays no part: the rules are
    measured.
    """
    found, absent = labelled(labels, papers)
    counts: dict[str, Counts] = {}
    confused: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    well_shelved = 0
    for label, paper in found:
        given = [score.topic for score in tagger.score(paper.title, paper.abstract)]
        compared = _compare(given, label)
        for topic, each in compared.items():
            counts[topic] = counts.get(topic, Counts()) + each
        for pair in _confused(compared):
            confused[pair].append(paper.slug)
        well_shelved += given[0] in label.topics | label.optional if given else not label.topics
    return Evaluation(
        len(found), dict(sorted(counts.items())), well_shelved, absent, _confusions(confused)
    )


def labelled(
    labels: Iterable[Label], papers: Iterable[Paper]
) -> tuple[list[tuple[Label, Paper]], tuple[Label, ...]]:
    """Labels with their papers, and those whose paper is not there."""
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


def _confused(compared: Mapping[str, Counts]) -> list[tuple[str, str]]:
    """Every topic that a paper was falsely given, with every one that it lacks."""
    false = [topic for topic, counts in compared.items() if counts.false]
    missed = [topic for topic, counts in compared.items() if counts.missed]
    return [(one, other) for one in false for other in missed]


def _confusions(confused: Mapping[tuple[str, str], list[str]]) -> tuple[Confusion, ...]:
    found = [Confusion(*pair, tuple(sorted(slugs))) for pair, slugs in confused.items()]
    return tuple(sorted(found, key=lambda each: (-len(each.papers), each.given, each.missed)))


def _compare(given: list[str], label: Label) -> dict[str, Counts]:
    found = {topic: Counts(missed=1) for topic in sorted(label.topics)}
    for topic in given:
        if topic in label.topics:
            found[topic] = Counts(hits=1)
        elif topic not in label.optional:
            found[topic] = Counts(false=1)
    return found


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
        data = json.loads(line)
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
    if not isinstance(title, str) or not title.strip():
        raise ContentError(name, "is no title", "write the paper's", line=number, field="title")
    if "topics" not in data:
        remedy = f'name its topics, or ["{OTHER}"] if it has none'
        raise ContentError(name, "is missing", remedy, line=number, field="topics")
    read = {key: _ids(data.get(key, []), key, number, name, known) for key in _FIELDS[1:]}
    topics, optional = (frozenset(read[key]) - {OTHER} for key in ("topics", "optional"))
    return Label(title, topics, optional, read["primary"], number)


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


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
