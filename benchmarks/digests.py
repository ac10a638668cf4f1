"""Digests of any size in folders of their own, made of the real one's papers: forty a day."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from benchmarks.making import Maker
from generator import content
from generator.folder import Folder
from generator.intake import Dating, LedgerEntry
from generator.model import Appearance, Paper
from generator.storage.records import ledger_text, paper_text

ROOT = Path(__file__).parents[1]
#: The papers in ``content/``: a digest of so many is the real one.
REAL = 518
#: Made papers are as many a day, from the first day on.
A_DAY = 40
FIRST = dt.date(2025, 1, 6)
_SOURCE = "made"


def digest_of(size: int, root: Path) -> Folder:
    """Write a digest of so many papers, with one picture for the site.

    A paper's record is as an ingestion writes it, and every day has its listing in the ledger.
    """
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("cards: paper", "cards: site")
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "templates", root / "templates")
    folder = Folder(root)
    if size == REAL:
        shutil.copytree(ROOT / "content", folder.content)
        return folder
    folder.content.mkdir()
    for name in ("topics.yml", "sources.yml"):
        shutil.copy(ROOT / "content" / name, folder.content)
    shutil.copytree(ROOT / "content" / "pages", folder.pages)
    made = list(_maker().library(size).values())
    for start in range(0, size, A_DAY):
        day = FIRST + dt.timedelta(days=start // A_DAY)
        add_day(folder, day, made[start : start + A_DAY])
    return folder


def more(size: int, seed: int) -> list[Paper]:
    """Papers that no digest has yet."""
    made = _maker(seed).library(size).values()
    return [replace(paper, slug=f"{paper.slug}-{seed}", source_ids={}) for paper in made]


def add_day(folder: Folder, day: dt.date, papers: Iterable[Paper]) -> None:
    """Write the records of papers that a listing showed on a day, and the listing's entry."""
    file = f"{day}.jsonl"
    seen = Appearance(day, _SOURCE, file)
    slugs = []
    for paper in papers:
        path = folder.papers / str(day.year) / f"{paper.slug}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(paper_text(replace(paper, appearances=(seen,))), encoding="utf-8")
        slugs.append(paper.slug)
    folder.ledger.mkdir(exist_ok=True)
    entry = LedgerEntry(_SOURCE, day, Dating.OPTION, file, f"of {day}", tuple(slugs))
    (folder.ledger / f"{day}.yml").write_text(ledger_text(entry), encoding="utf-8")


def _maker(seed: int = 1) -> Maker:
    real = content.read(Folder(ROOT)).library.papers.values()
    return Maker(list(real), seed)
