"""Where the parts of a digest lie: one folder, one object that knows the layout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folder:
    """A digest's folder (``digest -C DIR``): ``mkdocs.yml``, ``content/``, maybe ``templates/``."""

    root: Path

    @property
    def mkdocs_yml(self) -> Path:
        """The site's one configuration."""
        return self.root / "mkdocs.yml"

    @property
    def content(self) -> Path:
        """What people decide and what sources said."""
        return self.root / "content"

    @property
    def papers(self) -> Path:
        """One YAML record a paper, in a folder a year."""
        return self.content / "papers"

    @property
    def editions(self) -> Path:
        """One optional YAML file an edition."""
        return self.content / "editions"

    @property
    def ledger(self) -> Path:
        """One YAML file a listing that came in."""
        return self.content / "ledger"

    @property
    def pages(self) -> Path:
        """Hand-written Markdown pages."""
        return self.content / "pages"

    @property
    def topics_yml(self) -> Path:
        """The taxonomy and its rules."""
        return self.content / "topics.yml"

    @property
    def sources_yml(self) -> Path:
        """Where listings come from; a digest need not have it."""
        return self.content / "sources.yml"

    @property
    def redirects_yml(self) -> Path:
        """Addresses that pages left; a digest need not have it."""
        return self.content / "redirects.yml"

    @property
    def candidates(self) -> Path:
        """Papers of raw feeds that wait for the curator, one file a day."""
        return self.content / "candidates"

    @property
    def journal(self) -> Path:
        """What a run is about to write, whole: a killed run is finished from it."""
        return self.content / ".journal"

    @property
    def templates(self) -> Path:
        """Templates of the digest's own, which come before those of the generator.

        :mod:`generator.overlay` knows both; nothing else reads this folder.
        """
        return self.root / "templates"

    @property
    def issue_forms(self) -> Path:
        """GitHub's forms for readers; a digest need not have them."""
        return self.root / ".github" / "ISSUE_TEMPLATE"

    @property
    def theme(self) -> Path:
        """What dresses the theme, composed of the generator's and the digest's own."""
        return self.root / "build" / "theme"

    @property
    def docs(self) -> Path:
        """Generated Markdown, MkDocs' ``docs_dir``."""
        return self.root / "build" / "docs"

    @property
    def mark(self) -> Path:
        """Written anew by whoever changes ``content/``."""
        return self.root / "build" / "ingest.mark"

    @property
    def lock(self) -> Path:
        """Held by whoever changes ``content/``, on systems where a folder cannot be."""
        return self.root / "build" / "ingest.lock"

    @property
    def cache(self) -> Path:
        """What is kept for the next build, by content; it may be removed at any time."""
        return self.root / ".cache"

    @property
    def site(self) -> Path:
        """The finished website."""
        return self.root / "site"

    def name(self, path: Path) -> str:
        """``path`` as a user would write it: relative to the folder where it lies inside."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)
