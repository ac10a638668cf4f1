"""Places in whole numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.atlas.grid import settle
from generator.atlas.views import SIZE

NUMBERS = st.floats(-1e6, 1e6)
PLACES = st.dictionaries(st.text(max_size=3), st.tuples(NUMBERS, NUMBERS), max_size=40)


@given(PLACES)
def test_every_paper_has_a_place_of_its_own_on_the_map(
    places: dict[str, tuple[float, float]],
) -> None:
    found = settle(places)
    assert set(found) == set(places)
    assert len(set(found.values())) == len(found)
    assert all(0 <= value <= SIZE for place in found.values() for value in place)


def test_the_map_is_filled_and_its_shape_kept() -> None:
    found = settle({"a": (0, 0), "b": (4, 2), "c": (2, 1)})
    (ax, ay), (bx, by), middle = found["a"], found["b"], found["c"]
    assert (bx - ax) > 0.9 * SIZE
    assert abs((bx - ax) - 2 * (by - ay)) < SIZE / 100
    assert all(abs(value - SIZE / 2) < SIZE / 100 for value in middle)


def test_one_paper_stands_in_the_middle() -> None:
    ((x, y),) = settle({"a": (17.0, -3.0)}).values()
    assert abs(x - SIZE / 2) < SIZE / 100
    assert abs(y - SIZE / 2) < SIZE / 100


def test_equal_places_are_next_to_each_other_in_the_order_of_names() -> None:
    found = settle(dict.fromkeys("dcba", (1.0, 1.0)))
    assert found["a"] == settle({"a": (1.0, 1.0)})["a"]
    far = [abs(x - found["a"][0]) + abs(y - found["a"][1]) for x, y in found.values()]
    assert max(far) < SIZE / 100
    assert settle({}) == {}
