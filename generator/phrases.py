"""The small language in which curators write phrases, and the search for them in a text.

A phrase is words with spaces between them, found inside one sentence:

========================  ======================================================================
``knowledge graph``       these words in this order, in any case; a space also stands for a hyphen;
                          the singular finds the plural
``pre-training``          a hyphen also stands for a space or for nothing: *pretraining*
``quantiz*``              ``*`` at the end of a word: any ending
``adapter|prompt tuning``  ``|`` between words: one of them
``propose ... dataset``   ``...``: up to four other words
``LoRA``                  a word with a capital after its first letter counts only as it is written
========================  ======================================================================

Everything here is pure. Phrases are compiled once into an index by their first word, so that the
cost of a text hardly depends on how many phrases there are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

#: The most words that ``...`` may stand for.
GAP = 4
_GAP_SIGN = "..."
_WORD = re.compile(r"[^\W_]+")
_ALTERNATIVE = re.compile(r"[^\W_]+(?:-[^\W_]+)*\*?")
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
#: (the beginning) or ``=LoRA`` (as it is written).
_Word = str
#: One way to write a phrase: for each place the words that may stand there; ``None`` is the gap.
_Pattern = tuple[frozenset[_Word] | None, ...]


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
    return [tuple(itertools.chain(*choice)) for choice in itertools.product(*options)]


def _alternatives(part: str) -> list[_Pattern]:
    """``prompt|soft-prompt`` as one place for all single words, and each longer writing apart."""
    single: set[_Word] = set()
    longer: list[_Pattern] = []
    for word in part.split("|"):
        if not _ALTERNATIVE.fullmatch(word):
            raise PhraseError(
                f'"{part}" is not a word: letters, digits, inner hyphens, "*" at the end, "|"'
            )
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


def _singular(word: str) -> str:
    """The word without a regular plural's ending; crude, but the same for phrase and text."""
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1]


@dataclass
class PhraseIndex:
    """Many phrases, searched for at once.

    Args:
        phrases: The phrases; matches name them by position.

    Raises:
        PhraseError: One of them is not of the language.
    """

    phrases: Sequence[str]
    _starts: dict[_Word, list[tuple[int, _Pattern]]] = field(init=False, repr=False)
    _vocabulary: frozenset[_Word] = field(init=False, repr=False)
    _prefix_lengths: tuple[int, ...] = field(init=False, repr=False)
    _known: dict[str, frozenset[_Word]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index every way to write every phrase by its first word."""
        self._starts = {}
        self._known = {}
        vocabulary: set[_Word] = set()
        for number, phrase in enumerate(self.phrases):
            for pattern in patterns(phrase):
                vocabulary.update(*(place for place in pattern if place is not None))
                for word in sorted(pattern[0] or ()):
                    self._starts.setdefault(word, []).append((number, pattern))
        self._vocabulary = frozenset(vocabulary)
        lengths = {len(word) - 1 for word in vocabulary if word.endswith("*")}
        self._prefix_lengths = tuple(sorted(lengths))

    def find(self, text: str) -> list[Match]:
        """Every phrase in one sentence, by where it begins; hyphens and other signs part words."""
        spans = [match.span() for match in _WORD.finditer(text)]
        words = [self._forms(text[start:end]) for start, end in spans]
        found: dict[Match, None] = {}
        for position, forms in enumerate(words):
            for form in sorted(forms):
                for number, pattern in self._starts.get(form, ()):
                    end = _end(pattern, words, position)
                    if end is not None:
                        found[Match(number, spans[position][0], spans[end][1])] = None
        return list(found)

    def _forms(self, raw: str) -> frozenset[_Word]:
        """The words of phrases that a word of a text can be; remembered, since texts repeat."""
        known = self._known.get(raw)
        if known is None:
            lower = raw.lower()
            forms = [_singular(lower), f"={raw}", *(f"{lower[:n]}*" for n in self._prefix_lengths)]
            if raw.endswith("s"):
                forms.append(f"={raw[:-1]}")
            known = self._known[raw] = self._vocabulary.intersection(forms)
        return known


def _end(pattern: _Pattern, words: list[frozenset[_Word]], position: int) -> int | None:
    """Where ``pattern`` ends if it begins at ``position``: the number of its last word."""
    for index, place in enumerate(pattern):
        if place is None:
            rest = pattern[index + 1 :]
            starts = range(position, min(position + GAP + 1, len(words)))
            ends = (_end(rest, words, start) for start in starts)
            return next((end for end in ends if end is not None), None)
        if position >= len(words) or place.isdisjoint(words[position]):
            return None
        position += 1
    return position - 1
