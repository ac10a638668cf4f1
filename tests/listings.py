"""Answers of services, with invented papers in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from tests.builders import prose


def title_of(number: int) -> str:
    """The title of a paper; no two are alike."""
    return prose(f"title {number}", 7).rstrip(".")


def hf_paper(number: int, day: str = "2026-08-19", **more: Any) -> dict[str, Any]:
    """A paper as Hugging Face gives it."""
    return {
        "paper": {
            "id": f"2608.{number:05}",
            "title": title_of(number),
            "summary": prose(number),
            "authors": [{"name": "Ada Lovelace", "hidden": False}],
            "publishedAt": "2026-08-18T00:00:00.000Z",
            "submittedOnDailyAt": f"{day}T00:00:00.000Z",
            "upvotes": 3,
            **more,
        }
    }


def hf_page(numbers: Iterable[int], day: str = "2026-08-19", **more: Any) -> str:
    """A page of such papers."""
    return json.dumps([hf_paper(number, day, **more) for number in numbers])


def arxiv_page(
    numbers: Iterable[int], total: int, start: int = 0, updated: str = "2026-08-20T01:02:03Z"
) -> str:
    """An answer of arXiv's interface."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        "<id>https://arxiv.org/api/abc</id><title>arXiv Query</title>"
        f"<updated>{updated}</updated>"
        f"<opensearch:totalResults>{total}</opensearch:totalResults>"
        f"<opensearch:startIndex>{start}</opensearch:startIndex>"
        f"{''.join(map(arxiv_entry, numbers))}</feed>"
    )


def arxiv_entry(number: int) -> str:
    """One paper of it."""
    return (
        f"<entry><id>http://arxiv.org/abs/2608.{number:05}v1</id>"
        f"<title>{title_of(number)}</title><summary>{escape(prose(number))}</summary>"
        "<published>2026-08-18T08:00:00Z</published>"
        "<author><name>Ada Lovelace</name></author></entry>"
    )


#: How arXiv says that a question makes no sense.
ARXIV_ERROR = (
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
    "<id>http://arxiv.org/api/kLhfPBLaQOWHtxhVZmV0SLNwEKQ</id><title>ArXiv Query</title>"
    "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_1</id><title>Error</title>"
    "<summary>incorrect id format for 1</summary></entry></feed>"
)
