"""What is typed into a form and not saved is sealed for whoever typed it, and is back when they open that form again.

It is sealed every two seconds while it differs from what the form opened with, and at once when the form is left by
anything but its own "Leave it": an error, a lock, Esc. Only what differs is sealed, so that what a colleague has saved
since then is not taken back with it.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.draft import Form
from rapportdesk.model.identity import PatientId
from ui.quick_line.quick_line import SEALED_EVERY_MS
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout

Fields = dict[str, Any]
"""What stands in a form, by field: texts, ticks, and lists of such for rows that repeat. JSON keeps it as it is."""

Saved = TypeVar("Saved")


class Filled(Protocol):
    """A form whose content can be read and filled in."""

    def fields(self) -> Fields:
        """Return everything that stands in the form."""

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this stand in the form."""


class KeptForm(Panel):
    """Seals one form's content, brings it back, and says so; not seen until something came back.

    Args:
        tools: What a screen works with.
        form: Which form.
        patient_id: Whom it is about; None while they are still being added.
        filled: The form itself, as it opens.

    Signals:
        came_back: Something else than what was typed stands in the form now.
    """

    came_back = Signal()

    def __init__(
        self, tools: Tools, form: Form, patient_id: PatientId | None, filled: Filled, parent: QWidget | None = None
    ) -> None:
        super().__init__("important", margins=(12, 6, 12, 6), parent=parent)
        self._tools, self._form, self._patient_id, self._filled = tools, form, patient_id, filled
        self._opened = self._sealed = filled.fields()
        self._earlier_read = self._over = self._saving = False
        line = place(self.rows, FlowLayout(gap=10, row_gap=2))
        line.addWidget(Label(_("What you had typed is back."), "body"))
        self._afresh = Button(_("Start afresh"), "small", self.start_afresh)
        self._afresh.setAutoDefault(False)
        line.addWidget(self._afresh)
        self._timer = QTimer(self)
        self._timer.setInterval(SEALED_EVERY_MS)
        self._timer.timeout.connect(self.hand_in)
        self._timer.start()
        self.hide()

    def earlier(self) -> str | None:
        """Return what is sealed of an earlier time; called on the worker."""
        return self._tools.desk.drafts.form(self._form, self._patient_id)

    def begin(self) -> None:
        """Take the form as it stands for what it opened with: it has been filled in with what is known."""
        self._opened = self._sealed = self._filled.fields()

    def bring_back(self, earlier: str | None) -> None:
        """Fill in what `earlier` found, under what has been typed since the form opened."""
        self._earlier_read = True
        if earlier is None:
            return
        now = self._filled.fields()
        back = {**self._opened, **_read(earlier)}
        if back == self._opened:
            self._sealed = {}  # somebody has saved the same: it is let go at the next look
            return
        self._sealed = back
        self._filled.fill({**back, **_differing(now, self._opened)})
        self.show()
        self.came_back.emit()

    def hand_in(self) -> None:
        """Seal what is typed and not saved, now."""
        now = self._filled.fields()
        if self._over or self._saving or now == self._sealed:
            return
        self._sealed = now
        typed = _differing(now, self._opened)
        desk, form, patient_id, earlier_read = self._tools.desk, self._form, self._patient_id, self._earlier_read

        def seal() -> None:
            before = {} if earlier_read else _read(desk.drafts.form(form, patient_id))
            if before or typed:
                desk.drafts.keep_form(form, patient_id, json.dumps({**before, **typed}))
            else:
                desk.drafts.discard_form(form, patient_id)

        # Its owner outlives the form, which may be closing: what could not be sealed is said in any case.
        self._tools.work.submit(self._tools.messages, seal, None, self._not_sealed)

    def saving(self, save: Callable[[], Saved]) -> Callable[[], Saved]:
        """Return what saves the form on the worker: what is typed is sealed first, and let go once it is saved."""
        self.hand_in()
        self._saving = True
        desk, form, patient_id = self._tools.desk, self._form, self._patient_id
        return lambda: desk.drafts.save_form(form, patient_id, save)

    def not_saved(self) -> None:
        """The form stays open: go on sealing."""
        self._saving = False

    def let_go(self) -> None:
        """Seal nothing more and forget what was sealed: somebody has said that it is not wanted."""
        self._stop()
        if not self._earlier_read:
            return  # what nobody has been shown is not what they do not want
        desk, form, patient_id = self._tools.desk, self._form, self._patient_id
        self._tools.work.submit(self._tools.messages, lambda: desk.drafts.discard_form(form, patient_id))

    def saved(self) -> None:
        """Seal nothing more: it is kept for everybody."""
        self._stop()

    def start_afresh(self) -> None:
        """Have the form as it would have opened, and forget what had been typed."""
        self._filled.fill(self._opened)
        self.hide()
        self.came_back.emit()
        self.hand_in()

    def _stop(self) -> None:
        self._over = True
        self._timer.stop()

    def _not_sealed(self, error: RapportError) -> None:
        self._sealed = {}  # so that it is tried again
        self._tools.messages.problem(error)


class FormDialog(Dialog):
    """A dialog with a form in it: left by Esc, by its window or by a lock, what is typed is kept for the next time.

    Attributes:
        kept: Seals what is typed; made by the dialog itself. A dialog of several forms says which in `forms`.
    """

    kept: KeptForm

    def forms(self) -> tuple[KeptForm, ...]:
        """Return what seals each of the dialog's forms."""
        return (self.kept,)

    def start_afresh(self) -> None:
        """Have every form as it would have opened."""
        for each in self.forms():
            each.start_afresh()

    def leave(self) -> None:
        """Leave the form and what is typed in it: what "Leave it" says."""
        for each in self.forms():
            each.let_go()
        super().reject()

    def reject(self) -> None:
        """Leave the form; what is typed is sealed."""
        for each in self.forms():
            each.hand_in()
        super().reject()


def _read(content: str | None) -> Fields:
    return {} if content is None else dict(json.loads(content))


def _differing(now: Mapping[str, Any], opened: Mapping[str, Any]) -> Fields:
    return {name: value for name, value in now.items() if value != opened.get(name)}
