"""The record as a file: CSV for a spreadsheet, or FHIR for another system; written whole or not at all.

The file's name says nothing of a patient, and the dialog is Qt's own, so that F9 covers it.
"""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.audit import AuditFilter
from ui.audit.in_steps import InSteps
from ui.screen import Tools
from ui.widgets.save_file import ask_where, cannot_be_written, for_its_owner


class SaveRecord(QObject):
    """Asks where the record is to lie, and puts it there.

    Args:
        tools: The desk to ask.
        over: The dialog it belongs to.
        chosen: Says which lines.
        failed: Told when it cannot be written.
    """

    def __init__(
        self, tools: Tools, over: QWidget, chosen: Callable[[], AuditFilter], failed: Callable[[RapportError], None]
    ) -> None:
        super().__init__(over)
        self._tools, self._over, self._chosen, self._failed = tools, over, chosen, failed

    def ask_where(self) -> None:
        """Ask for a file; its ending says in which form."""
        kinds = (_("For a spreadsheet (*.csv)"), _("For another system, FHIR (*.json)"))
        ask_where(self._over, _("Save as a file"), "rapportdesk-record", self.save_to, kinds=kinds)

    def save_to(self, path: Path) -> None:
        """Write the record to `path`: FHIR when its name ends in .json, else CSV."""
        chosen, desk = self._chosen(), self._tools.desk
        form: Literal["fhir", "csv"] = "fhir" if path.suffix.casefold() == ".json" else "csv"

        def steps() -> Generator[None, None, None]:
            pieces = desk.audit.export(chosen, form)
            unfinished = path.with_name(f".{path.name}.part")
            try:
                with open(unfinished, "wb", opener=for_its_owner) as out:
                    for piece in pieces:
                        out.write(piece)
                        yield
                unfinished.replace(path)
            except OSError:
                raise cannot_be_written() from None
            finally:
                unfinished.unlink(missing_ok=True)

        InSteps(self._tools.work, self, steps, lambda _none: self._saved(), self._failed)

    def _saved(self) -> None:
        self._tools.messages.say(_("Saved as a file. It is not encrypted: look after it."))
