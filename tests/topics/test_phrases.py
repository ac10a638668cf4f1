"""The language of phrases, and the search for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.topics import phrases
from generator.topics.phrases import (
    GAP,
    PhraseError,
    PhraseIndex,
    patterns,
    sentences,
    spans,
    words_of,
)

WORDS = st.text("abcdefgXYZ019", min_size=1, max_size=6)


def found(phrase: str, text: str) -> list[str]:
    """What of ``text`` the phrase finds."""
    return [text[match.start : match.end] for match in PhraseIndex((phrase,)).find(text)]


@pytest.mark.parametrize(
    "phrase, text, what",
    [
        ("knowledge graph", "A Knowledge Graph of towns", ["Knowledge Graph"]),
        ("knowledge graph", "knowledge-graph completion", ["knowledge-graph"]),
        ("knowledge graph", "many knowledge graphs", ["knowledge graphs"]),
        ("knowledge graphs", "one knowledge graph", ["knowledge graph"]),
        ("knowledge graph", "knowledge of a graph", []),
        ("ontology", "two ontologies", ["ontologies"]),
        ("pre-training", "pretraining, pre-training, Pre training", None),
        ("few-shot in-context", "a fewshot incontext learner", ["fewshot incontext"]),
        ("fine tuning", "finetuning", []),
        ("quantiz*", "Quantized and quantization", ["Quantized", "quantization"]),
        ("quantiz*", "quanta", []),
        ("-BERT", "BERT, SciBERT, mBERTs, VBERT, hubert", ["SciBERT", "mBERTs"]),
        ("-LM", "LLM and VLM, KidLM and Phi3LM", ["KidLM", "Phi3LM"]),
        ("-former", "a Conformer, the reformers, former", ["Conformer", "reformers"]),
        ("new|-BERT model", "a SciBERT model", ["SciBERT model"]),
        ("adapter|prompt tuning", "prompt tuning beats adapter tuning", None),
        ("soft-prompt|prefix tuning", "prefix-tuning and softprompt tuning", None),
        ("propose ... dataset", "we propose a large new dataset", ["propose a large new dataset"]),
        ("propose ... dataset", "propose dataset", ["propose dataset"]),
        ("propose ... data set", "we propose a data-set", ["propose a data-set"]),
        ("we ... build|use", "we then build and use", ["we then build"]),
        ("we ... use ... data", "we use old and use new data", ["we use old and use new data"]),
        ("LoRA", "LoRA and lora and LoRAs", ["LoRA", "LoRAs"]),
        ("NER", "better NER, never a winner", ["NER"]),
        ("3D", "3D and 3d", ["3D"]),
        ("loss", "losses and loss", ["loss"]),
        ("news", "new things in the news", ["news"]),
        ("analysis", "an analysis", ["analysis"]),
        ("speech", "speech. Speech; (speech)", ["speech", "Speech", "speech"]),
        ("größe", "Die Größe zählt", ["Größe"]),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, what: list[str] | None) -> None:
    """``None``: as many as the text has alternatives between its signs; see the cases."""
    matches = found(phrase, text)
    if what is None:
        assert len(matches) in {2, 3}
    else:
        assert matches == what


def test_the_gap_has_a_limit() -> None:
    words = " ".join("abcdefgh"[:GAP])
    assert found("we ... propose", f"we {words} propose")
    assert not found("we ... propose", f"we {words} x propose")


@pytest.mark.parametrize(
    "phrase, problem",
    [
        ("", "no words"),
        ("   ", "no words"),
        ("... dataset", "both sides"),
        ("new ...", "both sides"),
        ("*", "is not a word"),
        ("a*b", "is not a word"),
        ("a||b", "is not a word"),
        ("a-", "is not a word"),
        ("-", "is not a word"),
        ("-a-b", "is not a word"),
        ("-a*", "is not a word"),
        ("(graph)", "is not a word"),
        ("C++", "is not a word"),
    ],
)
def test_what_is_not_a_phrase(phrase: str, problem: str) -> None:
    with pytest.raises(PhraseError, match=problem):
        patterns(phrase)


def test_matches_name_their_phrase_and_come_in_the_order_of_the_text() -> None:
    index = PhraseIndex(("speech", "hate speech", "graph*"))
    text = "Graphs of hate speech"
    assert [(match.phrase, text[match.start : match.end]) for match in index.find(text)] == [
        (2, "Graphs"),
        (1, "hate speech"),
        (0, "speech"),
    ]


def test_what_an_index_has_read_before_does_not_matter() -> None:
    index = PhraseIndex(("graph*", "MoE"))
    first = index.find("MoE graphs")
    index.find("moe graphical MoEs")
    assert index.find("MoE graphs") == first


@pytest.mark.parametrize(
    "text, parts",
    [
        ("We do. It works.", ["We do.", "It works."]),
        ("Why? Because! So.", ["Why?", "Because!", "So."]),
        ("Models, e.g. BERT, work. They do.", ["Models, e.g. BERT, work.", "They do."]),
        ("Smith et al. Propose it.", ["Smith et al. Propose it."]),
        ("A gain of 3.5 points.", ["A gain of 3.5 points."]),
        ("one. two", ["one. two"]),
        ("", []),
        ("  ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text())
def test_sentences_lose_nothing_but_spaces(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.lists(WORDS, min_size=1, max_size=4), st.text(max_size=30), st.text(max_size=30))
def test_a_phrase_finds_itself(words: list[str], before: str, after: str) -> None:
    phrase = " ".join(words)
    assert phrase in found(phrase, f"{before} {phrase} {after}")


@given(st.text())
def test_any_phrase_is_compiled_or_refused(phrase: str) -> None:
    try:
        index = PhraseIndex((phrase,))
    except PhraseError:
        return
    assert all(match.start < match.end for match in index.find(phrase))


@pytest.mark.parametrize(
    "phrase, told",
    [
        ("-".join("abcdefghijklmnopqrst"), "has more than 6 hyphens"),
        (" ".join(["a-b|c-d"] * 10), "may be written in 500 ways at most"),
    ],
)
def test_a_phrase_with_too_many_writings_is_none(phrase: str, told: str) -> None:
    with pytest.raises(PhraseError, match=told):
        patterns(phrase)


#: Words that are, begin or end each other, in texts and in phrases.
TEXT_WORDS = (
    "a",
    "graph",
    "graphs",
    "Graph",
    "graphBERT",
    "BERT",
    "mBERTs",
    "bert",
    "LoRA",
    "quant",
)
PHRASE_WORDS = ("a", "graph", "graph*", "-BERT", "-bert", "LoRA", "a|graph", "a-graph", "quant*")


def can_be(raw: str, word: str) -> bool:
    """Whether a word of a text is one of a phrase, by what the module says of its language."""
    plain = word.strip("*=")
    if word.startswith("*"):
        for written in {raw, raw.removesuffix("s")}:
            begun = written[: len(written) - len(plain)]
            ending = written[len(begun) :]
            alike = ending == plain if "=" in word else ending.lower() == plain
            if alike and (begun[-1:].islower() or begun[-1:].isdigit()):
                return True
        return False
    if word.endswith("*"):
        return raw.lower().startswith(plain)
    if word.startswith("="):
        return plain in {raw, raw.removesuffix("s")}
    lower = raw.lower()
    return word == (lower[:-1] if len(lower) > 3 and lower.endswith("s") else lower)


def ends(words: Sequence[str], at: int, pattern: Sequence[frozenset[str] | None]) -> set[int]:
    """The words with which a pattern can end that goes on at a word of a text."""
    if not pattern:
        return {at - 1}
    if pattern[0] is None:
        gap = range(at, at + GAP + 1)
        return {end for start in gap for end in ends(words, start, pattern[1:])}
    if at >= len(words) or not any(can_be(words[at], word) for word in pattern[0]):
        return set()
    return ends(words, at + 1, pattern[1:])


PHRASES = st.lists(st.sampled_from([*PHRASE_WORDS, "..."]), min_size=1, max_size=4).filter(
    lambda parts: parts[0] != "..." != parts[-1]
)


@given(st.lists(PHRASES, max_size=6), st.lists(st.sampled_from(TEXT_WORDS), max_size=12))
def test_all_at_once_is_one_after_the_other(
    parts: Sequence[Sequence[str]], words: Sequence[str]
) -> None:
    written = [" ".join(each) for each in parts]
    expected = [
        (number, at, min(found))
        for at in range(len(words))
        for number, phrase in enumerate(written)
        if (found := {end for each in patterns(phrase) for end in ends(words, at, each)})
    ]

    assert PhraseIndex(written).among(words) == expected


def test_words_that_are_forgotten_are_found_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "_MOST_WORDS", 2)
    index = PhraseIndex(("graph*", "a graph"))

    assert index.among(["a", "graph", "b", "c", "d", "graphs"]) == [(1, 0, 1), (0, 1, 1), (0, 5, 5)]


@given(st.one_of(st.text(), st.text("aZ0_-. \n\x1cé\u00a0")))
def test_words_are_letters_and_digits_where_they_stand(text: str) -> None:
    found = list(re.finditer(r"[^\W_]+", text))

    assert words_of(text) == [match[0] for match in found]
    assert spans(text, words_of(text)) == [match.span() for match in found]


@given(st.text("aBi.eglvs!? \n(“3"))
def test_sentences_end_where_the_rule_says(text: str) -> None:
    """The same rule, written as it is read: what precedes the white space comes first."""
    rule = (
        r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bal\.)(?<!\bvs\.)(?<!\b[A-Z]\.)\s+(?=[A-Z0-9(“])"
    )

    assert sentences(text) == [part for part in re.split(rule, text.strip()) if part]
