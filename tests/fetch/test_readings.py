from __future__ import annotations

import pytest

from generator.fetch.answers import UnfitError
from generator.fetch.readings import EmptyPageError, reading_of, size
from generator.intake import Service
from tests.listings import ARXIV_ERROR, arxiv_page, hf_page, title_of

HF, ARXIV = Service.HUGGING_FACE, Service.ARXIV


def error(service: Service, body: str | bytes) -> UnfitError:
    data = body.encode() if isinstance(body, str) else body
    with pytest.raises(UnfitError) as caught:
        reading_of(service, "day")(data)
    return caught.value


def test_listings_are_read() -> None:
    assert size(reading_of(HF, "day")(hf_page(range(3)).encode())) == 3
    assert size(reading_of(HF, "day")(b"[]")) == 0
    assert size(reading_of(ARXIV, "day")(arxiv_page(range(2), 2).encode())) == 2
    assert size(reading_of(ARXIV, "day")(arxiv_page((), 0).encode())) == 0


def test_facts_need_no_abstract() -> None:
    body = hf_page([1], summary="").encode()
    assert reading_of(HF, "day")(body).records == ()
    (record,) = reading_of(HF, "day", partial=True)(body).records
    assert (record.title, record.abstract) == (title_of(1), "")


@pytest.mark.parametrize("service", Service)
@pytest.mark.parametrize(
    "body, problem",
    [
        (b"", "sent an empty answer"),
        (b" \n", "sent an empty answer"),
        (
            "<!DOCTYPE html><html><head><title>Log in\n here</title></head></html>",
            "sent a web page, 'Log in here', and no listing",
        ),
        ("<html><body>502</body></html>", "sent a web page and no listing"),
        (b"\x00\x01", "sent what cannot be read: line 1: is not text: byte 0x00 at position 0"),
        (b"caf\xe9 and more", "sent what cannot be read: line 1: is not UTF-8: byte 0xe9"),
    ],
)
def test_what_is_no_listing_of_any_service(
    service: Service, body: str | bytes, problem: str
) -> None:
    found = error(service, body)
    assert (found.problem, found.is_final, found.wait) == (problem, False, None)


@pytest.mark.parametrize(
    "service, body, problem",
    [
        (HF, '{"error": "Internal Error"}', "sent an error message: 'Internal Error'"),
        (HF, "oops", "sent no Hugging Face daily papers (JSON); it begins with 'oops'"),
        (
            HF,
            hf_page([1])[:-20],
            "sent what cannot be read: line 1: is not sound JSON: it breaks off",
        ),
        (HF, '[{"paper": {}}] x', "sent what cannot be read: line 1: is not sound JSON: goes on"),
        (HF, arxiv_page([1], 1), "sent no Hugging Face daily papers (JSON); it begins with '<?xml"),
        (ARXIV, hf_page([1]), "sent no arXiv API answer (Atom); it begins with '[{"),
        (
            ARXIV,
            arxiv_page([1], 1)[:-16],
            "sent what cannot be read: line 1: breaks off within <author>",
        ),
        (HF, hf_page([1]).encode() + b"\xe2\x82", "sent an answer that ends within a character"),
    ],
)
def test_what_is_wrong_with_an_answer(service: Service, body: str | bytes, problem: str) -> None:
    found = error(service, body)
    assert found.problem.startswith(problem)
    assert problem.startswith(found.reason.split(",")[0])
    assert not set("0123456789'") & set(found.reason)
    assert not found.is_final


@pytest.mark.parametrize("body", ["Rate exceeded.", "\nrate exceeded\n"])
def test_too_many_questions_are_waited_for(body: str) -> None:
    found = error(ARXIV, body)
    assert found.problem.lower().startswith("sent only 'rate exceeded")
    assert (found.is_final, found.wait) == (False, 15)
    assert found.reason == "says that it is asked too often"


def test_a_question_that_makes_no_sense_is_not_put_again() -> None:
    found = error(ARXIV, ARXIV_ERROR)
    assert found.problem == "sent an error message of arXiv's: 'incorrect id format for 1'"
    assert (found.remedy, found.is_final) == ("correct the query", True)
    assert found.reason == "sent an error message of arXiv's"


def test_an_empty_page_of_a_list_that_goes_on() -> None:
    found = error(ARXIV, arxiv_page((), 250, start=200))
    assert isinstance(found, EmptyPageError)
    assert found.problem == "sent an empty page of a list that has 50 more entries"
    assert found.reason == "sent an empty page of a longer list"
