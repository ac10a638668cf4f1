from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from generator.model import Link, LinkKind, Listing
from generator.sources import columns
from generator.sources.columns import ALIASES, Row, column_of, is_table, names_in
from generator.sources.facts import Gatherer


def read(cells: dict[str, Any]) -> Listing:
    gatherer = Gatherer(dt.date(2026, 8, 20))
    gatherer.add(Row({"title": "A", "abstract": "We boil.", **cells}.items(), 3, gatherer).facts())
    return gatherer.listing("list", "a", "f")


@pytest.mark.parametrize(
    "heading, column",
    [
        ("title", "title"),
        (" Paper Title ", "title"),
        ("Summary", "abstract"),
        ("Author(s)", "authors"),
        ("arXiv ID", "arxiv"),
        ("arxivId", "arxiv"),
        ("ARXIV_ID", "arxiv"),
        ("githubRepo", "code"),
        ("DOI", "doi"),
        ("Unnamed: 0", ""),
        ("venue", None),
    ],
)
def test_headings(heading: str, column: str | None) -> None:
    assert column_of(heading) == column


def test_every_name_means_one_column() -> None:
    names = [columns.known_as(name) for known in ALIASES.values() for name in known]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("column", [name for name in ALIASES if len(name) > 2])
def test_every_column_is_documented(column: str) -> None:
    assert f"``{column}``" in (columns.__doc__ or "")


@pytest.mark.parametrize(
    "headings, found",
    [
        (["title", "abstract"], True),
        (["Title", "DOI", "x"], True),
        (["title"], False),
        (["title", "id"], False),
        (["abstract", "doi"], False),
    ],
)
def test_tables(headings: list[str], found: bool) -> None:
    assert is_table(headings) is found


@pytest.mark.parametrize(
    "cell, names",
    [
        ("Ada Lovelace; Alan Turing;", ["Ada Lovelace", "Alan Turing", ""]),
        ("Lovelace, Ada; Turing, Alan", ["Ada Lovelace", "Alan Turing"]),
        ("Lovelace, Ada", ["Ada Lovelace"]),
        ("Ada Lovelace, Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        (
            "Ada Lovelace, Alan Turing, and Mary Shelley",
            ["Ada Lovelace", "Alan Turing", "Mary Shelley"],
        ),
        ("Lovelace, Ada and Turing, Alan", ["Ada Lovelace", "Alan Turing"]),
        ("Plato", ["Plato"]),
        ("King, Jr.", ["King, Jr."]),
        ("Sandra and Anderson", ["Sandra", "Anderson"]),
        ("Anderson Brandt", ["Anderson Brandt"]),
    ],
)
def test_names(cell: str, names: list[str]) -> None:
    assert list(names_in(cell)) == names


@pytest.mark.parametrize(
    "cells, authors",
    [
        ({"authors": ["Ada Lovelace", "Turing, Alan"]}, ("Ada Lovelace", "Alan Turing")),
        ({"authors": [{"name": "Ada Lovelace"}]}, ("Ada Lovelace",)),
        ({"authors": [{"given": "Ada", "family": "Lovelace"}]}, ("Ada Lovelace",)),
        ({"authors": "A. B, C. D", "authors_parsed": [["B", "Ada", ""]]}, ("Ada B",)),
        ({"author": "Ada Lovelace"}, ("Ada Lovelace",)),
        ({"authors": r"Erd\H{o}s P\'al"}, ("Erdős Pál",)),
        ({"authors": []}, ()),
    ],
)
def test_authors(cells: dict[str, Any], authors: tuple[str, ...]) -> None:
    (record,) = read(cells).records
    assert record.authors == authors


def test_values_that_are_no_texts_are_left_out_and_told() -> None:
    cells = {"authors": [1, {"x": 2}, [3]], "doi": 10.1, "url": {"x": 1}, "votes": True, "code": 1}
    listing = read(cells)
    (record,) = listing.records
    assert (record.authors, record.ids, record.links, record.votes) == ((), {}, (), None)
    assert listing.warnings == (
        "line 3: authors: 1 is no text; left out; write it as text, in quotes",
        "line 3: authors: {'x': 2} is no text; left out; write it as text, in quotes",
        "line 3: authors: [3] is no text; left out; write it as text, in quotes",
        "line 3: doi: 10.1 is no text; left out; write it as text, in quotes",
        "line 3: url: {'x': 1} is no text; left out; write it as text, in quotes",
        "line 3: code: 1 is no text; left out; write it as text, in quotes",
        "line 3: votes: 'True' is no number; left out",
    )


def test_a_title_that_is_no_text_rejects_the_record() -> None:
    assert [each.line for each in read({"title": 1}).rejected] == [3]


@pytest.mark.parametrize(
    "cell, ids",
    [("2101.00001", {"arxiv": "2101.00001"}), ("17", {}), ("x-1", {}), ("", {})],
)
def test_an_id_is_taken_if_it_is_an_identifier(cell: str, ids: dict[str, str]) -> None:
    listing = read({"id": cell})
    assert listing.records[0].ids == ids
    assert listing.warnings == ()


def test_addresses_that_are_identifiers_become_them() -> None:
    cells = {
        "url": ["https://arxiv.org/abs/2101.00001v2", "https://doi.org/10.1000/A"],
        "pdf": "https://example.org/a.pdf",
        "github": "https://github.com/a/b; https://github.com/a/c",
    }
    (record,) = read(cells).records
    assert record.ids == {"arxiv": "2101.00001", "doi": "10.1000/a"}
    assert record.links == (
        Link(LinkKind.PAPER, "https://example.org/a.pdf"),
        Link(LinkKind.CODE, "https://github.com/a/b"),
        Link(LinkKind.CODE, "https://github.com/a/c"),
    )


def test_of_two_identifiers_of_a_kind_the_column_s_own_counts() -> None:
    listing = read({"url": "https://arxiv.org/abs/2101.00002", "arxiv": "2101.00001"})
    assert listing.records[0].ids == {"arxiv": "2101.00001"}


@pytest.mark.parametrize(
    "written, day",
    [
        ("2026-08-19", "2026-08-19"),
        ("2026/8/9", "2026-08-09"),
        ("19 August 2026", "2026-08-19"),
        ("Aug 19", "2026-08-19"),
        ("2026-08-19T23:30:00Z", "2026-08-19"),
        ("2026-08-19T10:00:00-04:00", "2026-08-19"),
        ("2026-08-19 10:00:00", "2026-08-19"),
        ("2026", None),
        ("2026-08", None),
        ("August 2026", None),
    ],
)
def test_days(written: str, day: str | None) -> None:
    listing = read({"published": written, "date": written})
    (record,) = listing.records
    assert record.published == record.date == (dt.date.fromisoformat(day) if day else None)
    assert listing.warnings == ()


def test_publication_is_in_utc_and_a_list_s_day_as_it_writes_it() -> None:
    written = "2026-08-19T23:30:00-04:00"
    (record,) = read({"published": written, "date": written}).records
    assert record.published == dt.date(2026, 8, 20)
    assert record.date == dt.date(2026, 8, 19)


@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-13-01", "x", "19"]
)
def test_what_is_no_day_is_told(written: str) -> None:
    listing = read({"published": written})
    assert listing.records[0].published is None
    assert len(listing.warnings) == 1


@pytest.mark.parametrize("votes, found", [("12", 12), (12, 12), (0, 0), (None, None), ("", None)])
def test_votes(votes: object, found: int | None) -> None:
    listing = read({"upvotes": votes})
    assert (listing.records[0].votes, listing.warnings) == (found, ())


@pytest.mark.parametrize("votes", ["-1", "1.5", -1, 1.5, "٣", "9" * 30, []])
def test_what_is_no_number_of_votes_is_told(votes: object) -> None:
    listing = read({"votes": votes})
    assert listing.records[0].votes is None
    assert len(listing.warnings) == (votes != [])
