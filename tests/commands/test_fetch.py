from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace

import pytest
from click.testing import Result
from slugify import slugify

import generator.fetch.client
from generator.commands import fetch
from generator.fetch import services
from generator.fetch.manners import Limits
from generator.folder import Folder
from generator.ingest import planning
from generator.ingest.planning import Dated, Plan
from generator.intake import LedgerEntry, Service, Source
from generator.storage import library
from generator.storage.journal import alone
from generator.storage.library import Library
from tests.builders import page
from tests.fetch.test_client import SOON
from tests.fetch.test_manners import Time
from tests.ingest.test_planning import files
from tests.listings import ARXIV_ERROR, arxiv_page, hf_page, title_of
from tests.server import Asked, Faulty, Reply, answer, drip, flood, half, raw, serving, silent

Run = Callable[..., Result]

#: A Thursday.
TODAY = dt.date(2026, 8, 20)

SOURCES_YML = """\
sources:
  hf-daily-papers:
    fetch: {{service: hugging-face, url: "{url}/hf"}}
  arxiv:
    rests: [saturday, sunday]
    fetch: {{service: arxiv, categories: [cs.CL], url: "{url}/arxiv"}}
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    now = dt.datetime(2026, 8, 20, 12, tzinfo=dt.UTC)
    clock = SimpleNamespace(
        datetime=SimpleNamespace(now=lambda _: now),
        date=dt.date,
        timedelta=dt.timedelta,
        UTC=dt.UTC,
    )
    monkeypatch.setattr(fetch, "dt", clock)


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Nobody sleeps, nobody is patient, and no proxy of this machine is asked."""
    time = Time()
    limits = Limits(connect=60, read=SOON, whole=2 * SOON, size=1 << 20, tries=2)
    monkeypatch.setattr(generator.fetch.client, "World", lambda: time.world)
    monkeypatch.setattr(generator.fetch.client, "Limits", lambda: limits)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return time


@pytest.fixture
def server(folder: Folder) -> Iterator[Faulty]:
    """Both services, which ``content/sources.yml`` knows."""
    with serving() as faulty:
        text = SOURCES_YML.format(url=faulty.url)
        (folder.content / "sources.yml").write_text(text, encoding="utf-8")
        yield faulty


def by_day(days: dict[str, Reply], otherwise: Reply) -> Callable[[Asked], Reply]:
    """What Hugging Face says of each day."""
    return lambda asked: days.get(asked.params.get("date", ""), otherwise)


def entries(folder: Folder) -> list[tuple[str, str, int, str]]:
    """The ledger: source, day, how many papers, and the failure."""
    ledger = library.load(folder).ledger.values()
    return sorted(
        (each.source, each.date.isoformat(), len(each.papers), each.failure) for each in ledger
    )


def asked_days(server: Faulty) -> list[str]:
    return [each.params["date"] for each in server.asked if each.address.startswith("/hf")]


def without_ledger(folder: Folder) -> dict[str, bytes]:
    return {name: data for name, data in files(folder).items() if not name.startswith("ledger/")}


def test_a_day_goes_in(folder: Folder, run: Run, server: Faulty) -> None:
    server.replies = [answer(hf_page(range(3)))]
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-19")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "hf-daily-papers-2026-08-19.json: 2026-08-19, 3 records: 3 new, 0 already in the library",
        *(f"  new: {slugify(title_of(number))}" for number in range(3)),
        "new: 3 papers; in the library: 3",
    ]
    assert result.stderr == ""
    (asked,) = server.asked
    assert asked.address == "/hf/api/daily_papers?date=2026-08-19&limit=100"
    assert "(+https://example.org/digest/)" in asked.headers["User-Agent"]
    (entry,) = library.load(folder).ledger.values()
    assert entry.asked == server.url + asked.address
    assert (entry.date.isoformat(), entry.source) == ("2026-08-19", "hf-daily-papers")
    assert run("check").exit_code == 0


#: What a service answers, what is said of it, and how often it is asked.
FAULTS: dict[str, tuple[Reply, str, int]] = {
    "429": (answer(status=429), "answered 429 Too Many Requests (2 times); it asks for fewer", 2),
    "429 Retry-After": (
        answer(status=429, retry_after=60),
        "answered 429 Too Many Requests (2 times); it asks for fewer requests",
        2,
    ),
    "429 Retry-After, long": (
        answer(status=429, retry_after=7200),
        "answered 429 Too Many Requests; it asks to be left alone: fetch again after 2026-08-19 14",
        1,
    ),
    "500": (answer(status=500), "answered 500 Internal Server Error (2 times)", 2),
    "503": (
        answer("Rate exceeded.", 503),
        "503 Service Unavailable (sent only 'Rate",
        2,
    ),
    "400": (
        answer('{"error": "Invalid date"}', 400),
        "400 Bad Request (sent an error message: 'Invalid date'); check the day, the query",
        1,
    ),
    "web page": (
        answer("<!DOCTYPE html><html><title>Sorry</title></html>"),
        "sent a web page, 'Sorry', and no listing (2 times)",
        2,
    ),
    "error": (answer('{"error": "Oops"}'), "sent an error message: 'Oops' (2 times)", 2),
    "Rate exceeded.": (
        answer("Rate exceeded."),
        "only 'Rate exceeded.' (2 times); it asks",
        2,
    ),
    "Error feed": (answer(ARXIV_ERROR), "sent no Hugging Face daily papers (JSON)", 2),
    "truncated": (
        answer(hf_page(range(9))[:999], content_length=9999),
        "broke off in the middle of its answer (2 times)",
        2,
    ),
    "chunk cut": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n[]"),
        "broke off in the middle of its answer (2 times)",
        2,
    ),
    "cut without a length": (
        answer(hf_page(range(9))[:999], content_length=None),
        "is not sound JSON: it breaks off (2 times)",
        2,
    ),
    "hung": (silent, f"sent nothing for {SOON:g} seconds (2 times)", 2),
    "hung in the middle": (half(hf_page([1])), f"sent nothing for {SOON:g} seconds (2 times)", 2),
    "drip": (
        drip(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n["),
        f"had not answered in full after {2 * SOON:g} seconds (2 times)",
        2,
    ),
    "empty": (answer(""), "sent an empty answer (2 times)", 2),
    "wrong JSON": (answer('[{"paper": {,}}]'), "is not sound JSON: ", 2),
    "other JSON": (answer('{"papers": 3}'), "sent no Hugging Face daily papers (JSON)", 2),
    "huge": (flood, "answered with more than 1 MB", 1),
    "redirect loop": (answer(status=302, location="/hf/"), "leads on and on", 6),
    "closed": (raw(b""), "closed the connection without an answer (2 times)", 2),
}


@pytest.mark.parametrize("fault, said, asked", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_and_changes_nothing(  # noqa: PLR0917 - fixtures, and what is to be seen
    folder: Folder, run: Run, server: Faulty, fault: Reply, said: str, asked: int
) -> None:
    server.replies = [answer(hf_page(range(2)))]
    assert run("fetch", "hf-daily-papers", "--date", "2026-08-18").exit_code == 0
    before, ledger = without_ledger(folder), entries(folder)
    server.replies = [fault]
    server.asked.clear()
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-19")
    assert result.exit_code == 1
    address = f"{server.url}/hf/api/daily_papers?date=2026-08-19&limit=100"
    *_, first, last = result.stderr.splitlines()
    assert first.startswith(f"digest: hf-daily-papers 2026-08-19: {address}: ")
    assert said in first
    assert last == "digest: 1 of 1 days could not be fetched"
    assert "Traceback" not in result.output
    assert len(server.asked) == asked
    assert without_ledger(folder) == before
    (failed,) = [each for each in entries(folder) if each not in ledger]
    assert failed[:3] == ("hf-daily-papers", "2026-08-19", 0)
    assert failed[3]
    assert " times)" not in failed[3]
    assert run("check").exit_code == 0


def test_a_refused_connection_changes_nothing(folder: Folder, run: Run, server: Faulty) -> None:
    with serving() as gone:
        pass
    text = SOURCES_YML.format(url=gone.url)
    (folder.content / "sources.yml").write_text(text, encoding="utf-8")
    before = without_ledger(folder)
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-19")
    assert result.exit_code == 1
    assert "refuses the connection (2 times); check the address" in result.stderr
    assert without_ledger(folder) == before
    assert not server.asked


def test_a_question_that_arxiv_refuses(folder: Folder, run: Run, server: Faulty) -> None:
    server.replies = [answer(ARXIV_ERROR)]
    result = run("fetch", "arxiv", "--date", "2026-08-12")
    assert result.exit_code == 1
    assert "sent an error message of arXiv's: 'incorrect id format for 1'; correct" in result.stderr
    assert len(server.asked) == 1
    assert entries(folder)[0][3].startswith("sent an error message of arXiv's")


def test_a_fault_that_goes_away_is_waited_for(
    folder: Folder, run: Run, server: Faulty, time: Time
) -> None:
    later = answer(status=429, retry_after="Wed, 19 Aug 2026 12:00:20 GMT")
    server.replies = [later, answer(hf_page([1]))]
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-19")
    assert result.exit_code == 0
    assert result.stderr == (
        f"digest: {server.url[7:]} answered 429 Too Many Requests; waiting 20 seconds\n"
    )
    assert time.slept == [20]
    assert entries(folder) == [("hf-daily-papers", "2026-08-19", 1, "")]


def test_a_range_goes_on(folder: Folder, run: Run, server: Faulty) -> None:
    server.replies = by_day(
        {
            "2026-08-17": answer(hf_page([1], "2026-08-17")),
            "2026-08-18": answer(status=503),
            "2026-08-19": answer(hf_page([2], "2026-08-19")),
        },
        answer("[]"),
    )
    result = run("fetch", "hf-daily-papers", "--from", "2026-08-16", "--to", "2026-08-19")
    assert result.exit_code == 1
    assert entries(folder) == [
        ("hf-daily-papers", "2026-08-16", 0, ""),
        ("hf-daily-papers", "2026-08-17", 1, ""),
        ("hf-daily-papers", "2026-08-18", 0, "answered 503 Service Unavailable"),
        ("hf-daily-papers", "2026-08-19", 1, ""),
    ]
    assert result.stderr.endswith("digest: 1 of 4 days could not be fetched\n")
    # The day that failed is missing, and asked for again; then it is whole.
    server.asked.clear()
    server.replies = [answer(hf_page([3], "2026-08-18"))]
    result = run("fetch", "hf-daily-papers", "--from", "2026-08-16", "--to", "2026-08-18")
    assert result.exit_code == 0, result.output
    assert asked_days(server) == ["2026-08-18"]
    assert "2026-08-16 is in the ledger; --again asks again" in result.stdout
    assert "2026-08-17 is in the ledger; --again asks again" in result.stdout


def test_a_service_that_wants_to_be_left_alone_has_one_reason_for_all_days(
    folder: Folder, run: Run, server: Faulty
) -> None:
    server.replies = [answer(status=429, retry_after=7200)]
    days = ("--from", "2026-08-16", "--to", "2026-08-19")
    run("fetch", "hf-daily-papers", *days)
    before = files(folder)
    run("fetch", "hf-daily-papers", "--from", "2026-08-18", "--to", "2026-08-19")
    assert [each[3] for each in entries(folder)] == ["answered 429 Too Many Requests"] * 4
    assert len(server.asked) == 2
    assert files(folder) == before


def test_a_day_that_fails_again_and_again_has_one_entry(
    folder: Folder, run: Run, server: Faulty
) -> None:
    run("fetch", "hf-daily-papers", "--date", "2026-08-13")
    before = None
    for number, status in enumerate((200, 200, 500, 404)):
        title = f"Blocked, ray {number}"
        server.replies = [answer(f"<!DOCTYPE html><title>{title}</title>", status)]
        result = run("fetch", "--missing", "hf-daily-papers")
        assert title in result.stderr
        before = before or files(folder)
        assert files(folder) == before
    found = entries(folder)
    assert [each[1][-2:] for each in found] == ["13", "14", "17", "18", "19"]
    assert {each[3] for each in found[1:]} == {"sent a web page and no listing"}


@pytest.mark.parametrize("header", ["Fri, 31 Dec 9999 23:59:59 -2359", "999999999"])
def test_no_wait_that_is_asked_for_ends_a_run(
    folder: Folder, run: Run, server: Faulty, header: str
) -> None:
    server.replies = by_day(
        {"2026-08-19": answer(status=503, retry_after=header)}, answer(hf_page([1], "2026-08-18"))
    )
    result = run("fetch", "hf-daily-papers", "--from", "2026-08-18", "--to", "2026-08-19")
    assert result.exit_code == 1
    assert "fetch again after 2027-08-20 12:00 UTC" in result.stderr
    assert [each[2] for each in entries(folder)] == [1, 0]


def test_a_defect_costs_one_day(
    folder: Folder, run: Run, server: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.replies = lambda asked: answer(
        hf_page([int(asked.params["date"][-2:])], asked.params["date"])
    )
    real = services.fetch_day

    def fetch_day(client: services.Asker, source: Source, day: dt.date) -> Dated:
        if day == dt.date(2026, 8, 18):
            raise OverflowError("date value out of range")
        return real(client, source, day)

    monkeypatch.setattr(services, "fetch_day", fetch_day)
    result = run("fetch", "hf-daily-papers", "--from", "2026-08-17", "--to", "2026-08-19")
    assert result.exit_code == 1
    told, last = result.stderr.splitlines()
    assert told.startswith(
        "digest: hf-daily-papers 2026-08-18: a defect of digest: OverflowError: date value out of "
        "range (test_fetch.py:"
    )
    assert told.endswith("); please report it")
    assert last == "digest: 1 of 3 days could not be fetched"
    assert [each[1:] for each in entries(folder)] == [
        ("2026-08-17", 1, ""),
        ("2026-08-18", 0, "defect: OverflowError"),
        ("2026-08-19", 1, ""),
    ]
    assert run("check").exit_code == 0


def test_an_answer_that_brings_a_defect_to_light_costs_its_day(
    folder: Folder, run: Run, server: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.replies = lambda asked: answer(
        hf_page([int(asked.params["date"][-2:])], asked.params["date"])
    )
    real = planning.plan

    def plan(
        before: Library, answers: Iterable[Dated], failures: Iterable[LedgerEntry] = ()
    ) -> Plan:
        if any(each.date.day == 18 for each in answers):
            raise RecursionError
        return real(before, answers, failures)

    monkeypatch.setattr(planning, "plan", plan)
    result = run("fetch", "hf-daily-papers", "--from", "2026-08-17", "--to", "2026-08-19")
    assert result.exit_code == 1
    assert "hf-daily-papers 2026-08-18: a defect of digest: RecursionError: " in result.stderr
    assert "1 of 3 days could not be fetched" in result.stderr
    assert [each[2:] for each in entries(folder)] == [
        (1, ""),
        (0, "defect: RecursionError"),
        (1, ""),
    ]


def test_a_day_with_nothing_but_faults_is_missing(run: Run, server: Faulty) -> None:
    server.replies = [answer(hf_page([1], "2026-08-14", summary=""))]
    assert run("fetch", "hf-daily-papers", "--date", "2026-08-14").exit_code == 1
    server.asked.clear()
    server.replies = [answer(hf_page([1], "2026-08-14"))]
    result = run("fetch", "--missing", "hf-daily-papers")
    assert asked_days(server)[0] == "2026-08-14"
    assert "hf-daily-papers-2026-08-14.json: 2026-08-14, 1 record: 1 new" in result.stdout
    server.asked.clear()
    run("fetch", "--missing", "hf-daily-papers")
    assert "2026-08-14" not in asked_days(server)


def test_another_source_goes_on(folder: Folder, run: Run, server: Faulty) -> None:
    down = answer(status=503)
    server.replies = lambda asked: (
        down if asked.address.startswith("/hf") else answer(arxiv_page(range(2), 2))
    )
    result = run("fetch", "--date", "2026-08-12")
    assert result.exit_code == 1
    assert entries(folder) == [
        ("arxiv", "2026-08-12", 2, ""),
        ("hf-daily-papers", "2026-08-12", 0, "answered 503 Service Unavailable"),
    ]
    found = library.load(folder)
    assert (len(found.papers), len(found.candidates)) == (0, 2)


def test_the_same_answer_changes_no_byte(folder: Folder, run: Run, server: Faulty) -> None:
    server.replies = [answer(hf_page(range(2)))]
    run("fetch", "hf-daily-papers", "--date", "2026-08-19")
    before = files(folder)
    server.replies = [answer(hf_page(range(2), upvotes=99))]
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-19", "--again")
    assert result.exit_code == 0
    assert "came in before" in result.stdout
    assert files(folder) == before
    server.replies = [answer(status=500)]
    for _ in range(2):
        run("fetch", "hf-daily-papers", "--date", "2026-08-19", "--again")
        before = before if len(files(folder)) == len(before) else files(folder)
    assert files(folder) == before


def test_yesterdays_list_is_not_todays(folder: Folder, run: Run, server: Faulty) -> None:
    server.replies = [answer(hf_page(range(2), "2026-08-18"))]
    run("fetch", "hf-daily-papers", "--date", "2026-08-18")
    before = without_ledger(folder)
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-19")
    assert "2026-08-19: stale: the answer was the list of 2026-08-18" in result.stdout
    assert without_ledger(folder) == before


def without_a_day(numbers: Iterable[int]) -> Reply:
    """A list that does not say of which day it is."""
    return answer(hf_page(numbers, submittedOnDailyAt=None))


def test_a_list_that_turns_out_to_be_that_of_an_earlier_day(run: Run, server: Faulty) -> None:
    down = by_day({"2026-08-11": answer(status=503)}, without_a_day(range(2)))
    server.replies = down
    result = run("fetch", "hf-daily-papers", "--from", "2026-08-11", "--to", "2026-08-12")
    assert "the list of an earlier day" not in result.stderr
    server.replies = [without_a_day(range(2))]
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-11")
    assert result.stderr == (
        "digest: hf-daily-papers: 2026-08-12 has the list of an earlier day that came in only now; "
        "its papers stand on both days, and it counts as missing from now on\n"
    )
    server.asked.clear()
    server.replies = [without_a_day([7])]
    result = run("fetch", "--missing", "hf-daily-papers")
    assert asked_days(server)[0] == "2026-08-12"
    assert "the list of an earlier day" not in result.stderr


def test_missing_days_are_asked_for(run: Run, server: Faulty) -> None:
    server.replies = [answer("[]")]
    run("fetch", "hf-daily-papers")
    assert asked_days(server) == ["2026-08-19"]  # nothing is known of earlier ones
    server.replies = lambda asked: answer(
        hf_page([int(asked.params["date"][-2:])], asked.params["date"])
    )
    run("fetch", "hf-daily-papers", "--date", "2026-08-12")
    server.asked.clear()
    run("fetch", "--missing", "hf-daily-papers")
    # Not the week-end; yesterday had nothing, and may have something now.
    assert asked_days(server) == [
        *("2026-08-13", "2026-08-14", "2026-08-17", "2026-08-18", "2026-08-19"),
    ]
    server.asked.clear()
    run("fetch", "hf-daily-papers")
    assert asked_days(server) == ["2026-08-19"]  # it was fetched while it lasted, perhaps


def test_days_that_arxiv_may_still_fill_are_asked_for_again(run: Run, server: Faulty) -> None:
    server.replies = [answer(arxiv_page([1], 1))]
    for _ in range(2):
        server.asked.clear()
        run("fetch", "arxiv")
        days = [each.params["search_query"][-29:-21] for each in server.asked]
        # Saturday and Sunday, too: papers are submitted on them.
        assert days == [f"202608{day}" for day in range(15, 20)]


def test_arxiv_without_a_catalogue(
    folder: Folder, run: Run, server: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.content / "sources.yml").unlink()
    monkeypatch.setitem(services.HOMES, Service.ARXIV, server.url)
    server.replies = [answer(arxiv_page(range(2), 2))]
    options = ("--date", "2026-08-12", "--category", "cs.CL", "--category", "cs.IR")
    result = run("fetch", *options, "--query", "all:tea")
    assert result.exit_code == 0, result.output
    assert (
        server.asked[0]
        .params["search_query"]
        .startswith("(cat:cs.CL OR cat:cs.IR) AND (all:tea) AND submittedDate:")
    )
    # Nobody chose what comes of it.
    found = library.load(folder)
    assert (len(found.papers), len(found.candidates)) == (0, 2)
    assert run("check").exit_code == 0


def test_another_category_for_once(run: Run, server: Faulty) -> None:
    server.replies = [answer(arxiv_page((), 0))]
    run("fetch", "arxiv", "--date", "2026-08-12", "--category", "cs.SD")
    assert server.asked[0].address.startswith("/arxiv/api/query?search_query=(cat:cs.SD)+AND+")


def test_today_is_not_over(run: Run, server: Faulty) -> None:
    server.replies = [answer(hf_page([1], "2026-08-20"))]
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-20")
    assert result.exit_code == 0
    assert result.stderr == (
        "digest: hf-daily-papers: 2026-08-20 is not over yet; ask again when it is\n"
    )
    server.asked.clear()
    run("fetch", "hf-daily-papers", "--date", "2026-08-20")
    assert asked_days(server) == ["2026-08-20"]


def test_a_dry_run_asks_and_writes_nothing(folder: Folder, run: Run, server: Faulty) -> None:
    server.replies = by_day({"2026-08-18": answer(status=404)}, answer(hf_page([1])))
    before = files(folder)
    days = ("--from", "2026-08-18", "--to", "2026-08-19")
    result = run("fetch", "hf-daily-papers", *days, "--dry-run")
    assert result.exit_code == 1
    assert "would be new: 1 paper" in result.stdout
    assert files(folder) == before


def test_a_record_that_is_rejected_is_a_fault(run: Run, server: Faulty) -> None:
    server.replies = [answer(hf_page([1], summary=""))]
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-19")
    assert result.exit_code == 1
    assert f"not taken in: {title_of(1)!r}: no abstract" in result.stderr


def test_nothing_is_written_beside_another_run(folder: Folder, run: Run, server: Faulty) -> None:
    server.replies = [answer(hf_page([1]))]
    before = files(folder)
    with alone(folder):
        result = run("fetch", "hf-daily-papers", "--date", "2026-08-19")
    assert result.exit_code == 1
    assert files(folder) == before


@pytest.mark.parametrize(
    "options, said",
    [
        (("--date", "2026-08-21"), "2026-08-21 is still to come: by the services' clocks it is"),
        (("--date", "1899-12-31"), "is before 1900; name a later day"),
        (("--from", "2026-08-12", "--to", "2026-08-11"), "--from 2026-08-12 is later than --to"),
        (("--to", "2026-08-11"), "--to 2026-08-11 has no beginning; say --from, too"),
        (("--date", "2026-08-11", "--from", "2026-08-11"), "not several of them"),
        (("--date", "2026-08-11", "--missing"), "not several of them"),
        (("--from", "2026-01-01"), "that is 231 days; --max-days allows 31"),
        (
            ("nobody", "--date", "2026-08-11"),
            "nobody: nothing says how it is fetched; say",
        ),
        (("hf-daily-papers", "--category", "cs.CL"), "--category and --query are for arXiv"),
        (("--category", "cs CL"), "--category 'cs CL' is none of arXiv's; write it as cs.CL"),
        (("--category", "cs.CL) OR (all:x"), "is none of arXiv's; write it as cs.CL"),
        (("--date", "yesterday"), "'yesterday' is not a day; write it as 2026-08-19"),
    ],
)
def test_wrong_usage(run: Run, server: Faulty, options: tuple[str, ...], said: str) -> None:
    result = run("fetch", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not server.asked


def test_more_days_if_the_user_means_it(run: Run, server: Faulty) -> None:
    server.replies = [answer("[]")]
    days = ("--from", "2026-07-01", "--to", "2026-08-10", "--max-days", "41")
    run("fetch", "hf-daily-papers", *days)
    assert len(server.asked) == 41


def test_nobody_to_ask(run: Run) -> None:
    result = run("fetch", "--date", "2026-08-19")
    assert result.exit_code == 2
    assert "name one here, such as digest fetch hf-daily-papers" in result.stderr


def test_arxiv_is_not_asked_for_everything(run: Run) -> None:
    result = run("fetch", "arxiv", "--date", "2026-08-19")
    assert result.exit_code == 2
    assert "or --category for arXiv; known are: hf-daily-papers" in result.stderr


def test_a_saved_page_of_the_day_is_enough(
    folder: Folder, run: Run, server: Faulty, tmp_path_factory: pytest.TempPathFactory
) -> None:
    saved = tmp_path_factory.mktemp("saved") / "page.txt"
    saved.write_text(page(("On kettles", "We boil. " * 20), date="Aug 12"), encoding="utf-8")
    assert run("ingest", saved, "--date", "2026-08-12").exit_code == 0
    result = run("fetch", "hf-daily-papers", "--date", "2026-08-12")
    assert "2026-08-12 is in the ledger; --again asks again" in result.stdout
    assert not server.asked
    assert folder.ledger.is_dir()
