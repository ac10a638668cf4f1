"""What readers take away to cite a paper: on its page, and as files beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.digest import Digest
from generator.exports import bibtex, csl, ris
from generator.exports.record import ExportRecord, records
from generator.exports.reference import reference


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a paper is cited; ``suffix`` is that of its file, "" if it has none."""

    name: str
    suffix: str
    text: str

    @property
    def shown(self) -> str:
        """The text without the empty lines at its end, which only a file needs."""
        return self.text.rstrip("\r\n")


def forms(paper: ExportRecord) -> tuple[Form, ...]:
    """All forms, the one first that most papers' authors ask for."""
    return (
        Form("BibTeX", ".bib", bibtex.cite(paper)),
        Form("Plain text", "", reference(paper)),
        Form("RIS", ".ris", ris.cite(paper)),
        Form("CSL-JSON", ".csl.json", csl.cite(paper)),
    )


def citations(digest: Digest) -> dict[str, tuple[Form, ...]]:
    """The forms of every paper, by slug."""
    return {paper.entry.slug: forms(paper) for paper in records(digest)}


def files(digest: Digest, cited: Mapping[str, tuple[Form, ...]]) -> Iterator[tuple[str, str]]:
    """A file a form and paper, and all of BibTeX in one.

    A paper that turned out to be another one keeps its files, as they are of that one: programs
    that fetch a file follow no page that leads on.
    """
    for entry in digest.entries:
        yield from _files(entry.slug, cited[entry.slug])
    for old, new in digest.redirects.items():
        yield from _files(old, cited[new])
    every = [form.text for entry in digest.entries for form in cited[entry.slug][:1]]
    yield "papers.bib", "\n".join(every)


def _files(slug: str, cited: tuple[Form, ...]) -> Iterator[tuple[str, str]]:
    return ((f"papers/{slug}{form.suffix}", form.text) for form in cited if form.suffix)
