"""JSON, and JSON Lines (jsonlines.org): complete, and written so that nothing breaks a line."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from generator.exports.record import ExportRecord, fields

# JSON may hold these as they are, but some programs end a line at them (Python's ``splitlines``
# among them), and surrogates cannot be written as UTF-8 at all. Escaped, they are kept.
_FRAGILE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")

#: A value as JSON on a line; :func:`lasting` sees to the rest.
encoded = json.JSONEncoder(ensure_ascii=False).encode


def write_lines(papers: Sequence[ExportRecord]) -> str:
    """One object a line."""
    return "".join(f"{dumps(fields(paper))}\n" for paper in papers)


def write_array(papers: Sequence[ExportRecord]) -> str:
    """One array of the same objects, indented."""
    return dumps([fields(paper) for paper in papers], indent=2) + "\n"


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON on which no program stumbles, in the order in which it is given."""
    if indent is None:
        return lasting(encoded(value))
    return lasting(json.dumps(value, ensure_ascii=False, indent=indent))


def lasting(text: str) -> str:
    """JSON whose fragile characters are escaped, which stand in its texts alone."""
    return _FRAGILE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
