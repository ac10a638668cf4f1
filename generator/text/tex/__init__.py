"""The parts of :mod:`generator.text.latex`: rules, what commands mean, one reader of a text.

``rules`` tells people what is done; ``commands`` are tables; ``reader`` is where one pass over a
text stands; ``backslash`` and ``signs`` are the steps that it tries, after the character with which
they begin; ``marks`` tells quotation marks from accents; ``words`` are formulas that are none.
"""
