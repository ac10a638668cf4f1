"""Identifiers, and where a paper was seen."""

from __future__ import annotations

from generator.model import Reason, Rule
from generator.views.particulars import identified, seen_in
from tests.builders import appearance


def test_identifiers_with_a_page_come_first() -> None:
    ids = {"zzz": "1", "doi": "10.1000/x", "arxiv": "2010.00904"}
    shown = [(each.label, each.value, bool(each.url)) for each in identified(ids)]
    assert shown == [
        ("arXiv", "2010.00904", True),
        ("DOI", "10.1000/x", True),
        ("zzz", "1", False),
    ]
    assert identified({}) == ()


def test_listings_of_one_day_and_source_are_one_line() -> None:
    why = Reason(Rule.SAME_ID, 60.0)
    seen = [
        appearance("2026-03-11", file="a.txt", title="Old"),
        appearance("2026-03-11", file="b.txt", title="Old", reason=why),
        appearance("2026-03-11", source="feed", is_raw=True),
        appearance("2026-03-12"),
    ]
    first, raw, later = seen_in(seen)
    assert (first.source, first.titles, first.reasons) == ("daily", ("Old",), (why,))
    assert (raw.source, raw.is_raw, first.is_raw) == ("feed", True, False)
    assert (later.date, later.titles) == (seen[3].date, ())


def test_a_source_that_also_chose_it_is_no_raw_one() -> None:
    (both,) = seen_in([appearance(is_raw=True), appearance(file="b.txt")])
    assert not both.is_raw
