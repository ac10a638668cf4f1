"""What a wheel carries beside the code: templates, the theme, and what a new digest begins with.

They lie at the top of a checkout, where people edit them, and are taken into a wheel from there
(``generator/shipped.py`` finds them in either). An editable installation is the checkout itself and
needs no copy, which is why this is a hook and no list of files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Shipped(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the files and folders that ``pyproject.toml`` lists."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name what is taken in, and where to, before a wheel is built."""
        if version != "editable":
            build_data["force_include"].update(
                {
                    str(Path(self.root, name)): f"generator/_shipped/{name}"
                    for name in self.config["paths"]
                }
            )
