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
What a word of a text can be in phrases is found out once; then nearly every word is passed over by
looking it, and the next one, up.
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
#: (White space comes first: a text is searched for it much faster than for what precedes it.)
_SENTENCE_END = re.compile(
    r"\s(?<=[.!?]\s)(?<!\be\.g\.\s)(?<!\bi\.e\.\s)(?<!\bal\.\s)(?<!\bvs\.\s)(?<!\b[A-Z]\.\s)"
    r"\s*(?=[A-Z0-9(\[\"'“‘$])"
)
#: ASCII with its letters and digits as they are, and blanks for all that parts words.
_PARTED = bytes(sign if bytes([sign]).isalnum() else ord(" ") for sign in range(256))


#: One word of a phrase, as it is looked for: ``graph`` (the singular, in small letters), ``quant*``
#: (the beginning), ``*bert`` (the ending) or ``=LoRA``, ``*=BERT`` (as it is written).
_Word = str
#: One way to write a phrase: for each place the words that may stand there; ``None`` is the gap.
_Pattern = tuple[frozenset[_Word] | None, ...]


#: Each hyphen doubles the ways in which a word may be written.
_MOST_HYPHENS = 6
#: Alternatives in several words multiply; real phrases have a dozen ways.
_MOST_WRITINGS = 500
#: Of so many words at most it is remembered what they can be: all that are frequent, in 10 MB.
_MOST_WORDS = 50_000


class PhraseError(ValueError):
    """A phrase that is not of the language; the message says why, for a curator."""


#: A phrase found: which, and its first and its last word.
Found = tuple[int, int, int]


class Match(NamedTuple):
    """A phrase found: which (its position in the list given) and the span of characters."""

    phrase: int
    start: int
    end: int


def words_of(text: str) -> list[str]:
    """The words of a text, as they are written; hyphens and other signs part them."""
    if text.isascii():
        return text.encode().translate(_PARTED).decode().split()
    return _WORD.findall(text)


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends, given all that :func:`words_of` finds in it."""
    found, end = [], 0
    for word in words:
        start = text.index(word, end)
        end = start + len(word)
        found.append((start, end))
    return found


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
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[raw] = known = self._vocabulary.intersection(forms) or _NO_FORMS
        return known


_NO_FORMS: frozenset[_Word] = frozenset()


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


class _State:
    """Where phrases are after words of a text: all of them in one, so that there is one way on.

    ``ends`` are the phrases that end here, ``next`` the words with one of which others go on;
    ``gap`` is where they are if a gap has begun.
    """

    __slots__ = ("_after", "_nodes", "ends", "gap", "next")

    def __init__(self, nodes: Sequence[_Node]) -> None:
        gaps = [node.gap for node in nodes if node.gap]
        self.ends = sorted({phrase for node in nodes for phrase in node.ends})
        self.next = frozenset(word for node in nodes for word in node.words)
        self.gap = _State(gaps) if gaps else None
        self._nodes = nodes
        self._after: dict[frozenset[_Word], _State] = {}

    def after(self, forms: frozenset[_Word]) -> _State:
        """Where they are after a word that can be these, one of which is among ``next``."""
        if forms not in self._after:
            ways = self.next & forms
            nodes = [node.words[way] for way in ways for node in self._nodes if way in node.words]
            self._after[forms] = _State(nodes)
        return self._after[forms]

    def is_left(self, forms: Sequence[frozenset[_Word]], at: int) -> bool:
        """Whether no phrase goes on from a word at ``at`` or, after a gap, behind it."""
        return self.next.isdisjoint(forms[at]) and (
            self.gap is None or self.gap.next.isdisjoint(itertools.chain(*forms[at : at + GAP + 1]))
        )

    def follow(self, forms: Sequence[frozenset[_Word]], at: int, ends: dict[int, int]) -> None:
        """Note for each phrase that ends here, before ``at``, or further on where it does so first.

        Args:
            forms: What each word of a text can be, and beyond it as many that are nothing as a gap
                may have.
            at: Where it goes on.
            ends: What is noted.
        """
        for phrase in self.ends:
            ends[phrase] = min(at - 1, ends.get(phrase, at))
        if self.gap:
            for start in range(at, at + GAP + 1):
                self.gap.step(forms, start, ends)
        self.step(forms, at, ends)

    def step(self, forms: Sequence[frozenset[_Word]], at: int, ends: dict[int, int]) -> None:
        """Follow phrases that go on with the word at ``at``."""
        if not self.next.isdisjoint(forms[at]):
            self.after(forms[at]).follow(forms, at + 1, ends)


class _Starts(dict[str, "_State | None"]):
    """Where phrases are after a word with which they begin, if any do; remembered likewise."""

    def __init__(self, root: _Node, forms: _Forms) -> None:
        super().__init__()
        self._root, self._forms = _State([root]), forms

    def __missing__(self, raw: str) -> _State | None:
        forms = self._forms[raw]
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[raw] = found = None if self._root.next.isdisjoint(forms) else self._root.after(forms)
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
    _forms: _Forms = field(init=False, repr=False)
    _starts: _Starts = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Put every way to write every phrase into the tree."""
        root = _Node()
        vocabulary: set[_Word] = set()
        for number, phrase in enumerate(self.phrases):
            for pattern in patterns(phrase):
                vocabulary.update(*(place for place in pattern if place is not None))
                root.add(number, pattern)
        self._forms = _Forms(frozenset(vocabulary))
        self._starts = _Starts(root, self._forms)

    def find(self, text: str) -> list[Match]:
        """Every phrase in one sentence, as :meth:`among`, by the characters that it stands for."""
        words = words_of(text)
        places = spans(text, words)
        return [
            Match(phrase, places[first][0], places[last][1])
            for phrase, first, last in self.among(words)
        ]

    def among(self, words: Sequence[str]) -> list[Found]:
        """Every phrase among the words of one sentence, by where it begins.

        Of a phrase that fits from one word on in more ways, the shortest is taken.
        """
        forms = [*map(self._forms.__getitem__, words), *[_NO_FORMS] * (GAP + 1)]
        starts = list(map(self._starts.__getitem__, words))
        found: list[Found] = []
        for at, state in enumerate(starts):
            if state is None:
                continue
            if state.is_left(forms, at + 1):  # as nearly always
                found += [(phrase, at, at) for phrase in state.ends]
                continue
            ends: dict[int, int] = {}
            state.follow(forms, at + 1, ends)
            found += [(phrase, at, end) for phrase, end in sorted(ends.items())]
        return found
