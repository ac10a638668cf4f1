"""What people said of papers' topics."""

from __future__ import annotations

import json

import pytest

from generator.errors import ContentErrors
from generator.topics.labels import Label, read_labels

KNOWN = ("retrieval", "speech")


def test_labels_name_topics_as_they_are_called_now() -> None:
    text = line(topics=["search", "retrieval"], primary="search")
    (read,) = read_labels(text, "labels.jsonl", KNOWN, {"search": "retrieval"})
    assert read == Label("T", frozenset({"retrieval"}), primary=("retrieval",), line=1)


def line(**fields: object) -> str:
    return json.dumps({"title": "T", "topics": [], **fields})


def test_labels_are_read() -> None:
    labelled = line(topics=["speech"], optional=["retrieval"], primary=["speech"])
    text = f"{labelled}\n\n{line(title='U')}\n"
    first, second = read_labels(text, "labels.jsonl", KNOWN)
    expected = Label("T", frozenset({"speech"}), frozenset({"retrieval"}), ("speech",), 1)
    assert first == expected
    assert second == Label("U", frozenset(), line=3)


def test_a_line_ends_where_json_lines_end() -> None:
    title = "A\u2028B"
    (read,) = read_labels(
        json.dumps({"title": title, "topics": []}, ensure_ascii=False), "l", KNOWN
    )
    assert read.title == title


def test_other_means_no_topic() -> None:
    (read,) = read_labels(line(topics=["other"], primary="other"), "labels.jsonl", KNOWN)
    assert read == Label("T", frozenset(), primary=("other",), line=1)


@pytest.mark.parametrize(
    "text, message",
    [
        ("{", "labels.jsonl:1: not JSON"),
        ("[]", "labels.jsonl:1: is not an object"),
        ("[" * 100_000, "labels.jsonl:1: not JSON"),
        ('{"topics": []}', "labels.jsonl:1: title: is no title"),
        (line(title=" "), "labels.jsonl:1: title: is no title"),
        ('{"title": "T"}', "labels.jsonl:1: topics: is missing"),
        (line(topics=3), "labels.jsonl:1: topics: 3 is no list"),
        (line(topics=["speach"]), "labels.jsonl:1: topics: 'speach' is no topic; did you mean"),
        (line(optional=[["x"]]), "labels.jsonl:1: optional: ['x'] is no topic"),
        ('{"title": 1' + "0" * 5000 + "}", "labels.jsonl:1: not JSON"),
        (line(topic=[]), "labels.jsonl:1: topic: is not a known field"),
        ("", "labels.jsonl: has no labels"),
        ("\n\n", "labels.jsonl: has no labels"),
        (line(title="half\ud800"), "labels.jsonl:1: title: is no title"),
        (
            line(topics=["speech"], optional=["retrieval", "speech"]),
            "labels.jsonl:1: optional: 'speech' is under `topics` too; keep it in one of the two",
        ),
        (
            '{"title": "T", "topics": ["speech"], "topics": []}',
            "labels.jsonl:1: not JSON: 'topics' is there twice",
        ),
        (
            f"{line()}\n\n{line(title='t.')}",
            "labels.jsonl:3: title: line 1 labels this paper already; keep one of the two",
        ),
    ],
)
def test_what_is_no_label_is_named(text: str, message: str) -> None:
    with pytest.raises(ContentErrors) as info:
        read_labels(text, "labels.jsonl", KNOWN)
    assert str(info.value).startswith(message)


def test_all_bad_lines_are_named() -> None:
    with pytest.raises(ContentErrors) as info:
        read_labels(f"x\n{line()}\ny\n", "labels.jsonl", KNOWN)
    assert [error.line for error in info.value.errors] == [1, 3]
