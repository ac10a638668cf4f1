"""The topics and their rules: what ``content/topics.yml`` says, checked and typed.

The file is written by curators. It is read whole, and everything that is wrong with it is said at
once, with the line, so that it can be mended in one go.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import ContentError, ContentErrors
from generator.storage import yamlio
from generator.storage.fields import Fields
from generator.topics import lineage
from generator.topics.phrases import PhraseError, patterns

#: Where a phrase may stand: the title; in it what the title names as means ("... by ..."); a
#: sentence about where code and data are to be had, one in which the authors say what they
#: contribute, one about experiments and results; the abstract's first sentence, or the rest.
PLACES = ("title", "means", "availability", "contribution", "results", "opening", "abstract")
#: The places that sentences have because of a phrase in them; the first that fits counts.
MARKED_PLACES = ("availability", "contribution", "results")
#: No single rule may weigh more: ten thresholds of the usual height.
MOST_WEIGHT = 100
_HOW_TO_WRITE = "the top of the file says how phrases are written"
_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Phrases that mean the same, and what finding one of them is worth.

    ``weight`` is above zero, also where the rule speaks against a topic. ``places`` are where the
    phrases count; ``title`` includes ``means``. A rule with ``only_with`` counts only in a paper
    that has one of those phrases anywhere.
    """

    phrases: tuple[str, ...]
    weight: float
    places: frozenset[str] = frozenset(PLACES)
    only_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that readers follow. A paper has it if its score reaches ``threshold``.

    ``formerly`` are ids that it had before, or those of topics that were merged into it;
    ``parent`` is the id of the wider topic that it is part of.
    """

    id: str
    title: str
    description: str
    threshold: float
    rules: tuple[Rule, ...] = ()
    against: tuple[Rule, ...] = ()
    formerly: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all topics.

    ``places`` has, for each place, the share of a rule's weight that counts there;
    ``markers``, for the places that are known by a phrase in the sentence, the phrases;
    ``abstract_limit`` how many times its weight a rule may add by standing in the abstract;
    ``least_share`` how strong a topic must be beside the strongest of the paper, from 0 to 1;
    ``alone`` what share of its threshold is enough for the strongest topic of a paper that
    would have none.
    """

    threshold: float = 10.0
    most_topics: int = 4
    least_share: float = 0.0
    alone: float = 1.0
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
    errors: list[ContentError] = []
    taxonomy = _taxonomy(Fields(document, name, text, errors))
    if errors:
        raise ContentErrors(errors)
    return taxonomy


def _taxonomy(fields: Fields) -> Taxonomy:
    """The whole file; what is wrong with it goes to ``fields``, here and below."""
    if fields.keys and "topics" not in fields.keys:
        fields.complain(None, "has no 'topics'", "add the field 'topics'")
    settings = _settings(fields.mapping("settings"))
    topics = tuple(
        _topic(inner, ("topics", number), settings.threshold)
        for number, inner in enumerate(fields.mappings("topics"))
    )
    fields.finish()
    _check_ids(fields, topics)
    return Taxonomy(topics, settings)


def _check_ids(fields: Fields, topics: Sequence[Topic]) -> None:
    """Every topic has an id of its own, and what is said of former ids and parents is possible."""
    ids = [topic.id for topic in topics]
    for number, id_ in enumerate(ids):
        if id_ and id_ in ids[:number]:
            problem = f'"{id_}" is the id of an earlier topic'
            fields.complain_at(("topics", number, "id"), problem, "give each topic its own")
    for fault in lineage.faults(topics):
        fields.complain_at(("topics", fault.topic, fault.field), fault.problem, fault.remedy)


def _settings(fields: Fields) -> Settings:
    default = Settings()
    shares = _named(fields.mapping("places"), PLACES)
    markers = fields.mapping("markers")
    marked = {place: _phrases(markers, place, ("settings", "markers")) for place in MARKED_PLACES}
    markers.finish()
    most = fields.count("most_topics")
    if most == 0:
        fields.complain("most_topics", "is 0", "write a whole number above zero")
    settings = Settings(
        threshold=_number(fields, "threshold", default.threshold),
        most_topics=most or default.most_topics,
        least_share=_number(fields, "least_share", default.least_share, 0, 1),
        alone=_number(fields, "alone", default.alone, 0, 1),
        abstract_limit=_number(fields, "abstract_limit", default.abstract_limit),
        places={**default.places, **shares},
        markers={place: phrases for place, phrases in marked.items() if phrases},
    )
    fields.finish()
    return settings


def _named(fields: Fields, names: Iterable[str]) -> dict[str, float]:
    """The numbers of a mapping that has them under these names."""
    found = {name: fields.number(name) for name in names}
    fields.finish()
    return {name: number for name, number in found.items() if number is not None}


def _topic(fields: Fields, path: _Path, threshold: float) -> Topic:
    id_ = fields.text("id", required=True) or ""
    if id_ and not lineage.ID.fullmatch(id_):
        remedy = 'small letters, digits and single hyphens, such as "graph-learning"'
        fields.complain("id", f'"{id_}" cannot be an id', remedy)
    elif id_ in lineage.RESERVED:
        fields.complain("id", f'"{id_}" is kept for papers without topics', "choose another")
    topic = Topic(
        id=id_,
        title=fields.text("title", required=True) or "",
        description=fields.text("description", required=True) or "",
        threshold=_number(fields, "threshold", threshold),
        rules=_rules(fields, "rules", path),
        against=_rules(fields, "against", path),
        formerly=fields.texts("formerly") or (),
        parent=fields.text("parent"),
    )
    fields.finish()
    return topic


def _rules(fields: Fields, key: str, path: _Path) -> tuple[Rule, ...]:
    return tuple(
        _rule(inner, (*path, key, number)) for number, inner in enumerate(fields.mappings(key))
    )


def _rule(fields: Fields, path: _Path) -> Rule:
    if "weight" not in fields.keys:
        fields.complain(None, "has no 'weight'", "add the field 'weight'")
    rule = Rule(
        phrases=_phrases(fields, "phrases", path, required=True),
        weight=_number(fields, "weight", 1),
        places=frozenset(_places(fields, path)),
        only_with=_phrases(fields, "only_with", path),
    )
    fields.finish()
    return rule


def _places(fields: Fields, path: _Path) -> tuple[str, ...]:
    places = fields.texts("places")
    for number, place in enumerate(places or ()):
        if place not in PLACES:
            close = difflib.get_close_matches(place, PLACES, n=1)
            remedy = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(PLACES)}"
            fields.complain_at((*path, "places", number), f'unknown place "{place}"', remedy)
    return PLACES if places is None else places


def _phrases(fields: Fields, key: str, path: _Path, *, required: bool = False) -> tuple[str, ...]:
    found = fields.texts(key, required=required)
    if required and found == ():
        fields.complain(key, "there is no phrase", "write at least one, or take the rule out")
    for number, phrase in enumerate(found or ()):
        try:
            patterns(phrase)
        except PhraseError as error:
            fields.complain_at((*path, key, number), str(error), _HOW_TO_WRITE)
    return found or ()


def _number(
    fields: Fields, key: str, default: float, least: float = 0.1, most: float = MOST_WEIGHT
) -> float:
    value = fields.number(key, least, most)
    return default if value is None else value
