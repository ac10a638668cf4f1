"""What is wrong with a form, in words for whoever filled it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.errors import DigestError


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake: in which field (its label; "" for the form as a whole), what, and how to mend it.

    ``slug`` is that of a paper whose page should be linked. Nothing of it is escaped yet; it may
    repeat what the reader wrote.
    """

    label: str
    problem: str
    remedy: str = ""
    slug: str = ""

    def __str__(self) -> str:
        where = f"{self.label}: " if self.label else ""
        return f"{where}{self.problem}" + (f"; {self.remedy}" if self.remedy else "")


class FormError(DigestError):
    """A form of which nothing can be made as it is. Exit status 1."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def fault(problem: str, remedy: str = "", label: str = "", slug: str = "") -> FormError:
    """An error of one mistake."""
    return FormError([Fault(label, problem, remedy, slug)])
