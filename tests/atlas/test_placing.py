"""Many papers, of which some are laid out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.atlas import layout as layouts
from generator.atlas import placing
from generator.atlas.keeping import kept_layout
from generator.atlas.layout import Places
from generator.folder import Folder
from generator.related.subjects import Subject
from generator.related.vectors import read
from tests.atlas.test_layout import TEA, nearest, themes

#: With 30 or more papers, the oldest are 30 up to 44, then 45 and so on.
SMALL = {"ALL": 30, "LANDMARKS": 24}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SMALL.items():
        monkeypatch.setattr(placing, name, value)


def placed(given: dict[str, Subject], order: list[str] | None = None) -> Places:
    return placing.placed(given, order or sorted(given), None, lambda _, make: make())


def test_the_oldest_are_so_many_that_they_change_seldom() -> None:
    sizes = [len(placing.oldest([""] * number)) for number in (30, 31, 44, 45, 66, 67, 100, 1000)]
    assert sizes == [30, 30, 30, 45, 45, 67, 100, 757]


@given(st.lists(st.text(max_size=3), min_size=30, max_size=60, unique=True))
def test_landmarks_do_not_depend_on_the_order_and_grow_out_of_each_other(names: list[str]) -> None:
    found = placing.landmarks(names)
    assert len(found) == 24
    assert found == placing.landmarks(names[::-1])
    fewer = placing.landmarks(names[:-1])
    assert len(set(fewer) - set(found)) <= 1


def test_near_papers_are_near() -> None:
    places = placed(themes(30))
    alike = [nearest(places, name).split("-")[0] == name.split("-")[0] for name in places]
    assert sum(alike) >= 0.9 * len(places)
    assert len(set(places.values())) > 0.9 * len(places)


def test_a_new_paper_moves_no_other() -> None:
    made = themes(15)
    order = sorted(made, key=lambda name: name[-2:])
    first = list(made)[:40]
    some = placed({name: made[name] for name in first}, [n for n in order if n in first])
    aged = [*(name for name in order if name in first), "tea-new"]
    new = {
        **{name: made[name] for name in first},
        "tea-new": Subject(f"{TEA} A kettle.", {"tea": 1.0}),
    }
    after = placed(new, aged)
    assert {name: after[name] for name in first} == some
    assert nearest(after, "tea-new").startswith("tea")


def test_order_leaves_no_trace_and_texts_may_be_read_already() -> None:
    made = themes(14)
    order = sorted(made)
    found = placed(made, order)
    assert placed(dict(reversed(made.items())), order) == found
    said = read(made[name].text for name in order)
    assert placing.placed(made, order, said, lambda _, make: make()) == found


def test_landmarks_are_kept_when_papers_come_in(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = layouts.laid_out
    calls: list[int] = []

    def counted(rows: np.ndarray) -> list[tuple[float, float]]:
        calls.append(len(rows))
        return laid_out(rows)

    monkeypatch.setattr(placing, "laid_out", counted)
    made = themes(14)
    order = sorted(made, key=lambda name: name[-2:])
    fewer = {name: made[name] for name in order[:-2]}
    kept_layout(fewer, folder, order[:-2])
    found = kept_layout(made, folder, order)
    assert calls == [24]
    assert found == placed(made, order)
    assert kept_layout(made, folder, order) == found
    (folder.cache / "landmarks" / "layout.json").write_text("[]", encoding="utf-8")
    Path(folder.cache / "map" / "layout.json").unlink()
    assert kept_layout(made, folder, order) == found
    assert calls == [24, 24, 24]


@pytest.mark.parametrize("text", ["", "the of ?", TEA])
def test_papers_that_cannot_be_told_apart(text: str) -> None:
    places = placed({f"p-{at}": Subject(text, {}) for at in range(40)})
    assert np.isfinite(np.array(list(places.values()))).all()
