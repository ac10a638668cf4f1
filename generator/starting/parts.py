"""The files of a new digest: those that are its own from then on, and those that are given.

``starter/`` has what only a new digest needs; the rest is what the project itself uses: its
``mkdocs.yml``, workflows, locked requirements. So a digest begins with what is tested here, and a
text stands in one place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator import shipped
from generator.errors import UsageError
from generator.markup.escape import yaml_scalar
from generator.starting.subjects import topics_yml
from generator.storage.modeline import with_modeline
from generator.storage.papers import is_web_address
from generator.text.cleaning import tidy

#: What the generator gives, and renews: where it lies in the digest, and where in the checkout.
GIVEN = {
    ".gitattributes": "starter/gitattributes",
    ".github/ISSUE_TEMPLATE/config.yml": ".github/ISSUE_TEMPLATE/config.yml",
    ".github/ISSUE_TEMPLATE/correction.yml": ".github/ISSUE_TEMPLATE/correction.yml",
    ".github/ISSUE_TEMPLATE/paper.yml": ".github/ISSUE_TEMPLATE/paper.yml",
    ".github/ISSUE_TEMPLATE/topic.yml": ".github/ISSUE_TEMPLATE/topic.yml",
    ".github/ISSUE_TEMPLATE/wrong-topic.yml": ".github/ISSUE_TEMPLATE/wrong-topic.yml",
    ".github/scripts/changes.sh": ".github/scripts/changes.sh",
    ".github/scripts/common.sh": ".github/scripts/common.sh",
    ".github/scripts/email.sh": ".github/scripts/email.sh",
    ".github/scripts/ingest.sh": ".github/scripts/ingest.sh",
    ".github/scripts/suggest.sh": ".github/scripts/suggest.sh",
    ".github/workflows/comment.yml": ".github/workflows/comment.yml",
    ".github/workflows/email.yml": ".github/workflows/email.yml",
    ".github/workflows/ingest.yml": ".github/workflows/ingest.yml",
    ".github/workflows/preview.yml": ".github/workflows/preview.yml",
    ".github/workflows/publish.yml": ".github/workflows/publish.yml",
    ".github/workflows/suggest.yml": ".github/workflows/suggest.yml",
    ".github/workflows/test.yml": "starter/.github/workflows/test.yml",
    ".gitignore": "starter/gitignore",
    "Makefile": "starter/Makefile",
    "requirements.txt": "requirements.txt",
}

#: What a digest begins with, as it is.
_BEGUN = {
    "content/pages/about.md": "content/pages/about.md",
    "content/pages/how-topics-are-given.md": "starter/content/pages/how-topics-are-given.md",
    "content/sources.yml": "starter/content/sources.yml",
    "templates/README.md": "starter/templates/README.md",
}

_LOCK_HEAD = """\
# What the generator needs, locked: it comes with the generator, and `digest upgrade` renews it.
"""
#: A digest whose address nobody knows yet; the publishing workflow writes the right one.
_NOWHERE = "https://example.org/"
_PAGES = "github.io"

# What Markdown might take for markup, and what only counts at the beginning of a paragraph.
_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~&!])")
_LEADING = re.compile(r"^(\d*)([-+=.)])")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a user says of a new digest; all but the name may be left out."""

    name: str
    description: str = ""
    url: str = ""
    repository: str = ""
    topics: tuple[str, ...] = ()


def given() -> dict[str, bytes]:
    """What the generator gives every digest, by path."""
    files = {path: shipped.text(source).encode() for path, source in GIVEN.items()}
    return {**files, "requirements.txt": _lock().encode()}


def begun(wishes: Wishes) -> dict[str, bytes]:
    """What is the digest's own from the first day.

    Raises:
        UsageError: If a wish cannot be fulfilled.
    """
    wishes = _checked(wishes)
    texts = {path: shipped.text(source) for path, source in _BEGUN.items()}
    texts |= {
        "README.md": _readme(wishes),
        "content/topics.yml": _topics(wishes),
        "mkdocs.yml": _mkdocs(wishes),
    }
    for kind in ("topics", "sources"):  # editors complete them with the schemas
        path = f"content/{kind}.yml"
        texts[path] = with_modeline(texts[path], kind, path)
    return {path: text.encode() for path, text in texts.items()}


def _lock() -> str:
    lines = shipped.text("requirements.txt").splitlines(keepends=True)
    return _LOCK_HEAD + "".join(line for line in lines if not line.startswith("#"))


def _checked(wishes: Wishes) -> Wishes:
    name, description = _line("--name", wishes.name), _line("--description", wishes.description)
    if not name:
        raise UsageError(f"--name {wishes.name!r}: has nothing to read in it; name the digest")
    repository = _address("--repository", wishes.repository).removesuffix(".git")
    url = _address("--url", wishes.url) or _pages(repository) or _NOWHERE
    for title in wishes.topics:
        _line("--topic", title)
    return Wishes(name, description, url, repository, wishes.topics)


def _line(option: str, value: str) -> str:
    """A text on one line, without what nobody can see."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{option} {value!r}: is not UTF-8; write it anew") from None
    return tidy(value)


def _address(option: str, value: str) -> str:
    url = _line(option, value).rstrip("/")
    if url and (not is_web_address(url) or "?" in url or "#" in url):
        raise UsageError(f"{option} {value!r}: is no web address; write it with https://")
    if "@" in urlsplit(url).netloc:
        raise UsageError(
            f"{option}: the address holds a name or a password, which everybody could read in "
            "mkdocs.yml; leave it out"
        )
    return url


def _pages(repository: str) -> str:
    """Where GitHub Pages publishes a repository (GitHub, "About GitHub Pages")."""
    parts = urlsplit(repository)
    owner, _, name = parts.path.strip("/").partition("/")
    if parts.hostname != "github.com" or not owner or not name:
        return ""
    site = f"{owner.lower()}.{_PAGES}"
    return f"https://{site}/" if name.lower() == site else f"https://{site}/{name}/"


def _topics(wishes: Wishes) -> str:
    head = shipped.text("starter/content/topics.yml")
    listed = topics_yml(wishes.topics) or shipped.text("starter/topics-of-any-field.yml")
    return f"{head}\ntopics:\n{listed}"


def _readme(wishes: Wishes) -> str:
    text = shipped.text("starter/README.md")
    about = wishes.description or "A digest of research papers."
    return text.replace("{description}", _markdown(about)).replace("{name}", _markdown(wishes.name))


def _markdown(text: str) -> str:
    return _LEADING.sub(r"\1\\\2", _ACTIVE.sub(r"\\\1", text))


def _mkdocs(wishes: Wishes) -> str:
    """The project's own ``mkdocs.yml`` with the values of this digest."""
    text = shipped.text("mkdocs.yml")
    rights = "Titles and abstracts are their authors’."
    values = {
        r"^site_name: .*\n": f"site_name: {yaml_scalar(wishes.name)}\n",
        r"^site_url: .*\n": f"site_url: {yaml_scalar(_slashed(wishes.url))}\n",
        r"^copyright: >-\n(?:  .*\n)+": f"copyright: {yaml_scalar(rights)}\n",
        r"^  custom_dir: .*\n": (
            "  # Composed by the build: the generator's, and over it your templates/overrides.\n"
            "  custom_dir: build/theme\n"
        ),
    }
    if wishes.description:
        line = f"site_description: {yaml_scalar(wishes.description)}\n"
        values[r"^site_description: .*\n"] = line
    if wishes.repository:
        values[r"^# repo_url: .*\n"] = f"repo_url: {yaml_scalar(wishes.repository)}\n"
    for pattern, value in values.items():
        before, after = re.split(pattern, text, flags=re.MULTILINE)  # it is there once
        text = f"{before}{value}{after}"
    return text


def _slashed(url: str) -> str:
    return f"{url.rstrip('/')}/"
