from __future__ import annotations

from generator.views.whereabouts import addresses, redirects
from tests.builders import digest, entry, topic


def test_where_pages_are() -> None:
    shown = digest(entry("p", "2026-03-11", ["speech"]))
    assert addresses(shown, ["about/"]) == {
        "papers/p/",
        "topics/speech/",
        "editions/2026-03-11/",
        "about/",
    }


def test_where_papers_and_topics_went() -> None:
    moved = digest(entry("p"), redirects={"q": "p"}, topics_moved={"audio": topic("speech")})
    assert redirects(moved) == {"papers/q/": "papers/p/", "topics/audio/": "topics/speech/"}
