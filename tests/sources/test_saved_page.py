from __future__ import annotations

import datetime as dt
from itertools import permutations
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import sources
from generator.errors import ListingError
from generator.model import Listing
from tests.builders import page, prose

TODAY = dt.date(2026, 8, 18)
LONG = prose("an abstract")
ONE, TWO = ("On Teapots", prose(1)), ("On Kettles", prose(2))
SHORT = "We boil water in it. That is all."

TITLES = [
    "Subscribers Are Leaving",
    "Subscribe to Me: Preference Feeds",
    "iBOT: Image BERT Pre-Training with Online Tokenizer",
    "new methods for old problems",
    "Daily Papers: A Study",
    "Daily Papers of the World",
    "Get Trending Papers in Your Email Inbox Without Asking",
    "By AK and Friends: On Communities",
    "Papers, Please",
    "Today Is Not Tomorrow",
    "Aug 19: A Day in the Life",
    "May 2024 in Review",
    "2026-08-19 Revisited",
    "$k$-Means: A Geometry",
    '"Why Should I Trust You?"',
    "'Tis but a Scratch",
    "(Un)Learning by Doing",
    "[CLS] Is All You Need",
    "{Sets} of Things",
    "\\model: A Model",
    "∞-former",
    "🐳 Whale Song",
    "¿Qué? Questions",
    "中文标题",
    "#1 Is Not Enough",
    "*Starred*",
    "<EOS>",
    "1.5-Pints",
    "𝒪(n) Attention",
    "@You: Mentions",
    "/dev/null Learning",
    "Is It So?",
    "Read This!",
]


def read(text: str, today: dt.date = TODAY) -> Listing:
    return sources.read(text.encode(), "page.txt", today)


def texts(text: str) -> list[tuple[str, str]]:
    return [(record.title, record.abstract) for record in read(text).records]


def refusal(text: str) -> str:
    with pytest.raises(ListingError) as caught:
        read(text)
    return str(caught.value)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("blank", [True, False])
def test_a_first_title_is_kept_whole_whatever_it_begins_with(title: str, blank: bool) -> None:
    assert texts(page((title, LONG), TWO, blank=blank)) == [(title, LONG), TWO]


@pytest.mark.parametrize("title", [*TITLES, "Aug 19", "Subscribe", "Daily Papers", "New", "Models"])
def test_any_title_may_follow_below_the_first(title: str) -> None:
    for blank in (True, False):
        assert texts(page(ONE, (title, LONG), TWO, blank=blank)) == [ONE, (title, LONG), TWO]


def test_a_title_that_is_a_day_stays_if_the_header_has_one() -> None:
    listing = read(page(("Mar 12", LONG), TWO, date="Aug 17"))
    assert listing.date == dt.date(2026, 8, 17)
    assert listing.records[0].title == "Mar 12"


@pytest.mark.parametrize("title", ["Models", "Today", "Community", "Datasets"])
def test_a_glued_title_is_no_menu(title: str) -> None:
    assert texts(page((title, LONG), TWO, blank=False)) == [(title, LONG), TWO]


@pytest.mark.parametrize("title", ["Daily Papers", "Mar 11"])
def test_a_first_title_that_is_the_header_s_own_is_refused_and_not_lost(title: str) -> None:
    header = "Get trending papers in your email inbox!\nSubscribe"
    message = refusal(page((title, LONG), TWO, blank=False, header=header))
    assert "a title is expected here, but this looks like an abstract" in message


PHRASES = (
    "Get trending papers in your email inbox once a day!",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "Daily Papers",
    "byAK and the research community",
    "Aug 17",
)


@given(st.permutations(PHRASES), st.integers(1, 6), st.sampled_from(["lower", "upper", "title"]))
def test_the_header_is_known_by_what_it_says(phrases: list[str], length: int, case: str) -> None:
    chosen = [getattr(phrase, case)() for phrase in phrases[:length]]
    signs = [p for p in phrases[:length] if p not in {"Subscribe", "Aug 17"}]
    text = page(ONE, TWO, header="\n".join(chosen))
    if not signs:
        assert "not a listing of a known kind" in refusal(text)
        return
    assert texts(text) == [ONE, TWO]
    # A day above everything that only such a page says may be anybody's.
    below = phrases.index("Aug 17") > phrases.index(signs[0])
    dated = "Aug 17" in phrases[:length] and below
    assert read(text).date == (dt.date(2026, 8, 17) if dated else None)


@pytest.mark.parametrize(
    "header",
    [
        "Get trending papers in your email inbox!Subscribe",
        "SubscribeDaily Papers",
        "Daily PapersbyAK and the research community",
        "Daily Papers\nby @AK and the research community",
        "Get trending papers in your email inbox",
        "Hugging Face\nModels\nDatasets\nSpaces\nPricing\nLog In\nSign Up\nnew\nDaily Papers",
        "Some line of a browser\n\nAnother\nDaily Papers\nToday\nnew",
        "\n".join(f"menu {n}" for n in range(39)) + "\nDaily Papers",
        "Trending Papers\nnew\nDaily Papers\nNew",
    ],
)
def test_headers_of_other_days(header: str) -> None:
    assert texts(page(ONE, TWO, header=header)) == [ONE, TWO]


def test_a_sign_far_below_makes_no_page_of_this_kind() -> None:
    menus = "\n".join(f"menu {n}" for n in range(40))
    assert "not a listing of a known kind" in refusal(
        page(ONE, TWO, header=f"{menus}\nDaily Papers")
    )


@pytest.mark.parametrize(
    "line, day",
    [
        ("Aug 18", "2026-08-18"),
        ("Aug 19", "2025-08-19"),
        ("Feb 29", "2024-02-29"),
        ("Tuesday, Aug 18", "2026-08-18"),
        ("August 19, 2026", "2026-08-19"),
        ("2026-08-19", "2026-08-19"),
    ],
)
def test_the_day_of_the_header(line: str, day: str) -> None:
    assert read(page(ONE, date=line)).date == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "line, warning",
    [
        (
            "Aug 19",
            "its day, 'Aug 19', has no year: taken for 2025-08-19; if that is wrong, --date",
        ),
        ("Sun, 21 Sep", "its day, 'Sun, 21 Sep', has no year: taken for 2025-09-21; if that is"),
        ("Sep 22", None),
        ("Aug 18", None),
        ("Aug 19, 2025", None),
        ("2025-08-19", None),
        (None, None),
    ],
)
def test_a_day_of_almost_a_year_ago_is_doubted_if_its_year_is_not_written(
    line: str | None, warning: str | None
) -> None:
    warnings = read(page(ONE, TWO, date=line)).warnings
    assert len(warnings) == (warning is not None)
    assert not warning or warnings[0].startswith(warning)


def test_a_day_that_does_not_exist_is_named_with_its_line() -> None:
    message = refusal(page(ONE, date="Feb 30"))
    assert message == "page.txt:9: no calendar has the day 'Feb 30'; correct the date line"


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_wrapped_lines_are_one_paragraph(width: int) -> None:
    long = " ".join(["A Title That Is So Long That It Is Wrapped, Whatever the Width"] * 3)
    papers = [(long, prose("wrapped", 80)), TWO]
    wrapped = [(fill(title, width), fill(abstract, width)) for title, abstract in papers]
    assert texts(page(*wrapped)) == papers


@pytest.mark.parametrize("width", [None, 80])
def test_lost_paragraphs_never_make_their_neighbours_one(width: int | None) -> None:
    """A paragraph is lost with its blank lines, so those beside it stand on adjoining lines.

    (Where lines are wrapped and the last line of an abstract happens to be full, nothing tells that
    the title below it is lost; so there only abstracts are.)
    """
    papers = [(f"On the Subject of Number {n}", prose(n)) for n in range(6)]
    blocks = [fill(text, width) if width else text for pair in papers for text in pair]
    for lost in range(1, len(blocks) - 1, 2 if width else 1):
        left = blocks[:lost] + blocks[lost + 1 :]
        left[lost - 1 : lost + 1] = [f"{left[lost - 1]}\n{left[lost]}"]
        refusal("Daily Papers\n\n" + "\n\n".join(left))


def test_a_line_that_stands_twice_is_refused() -> None:
    papers = [(f"On the Subject of Number {n}", prose(n)) for n in range(6)]
    lines = [text for pair in papers for text in pair]
    for index in range(len(lines)):
        doubled = [*lines[: index + 1], *lines[index:]]
        refusal("Daily Papers\n\n" + "\n\n".join(doubled))
        doubled = [*lines[:index], f"{lines[index]}\n{lines[index]}", *lines[index + 1 :]]
        refusal("Daily Papers\n\n" + "\n\n".join(doubled))


def test_header_phrases_may_share_a_line() -> None:
    body = f"{ONE[0]}\n{ONE[1]}\n"
    invitation = "Get trending papers in your email inbox"
    for header in (
        f"{invitation} once a day! {invitation}! Subscribe\n",
        f"{invitation}!\nSubscribe ",
        f"{invitation}!\nSubscribe Daily Papers\nby AK and the research community Aug 19\n",
    ):
        assert texts(header + body) == [ONE]


@pytest.mark.parametrize("gaps", [(1, 2), (2, 1), (3, 1), (1, 3), (4, 4)])
def test_extra_blank_lines_change_nothing(gaps: tuple[int, int]) -> None:
    papers = [(f"On Subject {n}", prose(n)) for n in range(4)]
    lines = [text for pair in papers for text in pair]
    text = "Daily Papers\n" + "".join(line + "\n" * gaps[i % 2] for i, line in enumerate(lines))
    assert texts(text) == papers


def broken(*missing: int, count: int = 5, abstract: str = "") -> str:
    """A page on which some titles have no abstracts; lines are 2 n + 2 but for what is missing."""
    lines = []
    for n in range(count):
        lines.append(f"On Subject Number {n}")
        if n not in missing:
            lines.append(abstract or prose(n))
    return "Daily Papers\n" + "\n".join(lines)


@pytest.mark.parametrize("abstract", ["", SHORT], ids=["long", "short"])
@pytest.mark.parametrize(
    "missing, line, number",
    [
        ((0,), 2, 0),
        ((2,), 6, 2),
        ((4,), 10, 4),
        ((0, 4), 2, 0),
        ((1, 2), 4, 1),
        ((3, 4), 8, 3),
        ((0, 1, 2, 3, 4), 2, 0),
    ],
)
def test_a_title_without_an_abstract_is_named(
    missing: tuple[int, ...], line: int, number: int, abstract: str
) -> None:
    message = refusal(broken(*missing, abstract=abstract))
    assert message.startswith(f"page.txt:{line}: the title 'On Subject Number {number}' ")
    assert message.endswith("; mend the page or save it again")


ENDINGS = ["", "?", "!", "…", "..."]


@pytest.mark.parametrize("end", ENDINGS)
@pytest.mark.parametrize(
    "title",
    [
        "What Makes Good Data",
        "What makes good data",
        "GPT-4",
        "GPT-4 Technical Report",
        "we",
        "中文",
    ],
)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_two_titles_in_a_row_never_become_a_paper(title: str, end: str, place: str) -> None:
    pair = ["First of Two Titles", title + end]
    papers = [list(ONE), list(TWO)]
    papers.insert({"first": 0, "middle": 1, "last": 2}[place], pair)
    text = "Daily Papers\n\n" + "\n\n".join(line for paper in papers for line in paper)
    assert "is not followed by an abstract but by" in refusal(text)


@given(st.sets(st.integers(0, 7), min_size=1), st.lists(st.booleans(), min_size=8, max_size=8))
def test_records_are_never_paired_wrongly(missing: set[int], short: list[bool]) -> None:
    """Whatever is missing, a page is refused or what is read stands in it as it was written."""
    papers = [
        (f"On Subject {n}" + "?" * (n % 2), SHORT if short[n] else prose(n)) for n in range(8)
    ]
    lines = [text for n, pair in enumerate(papers) for text in (pair[:1] if n in missing else pair)]
    for gap in ("\n", "\n\n"):
        try:
            found = texts("Daily Papers\n" + gap.join(lines))
        except ListingError:
            continue
        assert set(found) <= set(papers)


@pytest.mark.parametrize(
    "title", ["The Pans of Acme and Sons Inc.", "Kettles, Teapots, et Cetera."]
)
def test_a_title_that_ends_in_a_full_stop_is_no_abstract(title: str) -> None:
    assert "is not followed by an abstract but by" in refusal(page(ONE, ("On Pans", title), TWO))


def test_two_abstracts_in_a_row_never_become_a_paper() -> None:
    """Where two titles are missing, the number of paragraphs is even too."""
    short = prose("short", 24)
    assert 100 < len(short) < 200
    message = refusal(page(ONE, (short, prose("long")), TWO))
    assert message.startswith("page.txt:13: a title is expected here, but this looks like an abs")


def test_an_abstract_in_two_paragraphs_is_refused() -> None:
    text = page(ONE, ("On Two Paragraphs", f"{LONG}\n\n{prose(3)}"), TWO)
    assert "page.txt:17: a title is expected here, but this looks like an abstract" in refusal(text)


def test_a_title_with_a_question_may_have_a_short_abstract() -> None:
    assert texts(page(("Is It So?", SHORT), ("Read This!", SHORT), TWO)) == [
        ("Is It So?", SHORT),
        ("Read This!", SHORT),
        TWO,
    ]


def test_abstracts_may_end_in_an_address_or_a_bracket() -> None:
    papers = [("One", LONG + " Code: https://example.org/x"), ("Two", LONG + " (As usual.)")]
    assert texts(page(*papers)) == papers
    assert read(page(*papers)).warnings == ()
    assert len(read(page(*reversed(papers))).warnings) == 1


@pytest.mark.parametrize("end", [".", "!", "?", "…", ".)", '."', ".”", ".$", "。"])
def test_a_last_abstract_that_ends_a_sentence_is_whole(end: str) -> None:
    listing = read(page(ONE, ("Two", LONG.rstrip(".") + end)))
    assert bool(listing.warnings) is (end == ".$")


def test_long_titles() -> None:
    title = " ".join(["Longest"] * 37)
    assert len(title) < 300
    assert texts(page((title, prose(1, 120)), TWO)) == [(title, prose(1, 120)), TWO]
    assert "looks like an abstract" in refusal(page((title + " Titles" * 2, prose(1, 120)), TWO))


def test_every_order_of_papers_is_read() -> None:
    papers = [ONE, TWO, ("Short One", SHORT)]
    for order in permutations(papers):
        assert texts(page(*order)) == list(order)
        assert texts(page(*order, blank=False)) == list(order)
