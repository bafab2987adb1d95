"""Where a file is to lie is asked in one way, and it is written whole or not at all, readable by its owner alone.

The dialog is Qt's own, so that F9 covers it, and the name that stands in it says nothing of a patient.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from rapportdesk.errors import BadInput
from rapportdesk.language import _


def ask_where(
    over: QWidget, heading: str, name: str, take: Callable[[Path], object], *, kinds: Sequence[str] = ()
) -> QFileDialog:
    """Ask where a file is to lie.

    Args:
        over: What the question belongs to.
        heading: What is saved; never a name.
        name: What stands in the field, with its ending unless the kinds say it; never a patient's.
        take: Called with the path that was chosen.
        kinds: What may be chosen between, as "PDF (*.pdf)"; the ending follows the choice.
    """
    dialog = QFileDialog(over, heading)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    if kinds:
        dialog.setNameFilters(list(kinds))
        dialog.setDefaultSuffix(_ending(kinds[0]))
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(_ending(words)))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda file: take(Path(file)))
    dialog.open()
    return dialog


def write_whole(path: Path, make: Callable[[], bytes]) -> None:
    """Write what `make` gives; it is asked once the place can be written to.

    Raises:
        BadInput: It cannot be written there.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with open(unfinished, "wb", opener=for_its_owner) as out:
            out.write(make())
        unfinished.replace(path)
    except OSError:
        raise cannot_be_written() from None
    finally:
        unfinished.unlink(missing_ok=True)


def for_its_owner(path: str, flags: int) -> int:
    """Open a file that nobody else may read, for `open(..., opener=...)`."""
    return os.open(path, flags, 0o600)


def cannot_be_written() -> BadInput:
    """Return what to say where a file cannot be."""
    return BadInput(_("The file cannot be written there."), _("Choose another folder."))


def _ending(kind: str) -> str:
    """Return "pdf" of "PDF (*.pdf)"."""
    return kind.rpartition("*.")[2].rstrip(")")
