"""From a digest to its map."""

from __future__ import annotations

from generator.atlas.charting import atlas, with_atlas
from generator.atlas.views import Atlas
from generator.folder import Folder
from tests.builders import digest, entry, link, tag

TEA = "Brewing tea in porcelain teapots."


def test_papers_become_points_in_the_order_of_their_addresses() -> None:
    one = entry("b", "2026-03-12", ["speech", "retrieval"], title="On $x^2$", pick=True)
    two = entry("a", links=(link(),))
    made = atlas(digest(one, two), {"a": (1, 2), "b": (3, 4)})
    first, second = made.points
    assert (first.slug, first.x, first.y, first.topics) == ("a", 1, 2, ())
    assert (first.has_code, first.pick) == (True, False)
    assert (second.title, second.has_code, second.pick) == ("On $x^2$", False, True)
    assert [made.regions[at].id for at in second.topics] == ["speech", "retrieval"]
    assert second.address == "papers/b/"
    assert [date.isoformat() for date in made.dates] == ["2026-03-12", "2026-03-11"]
    assert second.dates == one.dates


def test_regions_are_the_topics_by_title() -> None:
    made = atlas(digest(entry("a", topics=["speech", "retrieval"])), {"a": (1, 2)})
    assert [(each.id, each.count, each.own) for each in made.regions] == [
        ("retrieval", 1, 0),
        ("speech", 1, 1),
    ]
    assert [each.id for each in made.ranked] == ["speech"]
    assert made.regions[0].address == "topics/retrieval/"


def test_the_map_of_a_digest(folder: Folder) -> None:
    given = tag("speech", 0.0).__class__(tag("speech").topic, 0.0, (), by_curator=True)
    shown = [entry(f"p-{at}", abstract=TEA, topics=[given]) for at in range(12)]
    made = with_atlas(digest(*shown), folder).atlas
    assert len({(each.x, each.y) for each in made.points}) == 12
    assert made == with_atlas(digest(*reversed(shown)), folder).atlas


def test_an_empty_digest_has_an_empty_map(folder: Folder) -> None:
    assert with_atlas(digest(), folder).atlas == Atlas()
