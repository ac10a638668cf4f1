"""A :class:`~generator.topics.retagging.Retagging` as text, as Markdown for GitHub, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.console.wording import count
from generator.digest import Entry, TopicTag
from generator.history.github import code, said
from generator.topics.retagging import Change, Retagging

#: Phrases that are told of a topic that a paper gained.
_TOLD = 3
#: Papers beyond which a list is folded.
_SHORT = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What changed since ``since``, with the papers as they are now, by slug.

    ``gone`` are the ids of topics that were there and to which nothing leads any more.
    """

    since: str
    found: Retagging
    entries: Mapping[str, Entry]
    gone: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """All of it in one line."""
        found = self.found
        parts = [f"{count(len(found.changes), 'paper')} of {found.compared:,} with other topics"]
        if found.reshelved:
            parts.append(f"{len(found.reshelved):,} with another strongest one")
        return f"since {self.since}: {', '.join(parts)}"

    def title(self, slug: str) -> str:
        """What a paper is called."""
        return self.entries[slug].title

    def reason(self, slug: str, topic: str) -> str:
        """What put a paper under a topic, as far as a line holds it."""
        tags = {tag.topic.id: tag for tag in self.entries[slug].topics}
        return _reason(tags[topic])


def _reason(tag: TopicTag) -> str:
    if tag.by_curator:
        return "by the curator"
    strongest = sorted(tag.evidence, key=lambda each: -each.weight)
    phrases = dict.fromkeys(each.phrase for each in strongest if each.weight > 0)
    return f"{tag.score:g}: " + ", ".join(f"“{phrase}”" for phrase in list(phrases)[:_TOLD])


#: What an editor who took a topic out may have forgotten.
_GONE = "its address leads nowhere now; name it under `formerly` of the topic that takes its place"


def as_data(report: Report) -> dict[str, Any]:
    """For programs."""
    found = report.found
    return {
        "since": report.since,
        "papers": found.compared,
        "changed": [
            {
                "id": each.slug,
                "title": report.title(each.slug),
                "gained": list(each.gained),
                "lost": list(each.lost),
                "strongest": each.shelf and list(each.shelf),
            }
            for each in (*found.changes, *found.reshelved)
        ],
        "topics": {
            each.topic: {
                "before": each.before,
                "after": each.after,
                "gained": each.gained,
                "lost": each.lost,
            }
            for each in found.totals
        },
        "gone": list(report.gone),
    }


def as_text(report: Report) -> Iterator[str]:
    """For a terminal."""
    found = report.found
    yield report.headline
    yield from (f"topic {topic} is gone: {_GONE}" for topic in report.gone)
    if found.totals:
        width = max(len(each.topic) for each in found.totals)
        yield ""
        yield f"{'topic':{width}}  before  after  gained  lost"
        for each in found.totals:
            yield (
                f"{each.topic:{width}}  {each.before:6}  {each.after:5}  {each.gained:6}  "
                f"{each.lost:4}"
            )
    for change in found.changes:
        yield ""
        yield f"{change.slug}: {report.title(change.slug)}"
        for topic in change.gained:
            yield f"  + {topic}  ({report.reason(change.slug, topic)})"
        yield from (f"  - {topic}" for topic in change.lost)
    if found.reshelved:
        yield ""
        yield "the same topics, another one the strongest"
        yield from (f"  {each.slug}: {_shelf(each)}" for each in found.reshelved)


def _shelf(change: Change) -> str:
    before, after = change.shelf or ("", "")
    return f"{before or 'none'} -> {after or 'none'}"


def as_markdown(report: Report) -> Iterator[str]:
    """For a pull request: titles and phrases are text there and nothing else."""
    found = report.found
    yield f"# Topics {said(report.headline)}"
    if report.gone:
        yield ""
        yield from (f"- {code(topic)} is gone: {_GONE}" for topic in report.gone)
    if found.totals:
        yield ""
        yield "| Topic | Before | After | Gained | Lost |"
        yield "| --- | ---: | ---: | ---: | ---: |"
        for each in found.totals:
            yield (
                f"| {code(each.topic)} | {each.before:,} | {each.after:,} | {each.gained:,} | "
                f"{each.lost:,} |"
            )
    lines = [_line(report, each) for each in found.changes]
    yield from _list("Papers with other topics", lines)
    lines = [f"- {_named(report, each)}: {said(_shelf(each))}" for each in found.reshelved]
    yield from _list("The same topics, another one the strongest", lines)


def _list(title: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    folded = len(lines) > _SHORT
    yield ""
    yield f"## {title} ({len(lines):,})"
    yield ""
    if folded:
        yield f"<details><summary>{count(len(lines), 'paper')}</summary>"
        yield ""
    yield from lines
    if folded:
        yield ""
        yield "</details>"


def _named(report: Report, change: Change) -> str:
    return f"{said(report.title(change.slug))} {code(change.slug)}"


def _line(report: Report, change: Change) -> str:
    parts = [
        f"+{code(topic)} ({said(report.reason(change.slug, topic))})" for topic in change.gained
    ]
    parts += [f"−{code(topic)}" for topic in change.lost]
    return f"- {_named(report, change)}: {', '.join(parts)}"
