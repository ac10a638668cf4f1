from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

import pytest

from generator.errors import FetchError
from generator.fetch.answers import UnfitError, address
from generator.fetch.services import (
    arxiv_by_ids,
    arxiv_by_title,
    fetch_day,
    file_name,
    hugging_face_by_title,
    query,
    question,
)
from generator.ingest.planning import Dated
from generator.intake import Dating, Fetching, Service, Source, SourceKind
from tests.listings import arxiv_page, hf_page, title_of

T = TypeVar("T")
DAY = dt.date(2026, 8, 19)
HF = Source("hf", "HF", limits=(50,), fetch=Fetching(Service.HUGGING_FACE))
ARXIV = Source(
    "cl", "CL", SourceKind.RAW, fetch=Fetching(Service.ARXIV, ("cs.CL", "cs.IR"), 'ti:"word sense"')
)
REFUSED = UnfitError("answered 400 Bad Request", is_final=True)
DOWN = UnfitError("answered 503 Service Unavailable")


class Answers:
    """Answers in order; what is asked is noted. As the client does, it makes FetchErrors."""

    def __init__(self, *answers: str | UnfitError) -> None:
        self.left = list(answers)
        self.asked: list[tuple[str, Mapping[str, object], float]] = []

    def get(
        self,
        url: str,
        params: Mapping[str, object],
        read: Callable[[bytes], T],
        pause: float = 1,
    ) -> T:
        self.asked.append((url, params, pause))
        try:
            answer = self.left.pop(0)
            if isinstance(answer, UnfitError):
                raise answer
            return read(answer.encode())
        except UnfitError as error:
            raise FetchError(address(url, params), error.problem) from error

    @property
    def pages(self) -> list[object]:
        return [params.get("p", params.get("start", 0)) for _, params, _ in self.asked]


def numbers(dated: Dated) -> list[int]:
    return [int(record.ids["arxiv"][5:]) for record in dated.listing.records]


def test_what_hugging_face_is_asked() -> None:
    answers = Answers(hf_page(range(3)))
    dated = fetch_day(answers, HF, DAY)
    asked = "https://huggingface.co/api/daily_papers"
    assert answers.asked == [(asked, {"date": "2026-08-19", "limit": 100}, 1)]
    assert dated.asked == question(HF, DAY) == f"{asked}?date=2026-08-19&limit=100"
    assert (dated.date, dated.dated_by, dated.limit) == (DAY, Dating.OPTION, None)
    listing = dated.listing
    assert (listing.source, listing.file) == ("hf", "hf-2026-08-19.json")
    assert (listing.date, listing.total, len(listing.records)) == (DAY, None, 3)


def test_what_arxiv_is_asked() -> None:
    answers = Answers(arxiv_page(range(3), 3))
    dated = fetch_day(answers, ARXIV, DAY)
    wanted = (
        '(cat:cs.CL OR cat:cs.IR) AND (ti:"word sense") AND '
        "submittedDate:[202608190000 TO 202608192359]"
    )
    ((url, params, pause),) = answers.asked
    assert (url, pause) == ("https://export.arxiv.org/api/query", 3)
    assert params == {
        "search_query": wanted,
        "start": 0,
        "max_results": 100,
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
    }
    # The day of the feed is the moment of asking, and is not the listing's.
    assert (dated.listing.date, dated.listing.total) == (DAY, 3)
    assert dated.listing.file == file_name(ARXIV, DAY) == "cl-2026-08-19.atom"


@pytest.mark.parametrize(
    "fetching, wanted",
    [
        (Fetching(Service.ARXIV, ("cs.CL",)), "(cat:cs.CL) AND "),
        (Fetching(Service.ARXIV, (), "all:tea"), "(all:tea) AND "),
    ],
)
def test_half_a_query(fetching: Fetching, wanted: str) -> None:
    when = "submittedDate:[202608190000 TO 202608192359]"
    assert query(fetching, DAY) == wanted + when


def test_a_mirror_is_asked_instead() -> None:
    assert HF.fetch
    source = replace(HF, fetch=replace(HF.fetch, url="https://me:secret@mirror.example/hf"))
    answers = Answers("[]")
    dated = fetch_day(answers, source, DAY)
    assert answers.asked[0][0] == "https://me:secret@mirror.example/hf/api/daily_papers"
    assert dated.asked == "https://mirror.example/hf/api/daily_papers?date=2026-08-19&limit=100"


#: What Hugging Face answers page by page; the pages asked for, and papers, total and limit then.
HF_PAGES = {
    "short": ([range(37)], [0], 37, None, None),
    "empty": ([()], [0], 0, None, None),
    "full and more": ([range(100), range(100, 130)], [0, 1], 130, 130, None),
    "full and no more": ([range(100), ()], [0, 1], 100, 100, None),
    "three": ([range(100), range(100, 200), ()], [0, 1, 2], 200, 200, None),
    "fewer than asked": ([range(50), range(50, 60)], [0, 1], 60, 60, None),
    "round by chance": ([range(20), ()], [0, 1], 20, 20, None),
    "repeats": ([range(100), range(100)], [0, 1], 100, None, 100),
    "repeats a known limit": ([range(50), range(50)], [0, 1], 50, None, 50),
    "repeats a round number": ([range(20), range(20)], [0, 1], 20, None, None),
    "refuses": ([range(100), REFUSED], [0, 1], 100, None, 100),
    "refuses after a round number": ([range(20), REFUSED], [0, 1], 20, None, None),
    "moves on": ([range(100), range(95, 130)], [0, 1], 130, 130, None),
}


@pytest.mark.parametrize("pages, asked, size, total, limit", HF_PAGES.values(), ids=HF_PAGES)
def test_pages_of_hugging_face(
    pages: list[object], asked: list[int], size: int, total: int | None, limit: int | None
) -> None:
    answers = Answers(
        *(each if isinstance(each, UnfitError) else hf_page(each) for each in pages)  # type: ignore[arg-type]
    )
    dated = fetch_day(answers, HF, DAY)
    assert answers.pages == asked
    assert numbers(dated) == list(range(size))
    assert (dated.listing.total, dated.limit) == (total, limit)


#: The same for arXiv: total, pages, the pages asked for, papers.
ARXIV_PAGES = {
    "one": (3, [range(3)], [0], 3),
    "none": (0, [()], [0], 0),
    "two": (130, [range(100), range(100, 130)], [0, 100], 130),
    "just one": (100, [range(100)], [0], 100),
    "an empty last one": (130, [range(100), ()], [0, 100], 100),
}


@pytest.mark.parametrize("total, pages, starts, size", ARXIV_PAGES.values(), ids=ARXIV_PAGES)
def test_pages_of_arxiv(total: int, pages: list[range], starts: list[int], size: int) -> None:
    answers = Answers(
        *(arxiv_page(each, total, start) for each, start in zip(pages, starts, strict=True))
    )
    dated = fetch_day(answers, ARXIV, DAY)
    assert answers.pages == starts
    assert numbers(dated) == list(range(size))
    # What the first page counted stays: the ledger sees that some are missing.
    assert (dated.listing.total, dated.limit) == (total, None)


def test_an_empty_first_page_is_no_listing() -> None:
    with pytest.raises(FetchError, match="an empty page of a list that has 3 more entries"):
        fetch_day(Answers(arxiv_page((), 3)), ARXIV, DAY)


@pytest.mark.parametrize("source, page", [(HF, hf_page(range(100))), (ARXIV, arxiv_page([1], 150))])
def test_a_list_with_a_hole_is_none(source: Source, page: str) -> None:
    with pytest.raises(FetchError, match="503"):
        fetch_day(Answers(page, DOWN), source, DAY)


def test_pages_without_end_end() -> None:
    pages = (hf_page(range(100 * number, 100 * number + 100)) for number in range(60))
    answers = Answers(*pages)
    dated = fetch_day(answers, HF, DAY)
    assert (len(answers.asked), dated.limit) == (50, 5000)


def test_the_day_that_hugging_face_speaks_of_is_kept() -> None:
    dated = fetch_day(Answers(hf_page(range(3), "2026-08-18")), HF, DAY)
    assert (dated.date, dated.listing.date) == (DAY, dt.date(2026, 8, 18))


def fingerprint(source: Source, day: dt.date, *answers: str) -> str:
    return fetch_day(Answers(*answers), source, day).listing.fingerprint


def test_an_answer_is_known_by_what_it_says() -> None:
    first = fingerprint(HF, DAY, hf_page(range(3)))
    assert first == fingerprint(HF, DAY, hf_page(range(3), upvotes=77))
    assert first == fingerprint(HF, DAY, hf_page(reversed(range(3))))
    assert len({first, *(fingerprint(HF, DAY, hf_page(range(n))) for n in (1, 2, 4))}) == 4
    assert first != fingerprint(HF, DAY, hf_page(range(3), title="Another"))
    assert first != fingerprint(replace(HF, id="other"), DAY, hf_page(range(3)))
    atom = fingerprint(ARXIV, DAY, arxiv_page(range(3), 3))
    assert atom == fingerprint(ARXIV, DAY, arxiv_page(range(3), 3, updated="2026-08-21T00:00:00Z"))


def test_every_day_has_its_own_answer() -> None:
    other = DAY + dt.timedelta(days=1)
    assert fingerprint(HF, DAY, "[]") != fingerprint(HF, other, "[]")
    page = hf_page(range(3))
    assert fingerprint(HF, DAY, page) != fingerprint(HF, other, page)


def test_rejected_entries_and_warnings_of_all_pages_are_kept() -> None:
    answers = Answers(
        hf_page(range(99), upvotes=-1)[:-1] + ", " + hf_page([99], summary="")[1:],
        hf_page([100], summary="", title="Another"),
    )
    listing = fetch_day(answers, HF, DAY).listing
    assert [each.title for each in listing.rejected] == [title_of(99), "Another"]
    assert len(listing.warnings) == 21


def test_arxiv_is_searched_by_title() -> None:
    answers = Answers(arxiv_page(range(2), 2))
    records = arxiv_by_title(answers, 'On "Kettles": why $\\alpha$-tea?')
    ((url, params, pause),) = answers.asked
    assert (url, pause) == ("https://export.arxiv.org/api/query", 3)
    assert params["search_query"] == 'ti:"On Kettles why alpha tea"'
    assert [record.title for record in records] == [title_of(0), title_of(1)]


def test_hugging_face_is_searched_by_title() -> None:
    answers = Answers(hf_page([1], summary=""))
    (record,) = hugging_face_by_title(answers, "Kettle  number\n1", "https://mirror.example/")
    ((url, params, pause),) = answers.asked
    assert (url, pause) == ("https://mirror.example/api/papers/search", 1)
    assert params == {"q": "Kettle number 1"}
    assert record.ids == {"arxiv": "2608.00001"}


def test_nothing_is_searched_for_nothing() -> None:
    answers = Answers()
    assert arxiv_by_title(answers, "???") == hugging_face_by_title(answers, " ") == ()
    assert arxiv_by_ids(answers, []) == ()
    assert answers.asked == []


def test_arxiv_is_asked_for_a_hundred_papers_at_a_time() -> None:
    ids = [f"2608.{number:05}" for number in range(130)]
    answers = Answers(arxiv_page(range(100), 100), arxiv_page(range(100, 129), 30))
    records = arxiv_by_ids(answers, [*ids, ids[0]])
    lists = [str(params["id_list"]).split(",") for _, params, _ in answers.asked]
    assert lists == [ids[:100], ids[100:]]
    assert [record.ids["arxiv"] for record in records] == ids[:129]
