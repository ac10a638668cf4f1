from __future__ import annotations

import datetime as dt
from dataclasses import replace

from generator.exports.metadata import citation_tags, linked_data
from tests.builders import SITE, edition, entry

NOWHERE = replace(SITE, url="")


def test_citation_tags_say_what_is_known_a_tag_an_author() -> None:
    one = entry(
        title=r"Bounds of  $\mathcal{O}(n^2)$ & “more”",
        authors=("Ada Example", "Bo Öman"),
        ids={"arxiv": "hep-th/9901001", "doi": "10.1000/x"},
        published=dt.date(2020, 10, 2),
    )
    assert list(citation_tags(one, SITE)) == [
        ("title", r"Bounds of $\mathcal{O}(n^2)$ & “more”"),
        ("author", "Ada Example"),
        ("author", "Bo Öman"),
        ("publication_date", "2020/10/02"),
        ("online_date", "2020/10/02"),
        ("doi", "10.1000/x"),
        ("arxiv_id", "hep-th/9901001"),
        ("pdf_url", "https://arxiv.org/pdf/hep-th/9901001"),
        ("abstract_html_url", "https://example.org/digest/papers/a-paper/"),
    ]


def test_a_year_alone_is_a_date_of_publication_and_no_day_online() -> None:
    found = dict(citation_tags(entry(ids={"acl": "P18-1001"}), SITE))
    assert found["publication_date"] == "2018"
    assert "online_date" not in found
    assert "pdf_url" not in found


def test_what_is_not_known_has_no_tag() -> None:
    assert list(citation_tags(entry(), NOWHERE)) == [("title", "A paper")]


def test_linked_data_is_a_scholarly_article() -> None:
    one = entry(
        topics=["retrieval"],
        authors=("Ada Example",),
        ids={"arxiv": "2010.00904", "zbl": "0123.456"},
        published=dt.date(2020, 10, 2),
    )
    assert linked_data(one, edition("2026-03-11", one), SITE) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "A paper",
        "author": [{"@type": "Person", "name": "Ada Example"}],
        "abstract": "We study a paper.",
        "datePublished": "2020-10-02",
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "arXiv", "value": "2010.00904"},
            {"@type": "PropertyValue", "propertyID": "zbl", "value": "0123.456"},
        ],
        "sameAs": ["https://arxiv.org/abs/2010.00904"],
        "keywords": ["Retrieval"],
        "url": "https://example.org/digest/papers/a-paper/",
        "isPartOf": {
            "@type": "Collection",
            "name": "Little Digest, 11 March 2026",
            "url": "https://example.org/digest/editions/2026-03-11/",
        },
    }


def test_linked_data_leaves_out_what_is_not_known() -> None:
    assert linked_data(entry(abstract=""), None, NOWHERE) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "A paper",
    }
