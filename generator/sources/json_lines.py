"""Reader of JSON Lines, or of a JSON array, whose objects have the columns of a table.

:mod:`generator.sources.columns` says what the keys are and what stands below them. Every object is
a paper. What other readers have is left to them: objects with a ``paper`` inside (Hugging Face) and
with ``appearances`` (the project's own export).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.errors import ListingError
from generator.model import Listing
from generator.sources import json_text
from generator.sources.columns import Row, is_table, tell_unknown
from generator.sources.facts import Gatherer
from generator.sources.json_text import Found

SOURCE = "list"

#: Keys of the objects of other formats.
_OTHERS = frozenset({"paper", "appearances"})
#: With a summary, a paper as Hugging Face has it without the object around it.
_HUGGING_FACE = frozenset({"upvotes", "discussionId", "submittedOnDailyAt", "ai_summary"})


class JsonLines:
    """JSON Lines, or a JSON array, with documented keys (see the module)."""

    FORMAT = "JSON Lines with titles and abstracts"

    def recognises(self, text: str) -> bool:
        """Whether one of the first objects has a title and another key, and is no one else's."""
        return any(is_table(keys) and not _is_other(keys) for keys in json_text.all_keys(text))

    def read(
        self, text: str, file: str, fingerprint: str, today: dt.date, *, partial: bool = False
    ) -> Listing:
        """See :class:`generator.sources.Reader`.

        Raises:
            ListingError: If it is an array that is no JSON, or not one object has a title.
        """
        gatherer = Gatherer(today, partial=partial)
        found = tuple(json_text.objects(text, file))
        if not any(isinstance(each.value, dict) and is_table(each.value) for each in found):
            remedy = "mend the lines or export it again"
            line = found[0].line if found else 1
            problem = found[0].fault if found else "no object"
            raise ListingError(
                file, f"has no record that can be read: {problem}", remedy, line=line
            )
        tell_unknown(_keys(found), gatherer)
        for each in found:
            _take(each, gatherer)
        return gatherer.listing(SOURCE, file, fingerprint, gatherer.the_one_day())


def _is_other(keys: frozenset[str]) -> bool:
    return bool(keys & _OTHERS or ("summary" in keys and keys & _HUGGING_FACE))


def _keys(found: Iterable[Found]) -> Iterable[str]:
    for each in found:
        if not each.fault:
            yield from each.value


def _take(found: Found, gatherer: Gatherer) -> None:
    if found.fault:
        title = found.value.get("title") if isinstance(found.value, dict) else ""
        gatherer.leave_out(found.line, title if isinstance(title, str) else "", found.fault)
    else:
        gatherer.add(Row(found.value.items(), found.line, gatherer).facts())
