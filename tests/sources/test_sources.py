from __future__ import annotations

import contextlib
import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import sources
from generator.errors import ListingError
from generator.model import Listing
from generator.text.cleaning import clean
from tests.builders import page, prose
from tests.conftest import ROOT

DATA = ROOT / "tests" / "data"
TODAY = dt.date(2026, 8, 20)
BLANK = (DATA / "blank_lines.txt").read_bytes()
GLUED = (DATA / "no_blank_lines.txt").read_bytes()
WRAPPED = (DATA / "wrapped_lines.txt").read_bytes()
HOSTILE = (DATA / "hostile.txt").read_bytes()


def read(data: bytes | str, file: str = "page.txt", today: dt.date = TODAY) -> Listing:
    return sources.read(data.encode() if isinstance(data, str) else data, file, today)


def texts(listing: Listing) -> list[tuple[str, str]]:
    return [(record.title, record.abstract) for record in listing.records]


def refused(data: bytes | str) -> str:
    with pytest.raises(ListingError) as caught:
        read(data)
    message = str(caught.value)
    assert message.startswith("page.txt")
    assert caught.value.remedy
    return message


@pytest.mark.parametrize("data", [GLUED, WRAPPED])
def test_all_layouts_give_the_same_papers(data: bytes) -> None:
    assert texts(read(data)) == texts(read(BLANK))
    assert len(read(data).records) == 6


def test_records_know_their_lines() -> None:
    for data in (BLANK, WRAPPED, HOSTILE):
        lines = data.decode().split("\n")
        for record in read(data).records:
            assert record.title.startswith(clean(lines[record.line - 1])[:20])
    assert [record.line for record in read(GLUED).records] == [3, 5, 7, 9, 11, 13]


def test_a_listing_says_where_it_is_from() -> None:
    listing = read(BLANK, "a.txt")
    assert (listing.source, listing.file) == ("hf-daily-papers", "a.txt")
    assert listing.date == dt.date(2026, 8, 19)
    assert listing.warnings == ()
    assert read(GLUED).date is None


def spaced(data: bytes) -> bytes:
    return re.sub(rb"\n\n+", b"\n\n\n\n", data)


def trailing(data: bytes) -> bytes:
    return data.replace(b"\n", b" \t\n") + b"  "


VARIANTS: dict[str, Callable[[bytes], bytes]] = {
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "byte-order mark": lambda data: b"\xef\xbb\xbf" + data,
    "trailing spaces": trailing,
    "leading spaces": lambda data: data.replace(b"\n", b"\n  "),
    "last newline": lambda data: data + b"\n",
    "many last newlines": lambda data: data + b"\n\n \n",
    "no last newline": lambda data: data.rstrip(b"\n"),
    "first newlines": lambda data: b"\n\n" + data,
    "blank lines doubled": spaced,
    "blank lines of spaces": lambda data: data.replace(b"\n\n", b"\n \t\n"),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    "data", [BLANK, GLUED, WRAPPED, HOSTILE], ids=["blank", "glued", "wrapped", "hostile"]
)
def test_how_a_page_was_saved_changes_nothing(variant: str, data: bytes) -> None:
    other = read(VARIANTS[variant](data))
    assert texts(other) == texts(read(data))
    assert other.date == read(data).date
    assert other.fingerprint == read(data).fingerprint
    assert other.warnings == read(data).warnings


@given(
    st.lists(st.sampled_from(["\n", "\r\n", "\r", " \n", "\n\n", "\n \n\n"]), min_size=1),
    st.booleans(),
)
def test_any_mixture_of_line_ends_is_one_page(ends: list[str], mark: bool) -> None:
    lines = GLUED.decode().split("\n")
    text = "".join(line + ends[i % len(ends)] for i, line in enumerate(lines))
    other = read(b"\xef\xbb\xbf" * mark + text.encode())
    assert texts(other) == texts(read(GLUED))
    assert other.fingerprint == read(GLUED).fingerprint


def test_another_text_is_another_listing() -> None:
    assert (
        read(BLANK).fingerprint
        != read(BLANK.replace(b"four kitchens", b"five kitchens")).fingerprint
    )
    # Wrapped lines are other lines: the library finds the papers again, not the listing.
    assert read(BLANK).fingerprint != read(WRAPPED).fingerprint


def test_the_name_of_the_file_and_the_day_of_reading_are_no_content() -> None:
    assert read(BLANK, "a.txt").fingerprint == read(BLANK, "b.txt", dt.date(2030, 1, 1)).fingerprint


def test_hostile_text_is_kept_but_for_what_cannot_be_seen() -> None:
    titles = [title for title, _ in texts(read(HOSTILE))]
    assert titles[0] == (
        '"Why <b>Should</b> I & You?" {{ config }} [link](javascript:alert(1)) '
        "| *stars* _under_ `tick` # 1"
    )
    assert titles[1:4] == ["null", "2024-01-01", "- yes: [no, {off: ~}] # & * ! | > % @ `"]
    list_like = texts(read(HOSTILE))[3][1]
    assert "zerowidth, a no break space, a right-to-left override, é in two" in list_like
    assert "softhyphen and a family 👨\u200d👩\u200d👧" in list_like
    assert "C:\\new\\table, 50 % of #1, @you" in texts(read(HOSTILE))[0][1]


BAD = {
    "empty": (b"", "page.txt: the file is empty"),
    "byte-order mark alone": (b"\xef\xbb\xbf", "page.txt: the file is empty"),
    "white space": (b" \r\n\t\n\f", "page.txt: the file is empty"),
    "wide white space": ("\u00a0\u3000\n\u2003".encode(), "page.txt: the file has nothing but"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", "page.txt:2: is not text: byte 0x1a at position 6"),
    "gzip": (b"\x1f\x8b\x08\x00", "page.txt:1: is not text: byte 0x1f at position 0"),
    "NUL in a page": (BLANK + b"\nx\x00", "page.txt:36: is not text: byte 0x00"),
    "escape sequences": (b"Daily Papers\n\x1b$B", "page.txt:2: is not text: byte 0x1b"),
    "Latin-1": (
        "Daily Papers\nCafé\nNaïve.".encode("latin-1"),
        "page.txt:2: is not UTF-8: byte 0xe9",
    ),
    "Latin-1, CR": (
        "Daily Papers\rCafé\rx".encode("latin-1"),
        "page.txt:2: is not UTF-8: byte 0xe9",
    ),
    "Latin-1 at the end": (
        BLANK + "\n\nCafé au lait".encode("latin-1"),
        "page.txt:37: is not UTF-8",
    ),
    "UTF-16": (BLANK.decode().encode("utf-16"), "page.txt:1: is UTF-16 or UTF-32"),
    "UTF-16, big end first": (b"\xfe\xff" + BLANK.decode().encode("utf-16-be"), "is UTF-16"),
    "UTF-32": (BLANK.decode().encode("utf-32"), "page.txt:1: is UTF-16 or UTF-32"),
    "UTF-16 without a mark": (
        BLANK.decode().encode("utf-16-le"),
        "page.txt:1: is not text: byte 0x00",
    ),
    "another text": (
        b"\nDear reader,\n\nhow are you?\n",
        "page.txt:1: not a listing of a known kind",
    ),
    "header alone": (
        b"Get trending papers in your email inbox!\n\nSubscribe\n",
        "page.txt: has a header and no papers",
    ),
    "header and day alone": (b"Daily Papers\n\nAug 19\n\n", "page.txt: has a header and no papers"),
    "30 February": (
        b"Daily Papers\n\nFeb 30\n\nA title\n\nText.",
        "page.txt:3: no calendar has the day 'Feb 30'",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named(name: str) -> None:
    data, message = BAD[name]
    assert message in refused(data)


def test_a_known_kind_is_named_to_whoever_brings_another() -> None:
    message = refused("Dear reader")
    assert "it begins with 'Dear reader'" in message
    assert "known kinds: saved daily-papers page" in message


@pytest.mark.parametrize(
    "top",
    [
        "<!DOCTYPE html>",
        "\n  <!doctype HTML PUBLIC '-//W3C//DTD XHTML 1.0'>",
        '<?xml version="1.0"?>\n<!-- saved -->\n<!DOCTYPE html>',
        "<!-- saved from url=(0031)https://example.org -->\n<html lang='en'>",
        "<HTML>",
        "<head><title>Daily Papers</title>",
        "<body class='x'>",
        "<div>",
        '<meta charset="utf-8">',
    ],
)
def test_html_is_refused_by_name_though_it_has_the_words_of_the_header(top: str) -> None:
    assert refused(top + "\n" + BLANK.decode()).startswith(
        "page.txt:1: is an HTML page, not its text; "
    )


def test_a_title_that_begins_like_a_tag_is_no_html() -> None:
    assert read(page(("<EOS> and <body> Tokens", prose(1)), blank=False)).records[0].title == (
        "<EOS> and <body> Tokens"
    )


def test_many_comments_are_read_once() -> None:
    assert "not a listing" in refused("<!-- a --> " * 5000 + "x")


@pytest.mark.parametrize(
    "data", [BLANK, GLUED, WRAPPED, HOSTILE], ids=["blank", "glued", "wrapped", "hostile"]
)
def test_a_page_cut_anywhere_is_refused_or_whole_but_for_its_last_record(data: bytes) -> None:
    whole = texts(read(data))
    accepted = 0
    # Every place near the end, where a cut is most likely to look whole, and some before.
    near = len(data) - 400
    ends = [*range(0, near, 17), *range(near, len(data))]
    for end in ends:
        try:
            listing = read(data[:end])
        except ListingError:
            continue
        accepted += 1
        *before, (title, abstract) = texts(listing)
        assert before == whole[: len(before)]
        full_title, full = whole[len(before)]
        assert title == full_title
        # A cut between a letter and its accent leaves the letter.
        assert unicodedata.normalize("NFD", full).startswith(unicodedata.normalize("NFD", abstract))
        if abstract != full and not re.search(r"[.!?…][)\]}\"'”’]*$", abstract):
            assert listing.warnings
            assert "cut" in listing.warnings[0]
    assert accepted > len(ends) / 4


def test_a_page_that_breaks_off_in_its_last_abstract_goes_in_with_a_warning() -> None:
    listing = read(BLANK[:-100])
    assert len(listing.records) == 6
    assert listing.warnings == (
        "line 35: the last abstract does not end a sentence; it may be cut",
    )


@pytest.mark.parametrize(
    "left", ["Large language models have", "We pr", "This is the abstract of", "Despite the mod"]
)
def test_a_page_may_break_off_early_in_its_last_abstract(left: str) -> None:
    listing = read(page(("One", prose(1)), ("On Two", left)))
    assert texts(listing)[-1] == ("On Two", left)
    assert "may be cut" in listing.warnings[0]


def test_a_page_that_breaks_off_within_a_character_is_told() -> None:
    data = page(("One", prose(1)), ("Two", prose(2))) + " Ende 😀"
    assert read(data.replace(" Ende 😀", "😀").encode()[:-2]).warnings == (
        "it ends within a character: the last record may be cut",
    )
    # One warning is enough, and the line is worth more.
    (warning,) = read(data.encode()[:-2]).warnings
    assert warning.startswith("line 15: ")


@given(st.binary(max_size=300))
def test_no_bytes_at_all_make_a_traceback(data: bytes) -> None:
    for noise in (data, b"Daily Papers\n" + data, BLANK + data):
        with contextlib.suppress(ListingError):
            read(noise)


@given(st.text(max_size=300))
def test_no_text_at_all_makes_a_traceback(text: str) -> None:
    for noise in (text, "Daily Papers\n" + text, BLANK.decode() + text):
        try:
            listing = read(noise.encode("utf-8", "surrogatepass"))
        except ListingError:
            continue
        assert all(record.title and record.abstract for record in listing.records)


def test_titles_and_lines_of_a_long_page_stay_in_order() -> None:
    papers = [(f"On Subject {n}", prose(n)) for n in range(300)]
    for blank in (True, False):
        listing = read(page(*papers, blank=blank))
        assert texts(listing) == papers
        assert all(one.line < other.line for one, other in pairwise(listing.records))
