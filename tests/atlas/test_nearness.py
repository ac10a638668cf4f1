"""Who stands around whom, found without comparing all."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.atlas import nearness
from generator.atlas.nearness import middle_of, nearest
from generator.atlas.views import SIZE
from tests.atlas.test_regions import crowd, point

NEAR, FAR = st.integers(0, 40), st.integers(0, SIZE)
PLACES = st.lists(st.tuples(NEAR, NEAR) | st.tuples(FAR, FAR), max_size=60)


@given(PLACES, st.sampled_from([1, 2, 8]))
def test_the_nearest_are_those_of_all(places: list[tuple[int, int]], in_square: int) -> None:
    points = [point(f"p-{at:02}", *place) for at, place in enumerate(places)]

    def apart(one: int, other: int) -> float:
        (ax, ay), (bx, by) = places[one], places[other]
        return math.sqrt((ax - bx) ** 2 + (ay - by) ** 2)

    wanted = [
        sorted((at for at in range(len(places)) if at != one), key=lambda at: (apart(one, at), at))
        for one in range(len(places))
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearness, "_IN_SQUARE", in_square)
        patch.setattr(nearness, "_BLOCK", 3)
        found = nearest(points)
    assert [list(each) for each in found.around] == [each[:8] for each in wanted]
    if len(places) > 1:
        assert list(found.far) == [apart(at, each[0]) for at, each in enumerate(wanted)]


def test_of_very_many_some_tell_where_they_stand_closest(monkeypatch: pytest.MonkeyPatch) -> None:
    own = [*crowd(0, 8000, 8000, 40), *crowd(0, 2000, 2000, 90)]
    whole = middle_of(own)
    monkeypatch.setattr(nearness, "_ENOUGH", 20)
    some = middle_of(own)
    assert whole is not None
    assert some is not None
    assert abs(whole.x - 2000) < 200
    assert abs(some.x - 2000) < 400
    assert middle_of([]) is None
