"""Exports: the digest for other programs.

:func:`export` is a pure function from records to text, one module a format:

========== ================= ===================================================================
format     module            what for
========== ================= ===================================================================
``jsonl``  ``plain``         one paper a line; with ``--all`` it holds all that the library knows
``json``   ``plain``         the same as one array
``bibtex`` ``bibtex``        LaTeX and reference managers
``ris``    ``ris``           reference managers
``csv``    ``spreadsheet``   spreadsheets
========== ================= ===================================================================

JSON alone is complete; the others say what their format has a place for.

``citation`` has the forms in which one paper is cited: BibTeX and RIS without the digest's own
words, CSL-JSON (``csl``), and a reference in words (``reference``). ``metadata`` is what a paper's
page says of it to programs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.exports import bibtex, plain, ris, spreadsheet
from generator.exports.record import ExportRecord, records

__all__ = ["FORMATS", "ExportRecord", "export", "records"]

#: The writers, by the name of their format.
FORMATS: Mapping[str, Callable[[Sequence[ExportRecord]], str]] = {
    "jsonl": plain.write_lines,
    "json": plain.write_array,
    "bibtex": bibtex.write,
    "ris": ris.write,
    "csv": spreadsheet.write,
}


def export(format_: str, papers: Sequence[ExportRecord]) -> str:
    """The text of an export.

    Args:
        format_: One of :data:`FORMATS`.
        papers: What to write, in this order.

    Returns:
        Text that encodes to UTF-8, with the line ends that the format asks for. The same papers
        give the same text.
    """
    return FORMATS[format_](papers)
