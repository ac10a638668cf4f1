"""The first topics of a digest, from their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml
from slugify import slugify

from generator.errors import UsageError
from generator.markup.escape import yaml_scalar
from generator.text.cleaning import tidy
from generator.topics.lineage import ID, RESERVED

#: What parts the subjects in a title such as "Sewing, boards and covers".
_BETWEEN = re.compile(r"[^\w\s'’-]+|\s[-–—]\s|\b(?:and|or)\b", re.IGNORECASE)
#: A word as the rules find it (:mod:`generator.topics.phrases`).
_WORD = re.compile(r"[^\W_]+")
#: Words that say nothing alone; a phrase neither begins nor ends with one.
_SMALL = frozenset(
    ["a", "an", "the", "of", "in", "on", "for", "to", "with", "by", "at", "from", "its", "their"]
)


def topics_yml(titles: Iterable[str]) -> str:
    """The topics of the given titles, as the part of ``topics.yml`` that lists them.

    Raises:
        UsageError: If there is no word in a title, or two of them would have one address.
    """
    seen: dict[str, str] = {}
    lines: list[str] = []
    for given in titles:
        title = tidy(given)
        id_ = _id(title, given)
        if id_ in seen:
            raise UsageError(
                f"--topic {given!r}: has the address of {seen[id_]!r}; name it otherwise"
            )
        seen[id_] = title
        lines += _topic(id_, title)
    return "\n".join([*lines, ""])


def _id(title: str, given: str) -> str:
    id_: str = slugify(title, max_length=60, word_boundary=True)
    if not ID.fullmatch(id_) or not phrases(title):
        raise UsageError(f"--topic {given!r}: has no word in it; write what papers speak of")
    if id_ in RESERVED:
        raise UsageError(f"--topic {given!r}: is kept for papers without topics; name it otherwise")
    return id_


def _topic(id_: str, title: str) -> Iterator[str]:
    yield f"  - id: {_plain(id_)}"
    yield f"    title: {yaml_scalar(title)}"
    yield "    # What readers see: say in a sentence what belongs here."
    yield f"    description: {yaml_scalar(f'Papers about {title}.')}"
    yield "    rules:"
    yield "      # The words of the title. Add those that papers use, and weaker hints."
    yield "      - weight: 7"
    yield f"        phrases: [{', '.join(map(_plain, phrases(title)))}]"


def _plain(text: str) -> str:
    """A word of YAML without quotes, if it is a text without them."""
    return text if yaml.safe_load(f"[{text}]") == [text] else str(yaml_scalar(text))


def phrases(title: str) -> tuple[str, ...]:
    """The phrases of a title: its subjects, without what only joins them."""
    found = (_phrase(_WORD.findall(part)) for part in _BETWEEN.split(title))
    return tuple(dict.fromkeys(filter(None, found)))


def _phrase(words: list[str]) -> str:
    while words and words[0].lower() in _SMALL:
        words = words[1:]
    while words and words[-1].lower() in _SMALL:
        words = words[:-1]
    return " ".join(map(_lowered, words))


def _lowered(word: str) -> str:
    """A word in small letters, unless its capitals say something: ``DNA`` stays."""
    return word.lower() if word[1:] == word[1:].lower() else word
