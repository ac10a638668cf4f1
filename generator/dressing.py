"""What the builders need of ``mkdocs.yml`` so that pages look and work as they should.

The generator's own ``mkdocs.yml`` is the pattern: what it says, a digest's says, too, or a digest
that is older than its generator is told which line it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from generator import shipped
from generator.config import mapping, read_config
from generator.errors import ContentError, ContentErrors
from generator.folder import Folder
from generator.overlay import compose_theme

#: Lists of mkdocs.yml whose entries pages rely on.
_LISTS = ("extra_css", "extra_javascript", "markdown_extensions")
#: What a folder that dresses the theme must have.
_MAIN = "main.html"


def dressed(folder: Folder) -> tuple[str, ...]:
    """Make ready what MkDocs dresses pages with; what ``mkdocs.yml`` lacks, in a line each.

    Raises:
        ContentErrors: If a site built with this ``mkdocs.yml`` would not be the digest's.
        DigestError: If the theme cannot be written.
    """
    name = folder.name(folder.mkdocs_yml)
    config = read_config(folder)
    if "INHERIT" in config:  # the rest of it is somewhere else; MkDocs alone knows all
        compose_theme(folder)
        return ()
    if errors := list(_faults(folder, config, name)):
        raise ContentErrors(errors)
    if _theme(folder, config) == folder.theme:
        compose_theme(folder)
    return _told(config, name)


def lacking(folder: Folder) -> tuple[str, ...]:
    """What ``mkdocs.yml`` lacks of what pages rely on, in a line each."""
    config = read_config(folder)
    return () if "INHERIT" in config else _told(config, folder.name(folder.mkdocs_yml))


def theme_folder(folder: Folder) -> Path | None:
    """The folder with which ``mkdocs.yml`` dresses the theme, if it names one."""
    return _theme(folder, read_config(folder))


def _theme(folder: Folder, config: dict[str, Any]) -> Path | None:
    value = mapping(config, "theme").get("custom_dir")
    return folder.root / value if isinstance(value, str) else None


def _told(config: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(f"{name}: {each}" for each in _lacking(config))


def _faults(folder: Folder, config: dict[str, Any], name: str) -> Iterator[ContentError]:
    docs = config.get("docs_dir", "docs")
    if not isinstance(docs, str) or folder.root / docs != folder.docs:
        remedy = f"write `docs_dir: {folder.name(folder.docs)}`, where the generator writes"
        yield ContentError(name, f"is {docs!r}", remedy, field="docs_dir")
    dress = _theme(folder, config)
    if dress and dress != folder.theme and not (dress / _MAIN).is_file():
        remedy = (
            f"write `custom_dir: {folder.name(folder.theme)}`, where the build lays your "
            "templates/overrides over the generator's"
        )
        value = folder.name(dress)
        yield ContentError(name, f"{value} has no {_MAIN}", remedy, field="theme.custom_dir")


def _lacking(config: dict[str, Any]) -> Iterator[str]:
    """Entries of the generator's ``mkdocs.yml`` on which pages rely."""
    if mapping(config, "theme").get("name") != "material":
        return
    pattern = yaml.safe_load(shipped.text("mkdocs.yml"))
    for field in _LISTS:
        value = config.get(field)
        there = {_known_by(each) for each in value} if isinstance(value, list) else set()
        for each in pattern[field]:
            if _known_by(each) not in there:
                line = yaml.safe_dump([each], default_flow_style=True, width=1000).strip()[1:-1]
                yield f"{field}: lacks what pages of this generator use; add `- {line}`"


def _known_by(entry: object) -> str:
    """An entry of a list: a style's or script's path, an extension's name."""
    if isinstance(entry, dict):
        return str(entry.get("path") or next(iter(entry), ""))
    return str(entry)
