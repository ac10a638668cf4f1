from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from generator import errors
from generator.errors import ContentError, ContentErrors, DigestError, ListingError, UsageError


@pytest.mark.parametrize(
    "error, message",
    [
        (ListingError("a.txt", "is empty"), "a.txt: is empty"),
        (ListingError(Path("b/a.txt"), "is empty", "save it"), "b/a.txt: is empty; save it"),
        (ContentError("a.yml", "is odd", "mend it", line=3), "a.yml:3: is odd; mend it"),
        (ContentError("a.yml", "is odd", field="x.y[0]"), "a.yml: x.y[0]: is odd"),
        (ContentError("a.yml", "is odd", "mend", line=3, field="x"), "a.yml:3: x: is odd; mend"),
    ],
)
def test_a_message_says_where_what_and_what_to_do(error: DigestError, message: str) -> None:
    assert str(error) == message
    assert error.args == (message,)


def test_many_mistakes_are_one_error_with_a_line_each() -> None:
    several = ContentErrors([ContentError("a", "x"), ContentError("b", "y", line=2)])
    assert str(several) == "a: x\nb:2: y"
    assert len(several.errors) == 2


def test_every_error_is_of_one_family() -> None:
    kinds = [
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, Exception)
    ]
    assert len(kinds) > 5
    assert all(issubclass(each, DigestError) for each in kinds)
    assert issubclass(UsageError, DigestError)


def test_a_plain_error_survives_a_process() -> None:
    assert str(pickle.loads(pickle.dumps(DigestError("x")))) == "x"  # noqa: S301 - our own


def test_another_process_is_told_the_whole_error() -> None:
    error = ContentError(Path("a.yml"), "is odd", "mend it", line=3, field="x[0]")
    told = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own

    assert type(told) is ContentError
    assert (str(told), vars(told), told.args) == (str(error), vars(error), error.args)
