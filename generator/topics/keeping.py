"""All papers judged: on all cores, or as an earlier build judged the same words by the same rules.

What another process tells, or another build has kept, is a line of JSON for each paper: to pickle
the objects takes as long as to judge anew, and a file should hold nothing that can do something.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from sys import intern
from typing import Any

from generator.errors import DigestError
from generator.memory import uncollected
from generator.model import Evidence, Paper, TopicScore
from generator.parallel import shared_out
from generator.topics.judging import Judgement, Missed, judge
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import Taxonomy
from generator.write import write_tree

_FILE = "judgements.txt"
#: With fewer papers a process is not worth its while.
_WORTH_SHARING = 200


@uncollected
def judged(
    papers: Mapping[str, Paper], taxonomy: Taxonomy, place: Path | None = None, *, keep: bool = True
) -> dict[str, Judgement]:
    """What :func:`~generator.topics.judging.judge` says of each paper, by slug.

    Args:
        papers: The papers by slug.
        taxonomy: The topics and their rules.
        place: A folder in which judgements are kept; it may be removed at any time. One is taken
            from there only if it was made of the same words and decisions, by the same rules and
            the same code. A file that cannot be read, or that somebody has changed, is none.
        keep: Whether these judgements, and no others, are kept there for the next build.
    """
    version = _version(taxonomy) if place else ""
    if not (place and version):
        return dict(
            zip(papers, map(_judgement, _told(list(papers.values()), taxonomy)), strict=True)
        )
    keys = {slug: _key(paper) for slug, paper in papers.items()}
    kept = _kept(place / _FILE, version)
    new = {key: papers[slug] for slug, key in keys.items() if key not in kept}
    told = kept | dict(zip(new, _told(list(new.values()), taxonomy), strict=True))
    if keep and (new or len(kept) > len(set(keys.values()))):
        _keep({key: told[key] for key in keys.values()}, version, place)
    return {slug: _judgement(told[key]) for slug, key in keys.items()}


def _told(papers: Sequence[Paper], taxonomy: Taxonomy) -> Iterator[str]:
    """What there is to say of each paper, as a line of JSON."""
    tagger = Tagger(taxonomy)

    def work(part: Sequence[Paper]) -> list[str]:
        return [_line(judge(paper, tagger, taxonomy)) for paper in part]

    for lines in shared_out(work, papers, _WORTH_SHARING):
        yield from lines


def _line(judgement: Judgement) -> str:
    plain = [
        [_plain(each) for each in judgement.given],
        [[_plain(each.score), each.threshold, each.reason] for each in judgement.missed],
        [judgement.is_bare, judgement.is_weak, judgement.is_crowded],
    ]
    return json.dumps(plain, separators=(",", ":"))


def _plain(score: TopicScore) -> list[object]:
    evidence = [[each.phrase, each.place, each.weight] for each in score.evidence]
    return [score.topic, score.score, evidence, score.by_curator]


def _judgement(line: str) -> Judgement:
    given, missed, says = json.loads(line)
    return Judgement(
        tuple(map(_score, given)),
        tuple(Missed(_score(score), takes, intern(reason)) for score, takes, reason in missed),
        *says,
    )


def _score(plain: Any) -> TopicScore:
    topic, score, found, by_curator = plain
    # Few words stand for most of what is found: each is held once, however many lines have it.
    evidence = tuple(
        Evidence(intern(words), intern(place), weight) for words, place, weight in found
    )
    return TopicScore(intern(topic), score, evidence, by_curator)


def _key(paper: Paper) -> str:
    """What of a paper its judgement follows from, as a hash."""
    curation = paper.curation
    decided = (curation.topics, curation.add_topics, curation.drop_topics)
    said = repr((decided, paper.title, paper.abstract))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _version(taxonomy: Taxonomy) -> str:
    """What judgements follow from beside the papers: the rules, and the code that applies them.

    "" if nobody can tell, where the code is there without its text.
    """
    code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    rules = json.dumps(asdict(taxonomy), default=sorted)
    parts = [sys.version.encode(), rules.encode(), *code]
    whole = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(whole).hexdigest() if code else ""


def _kept(path: Path, version: str) -> dict[str, str]:
    """The lines that are kept, by the hashes of what they follow from, if all of them are whole."""
    try:
        said, _, text = path.read_text(encoding="ascii").partition("\n")
    except (OSError, ValueError):
        return {}
    if said != _sum(version, text):
        return {}
    return dict(line.split(" ", 1) for line in text.split("\n") if line)


def _keep(lines: Mapping[str, str], version: str, place: Path) -> None:
    """Keep lines, and nothing else; where that cannot be done, the next build judges anew."""
    text = "".join(f"{key} {line}\n" for key, line in lines.items())
    with suppress(DigestError):
        write_tree(place, {_FILE: f"{_sum(version, text)}\n{text}".encode("ascii")})


def _sum(version: str, text: str) -> str:
    return hashlib.sha256(f"{version}\n{text}".encode("ascii")).hexdigest()
