"""``digest fetch``: ask services for the listings of days, and take them into the library."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import click

from generator import config
from generator.accounting import outcomes
from generator.console import reporting
from generator.console.options import Day
from generator.console.progress import stage
from generator.errors import FetchError, UsageError
from generator.fetch import services
from generator.fetch.answers import UnfitError
from generator.fetch.client import Client
from generator.folder import Folder
from generator.ingest import planning
from generator.intake import Fetching, LedgerEntry, Outcome, Service, Source, SourceKind
from generator.model import FIRST_YEAR
from generator.storage import journal, library, store
from generator.storage.catalogue import is_category, source_of

_ONE_DAY = dt.timedelta(days=1)
#: More days at once are a lot to ask of a service, and likelier a slip of the pen.
_MOST_DAYS = 31
#: What is no answer to a question (:func:`generator.accounting.outcomes.missing_days`).
_OPEN = frozenset({Outcome.FAILED, Outcome.STALE, Outcome.UNEXPECTED})


@click.command("fetch")
@click.argument("names", nargs=-1, metavar="[SOURCE]…")
@click.option("--date", "day", type=Day(), metavar="YYYY-MM-DD", help="This day.")
@click.option("--from", "first", type=Day(), metavar="YYYY-MM-DD", help="This day and later ones …")
@click.option("--to", "last", type=Day(), metavar="YYYY-MM-DD", help="… until this one.")
@click.option(
    "--missing",
    is_flag=True,
    help="Yesterday, and the days of the last two weeks that the ledger lacks: what is done anyway"
    " if no day is named.",
)
@click.option("--category", "categories", multiple=True, help="arXiv: a category, such as cs.CL.")
@click.option("--query", default="", help='arXiv: a query, such as ti:"word sense".')
@click.option("--again", is_flag=True, help="Ask for days that are in the ledger, too.")
@click.option(
    "--max-days",
    "most",
    type=click.IntRange(min=1),
    default=_MOST_DAYS,
    show_default=True,
    help="Refuse to ask for more days of a source at once.",
)
@click.option("--dry-run", is_flag=True, help="Ask, and say what would change; write nothing.")
@click.pass_obj
def command(
    folder: Folder,
    *,
    names: tuple[str, ...],
    day: dt.date | None,
    first: dt.date | None,
    last: dt.date | None,
    missing: bool,
    categories: tuple[str, ...],
    query: str,
    again: bool,
    most: int,
    dry_run: bool,
) -> None:
    """Ask services for the listings of days, and take them in as `digest ingest` does.

    SOURCE is one of content/sources.yml that says how it is fetched, or hf-daily-papers; all of
    the file if none is named. Days are those of the services' clocks (UTC). A day that cannot be
    had is named and stands in the ledger as failed; the others go in all the same.
    """
    today = _today()
    _check_categories(categories)
    days = _named_days(day, first, last, today, is_missing=missing)
    site = config.read_site(folder)
    before = library.load(folder)
    chosen = _sources(names, Fetching(Service.ARXIV, categories, query), before.sources)
    wanted = [
        (source, each)
        for source in chosen
        for each in _days(source, days, before, today, again=again, most=most)
    ]
    client = Client(site.url, tell=_tell)
    answers, failures = _ask(client, wanted, today)
    with nullcontext() if dry_run else journal.alone(folder):
        before = library.load(folder)  # a while has gone by
        known = {**before.sources, **{source.id: source for source in chosen}}
        with stage("comparing with the library"):
            plan = _plan(replace(before, sources=known), answers, failures)
        if not dry_run:
            with stage("writing"):
                store.write_plan(plan, before, folder)
    reporting.report(plan, before, today, dry_run=dry_run)
    for entry in _overtaken(before, plan, known):
        _tell(
            f"{entry.source}: {entry.date} has the list of an earlier day that came in only now; "
            "its papers stand on both days, and it counts as missing from now on"
        )
    if failures:
        _tell(f"{len(failures)} of {len(wanted)} days could not be fetched")
    if failures or reporting.has_faults(plan):
        click.get_current_context().exit(1)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _tell(message: str) -> None:
    click.echo(f"digest: {message}", err=True)


def _check_categories(categories: Iterable[str]) -> None:
    for each in categories:
        if not is_category(each):
            raise UsageError(f"--category {each!r} is none of arXiv's; write it as cs.CL")


def _named_days(
    day: dt.date | None,
    first: dt.date | None,
    last: dt.date | None,
    today: dt.date,
    *,
    is_missing: bool,
) -> tuple[dt.date, ...] | None:
    """The days that the user names; ``None`` for those that are missing."""
    if sum((day is not None, first is not None or last is not None, is_missing)) > 1:
        raise UsageError("say --date, --from and --to, or --missing; not several of them")
    if first is None and last is not None:
        raise UsageError(f"--to {last} has no beginning; say --from, too")
    begin = day or first
    if begin is None:
        return None
    end = day or last or max(begin, today - _ONE_DAY)
    if begin > end:
        raise UsageError(f"--from {begin} is later than --to {end}; exchange them")
    if end > today:
        raise UsageError(f"{end} is still to come: by the services' clocks it is {today} (UTC)")
    if begin.year < FIRST_YEAR:
        raise UsageError(f"{begin} is before {FIRST_YEAR}; name a later day")
    return tuple(begin + back * _ONE_DAY for back in range((end - begin).days + 1))


def _sources(
    names: Iterable[str], asked: Fetching, known: Mapping[str, Source]
) -> tuple[Source, ...]:
    """The sources to ask; ``asked`` is what the options say of arXiv."""
    has_options = bool(asked.categories or asked.query)
    if not names and has_options:
        names = ("arxiv",)
    if not names:
        found = tuple(source for source in known.values() if source.fetch)
        if not found:
            raise UsageError(
                "content/sources.yml names no source that is fetched; name one here, such as "
                "digest fetch hf-daily-papers"
            )
        return found
    return tuple(_source(source_of(known, each), asked, known) for each in dict.fromkeys(names))


def _source(source: Source, asked: Fetching, known: Mapping[str, Source]) -> Source:
    """A source as the options change it."""
    has_options = bool(asked.categories or asked.query)
    fetch = source.fetch
    if fetch and fetch.service is not Service.ARXIV and has_options:
        raise UsageError(f"--category and --query are for arXiv, and {source.id} is another source")
    if has_options:
        kind = source.kind if source.id in known else SourceKind.RAW  # nobody chose what it has
        return replace(source, kind=kind, fetch=replace(asked, url=fetch.url if fetch else ""))
    if fetch is None:
        can = sorted({"hf-daily-papers", *(each.id for each in known.values() if each.fetch)})
        raise UsageError(
            f"{source.id}: nothing says how it is fetched; say `fetch:` in content/sources.yml, or "
            f"--category for arXiv; known are: {', '.join(can)}"
        )
    return source


def _days(
    source: Source,
    named: tuple[dt.date, ...] | None,
    before: library.Library,
    today: dt.date,
    *,
    again: bool,
    most: int,
) -> tuple[dt.date, ...]:
    """The days to ask a source for: what the ledger has is not asked for again, if it is final."""
    entries = [entry for entry in before.ledger.values() if entry.source == source.id]
    if named is None:
        days = (*outcomes.missing_days(source, entries, today), *_settling(source, today))
        named = tuple(sorted(set(days)))
    elif not again:
        done = _answered(source, entries, today)
        for day in sorted(done.intersection(named)):
            click.echo(f"{source.id}: {day} is in the ledger; --again asks again")
        named = tuple(day for day in named if day not in done)
    if len(named) > most:
        raise UsageError(f"{source.id}: that is {len(named)} days; --max-days allows {most}")
    return named


def _settling(source: Source, today: dt.date) -> tuple[dt.date, ...]:
    """The days that may still fill. On arXiv nobody rests: announcements do, submissions do not."""
    assert source.fetch is not None  # noqa: S101 - it was looked at above
    service = source.fetch.service
    days = (today - back * _ONE_DAY for back in range(1, services.SETTLING[service] + 1))
    return tuple(day for day in days if service is Service.ARXIV or not source.is_at_rest(day))


def _answered(source: Source, entries: Iterable[LedgerEntry], today: dt.date) -> frozenset[dt.date]:
    """The days on which the ledger has an answer that stays."""
    found = outcomes.outcomes(entries, {source.id: source})
    done = {entry.date for entry, outcome in found.items() if outcome not in _OPEN}
    return frozenset(done - {today, *_settling(source, today)})


def _ask(
    client: Client, wanted: Iterable[tuple[Source, dt.date]], today: dt.date
) -> tuple[list[planning.Dated], list[LedgerEntry]]:
    """What came of each day, and the ledger's entries on those of which nothing came."""
    answers, failures = [], []
    for source, day in wanted:
        try:
            with stage(f"asking {source.id} for {day}"):
                answers.append(services.fetch_day(client, source, day))
        except FetchError as error:
            _tell(f"{source.id} {day}: {error}")
            failures.append(_failure(source, day, error))
        except Exception as error:  # noqa: BLE001 - the other days are not to suffer for it
            failures.append(_defect(source, day, error))
        else:
            if day == today:
                _tell(f"{source.id}: {day} is not over yet; ask again when it is")
    return answers, failures


def _failure(source: Source, day: dt.date, error: FetchError) -> LedgerEntry:
    """What the ledger keeps: the reason alone, which is the same however often it is met."""
    cause = error.__cause__
    return _failed(source, day, cause.reason if isinstance(cause, UnfitError) else error.problem)


def _failed(source: Source, day: dt.date, why: str) -> LedgerEntry:
    asked, file = services.question(source, day), services.file_name(source, day)
    return planning.failed(source.id, day, file, asked, why)


def _defect(source: Source, day: dt.date, error: Exception) -> LedgerEntry:
    """Tell of an error that nobody has foreseen; the day counts as failed."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    name = type(error).__name__
    _tell(
        f"{source.id} {day}: a defect of digest: {name}: {str(error)[:200]} "
        f"({Path(where.filename).name}:{where.lineno}); please report it"
    )
    return _failed(source, day, f"defect: {name}")


def _plan(
    before: library.Library, answers: Iterable[planning.Dated], failures: list[LedgerEntry]
) -> planning.Plan:
    """What to write; an answer that brings a defect to light joins the failures."""
    sound: list[planning.Dated] = []
    try:
        return planning.plan(before, answers, failures)
    except Exception:  # noqa: BLE001 - it is told below, with the day to which it belongs
        for each in answers:
            try:
                planning.plan(before, [*sound, each])
            except Exception as error:  # noqa: BLE001 - the other days are not to suffer for it
                source = source_of(before.sources, each.listing.source)
                failures.append(_defect(source, each.date, error))
            else:
                sound.append(each)
    return planning.plan(before, sound, failures)


def _overtaken(
    before: library.Library, plan: planning.Plan, sources: Mapping[str, Source]
) -> list[LedgerEntry]:
    """Entries that were answers until an earlier day came in with the same list."""
    old = outcomes.outcomes(before.ledger.values(), sources)
    now = outcomes.outcomes((*before.ledger.values(), *plan.ledger), sources)
    return [
        entry
        for entry, outcome in old.items()
        if outcome is not Outcome.STALE and now[entry] is Outcome.STALE
    ]
