"""Making up cases for a target until the time is over, and keeping what breaks it.

Hypothesis works in batches, each from a random seed of its own that follows from the run's seed,
the target's name and the batch's number: the same seed tries the same cases in the same order, and
only how far it gets depends on the clock.
"""

from __future__ import annotations

import contextlib
import random
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import hypothesis
from hypothesis import HealthCheck, Phase

from tests.fuzz.cases import Case, save, written
from tests.fuzz.targets import Target

#: Cases in a batch, and seconds of processor time after which one is taken to hang. A page, by far
#: the slowest of all, takes a tenth of a second.
BATCH, SLOW = 200, 2.0


class TooSlowError(AssertionError):
    """A case takes so long that whoever sends it could stop the digest."""


class _AlarmError(BaseException):
    """A case takes too long; no handler of the tested code is to catch it."""


class _OverError(BaseException):
    """The time is over; no handler of Hypothesis is to catch it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A case, shrunk, that breaks a target, and how."""

    case: Case
    problem: str
    where: str


@dataclass(slots=True)
class Session:
    """What became of one target in one run."""

    executions: int = 0
    seconds: float = 0.0
    findings: dict[str, Finding] = field(default_factory=dict)


def run(
    name: str,
    target: Target,
    *,
    seed: int,
    seconds: float | None = None,
    batches: int | None = None,
    trying: Path | None = None,
) -> Session:
    """Try a target.

    Args:
        name: The target's, from which its batches' seeds follow.
        target: What is tried.
        seed: Of the whole run.
        seconds: When to stop: at the end of the batch's current case, or of shrinking.
        batches: Instead of that, or beside it, how many batches to try.
        trying: Where the case that is being tried is written, to be found after a crash of the
            whole process.
    """
    session = Session()
    begin = time.monotonic()
    end = None if seconds is None else begin + seconds
    number = 0
    while number != batches and not _is_over(end):
        chance = random.Random(f"{seed}/{name}/{number}")  # noqa: S311 - no secret
        _batch(target, chance.getrandbits(64), session, end, trying)
        number += 1
    if trying is not None:
        trying.unlink(missing_ok=True)
    session.seconds = time.monotonic() - begin
    return session


def _is_over(end: float | None) -> bool:
    return end is not None and time.monotonic() >= end


def _batch(
    target: Target, seed: int, session: Session, end: float | None, trying: Path | None
) -> None:
    """Try one batch; what it finds is in the session, shrunk."""
    known = set(session.findings)

    def attempt(case: Case) -> None:
        if _is_over(end) and set(session.findings) == known:  # a finding is shrunk to the end
            raise _OverError
        session.executions += 1
        if trying is not None:
            trying.write_text(written(case), encoding="ascii")
        try:
            with _at_most(SLOW):
                target.check(case)
        except Exception as error:
            _note(session.findings, case, error)
            if _where(error) not in known:  # else it would hide what is not known yet
                raise

    test = hypothesis.settings(
        max_examples=BATCH,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        verbosity=hypothesis.Verbosity.quiet,
    )(hypothesis.seed(seed)(hypothesis.given(target.cases)(attempt)))
    # All that the target raised is noted.
    with contextlib.suppress(Exception, _OverError):
        test()


def _note(findings: dict[str, Finding], case: Case, error: Exception) -> None:
    """Keep the simplest case for every place at which something breaks."""
    where = _where(error)
    found = findings.get(where)
    if found is None or _size(case) < _size(found.case):
        problem = f"{type(error).__name__}: {error}"
        findings[where] = Finding(dict(case), problem, where)


def _size(case: Case) -> tuple[int, str]:
    text = written(case)
    return len(text), text


def _where(error: Exception) -> str:
    """The last place of the project's own in a traceback."""
    if isinstance(error, TooSlowError):
        return "too slow"
    root = Path(__file__).parents[2]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(root)]
    last = (ours or frames)[-1]
    path = Path(last.filename)
    name = path.relative_to(root) if path.is_relative_to(root) else path
    return f"{name}:{last.lineno}"


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Stop what takes more of the processor's time; systems without its alarm do not."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except _AlarmError:
        raise TooSlowError(f"takes more than {seconds:g} s") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _AlarmError


def keep(session: Session, folder: Path) -> Iterator[tuple[Finding, Path]]:
    """Put what was found into the folder of a target's cases."""
    for finding in session.findings.values():
        yield finding, save(finding.case, folder)
