"""What is said of the map in words."""

from __future__ import annotations

from generator.atlas.nearness import nearest
from generator.atlas.regions import RANKED, SCALES, charted, pairs
from generator.atlas.views import SIZE, Point, Region
from tests.builders import day


def point(slug: str, x: int, y: int, *topics: int) -> Point:
    date = day("2026-03-11")
    return Point(slug, slug, x, y, topics, date, (date,), has_code=False, pick=False)


def region(title: str, count: int = 1) -> Region:
    return Region(title.lower(), title, count)


def crowd(topic: int, x: int, y: int, number: int) -> list[Point]:
    """Papers of a topic around a place, in rings of four."""
    steps = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
    return [
        point(f"{topic}-{at:02}", x + 40 * dx * (1 + at // 5), y + 40 * dy * (1 + at // 5), topic)
        for at in range(number)
        for dx, dy in [steps[at % 5]]
    ]


def test_the_nearest_papers() -> None:
    points = [point("a", 0, 0), point("b", 10, 0), point("c", 500, 500), point("d", 500, 505)]
    near = nearest(points)
    assert [around[0] for around in near.around] == [1, 0, 3, 2]
    assert near.far == (10.0, 10.0, 5.0, 5.0)
    shown = [(one.slug, other.slug) for one, other in pairs(points, near, 9)]
    assert shown == [("c", "d"), ("a", "b")]
    assert len(pairs(points, near, 1)) == 1


def test_one_paper_has_no_neighbour() -> None:
    assert pairs([point("a", 1, 1)], nearest([point("a", 1, 1)]), 3) == ()
    assert pairs([], nearest([]), 3) == ()
    assert charted([region("Tea")], [], nearest([])) == (region("Tea"),)


def test_a_paper_is_in_one_pair() -> None:
    points = [point("a", 0, 0), point("b", 10, 0), point("c", 24, 0)]
    assert [(one.slug, other.slug) for one, other in pairs(points, nearest(points), 9)] == [
        ("a", "b")
    ]


def test_a_region_is_where_most_of_its_papers_are_and_not_between() -> None:
    points = [*crowd(0, 2000, 2000, 9), *crowd(0, 8000, 8000, 4), point("lost", 5000, 5000, 0)]
    (found,) = charted([region("Tea")], points, nearest(points))
    assert (found.x, found.y) == (2000, 2000)
    assert found.middle is not None
    assert found.middle.slug == "0-00"
    assert (found.own, found.rank, found.scale) == (14, 1, SCALES[0])


def test_the_largest_topics_by_strongest_topic_have_a_rank() -> None:
    points = [one for at in range(8) for one in crowd(at, 1000 * at + 500, 5000, 8 - at)]
    points[0] = point("0-00", 500, 5000, 0, 7)
    found = charted([region(f"T{at}") for at in range(8)], points, nearest(points))
    assert [each.rank for each in found] == [1, 2, 3, 4, 5, 6, 0, 0]
    assert RANKED == 6


def test_names_give_way_to_those_of_larger_topics() -> None:
    points = [*crowd(0, 5000, 5000, 9), *crowd(1, 5100, 5040, 6), *crowd(2, 1000, 9000, 3)]
    points += crowd(3, 9000, 1000, 2)
    titles = ["Large topic", "Less of it", "Far away", "Too small"]
    found = charted([region(title) for title in titles], points, nearest(points))
    large, less, far, small = found
    assert (large.scale, far.scale, small.scale) == (SCALES[0], SCALES[0], None)
    assert less.scale is None or less.scale > SCALES[0]
    # Where both are shown there is room for both.
    shown = [each for each in (large, less, far) if each.scale]
    for one, other in ((a, b) for a in shown for b in shown if a.id < b.id):
        scale = max(one.scale or 0, other.scale or 0) / SIZE
        letters = (len(one.title) + len(other.title)) / 2
        assert abs(one.x - other.x) * scale > 6 * letters or abs(one.y - other.y) * scale > 13


def test_topics_whose_papers_stand_around() -> None:
    points = [*crowd(0, 1000, 1000, 5), *crowd(1, 1300, 1000, 5), *crowd(2, 9000, 9000, 10)]
    found = charted([region("A"), region("B"), region("C")], points, nearest(points))
    assert (found[0].beside, found[1].beside, found[2].beside) == ((1,), (0,), ())


def test_papers_without_a_topic_belong_to_no_region() -> None:
    points = [point("a", 10, 10), *crowd(0, 100, 100, 3), point("b", 100, 110)]
    (found,) = charted([region("A")], points, nearest(points))
    assert (found.own, found.beside) == (3, ())
