from __future__ import annotations

import contextlib
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.model import Link, LinkKind, Listing, SourceRecord
from generator.sources.json_lines import JsonLines
from generator.text.cleaning import clean

TODAY = dt.date(2026, 8, 20)

FULL = {
    "Title": "Boiling",
    "abstract": "We boil.\n And fry.",
    "authors": ["Ada Lovelace", "Turing, Alan"],
    "date": "2026-08-19",
    "published": "2020-10-02T23:00:00-04:00",
    "arxiv_id": "2101.00001v2",
    "url": "https://example.org/p",
    "code": "https://github.com/a/b",
    "votes": 12,
}
OTHER = {"title": "Frying", "summary": "We fry.", "doi": None}


def read(text: str, *, partial: bool = False) -> Listing:
    return JsonLines().read(text, "a.jsonl", "f" * 64, TODAY, partial=partial)


def lines(*objects: object) -> str:
    return "".join(f"{json.dumps(each)}\n" for each in objects)


def test_all_keys() -> None:
    assert read(lines(FULL)).records == (
        SourceRecord(
            "Boiling",
            "We boil. And fry.",
            1,
            authors=("Ada Lovelace", "Alan Turing"),
            ids={"arxiv": "2101.00001"},
            published=dt.date(2020, 10, 3),
            links=(
                Link(LinkKind.PAPER, "https://example.org/p"),
                Link(LinkKind.CODE, "https://github.com/a/b"),
            ),
            date=dt.date(2026, 8, 19),
            votes=12,
        ),
    )
    assert read(lines(FULL)).date == dt.date(2026, 8, 19)


@pytest.mark.parametrize(
    "text, at",
    [
        (lines(FULL, OTHER), [1, 2]),
        ("\n\n" + lines(FULL) + "\n \n" + lines(OTHER), [3, 6]),
        (json.dumps([FULL, OTHER]), [1, 1]),
        ("[\n" + json.dumps(FULL) + ",\n" + json.dumps(OTHER) + "\n]\n", [2, 3]),
        (json.dumps(FULL, indent=1) + "\n" + json.dumps(OTHER, indent=1), [1, 15]),
    ],
)
def test_lines_arrays_and_objects_laid_out(text: str, at: list[int]) -> None:
    assert JsonLines().recognises(text)
    listing = read(text)
    assert [record.title for record in listing.records] == ["Boiling", "Frying"]
    assert [record.line for record in listing.records] == at
    assert (listing.rejected, listing.warnings) == ((), ())


def test_arxiv_s_metadata() -> None:
    text = lines(
        {
            "id": "0704.0001",
            "submitter": "A. Lovelace",
            "authors": "A. Lovelace, A.~Turing and Some Body (Some U.)",
            "title": "Boiling\n  fast",
            "doi": "10.1000/1",
            "categories": "hep-ph",
            "abstract": "  We boil.\n",
            "update_date": "2008-11-26",
            "authors_parsed": [
                ["Lovelace", "A.", ""],
                ["Turing", "A.", "Jr"],
                ["Body", "S", "", "U"],
            ],
        }
    )
    (record,) = read(text).records
    assert record.ids == {"arxiv": "0704.0001", "doi": "10.1000/1"}
    assert record.authors == ("A. Lovelace", "A. Turing Jr", "S Body")
    assert (record.title, record.published) == ("Boiling fast", None)


BAD = {
    "cut off": ('{"title": "Bad", "abstract": "We', "is not sound JSON: a text is not closed"),
    "not closed": ('{"title": "Bad", "abstract": "We"', "is not sound JSON: Expecting ','"),
    "no object": ('["Bad"]', "is no object"),
    "a text": ('"Bad"', "is no object"),
    "no JSON": ("Bad", "is not sound JSON"),
    "two": ('{"title": "Bad"} {"title": "Bad"}', 'is not sound JSON: \'{"title": "Bad"}\' stands'),
    "key twice": ('{"title": "Bad", "title": "Worse"}', "the key 'title' stands twice"),
    "deep": ('{"title": "Bad", "abstract": ' + "[" * 99_999, "is not sound JSON: nested too deep"),
    "number": ('{"title": "Bad", "votes": ' + "9" * 5000 + "}", "the number 999999999999999999…"),
    "no title": ('{"abstract": "We"}', "no title"),
    "no abstract": ('{"title": "Bad", "abstract": NaN}', "no abstract"),
    "a list for an abstract": ('{"title": "Bad", "abstract": [1]}', "no abstract"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_rejected_and_the_others_go_in(name: str) -> None:
    line, reason = BAD[name]
    listing = read(lines(FULL) + line + "\n" + lines(OTHER))
    assert [(each.title, each.line) for each in listing.records] == [("Boiling", 1), ("Frying", 3)]
    (rejected,) = listing.rejected
    assert rejected.line == 2
    assert rejected.reason.startswith(reason)
    rejected.reason.encode()


@pytest.mark.parametrize(
    "text, message",
    [
        (json.dumps([FULL, OTHER])[:-3], "a.jsonl:1: is not sound JSON: it breaks off"),
        ("[\n" + lines(FULL)[:-1] + "\n;\n]", "a.jsonl:3: is not sound JSON"),
        ('[{"title": "A", "title": "B", "doi": ""}]', "a.jsonl:1: is not sound JSON: the key"),
        ('{"title": "A", "abstract": "We', "a.jsonl:1: has no record that can be read: is not"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_refused(text: str, message: str) -> None:
    assert JsonLines().recognises(text)
    with pytest.raises(ListingError) as caught:
        read(text)
    assert str(caught.value).startswith(message)
    assert caught.value.remedy


def test_without_abstracts_there_are_facts() -> None:
    text = lines({"title": "A", "arxiv": "2101.00001", "note": "x"}, FULL)
    assert len(read(text).records) == 1
    assert "no abstract" in read(text).rejected[0].reason
    listing = read(text, partial=True)
    assert [record.abstract for record in listing.records] == ["", "We boil. And fry."]
    assert listing.warnings == ("not read, for nothing is known of them: 'note'",)


def test_where_a_fact_is_from_is_noted() -> None:
    given: list[dict[str, Any]] = [
        {"from": "lists", "seen": 4},
        {"from": "API"},
        {"seen": "0"},
        {"seen": "x"},
        {},
    ]
    text = lines(*({"title": "A", "doi": "10.1000/1", **more} for more in given))
    listing = read(text, partial=True)
    notes = [record.note for record in listing.records]
    assert notes == ["lists, seen 4 times", "API", "never seen", None, None]
    assert listing.warnings == ("line 4: seen: 'x' is no number; left out",)


def test_a_file_that_says_only_where_from_is_no_list_of_papers() -> None:
    assert not JsonLines().recognises(lines({"title": "A", "from": "x", "seen": 1}))


@pytest.mark.parametrize(
    "text, known",
    [
        (lines(FULL), True),
        (lines(FULL)[:60], True),
        ("[" + lines(FULL)[:60], True),
        (lines({"title": "A", "doi": "x"}), True),
        (lines({"title": "A"}), False),
        (lines({"title": "A", "abstract": "B", "paper": {}}), False),
        (lines({"title": "A", "abstract": "B", "appearances": []}), False),
        (lines({"title": "A", "summary": "B", "upvotes": 1}), False),
        (lines({"papers": [FULL]}), False),
        (json.dumps(["{'paper': {'title': 'A', 'abstract': 'B'}}"]), False),
        (lines({"title": "A"}, FULL), True),
        (lines({"abstract": "A"}, FULL), True),
        (lines({}, {"made": "2026-08-19"}, FULL), True),
        ('{"title": "A", "abs\n' + lines(FULL), True),
        ('tle": "A", "abstract": "B"}\n' + lines(FULL), True),
        (json.dumps([{"title": "A"}, 3, FULL]), True),
        (json.dumps([{"title": "A"}, 3]), False),
        ("Write a line such as\n" + lines(FULL), False),
        (lines({"paper": {"title": "A", "summary": "B"}}, {"paper": {}}), False),
        ("[[" * 100_000, False),
        ('{"a":' * 100_000, False),
        ("[]", False),
        ("{}", False),
        ("[", False),
        ("", False),
        ("title,abstract\n", False),
    ],
)
def test_it_is_known_by_the_keys_of_any_of_its_first_objects(text: str, known: bool) -> None:
    assert JsonLines().recognises(text) is known


words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=15)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=4), st.booleans(), st.booleans())
def test_what_is_written_is_read(
    papers: list[tuple[str, str]], is_array: bool, escaped: bool
) -> None:
    papers = [(f"On {title}", f"We {text}") for title, text in papers]
    objects = [{"title": title, "abstract": text} for title, text in papers]
    text = (
        json.dumps(objects, ensure_ascii=escaped, indent=1)
        if is_array
        else "\n".join(json.dumps(each, ensure_ascii=escaped) for each in objects)
    )
    assert [(each.title, each.abstract) for each in read(text).records] == [
        (clean(title), clean(text)) for title, text in papers
    ]


@given(st.data())
def test_no_text_makes_a_traceback(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([lines(FULL, OTHER), json.dumps([FULL, OTHER], indent=1)]))
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, min(len(text), at + 20)))
    noise = data.draw(
        st.sampled_from(
            ["", "{", "]", '"', "NaN", "1e999", "[" * 9999, "null", "\\ud800", "9" * 9999]
        )
    )
    text = text[:at] + noise + text[until:]
    if JsonLines().recognises(text):
        with contextlib.suppress(ListingError):
            for record in read(text).records:
                assert f"{record.title}{record.abstract}".encode()


def test_a_broken_first_line_costs_only_itself() -> None:
    listing = read('{"title": "A", "abs\n' + lines({"title": "B"}, FULL))
    assert [each.line for each in listing.rejected] == [1, 2]
    assert [each.line for each in listing.records] == [3]
