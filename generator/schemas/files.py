"""The schemas of a digest as files, and the lines by which files of ``content/`` name them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.folder import Folder
from generator.schemas import tables
from generator.schemas.types import DIALECT, TEXT, Type
from generator.storage import yamlio
from generator.storage.modeline import SCHEMAS, schema_name, with_modeline
from generator.topics.lineage import renamed
from generator.topics.taxonomy import Taxonomy

_REDIRECTS: Type = {
    "$schema": DIALECT,
    "title": "Redirects",
    "description": "Addresses that pages left, and where they lead (content/redirects.yml).",
    "type": "object",
    "additionalProperties": TEXT,
}


def schemas(taxonomy: Taxonomy) -> dict[str, Type]:
    """The schemas of all files of ``content/``, by what the files are.

    Topics are completed: a schema knows the ids of this digest, former ones too.
    """
    ids = (*taxonomy.ids, *sorted(renamed(taxonomy.topics)))
    return {
        "paper": tables.schema(tables.PAPER, ids),
        "candidate": tables.schema(tables.CANDIDATE, ids),
        "edition": tables.schema(tables.EDITION, ids),
        "topics": tables.schema(tables.TAXONOMY, ids),
        "sources": tables.schema(tables.CATALOGUE, ids),
        "ledger": tables.schema(tables.ENTRY, ids),
        "label": tables.schema(tables.LABEL, ids),
        "redirects": _REDIRECTS,
    }


def schema_files(taxonomy: Taxonomy, folder: Folder) -> dict[Path, str]:
    """The texts of the schemas by their paths."""
    return {
        folder.root / SCHEMAS / schema_name(kind): json.dumps(schema, indent=1) + "\n"
        for kind, schema in schemas(taxonomy).items()
    }


def is_stale(taxonomy: Taxonomy, folder: Folder) -> bool:
    """Whether a digest has schemas, and they are not those of its topics and of this generator."""
    wanted = schema_files(taxonomy, folder)
    return (folder.root / SCHEMAS).is_dir() and any(
        not path.is_file() or path.read_text(encoding="utf-8") != text
        for path, text in wanted.items()
    )


def unnamed(folder: Folder) -> Iterator[tuple[Path, str]]:
    """Files of ``content/`` that do not name their schema yet, and what they are with it."""
    for kind, paths in _files(folder):
        for path in paths:
            name = folder.name(path)
            text = yamlio.text_of(path, name)
            if (named := with_modeline(text, kind, name)) != text:
                yield path, named


def _files(folder: Folder) -> Iterator[tuple[str, Iterable[Path]]]:
    yield "paper", sorted(folder.papers.rglob("*.yml"))
    yield "edition", sorted(folder.editions.rglob("*.yml"))
    yield "ledger", sorted(folder.ledger.rglob("*.yml"))
    for kind, path in (
        ("topics", folder.topics_yml),
        ("sources", folder.sources_yml),
        ("redirects", folder.redirects_yml),
    ):
        yield kind, [path] if path.is_file() else []
