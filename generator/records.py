"""Records as text: what ingestion writes under ``content/``.

A new record is dumped whole. A record that people may have edited is changed in place: only the
fields that ingestion owns, comments, order and everything under ``curation`` kept as they are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from generator.model import Appearance, LedgerEntry, Link, Paper

#: Never reached: a paragraph is a line, in a record and in its difference.
_WIDTH = (1 << 31) - 1


class _Flow(dict[str, object]):
    """A mapping short enough for one line."""


class _Block(str):
    """A text that stands below its field, as it is."""

    __slots__ = ()


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """PyYAML's dumper (libyaml's where there is one) with the two styles of a record."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        """Write every value where it belongs: `&id001` means nothing to an editor."""
        return True


_Dumper.add_representer(
    _Flow,
    lambda dumper, value: dumper.represent_mapping(
        "tag:yaml.org,2002:map", value.items(), flow_style=True
    ),
)
_Dumper.add_representer(
    _Block,
    lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style="|"),
)


def paper_text(paper: Paper) -> str:
    """The file of a new paper. ``curation`` is not in it: that is for people to write."""
    fields: dict[str, object] = {
        "title": paper.source_title,
        "abstract": _Block(paper.source_abstract + "\n"),
        "authors": list(paper.authors),
        "ids": _Flow(paper.ids),
        "published": paper.published,
        "links": [_Flow(_link(link)) for link in paper.links],
        "appearances": [_styled(_appearance(seen)) for seen in paper.appearances],
    }
    return _dump({key: value for key, value in fields.items() if value})


def ledger_text(entry: LedgerEntry) -> str:
    """The file of one ingestion."""
    return _dump(
        {
            "source": entry.source,
            "date": entry.date,
            "dated_by": str(entry.dated_by),
            "file": entry.file,
            "fingerprint": entry.fingerprint,
            "papers": list(entry.papers),
        }
    )


def updated_text(old: str, paper: Paper) -> str:
    """The file of a paper to which a listing added something.

    Args:
        old: The file as it is, comments and curation included.
        paper: What its record is to say.

    Returns:
        The file with title, abstract, authors, ids, date, links and appearances brought up to date
        and nothing else changed.
    """
    yaml_ = _round_trip(old)
    record = yaml_.load(old)
    _set(record, "title", paper.source_title)
    if str(record["abstract"]).strip() != paper.source_abstract:
        record["abstract"] = LiteralScalarString(paper.source_abstract + "\n")
    _set(record, "authors", list(paper.authors))
    _set(record, "ids", dict(paper.ids))
    _set(record, "published", paper.published)
    _set(record, "links", [_link(link) for link in paper.links])
    _merge_appearances(record["appearances"], paper.appearances)
    stream = io.StringIO()
    yaml_.dump(record, stream)
    return stream.getvalue()


def _round_trip(text: str) -> YAML:
    yaml_ = YAML(typ="rt")
    yaml_.width = _WIDTH
    yaml_.preserve_quotes = True
    if re.search(r"^ +- ", text, re.MULTILINE):
        yaml_.indent(mapping=2, sequence=4, offset=2)
    return yaml_


def _set(record: CommentedMap, field: str, value: object) -> None:
    """Set a field if it says something new; before the appearances, where it is missing."""
    if not value or record.get(field) == value:
        return
    if field in record:
        record[field] = value
    else:
        record.insert(list(record).index("appearances"), field, value)


def _merge_appearances(seq: CommentedSeq, appearances: tuple[Appearance, ...]) -> None:
    """Bring a list up to date entry by entry: comments between its entries stay with them."""
    seq.sort(key=_key)
    for index, appearance in enumerate(appearances):
        wanted = _appearance(appearance)
        if index < len(seq) and _key(seq[index]) == _key(wanted):
            if dict(seq[index]) != wanted:
                seq[index] = _commented(wanted)
        else:
            seq.insert(index, _commented(wanted))


def _key(appearance: Mapping[str, Any]) -> tuple[object, ...]:
    return (appearance["date"], appearance["source"], appearance.get("file") or "")


def _commented(appearance: dict[str, object]) -> CommentedMap:
    mapping = CommentedMap(appearance)
    if isinstance(_styled(appearance), _Flow):
        mapping.fa.set_flow_style()
    return mapping


def _styled(appearance: dict[str, object]) -> dict[str, object]:
    """On one line, unless it carries a title or an abstract of its own."""
    return appearance if {"title", "abstract"} & set(appearance) else _Flow(appearance)


def _appearance(seen: Appearance) -> dict[str, object]:
    fields = {
        "source": seen.source,
        "date": seen.date,
        "file": seen.file,
        "title": seen.title,
        "abstract": seen.abstract,
    }
    return {key: value for key, value in fields.items() if value}


def _link(link: Link) -> dict[str, object]:
    return {"kind": str(link.kind), "url": link.url}


def _dump(value: object) -> str:
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text
