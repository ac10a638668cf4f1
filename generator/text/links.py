"""Which addresses of an abstract belong to its paper, and what they lead to.

Most hosts say what they hold: repositories, datasets, papers. Of any other host the sentence has to
say it ("the corpus is available at …"); an address of which nothing is said is somebody's example
(a comic strip, a page that is quoted) and stays a link of the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, urlsplit

from generator.model import Link, LinkKind
from generator.text.inlines import inlines

#: What is found at a host and at all of its subdomains.
HOSTS = {
    **dict.fromkeys(
        (
            *("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "sr.ht"),
            *("sourceforge.net", "anonymous.4open.science", "colab.research.google.com"),
            *("githubusercontent.com", "code.google.com", "openi.pcl.ac.cn"),
        ),
        LinkKind.CODE,
    ),
    **dict.fromkeys(
        (
            *("github.io", "gitlab.io", "pages.dev", "netlify.app", "vercel.app", "notion.site"),
            *("sites.google.com", "readthedocs.io", "streamlit.app", "gradio.live", "wixsite.com"),
        ),
        LinkKind.PROJECT,
    ),
    **dict.fromkeys(
        (
            *("zenodo.org", "figshare.com", "kaggle.com", "osf.io", "physionet.org"),
            *("data.mendeley.com", "dataverse.harvard.edu", "modelscope.cn", "openslr.org"),
        ),
        LinkKind.DATA,
    ),
    **dict.fromkeys(("youtube.com", "youtu.be", "vimeo.com", "bilibili.com"), LinkKind.VIDEO),
    **dict.fromkeys(
        (
            *("arxiv.org", "doi.org", "openreview.net", "aclanthology.org", "alphaxiv.org"),
            *("proceedings.mlr.press", "biorxiv.org", "medrxiv.org", "semanticscholar.org"),
            *("papers.nips.cc", "proceedings.neurips.cc", "openaccess.thecvf.com"),
        ),
        LinkKind.PAPER,
    ),
}

#: Hosts where a repository has an owner and a name; what has less is about the host itself.
_OWNED = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com"})
#: Archives of data that give their deposits DOIs (prefixes of DataCite's members).
_DEPOSIT = re.compile(
    r"/10\.(?:5281/zenodo|6084/m9\.figshare|7910/dvn|17605/osf|5061/dryad)", re.IGNORECASE
)

#: At Hugging Face the first part of the path tells; what has none of these is a model, which is
#: data as a dataset is: something that was measured or trained, to be downloaded.
HUGGING_FACE = frozenset({"huggingface.co", "hf.co"})
_SHELVES = {
    "papers": LinkKind.PAPER,
    "spaces": LinkKind.PROJECT,
    "blog": LinkKind.PROJECT,
    "docs": LinkKind.PROJECT,
}
#: Its own lists and pages.
_LISTS = frozenset({"models", "datasets", "collections", "organizations", "tasks", "join", "login"})

_NAMES = {
    LinkKind.PAPER: "Paper",
    LinkKind.CODE: "Code",
    LinkKind.PROJECT: "Project page",
    LinkKind.DATA: "Data",
    LinkKind.VIDEO: "Video",
}

#: Words of a sentence that say what is at an address; `at` alone is not enough.
_CUES = {
    LinkKind.PROJECT: r"(?:project|web|home|demo|companion)[-\s]?(?:page|site)|homepage|website"
    r"|demo|interactive(?:ly)?|playground|leaderboard|tool|platform|app|resource|material",
    LinkKind.VIDEO: r"video",
    LinkKind.CODE: r"(?:source[-\s]?)?code(?:base)?|implementation|repository|repositories|repo"
    r"|software|library|libraries|toolkit|script",
    LinkKind.DATA: r"data(?:set)?|corpus|corpora|benchmark|model|weight|checkpoint",
}
_CUE = {kind: re.compile(rf"\b(?:{words})s?\b", re.IGNORECASE) for kind, words in _CUES.items()}
_OFFERED = re.compile(
    r"\b(?:available|released?|found|access(?:ed|ible)?|published|hosted|open-?sourced|downloaded"
    r"|tested|tried|visit|see|our)\b|:\s*\(?$|\b(?:at|via|here|under)\s*\(?$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s")
#: As far back as words say something of an address, in characters.
_REACH = 300


def links_in(abstract: str) -> tuple[Link, ...]:
    """The addresses of an abstract that belong to its paper, in its order, each once."""
    return unique(_found(abstract))


def _found(abstract: str) -> Iterator[Link]:
    sentence = since = ""
    for part in inlines(abstract):
        if part.address:
            if kind := kind_of(part.address.url) or _said_in(sentence, since):
                yield Link(kind, part.address.url)
            since = ""
        else:
            sentence = _SENTENCE_END.split(sentence + part.source)[-1][-_REACH:]
            since = _SENTENCE_END.split(since + part.source)[-1][-_REACH:]


def kind_of(url: str) -> LinkKind | None:
    """What the host of an address says of it; ``None`` if it says nothing."""
    parts = urlsplit(url)
    host = _host(parts)
    path = [part for part in parts.path.split("/") if part]
    if host in HUGGING_FACE:
        return _at_hugging_face(path)
    labels = host.split(".")
    domain = next(filter(HOSTS.get, (".".join(labels[at:]) for at in range(len(labels)))), None)
    if domain is None:
        return _by_name(host) if path else None
    if domain == "doi.org" and _DEPOSIT.match(parts.path):
        return LinkKind.DATA
    # A page of its own may be a host (`x.github.io`); elsewhere a host alone is about itself.
    needed = 2 if host in _OWNED else int(host == domain)
    return HOSTS[domain] if len(path) >= needed else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


def _at_hugging_face(path: list[str]) -> LinkKind | None:
    if len(path) > 1:
        return _SHELVES.get(path[0], LinkKind.DATA)
    return LinkKind.DATA if path and path[0] not in _SHELVES and path[0] not in _LISTS else None


def own(links: Iterable[Link], abstracts: Iterable[str]) -> tuple[Link, ...]:
    """Links of a paper but for other papers, which one of its abstracts names."""
    said = "\n".join(abstracts)
    return tuple(link for link in links if link.kind is not LinkKind.PAPER or link.url not in said)


def name_of(link: Link) -> str:
    """How pages call a link."""
    parts = urlsplit(link.url)
    if _host(parts) in HUGGING_FACE and link.kind is LinkKind.DATA:
        shelf, *below = parts.path.strip("/").split("/")
        if shelf in {"datasets", "collections"}:
            return "Dataset" if shelf == "datasets" else "Collection"
        return "Model" if below else "Models and data"
    return _NAMES[link.kind]


def numbered(links: Iterable[Link]) -> list[tuple[Link, int]]:
    """Links in the order in which readers want them, each with its number among those alike."""
    kinds: dict[LinkKind, list[Link]] = {kind: [] for kind in _NAMES}
    for link in links:
        kinds[link.kind].append(link)
    return [(link, at) for alike in kinds.values() for at, link in enumerate(alike, start=1)]


def _by_name(host: str) -> LinkKind | None:
    """A repository that somebody runs: ``gitlab.inria.fr``, ``git.example.edu``."""
    return LinkKind.CODE if host.startswith(("git.", "gitlab.")) else None


def _said_in(sentence: str, since: str) -> LinkKind | None:
    """What a sentence says of the address at its end; ``since`` is its part since the last one.

    An address that offers several things is a page.
    """
    said = _cues(since) or _cues(sentence)
    if not said or not _OFFERED.search(sentence):
        return None
    return said[0] if len(said) == 1 else LinkKind.PROJECT


def _cues(words: str) -> list[LinkKind]:
    return [kind for kind, cue in _CUE.items() if cue.search(words)]


def unique(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links without those that lead where another leads; of these the shortest address stays."""
    best: dict[str, Link] = {}
    for link in links:
        place = place_of(link.url)
        best[place] = min(best.get(place, link), link, key=_plainest)
    return tuple(best.values())


def _plainest(link: Link) -> tuple[object, ...]:
    return len(link.url), link.url, link.kind


def place_of(url: str) -> str:
    """What is the same of two ways to write an address: for comparing, not for following."""
    parts = urlsplit(url)
    host = _host(parts)
    path = parts.path.rstrip("/").removesuffix(".git")
    if host == "github.com":
        path = path.casefold()
    return f"{host}{path}?{parts.query}#{parts.fragment}"
