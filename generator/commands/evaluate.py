"""``digest evaluate``: how well the rules in ``topics.yml`` agree with people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from generator import content, evaluation
from generator.errors import ContentError
from generator.evaluation import Counts, Evaluation
from generator.folder import Folder
from generator.tagging import Tagger


@click.command("evaluate")
@click.argument("labels", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table to read, or JSON for programs.",
)
@click.pass_obj
def command(folder: Folder, labels: Path, format_: str) -> None:
    """Compare the topics that the rules give with those in LABELS.

    LABELS is a file of JSON Lines: the title of a paper, its topics, and optional ones that do not
    count. Labels whose paper is not in the library are listed and not scored.
    """
    found = content.read(folder)
    read = evaluation.read_labels(_text(labels), str(labels), found.taxonomy.ids)
    result = evaluation.evaluate(read, found.library.papers.values(), Tagger(found.taxonomy))
    lines = _json(result) if format_ == "json" else _text_lines(result)
    for line in lines:
        click.echo(line)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ContentError(path, f"cannot be read: {reason}", "save it as UTF-8") from None


def _json(result: Evaluation) -> Iterator[str]:
    data = {
        "papers": result.papers,
        "micro": _figures(result.total),
        "macro_f1": round(result.macro_f1, 4),
        "strongest_topic_allowed": round(result.primary_share, 4),
        "topics": {topic: _figures(counts) for topic, counts in result.topics.items()},
        "not_in_library": [label.title for label in result.absent],
    }
    yield json.dumps(data, ensure_ascii=False, indent=2)


def _figures(counts: Counts) -> dict[str, float]:
    return {
        "f1": round(counts.f1, 4),
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "hits": counts.hits,
        "false": counts.false,
        "missed": counts.missed,
    }


def _text_lines(result: Evaluation) -> Iterator[str]:
    width = max((len(topic) for topic in result.topics), default=0)
    width = max(width, len("all topics"))
    yield f"{'topic':{width}}     F1  precision  recall  hits  false  missed"
    for topic, counts in result.topics.items():
        yield _row(topic, counts, width)
    yield _row("all topics", result.total, width)
    yield ""
    micro, macro = result.total.f1, result.macro_f1
    yield f"micro-F1 {micro:.3f}, macro-F1 {macro:.3f} on {result.papers} papers"
    yield f"strongest topic allowed by the label: {result.primary_share:.1%}"
    for label in result.absent:
        yield f"line {label.line}: not in the library: {label.title}"


def _row(topic: str, counts: Counts, width: int) -> str:
    return (
        f"{topic:{width}}  {counts.f1:.3f}      {counts.precision:.3f}   {counts.recall:.3f}"
        f"  {counts.hits:4}  {counts.false:5}  {counts.missed:6}"
    )
