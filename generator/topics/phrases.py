"""The small language in which curators write phrases, and the search for them in a text.

A phrase is words with spaces between them, found inside one sentence:

========================  ======================================================================
``knowledge graph``       these words in this order, in any case; a space also stands for a hyphen;
                          the singular finds the plural
``pre-training``          a hyphen also stands for a space or for nothing: *pretraining*
``quantiz*``              ``*`` at the end of a word: any ending
``-BERT``                 a hyphen at the beginning: names that are coined with it, as *SciBERT*
``adapter|prompt tuning``  ``|`` between words: one of them
``propose ... dataset``   ``...``: up to four other words
``LoRA``                  a word with a capital after its first letter counts only as it is written
========================  ======================================================================

Everything here is pure. Phrases are compiled once into a tree of words, in which phrases that
begin alike share their beginning: the cost of a text hardly depends on how many phrases there are.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

#: The most words that ``...`` may stand for.
GAP = 4
_GAP_SIGN = "..."
_WORD = re.compile(r"[^\W_]+")
_ALTERNATIVE = re.compile(r"-[^\W_]+|[^\W_]+(?:-[^\W_]+)*\*?")
#: Shorter words keep their "s": was, gas, its.
_SHORTEST_PLURAL = 4
#: Words that end like this are no plurals: loss, corpus, analysis, physics, news.
_NO_PLURAL = ("ss", "us", "is", "ics", "news")
#: A full stop, question or exclamation mark ends a sentence if a capital, a digit, a bracket or a
#: quotation mark follows; "e.g.", "et al." and single capitals do not.
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bal\.)(?<!\bvs\.)(?<!\b[A-Z]\.)\s+(?=[A-Z0-9(\[\"'“‘$])"
)


#: One word of a phrase, as it is looked for: ``graph`` (the singular, in small letters), ``quant*``
#: (the beginning), ``*bert`` (the ending) or ``=LoRA``, ``*=BERT`` (as it is written).
_Word = str
#: One way to write a phrase: for each place the words that may stand there; ``None`` is the gap.
_Pattern = tuple[frozenset[_Word] | None, ...]


#: Each hyphen doubles the ways in which a word may be written.
_MOST_HYPHENS = 6
#: Alternatives in several words multiply; real phrases have a dozen ways.
_MOST_WRITINGS = 500


class PhraseError(ValueError):
    """A phrase that is not of the language; the message says why, for a curator."""


class Match(NamedTuple):
    """A phrase found: which (its position in the list given) and the span of characters."""

    phrase: int
    start: int
    end: int


def sentences(text: str) -> list[str]:
    """Split prose into sentences; abbreviations common in abstracts do not end one."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def patterns(phrase: str) -> list[_Pattern]:
    """All ways in which a phrase may be written.

    Raises:
        PhraseError: It is empty, or not of the language that the module describes.
    """
    parts = phrase.split()
    if not parts:
        raise PhraseError("a phrase has no words")
    if _GAP_SIGN in (parts[0], parts[-1]):
        raise PhraseError('"..." needs words on both sides')
    options = [[(None,)] if part == _GAP_SIGN else _alternatives(part) for part in parts]
    if math.prod(map(len, options)) > _MOST_WRITINGS:
        raise PhraseError(
            f"a phrase may be written in {_MOST_WRITINGS} ways at most: make several of it"
        )
    return [tuple(itertools.chain(*choice)) for choice in itertools.product(*options)]


def _alternatives(part: str) -> list[_Pattern]:
    """``prompt|soft-prompt`` as one place for all single words, and each longer writing apart."""
    single: set[_Word] = set()
    longer: list[_Pattern] = []
    for word in part.split("|"):
        if not _ALTERNATIVE.fullmatch(word):
            raise PhraseError(
                f'"{part}" is not a word: letters, digits, hyphens, "*" at the end, "|"'
            )
        if word.startswith("-"):
            single.add(_ending(word[1:]))
            continue
        if word.count("-") > _MOST_HYPHENS:
            raise PhraseError(f'"{word}" has more than {_MOST_HYPHENS} hyphens')
        for pieces in _hyphenations(word.split("-")):
            if len(pieces) == 1:
                single.add(pieces[0])
            else:
                longer.append(tuple(frozenset({piece}) for piece in pieces))
    return ([(frozenset(single),)] if single else []) + longer


def _hyphenations(pieces: list[str]) -> Iterator[list[_Word]]:
    """``["pre", "training"]`` as two words and as one."""
    if len(pieces) == 1:
        yield [_word(pieces[0])]
        return
    for rest in _hyphenations(pieces[1:]):
        yield [_word(pieces[0]), *rest]
    yield from _hyphenations([pieces[0] + pieces[1], *pieces[2:]])


def _word(piece: str) -> _Word:
    if piece.endswith("*"):
        return piece.lower()
    if piece[1:] != piece[1:].lower():
        return f"={piece}"
    return _singular(piece.lower())


def _ending(piece: str) -> _Word:
    return f"*{piece}" if piece == piece.lower() else f"*={piece}"


def _is_coined(beginning: str) -> bool:
    """Whether a name may be coined with this beginning: Sci in SciBERT, but not V in VLM."""
    return beginning[-1:].islower() or beginning[-1:].isdigit()


def _singular(word: str) -> str:
    """The word without a regular plural's ending; crude, but the same for phrase and text."""
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1]


class _Forms(dict[str, frozenset[_Word]]):
    """The words of phrases that a word of a text can be; remembered, since texts repeat."""

    def __init__(self, vocabulary: frozenset[_Word]) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        beginnings = {len(word) - 1 for word in vocabulary if word.endswith("*")}
        endings = {len(word.lstrip("*=")) for word in vocabulary if word.startswith("*")}
        self._beginnings, self._endings = sorted(beginnings), sorted(endings)

    def __missing__(self, raw: str) -> frozenset[_Word]:
        lower = raw.lower()
        forms = [_singular(lower), *(f"{lower[:n]}*" for n in self._beginnings)]
        for written in (raw, raw[:-1]) if raw.endswith("s") else (raw,):
            forms.append(f"={written}")
            endings = [written[-n:] for n in self._endings if _is_coined(written[:-n])]
            forms += (form for end in endings for form in (f"*={end}", f"*{end.lower()}"))
        self[raw] = known = self._vocabulary.intersection(forms)
        return known


class _Node:
    """Where phrases are after some of their words: those that end here, and how others go on."""

    __slots__ = ("ends", "gap", "words")

    def __init__(self) -> None:
        self.ends: list[int] = []
        self.words: dict[_Word, _Node] = {}
        self.gap: _Node | None = None

    def add(self, phrase: int, pattern: _Pattern) -> None:
        """Add what is left of a phrase."""
        if not pattern:
            self.ends.append(phrase)
        elif pattern[0] is None:
            self.gap = self.gap or _Node()
            self.gap.add(phrase, pattern[1:])
        else:
            for word in pattern[0]:
                self.words.setdefault(word, _Node()).add(phrase, pattern[1:])

    def follow(self, words: Sequence[frozenset[_Word]], at: int, ends: dict[int, int]) -> None:
        """Note for each phrase of which the word before ``at`` is a part where it ends soonest."""
        for phrase in self.ends:
            if at <= ends.get(phrase, at):
                ends[phrase] = at - 1
        # Written out, and not a function of its own: this is where tagging spends its time.
        if self.words and at < len(words):
            for word in words[at]:
                if node := self.words.get(word):
                    node.follow(words, at + 1, ends)
        if self.gap:
            beyond = self.gap.words
            for start in range(at, min(at + GAP + 1, len(words))):
                for word in words[start]:
                    if node := beyond.get(word):
                        node.follow(words, start + 1, ends)


class _Beginnings(dict[str, tuple[_Node, ...]]):
    """Where phrases are after a word of a text with which they begin; remembered likewise."""

    def __init__(self, root: _Node, forms: _Forms) -> None:
        super().__init__()
        self._root, self._forms = root, forms

    def __missing__(self, raw: str) -> tuple[_Node, ...]:
        words = self._root.words
        self[raw] = found = tuple(words[form] for form in self._forms[raw] if form in words)
        return found


@dataclass
class PhraseIndex:
    """Many phrases, searched for at once.

    Args:
        phrases: The phrases; matches name them by position.

    Raises:
        PhraseError: One of them is not of the language.
    """

    phrases: Sequence[str]
    _root: _Node = field(init=False, repr=False)
    _forms: _Forms = field(init=False, repr=False)
    _beginnings: _Beginnings = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Put every way to write every phrase into the tree."""
        self._root = _Node()
        vocabulary: set[_Word] = set()
        for number, phrase in enumerate(self.phrases):
            for pattern in patterns(phrase):
                vocabulary.update(*(place for place in pattern if place is not None))
                self._root.add(number, pattern)
        self._forms = _Forms(frozenset(vocabulary))
        self._beginnings = _Beginnings(self._root, self._forms)

    def find(self, text: str) -> list[Match]:
        """Every phrase in one sentence, by where it begins; hyphens and other signs part words.

        Of a phrase that fits from one word on in more ways, the shortest is taken.
        """
        raw = _WORD.findall(text)
        words = list(map(self._forms.__getitem__, raw))
        ends: dict[int, dict[int, int]] = {}
        for position, nodes in enumerate(map(self._beginnings.__getitem__, raw)):
            if nodes:
                found = ends[position] = {}
                for node in nodes:
                    node.follow(words, position + 1, found)
        if not any(ends.values()):
            return []
        spans = [match.span() for match in _WORD.finditer(text)]
        return [
            Match(number, spans[position][0], spans[end][1])
            for position, found in ends.items()
            for number, end in sorted(found.items())
        ]
