from __future__ import annotations

from generator.model import Evidence
from generator.topics.findings import Finding, Phrase, findings


def test_evidence_is_shown_by_its_places() -> None:
    evidence = [
        Evidence("Search", "title", 7.0),
        Evidence("retrieval", "opening", 1.2),
        Evidence("ranking", "title", 2.0),
    ]
    assert findings(evidence) == (
        Finding("title", (Phrase("Search", 7.0), Phrase("ranking", 2.0))),
        Finding("opening", (Phrase("retrieval", 1.2),)),
    )


def test_the_same_words_in_one_place_are_one_phrase() -> None:
    evidence = [Evidence(word, "abstract", 0.1) for word in ("Search", "search", "SEARCH")]
    assert findings(evidence) == (Finding("abstract", (Phrase("Search", 0.3),)),)


def test_nothing_found_is_nothing() -> None:
    assert findings([]) == ()
