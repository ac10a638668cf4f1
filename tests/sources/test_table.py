from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.exports import ExportRecord, export, records
from generator.model import Link, LinkKind, Listing, SourceRecord, Status
from generator.sources.table import Table
from generator.text.cleaning import clean
from tests.builders import digest, entry, link, paper

TODAY = dt.date(2026, 8, 20)


def read(text: str, *, partial: bool = False) -> Listing:
    return Table().read(text, "a.csv", "f" * 64, TODAY, partial=partial)


def refusal(text: str) -> str:
    with pytest.raises(ListingError) as caught:
        read(text)
    assert caught.value.remedy
    return str(caught.value)


FULL = """\
title,abstract,authors,date,published,arxiv,doi,acl,url,code,project,data,video,votes
"Boiling, Fast","We ""boil"".
And fry.",Ada Lovelace; Turing%s Alan,2026-08-19,2 October 2020,arXiv:2101.00001v2,10.1000/ABC,\
2020.acl-main.1,https://example.org/p,https://github.com/a/b https://github.com/a/c,\
https://a.github.io,https://zenodo.org/1,https://youtu.be/1,12
"""
FULL = FULL.replace("Ada Lovelace; Turing%s Alan", '"Ada Lovelace; Turing, Alan"')


def test_all_columns() -> None:
    assert read(FULL) == Listing(
        "list",
        "a.csv",
        "f" * 64,
        (
            SourceRecord(
                "Boiling, Fast",
                'We "boil". And fry.',
                2,
                authors=("Ada Lovelace", "Alan Turing"),
                ids={"arxiv": "2101.00001", "doi": "10.1000/abc", "acl": "2020.acl-main.1"},
                published=dt.date(2020, 10, 2),
                links=(
                    Link(LinkKind.PAPER, "https://example.org/p"),
                    Link(LinkKind.CODE, "https://github.com/a/b"),
                    Link(LinkKind.CODE, "https://github.com/a/c"),
                    Link(LinkKind.PROJECT, "https://a.github.io"),
                    Link(LinkKind.DATA, "https://zenodo.org/1"),
                    Link(LinkKind.VIDEO, "https://youtu.be/1"),
                ),
                date=dt.date(2026, 8, 19),
                votes=12,
            ),
        ),
        dt.date(2026, 8, 19),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Title,Abstract\nBoiling,We boil.",
        "ABSTRACT;TITLE\nWe boil.;Boiling\n",
        "title\tSummary\nBoiling\tWe boil.\n",
        "sep=;\nTitle;Abstract\nBoiling;We boil.\n",
        '\n\n"title","abstract"\n\n"Boiling","We boil."\n  ,\n',
        "abstract,title,,\nWe boil.,Boiling,,\n",
        "title,abstract\nBoiling,We boil.,,\n",
        "title;abstract,note\nBoiling;We boil.".replace(",note", ""),
        "Paper Title,Abstract Note\nBoiling,We boil.",
    ],
)
def test_columns_in_any_order_and_dress(text: str) -> None:
    assert Table().recognises(text)
    assert [(each.title, each.abstract) for each in read(text).records] == [("Boiling", "We boil.")]
    assert read(text).rejected == ()


def test_a_record_knows_its_line() -> None:
    text = '\ntitle,abstract\nA,"We\nboil."\n\nB,We fry.\n'
    assert [record.line for record in read(text).records] == [3, 6]
    assert [record.line for record in read("sep=,\n" + text[1:]).records] == [3, 6]


def test_columns_that_nobody_knows_are_told_once() -> None:
    text = "title,abstract,venue,Venue,year\nA,We boil.,x,y,2020\nB,We fry.,x,y,2020\n"
    assert read(text).warnings == ("not read, for nothing is known of them: 'venue', 'Venue'",)
    many = ",".join(f"x{number}" for number in range(20))
    row = "," * 20
    assert "'x7' and 12 more" in read(f"title,abstract,{many}\nA,We boil.{row}\n").warnings[0]


def test_zotero_s_date_is_that_of_publication() -> None:
    text = (
        '"Key","Item Type","Publication Year","Author","Title","DOI","Url","Abstract Note","Date"\n'
        '"X","journalArticle","2020","Lovelace, Ada; Turing, Alan","Boiling","10.1000/1",'
        '"http://arxiv.org/abs/2101.00001","We boil.","2020-10-02"\n'
    )
    (record,) = read(text).records
    assert (record.date, record.published) == (None, dt.date(2020, 10, 2))
    assert record.authors == ("Ada Lovelace", "Alan Turing")
    assert record.ids == {"arxiv": "2101.00001", "doi": "10.1000/1"}


@pytest.mark.parametrize(
    "row, reason",
    [
        ("A", "has 1 cells where the header has 3"),
        ("A,We boil.,x,y", "has 4 cells where the header has 3"),
        (",We boil.,", "no title"),
        ("A,,", "no abstract"),
        ("A,N/A,", "only 'N/A' for an abstract"),
        ('A,"We "boil".",', "no row can be made of line 3"),
    ],
)
def test_a_bad_row_is_rejected_and_the_others_go_in(row: str, reason: str) -> None:
    listing = read(f"title,abstract,doi\nOne,We fry.,\n{row}\nTwo,We roast.,\n")
    assert [record.title for record in listing.records] == ["One", "Two"]
    (rejected,) = listing.rejected
    assert rejected.line == 3
    assert rejected.reason.startswith(reason)


def test_a_quotation_mark_that_is_not_closed_is_told_with_all_it_takes() -> None:
    listing = read('title,abstract\nOne,We fry.\nTwo,"We roast.\nThree,We boil.\nFour,We\n')
    assert [record.title for record in listing.records] == ["One"]
    (rejected,) = listing.rejected
    assert rejected.line == 3
    assert rejected.reason.startswith("no row can be made of lines 3 to 5 ")


def test_a_row_longer_than_any_cell_is_rejected() -> None:
    text = f'title,abstract\nOne,"{"a" * 200_000}"\nTwo,We boil.\n'
    listing = read(text)
    assert [record.title for record in listing.records] == ["Two"]
    assert "field larger than field limit" in listing.rejected[0].reason


def test_what_cannot_be_right_is_left_out_and_told() -> None:
    text = (
        "title,abstract,doi,url,code,published,date,votes\n"
        "A,We boil.,none,example.org,ftp://x.org,2020-02-31,some day,many\n"
    )
    listing = read(text)
    assert listing.records == (SourceRecord("A", "We boil.", 2),)
    assert sorted(listing.warnings) == [
        "line 2: 'example.org' is no web address; left out",
        "line 2: 'ftp://x.org' is no web address; left out",
        "line 2: 'none' is no identifier; left out",
        "line 2: 'some day' is no date of any calendar; left out",
        "line 2: no calendar has the day '2020-02-31'; left out",
        "line 2: votes: 'many' is no number; left out",
    ]


@pytest.mark.parametrize(
    "text, message",
    [
        ("title,abstract\n", "a.csv:1: has a header and no row"),
        ("title,doi\nA,10.1000/1\n", "a.csv:1: has no column of abstracts"),
        ("title,abstract,Title\nA,B,C\n", "a.csv:1: the column 'title' stands twice"),
    ],
)
def test_a_table_of_which_nothing_can_be_made_is_refused(text: str, message: str) -> None:
    assert Table().recognises(text)
    assert refusal(text).startswith(message)


def test_without_abstracts_there_are_facts() -> None:
    text = "title,doi,abstract\nA,10.1000/1,\nB,10.1000/2,We boil.\n"
    listing = read(text, partial=True)
    assert [(each.abstract, each.ids["doi"]) for each in listing.records] == [
        ("", "10.1000/1"),
        ("We boil.", "10.1000/2"),
    ]
    assert len(read("title,doi\nA,10.1000/1\n", partial=True).records) == 1


@pytest.mark.parametrize(
    "text, known",
    [
        ("title,abstract\n", True),
        ("title;summary\nA;B", True),
        ("title,doi\n", True),
        ("title\nabstract", False),
        ("title, a study\nWe boil.", False),
        ("Daily Papers\n\nA title, an abstract", False),
        ('{"title": "A", "abstract": "B"}', False),
        ('[{"title": "A", "abstract": "B"}]', False),
        ("id,title\n1,A", False),
        ("x" * 300_000, False),
        ("", False),
    ],
)
def test_it_is_known_by_its_header(text: str, known: bool) -> None:
    assert Table().recognises(text) is known


# --- the digest's own export


def own(**kw: object) -> str:
    shown = entry(
        "full-paper",
        date="2026-03-12",
        title="=Boiling; A Story",
        abstract="'-We boil.\nAnd fry.",
        authors=("Ada Lovelace", "King, Jr.", "-Dash"),
        ids={"doi": "10.1000/x_(y)", "arxiv": "2010.00904"},
        links=(link("https://example.com/c;d", "code"), link("https://example.com/v", "video")),
        topics=("retrieval",),
        note="Read this.",
        **kw,
    )
    return export("csv", records(digest(shown)))


def test_the_digest_s_own_export_comes_back() -> None:
    listing = read(own())
    assert listing.warnings == ()
    assert listing.records == (
        SourceRecord(
            "=Boiling; A Story",
            "'-We boil. And fry.",
            2,
            authors=("Ada Lovelace", "King, Jr.", "-Dash"),
            ids={"doi": "10.1000/x_(y)", "arxiv": "2010.00904"},
            links=(
                Link(LinkKind.CODE, "https://example.com/c;d"),
                Link(LinkKind.VIDEO, "https://example.com/v"),
            ),
            date=dt.date(2026, 3, 12),
        ),
    )


@pytest.mark.parametrize(
    "curation, goes_in",
    [({}, True), ({"hidden": True}, False), ({"status": Status.DECLINED}, False)],
)
def test_what_is_not_public_does_not_become_so(curation: dict[str, object], goes_in: bool) -> None:
    one = paper("a-paper", curation=curation, published=dt.date(2020, 10, 2))
    text = export(
        "csv",
        [ExportRecord(entry("a-paper", published=one.published), "https://example.org/", one)],
    )
    listing = read(text)
    assert [each.published for each in listing.records] == [one.published] * goes_in
    assert len(listing.rejected) == (not goes_in)
    assert len(read(text, partial=True).records) == 1


def test_a_link_without_a_kind_is_told() -> None:
    text = own().replace("code: https://example.com/c;d", "https://example.com/c")
    assert len(read(text).records[0].links) == 1
    assert "does not say of what kind" in read(text).warnings[0]


# --- anything


cells = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)


@given(
    st.lists(st.tuples(cells, cells), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_is_written_is_read(
    papers: list[tuple[str, str]], delimiter: str, quoting: int
) -> None:
    papers = [
        (f"On {title}".replace("\r", " "), f"We {text}".replace("\r", " "))
        for title, text in papers
    ]
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=delimiter, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerows([("title", "abstract"), *papers])
    listing = read(table.getvalue())
    assert [(each.title, each.abstract) for each in listing.records] == [
        (clean(title), clean(text)) for title, text in papers
    ]


NOISE = st.sampled_from(["", '"', ",", ";", "\n", "'", "=", "\x00", "\ud800", "x" * 140_000])


@given(st.data())
def test_no_text_makes_a_traceback(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([FULL, own()]))
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, min(len(text), at + 30)))
    text = text[:at] + data.draw(NOISE) + text[until:]
    if Table().recognises(text):
        with contextlib.suppress(ListingError):
            assert all(record.title for record in read(text).records)
