"""The topics and their rules: what ``content/topics.yml`` says, checked and typed.

The file is written by curators. It is read whole, and everything that is wrong with it is said at
once, with the line, so that it can be mended in one go.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import yamlio
from generator.errors import ContentError, ContentErrors
from generator.fields import dotted, kind
from generator.phrases import PhraseError, patterns

#: Where a phrase may stand: the title, a sentence in which the authors say what they contribute,
#: a sentence about experiments and results, the first sentence of the abstract, or the rest of it.
PLACES = ("title", "contribution", "results", "opening", "abstract")
#: The places that sentences have because of a phrase in them; the first that fits counts.
MARKED_PLACES = ("contribution", "results")
#: Ids that pages use for something else.
RESERVED = frozenset({"unsorted"})
#: No single rule may weigh more: ten thresholds of the usual height.
MOST_WEIGHT = 100
_SETTINGS = ("threshold", "most_topics", "least_share", "abstract_limit")
#: Takes the place of a text that is missing or wrong, once that is reported.
_STAND_IN = "x"
_HOW_TO_WRITE = "the top of the file says how phrases are written"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Phrases that mean the same, and what finding one of them is worth.

    ``weight`` is above zero, also where the rule speaks against a topic. ``places`` are where the
    phrases count. A rule with ``only_with`` counts only in a paper that has one of those phrases
    anywhere.
    """

    phrases: tuple[str, ...]
    weight: float
    places: frozenset[str] = frozenset(PLACES)
    only_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that readers follow. A paper has it if its score reaches ``threshold``."""

    id: str
    title: str
    description: str
    threshold: float
    rules: tuple[Rule, ...] = ()
    against: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all topics.

    ``places`` has, for each place, the share of a rule's weight that counts there;
    ``markers``, for the places that are known by a phrase in the sentence, the phrases;
    ``abstract_limit`` how many times its weight a rule may add by standing in the abstract;
    ``least_share`` how strong a topic must be beside the strongest of the paper, from 0 to 1.
    """

    threshold: float = 10.0
    most_topics: int = 4
    least_share: float = 0.0
    abstract_limit: float = 1.0
    places: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(PLACES, 1.0))
    markers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All topics, in the order in which pages list them."""

    topics: tuple[Topic, ...]
    settings: Settings = field(default_factory=Settings)

    @property
    def ids(self) -> tuple[str, ...]:
        """The topics' ids, in order."""
        return tuple(topic.id for topic in self.topics)


def load_taxonomy(path: Path, name: str | None = None) -> Taxonomy:
    """Read and check ``topics.yml``.

    Args:
        path: The file.
        name: The file as the user would name it, for messages; else ``path``.

    Raises:
        ContentErrors: All that is wrong with it.
    """
    name = name or str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        remedy = "a digest needs its topics, in a file saved as UTF-8"
        raise ContentErrors([ContentError(name, f"cannot be read: {reason}", remedy)]) from None
    return parse_taxonomy(text, name)


def parse_taxonomy(text: str, name: str) -> Taxonomy:
    """Read and check the text of a ``topics.yml``; as :func:`load_taxonomy`."""
    try:
        document = yamlio.load(text, name)
    except ContentError as error:
        raise ContentErrors([error]) from None
    reader = _Reader(text, name)
    taxonomy = reader.taxonomy(document)
    if reader.errors:
        raise ContentErrors(reader.errors)
    return taxonomy


class _Reader:
    """Turns the parsed document into types and gathers what is wrong with it.

    Every method returns something of the right type, also for a value that is wrong: whether the
    result is used is decided by the errors.
    """

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.errors: list[ContentError] = []

    def taxonomy(self, document: object) -> Taxonomy:
        data = self.mapping(document, (), {"settings", "topics"}, {"topics"})
        settings = self.settings(data.get("settings", {}), ("settings",))
        items = enumerate(self.list(data.get("topics", []), ("topics",)))
        topics = [self.topic(item, ("topics", at), settings.threshold) for at, item in items]
        self.repeated_ids(topics)
        return Taxonomy(tuple(topics), settings)

    def repeated_ids(self, topics: list[Topic]) -> None:
        ids = [topic.id for topic in topics]
        for number, id_ in enumerate(ids):
            if id_ and id_ in ids[:number]:
                problem = f'"{id_}" is the id of an earlier topic'
                self.wrong(("topics", number, "id"), problem, "give each topic its own")

    def settings(self, value: object, path: _Path) -> Settings:
        data = self.mapping(value, path, {*_SETTINGS, "places", "markers"})
        default = Settings()
        places = self.mapping(data.get("places", {}), (*path, "places"), set(PLACES))
        shares = {
            place: self.number(share, (*path, "places", place), least=0)
            for place, share in places.items()
        }
        markers = self.mapping(data.get("markers", {}), (*path, "markers"), MARKED_PLACES)
        found = {
            place: self.phrases(markers[place], (*path, "markers", place))
            for place in MARKED_PLACES
            if place in markers
        }

        def number(key: str, *bounds: float) -> float:
            return self.number(data.get(key, getattr(default, key)), (*path, key), *bounds)

        return Settings(
            threshold=number("threshold"),
            most_topics=self.count(
                data.get("most_topics", default.most_topics), (*path, "most_topics")
            ),
            least_share=number("least_share", 0, 1),
            abstract_limit=number("abstract_limit"),
            places={**default.places, **shares},
            markers=found,
        )

    def topic(self, value: object, path: _Path, threshold: float) -> Topic:
        keys = {"id", "title", "description", "threshold", "rules", "against"}
        data = self.mapping(value, path, keys, {"id", "title", "description"})
        return Topic(
            id=self.id(data["id"], (*path, "id")) if "id" in data else "",
            title=self.words(data.get("title", _STAND_IN), (*path, "title")),
            description=self.words(data.get("description", _STAND_IN), (*path, "description")),
            threshold=self.number(data.get("threshold", threshold), (*path, "threshold")),
            rules=self.rules(data.get("rules", []), (*path, "rules")),
            against=self.rules(data.get("against", []), (*path, "against")),
        )

    def rules(self, value: object, path: _Path) -> tuple[Rule, ...]:
        items = self.list(value, path)
        return tuple(self.rule(item, (*path, number)) for number, item in enumerate(items))

    def rule(self, value: object, path: _Path) -> Rule:
        keys = {"phrases", "weight", "places", "only_with"}
        data = self.mapping(value, path, keys, {"phrases", "weight"})
        places = self.strings(data.get("places", list(PLACES)), (*path, "places"))
        for number, place in enumerate(places):
            if place not in PLACES:
                self.unknown((*path, "places", number), "place", place, PLACES)
        return Rule(
            phrases=self.phrases(data.get("phrases", [_STAND_IN]), (*path, "phrases")),
            weight=self.number(data.get("weight", 1), (*path, "weight")),
            places=frozenset(places),
            only_with=self.phrases(data.get("only_with", []), (*path, "only_with")),
        )

    def phrases(self, value: object, path: _Path) -> tuple[str, ...]:
        found = self.strings(value, path)
        if not found and path[-1] == "phrases":
            self.wrong(path, "there is no phrase", "write at least one, or take the rule out")
        for number, phrase in enumerate(found):
            try:
                patterns(phrase)
            except PhraseError as error:
                self.wrong((*path, number), str(error), _HOW_TO_WRITE)
        return found

    def strings(self, value: object, path: _Path) -> tuple[str, ...]:
        items = self.list(value, path)
        return tuple(self.string(item, (*path, number)) for number, item in enumerate(items))

    def string(self, value: object, path: _Path) -> str:
        if isinstance(value, str):
            return value
        self.wrong(path, f"is {kind(value)} ({value!r}), not text", "put it in quotes")
        return _STAND_IN

    def words(self, value: object, path: _Path) -> str:
        found = self.string(value, path).strip()
        if not found:
            self.wrong(path, "it is empty", "readers are shown it; write a few words")
        return found

    def id(self, value: object, path: _Path) -> str:
        found = self.string(value, path)
        if not _ID.fullmatch(found):
            remedy = 'small letters, digits and single hyphens, such as "graph-learning"'
            self.wrong(path, f'"{found}" cannot be an id', remedy)
        elif found in RESERVED:
            self.wrong(path, f'"{found}" is kept for papers without topics', "choose another")
        return found

    def number(
        self, value: object, path: _Path, least: float = 0.1, most: float = MOST_WEIGHT
    ) -> float:
        if (
            not isinstance(value, bool)
            and isinstance(value, int | float)
            and least <= value <= most
        ):
            return float(value)
        self.wrong(path, f"{value!r} is not what it may be", f"write {least:g} to {most:g}")
        return 1.0

    def count(self, value: object, path: _Path) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        self.wrong(path, f"{value!r} is not what it may be", "write a whole number above zero")
        return 1

    def list(self, value: object, path: _Path) -> list[object]:
        if isinstance(value, list):
            return value
        self.wrong(path, f"is {kind(value)}, not a list", f"write it as a list: `[{value}]`")
        return []

    def mapping(
        self, value: object, path: _Path, keys: Collection[str], needed: Collection[str] = ()
    ) -> dict[str, object]:
        if not isinstance(value, dict):
            needs = ", ".join(sorted(needed or keys))
            self.wrong(path, f"is {kind(value)}, not fields and values", f"it needs {needs}")
            return {}
        for key in value:
            if key not in keys:
                self.unknown((*path, key), "field", str(key), sorted(keys))
        for key in sorted(set(needed) - set(value)):
            self.wrong(path, f'"{key}" is missing', "add it")
        return {key: item for key, item in value.items() if key in keys}

    def unknown(self, path: _Path, kind: str, value: str, known: Collection[str]) -> None:
        close = difflib.get_close_matches(value, known, n=1)
        remedy = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(known)}"
        self.wrong(path, f'unknown {kind} "{value}"', remedy)

    def wrong(self, path: _Path, problem: str, remedy: str) -> None:
        line = yamlio.line_of(self.text, path)
        self.errors.append(
            ContentError(self.name, problem, remedy, line=line, field=dotted(path) or None)
        )
