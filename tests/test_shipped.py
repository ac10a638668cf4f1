"""What comes with the generator; tests/starting sees it installed from a wheel."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from generator import shipped
from generator.starting.parts import GIVEN
from tests.conftest import ROOT


def test_a_checkout_is_where_its_files_are() -> None:
    assert shipped.ROOT == shipped.checkout() == ROOT
    assert shipped.text("LICENSE").startswith("MIT License")


def test_code_is_known_by_all_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = shipped.code()
    assert len(known) == 64
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path)
    seen = {known}
    for name, text in (("a.py", ""), ("b/c.py", "x"), ("b/c.py", "y"), ("a.py", "x")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        seen.add(shipped.code.__wrapped__())
    (tmp_path / "d.txt").write_text("no code", encoding="utf-8")
    seen.add(shipped.code.__wrapped__())
    assert len(seen) == 5


def test_everything_that_is_listed_for_a_wheel_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    target = project["tool"]["hatch"]["build"]["targets"]
    listed = target["wheel"]["hooks"]["custom"]["paths"]
    assert [name for name in listed if not (ROOT / name).exists()] == []
    assert listed == sorted(listed)
    for name in GIVEN.values():
        assert any(name == each or name.startswith(f"{each}/") for each in listed), name
    # A wheel that is built from a source distribution is the same.
    distributed = target["sdist"]["only-include"]
    for name in listed:
        assert any(name == each or name.startswith(f"{each}/") for each in distributed), name
