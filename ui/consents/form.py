"""A signed form comes in from a scan and is looked at here; a copy leaves only where somebody says so.

Scans are read whole and bounded before anything looks at them. A PDF is not opened here: it is saved for another
program.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _
from rapportdesk.model.consent_form import LARGEST_FORM, ConsentForm, FormType
from rapportdesk.model.identity import RecordId
from ui.consents.consents_view import size_words
from ui.look.dates import long_date
from ui.screen import Tools
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog
from ui.widgets.kept_shape import KeptShape
from ui.widgets.save_file import ask_where, write_whole

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk

_ENDINGS = {FormType.PDF: "pdf", FormType.PNG: "png", FormType.JPEG: "jpg"}


class FormDialog(Dialog):
    """Shows one signed form.

    Args:
        tools: What a screen works with.
        form_id: Which.
        parent: What it stands over.
    """

    def __init__(self, tools: Tools, form_id: RecordId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("The signed form"), parent, width=640, height=660)
        self._tools = tools
        self._form: ConsentForm | None = None
        self._words = Label(_("Looking…"), "muted")
        self.rows.addWidget(self._words)
        self._save = self.add_button(Button(_("Save a copy…"), "secondary", self.ask_where))
        self._save.setEnabled(False)
        self._save.setAutoDefault(False)
        self.add_close().setFocus()
        tools.work.submit(self, partial(_open, tools.desk, form_id), self._show, self._problem)

    def ask_where(self) -> None:
        """Ask where a copy is to lie, and put it there."""
        if self._form is None:
            return
        ask_where(self, _("Save a copy"), f"signed-form.{_ENDINGS[self._form.media_type]}", self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the scan to a file."""
        form = self._form
        if form is not None:
            self._tools.work.submit(
                self, lambda: write_whole(path, lambda: form.scan), lambda _none: self._saved(), self._problem
            )

    def _show(self, opened: tuple[ConsentForm, QImage]) -> None:
        form, image = opened
        self._form = form
        self._save.setEnabled(True)
        day = long_date(self._tools.clock.local(form.added_at).date())
        words = _("Added by {name} on {day}, {size}.").format(
            name=form.added_by_name, day=day, size=size_words(form.size)
        )
        self._words.say(words, name=words)
        if image.isNull():
            self.rows.addWidget(Label(_("Save a copy to look at it in another program."), "body"))
        else:
            self.rows.addWidget(Picture(image))
        self.rows.addStretch(1)

    def _saved(self) -> None:
        self._tools.messages.say(_("Saved. It is not encrypted: look after it."))
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self._words.say(str(error), name=str(error))


def _open(desk: "Desk", form_id: RecordId) -> tuple[ConsentForm, QImage]:
    """Open a form, and its picture where it is one: on the worker, for a large scan takes its time."""
    form = desk.consent_forms.open(form_id)
    return form, QImage() if form.media_type is FormType.PDF else QImage.fromData(QByteArray(form.scan))


class Picture(KeptShape):
    """A scan as wide as there is room."""

    def __init__(self, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(image.size(), _("The signed form"), parent)
        self._image = image

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it smoothly."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(Qt.GlobalColor.gray)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def choose_scan(over: QWidget, take: Callable[[Path], object]) -> None:
    """Ask for a scan and hand its path to `take`."""
    dialog = QFileDialog(over, _("Choose the scan"))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(_("Scans (*.pdf *.png *.jpg *.jpeg)"))
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.open()


def read_scan(path: Path) -> bytes:
    """Return a file's bytes, one more than fits at the most, so that a larger one is refused and never read whole.

    Raises:
        BadInput: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FORM + 1)
    except OSError:
        raise BadInput(_("The file cannot be read."), _("Choose another one.")) from None
