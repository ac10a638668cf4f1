"""A small digest in which there is one of everything that pages can show.

A project's own content need not have a pick, a note, a formula or a paper that became another one;
what is measured on pages must not depend on that. The papers are invented, and enough of them that
lists are cut into pages, charts have something to draw and every topic has neighbours.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import yaml

from generator.folder import Folder
from generator.model import Appearance, Link, LinkKind, Paper
from generator.storage.records import paper_text
from tests.builders import prose, write_whole
from tests.conftest import ROOT

#: The days of its editions.
DAYS = tuple(dt.date(2026, 3, day) for day in (2, 3, 4, 5, 9, 10))
LAST = DAYS[-1]
#: One of them with so many papers that it has pages.
LONG = DAYS[3]
SOURCE = "daily"

#: Ids of topics, each a word of the invented abstracts, and how they are called.
TOPICS = {
    "retrieval": "Retrieval & search",
    "language": "Language models",
    "attention": "Attention",
    "benchmark": "Benchmarks",
    "memory": "Memory",
    "images": "Images",
}

NOTE = """\
Why this *one*: it says what it **cannot** do. See [all topics](topics/) and `code`.

- first, the data
- then, the [paper](https://example.org/paper)
"""
INTRODUCTION = "Retrieval learns to spell, in *two* ways. See [the topics](topics/)."

FORMULAS = (
    r"We bound the risk by $O(\sqrt{n \log n})$ with $x \in \mathbb{R}^d$ and $\alpha_i \le 1$."
    r" Let $$\hat{\theta} = \arg\min_\theta \sum_{i=1}^{n}"
    r" \frac{(y_i - f_\theta(x_i))^2}{2 \sigma^2} + \lambda \left\| \theta \right\|_1"
    r" + \int_0^1 g(t)\,dt + \prod_{j=1}^{m} p_j$$ be the estimate."
    r" Then $\hat{\theta} \to \theta^*$, as \(n \to \infty\). Code is at https://github.com/example/code."
)


def write(root: Path) -> Folder:
    """Write the digest into an empty folder."""
    folder = Folder(root)
    shutil.copy(ROOT / "mkdocs.yml", root)
    folder.templates.symlink_to(ROOT / "templates", target_is_directory=True)
    folder.content.mkdir()
    folder.pages.symlink_to(ROOT / "content" / "pages", target_is_directory=True)
    papers = [*_plain(), *_special()]
    for paper in papers:
        curation = CURATION.get(paper.slug, {})
        text = paper_text(paper) + (yaml.safe_dump({"curation": curation}) if curation else "")
        write_whole(folder.papers / "2026" / f"{paper.slug}.yml", text)
    for day in DAYS:
        shown = [p.slug for p in papers if any(a.date == day for a in p.appearances)]
        write_whole(folder.ledger / f"{day}-{SOURCE}.yml", _entry(day, f"papers: {shown}\n"))
    failure = "papers: []\nfailure: 'https://example.org/ did not answer in time'\n"
    write_whole(folder.ledger / "failed.yml", _entry(dt.date(2026, 3, 6), failure))
    write_whole(folder.topics_yml, _topics())
    source = {"title": "A daily list", "home": "https://example.org/", "rests": ["sunday"]}
    write_whole(folder.sources_yml, yaml.safe_dump({"sources": {SOURCE: source}}))
    write_whole(folder.redirects_yml, "who: about\n")
    edition = {"title": "Finding things", "introduction": INTRODUCTION, "picks": ["picked"]}
    write_whole(folder.editions / f"{LAST}.yml", yaml.safe_dump(edition))
    return folder


def _entry(day: dt.date, rest: str) -> str:
    """A listing in the ledger."""
    known = f"source: {SOURCE}\ndate: {day}\ndated_by: option\nfile: {day}.json\n"
    return f"{known}fingerprint: of {day}\n{rest}"


def _topics() -> str:
    """The taxonomy: one topic has a wider one, one had another id."""
    topics = [
        {
            "id": id_,
            "title": title,
            "description": f"What is about {id_}.",
            "rules": [{"phrases": [id_], "weight": 20}],
            **({"parent": "language"} if id_ == "attention" else {}),
            **({"formerly": ["recall"]} if id_ == "memory" else {}),
        }
        for id_, title in TOPICS.items()
    ]
    return yaml.safe_dump({"topics": topics})


def _paper(slug: str, title: str, abstract: str, day: dt.date = LAST, **more: object) -> Paper:
    """A paper that was seen once."""
    paper = Paper(
        slug=slug,
        source_title=title,
        source_abstract=abstract,
        appearances=(Appearance(day, SOURCE, f"{day}.json"),),
    )
    return dataclasses.replace(paper, **more)  # type: ignore[arg-type]  # fields by their names


def _plain() -> Iterator[Paper]:
    """Papers as they come; the first topic and one day have more than fit on a page of theirs."""
    topics = list(TOPICS)
    for number in range(100):
        topic = topics[0] if number % 3 else topics[number // 3 % len(topics)]
        yield _paper(
            f"plain-{number:02}",
            f"{prose(f'title {number}', 7).removesuffix('.')}: {topic} {number}",
            prose(number, 35),
            LONG if number >= 40 else DAYS[number % len(DAYS)],
            source_authors=(f"Ada Author {number}", "Bo Writer"),
            source_ids={"arxiv": f"2603.{number:05}"},
        )


def _special() -> Iterator[Paper]:
    """What a page can show beyond that, a paper each."""
    yield _paper(
        "picked",
        "Retrieval with everything that a record may say",
        prose("picked", 160),
        source_authors=("Łucja Żółć", "Đặng Thị", "Ada Author"),
        source_ids={"arxiv": "2603.09999", "doi": "10.1000/example"},
        source_published=DAYS[0],
        source_links=tuple(Link(kind, f"https://example.org/{kind.value}") for kind in LinkKind),
        appearances=tuple(Appearance(day, SOURCE, f"{day}.json") for day in (DAYS[2], LAST)),
    )
    yield _paper(
        "formulas",
        r"Retrieval in $O(\log n)$ with $\ell_1$ penalties",
        f"{prose('formulas', 30)} {FORMULAS}",
        source_ids={"arxiv": "2603.09998"},
    )
    yield _paper("bare", "Nothing is known of it but this", "We say little, and of nothing.")
    yield _paper(
        "crowd",
        "A language model by very many",
        prose("crowd"),
        source_authors=tuple(f"Given{number} Family{number}" for number in range(1200)),
        source_ids={"arxiv": "2603.09997"},
    )
    yield _paper(
        "scripts",
        "深度学习的一种新方法：关于“引号”与全角（括号） — العربية والعبرية עברית",
        f"深度学习的一种新方法。{prose('scripts', 20)} العربية والعبرية עברית.",
        source_authors=("王小明", "أحمد"),
    )
    yield _paper("word", "W" * 120, f"{'w' * 200} {prose('word', 20)} https://a.org/{'x' * 90}")
    yield _paper("gone", "A language model by very, very many", prose("crowd too"))
    yield _paper("alike", "Two that resemble each other in images", prose("alike"))
    yield _paper("alike-too", "Two which resemble each other in images", prose("alike"))


#: What the curator decided.
CURATION: dict[str, dict[str, object]] = {
    "picked": {"pick": True, "note": NOTE, "topics": ["memory"], "drop_topics": ["images"]},
    "gone": {"same_as": "crowd"},
    "plain-00": {"pick": True, "note": "Short, and right."},
    "plain-05": {"note": "Read the appendix."},
    # A name that it had, and corrections of what the source says.
    "plain-06": {
        "formerly": ["a-former-name"],
        "authors": ["Corrected Author"],
        "ids": {"arxiv": None, "doi": "10.1000/corrected"},
        "published": DAYS[0],
        "links": [{"kind": "code", "url": "https://example.org/corrected"}],
    },
}
