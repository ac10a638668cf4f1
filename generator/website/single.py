"""One file of the site at a time, made when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.utils import is_markdown_file

from generator.website.dressed import dressed, of_theme
from generator.website.frame import frame, left_to_mkdocs
from generator.website.making import environment, listening

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class Single:
    """A site of which nothing is written.

    Args:
        mkdocs_yml: The site's configuration.
        paths: What there is in the folder of documents.
        make: Makes the document at a path.
        values: What MkDocs finds in its environment.
        warn: Told what MkDocs finds wrong.

    Raises:
        Unfit: If the site has something that only MkDocs itself knows how to do.
    """

    def __init__(
        self,
        mkdocs_yml: Path,
        paths: Iterable[str],
        make: Callable[[str], bytes],
        values: Mapping[str, str],
        warn: Callable[[str], None],
    ) -> None:
        self._make, self._values, self._warn = make, values, warn
        self._paths = frozenset(paths)
        with environment(values), listening(warn), left_to_mkdocs():
            self._site = frame(mkdocs_yml, self._found)
        self._pages = {file.dest_uri: file for file in self._site.pages}
        self._given = {
            file.dest_uri: file for file in self._site.files if not file.is_documentation_page()
        }

    def _found(self, config: MkDocsConfig) -> Files:
        paths = filter(is_markdown_file, self._paths)
        pages = sorted((_Page(path, config, self._make) for path in paths), key=file_sort_key)
        return _Found(pages, self._paths, config)

    def file(self, address: str) -> bytes | None:
        """The bytes of a file of the site; ``None`` if there is none.

        Raises:
            DigestError: If a template of the digest is at fault.
        """
        with environment(self._values), listening(self._warn):
            if file := self._pages.get(address):
                return dressed(self._site, file).data
            if address in self._site.config.theme.static_templates:
                return dict(of_theme(self._site)).get(address)
            if address in self._paths and not is_markdown_file(address):
                return self._make(address)
            if file := self._given.get(address):
                return file.content_bytes
        return None


class _Page(File):
    """A page whose Markdown is made when it is read."""

    def __init__(self, path: str, config: MkDocsConfig, make: Callable[[str], bytes]) -> None:
        super().__init__(path, config.docs_dir, config.site_dir, config.use_directory_urls)
        self._made = make

    @property  # type: ignore[misc] # nobody sets it
    def content_bytes(self) -> bytes:
        """The Markdown as it would lie in the folder."""
        return self._made(self.src_uri)

    @property  # type: ignore[misc]
    def content_string(self) -> str:
        """The same, as text."""
        return self.content_bytes.decode("utf-8-sig")


class _Found(Files):
    """Files of which those that are no pages are there once they are asked for.

    There are many; a link may lead to one.
    """

    def __init__(self, pages: list[_Page], paths: frozenset[str], config: MkDocsConfig) -> None:
        super().__init__(pages)
        self._paths, self._config = paths, config

    def get_file_from_path(self, path: str) -> File | None:
        """The file at a path of the folder, or of the theme."""
        known = super().get_file_from_path(path)
        path = Path(os.path.normpath(path)).as_posix()
        if known is None and path in self._paths:
            config = self._config
            known = File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
            self.append(known)
        return known
