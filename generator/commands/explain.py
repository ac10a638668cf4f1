"""``digest explain``: why a paper has the topics that it has, and not others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from generator import content
from generator.console.wording import guess
from generator.errors import DigestError
from generator.folder import Folder
from generator.model import Curation, Evidence, Paper, TopicScore
from generator.topics.judging import Judgement, Missed, judge
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import Taxonomy


@click.command("explain")
@click.argument("slug")
@click.pass_obj
def command(folder: Folder, slug: str) -> None:
    """Say why the paper SLUG has its topics: every phrase, where it stands, what it weighs.

    SLUG is the last part of the paper's address and the name of its file. Topics that the paper
    nearly has, or that the curator took away, are shown too, with what speaks for and against them.
    """
    found = content.read(folder)
    paper = _paper(slug, found.library.everything)
    for line in explanation(paper, found.taxonomy):
        click.echo(line)


def _paper(slug: str, papers: Mapping[str, Paper]) -> Paper:
    paper = papers.get(slug.removesuffix("/").rpartition("/")[2].removesuffix(".yml"))
    if paper is None:
        rule = "a slug is the name of a file below content/papers, without .yml"
        hint = guess(slug, papers) or rule
        raise DigestError(f"{slug}: no paper has this slug; {hint}")
    return paper


def explanation(paper: Paper, taxonomy: Taxonomy) -> Iterator[str]:
    """The lines that explain a paper's topics."""
    judgement = judge(paper, Tagger(taxonomy), taxonomy)
    titles = {topic.id: topic.title for topic in taxonomy.topics}
    yield paper.title
    yield ""
    bare = "Topics: none, as the curator decided" if judgement.is_bare else "Topics: none"
    yield "Topics" if judgement.given else bare
    for score in judgement.given:
        yield from _topic(score, titles, ", given by the curator" if score.by_curator else "")
    yield from _misses("Taken away by the curator", _decided(judgement), titles)
    yield from _misses("Nearly", _near(judgement), titles)
    if doubts := tuple(_doubts(judgement)):
        yield ""
        yield from doubts
    if decisions := tuple(_decisions(paper.curation)):
        yield ""
        yield f"The curator said: {'; '.join(decisions)}"


def _decided(judgement: Judgement) -> tuple[Missed, ...]:
    return tuple(each for each in judgement.missed if each.score.by_curator)


def _near(judgement: Judgement) -> tuple[Missed, ...]:
    return tuple(each for each in judgement.missed if not each.score.by_curator)


def _misses(title: str, missed: tuple[Missed, ...], titles: Mapping[str, str]) -> Iterator[str]:
    if missed:
        yield ""
        yield title
    for each in missed:
        needed = "" if each.score.by_curator else f", of {each.threshold:g} needed: {each.reason}"
        yield from _topic(each.score, titles, needed)


def _doubts(judgement: Judgement) -> Iterator[str]:
    if not judgement.given and not judgement.is_bare:
        yield "Not sure: no topic has enough"
    if judgement.is_weak:
        yield "Not sure: a single topic, on little evidence"
    if judgement.is_crowded:
        yield "Not sure: more topics have enough than a paper is given"


def _decisions(curation: Curation) -> Iterator[str]:
    """What stands in the record, as it stands there."""
    if curation.topics is not None:
        yield f"topics: [{', '.join(curation.topics)}]"
    for name in ("add_topics", "drop_topics"):
        if topics := getattr(curation, name):
            yield f"{name}: [{', '.join(topics)}]"


def _topic(score: TopicScore, titles: Mapping[str, str], remark: str) -> Iterator[str]:
    yield f"  {titles.get(score.topic, score.topic)} ({score.topic}): {score.score:g}{remark}"
    for evidence in sorted(score.evidence, key=lambda one: -one.weight):
        yield f"    {_reason(evidence)}"


def _reason(evidence: Evidence) -> str:
    against = "  (against)" if evidence.weight < 0 else ""
    return f'{evidence.weight:+6.2f}  {evidence.place:12}  "{evidence.phrase}"{against}'
