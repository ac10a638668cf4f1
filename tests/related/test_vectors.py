"""Texts as rows of weights, held against scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

from generator.related import vectors
from generator.related.stopwords import STOP_WORDS
from generator.related.vectors import read, weigh

WORDS = (
    "tea",
    "Tea,",
    "teapot",
    "tea-pot",
    "the",
    "x",
    "of",
    "ΣΑΣ",
    "Straße",
    "co\u0301te",
    "7",
    "a_b",
)
TEXTS = st.lists(
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=8).map(" ".join),
    max_size=8,
)


def test_words_that_say_nothing_are_those_of_scikit_learn() -> None:
    assert STOP_WORDS == ENGLISH_STOP_WORDS


@given(TEXTS, st.sampled_from([1, 2]), st.booleans(), st.sampled_from([np.float32, np.float64]))
def test_rows_are_those_of_scikit_learn(
    texts: list[str], least: int, with_pairs: bool, kind: type[np.floating]
) -> None:
    other = TfidfVectorizer(
        stop_words="english",
        ngram_range=(1, 1 + with_pairs),
        sublinear_tf=True,
        min_df=min(least, max(len(texts), 1)),
        dtype=kind,
    )
    weights, rows = weigh(read(texts), least, kind, with_pairs=with_pairs)
    if least > len(texts):
        assert rows.shape == (len(texts), 0)
        return
    try:
        wanted = other.fit_transform(texts).toarray()
    except ValueError:  # no term is left
        assert rows.shape == (len(texts), 0)
        return
    assert weights.names == list(other.get_feature_names_out())
    assert rows.dtype == kind
    np.testing.assert_allclose(rows.toarray(), wanted, rtol=1e-6)


@given(TEXTS, TEXTS, st.booleans())
def test_other_texts_are_weighed_by_what_is_known(
    known: list[str], asked: list[str], with_pairs: bool
) -> None:
    other = TfidfVectorizer(
        stop_words="english", ngram_range=(1, 1 + with_pairs), sublinear_tf=True
    )
    weights, _ = weigh(read(known), 1, np.float64, with_pairs=with_pairs)
    found = weights.rows(read(asked, weights.words)).toarray()
    try:
        other.fit(known)
    except ValueError:
        assert not found.size
        return
    if asked:
        np.testing.assert_allclose(found, other.transform(asked).toarray(), rtol=1e-9)


@given(TEXTS, st.data())
def test_some_of_the_texts_are_read_already(texts: list[str], data: st.DataObject) -> None:
    said = read(texts)
    chosen = data.draw(st.lists(st.integers(0, len(texts) - 1)) if texts else st.just([]))
    some, alone = said.only(chosen), read((texts[at] for at in chosen), said.words)
    assert (some.numbers.tolist(), some.ends.tolist()) == (
        alone.numbers.tolist(),
        alone.ends.tolist(),
    )


@given(TEXTS)
def test_blocks_and_what_is_remembered_leave_no_trace(texts: list[str]) -> None:
    _, whole = weigh(read(texts), 1, np.float32, with_pairs=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "_BLOCK", 2)
        patch.setattr(vectors, "_REMEMBERED", 1)
        _, parts = weigh(read(texts), 1, np.float32, with_pairs=True)
    assert whole.toarray().tolist() == parts.toarray().tolist()
