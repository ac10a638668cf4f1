"""``digest candidates``: what raw feeds brought and waits for the curator, best first."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

import click

from generator import content
from generator.console.wording import count
from generator.errors import UsageError
from generator.folder import Folder
from generator.related.choosing import Suggestion, suggestions
from generator.topics.tagging import Tagger


@click.command("candidates")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--topic", metavar="ID", help="Only those that have this topic.")
@click.option("--source", metavar="ID", help="Only those that this source showed.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.pass_obj
def command(
    folder: Folder, *, limit: int, topic: str | None, source: str | None, form: str
) -> None:
    """List the candidates that wait, best first, with what speaks for each.

    The number before each says how much speaks for it: one point for its strongest topic and half
    a point for another, if they are followed (``follow`` in content/sources.yml); up to two points
    for likeness to picks and to the digest's papers; half a point for every other source that shows
    it. Decide with ``digest curate --accept SLUG…`` or ``--decline SLUG…``, or by changing its
    status in content/candidates.
    """
    found = content.read(folder)
    if topic is not None and topic not in found.taxonomy.ids:
        close = difflib.get_close_matches(topic, found.taxonomy.ids, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "write an id of content/topics.yml"
        raise UsageError(f"--topic {topic!r} is no topic; {hint}")
    sources = {
        seen.source for each in found.library.candidates.values() for seen in each.appearances
    }
    if source is not None and source not in sources:
        known = ", ".join(sorted(sources)) or "there are no candidates"
        raise UsageError(f"--source {source!r} has shown no candidate; sources: {known}")
    every = suggestions(found.library, Tagger(found.taxonomy))
    wanted = [
        each
        for each in every
        if (topic is None or topic in each.topics)
        and (source is None or any(seen.source == source for seen in each.paper.appearances))
    ]
    if form == "json":
        told = [_plain(each) for each in wanted[:limit]]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for each in wanted[:limit]:
        for line in _lines(each):
            click.echo(line)
    shown = min(limit, len(wanted))
    click.echo(f"{count(shown, 'candidate')} of {len(every):,} that wait")


def _lines(each: Suggestion) -> Iterator[str]:
    paper = each.paper
    yield f"{each.score:5.2f}  {paper.date}  {paper.slug}"
    yield f"       {paper.title}"
    topics = f"topics: {', '.join(each.topics)}" if each.topics else "no topic"
    yield f"       {' · '.join((topics, *each.reasons))}"


def _plain(each: Suggestion) -> dict[str, Any]:
    paper = each.paper
    return {
        "id": paper.slug,
        "title": paper.title,
        "abstract": paper.abstract,
        "date": paper.date.isoformat(),
        "score": each.score,
        "reasons": list(each.reasons),
        "topics": list(each.topics),
        "ids": dict(paper.ids),
        "sources": sorted({seen.source for seen in paper.appearances}),
    }
