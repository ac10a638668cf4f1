from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.intake import Source, SourceKind
from generator.model import Edition, Paper, Status
from generator.related.choosing import Suggestion, suggestions
from generator.storage.library import Library
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import parse_taxonomy
from tests.builders import appearance, day, paper
from tests.conftest import TOPICS_YML

TAGGER = Tagger(parse_taxonomy(TOPICS_YML, "topics.yml"))
SOURCES = {"feed": Source("feed", "A feed", kind=SourceKind.RAW)}


def waiting(slug: str, title: str, abstract: str = "Words.", **kw: Any) -> Paper:
    curation = {"status": Status.CANDIDATE, **kw.pop("curation", {})}
    seen = kw.pop("appearances", (appearance(source="feed", is_raw=True),))
    return paper(
        slug,
        source_title=title,
        source_abstract=abstract,
        curation=curation,
        appearances=seen,
        **kw,
    )


def found(
    candidates: Iterable[Paper], *papers: Paper, follow: tuple[str, ...] = (), **kw: Any
) -> tuple[Suggestion, ...]:
    library = Library(
        papers={each.slug: each for each in papers},
        candidates={each.slug: each for each in candidates},
        sources=SOURCES,
        follow=follow,
        **kw,
    )
    return suggestions(library, TAGGER)


def test_nobody_waits() -> None:
    assert found([]) == ()


def test_topics_that_are_followed_come_first_and_are_told() -> None:
    one, two = waiting("a", "Of speech"), waiting("b", "Of retrieval")
    assert [each.paper.slug for each in found([one, two])] == ["a", "b"]
    first, second = found([one, two], follow=("retrieval",))
    assert (first.paper.slug, first.score) == ("b", 1.0)
    assert first.reasons == ("topics followed: retrieval",)
    assert (second.score, second.reasons, second.topics) == (0, (), ("speech",))


def test_likeness_to_papers_counts_and_to_picks_more() -> None:
    tea, graphs = "Teapots keep tea warm for hours.", "Spectral methods find communities."
    one, two = waiting("a", "On tea", tea), waiting("b", "On graphs", graphs)
    chosen = paper("chosen", source_title="Graphs", source_abstract=graphs)
    picked = paper("picked", source_title="Tea", source_abstract=tea, curation={"pick": True})
    first, second = found([one, two], chosen, picked)
    assert (first.paper.slug, second.paper.slug) == ("a", "b")
    assert first.reasons[0].startswith("like the pick “Tea” (")
    assert second.reasons[0].startswith("like “Graphs” (")
    edition = Edition(day("2026-03-11"), picks=("chosen",))
    first, second = found([one, two], chosen, picked, editions={"2026-03-11": edition})
    assert second.reasons[0].startswith("like the pick “")


def test_other_sources_that_show_it_count() -> None:
    seen = (appearance(source="feed", is_raw=True), appearance(source="other", is_raw=True))
    (each,) = found([waiting("a", "X", appearances=seen)])
    assert (each.score, each.reasons) == (0.5, ("in 2 sources: A feed, other",))


def test_of_equal_ones_the_newest_comes_first() -> None:
    old = waiting("a", "X", appearances=(appearance("2026-03-01", source="feed"),))
    new = waiting("c", "X", appearances=(appearance("2026-03-02", source="feed"),))
    too = waiting("b", "X", appearances=(appearance("2026-03-02", source="feed"),))
    assert [each.paper.slug for each in found([old, new, too])] == ["b", "c", "a"]


def test_what_is_decided_does_not_wait() -> None:
    declined = waiting("a", "X", curation={"status": Status.DECLINED})
    accepted = waiting("b", "X", curation={"status": Status.ACCEPTED})
    assert found([declined, accepted]) == ()
