from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.model import Link, LinkKind, Listing
from generator.sources.hf_daily import HFDaily
from generator.text.cleaning import clean

TODAY = dt.date(2026, 8, 18)
READER = HFDaily()


def paper(**kw: Any) -> dict[str, Any]:
    return {
        "id": "2608.00001",
        "authors": [
            {"_id": "1", "name": "Ada Lovelace", "hidden": False},
            {"_id": "2", "user": {"fullname": "Turing"}, "name": "Alan  Turing", "hidden": False},
            {"_id": "3", "name": "Not Anauthor", "hidden": True},
            {"_id": "4", "name": ""},
        ],
        "publishedAt": "2026-08-11T23:30:00.000Z",
        "title": "Tea, and How to Make It: A Survey of\n  Pots",
        "summary": "We study tea.\nIt is hot & <EOS>.\n",
        "upvotes": 12,
        "discussionId": "5",
        **kw,
    }


def entry(*, around: dict[str, Any] | None = None, **kw: Any) -> dict[str, Any]:
    inner = paper(**kw)
    return {
        "paper": inner,
        "publishedAt": "2026-08-12T22:40:15.170Z",
        "title": inner["title"],
        "mediaUrls": ["https://cdn.example.org/pot.mp4"],
        "thumbnail": "https://cdn.example.org/pot.png",
        "numComments": 3,
        **(around or {}),
    }


def read(value: Any, *, indent: int | None = 2) -> Listing:
    text = value if isinstance(value, str) else json.dumps(value, indent=indent)
    assert READER.recognises(text)
    return READER.read(text, "day.json", "f", TODAY)


def refusal(text: str) -> str:
    assert READER.recognises(text)
    with pytest.raises(ListingError) as caught:
        READER.read(text, "day.json", "f", TODAY)
    return str(caught.value)


def around(data: list[Any]) -> dict[str, Any]:
    return {"status": "success", "date": "2026-08-12", "count": len(data), "data": data}


def reprs(entries: list[Any]) -> list[str]:
    return [repr(each) for each in entries]


SHAPES: dict[str, Callable[[list[Any]], Any]] = {
    "objects": lambda entries: entries,
    "reprs": reprs,
    "around reprs": lambda entries: around(reprs(entries)),
    "around objects": around,
    "the page's": lambda entries: {"date": "2026-08-12", "dailyPapers": entries},
    "papers": lambda entries: {"papers": entries},
    "bare": lambda entries: [each["paper"] for each in entries],
    "bare in an object": lambda entries: {"papers": [each["paper"] for each in entries]},
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("indent", [None, 4])
def test_all_shapes_say_the_same(shape: str, indent: int | None) -> None:
    second = entry(id="2608.00002", title='It\'s "Coffee"', summary="We don't study \\alpha tea.")
    listing = read(SHAPES[shape]([entry(), second]), indent=indent)
    first, other = listing.records
    assert first.title == "Tea, and How to Make It: A Survey of Pots"
    assert first.abstract == "We study tea. It is hot & <EOS>."
    assert first.authors == ("Ada Lovelace", "Alan Turing")
    assert first.ids == {"arxiv": "2608.00001"}
    assert first.published == dt.date(2026, 8, 11)
    assert (first.date, first.votes, first.links) == (None, 12, ())
    assert (other.title, other.ids) == ('It\'s "Coffee"', {"arxiv": "2608.00002"})
    assert not listing.warnings
    assert not listing.rejected
    assert (listing.source, listing.file, listing.fingerprint) == (
        "hf-daily-papers",
        "day.json",
        "f",
    )
    assert listing.date == (
        dt.date(2026, 8, 12) if "2026-08-12" in str(SHAPES[shape]([])) else None
    )
    assert listing.total == (2 if shape.startswith("around") else None)


@pytest.mark.parametrize("value", [entry(), paper()])
def test_one_paper_alone_is_a_listing(value: dict[str, Any]) -> None:
    (record,) = read(value).records
    assert record.authors == ("Ada Lovelace", "Alan Turing")


@pytest.mark.parametrize(
    "value",
    [[], around([]), {"dailyPapers": []}, {"papers": []}, " [ ]\n"],
)
def test_an_empty_day_is_a_listing_without_records(value: Any) -> None:
    assert read(value).records == ()


def test_the_day_of_a_record_is_the_one_of_its_page() -> None:
    day: dict[str, Any] = {"submittedOnDailyAt": "2026-08-12T23:09:30.655Z"}
    next_day: dict[str, Any] = {"submittedOnDailyAt": "2026-08-13T00:00:00.000Z"}
    one = read([entry(**day), entry(id="2608.00002", **day)])
    assert {record.date for record in one.records} == {one.date} == {dt.date(2026, 8, 12)}
    two = read([entry(**day), entry(around=next_day)])
    assert [record.date for record in two.records] == [dt.date(2026, 8, 12), dt.date(2026, 8, 13)]
    assert two.date is None
    assert read(around([entry(**next_day)])).date == dt.date(2026, 8, 12)


def test_code_and_project_are_links_and_media_are_not() -> None:
    (record,) = read(
        [entry(githubRepo="https://github.com/tea/pot", projectPage="https://tea.example.org")]
    ).records
    assert record.links == (
        Link(LinkKind.CODE, "https://github.com/tea/pot"),
        Link(LinkKind.PROJECT, "https://tea.example.org"),
    )


def test_records_have_the_lines_on_which_they_begin() -> None:
    text = json.dumps([entry(), entry()], indent=1)
    lines = text.split("\n")
    assert [record.line for record in read(text).records] == [
        number for number, line in enumerate(lines, start=1) if line == " {"
    ]
    assert [r.line for r in read("\n" + json.dumps([entry(), entry()])).records] == [2, 2]


def test_where_facts_are_wanted_no_abstract_is_needed() -> None:
    text = json.dumps([entry(summary=None), entry()])
    listing = READER.read(text, "day.json", "f", TODAY, partial=True)
    assert [bool(record.abstract) for record in listing.records] == [False, True]


def test_what_the_paper_lacks_the_object_around_it_may_have() -> None:
    text = {"title": "On Cups", "summary": "We study cups."}
    (record,) = read([{"paper": {"id": "2608.00001", "upvotes": 1}, **text}]).records
    assert (record.title, record.abstract) == ("On Cups", "We study cups.")


@pytest.mark.parametrize(
    "bad, reason",
    [
        (entry(summary=""), "no abstract: the library needs one; add it"),
        (entry(summary=None), "no abstract: the library needs one; add it"),
        (entry(summary="N/A"), "only 'N/A' for an abstract: the library needs one; add it"),
        (entry(title=" "), "no title"),
        (entry(title=["On Tea"]), "no title"),
        (7, "no object with a paper in it: 7"),
        (None, "no object with a paper in it: None"),
        ({"paper": 7}, "no object with a paper in it: {'paper': 7}"),
        ("{'paper': {'id': ", "no object with a paper in it: \"{'paper': {'id': \""),
        ("{'paper': open('x')}", "no object with a paper in it: \"{'paper': open('x')}\""),
        ("('paper',)", "no object with a paper in it: \"('paper',)\""),
    ],
)
def test_a_bad_entry_is_rejected_and_the_others_go_in(bad: Any, reason: str) -> None:
    listing = read([entry(), bad, entry()])
    assert len(listing.records) == 2
    ((line, said),) = [(rejected.line, rejected.reason) for rejected in listing.rejected]
    assert said == reason
    assert listing.records[0].line < line < listing.records[1].line
    (alone,) = read([entry(), bad, entry()], indent=None).rejected
    assert alone.reason == f"{reason} (entry 2)"


@pytest.mark.parametrize(
    "text",
    [
        "'\\d'",
        "[" * 10_000,
        "-" * 100_000 + "1",
        "+".join("1" * 50_000),
        "9" * 100_000,
        "{[]: 1}",
        "\0",
        "f'{x}'",
        "{'paper': " * 150 + "1" + "}" * 150,
        repr(entry()) + " " * 1_000_000,
        "{'paper': {'title': '\\ud800', 'summary': 'x', 'n': 1e999, 'z': b''}}",
    ],
)
def test_python_s_texts_are_read_as_literals_and_within_measure(text: str) -> None:
    listing = read([repr(entry()), text])
    assert len(listing.records) == 1
    assert len(listing.rejected) == 1


@pytest.mark.parametrize(
    "field, warning",
    [
        ({"id": "teapot"}, "'teapot' is no identifier; left out"),
        ({"publishedAt": "soon"}, "'soon' is no date of any calendar; left out"),
        ({"submittedOnDailyAt": "2026-02-30"}, "'2026-02-30' is no date of any calendar; left out"),
        ({"githubRepo": "github.com/tea"}, "'github.com/tea' is no web address; left out"),
        ({"projectPage": "javascript:x"}, "'javascript:x' is no web address; left out"),
        ({"upvotes": "12"}, "'12' is no number of votes; left out"),
        ({"upvotes": -1}, "-1 is no number of votes; left out"),
        ({"upvotes": True}, "True is no number of votes; left out"),
    ],
)
def test_a_bad_field_is_left_out_with_a_warning(field: dict[str, Any], warning: str) -> None:
    listing = read([entry(**field)])
    assert len(listing.records) == 1
    assert listing.warnings == (f"line 2: {warning}",)


def test_fields_of_other_types_are_no_fields() -> None:
    listing = read(
        [entry(id=7, authors="Ada", publishedAt=None, githubRepo=[], projectPage={}, upvotes=None)]
    )
    (record,) = listing.records
    assert (record.ids, record.authors, record.votes) == ({}, (), None)
    assert not listing.warnings
    assert read([entry(authors=["Ada", None, {"name": 7}])]).records[0].authors == ("Ada",)


@pytest.mark.parametrize("nothing", ["NaN", "Infinity", "null"])
def test_numbers_that_are_none_are_read_as_nothing(nothing: str) -> None:
    listing = read(json.dumps([entry()]).replace('"upvotes": 12', f'"upvotes": {nothing}'))
    assert listing.records[0].votes is None


def test_an_escape_that_python_does_not_know_is_text() -> None:
    (record,) = read([repr(entry(title="On Tea")).replace("On Tea", "On \\Tea")]).records
    assert record.title == "On \\Tea"


def test_votes_without_end_are_none() -> None:
    text = json.dumps([entry(upvotes=31)]).replace("31", "9" * 4000)
    listing = read(text)
    assert listing.records[0].votes is None
    (warning,) = listing.warnings
    assert warning.endswith("9… is no number of votes; left out")
    assert len(warning) < 150


def test_objects_a_line_are_the_entries() -> None:
    entries = [entry(id=f"2608.0000{number}") for number in range(4)]
    text = "\n".join(map(json.dumps, entries))
    listing = read(text)
    assert [each.line for each in listing.records] == [1, 2, 3, 4]
    assert [replace(each, line=1) for each in listing.records] == list(
        read(entries, indent=None).records
    )
    bare = "\n\n".join(json.dumps(each["paper"]) for each in entries)
    assert [each.line for each in read(bare).records] == [1, 3, 5, 7]


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_broken_line_costs_only_itself(place: int) -> None:
    lines = [json.dumps(entry(id=f"2608.0000{number}")) for number in range(4)]
    lines[place] = lines[place][:300]
    listing = read("\n".join(lines))
    assert [each.line for each in listing.records] == [n + 1 for n in range(4) if n != place]
    (rejected,) = listing.rejected
    assert rejected.line == place + 1
    assert rejected.reason.startswith("is not sound JSON: ")


def test_a_document_that_is_cut_off_is_not_taken_for_lines() -> None:
    entries = ",\n".join(json.dumps(entry(id=f"2608.0000{number}")) for number in range(3))
    assert "it breaks off" in refusal('{"data": [\n' + entries)
    assert "goes on behind its end" in refusal('{"dailyPapers": [{}]}\n{"a": {}}')


def test_a_count_that_does_not_fit_is_told() -> None:
    listing = read({**around([entry()]), "count": 2})
    assert listing.total == 2
    assert listing.warnings == ("it counts 2 papers and has 1: some may be missing",)
    assert read({**around([entry(), 7])}).warnings == ()
    odd = read({**around([entry()]), "count": "many", "date": "someday"})
    assert (odd.total, odd.date) == (None, None)
    assert odd.warnings == (
        "line 1: the count 'many' is no number; left out",
        "line 1: 'someday' is no date of any calendar; left out",
    )


def test_an_error_is_quoted() -> None:
    assert refusal('{"error": "Bad date:\\n no such day"}') == (
        "day.json:1: is no listing but an error message: 'Bad date: no such day'; fetch it again"
    )
    assert refusal('{"error": {"code": 429}}').startswith(
        "day.json:1: is no listing but an error message: \"{'code': 429}\""
    )


@pytest.mark.parametrize("value", [{"data": 7, "x": [entry()]}, {"x": [entry()]}])
def test_an_object_without_a_list_of_papers_is_refused(value: Any) -> None:
    message = refusal(json.dumps(value))
    assert message == "day.json:1: has no list of papers; fetch it again"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_that_is_cut_off_is_known_and_refused(shape: str) -> None:
    text = json.dumps(SHAPES[shape]([entry(), entry()]), indent=2)
    for length in range(len(text) * 2 // 3, len(text), 7):
        assert "is not sound JSON: it breaks off" in refusal(text[:length])


@pytest.mark.parametrize(
    "text",
    [
        "Daily Papers\n\nOn Tea\n\nWe study tea.",
        '{"title": "On Tea", "abstract": "We study tea.", "id": "on-tea"}',
        '[{"title": "On Tea", "abstract": "It is called \\"paper\\": {x}.", "upvotes": 1}]',
        '[{"title": "On Tea", "summary": "We study tea."}]',
        '{"papers": [{"title": "On Tea", "abstract": "We study tea."}]}',
        "<feed/>",
        "[]x",
        "{}",
        "7",
        "",
    ],
)
def test_other_files_are_not_taken(text: str) -> None:
    assert not READER.recognises(text)


@pytest.mark.parametrize(
    "text",
    [
        '[{"paper": {' + "[" * 100_000,
        '{"dailyPapers": [' + '{"a":' * 100_000,
        '[{"paper": {"id": "1", "id": "2"}}]',
        f'[{{"paper": {{"upvotes": {"9" * 5000}}}}}]',
        '[{"paper": {}} {}]',
    ],
)
def test_hostile_files_are_refused(text: str) -> None:
    assert "is not sound JSON" in refusal(text)


def test_many_entries_are_read() -> None:
    listing = read([entry(id=f"2608.{n:05}") for n in range(3000)], indent=None)
    assert len(listing.records) == 3000


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda t: f"{t} tea {t}")


@given(WORDS, WORDS, st.sampled_from(sorted(SHAPES)))
def test_texts_survive_every_shape(title: str, abstract: str, shape: str) -> None:
    (record,) = read(SHAPES[shape]([entry(title=title, summary=abstract)])).records
    assert (record.title, record.abstract) == (clean(title), clean(abstract))


@given(st.sampled_from(sorted(SHAPES)), st.data())
def test_mangled_files_give_no_traceback(shape: str, data: st.DataObject) -> None:
    text = json.dumps(SHAPES[shape]([entry(), entry()]))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 50)))
    new = data.draw(st.text(alphabet="[]{}\",:\\'x1é\n", max_size=4))
    mangled = text[:start] + new + text[end:]
    if READER.recognises(mangled):
        try:
            listing = READER.read(mangled, "day.json", "f", TODAY)
        except ListingError:
            return
        assert len(listing.records) + len(listing.rejected) <= 3
