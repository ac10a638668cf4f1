"""``digest evaluate``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from generator.folder import Folder

Run = Callable[..., Result]

RECORD = """\
title: Speech search
abstract: Nothing more.
appearances:
  - {source: daily, date: 2026-03-11}
"""


@pytest.fixture
def labels(folder: Folder, tmp_path: Path) -> Path:
    """A library of one paper, and labels for it and for another."""
    record = folder.papers / "2026" / "speech-search.yml"
    record.parent.mkdir()
    record.write_text(RECORD, encoding="utf-8")
    path = tmp_path / "labels.jsonl"
    path.write_text(
        '{"title": "Speech search", "topics": ["speech"]}\n{"title": "Größe", "topics": []}\n',
        encoding="utf-8",
    )
    return path


def test_a_table(run: Run, labels: Path) -> None:
    result = run("evaluate", labels)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "topic          F1  precision  recall  hits  false  missed",
        "retrieval   0.000      0.000   0.000     0      1       0",
        "speech      1.000      1.000   1.000     1      0       0",
        "all topics  0.667      0.500   1.000     1      1       0",
        "",
        "1 paper with a label",
        "micro  F1 0.667, precision 0.500, recall 1.000",
        "macro  F1 0.500, precision 0.500, recall 0.500",
        "strongest topic allowed by the label: 0.0%",
        "line 2: not in the library: Größe",
    ]


def test_json(run: Run, labels: Path) -> None:
    data = json.loads(run("evaluate", labels, "--format", "json").stdout)
    assert data["papers"] == 1
    assert data["micro"] == {
        "f1": 0.6667,
        "precision": 0.5,
        "recall": 1.0,
        "hits": 1,
        "false": 1,
        "missed": 0,
    }
    assert data["topics"]["speech"]["f1"] == 1.0
    assert (data["macro_f1"], data["strongest_topic_allowed"]) == (0.5, 0.0)
    assert data["macro"] == {"f1": 0.5, "precision": 0.5, "recall": 0.5}
    assert data["confusions"] == []
    assert data["not_in_library"] == ["Größe"]


def test_bad_labels_end_with_status_1(run: Run, labels: Path) -> None:
    labels.write_text('{"title": "T", "topics": ["speach"]}\n', encoding="utf-8")
    result = run("evaluate", labels)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"{labels}:1: topics: 'speach' is no topic; did you mean 'speech'?" in result.stderr


def test_labels_that_are_not_utf_8(run: Run, labels: Path) -> None:
    labels.write_bytes(b"\xff")
    result = run("evaluate", labels)
    assert result.exit_code == 1
    assert "it is not UTF-8" in result.stderr


def test_labels_of_another_digest_are_no_measure(run: Run, labels: Path) -> None:
    labels.write_text('{"title": "Of birds", "topics": []}\n', encoding="utf-8")
    for more in ((), ("--related",)):
        result = run("evaluate", labels, *more)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "none of its labels is of a paper of the library" in result.stderr


def test_related_papers_are_measured_by_labels(run: Run) -> None:
    result = run("evaluate", "--against", "curation", "--related")
    assert result.exit_code == 2
    assert "--related is measured by labels" in result.stderr


def test_a_missing_file_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("evaluate", tmp_path / "nowhere.jsonl").exit_code == 2


def write(folder: Folder, slug: str, title: str, curation: str = "") -> None:
    record = RECORD.replace("Speech search", title) + curation
    (folder.papers / "2026" / f"{slug}.yml").write_text(record, encoding="utf-8")


def test_what_was_taken_for_what(run: Run, folder: Folder, labels: Path) -> None:
    lines = ['{"title": "Speech search", "topics": ["speech"]}']
    for number in range(6):
        write(folder, f"p-{number}", f"Audio {number}")
        lines.append(f'{{"title": "Audio {number}", "topics": ["retrieval"]}}')
    labels.write_text("\n".join(lines), encoding="utf-8")
    shown = run("evaluate", labels).stdout.splitlines()
    assert shown[-2:] == [
        "confusions: given where another one was missed",
        "  speech for retrieval: 6: p-0, p-1, p-2, p-3, p-4, 1 more",
    ]
    data = json.loads(run("evaluate", labels, "--format", "json").stdout)
    assert data["confusions"] == [
        {"given": "speech", "missed": "retrieval", "papers": [f"p-{n}" for n in range(6)]}
    ]


@pytest.mark.usefixtures("labels")
def test_against_the_curators(run: Run, folder: Folder) -> None:
    write(folder, "birds", "Birds", "curation: {add_topics: [speech], drop_topics: [retrieval]}\n")
    write(folder, "finding", "A search", "curation: {topics: [speech]}\n")
    result = run("evaluate", "--against", "curation")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "2 papers with 4 decisions about topics: the rules alone come to 1 of them",
        "",
        "speech: 2 differ, 0 agree",
        "  + birds: the rules find nothing",
        "  + finding: the rules find nothing",
        "",
        "retrieval: 1 differ, 1 agree",
        '  - finding: 10: "search" +10',
        "",
        "+ the curator gives it, the rules do not; - the rules give it, the curator does not",
        "",
        "decisions that change nothing any more; the rules come to the same:",
        "  birds: drop_topics",
    ]


@pytest.mark.usefixtures("labels")
def test_against_the_curators_as_json(run: Run, folder: Folder) -> None:
    write(folder, "finding", "A search", "curation: {topics: [speech]}\n")
    data = json.loads(run("evaluate", "--against", "curation", "--format", "json").stdout)
    why = [{"phrase": "search", "place": "title", "weight": 10.0}]
    assert data == {
        "papers": 1,
        "agreed": 0,
        "differing": 2,
        "topics": {
            "retrieval": {
                "agreed": 0,
                "missed": [],
                "false": [
                    {"paper": "finding", "title": "A search", "score": 10.0, "evidence": why}
                ],
            },
            "speech": {
                "agreed": 0,
                "missed": [{"paper": "finding", "title": "A search", "score": 0.0, "evidence": []}],
                "false": [],
            },
        },
        "needless": [],
    }


@pytest.mark.usefixtures("labels")
def test_no_curator_has_decided(run: Run) -> None:
    assert run("evaluate", "--against", "curation").stdout == (
        "no curator has decided about topics: there is nothing to compare with\n"
    )


def test_related_papers(run: Run, folder: Folder, labels: Path) -> None:
    for slug, title in (("one", "Tea search"), ("two", "Tea audio"), ("three", "Fish swim")):
        write(folder, slug, title)
    said = {"Speech search": "speech", "Tea search": "retrieval", "Tea audio": "speech"}
    labels.write_text(
        "\n".join(json.dumps({"title": t, "topics": [topic]}) for t, topic in said.items())
    )
    result = run("evaluate", labels, "--related")
    assert result.exit_code == 0, result.stderr
    first, second, third = result.stdout.splitlines()
    assert first.startswith("3 papers with a label; 6 pairs of one of them with one of its related")
    assert second == "pairs with a topic of their labels in common: 33.3% (2 of 6)"
    assert third == "by chance, of all pairs of papers with a label: 33.3%"
    data = json.loads(run("evaluate", labels, "--related", "--format", "json").stdout)
    assert data == {"papers": 3, "pairs": 6, "shared": 2, "share": 0.3333, "chance": 0.3333}


@pytest.mark.parametrize("args", [[], ["--against", "labels"], ["--related"]])
def test_without_labels_there_is_nothing_to_measure(run: Run, args: list[str]) -> None:
    result = run("evaluate", *args)
    assert result.exit_code == 2
    assert "name a file of labels" in result.stderr


@pytest.mark.parametrize("more", [[], ["--related"]])
def test_labels_are_not_what_curators_decided(run: Run, labels: Path, more: list[str]) -> None:
    assert run("evaluate", labels, "--against", "curation", *more).exit_code == 2
