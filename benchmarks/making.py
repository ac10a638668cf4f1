"""Papers by the ten thousand, made from real ones: lengths, words and their frequencies are alike.

A made title has the frame of a real one: its short words and its punctuation. The other words are
drawn as a growing library meets them: mostly words that are there already, the more often the more
of them there are, and now and then a new one (a Pitman-Yor process, which gives the power laws of
Zipf and Heaps). An abstract is made of sentences of several real ones, with a share of their words
drawn anew. The same seed makes the same papers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count, cycle
from random import Random

from generator.ingest.slugs import new_slug
from generator.model import Appearance, Paper, Rule, SourceRecord

#: The discount of the Pitman-Yor process: with it the stems of made titles are as many as those of
#: the real ones, and grow on as theirs do (by four tenths when the library doubles).
_DISCOUNT = 0.5
#: Share of the frequent words of a title that are drawn anew; rare ones always are.
_REDRAWN = 0.5
_RARE = 2
#: Share of the words of an abstract that are drawn anew. Abstracts with the same beginning stay
#: rare, though they are more frequent than in the real library.
_CHANGED = 0.5
#: Share of the words of an abstract that change when it is revised, and when it is written anew.
_REVISED, _REWRITTEN = 0.02, 0.5
#: Share of an abstract that a listing has which breaks it off.
_KEPT = 0.6
#: Letters of a word of which one more does not make another title.
_LONG = 4
#: Identifiers of arXiv that a month has room for.
_A_MONTH = 99_999
#: Share of the library's papers with an identifier.
_WITH_ID = 0.6

_WORD = re.compile(r"\b[^\W\d_]{4,}\b")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z])")
_DAY = dt.date(2026, 1, 5)


class _Words:
    """Words as a growing library brings them: old ones by their frequency, sometimes a new one."""

    def __init__(self, words: Iterable[str], random: Random) -> None:
        self._random = random
        self._all = list(words)
        self._counts = Counter(self._all)
        self._own = sorted(self._counts)
        self.is_rare = {word: count <= _RARE for word, count in self._counts.items()}

    def draw(self) -> str:
        """The next word."""
        if self._random.random() < _DISCOUNT * len(self._counts) / len(self._all):
            word = self._coined()
        else:
            word = self._random.choice(self._all)
            while self._random.random() < _DISCOUNT / self._counts[word]:
                word = self._random.choice(self._all)
        self._all.append(word)
        self._counts[word] += 1
        return word

    def _coined(self) -> str:
        """A new word, of the beginnings and the end of old ones."""
        one, two, three = self._random.choices(self._own, k=3)
        return one[: self._random.randint(1, 3)] + two[:2] + three[3:]


@dataclass(frozen=True, slots=True)
class Made:
    """Records to ingest, and what must become of them."""

    records: tuple[SourceRecord, ...]
    new: int
    merged: Counter[Rule]


class Maker:
    """Makes papers like those of ``models``; ``seed`` decides which."""

    def __init__(self, models: Sequence[Paper], seed: int = 1) -> None:
        self._random = Random(seed)  # noqa: S311 - no secret
        self._titles = [paper.source_title for paper in models]
        self._sentences = [_SENTENCE.split(paper.source_abstract) for paper in models]
        said = (word for title in self._titles for word in _WORD.findall(title))
        self._of_titles = _Words(said, self._random)
        self._of_abstracts = [
            word for paper in models for word in _WORD.findall(paper.source_abstract)
        ]
        self._id = 0

    def library(self, size: int) -> dict[str, Paper]:
        """As many papers, by slug."""
        papers: dict[str, Paper] = {}
        for _ in range(size):
            record = self.record(with_id=self._random.random() < _WITH_ID)
            slug = new_slug(record.title, record.abstract, papers)
            papers[slug] = Paper(
                slug=slug,
                source_title=record.title,
                source_abstract=record.abstract,
                appearances=(Appearance(_DAY, "made", "made.jsonl"),),
                source_ids=record.ids,
            )
        return papers

    def record(self, *, with_id: bool) -> SourceRecord:
        """A paper that is like no other."""
        return SourceRecord(self._title(), self._abstract(), 1, ids=self._ids() if with_id else {})

    def listing(self, size: int, papers: Iterable[Paper] = ()) -> Made:
        """Records of which two in five are papers of a library, each in one of four ways.

        One in ten is a new paper with almost the title of one that is there.
        """
        known = list(papers)
        self._random.shuffle(known)
        ways = cycle((self._retitled, self._again, self._revised, self._cut, self._alike))
        told = [way(paper) for way, paper in zip(ways, known[: size // 2], strict=False)]
        records = [record for record, _ in told]
        while len(records) < size:
            records.append(self.record(with_id=self._random.random() < _WITH_ID))
        self._random.shuffle(records)
        lined = tuple(replace(record, line=n) for n, record in enumerate(records, start=1))
        merged = Counter(rule for _, rule in told if rule)
        return Made(lined, size - merged.total(), merged)

    def _retitled(self, paper: Paper) -> tuple[SourceRecord, Rule | None]:
        """The same identifier, another title and another abstract, if the paper has one."""
        if not paper.ids:
            return self._again(paper)
        abstract = self._reworded(paper.source_abstract, _REWRITTEN)
        return SourceRecord(self._title(), abstract, 1, ids=paper.ids), Rule.SAME_ID

    def _again(self, paper: Paper) -> tuple[SourceRecord, Rule | None]:
        """The same text, from a source that says the other half about identifiers."""
        return self._said(paper, paper.source_title, paper.source_abstract), Rule.SAME_TEXT

    def _revised(self, paper: Paper) -> tuple[SourceRecord, Rule | None]:
        """A title of which a letter changed, and an abstract with some other words."""
        title = paper.source_title
        # Not so in short titles, where a letter is much, nor in Roman numerals.
        long = [word for word in _WORD.findall(title) if len(word) > _LONG]
        if long:
            title = re.sub(rf"\b{self._random.choice(long)}\b", r"\g<0>s", title, count=1)
        abstract = self._reworded(paper.source_abstract, _REVISED)
        if abstract == paper.source_abstract:
            abstract += " More."
        return self._said(paper, title, abstract), Rule.NEAR_TEXT

    def _cut(self, paper: Paper) -> tuple[SourceRecord, Rule | None]:
        """An abstract that breaks off."""
        abstract = paper.source_abstract
        cut = f"{abstract[: int(len(abstract) * _KEPT)]}…"
        return self._said(paper, paper.source_title, cut), Rule.CUT_TEXT

    def _alike(self, paper: Paper) -> tuple[SourceRecord, Rule | None]:
        """Another work with almost the title of a paper."""
        return replace(self.record(with_id=False), title=f"{paper.source_title} Again"), None

    def _said(self, paper: Paper, title: str, abstract: str) -> SourceRecord:
        return SourceRecord(title, abstract, 1, ids={} if paper.ids else self._ids())

    def _title(self) -> str:
        return _WORD.sub(self._word, self._random.choice(self._titles))

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        if self._of_titles.is_rare[word] or self._random.random() < _REDRAWN:
            return self._of_titles.draw()
        return word

    def _abstract(self) -> str:
        """Sentences from all over, each from where it stands: beginnings begin."""
        length = len(self._random.choice(self._sentences))
        chosen = (self._random.choice(self._sentences) for _ in range(length))
        told = (
            each[-1] if place == length - 1 else each[min(place, len(each) - 1)]
            for place, each in enumerate(chosen)
        )
        return self._reworded(" ".join(told), _CHANGED)

    def _reworded(self, text: str, share: float) -> str:
        """A text with as large a share of its words, wherever they stand, drawn anew."""
        places = range(len(_WORD.findall(text)))
        chosen = set(self._random.sample(places, int(share * len(places))))
        place = count()

        def word(found: re.Match[str]) -> str:
            return self._random.choice(self._of_abstracts) if next(place) in chosen else found[0]

        return _WORD.sub(word, text)

    def _ids(self) -> dict[str, str]:
        month, number = divmod(self._id, _A_MONTH)
        self._id += 1
        return {"arxiv": f"{20 + month // 12:02}{month % 12 + 1:02}.{number + 1:05}"}
