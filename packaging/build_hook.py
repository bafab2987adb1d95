"""Compiles the translations while a wheel is built, so that no compiled file is ever committed.

Hatchling runs this for `pip install .` and for editable installs alike.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface[Any]):
    """Writes each catalogue's compiled form beside it and adds it to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - Hatchling's signature
        """Compile every catalogue.

        Args:
            version: "standard" or "editable".
            build_data: Hatchling's; `artifacts` names files that go into the wheel although git ignores them.
        """
        locales = Path(self.root, "resources", "locale")
        for source in sorted(locales.glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as text:
                catalogue = read_po(text, locale=source.parent.parent.name)
            with source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
        build_data["artifacts"].append("/resources/locale/*/LC_MESSAGES/*.mo")
