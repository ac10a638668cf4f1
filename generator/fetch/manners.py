"""How often others are asked, and how long they are left alone.

Nothing here touches the network: :mod:`generator.fetch.client` does.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from generator.console.wording import count
from generator.fetch.answers import NotAskedError, UnfitError

#: From so many seconds on the user is told why nothing happens.
_LONG = 10
#: A service that was given up so often in a row is out of order, and is tried once a question: a
#: range of days goes on, and does not wait for it on each of them.
_OUT_OF_ORDER = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """When enough is enough; times are in seconds.

    ``whole`` is the time of one request, from looking up the name to the last byte. ``first`` and
    ``longest`` bound the pause between tries, which doubles; its length is chosen at random below
    that, so that many who were turned away together do not come back together ("full jitter": M.
    Brooker, "Exponential Backoff And Jitter", 2015). ``patience`` is how long a service may ask to
    be left alone; if it asks for more, it is not asked again.
    """

    connect: float = 10
    read: float = 30
    whole: float = 90
    size: int = 20 << 20
    redirects: int = 5
    tries: int = 5
    first: float = 2
    longest: float = 60
    patience: float = 300


@dataclass(frozen=True, slots=True)
class World:
    """The clock, and chance: tests bring their own."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    below: Callable[[float], float] = lambda most: random.uniform(0, most)  # noqa: S311 - no secret


class Manners:
    """What is remembered of each host, so that it is asked politely.

    Args:
        limits: See there.
        world: See there.
        tell: Is told why nothing happens for a while.
    """

    def __init__(self, limits: Limits, world: World, tell: Callable[[str], None]) -> None:
        self._limits, self._world, self._tell = limits, world, tell
        self._due: dict[str, tuple[float, UnfitError | None]] = {}
        self._given_up: dict[str, int] = {}

    def tries(self, host: str) -> int:
        """How often a question is put to a host."""
        return self._limits.tries if self._given_up.get(host, 0) < _OUT_OF_ORDER else 1

    def wait_for(self, host: str) -> None:
        """Let the time go by until a host may be asked.

        Raises:
            NotAskedError: If that is too long.
        """
        due, error = self._due.get(host, (0.0, None))
        left = due - self._world.clock()
        why = error.problem if error else "is asked less often than that"
        if left > self._limits.patience:
            problem = f"was not asked, for before it {why}"
            raise NotAskedError(problem, wait=left, reason=error.reason if error else "")
        if left >= _LONG:
            self._tell(f"{host} {why}; waiting {count(round(left), 'second')}")
        if left > 0:
            self._world.sleep(left)

    def asked(self, host: str, pause: float) -> None:
        """Note that a host was asked, whatever came of it; it is left alone for some seconds."""
        self._due[host] = self._world.clock() + pause, None

    def answered(self, host: str) -> None:
        """Note that a host gave what was asked for."""
        self._given_up.pop(host, None)

    def failed(self, host: str, pause: float, error: UnfitError, number: int) -> None:
        """Note that the try of a number failed; the host is left alone for longer each time.

        A try that was none changes nothing: what it waits for is known.
        """
        if isinstance(error, NotAskedError):
            return
        most = min(self._limits.longest, self._limits.first * 2 ** (number - 1))
        wait = max(pause, error.wait or 0.0, self._world.below(most))
        self._due[host] = self._world.clock() + wait, error

    def is_hopeless(self, error: UnfitError) -> bool:
        """Whether no other try is worth it."""
        return error.is_final or (error.wait or 0.0) > self._limits.patience

    def gave_up(self, host: str, error: UnfitError) -> None:
        """Note that a host was given up, unless the question is at fault, or it was not asked."""
        if not error.is_final and not isinstance(error, NotAskedError):
            self._given_up[host] = self._given_up.get(host, 0) + 1
