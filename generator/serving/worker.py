"""An object that lives in a process of its own, and does one thing after the other.

The server has threads, beside which nothing forks; what computes the site uses all cores. So it is
forked off before the first thread begins. Where there is no forking it lives here.
"""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, Protocol

from generator.errors import DigestError
from generator.parallel import may_fork
from generator.website.frame import Unfit


class Working(Protocol):
    """What can be asked, by names of methods; and what it does when nobody asks."""

    def waiting(self) -> list[int]:
        """Files in which it shows that something came for which it waits."""
        ...

    def come(self) -> None:
        """Take what came."""
        ...


class Worker:
    """A way to ask an object that works elsewhere; one after the other, whoever asks.

    Args:
        make: Makes the object; in the other process, so that nothing of it is here.
    """

    def __init__(self, make: Callable[[], Working]) -> None:
        self._one = threading.Lock()
        self._here: Working | None = None
        self._process = 0
        if not may_fork():
            self._here = make()
            return
        self._asking, other = Pipe()
        self._process = os.fork()
        if not self._process:
            self._asking.close()
            _work(make(), other)
        other.close()

    def ask(self, name: str, *args: object) -> Any:
        """What a method gives.

        Raises:
            DigestError: If the method raised one, with the same words; or if the process is gone.
            Unfit: Likewise.
        """
        with self._one:
            if self._here is not None:
                return getattr(self._here, name)(*args)
            try:
                self._asking.send((name, args))
                kind, found = self._asking.recv()
            except (EOFError, OSError):
                problem = "the process that makes the site has ended; start again"
                raise DigestError(problem) from None
        if kind is not None:
            raise _RAISED[kind](found)
        return found

    def end(self) -> None:
        """End the other process."""
        with self._one:
            if self._process:
                self._asking.close()
                os.kill(self._process, signal.SIGTERM)
                os.waitpid(self._process, 0)
                self._process = 0


#: What may be raised elsewhere and is raised here, with the same words.
_RAISED = {"fault": DigestError, "unfit": Unfit}


def _work(working: Working, asked: Connection) -> None:
    """Answer until nobody is there to ask; then end, and do nothing of what the parent would."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the server, which ends this
    try:
        while True:
            ready = wait([asked, *working.waiting()])
            if asked in ready:  # nobody waits for what nobody has asked for
                name, args = asked.recv()
                asked.send(_answer(getattr(working, name), args))
            else:
                working.come()
    except (EOFError, OSError):
        os._exit(0)
    except BaseException:  # noqa: BLE001 - said, and noticed by who asks next
        traceback.print_exc()
        os._exit(1)


def _answer(method: Callable[..., Any], args: tuple[object, ...]) -> tuple[str | None, Any]:
    try:
        return None, method(*args)
    except DigestError as error:
        return "fault", str(error)
    except Unfit as why:
        return "unfit", str(why)
