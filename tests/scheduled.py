"""The command line as the scheduled ingestion calls it, on a day that is given, without waiting.

``python -m tests.scheduled ARGS…`` with ``TODAY`` in the environment; the services are those that
``content/sources.yml`` names, on this machine.
"""

from __future__ import annotations

import datetime as dt
import os
from types import SimpleNamespace
from unittest.mock import patch

import generator.fetch.client
from generator.cli import main
from generator.commands import fetch
from generator.fetch.manners import Limits, World


def call() -> None:
    """Make it the day that is given, and nobody wait for anything."""
    now = dt.datetime.combine(dt.date.fromisoformat(os.environ["TODAY"]), dt.time(12), dt.UTC)
    clock = SimpleNamespace(
        datetime=SimpleNamespace(now=lambda _: now),
        date=dt.date,
        timedelta=dt.timedelta,
        UTC=dt.UTC,
    )
    limits = Limits(connect=5, read=5, whole=10, size=1 << 20, tries=1)
    world = World(sleep=lambda _: None)
    with (
        patch.object(fetch, "dt", clock),
        patch.object(generator.fetch.client, "World", lambda: world),
        patch.object(generator.fetch.client, "Limits", lambda: limits),
    ):
        main()


if __name__ == "__main__":
    call()
