"""Layouts are kept by what they are made of."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from generator import shipped
from generator.atlas import keeping
from generator.atlas import layout as layouts
from generator.folder import Folder
from generator.related.subjects import Subject

GIVEN = {
    "a": Subject("tea in cups", {"tea": 1.0}),
    "b": Subject("cups of tea", {"tea": 2.0}),
    "c": Subject("large graphs", {}),
}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many papers were laid out, each time that some were."""
    calls: list[int] = []

    def layout(subjects: dict[str, Subject]) -> dict[str, tuple[float, float]]:
        calls.append(len(subjects))
        return {
            name: (float(at), len(each.text) / 7)
            for at, (name, each) in enumerate(subjects.items())
        }

    monkeypatch.setattr(layouts, "layout", layout)
    return calls


def kept(folder: Folder) -> Path:
    return folder.cache / "map" / "layout.json"


def test_it_is_found_once(folder: Folder, counted: list[int]) -> None:
    first = keeping.kept_layout(GIVEN, folder)
    assert keeping.kept_layout(dict(reversed(GIVEN.items())), folder) == first
    assert counted == [3]
    kept(folder).unlink()
    assert keeping.kept_layout(GIVEN, folder) == first
    assert counted == [3, 3]


@pytest.mark.parametrize(
    "other",
    [
        {"b": Subject("cups of coffee", {"tea": 2.0})},
        {"b": Subject("cups of tea", {"tea": 2.5})},
        {"d": Subject("", {})},
    ],
)
def test_other_content_is_laid_out_anew(
    folder: Folder, counted: list[int], other: dict[str, Subject]
) -> None:
    keeping.kept_layout(GIVEN, folder)
    assert set(keeping.kept_layout({**GIVEN, **other}, folder)) == {*GIVEN, *other}
    assert len(counted) == 2


def test_other_programs_lay_out_anew(
    folder: Folder, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.kept_layout(GIVEN, folder)
    monkeypatch.setattr(metadata, "version", lambda name: f"another {name}")
    keeping.kept_layout(GIVEN, folder)
    monkeypatch.setattr(shipped, "code", lambda: "other code")
    keeping.kept_layout(GIVEN, folder)
    assert len(counted) == 3


@pytest.mark.parametrize("broken", ["", "[1, 2", "[]", "{}", "moved", "short"])
def test_what_is_kept_is_not_trusted(folder: Folder, counted: list[int], broken: str) -> None:
    right = keeping.kept_layout(GIVEN, folder)
    said = json.loads(kept(folder).read_text(encoding="utf-8"))
    places = said["places"]
    changes = {"moved": [[9, 9], *places[1:]], "short": places[1:]}
    if broken in changes:
        broken = json.dumps({**said, "places": changes[broken]})
    kept(folder).write_text(broken, encoding="utf-8")
    assert keeping.kept_layout(GIVEN, folder) == right
    assert len(counted) == 2


def test_kept_places_are_the_found_ones_to_the_last_digit(folder: Folder) -> None:
    assert keeping.kept_layout(GIVEN, folder) == keeping.kept_layout(GIVEN, folder)
    assert keeping.kept_layout({}, folder) == {}
