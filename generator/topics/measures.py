"""Measurements of topics told: as lines to read, and as plain data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.console.wording import count
from generator.related.neighbours import Figure
from generator.topics.corrections import Correction, Corrections, Disputed
from generator.topics.evaluation import Confusion, Counts, Evaluation

#: Confusions that are told, where more would not be read.
_TOLD = 20
#: Papers that are named of each.
_NAMED = 5
_ALL = "all topics"


def evaluation_as_data(result: Evaluation) -> dict[str, Any]:
    """A comparison with labels, shares as numbers from 0 to 1."""
    return {
        "papers": result.papers,
        "micro": _figures(result.total),
        "macro_f1": round(result.macro_f1, 4),
        "macro": {
            "f1": round(result.macro_f1, 4),
            "precision": round(result.macro_precision, 4),
            "recall": round(result.macro_recall, 4),
        },
        "strongest_topic_allowed": round(result.primary_share, 4),
        "topics": {topic: _figures(counts) for topic, counts in result.topics.items()},
        "confusions": [
            {"given": each.given, "missed": each.missed, "papers": list(each.papers)}
            for each in result.confusions
        ],
        "not_in_library": [label.title for label in result.absent],
    }


def _figures(counts: Counts) -> dict[str, float]:
    return {
        "f1": round(counts.f1, 4),
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "hits": counts.hits,
        "false": counts.false,
        "missed": counts.missed,
    }


def evaluation_as_text(result: Evaluation) -> Iterator[str]:
    """A comparison with labels: a table, its sums, and what was taken for what."""
    width = max(map(len, [*result.topics, _ALL]))
    yield f"{'topic':{width}}     F1  precision  recall  hits  false  missed"
    for topic, counts in result.topics.items():
        yield _row(topic, counts, width)
    yield _row(_ALL, result.total, width)
    yield ""
    yield f"{count(result.papers, 'paper')} with a label"
    total = result.total
    yield f"micro  F1 {total.f1:.3f}, precision {total.precision:.3f}, recall {total.recall:.3f}"
    yield (
        f"macro  F1 {result.macro_f1:.3f}, precision {result.macro_precision:.3f}, "
        f"recall {result.macro_recall:.3f}"
    )
    yield f"strongest topic allowed by the label: {result.primary_share:.1%}"
    yield from _confusions(result.confusions)
    for label in result.absent:
        yield f"line {label.line}: not in the library: {label.title}"


def _row(topic: str, counts: Counts, width: int) -> str:
    return (
        f"{topic:{width}}  {counts.f1:.3f}      {counts.precision:.3f}   {counts.recall:.3f}"
        f"  {counts.hits:4}  {counts.false:5}  {counts.missed:6}"
    )


def _confusions(confusions: tuple[Confusion, ...]) -> Iterator[str]:
    if not confusions:
        return
    yield ""
    yield "confusions: given where another one was missed"
    for each in confusions[:_TOLD]:
        yield f"  {each.given} for {each.missed}: {len(each.papers)}: {_some(each.papers)}"
    if len(confusions) > _TOLD:
        yield f"  and {len(confusions) - _TOLD} more; --format json has all"


def _some(slugs: tuple[str, ...]) -> str:
    rest = [f"{len(slugs) - _NAMED} more"] if len(slugs) > _NAMED else []
    return ", ".join([*slugs[:_NAMED], *rest])


def corrections_as_data(found: Corrections) -> dict[str, Any]:
    """Where the rules and the curators differ."""
    return {
        "papers": found.papers,
        "agreed": found.agreed,
        "differing": found.differing,
        "topics": {each.topic: _correction(each) for each in found.topics},
        "needless": [{"paper": slug, "field": field} for slug, field in found.needless],
    }


def _correction(each: Correction) -> dict[str, Any]:
    return {
        "agreed": each.agreed,
        "missed": [_disputed(paper) for paper in each.missed],
        "false": [_disputed(paper) for paper in each.false],
    }


def _disputed(each: Disputed) -> dict[str, Any]:
    score = each.score
    return {
        "paper": each.slug,
        "title": each.title,
        "score": score.score if score else 0.0,
        "evidence": [
            {"phrase": why.phrase, "place": why.place, "weight": why.weight}
            for why in (score.evidence if score else ())
        ],
    }


def corrections_as_text(found: Corrections) -> Iterator[str]:
    """Where the rules and the curators differ, the worst topic first, with the papers."""
    if not found.papers:
        yield "no curator has decided about topics: there is nothing to compare with"
        return
    decisions = count(found.agreed + found.differing, "decision")
    yield (
        f"{count(found.papers, 'paper')} with {decisions} about topics: the rules alone come to "
        f"{found.agreed:,} of them"
    )
    for each in found.topics:
        if each.differing:
            yield ""
            yield f"{each.topic}: {each.differing} differ, {each.agreed} agree"
            yield from (_dispute("+", paper) for paper in each.missed)
            yield from (_dispute("-", paper) for paper in each.false)
    if found.differing:
        yield ""
        yield "+ the curator gives it, the rules do not; - the rules give it, the curator does not"
    if found.needless:
        yield ""
        yield "decisions that change nothing any more; the rules come to the same:"
        yield from (f"  {slug}: {field}" for slug, field in found.needless)


def _dispute(sign: str, each: Disputed) -> str:
    if not each.score:
        return f"  {sign} {each.slug}: the rules find nothing"
    why = sorted(each.score.evidence, key=lambda one: (-abs(one.weight), one.phrase))[:_NAMED]
    phrases = ", ".join(f'"{one.phrase}" {one.weight:+g}' for one in why)
    return f"  {sign} {each.slug}: {each.score.score:g}: {phrases}"


def figure_as_data(figure: Figure) -> dict[str, Any]:
    """How good related papers are, shares as numbers from 0 to 1."""
    return {
        "papers": figure.papers,
        "pairs": figure.pairs,
        "shared": figure.shared,
        "share": round(figure.share, 4),
        "chance": round(figure.chance, 4),
    }


def figure_as_text(figure: Figure) -> Iterator[str]:
    """How good related papers are, and what exactly was measured."""
    yield (
        f"{count(figure.papers, 'paper')} with a label; {count(figure.pairs, 'pair')} of one of "
        "them with one of its related papers that has a label, too"
    )
    yield (
        f"pairs with a topic of their labels in common: {figure.share:.1%} "
        f"({figure.shared:,} of {figure.pairs:,})"
    )
    yield f"by chance, of all pairs of papers with a label: {figure.chance:.1%}"
