"""``digest evaluate``: how well the rules in ``topics.yml`` agree with people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from generator import content
from generator.content import Content
from generator.errors import ContentError, UsageError
from generator.folder import Folder
from generator.related.neighbours import Figure, figure
from generator.related.neighbours import related as related_papers
from generator.topics import evaluation
from generator.topics.corrections import corrections
from generator.topics.labels import Label, labelled, read_labels
from generator.topics.lineage import renamed
from generator.topics.measures import (
    corrections_as_data,
    corrections_as_text,
    evaluation_as_data,
    evaluation_as_text,
    figure_as_data,
    figure_as_text,
)
from generator.topics.tagging import Tagger
from generator.views.assemble import digest_of


@click.command("evaluate")
@click.argument(
    "labels", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--against",
    type=click.Choice(["labels", "curation"]),
    default="labels",
    show_default=True,
    help="Measure against LABELS, or against what curators decided in the records.",
)
@click.option("--related", is_flag=True, help="Measure related papers by LABELS instead.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table to read, or JSON for programs.",
)
@click.pass_obj
def command(
    folder: Folder, labels: Path | None, against: str, format_: str, *, related: bool
) -> None:
    """Compare the topics that the rules give with those that people give.

    LABELS is a file of JSON Lines: the title of a paper, its topics, and optional ones that do not
    count. Labels whose paper is not in the library are listed and not scored.

    With --against curation, LABELS is left out: shown is what the rules alone make of the papers
    whose topics a curator has decided, the topics with the most differences first.
    """
    if related and against == "curation":
        raise UsageError("--related is measured by labels: name a file, without --against")
    if (labels is None) == (against == "labels"):
        raise UsageError(
            "name a file of labels, such as content/labels.jsonl, or say --against curation"
        )
    found = content.read(folder)
    if labels is None:
        decided = corrections(found.library.papers.values(), Tagger(found.taxonomy))
        _tell(format_, corrections_as_data(decided), corrections_as_text(decided))
        return
    read = _labels(labels, found)
    papers = found.library.papers.values()
    if related:
        measured = _related(found, read)
        _tell(format_, figure_as_data(measured), figure_as_text(measured))
    else:
        result = evaluation.evaluate(read, papers, Tagger(found.taxonomy))
        _tell(format_, evaluation_as_data(result), evaluation_as_text(result))


def _tell(format_: str, data: dict[str, Any], lines: Iterable[str]) -> None:
    if format_ == "json":
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines))


def _related(found: Content, labels: tuple[Label, ...]) -> Figure:
    """How good the related papers of the digest are by what people say of their topics."""
    digest = digest_of(found)
    pairs, _ = labelled(labels, found.library.papers.values())
    return figure(
        related_papers(digest.entries), {paper.slug: label.topics for label, paper in pairs}
    )


def _labels(path: Path, found: Content) -> tuple[Label, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ContentError(path, f"cannot be read: {reason}", "save it as UTF-8") from None
    former = renamed(found.taxonomy.topics)
    read = read_labels(text, str(path), found.taxonomy.ids, former)
    if not labelled(read, found.library.papers.values())[0]:
        remedy = "labels find papers by their titles; is this another digest's file?"
        raise ContentError(path, "none of its labels is of a paper of the library", remedy)
    return read
