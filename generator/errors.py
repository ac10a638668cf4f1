"""The one family of errors that a user is meant to read.

Everything a user can cause (a malformed listing, a misspelt field, a missing folder) is raised as a
:class:`DigestError`; the command line turns it into one message and an exit status, without a
traceback. Any other exception is a defect of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePath


class DigestError(Exception):
    """Base of all errors with which a user can do something. Exit status 1."""


class UsageError(DigestError):
    """The command was called with arguments that do not fit. Exit status 2."""


class LocatedError(DigestError):
    """An error in a file that somebody wrote or saved.

    Args:
        path: The file, as the user would name it.
        problem: What is wrong, with the offending value.
        remedy: What to do about it.
        line: The line, counted from 1, where it is known.
        field: The field, as a dotted path (``curation.topics[0]``), where there is one.

    The message reads ``path:line: field: problem; remedy`` so that editors can jump to the place.
    """

    def __init__(
        self,
        path: PurePath | str,
        problem: str,
        remedy: str = "",
        *,
        line: int | None = None,
        field: str | None = None,
    ) -> None:
        self.path = str(path)
        self.problem = problem
        self.remedy = remedy
        self.line = line
        self.field = field
        super().__init__(str(self))

    def __reduce__(self) -> tuple[Callable[..., LocatedError], tuple[str, ...]]:
        """How it is told to another process."""
        make = partial(type(self), line=self.line, field=self.field)
        return make, (self.path, self.problem, self.remedy)

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        what = self.problem if self.field is None else f"{self.field}: {self.problem}"
        return f"{where}: {what}" + (f"; {self.remedy}" if self.remedy else "")


class ListingError(LocatedError):
    """A listing that cannot be read, or not with certainty. Nothing of it enters the library."""


class ContentError(LocatedError):
    """Something under ``content/`` is not as the record format asks."""


class ContentErrors(DigestError):  # noqa: N818 - it holds many
    """All that is wrong with ``content/``, so that an editor can mend it in one go."""

    def __init__(self, errors: list[ContentError]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


class FetchError(LocatedError):
    """A service gave no answer, or none that can be read. Its path is the address asked."""


class SiteError(DigestError):
    """MkDocs, or what it was given, failed."""
