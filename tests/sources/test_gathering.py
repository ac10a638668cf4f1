from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from generator.model import Link, LinkKind
from generator.sources.gathering import Found, Gathering

ABSTRACT = "We study the making of tea."


def found(**kw: Any) -> Found:
    return Found(**{"title": "On Tea", "abstract": ABSTRACT, "line": 7, **kw})


def gathered(*given: Found, partial: bool = False) -> Gathering:
    gathering = Gathering(partial=partial)
    for each in given:
        gathering.take(each)
    return gathering


def warnings_of(gathering: Gathering) -> tuple[str, ...]:
    return gathering.listing("tea", "tea.json", "0").warnings


def test_a_record_is_cleaned_and_its_fields_are_checked() -> None:
    (record,) = gathered(
        found(
            title=" On\n  \\'Etudes ",
            authors=(" Ada\u200b  Lovelace", "", " \n"),
            ids=("arXiv:2601.00001v3", "https://doi.org/10.1000/A", "2601.00002", ""),
            published="2026-01-01T23:00:00-05:00",
            links=(
                Link(LinkKind.CODE, " https://github.com/tea/pot\ud800"),
                Link(LinkKind.PROJECT, "https://github.com/tea/pot/"),
            ),
            date="2026-01-05T23:00:00-05:00",
            votes=3,
        )
    ).records
    assert record.title == "On Études"
    assert record.authors == ("Ada Lovelace",)
    assert record.ids == {"arxiv": "2601.00001", "doi": "10.1000/a"}
    assert record.published == dt.date(2026, 1, 2)
    assert record.date == dt.date(2026, 1, 5)
    assert record.links == (Link(LinkKind.CODE, "https://github.com/tea/pot"),)
    assert (record.line, record.votes) == (7, 3)


def test_what_makes_no_sense_is_left_out_with_a_warning() -> None:
    gathering = gathered(
        found(
            ids=("teapot",),
            published="yesterday",
            date="2026-02-30",
            links=(Link(LinkKind.CODE, "javascript:alert(1)"), Link(LinkKind.CODE, "x y")),
        )
    )
    (record,) = gathering.records
    assert (record.ids, record.published, record.date, record.links) == ({}, None, None, ())
    assert warnings_of(gathering) == (
        "line 7: 'teapot' is no identifier; left out",
        "line 7: 'yesterday' is no date of any calendar; left out",
        "line 7: 'javascript:alert(1)' is no web address; left out",
        "line 7: 'x y' is no web address; left out",
        "line 7: '2026-02-30' is no date of any calendar; left out",
    )


@pytest.mark.parametrize("title", ["", "  ", "\u200b\n"])
def test_a_record_without_a_title_is_rejected(title: str) -> None:
    gathering = gathered(found(title=title, position="entry 3"))
    assert not gathering.records
    assert [(r.line, r.title, r.reason) for r in gathering.rejected] == [
        (7, "", "no title (entry 3)")
    ]


PLACEHOLDERS = (
    *("N/A", "-", "—", "...", "None", "null", "nan", "TBA", "(no abstract)", "Abstract"),
    *("No abstract available.", "[Abstract not available]", "Abstract is unavailable", "unknown"),
    *("There is no abstract available", "no abstract provided", "No abstract given."),
)


@pytest.mark.parametrize(
    "abstract, said",
    [("", "no abstract"), ("\u200b ", "no abstract")]
    + [(text, f"only {text!r} for an abstract") for text in PLACEHOLDERS],
)
def test_a_record_without_an_abstract_is_rejected(abstract: str, said: str) -> None:
    gathering = gathered(found(abstract=abstract), found())
    reason = f"{said}: the library needs one; add it"
    assert [(r.line, r.title, r.reason) for r in gathering.rejected] == [(7, "On Tea", reason)]
    assert len(gathering.records) == 1


@pytest.mark.parametrize("abstract", ["", "\u200b ", "N/A"])
def test_where_facts_are_wanted_a_record_without_an_abstract_is_one(abstract: str) -> None:
    gathering = gathered(found(abstract=abstract, note="API"), found(title=""), partial=True)
    assert [(r.title, r.abstract, r.note) for r in gathering.records] == [("On Tea", "", "API")]
    assert [r.reason for r in gathering.rejected] == ["no title"]
    (record,) = gathered(found(), partial=True).records
    assert record.abstract == ABSTRACT


@pytest.mark.parametrize(
    "abstract", ["None of it holds.", "N/A is a value.", "Abstract algebra.", "We.", "茶"]
)
def test_a_short_abstract_is_one(abstract: str) -> None:
    assert gathered(found(abstract=abstract)).records


def test_only_so_many_warnings_are_told() -> None:
    gathering = gathered(*(found(ids=(f"x{n}",), line=n) for n in range(1, 24)))
    told = warnings_of(gathering)
    assert len(told) == 21
    assert told[-2:] == ("line 20: 'x20' is no identifier; left out", "and 3 more")


def test_long_values_are_cut_in_messages() -> None:
    (warning,) = warnings_of(gathered(found(ids=("x" * 10_000,))))
    assert len(warning) < 130


def test_the_one_day() -> None:
    day = found(date="2026-01-05")
    assert gathered(day, day).the_one_day() == dt.date(2026, 1, 5)
    assert gathered(day, found(date="2026-01-06")).the_one_day() is None
    assert gathered(day, found()).the_one_day() is None
    assert gathered().the_one_day() is None
