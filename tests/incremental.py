"""A small digest with everything that one can have, and what becomes of it between builds."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from generator.folder import Folder
from tests.builders import prose, write_whole
from tests.conftest import ROOT

_SUBJECTS = ("retrieval", "speech", "birds", "stones")
_DAYS = tuple(dt.date(2026, 3, day) for day in (10, 11, 13))
_NEW_DAY = dt.date(2026, 3, 16)
_PAPERS = 14

TOPICS: list[dict[str, Any]] = [
    {
        "id": name,
        "title": f"All about {name}",
        "description": f"Of {name}.",
        "rules": [{"phrases": [name], "weight": 10}],
    }
    for name in ("retrieval", "speech", "birds")
]

Change = Callable[[Folder], None]


def made(root: Path) -> Folder:
    """Papers on three days, with their ledger, an edition, redirects, hand-written pages."""
    folder = Folder(root)
    root.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "templates").symlink_to(ROOT / "templates", target_is_directory=True)
    shutil.copytree(ROOT / "content" / "pages", folder.pages)
    _write(folder.topics_yml, {"topics": TOPICS})
    for number in range(_PAPERS):
        _write(_record(folder, f"paper-{number}"), _paper(number, _DAYS[number % 3]))
    for day in _DAYS:
        _ledger(folder, day)
    edition = {"title": "A day", "introduction": "*Three* things.", "picks": ["paper-1"]}
    _write(folder.editions / f"{_DAYS[1]}.yml", edition)
    _write(folder.redirects_yml, {"editions/2026-03-12/": f"editions/{_DAYS[2]}/"})
    write_whole(folder.pages / "old.md", "# Old\n\nWords.\n")
    write_whole(folder.pages / "mine.md", "# Mine\n\nSee [about](about.md).\n\n## Here\n\nWords.\n")
    return folder


def _paper(number: int, day: dt.date) -> dict[str, Any]:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    return {
        "title": f"{prose(number, 3).rstrip('.')} of {subject} {number}",
        "abstract": f"We study {subject} & $x_{number}$. {prose(number, 30)}",
        "authors": ["Ada Lovelace", f"Author {number % 5}"],
        "ids": {"arxiv": f"2603.{10000 + number}"},
        "appearances": [{"source": "daily", "date": day, "file": f"{day}.txt"}],
    }


def _record(folder: Folder, slug: str) -> Path:
    return folder.papers / "2026" / f"{slug}.yml"


def _ledger(folder: Folder, day: dt.date) -> None:
    """What a listing brought: the papers that are there and say so."""
    records = sorted(folder.papers.rglob("*.yml"))
    papers = [
        path.stem
        for path in records
        if any(seen["date"] == day for seen in _read(path)["appearances"])
    ]
    said = {"source": "daily", "date": day, "dated_by": "listing", "file": f"{day}.txt"}
    said |= {"fingerprint": f"{day:%Y%m%d}" * 8, "records": len(papers), "papers": papers}
    _write(folder.ledger / f"{day}.yml", said)


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _write(path: Path, value: Any) -> None:
    write_whole(path, yaml.safe_dump(value, sort_keys=False))


def decided(slug: str, **decisions: Any) -> Change:
    """An editor decides about a paper; ``None`` takes a decision back."""

    def change(folder: Folder) -> None:
        record = _read(_record(folder, slug))
        curation = {**record.get("curation", {}), **decisions}
        record["curation"] = {key: value for key, value in curation.items() if value is not None}
        _write(_record(folder, slug), record)

    return change


def corrected(slug: str, **values: Any) -> Change:
    """A record says something else."""
    return lambda folder: _write(_record(folder, slug), _read(_record(folder, slug)) | values)


def new_edition(folder: Folder) -> None:
    """A listing of a new day brings papers, and shows an old one again."""
    for number in range(20, 24):
        _write(_record(folder, f"paper-{number}"), _paper(number, _NEW_DAY))
    old = _read(_record(folder, "paper-2"))
    old["appearances"] += _paper(0, _NEW_DAY)["appearances"]
    _write(_record(folder, "paper-2"), old)
    _ledger(folder, _NEW_DAY)


def removed_paper(folder: Folder) -> None:
    """A paper goes, and the line about it."""
    day = _read(_record(folder, "paper-9"))["appearances"][0]["date"]
    _record(folder, "paper-9").unlink()
    _ledger(folder, day)


def renamed_paper(folder: Folder) -> None:
    """A paper has another address from now on."""
    _record(folder, "paper-5").rename(_record(folder, "a-better-name"))
    decided("a-better-name", formerly=["paper-5"])(folder)


def topics(change: Callable[[list[dict[str, Any]]], None]) -> Change:
    """Topics are others."""

    def changed(folder: Folder) -> None:
        said = _read(folder.topics_yml)
        change(said["topics"])
        _write(folder.topics_yml, said)

    return changed


def _topic(topics: list[dict[str, Any]], id_: str) -> dict[str, Any]:
    return next(each for each in topics if each["id"] == id_)


def _with_rule(topics: list[dict[str, Any]]) -> None:
    _topic(topics, "speech")["rules"].append({"phrases": ["birds", "noise"], "weight": 6})


def _with_topic(topics: list[dict[str, Any]]) -> None:
    stones = yaml.safe_load(yaml.safe_dump(TOPICS[2]).replace("birds", "stones"))
    topics.append(stones)


def _with_other_id(topics: list[dict[str, Any]]) -> None:
    _topic(topics, "retrieval").update(id="search", title="Search", formerly=["retrieval"])


def _without_topic(topics: list[dict[str, Any]]) -> None:
    topics.remove(_topic(topics, "birds"))


def edition(**values: Any) -> Change:
    """An editor writes other words above a day."""

    def change(folder: Folder) -> None:
        path = folder.editions / f"{_DAYS[1]}.yml"
        _write(path, _read(path) | values)

    return change


def page(name: str, text: str) -> Change:
    """A hand-written page says something else, or is there from now on."""
    return lambda folder: write_whole(folder.pages / name, text)


def template(name: str, old: str, new: str) -> Change:
    """The digest has a template of its own, and with it a dress of the theme that is composed."""

    def change(folder: Folder) -> None:
        if folder.templates.is_symlink():
            folder.templates.unlink()
        text = (ROOT / "templates" / name).read_text(encoding="utf-8")
        assert old in text
        write_whole(folder.templates / name, text.replace(old, new))
        configured("custom_dir: templates/overrides", "custom_dir: build/theme")(folder)

    return change


def configured(old: str, new: str) -> Change:
    """``mkdocs.yml`` says something else; it may do so already."""

    def change(folder: Folder) -> None:
        text = folder.mkdocs_yml.read_text(encoding="utf-8")
        assert old in text or new in text
        write_whole(folder.mkdocs_yml, text.replace(old, new))

    return change


#: What editors and maintainers do, in any order.
CHANGES: dict[str, Change] = {
    "a new edition": new_edition,
    "a title corrected": decided("paper-3", title="Another title & <more>"),
    "an abstract corrected": decided("paper-4", abstract="We study speech, after all."),
    "a record corrected": corrected("paper-6", authors=["Grace Hopper"], title="A new title"),
    "a note": decided("paper-7", note="Worth *your* time."),
    "another note": decided("paper-7", note="Worth more time."),
    "no note": decided("paper-7", note=None),
    "a paper hidden": decided("paper-8", hidden=True),
    "a paper removed": removed_paper,
    "two papers made one": decided("paper-10", same_as="paper-2"),
    "a paper renamed": renamed_paper,
    "a topic by hand": decided("paper-11", topics=["speech"]),
    "a rule": topics(_with_rule),
    "a topic added": topics(_with_topic),
    "a topic renamed": topics(_with_other_id),
    "a topic removed": topics(_without_topic),
    "words above an edition": edition(introduction="Other *words*, on [about](about/)."),
    "other picks": edition(picks=["paper-4", "paper-1"]),
    "no redirects": lambda folder: folder.redirects_yml.unlink(),
    "a page added": page("more.md", "# More\n\n## There\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
    "a page changed": page("mine.md", "# Mine\n\nOther words, [about](about.md).\n"),
    "a page removed": lambda folder: (folder.pages / "old.md").unlink(),
    "a template": template("paper.md.j2", 'contribution":', 'contribution": "new: " ~'),
    "a part of the theme": template(
        "overrides/main.html", "{{- written", "<!-- own -->{{- written"
    ),
    "a stylesheet": template("overrides/assets/stylesheets/digest.css", "}", "}\n"),
    "the site's name": configured("site_name: The Paper Digest", "site_name: Ours & Theirs"),
    "the site's address": configured("https://example.github.io/paper", "https://example.org/our"),
    "cards of topics": configured("cards: paper", "cards: topic"),
}
#: Those that need another before them.
AFTER = {"another note": "a note", "no note": "another note"}
