"""The archive in which a paper lies: what is known of where it is, where no venue is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.text.identifiers import label_of


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive by its name, and the paper's number there as references write it."""

    kind: str
    name: str
    number: str


def archive_of(ids: Mapping[str, str]) -> Archive | None:
    """Where a paper lies: arXiv, else the ACL Anthology, else nobody knows."""
    if arxiv := ids.get("arxiv"):
        return Archive("arxiv", label_of("arxiv"), f"arXiv:{arxiv}")
    if acl := ids.get("acl"):
        return Archive("acl", label_of("acl"), acl)
    return None
