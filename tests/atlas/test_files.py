"""The map's data, and its picture."""

from __future__ import annotations

import json
import re

from generator.atlas.charting import atlas
from generator.atlas.files import files, strokes
from generator.atlas.views import SIZE, Atlas
from tests.builders import appearance, digest, entry, link


def made() -> Atlas:
    twice = (appearance("2026-03-11"), appearance("2026-03-12"))
    shown = digest(
        entry("b", "2026-03-11", ["speech"], title="“Öl” <b>", pick=True, appearances=twice),
        entry("a", "2026-03-12", links=(link(),), appearances=(appearance("2026-03-12"),)),
    )
    return atlas(shown, {"a": (0, 5), "b": (SIZE, 4)})


def test_the_files() -> None:
    found = {path: json.loads(text) for path, text in files(made())}
    assert found["map/titles.json"] == {"slugs": ["a", "b"], "titles": ["A", "“Öl” <b>"]}
    points = found["map/points.json"]
    assert (points["x"], points["y"], points["marks"]) == ([0, SIZE], [5, 4], [1, 2])
    assert points["dates"] == ["2026-03-12", "2026-03-11"]
    assert (points["date"], points["editions"]) == ([0, 1], [[0], [1, 0]])
    assert points["topics"] == [[], [0]]
    assert points["regions"] == [["speech", "Speech", 1, 1, SIZE, 4, 0]]
    assert points["size"] == SIZE


def test_all_lists_are_of_one_length() -> None:
    points = json.loads(dict(files(made()))["map/points.json"])
    lists = ("x", "y", "topics", "date", "editions", "marks")
    assert {len(points[name]) for name in lists} == {2}


def test_an_empty_map_has_no_files() -> None:
    assert list(files(Atlas())) == []
    assert strokes(()) == ""


def test_the_picture_has_a_dot_a_paper_or_fewer() -> None:
    points = made().points
    assert strokes(points) == "M0 1h0M1000 0h0"
    drawn = re.findall(r"M\d+ \d+h0", strokes(points * 3_000))
    assert 1_000 <= len(drawn) <= 1_500
