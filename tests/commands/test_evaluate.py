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
  - {source: daily, date: 2026-03-11, file: page.txt}
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
        "micro-F1 0.667, macro-F1 0.500 on 1 papers",
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


def test_a_missing_file_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("evaluate", tmp_path / "nowhere.jsonl").exit_code == 2
