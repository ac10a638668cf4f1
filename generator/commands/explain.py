"""``digest explain``: why a paper has the topics that it has, and not others."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

import click

from generator import content
from generator.errors import DigestError
from generator.folder import Folder
from generator.model import Evidence, Paper, TopicScore
from generator.tagging import NearMiss, Tagger
from generator.taxonomy import Taxonomy

#: A topic is a near miss if it has at least this share of its threshold.
_NEAR = 0.4


@click.command("explain")
@click.argument("slug")
@click.pass_obj
def command(folder: Folder, slug: str) -> None:
    """Say why the paper SLUG has its topics: every phrase, where it stands, what it weighs.

    SLUG is the last part of the paper's address and the name of its file. Topics that the paper
    nearly has are shown too, with what spoke against them.
    """
    found = content.read(folder)
    paper = _paper(slug, found.library.papers)
    for line in explanation(paper, found.taxonomy):
        click.echo(line)


def _paper(slug: str, papers: Mapping[str, Paper]) -> Paper:
    paper = papers.get(slug)
    if paper is None:
        close = difflib.get_close_matches(slug, papers, n=3)
        hint = (
            f"did you mean {' or '.join(close)}?"
            if close
            else "a slug is the name of a file below content/papers, without .yml"
        )
        raise DigestError(f"{slug}: no paper has this slug; {hint}")
    return paper


def explanation(paper: Paper, taxonomy: Taxonomy) -> Iterator[str]:
    """The lines that explain a paper's topics."""
    tagger = Tagger(taxonomy)
    titles = {topic.id: topic.title for topic in taxonomy.topics}
    given = tagger.assign(paper)
    yield paper.title
    yield ""
    yield "Topics" if given else "Topics: none"
    for score in given:
        yield from _topic(score, titles)
    missed = [miss for miss in tagger.near_misses(paper.title, paper.abstract) if _near(miss)]
    shown = {score.topic for score in given}
    missed = [miss for miss in missed if miss.score.topic not in shown]
    if dropped := [topic for topic in paper.curation.drop_topics if topic not in shown]:
        yield ""
        yield f"Dropped by the curator: {', '.join(dropped)}"
    if missed:
        yield ""
        yield "Nearly"
    for miss in missed:
        yield from _topic(miss.score, titles, f", of {miss.threshold:g} needed: {miss.reason}")


def _near(miss: NearMiss) -> bool:
    return miss.score.score >= miss.threshold * _NEAR


def _topic(score: TopicScore, titles: Mapping[str, str], remark: str = "") -> Iterator[str]:
    by = ", given by the curator" if score.by_curator else ""
    yield f"  {titles.get(score.topic, score.topic)} ({score.topic}): {score.score:g}{remark}{by}"
    for evidence in sorted(score.evidence, key=lambda one: -one.weight):
        yield f"    {_reason(evidence)}"


def _reason(evidence: Evidence) -> str:
    against = "  (against)" if evidence.weight < 0 else ""
    return f'{evidence.weight:+6.2f}  {evidence.place:12}  "{evidence.phrase}"{against}'
