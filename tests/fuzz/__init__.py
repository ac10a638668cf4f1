"""Fuzzing: inputs that nobody thought of, against what must hold for every input.

A *case* is what one execution gets: texts by name, kept as JSON. A *target* is a function of a case
that fails if something that must hold does not (:mod:`tests.fuzz.ingestion` and
:mod:`tests.fuzz.rendering` have them). ``make fuzz`` makes up cases for some time; every case that
ever broke something is in ``corpus/``, and ``make test`` tries it again.

The engine is Hypothesis: it knows what nearly valid input looks like, shrinks what it finds, and
runs wherever the tests run.
"""
