"""Making many objects at once without the garbage collector looking through them again and again.

What is made of a library lives until the command ends and has no cycles. The collector does not
know that: the more objects there are, the longer each of its rounds takes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def uncollected(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Let a function run without the collector; whatever it raises, it is on again afterwards."""

    @wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            if was_on:
                gc.enable()

    return call
