"""What the generator needs to know of ``mkdocs.yml``: it is the site's only configuration."""

from __future__ import annotations

import os
from typing import Any

import yaml

from generator.digest import Cards, Site
from generator.errors import ContentError
from generator.folder import Folder
from generator.storage import yamlio
from generator.storage.papers import is_web_address
from generator.suggestions.forms import Kind, is_there


class _Loader(yaml.SafeLoader):
    """Reads what MkDocs reads; tags that only MkDocs needs are passed over."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """``!ENV NAME`` or ``!ENV [NAME, …, default]``, as MkDocs understands it."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node) or [None]
    else:
        names, default = [node.value], None
    return next((os.environ[str(name)] for name in names if str(name) in os.environ), default)


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def read_site(folder: Folder) -> Site:
    """Name, description and address of the site.

    Raises:
        ContentError: If ``mkdocs.yml`` is missing, is no YAML, or lacks what feeds need.
    """
    name = folder.name(folder.mkdocs_yml)
    config = read_config(folder)
    site_name = str(config.get("site_name") or "")
    if not site_name.strip():
        raise ContentError(name, "is missing", "give the digest a name", field="site_name")
    language, extra = mapping(config, "theme").get("language"), mapping(config, "extra")
    url = _address(config.get("site_url"), name, "site_url", "of the published site")
    return Site(
        name=site_name.strip(),
        description=str(config.get("site_description") or "").strip(),
        url=f"{url.rstrip('/')}/" if url else "",
        language=str(language or "en"),
        cards=_cards(extra.get("cards", Cards.SITE), name),
        subscribe_url=_address(
            extra.get("subscribe_url"), name, "extra.subscribe_url", "where readers sign up"
        ),
        repo_url=_address(config.get("repo_url"), name, "repo_url", "of the repository"),
        forms=tuple(kind.value for kind in Kind if is_there(kind, folder)),
    )


def _cards(value: object, name: str) -> Cards:
    """``extra.cards``: what has a picture of its own."""
    try:
        return Cards(str(value))
    except ValueError:
        problem, remedy = f"{value!r} is none of them", f"write one of: {', '.join(Cards)}"
        raise ContentError(name, problem, remedy, field="extra.cards") from None


def read_config(folder: Folder) -> dict[str, Any]:
    """All of ``mkdocs.yml``.

    Raises:
        ContentError: If it is missing, or is no mapping of YAML.
    """
    name = folder.name(folder.mkdocs_yml)
    try:
        text = folder.mkdocs_yml.read_text(encoding="utf-8-sig")
        config = yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except FileNotFoundError:
        raise ContentError(
            name, "is not there", f"run in a digest's folder, or name it: -C DIR ({folder.root})"
        ) from None
    except OSError as error:
        raise ContentError(name, f"cannot be read: {error.strerror}", "check the file") from None
    except (yaml.YAMLError, *yamlio.ODD) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ContentError(
            name, f"is not YAML: {problem}", "mend it", line=None if line is None else line + 1
        ) from None
    if not isinstance(config, dict):
        raise ContentError(name, "has no fields", "write at least site_name and site_url")
    return config


def mapping(config: dict[str, Any], field: str) -> dict[str, Any]:
    """A mapping inside, empty if there is none; what else it may be is MkDocs' business."""
    value = config.get(field)
    return value if isinstance(value, dict) else {}


def _address(value: object, name: str, field: str, what: str) -> str:
    """A web address, or "" if there is none."""
    url = str(value or "").strip()
    if url and not is_web_address(url):
        problem, remedy = f"{url!r} is not an address", f"write the address {what}"
        remedy += ", beginning with https://"
        raise ContentError(name, problem, remedy, field=field)
    return url
