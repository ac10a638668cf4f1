r"""The rules by which LaTeX in running text is decoded, for people and for tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One habit of people who write LaTeX: what it looks like, why it is undone, an example."""

    name: str
    reason: str
    example: tuple[str, str]


#: Every rule; each example is a test.
RULES = (
    Rule(
        "escapes",
        "`%`, `&`, `#`, `_`, `$` and braces need a backslash in LaTeX alone",
        (r"4\%-20\% of R\&D", "4%-20% of R&D"),
    ),
    Rule(
        "escaped twice",
        "a program that escapes backslashes and quotation marks leaves more of them than LaTeX has",
        (r"the model\'s 5\\% and \"Hello\"", 'the model\'s 5% and "Hello"'),
    ),
    Rule(
        "accents",
        "names are written as they are spelt",
        (r"T\"ULU, Sabi\'a, Erd\H os and na\"{\i}ve", "TÜLU, Sabiá, Erdős and naïve"),
    ),
    Rule(
        "symbols",
        "a command that stands for a character is that character",
        (r"{\epsilon}-DP, 1\textendash 5, \mathbb{R}, \ldots", "ε-DP, 1–5, ℝ, …"),
    ),
    Rule(
        "looks",
        "how a word looks is not what it says",
        (
            r"\textsc{GraphOracle} {\it vs.} {\large all} \textcolor{red}{b}",
            "GraphOracle vs. all b",
        ),
    ),
    Rule(
        "raised and lowered",
        "digits and signs have raised and lowered forms; of words the place is told as in formulas",
        (r"H\textsubscript{2}O, 2\textsuperscript{nd}, A\textsubscript{max}", "H₂O, 2nd, A_{max}"),
    ),
    Rule(
        "addresses",
        "a command around an address, and a link's own text glued behind it, are no text",
        (
            r"BERT\url{https://a.org/b}, https://a.org/x.git{https://a.org/x}",
            "BERT https://a.org/b, https://a.org/x.git",
        ),
    ),
    Rule(
        "footnotes",
        "what stood at the foot of a page stands in brackets where there are no pages",
        (r"We beat it.\footnote{On two sets.} Code", "We beat it. (On two sets.) Code"),
    ),
    Rule(
        "quotes",
        "two grave accents open a quotation that two apostrophes close",
        (r"a ``seesaw'' effect, \enquote{so}", "a “seesaw” effect, “so”"),
    ),
    Rule(
        "ties",
        "a tilde between words is a space that does not break; before a number it means about",
        ("prediction~(CCP), ~33.5%, 5%~10%", "prediction (CCP), ~33.5%, 5%~10%"),
    ),
    Rule(
        "tildes",
        "an accent over nothing is the sign itself",
        (r"a.org/\~{}me, \~{}10, 2\^{}5", "a.org/~me, ~10, 2^5"),
    ),
    Rule(
        "spaces",
        "commands that space words or break lines are the space that they make",
        (r"i.e.\ the 10\,000, one\\ two \quad three", "i.e. the 10 000, one two three"),
    ),
    Rule(
        "setting",
        "hints to whoever sets the page (where to hyphenate, how far to lean) print nothing",
        (r"hy\-phen, {\em leaning\/}, NASA\@.", "hyphen, leaning, NASA."),
    ),
    Rule(
        "lists",
        "an item of a list begins with its bullet",
        (r"Two: \begin{itemize} \item one \item two \end{itemize} Go", "Two: • one • two Go"),
    ),
    Rule(
        "braces",
        "braces that keep a bibliography from changing letters or signs never print",
        (
            r"{G}raph {N}ets for {NLP}, pre{-}training, 10{,}000",
            "Graph Nets for NLP, pre-training, 10,000",
        ),
    ),
    Rule(
        "words in formulas",
        "a formula that holds only words was meant to slant or to raise them",
        (r"$\textit{Labor Space}$, $\textbf{R}$etrieval, 5$^{th}$", "Labor Space, Retrieval, 5th"),
    ),
)
