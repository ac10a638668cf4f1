"""What a paper's page says of it to programs: citation tags, and linked data.

The tags are those that Google Scholar documents ("Inclusion Guidelines for Webmasters", Indexing)
and Zotero reads, with arXiv's own for its identifiers. Linked data is schema.org's
``ScholarlyArticle``. Both say what the record says, formulas as their source; a venue and a licence
are not known, so neither is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from generator.digest import EditionView, Entry, Site
from generator.exports.dating import year_of
from generator.text.cleaning import tidy

#: Where arXiv has the text of every paper, as it says in its own citation tags.
_ARXIV_PDF = "https://arxiv.org/pdf/{}"


def citation_tags(entry: Entry, site: Site) -> Iterator[tuple[str, str]]:
    """Names, behind ``citation_``, and contents; a tag an author."""
    yield "title", tidy(entry.title)
    for author in entry.authors:
        yield "author", tidy(author)
    if date := _date(entry, "/"):
        yield "publication_date", date
    if entry.published:
        yield "online_date", _date(entry, "/")
    if doi := entry.ids.get("doi"):
        yield "doi", doi
    if arxiv := entry.ids.get("arxiv"):
        yield "arxiv_id", arxiv
        yield "pdf_url", _ARXIV_PDF.format(quote(arxiv, safe="/"))
    if site.url:
        yield "abstract_html_url", site.url + entry.address


def linked_data(entry: Entry, edition: EditionView | None, site: Site) -> dict[str, Any]:
    """The paper as schema.org has it; what is not known is left out."""
    fields = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": tidy(entry.title),
        "author": [{"@type": "Person", "name": tidy(each)} for each in entry.authors],
        "abstract": tidy(entry.abstract),
        "datePublished": _date(entry, "-"),
        "identifier": [_identifier(each.label, each.value) for each in entry.identifiers],
        "sameAs": [each.url for each in entry.identifiers if each.url],
        "keywords": [tag.topic.title for tag in entry.topics],
        "url": site.url + entry.address if site.url else None,
        "isPartOf": _collection(edition, site) if edition and site.url else None,
    }
    return {name: value for name, value in fields.items() if value}


def _identifier(label: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": label, "value": value}


def _collection(edition: EditionView, site: Site) -> dict[str, str]:
    """The edition in which the paper was new."""
    return {
        "@type": "Collection",
        "name": f"{site.name}, {edition.date.day} {edition.date:%B %Y}",
        "url": site.url + edition.address,
    }


def _date(entry: Entry, mark: str) -> str:
    """The day on which it came out, or the year alone, or ""."""
    if entry.published:
        return entry.published.isoformat().replace("-", mark)
    return str(year_of(entry) or "")
