"""Records as text: what ingestion writes under ``content/``.

A new record is dumped whole. A record that people may have edited is changed in place: what has to
change is cut out of its text and written anew, every other character stays where it is. Both are
written by one dumper, so that a record does not tell in how many steps it came about.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.intake import LedgerEntry
from generator.model import (
    Appearance,
    Completion,
    Curation,
    Link,
    Paper,
    Reason,
    Rejected,
    Status,
)
from generator.storage import amend, yamlio
from generator.storage.amend import Item
from generator.storage.modeline import modeline

#: Whose first line leads editors to their schemas; records lie in a folder of their year.
_PAPER = modeline("paper", "content/papers/2026/slug.yml")
_LEDGER = modeline("ledger", "content/ledger/listing.yml")

#: Never reached: a paragraph is a line, in a record and in its difference.
_WIDTH = (1 << 31) - 1

#: The fields that ingestion owns, as they stand in a new record.
_ORDER = (
    *("title", "abstract", "authors", "ids", "published", "links", "completed", "appearances"),
    *("merged_into", "curation"),
)


#: Fields that may be taken back: facts that were not the paper's.
_REMOVABLE = ("authors", "ids", "published", "completed", "merged_into")


#: What a paper has about which nobody has decided anything, and all that can be decided.
_SILENT = Curation()
_DECIDED = tuple(each.name for each in dataclasses.fields(Curation))


class _Flow(dict[str, object]):
    """A mapping short enough for one line."""


class _Row(list[str]):
    """A list of names, short enough for one line."""


class _Block(str):
    """A text that stands below its field, as it is."""

    __slots__ = ()


class _Styles(yaml.SafeDumper):
    """PyYAML's dumper with the styles of a record."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        """Write every value where it belongs: `&id001` means nothing to an editor."""
        return True


class _FastStyles(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """The same with libyaml, where there is one: ten times as fast."""

    ignore_aliases = _Styles.ignore_aliases


for _dumper in (_Styles, _FastStyles):
    _dumper.add_representer(
        _Flow,
        lambda dumper, value: dumper.represent_mapping(
            "tag:yaml.org,2002:map", value.items(), flow_style=True
        ),
    )
    _dumper.add_representer(
        _Row,
        lambda dumper, value: dumper.represent_sequence(
            "tag:yaml.org,2002:seq", value, flow_style=True
        ),
    )
    _dumper.add_representer(
        _Block,
        lambda dumper, value: dumper.represent_scalar(
            "tag:yaml.org,2002:str", str(value), style="|"
        ),
    )


def paper_text(paper: Paper) -> str:
    """The file of a new paper. It has a ``curation`` only if it came with one, from an export."""
    curation = _curation(paper.curation)
    return _PAPER + _dump({**fields(paper), **({"curation": curation} if curation else {})})


def fields(paper: Paper) -> dict[str, object]:
    """What a record says that sources said, field by field; what would say nothing is left out."""
    said: dict[str, object] = {
        "title": paper.source_title,
        "abstract": _Block(paper.source_abstract + "\n"),
        "authors": list(paper.source_authors),
        "ids": _Flow(paper.source_ids),
        "published": paper.source_published,
        "links": [_Flow(_link(link)) for link in paper.source_links],
        "completed": [_completion(each) for each in paper.completions],
        "appearances": [_appearance(seen) for seen in paper.appearances],
        "merged_into": paper.merged_into,
    }
    return _given(said)


def _given(said: Mapping[str, object]) -> dict[str, object]:
    """The fields that say something: nought does, nothing does not."""
    return {key: value for key, value in said.items() if value or type(value) is int}


def _curation(curation: Curation) -> dict[str, object]:
    """What a curator decided, field by field: that which is not as it would be without a word."""
    values = {
        name: getattr(curation, name)
        for name in _DECIDED
        if getattr(curation, name) != getattr(_SILENT, name)
    }
    for name, value in values.items():
        if name == "links":
            values[name] = [_Flow(_link(link)) for link in value]
        elif name == "ids":
            values[name] = _Flow(value)
        elif isinstance(value, tuple):
            values[name] = _Row(value)
        elif isinstance(value, Status):
            values[name] = str(value)
        elif isinstance(value, str) and "\n" in value:
            values[name] = _Block(value)
    return values


def ledger_text(entry: LedgerEntry) -> str:
    """The file of one ingestion."""
    return _LEDGER + _dump(
        {
            "source": entry.source,
            "date": entry.date,
            "dated_by": str(entry.dated_by),
            "file": entry.file,
            "fingerprint": entry.fingerprint,
            "records": entry.seen,
            **_given(_asked(entry)),
            "papers": list(entry.papers),
            **(
                {"rejected": [_rejected(each) for each in entry.rejected]} if entry.rejected else {}
            ),
        }
    )


def _asked(entry: LedgerEntry) -> dict[str, str | int | None]:
    """What only some entries have."""
    return {
        "asked": entry.asked,
        "total": entry.total,
        "limit": entry.limit,
        "stale": entry.is_stale,
        "failure": entry.failure,
        "export": entry.is_export,
    }


def _rejected(rejected: Rejected) -> dict[str, object]:
    fault = {} if rejected.is_fault else {"is_fault": False}
    title = {"title": rejected.title} if rejected.title else {}
    return {"line": rejected.line, **title, "reason": rejected.reason, **fault}


def updated_text(old: str, paper: Paper) -> str:
    """The file of a paper to which a listing added something.

    Args:
        old: The file as it is, comments and curation included; the library accepts it.
        paper: What its record is to say.

    Returns:
        The file with title, abstract, authors, ids, date, links and appearances brought up to date
        and nothing else changed.
    """
    said = yamlio.load(old, paper.slug)
    assert isinstance(said, dict)  # noqa: S101 - the library has read it
    told = fields(paper)
    if not said.get("curation") and (decided := _curation(paper.curation)):
        told["curation"] = decided  # from an export; what a person wrote here is never replaced
    news = {key: value for key, value in told.items() if _bare(value) != _bare(said.get(key))}
    gone = [key for key in _REMOVABLE if said.get(key) and key not in told]
    if not _has_lost(said.get("completed"), told.get("completed")):
        gone = []  # what a source does not say is not taken away
    if not news and not gone:
        return old
    if not amend.is_laid_out(old):
        return _dump({key: v for key, v in {**said, **news}.items() if key not in gone})
    text = old
    for key in gone:
        text = amend.remove_field(text, key)
    for key, value in news.items():
        if key == "appearances" and amend.has_items(text, key):
            text = amend.set_items(text, key, _items(said[key], paper.appearances))
        else:
            text = amend.set_field(text, key, _dump({key: value}), _ORDER[_ORDER.index(key) :])
    return text


def decided_text(old: str, name: str, curation: Curation) -> str:
    """The file of a paper about which a person has decided something.

    Args:
        old: The file as it is; the library accepts it.
        name: The file as its user would name it, for messages.
        curation: All that is decided now.

    Returns:
        The file with what has changed of ``curation`` on its lines, and nothing else changed:
        comments, order and quotes stay.
    """
    said = yamlio.load(old, name)
    assert isinstance(said, dict)  # noqa: S101 - the library has read it
    before = said.get("curation") or {}
    after = _curation(curation)
    news = {key: value for key, value in after.items() if _bare(value) != _bare(before.get(key))}
    gone = [key for key in before if key not in after and before[key] != getattr(_SILENT, key)]
    if not news and not gone:
        return old
    if not amend.is_laid_out(old):
        return _dump({**said, "curation": after})
    if not amend.has_fields(old, "curation"):
        whole = {key: v for key, v in {**before, **news}.items() if key not in gone}
        if not whole:
            return amend.remove_field(old, "curation")
        return amend.set_field(old, "curation", _dump({"curation": whole}))
    text = old
    for key, value in news.items():
        following = _DECIDED[_DECIDED.index(key) :]
        text = amend.set_inner(text, "curation", key, _dump({key: value}), following)
    for key in gone:
        text = amend.remove_inner(text, "curation", key)
    return text


def _has_lost(before: Any, after: Any) -> bool:
    """Whether a completion of a record was taken back."""
    kept = _bare(after or [])
    return any(each not in kept for each in _bare(before or []))


def _bare(value: object) -> Any:
    """A value as the library reads it: outer spaces count for nothing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_bare(inner) for inner in value]
    return value


def _items(said: list[Mapping[str, object]], appearances: tuple[Appearance, ...]) -> Iterator[Item]:
    """The list of appearances as it is to be: those that are there already stay as written."""
    left: dict[int, Any] = {index: _bare(dict(each)) for index, each in enumerate(said)}
    for appearance in appearances:
        wanted = _appearance(appearance)
        same = [index for index, each in left.items() if _listing(each) == _listing(wanted)]
        index = next((i for i in same if left[i] == wanted), same[0] if same else None)
        as_it_was = index is not None and left.pop(index) == wanted
        yield Item(index, None if as_it_was else _dump([wanted]))


def _listing(appearance: Mapping[str, Any]) -> tuple[object, ...]:
    return appearance["date"], appearance["source"], appearance.get("file") or ""


def _appearance(seen: Appearance) -> dict[str, object]:
    """On one line, unless it carries a title or an abstract of its own."""
    said = {
        "source": seen.source,
        "date": seen.date,
        "file": seen.file,
        "raw": seen.is_raw,
        "votes": seen.votes,
        "ids": _Flow(seen.ids),
        "match": seen.reason and _reason(seen.reason),
        "title": seen.title,
        "abstract": seen.abstract,
    }
    given = {
        key: value for key, value in said.items() if value or (value == 0 and value is not False)
    }
    return given if seen.title or seen.abstract else _Flow(given)


def _reason(reason: Reason) -> dict[str, object]:
    """Scores as whole numbers where they are: 100, 97.5."""
    scores = {"title": reason.title_score, "abstract": reason.abstract_score}
    told = {key: int(v) if v.is_integer() else v for key, v in scores.items() if v is not None}
    return _Flow({"rule": str(reason.rule), **told})


def _completion(completion: Completion) -> dict[str, object]:
    said = {
        "source": completion.source,
        "file": completion.file,
        "fields": list(completion.fields),
        "match": _reason(completion.reason),
        "note": completion.note,
    }
    return _Flow(_given(said))


def _link(link: Link) -> dict[str, object]:
    return {"kind": str(link.kind), "url": link.url}


def _dump(value: object) -> str:
    text = _dumped(value, _FastStyles)
    # libyaml writes characters beyond U+FFFF, such as emoji, as numbers.
    return _dumped(value, _Styles) if "\\U" in text else text


def _dumped(value: object, dumper: type[yaml.SafeDumper]) -> str:
    text: str = yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text
