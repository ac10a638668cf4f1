"""What readers take away to cite a paper: on its page, and as files beside it."""

from __future__ import annotations

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


#: Those of the files beside a paper's page, in the order of :func:`texts`.
SUFFIXES = (".bib", ".ris", ".csl.json")
#: All papers in BibTeX.
BIBLIOGRAPHY = "papers.bib"


def forms(paper: ExportRecord) -> tuple[Form, ...]:
    """All forms, the one first that most papers' authors ask for."""
    return (
        Form("BibTeX", ".bib", bibtex.cite(paper)),
        Form("Plain text", "", reference(paper)),
        Form("RIS", ".ris", ris.cite(paper)),
        Form("CSL-JSON", ".csl.json", csl.cite(paper)),
    )


def paths(slug: str) -> tuple[str, ...]:
    """Where a paper's files are, relative to the site's root.

    A paper that turned out to be another one keeps its files, as they are of that one: programs
    that fetch a file follow no page that leads on.
    """
    return tuple(f"papers/{slug}{suffix}" for suffix in SUFFIXES)


def texts(cited: tuple[Form, ...]) -> list[str]:
    """What a paper's files hold."""
    by_suffix = {form.suffix: form.text for form in cited}
    return [by_suffix[suffix] for suffix in SUFFIXES]


def bibliography(digest: Digest) -> str:
    """All papers in BibTeX."""
    return "\n".join(bibtex.cite(paper) for paper in records(digest))
