"""The record as a file: CSV for a spreadsheet, or FHIR for another system; written whole or not at all.

The file's name says nothing of a patient, and the dialog is Qt's own, so that F9 covers it.
"""

import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _
from rapportdesk.model.audit import AuditFilter
from ui.audit.in_steps import InSteps
from ui.screen import Tools


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
        dialog = QFileDialog(self._over, _("Save as a file"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("For a spreadsheet (*.csv)"), _("For another system, FHIR (*.json)")])
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix("json" if "json" in words else "csv"))
        dialog.selectFile("rapportdesk-record")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, file: str) -> None:
        """Write the record to `file`: FHIR when its name ends in .json, else CSV."""
        path, chosen, desk = Path(file), self._chosen(), self._tools.desk
        form: Literal["fhir", "csv"] = "fhir" if path.suffix.casefold() == ".json" else "csv"

        def steps() -> Generator[None, None, None]:
            pieces = desk.audit.export(chosen, form)
            unfinished = path.with_name(f".{path.name}.part")
            try:
                with open(unfinished, "wb", opener=_for_its_owner) as out:
                    for piece in pieces:
                        out.write(piece)
                        yield
                unfinished.replace(path)
            except OSError:
                raise BadInput(_("The file cannot be written there."), _("Choose another folder.")) from None
            finally:
                unfinished.unlink(missing_ok=True)

        InSteps(self._tools.work, self, steps, lambda _none: self._saved(), self._failed)

    def _saved(self) -> None:
        self._tools.messages.say(_("Saved as a file. It is not encrypted: look after it."))


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
