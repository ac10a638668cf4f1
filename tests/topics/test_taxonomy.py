"""Reading ``topics.yml``: what is right becomes types, what is wrong is named with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentErrors
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import PLACES, Rule, Settings, load_taxonomy, parse_taxonomy
from tests.conftest import ROOT

FULL = """\
settings:
  threshold: 8
  most_topics: 3
  least_share: 0.25
  alone: 0.6
  abstract_limit: 1.5
  places: {title: 1, contribution: 0.5, results: 0}
  markers:
    contribution: [we propose]
topics:
  - id: speech
    title: Speech & audio
    description: What is heard.
    threshold: 5
    rules:
      - weight: 10
        phrases: [speech, audio]
      - weight: 2.5
        phrases: [voice]
        places: [title, opening]
        only_with: [ASR]
    against:
      - weight: 4
        phrases: [part of speech]
    formerly: [sound, audio]
  - id: text-2
    title: Text
    description: What is read.
    parent: speech
"""
TOPIC = "topics:\n  - id: a\n    title: A\n    description: All of it.\n"


def wrong(text: str) -> list[str]:
    """The messages about a file that is not right."""
    with pytest.raises(ContentErrors) as info:
        parse_taxonomy(text, "topics.yml")
    return [str(error) for error in info.value.errors]


def test_a_full_file() -> None:
    taxonomy = parse_taxonomy(FULL, "topics.yml")
    assert taxonomy.ids == ("speech", "text-2")
    assert taxonomy.settings == Settings(
        threshold=8,
        most_topics=3,
        least_share=0.25,
        abstract_limit=1.5,
        alone=0.6,
        places={**dict.fromkeys(PLACES, 1), "contribution": 0.5, "results": 0},
        markers={"contribution": ("we propose",)},
    )
    speech, text = taxonomy.topics
    assert (speech.title, speech.description) == ("Speech & audio", "What is heard.")
    assert speech.threshold == 5
    assert speech.rules == (
        Rule(("speech", "audio"), 10),
        Rule(("voice",), 2.5, frozenset({"title", "opening"}), ("ASR",)),
    )
    assert speech.against == (Rule(("part of speech",), 4),)
    assert (speech.formerly, speech.parent) == (("sound", "audio"), None)
    assert (text.formerly, text.parent) == ((), "speech")
    assert text.threshold == 8
    assert text.rules == ()


def test_without_settings_everywhere_counts_in_full() -> None:
    settings = parse_taxonomy(TOPIC, "topics.yml").settings
    assert settings == Settings()
    assert set(settings.places) == set(PLACES)
    assert set(settings.places.values()) == {1.0}


def test_a_digest_may_have_no_topics() -> None:
    assert parse_taxonomy("topics: []\n", "topics.yml").topics == ()


@pytest.mark.parametrize(
    "text, messages",
    [
        ("", ["topics.yml: is empty; write fields and values: `field: value`"]),
        ("[a]", ["topics.yml: is a list; write fields and values: `field: value`"]),
        (
            "topics: 3\n",
            ["topics.yml:1: topics: is a number, not a list; write it as a list: `[3]`"],
        ),
        ("settings: {}\n", ["topics.yml: has no 'topics'; add the field 'topics'"]),
        (
            TOPIC + "    titel: B\n",
            ["topics.yml:5: topics[0].titel: is not a known field; did you mean 'title'?"],
        ),
        (
            "topics:\n  - id: a\n    description: d\n",
            ["topics.yml:2: topics[0]: has no 'title'; add the field 'title'"],
        ),
        (
            "topics:\n  - id: a\n    title: ''\n    description: d\n",
            ["topics.yml:3: topics[0].title: is empty; write a text or remove the field"],
        ),
        (
            TOPIC.replace("title: A", "title: 2026"),
            ["topics.yml:3: topics[0].title: is a number (2026), not text; put it in quotes"],
        ),
        (
            TOPIC.replace("id: a", "id: A_b"),
            [
                (
                    'topics.yml:2: topics[0].id: "A_b" cannot be an id; small letters, digits and '
                    'single hyphens, such as "graph-learning"'
                )
            ],
        ),
        (
            TOPIC.replace("id: a", "id: unsorted"),
            [
                (
                    'topics.yml:2: topics[0].id: "unsorted" is kept for papers without topics; '
                    "choose another"
                )
            ],
        ),
        (
            TOPIC + TOPIC.removeprefix("topics:\n"),
            [
                (
                    'topics.yml:5: topics[1].id: "a" is the id of an earlier topic; '
                    "give each topic its own"
                )
            ],
        ),
        (
            TOPIC + "    formerly: [b, a]\n",
            [
                (
                    'topics.yml:5: topics[0].formerly: "a" is also an id of "a"; '
                    "an address can lead to one topic only"
                )
            ],
        ),
        (
            TOPIC + "    parent: b\n",
            [('topics.yml:5: topics[0].parent: there is no topic "b"; write the id of another')],
        ),
        (
            TOPIC + "    title: B\n",
            ['topics.yml:5: the key "title" stands twice; keep one of the two'],
        ),
        (
            "settings: {threshold: 0, most_topics: 2.5, least_share: 2}\n" + TOPIC,
            [
                (
                    "topics.yml:1: settings.most_topics: is not a count: 2.5; "
                    "write a whole number, 0 or more"
                ),
                "topics.yml:1: settings.threshold: is 0; write a number from 0.1 to 100",
                "topics.yml:1: settings.least_share: is 2; write a number from 0 to 1",
            ],
        ),
        (
            "settings:\n  places: {titel: 1}\n" + TOPIC,
            ["topics.yml:2: settings.places.titel: is not a known field; did you mean 'title'?"],
        ),
        (
            "settings:\n  markers: {opening: [so]}\n" + TOPIC,
            [
                (
                    "topics.yml:2: settings.markers.opening: is not a known field; "
                    "known fields: availability, contribution, results"
                )
            ],
        ),
    ],
)
def test_what_is_wrong_is_named(text: str, messages: list[str]) -> None:
    assert wrong(text) == messages


@pytest.mark.parametrize(
    "rule, message",
    [
        ("{phrases: [a]}", "topics[0].rules[0]: has no 'weight'; add the field 'weight'"),
        ("{weight: 1}", "topics[0].rules[0]: has no 'phrases'; add the field 'phrases'"),
        (
            "{weight: 1, phrases: []}",
            (
                "topics[0].rules[0].phrases: there is no phrase; write at least one, "
                "or take the rule out"
            ),
        ),
        (
            "{weight: 1, phrases: ['']}",
            (
                "topics[0].rules[0].phrases[0]: a phrase has no words; "
                "the top of the file says how phrases are written"
            ),
        ),
        (
            "{weight: 1, phrases: [a, no]}",
            "topics[0].rules[0].phrases[1]: is true or false (False), not text; put it in quotes",
        ),
        (
            "{weight: -3, phrases: [a]}",
            "topics[0].rules[0].weight: is -3; write a number from 0.1 to 100",
        ),
        (
            "{weight: .nan, phrases: [a]}",
            "topics[0].rules[0].weight: is nan; write a number from 0.1 to 100",
        ),
        (
            "{weight: true, phrases: [a]}",
            "topics[0].rules[0].weight: is True; write a number from 0.1 to 100",
        ),
        (
            "{weight: 1, phrases: [a], places: [titel]}",
            'topics[0].rules[0].places[0]: unknown place "titel"; did you mean "title"?',
        ),
        (
            "{weight: 1, phrases: [a], only_with: ['a b*c']}",
            (
                'topics[0].rules[0].only_with[0]: "b*c" is not a word: letters, digits, '
                'hyphens, "*" at the end, "|"; the top of the file says how phrases are written'
            ),
        ),
        (
            "{weight: 1, phrase: [a]}",
            "topics[0].rules[0].phrase: is not a known field; did you mean 'phrases'?",
        ),
    ],
)
def test_what_is_wrong_with_a_rule_is_named_with_its_line(rule: str, message: str) -> None:
    assert f"topics.yml:6: {message}" in wrong(f"{TOPIC}    rules:\n      - {rule}\n")


def test_everything_wrong_is_said_at_once() -> None:
    text = TOPIC + "    colour: red\n    rules:\n      - {weight: 0, phrases: [x y, '*']}\n"
    assert len(wrong(text)) == 3


def test_a_digest_with_no_room_for_topics_is_wrong() -> None:
    (message,) = wrong("settings: {most_topics: 0}\n" + TOPIC)
    assert message.endswith("settings.most_topics: is 0; write a whole number above zero")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors, match=r"^content/topics\.yml: cannot be read: No such file"):
        load_taxonomy(tmp_path / "topics.yml", "content/topics.yml")


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "topics.yml"
    path.write_bytes(b"topics: [\xff]")
    with pytest.raises(ContentErrors, match="it is not UTF-8"):
        load_taxonomy(path)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text("ab*|-. ", max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["topics", "id", "title", "rules", "phrases", "weight", "settings"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_document_is_read_or_refused(document: object) -> None:
    """What is accepted can be used; what is not is refused with a message, never otherwise."""
    try:
        taxonomy = parse_taxonomy(json.dumps(document), "topics.yml")
    except ContentErrors:
        return
    Tagger(taxonomy).score("A title", "An abstract.")


class TestOwnTopics:
    """The digest's own ``topics.yml``."""

    taxonomy = load_taxonomy(ROOT / "content" / "topics.yml")

    def test_it_is_right(self) -> None:
        assert self.taxonomy.topics
        assert all(topic.title and topic.description for topic in self.taxonomy.topics)

    def test_every_topic_can_be_reached(self) -> None:
        """A title of a topic's strongest phrases gets the topic, if need be with an abstract."""
        tagger = Tagger(self.taxonomy)
        for topic in self.taxonomy.topics:
            rules = sorted(topic.rules, key=lambda rule: -rule.weight)[:2]
            phrases = [phrase for rule in rules for phrase in rule.phrases[:1]]
            text = ", ".join(_written(phrase) for phrase in phrases)
            given = tagger.score(text, f"We study {text}. In {text}, all is {text}.")
            assert topic.id in {score.topic for score in given}, topic.id

    def test_no_topic_says_a_thing_twice(self) -> None:
        for topic in self.taxonomy.topics:
            for rule in (*topic.rules, *topic.against):
                assert len(set(rule.phrases)) == len(rule.phrases), (topic.id, rule.phrases)


def _written(phrase: str) -> str:
    """One way to write a phrase in a text."""
    words = [word.split("|")[0].rstrip("*") for word in phrase.split() if word != "..."]
    words = [f"New{word[1:]}" if word.startswith("-") else word for word in words]
    return " ".join(words)
