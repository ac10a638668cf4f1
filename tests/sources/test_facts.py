from __future__ import annotations

import datetime as dt

import pytest

from generator.model import Link, LinkKind, Rejected
from generator.sources.facts import Facts, Gatherer

TODAY = dt.date(2026, 8, 20)


def gathered(*facts: Facts, partial: bool = False) -> Gatherer:
    gatherer = Gatherer(TODAY, partial=partial)
    for each in facts:
        gatherer.add(each)
    return gatherer


def test_what_has_no_abstract_goes_in_only_where_it_is_wanted() -> None:
    facts = (Facts(1, "One", "We boil."), Facts(2, "Two"), Facts(3, "Three", "N/A"))
    gatherer = gathered(*facts)
    assert [(each.title, each.abstract) for each in gatherer.records] == [("One", "We boil.")]
    assert gatherer.rejected == [
        Rejected(2, "Two", "no abstract: the library needs one; add it"),
        Rejected(3, "Three", "only 'N/A' for an abstract: the library needs one; add it"),
    ]
    gatherer = gathered(*facts, partial=True)
    assert [each.abstract for each in gatherer.records] == ["We boil.", "", ""]
    assert gatherer.rejected == []


@pytest.mark.parametrize("partial", [True, False])
def test_what_has_no_title_never_goes_in(partial: bool) -> None:
    gatherer = gathered(Facts(1, " \u200b", "We boil."), Facts(2, "", ""), partial=partial)
    assert [(each.line, each.reason) for each in gatherer.rejected] == [
        (1, "no title"),
        (2, "no title"),
    ]
    assert gatherer.records == []


def test_addresses() -> None:
    given = (
        (None, "https://arxiv.org/abs/2101.00001v2"),
        (None, " https://example.org/paper "),
        (None, "https://github.com/a/b"),
        (None, "http://[broken"),
        (None, ""),
        (LinkKind.DATA, "https://arxiv.org/abs/2101.00002"),
        (LinkKind.CODE, "here"),
    )
    gatherer = gathered(Facts(7, "One", "We boil.", addresses=given))
    (record,) = gatherer.records
    assert record.ids == {"arxiv": "2101.00001"}
    assert record.links == (
        Link(LinkKind.PAPER, "https://example.org/paper"),
        Link(LinkKind.CODE, "https://github.com/a/b"),
        Link(LinkKind.DATA, "https://arxiv.org/abs/2101.00002"),
    )
    assert gatherer.listing("list", "a", "f").warnings == (
        "line 7: 'http://[broken' is no web address; left out",
        "line 7: 'here' is no web address; left out",
    )


def test_names_are_cleaned_up_and_empty_ones_dropped() -> None:
    names = (r"Erd\H{o}s", " ", "", "J.~R. Smith")
    (record,) = gathered(Facts(1, "One", "We boil.", authors=names)).records
    assert record.authors == ("Erdős", "J. R. Smith")
