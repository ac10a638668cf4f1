r"""LaTeX in running text is decoded, and nothing else is touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.text.latex import RULES, Rule, decode

#: What LaTeX is made of, to be put together in any order.
SCRAPS = st.lists(
    st.sampled_from(
        [
            *("\\", "{", "}", "$", "~", "``", "''", "`", "'", '"', "_", "^", "%", "&", "#", " "),
            *(
                "\\textsc",
                "\\emph",
                "\\url",
                "\\href",
                "\\it",
                "\\epsilon",
                "\\o",
                "\\model",
                "\\'",
                "\\footnote{",
                "\\item",
                "\\begin{itemize}",
                "\\begin{math}",
                "\\end{math}",
                "\\textcolor{red}",
                "\\texorpdfstring{",
                "\\textsuperscript{",
                "\\~{}",
                "\\ ",
                "\\-",
                "\\'s",
                "\\noindent ",
                "\\quad",
                "\\xspace",
                "\\al",
                "{G}raph",
            ),
            *(
                "\\c",
                "\\%",
                "\\\\",
                "\\(",
                "\\)",
                "a",
                "B",
                "é",
                "1",
                "word",
                "https://a.org/b",
                ".",
            ),
        ]
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_an_example_that_holds(rule: Rule) -> None:
    before, after = rule.example
    assert decode(before) == after
    assert rule.reason


#: What authors of titles and abstracts write, in every spelling, and what they mean by it.
MEANT = {
    "accents": [
        (r"T\"{U}LU, T{\"U}LU, {\'\i}, \v{S}, \c{c}", "TÜLU, TÜLU, í, Š, ç"),
        (r"Poincar\'{e}, Poincar{\'e}, Poincar\'e, Poincar{\'{e}}", ", ".join(["Poincaré"] * 4)),
        (r"Fran\c cois, {\c c}a, {\c{c}}a, \c{C}elik", "François, ça, ça, Çelik"),
        (r"Erd\H{o}s, Erd\H os, Erd{\H o}s, Erd{\H{o}}s", ", ".join(["Erdős"] * 4)),
        (r"na\"{\i}ve, na\"\i ve, na{\"\i}ve, na\"{i}ve", ", ".join(["naïve"] * 4)),
        (r"\.{Z}ycki, \={a}, \u{g}, \k{a}, \d{s}, \r{u}, \.I", "Życki, ā, ğ, ą, ṣ, ů, İ"),
        (r"\L{}\'od\'z, {\L}ukasz, \L ukasz, Micha\l{} K", "Łódź, Łukasz, Łukasz, Michał K"),
        (r"S\o ren, S{\o}ren, \O rsted, {\AA}s, \aa ngstrom", "Søren, Søren, Ørsted, Ås, ångstrom"),
        (r"Stra\ss e, Gau{\ss}ian, \ae on, C{\oe}ur", "Straße, Gaußian, æon, Cœur"),
        (r"Nguy\~{\^e}n, \'{\^{e}}, \'{ e}", "Nguyễn, ế, é"),
        (r"\hat{x}, \tilde{O}(n), \bar{y}", "x̂, Õ(n), y̅"),
        (r"2 \AA resolution, 2~\AA\ more", "2 Å resolution, 2 Å more"),
        (r"\tilde\Omega(n), \hat{\epsilon}, \bar\log x", "Ω̃(n), ε̂, \\bar log x"),
        (r"Erdo\u gan, \r u, \d s", "Erdoğan, ů, ṣ"),
    ],
    "symbols": [
        (r"({\epsilon}, {\delta})-approximation, {\Lambda}", "(ε, δ)-approximation, Λ"),
        (r"F_{\alpha}, \alpha\beta, \ell_1, \Omega(n)", "F_{α}, αβ, ℓ_1, Ω(n)"),
        (r"10\times, 10 \times 5, {\times}2, \times{}3", "10×, 10 × 5, ×2, ×3"),
        (r"\sim 5, \leq 5, \rightarrow, \ne, \pm 3", "∼ 5, ≤ 5, →, ≠, ± 3"),
        (r"\S 3, \S3, \copyright, \texttrademark, \pounds 5", "§ 3, §3, ©, ™, £5"),
        (r"1\textendash 5, a\textemdash b, a -- b", "1–5, a—b, a -- b"),
        (r"\textless s\textgreater{}, \textbar, \textunderscore", "<s>, |, _"),
        (r"don\textquoteright t, \lq x\rq, \textquotedblleft y", "don’t, ‘x’, “y"),
        (r"20\textdegree C, 5\,\textmu m", "20°C, 5 µm"),
        (r"\mathbb{R}^d, \mathcal{O}(n)", "ℝ^d, 𝒪(n)"),
        (r"O(n\log n), \max x, 1\slash 3", "O(n log n), max x, 1/3"),
        (r"\LaTeX{} code, \LaTeX\ code, Bib\TeX", "LaTeX code, LaTeX code, BibTeX"),
        (r"30^\circ, 30^{\circ}, 30^\circ C, 9^{\circ} x", "30°, 30°, 30°C, 9° x"),
        (r"\hbar, \Re, \Im, \heartsuit, \clubsuit", "ℏ, ℜ, ℑ, ♡, ♣"),
        (r"a\textunderscore b, \textless $b$, \textless 5", "a_b, < $b$, < 5"),
        (
            r"https://a.org\LaTeX$x$, https://a.org\slash b",
            "https://a.org LaTeX$x$, https://a.org/b",
        ),
    ],
    "looks": [
        (r"\textbf{a \emph{b \textsc{c}} d}", "a b c d"),
        (r"{\em one} and {\bf two}, {\bf Note: }this", "one and two, Note: this"),
        (r"{\large a}, {\sc b}, {\tt c\_d}, {\bf\em e}, {\bf{f}}", "a, b, c_d, e, f"),
        (r"\textcolor{red}{a}, {\color[rgb]{1,0,0} b}, \colorbox{c}{d}", "a, b, d"),
        (r"The \textbf {a}, \bf{b} and \bf Title \it here", "The a, b and Title here"),
        (r"\textbf{S}elf-\underline{A}ttention", "Self-Attention"),
        (r"\protect\textsc{x}, \texorpdfstring{$\alpha$}{alpha}-VAE", r"x, $\alpha$-VAE"),
        (r"\model\textsc{x}, \model\noindent y, \model\alpha", r"\model x, \model y, \modelα"),
        (r"https://a.org\textit{x}", "https://a.org x"),
        (r"https://a.org\noindent x, https://a.org\bf x", "https://a.org x, https://a.org x"),
        (r"\model\protect\noindent y", r"\model y"),
    ],
    "raised and lowered": [
        (r"x\textsuperscript{2}, Ca\textsuperscript{2+}, a\textsuperscript{*}", "x², Ca²⁺, a*"),
        (r"5\textsuperscript{th}, x\textsuperscript{a\_b}", "5th, x^{a_b}"),
        (r"F{\textsubscript{1}}, {\textsuperscript{*}}x", "F₁, *x"),
    ],
    "escapes": [
        (r"\{a\} \$5 \_ \# \&", "{a} $5 _ # &"),
        (r"\$5 and \$10, \$5M-\$10M, \$\$", "$5 and $10, $5M-$10M, $$"),
        (r"50{\%}, 50 \%", "50%, 50 %"),
    ],
    "escaped twice": [
        (r'5\\%, \\textbf{x}, T\\"ULU, T\\\"ULU', "5%, x, TÜLU, TÜLU"),
        (r"don\'t, the 90\'s, users\' needs, models\'.", "don't, the 90's, users' needs, models'."),
        (r"it\\\'s, models\\\' x", "it's, models' x"),
        (r"\"All\" and \"not so\", \'quoted\'.", '"All" and "not so", \'quoted\'.'),
        (r"\"What's up?\" asks, \"It's a trap\"", '"What\'s up?" asks, "It\'s a trap"'),
        (r"\"Are you sure it's right?\" x", '"Are you sure it\'s right?" x'),
        (r"\"You\'re wrong\", \\\"a\\\"", '"You\'re wrong", "a"'),
        (r"\"use {name} here\" (\"{x}\")", '"use {name} here" ("{x}")'),
        (r"print(\"a\n\"), {\"a\": \"b\"}, \"\"", r'print("a\n"), {"a": "b"}, ""'),
        (rf"\"{'it is ' * 99}so\" he", f'"{"it is " * 99}so" he'),
        (r"\"Uber \"All\" \"uber na\"ive co\"operate", 'Über "All" über naïve coöperate'),
        (r"said \"K{\"o}ln\", {\"U}ber, 5\" x", r'said "Köln", Über, 5\" x'),
        (rf"\'Etude {'a ' * 99}models\' x", f"Étude {'a ' * 99}models' x"),
    ],
    "addresses": [
        (r"\href{https://a.org}{our code}", "our code (https://a.org)"),
        (r"\href{https://a.org/}{a.org}", "https://a.org/"),
        (r"\href{https://a.org/}", "https://a.org/"),
        (r"\href{https://a.org}{\texttt{a.org}}", "https://a.org"),
        (r"\href{mailto:a@b.org}{a@b.org}", "a@b.org"),
        ("https://a.org/b{here}.", "https://a.org/b (here)."),
        ("https://a.org/b{https://a.org/b}.", "https://a.org/b."),
        (
            "https://where.org{here}, https://a.org{b.org}",
            "https://where.org (here), https://a.org (b.org)",
        ),
        (r"\href{https://a.org}{see a.org}", "see a.org (https://a.org)"),
        ("at~https://a.org/~me", "at https://a.org/~me"),
        (r"https://a.org/a\_b", "https://a.org/a_b"),
        (
            r"at\url{https://a.org}and (\url {https://b.org}).",
            "at https://a.org and (https://b.org).",
        ),
        (r"\url{https://a.org/\~{}me/a\_b\%20}", "https://a.org/~me/a_b%20"),
        ("at {https://a.org}, url{https://b.org}.", "at https://a.org, https://b.org."),
        ("``at https://a.org'' there", "“at https://a.org” there"),
        (
            r"http://a.org/\~nancy/, \url{http://a.org/\~user}",
            "http://a.org/~nancy/, http://a.org/~user",
        ),
        (r"http://a.org/\~me/a\_b/\~e\&c\#d", "http://a.org/~me/a_b/~e&c#d"),
        (r"https://a.org/b{\_}c, https://a.org/{\~}me", "https://a.org/b_c, https://a.org/~me"),
        (r"\url{https://a.org}$^1$", "https://a.org $^1$"),
        (r"https://a.org\infty, https://a.org\noindent$x$", "https://a.org ∞, https://a.org $x$"),
        (r"https://a.org/{\~}-x", "https://a.org/~-x"),
        (r"``at https://a.org/a\_b'' there", "“at https://a.org/a_b” there"),
    ],
    "footnotes": [
        (r"it\footnote{\url{https://a.org/x}} works", "it (https://a.org/x) works"),
        (r"https://a.org\footnote{Soon.}", "https://a.org (Soon.)"),
    ],
    "quotes": [
        ("``learn to learn\" and ``so'' on", "“learn to learn” and “so” on"),
        ("``a `b' c'', ``code`` x", "“a `b' c”, “code” x"),
        (r"\enquote{a \emph{b}}, \say{c}", "“a b”, “c”"),
        ("We use {``}prompts{''} to, {`}a{'}, don{'}t", "We use “prompts” to, ‘a’, don't"),
    ],
    "ties": [
        (
            r"Fig.~1, et al.~(2020), GPT-4~[1], a~\cite{x}",
            r"Fig. 1, et al. (2020), GPT-4 [1], a \cite{x}",
        ),
        ("12%~20%, 1B~7B, 2x~5x, 5ms~10ms, N=~5", "12%~20%, 1B~7B, 2x~5x, 5ms~10ms, N=~5"),
        (r"12\%~20\%, $k$~=~5, a.org/~me", "12%~20%, $k$ = 5, a.org/~me"),
        ("x~N(0,1), A~B test, p~q, Figure~A", "x~N(0,1), A~B test, p~q, Figure A"),
    ],
    "tildes": [(r"as\~{}b, a\~{}b, \textasciitilde 10, \^{}", "as∼b, a~b, ~10, ^")],
    "spaces": [
        (r"i.e.\ the, a\ b, 10\,\%, a \quad b", "i.e. the, a b, 10 %, a b"),
        (r"one\\two, one \\ two, one\\[2pt] two \newline three", "one two, one two, one two three"),
        (r"\vspace{-2mm}Deep \hspace{1em} Nets", "Deep Nets"),
        (r"12\;h, a\:b, 12\; h, Note\: x, find \; x", r"12 h, a b, 12 h, Note\: x, find \; x"),
    ],
    "setting": [
        (r"hy\-phen\-ation, {\em x\/}, etc.\@ y, \noindent z", "hyphenation, x, etc. y, z"),
        (r"5\!, f\!(x), Wow\! Yes", r"5, f(x), Wow\! Yes"),
        (r"\ours\xspace is, BERT\xspace, \ourmodel\ too", r"\ours is, BERT, \ourmodel too"),
    ],
    "lists": [(r"a \begin{abstract} b \item[(i)] c \end{abstract} d", "a b (i) c d")],
    "braces": [
        ("{B}ERT and {RoBERTa}, {GPT}{-}3", "BERT and RoBERTa, GPT-3"),
        ("γ{=}4, 10{,}000", "γ=4, 10,000"),
        (r"Vision {\&} Language, A{---}B, x {--} y", "Vision & Language, A---B, x -- y"),
        ("{``}{Y}ou {A}re {G}rounded!{''}: {L}atent", "“You Are Grounded!”: Latent"),
        ("{C}hat{GPT} {--} a {S}urvey", "ChatGPT -- a Survey"),
        (r"{1}{\%} of {D}ata, {T}{\"u}rk{\c{c}}e", "1% of Data, Türkçe"),
        (r"{T}{\"u}rk{\c{c}}e", "Türkçe"),
        ("{HIT}{@}{WMT}", "HIT@WMT"),
        ("{X}{-}{LXMERT}", "X-LXMERT"),
        ("{E}2{E} {NLG}", "E2E NLG"),
        (r"{Q}{\&}{A}", "Q&A"),
        ("{A}n {[}{MASK}{]} x_{1} {word}", "An [MASK] x_{1} {word}"),
        ("{A}n [x]", "An [x]"),
        (r"{G}raph \sqrt[3]{n} \sqrt{n}", r"Graph \sqrt[3]{n} \sqrt{n}"),
    ],
    "words in formulas": [
        (r"$\textit{Labor Space}$: $\text{So}$", "Labor Space: So"),
        (r"$\texttt{a\_b}$, $\textbf{3D}$, ${\rm BERT}$, $\bf Big$", "a_b, 3D, BERT, Big"),
        (r"$\text{Name}\,\textbf{B}$, $\textbf{\textit{Deep}}$", "Name B, Deep"),
        (r"$\textbf{R}$etrieval $\underline{\textbf{A}}$ugmented", "Retrieval Augmented"),
        (r"$\mathbf{C}$ontrastive $\underline{\mathbf{A}}$ugmented", "Contrastive Augmented"),
        (r"2$^{nd}$ and 5$^\text{th}$", "2nd and 5th"),
    ],
}


@pytest.mark.parametrize(
    "text,decoded",
    [pytest.param(*pair, id=f"{rule}: {pair[0]}") for rule in MEANT for pair in MEANT[rule]],
)
def test_what_authors_meant(text: str, decoded: str) -> None:
    assert decode(text) == decoded


def test_every_rule_is_tried_in_more_than_its_example() -> None:
    assert set(MEANT) == {rule.name for rule in RULES}


@pytest.mark.parametrize(
    "text",
    [
        *("F_{1}", "L_2", "O(n^4)", "10^5", "<EOS>", "[MASK]", "#Encoder", "snake_case", "<3%"),
        *("~33.5%", "(~60%)", "10~20", "about ~5X", "''Retrieval & Rerank''", "`one-wins-all'"),
        *(r"\model", r"\etc. However", r"187 and \800", r"\cite{doe2020}", r"\ref{x}", "{BERT}"),
        *(r"$x_{\epsilon}$", r"$$\textsc{x}~y$$", r"\(\alpha\)", r"\[a \% b\]", "$5 and $10"),
        *("https://a.org/~me", "5% of 10", "a & b", '"quoted"', "{", "}"),
        *(r"$\textit{x}$", r"$\text{loss}_{i}$", r"$\mathcal{O}$", r"$x$", "\\", "C:\\users\\new"),
        # Not LaTeX at all.
        *(r"C:\new\text", r"D:\data\alpha", r"\\server\share", r"\d+\w", r"^\s*", r"\n", r"\u0041"),
        *('{"a": {"b": 1}}', "{x: 1}", "{{user}}", "{a, b}", "f({x})", "mathcal{O}(n)", "{ - }"),
        *("```x```", "`code`", r"\`code\`", "f''(x)", "https://a.org/{user}/x", r"\.com", "A \\ B"),
        *("a && b", "R&amp;D", "&lt;b&gt;", "<b>x</b>", "x<sub>2</sub>", "**a** [b](c)", "π_{0.5}"),
        # LaTeX that says more than its words, or nobody's but its authors'.
        *(r"\sout{not} all", r"\ie, \eg", r"\ac{LLM}", r"\includegraphics{x.png}", r"\method{}'s"),
        *(
            r"\O(n), \L_1, \P(x)",
            r"\gemini and \today",
            r"\ensuremath",
            r"\frac{1}{2}",
            r"\eqref{x}",
        ),
        *(r"\textbf{open", r"{\it open", r"\url{https://a.org", r"\sqrt{n}", r"\textbackslash n"),
        *(
            r"\begin{math}\alpha\end{math}",
            r"\begin{align}a~b\end{align}",
            r"\begin{foo}",
            r"\begin x",
            r"\S x",
        ),
        *(
            "{https:// a}",
            "{https://a.org b}",
            "url{a.org}",
            "url{https://a.org b}",
            f"$\\text{{{'a' * 300}}}$",
        ),
        *(r"e.g.\~x", r"\~10", r"O\'Brien", r"it\"", r"said\" and", r"\"Hello", r"and\/or"),
        # Two prices that would be a formula without their backslashes.
        *(r"5\$/h, 10\$/h", r"US\$, CA\$"),
        # Patterns, code, faces.
        *(r"\d matches digits", r"\d and \w", r"\b word \r done \u plus", r"¯\_(ツ)_/¯", r"\o/"),
        # What would make a formula of what is none.
        *(r"\em{$0}$", r"\textit{a $x} y$", r"\textbf{$}a$"),
        *("[{]", "{[}{MASK}{]}", "{A}{B}", "{~}", "x_{a} x^{2}", r"\foo[x]{A}{-}", r"$\mathbf{C}$"),
        *(r"$\mathbf{A}\mathbf{B}$", r"$\textbf{T}^2$", r"$\mathbf{x}$s", r"x$^{th}$", r"$\sim$90"),
    ],
)
def test_what_stays_as_it_is_written(text: str) -> None:
    assert decode(f"The {text} here") == f"The {text} here"


#: Parts of texts that want patience of whoever reads them carelessly, and how many are a trial.
HOSTILE = {
    **dict.fromkeys(["{", "}", "\\", "$", "``", "~", "`", "''", "\\$", "\\(", "\\["], 10_000),
    **dict.fromkeys(["{}", "a~", "$a ", "https://", "\\{", "\\ ", "``a''", "$\\$"], 5_000),
    **dict.fromkeys(["{\\it ", "\\{\\it ", "\\'a", '\\"a', "\\foo{}", "\\textbf", "{G}r"], 3_000),
    **dict.fromkeys(["\\textsc{", "\\url{", "\\footnote{", "\\'{", "https://a{", "\\item["], 2_000),
    **dict.fromkeys(["\\href{u}{", "\\textcolor{red}{", "\\begin{math}", "\\texttt{\\{"], 2_000),
    # A pass may uncover no more than one place for the next one.
    **dict.fromkeys(["\\textbf{$}a$", "\\\\$\\class{a}{b}$<b>", '\\"a\\" ', "{\\_}"], 1_000),
}


@pytest.mark.parametrize("part", HOSTILE)
def test_the_time_grows_with_the_text_alone(part: str) -> None:
    """Were it with the square of it, these would take minutes."""
    times = HOSTILE[part]
    for text in (part * times, part * times + "x" + "}" * times, f"$ {part * times}$"):
        assert decode(text).count("x") >= text.count("x") - part.count("x") * times


def test_commands_nested_deep_are_undone_at_once() -> None:
    for command in ("\\textsc{", "{\\it ", "\\textcolor{red}{", "\\url{", "{\\bf{"):
        braces = command.count("{") - command.count("{red}")
        assert decode(command * 5000 + "x" + "}" * braces * 5000) == "x"


def test_what_takes_too_many_passes_stays_as_it_is() -> None:
    assert decode("{" * 9 + r"5\%" + "}" * 9) == "{" * 9 + "5%" + "}" * 9
    assert decode("{" * 9 + r"\%" + "}" * 9) == "%"
    deep = "{" * 999 + r"\%" + "}" * 999
    assert decode(deep) == deep


@given(st.text() | SCRAPS)
@example("\\{\\textsc{a}\\}")
@example("\\{\\it x\\}")
def test_decoding_twice_is_decoding_once(text: str) -> None:
    assert decode(decode(text)) == decode(text)


#: In front of a word: a command's name, an accent, a second text for tables of contents.
_CLAIMED = r"\\[a-zA-Z]*|\\['~ ]|texorpdf.*|\\\\"


@given(SCRAPS)
def test_no_word_is_lost(text: str) -> None:
    """Letters that no command is spelt with come out as often as they went in, or more often."""
    for word in ("word", "B", "1", "https://a.org/b"):
        if not re.search(_CLAIMED + re.escape(word), text) and "{https" not in text:
            assert decode(text).count(word) >= text.count(word)


@given(st.text(alphabet="abc ABC éü中 0123 .,;:!?()[]<>-_^%&#@/*+=|"))
def test_text_without_latex_is_never_touched(text: str) -> None:
    assert decode(text) == text
