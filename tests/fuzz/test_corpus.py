"""Whatever once broke something, and what is likely to, is tried again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.cases import CORPUS, corpus, load, written
from tests.fuzz.targets import TARGETS

CASES = [(name, path) for name in TARGETS for path in corpus(name)]


@pytest.mark.parametrize("name,path", CASES, ids=lambda value: getattr(value, "stem", value))
def test_nothing_is_broken_by(name: str, path: Path) -> None:
    TARGETS[name].check(load(path))


@pytest.mark.parametrize("name,path", CASES, ids=lambda value: getattr(value, "stem", value))
def test_a_case_says_something(name: str, path: Path) -> None:
    """A misspelt name of a text would be passed over; so would a case in another form."""
    case = load(path)
    assert case
    assert set(case) <= set(TARGETS[name].names)
    assert path.read_bytes() == written(case).encode()


def test_every_target_has_cases_and_every_case_a_target() -> None:
    assert {path.parent.name for path in CORPUS.rglob("*.*")} == set(TARGETS)
    assert all(path.suffix == ".json" for path in CORPUS.rglob("*.*"))
