"""Answers as values, and what a reader is told of those that are none."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.model import Link, LinkKind
from generator.suggestions.answers import Answers, quoted, slug_in
from generator.suggestions.faults import FormError
from generator.suggestions.forms import Kind
from tests.forms import FORMS

DAY = dt.date(2026, 3, 14)


def asked(kind: Kind = Kind.CORRECTION, **texts: str) -> Answers:
    return Answers(FORMS[kind], {"paper": "a-paper", **texts}, DAY)


def told(answers: Answers) -> list[str]:
    with pytest.raises(FormError) as error:
        answers.settle()
    return str(error.value).splitlines()


def test_texts_are_cleaned_as_those_of_listings_are() -> None:
    answers = asked(title="  A \\textbf{bold}\n ti\u202etle\u200b ", abstract="So\r\n it \x00is.")
    assert answers.text("title", 500) == "A bold title"
    assert answers.abstract("abstract") == "So it is."
    answers.settle()


@pytest.mark.parametrize(
    "title, problem",
    [
        ("x" * 501, "has more than 500 characters; shorten it, or leave it to the editor"),
        ("x" * 60_000, "has more than 500 characters; shorten it, or leave it to the editor"),
        ("\u200b\u202e", "has nothing that anybody could read; write it anew"),
    ],
)
def test_titles_that_are_none(title: str, problem: str) -> None:
    answers = asked(title=title)
    assert answers.text("title", 500) == ""
    assert told(answers) == [f"Title as it should be: {problem}"]


def test_what_stands_for_an_abstract_is_none() -> None:
    answers = asked(abstract="No abstract available")
    answers.abstract("abstract")
    assert told(answers) == [
        "Abstract as it should be: “No abstract available” is no abstract; copy it from the paper"
    ]


@pytest.mark.parametrize(
    "written, names",
    [
        ("Ada Lovelace\nBo Ek", ("Ada Lovelace", "Bo Ek")),
        ("1. Lovelace, Ada\n2. Bo Ek\n\n2. Bo Ek", ("Ada Lovelace", "Bo Ek")),
        ("- Ada Lovelace,\n- Bo Ek", ("Ada Lovelace", "Bo Ek")),
        ("Ada Lovelace, Bo Ek and Cy Dé", ("Ada Lovelace", "Bo Ek", "Cy Dé")),
        ("Lovelace, Ada; Ek, Bo", ("Ada Lovelace", "Bo Ek")),
        ("", ()),
    ],
)
def test_names(written: str, names: tuple[str, ...]) -> None:
    answers = asked(authors=written)
    assert answers.names("authors") == names
    answers.settle()


def test_too_many_lines_and_too_long_ones() -> None:
    answers = asked(authors="\n".join(map(str, range(6_001))), ids="x" * 1_001)
    assert answers.names("authors") == ()
    assert answers.ids("ids") == {}
    assert told(answers) == [
        "Authors as they should be: has more than 6,000 lines; keep those that matter most",
        f"Identifiers: “{'x' * 79}…” is too long; 1,000 characters do",
    ]


def test_identifiers() -> None:
    answers = asked(ids="https://arxiv.org/abs/2010.00904v2\n10.1000/ABC\narXiv:2010.00904")
    assert answers.ids("ids") == {"arxiv": "2010.00904", "doi": "10.1000/abc"}
    answers.settle()
    answers = asked(ids="2010.00904\n2010.00905\nhello")
    answers.ids("ids")
    assert told(answers) == [
        "Identifiers: names two arXiv identifiers, 2010.00904 and 2010.00905; keep one",
        (
            "Identifiers: “hello” is no identifier of a kind that is known here; write it as its "
            "page shows it: arXiv:2010.00904"
        ),
    ]


def test_where_a_paper_is() -> None:
    answers = asked(Kind.PAPER, where="arXiv:2010.00904\nhttps://example.org/p.pdf\nhere")
    ids, links = answers.places("where")
    assert ids == {"arxiv": "2010.00904"}
    assert links == (Link(LinkKind.PAPER, "https://example.org/p.pdf"),)
    assert "“here” is no identifier and no web address" in "".join(told(answers))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "github.com/a/b", "https://", "file:///x"])
def test_links(url: str) -> None:
    answers = asked(code=f"https://example.org/code\n{url}")
    assert answers.links("code", LinkKind.CODE)[0].url == "https://example.org/code"
    assert f"“{url}” is no web address; copy the whole address" in told(answers)[0]


@pytest.mark.parametrize(
    "written, day",
    [
        ("2020-10-02", dt.date(2020, 10, 2)),
        ("2 October 2020", dt.date(2020, 10, 2)),
        ("Oct 2, 2020", dt.date(2020, 10, 2)),
        ("", None),
    ],
)
def test_days(written: str, day: dt.date | None) -> None:
    answers = asked(published=written)
    assert answers.day("published") == day
    answers.settle()


@pytest.mark.parametrize("written", ["2020-02-30", "soon", "2020", "0001-01-01", "9" * 5_000])
def test_days_that_are_none(written: str) -> None:
    answers = asked(published=written)
    assert answers.day("published") is None
    assert "is no day; write it with year, month and day" in told(answers)[0]


def test_what_is_needed_is_asked_for() -> None:
    assert told(asked(Kind.PAPER, title="x", abstract="\u200b \n")) == [
        "Abstract: is empty; it is needed",
        "Where it is to be read: is empty; it is needed",
    ]


@pytest.mark.parametrize(
    "written, slug",
    [
        ("a-paper", "a-paper"),
        ("https://example.org/digest/papers/a-paper/", "a-paper"),
        ("https://example.org/papers/a-paper/index.html?x=1#abstract", "a-paper"),
        ("/papers/a-paper", "a-paper"),
        ("papers/a-paper/", "a-paper"),
        ("../../x", None),
        ("papers/../../etc/passwd", None),
        ("papers/..%2f..%2fx/", None),
        ("https://example.org/topics/retrieval/", None),
        ("A Paper", None),
        ("a-paper\x00", None),
        ("", None),
        ("/" * 1_000, None),
    ],
)
def test_addresses_of_papers(written: str, slug: str | None) -> None:
    assert slug_in(written) == slug


def test_what_is_quoted_has_nothing_unseen_and_one_blank_line_at_most() -> None:
    assert list(quoted("\n\na\u202e\n\n \n\tb  c\u200b\n")) == ["a", "", "b c"]
