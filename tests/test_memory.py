from __future__ import annotations

import gc

import pytest

from generator.memory import uncollected


@uncollected
def is_collecting(problem: Exception | None = None) -> bool:
    if problem:
        raise problem
    return gc.isenabled()


def test_the_collector_rests_meanwhile() -> None:
    assert gc.isenabled()
    assert not is_collecting()
    assert gc.isenabled()


def test_it_is_on_again_whatever_happens() -> None:
    with pytest.raises(ValueError, match="odd"):
        is_collecting(ValueError("odd"))
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        assert not is_collecting()
        assert not gc.isenabled()
    finally:
        gc.enable()
