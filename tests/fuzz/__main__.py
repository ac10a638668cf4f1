"""``python -m tests.fuzz``: look for inputs that break something, for some time."""

from __future__ import annotations

import secrets
import sys
import warnings
from pathlib import Path

import click
from hypothesis.errors import HypothesisWarning

from tests.fuzz import cases, driver
from tests.fuzz.targets import TARGETS

#: Here is what was being tried, should the process itself die.
TRYING = Path(__file__).parents[2] / ".cache" / "fuzz"
_SHOWN = 300
#: Parts of the time; what is not named has one. Whole pages are slow to parse.
_SHARES = {"page": 3}


@click.command()
@click.option("--seconds", type=click.FloatRange(min=0), default=60, help="For all targets.")
@click.option("--target", type=click.Choice(list(TARGETS)), help="One of them instead of all.")
@click.option("--seed", type=int, help="That of a run that is to be repeated.")
def main(seconds: float, target: str | None, seed: int | None) -> None:
    """Try targets with made-up cases; what breaks one goes into its corpus. Status 1: found."""
    warnings.simplefilter("ignore", HypothesisWarning)
    names = [target] if target else list(TARGETS)
    seed = secrets.randbelow(2**32) if seed is None else seed
    click.echo(f"seed {seed}")
    shares = {name: _SHARES.get(name, 1) for name in names}
    one = seconds / sum(shares.values())
    found = sum(_tried(name, one * share, seed) for name, share in shares.items())
    sys.exit(1 if found else 0)


def _tried(name: str, seconds: float, seed: int) -> int:
    """Try one target, say what came of it, and count its findings."""
    TRYING.mkdir(parents=True, exist_ok=True)
    session = driver.run(
        name, TARGETS[name], seed=seed, seconds=seconds, trying=TRYING / f"{name}.json"
    )
    rate = session.executions / max(session.seconds, 0.001)
    click.echo(
        f"{name:8} {session.executions:8,} executions {session.seconds:8.1f} s {rate:9,.0f} /s"
        f" {len(session.findings):3} found"
    )
    for finding, path in driver.keep(session, cases.CORPUS / name):
        click.echo(f"  {path}\n    {finding.where}: {finding.problem[:_SHOWN]}")
    return len(session.findings)


if __name__ == "__main__":
    main()
