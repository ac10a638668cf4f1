"""Identifiers of papers: one table of kinds, by which every form is read and one is written.

An identifier is kept as its kind and its value (``{"arxiv": "2010.00904"}``): without a version,
for all versions are one work, and in the one spelling in which two records of one work agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as it is kept, and the version that it was written with, if any (``v2``)."""

    kind: str
    value: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """How identifiers of one kind are written.

    ``form`` is the value alone, with its version in a group of that name. ``prefixes`` are what may
    stand before it, letter case aside. ``page`` is where it leads, with ``{}`` for the value.
    ``ignored`` is the part of a value that says nothing of which paper it is.
    """

    name: str
    label: str
    form: re.Pattern[str]
    prefixes: re.Pattern[str]
    page: str
    folds_case: bool = False
    ignored: re.Pattern[str] | None = None


# Since April 2007: year, month, a number of four digits, of five since 2015. Before: an archive,
# perhaps with a subject class, which is no part of the identifier, then year, month and a number of
# three digits. Source: arXiv, "Understanding the arXiv identifier". Months are checked, so that
# other numbers are none.
_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.(?:\d{5}|\d{4})"
_ARXIV_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"

#: Every kind that is known, in the order in which a text is tried.
KINDS = (
    Kind(
        name="arxiv",
        label="arXiv",
        form=re.compile(rf"(?P<value>{_ARXIV_NEW}|{_ARXIV_OLD})(?P<version>v\d+)?", re.ASCII),
        prefixes=re.compile(
            r"(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|src|e-print|ps)/"
            r"|oai:arxiv\.org:|arxiv:\s*|arxiv\s+"
            r"|(?:https?://)?(?:dx\.)?doi\.org/10\.48550/arxiv\.|(?:doi:\s*)?10\.48550/arxiv\."
            r"|(?:https?://)?(?:www\.)?alphaxiv\.org/abs/"
            r"|(?:https?://)?(?:www\.)?ar5iv(?:\.labs\.arxiv)?\.org/(?:(?:abs|html|pdf)/)?"
            r"|(?:https?://)?(?:huggingface\.co|hf\.co)/papers/",
            re.IGNORECASE,
        ),
        page="https://arxiv.org/abs/{}",
        ignored=re.compile(r"\.[A-Za-z]{2}(?=/)"),
    ),
    Kind(
        name="doi",
        label="DOI",
        form=re.compile(
            r"(?P<value>10\.\d{4,9}/[^\s\"]*[^\s\"<>.,;])(?P<version>(?!))?[.,;]*", re.ASCII
        ),
        prefixes=re.compile(
            r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*|doi\s+", re.IGNORECASE
        ),
        page="https://doi.org/{}",
        folds_case=True,
    ),
    Kind(
        name="acl",
        label="ACL Anthology",
        form=re.compile(
            r"(?P<value>[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?P<version>v\d+)?",
            re.ASCII,
        ),
        prefixes=re.compile(
            r"(?:https?://)?(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/|acl:\s*",
            re.IGNORECASE,
        ),
        page="https://aclanthology.org/{}/",
    ),
)
_BY_NAME = {kind.name: kind for kind in KINDS}
#: How kinds are called in records.
NAMES = tuple(_BY_NAME)

#: What may stand behind an identifier in an address.
_REST = re.compile(r"(?:\.pdf|\.html|\.bib)?/?(?:[?#].*)?")
_ANNOTATION = re.compile(r"\s*\[[A-Za-z.-]+\]")


def parse(text: str, kind: str | None = None) -> Identifier | None:
    """The identifier that a text is, in any of its forms: bare, with a prefix, as an address.

    Args:
        text: Such as ``arXiv:2010.00904v2 [cs.CL]`` or ``https://doi.org/10.1000/182``.
        kind: Only of this kind; without it a bare value is tried as each kind in turn.

    Returns:
        ``None`` if it is none.
    """
    text = text.strip()
    for each in KINDS if kind is None else (_BY_NAME[kind],):
        prefix = each.prefixes.match(text)
        rest = text[prefix.end() :] if prefix else text
        if prefix and "://" in prefix[0]:
            rest = unquote(rest)
        if found := _whole(each, rest):
            return found
    return None


def _whole(kind: Kind, text: str) -> Identifier | None:
    found = kind.form.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    if not _REST.fullmatch(rest) and not _ANNOTATION.fullmatch(rest):
        return None
    value = kind.ignored.sub("", found["value"]) if kind.ignored else found["value"]
    return Identifier(kind.name, value.lower() if kind.folds_case else value, found["version"])


def page_of(kind: str, value: str) -> str | None:
    """Where a reader finds what an identifier names; ``None`` if its kind is not known."""
    known = _BY_NAME.get(kind)
    return known.page.format(quote(value, safe="/:.()_-;")) if known else None


def label_of(kind: str) -> str:
    """How readers call a kind of identifier."""
    known = _BY_NAME.get(kind)
    return known.label if known else kind
