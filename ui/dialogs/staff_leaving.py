"""Somebody's last day, and taking access away at once: said plainly, with what it does and what it cannot do."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import NobodyElseOpens, RapportError
from rapportdesk.language import _
from rapportdesk.model.staff import Practitioner
from ui.guard.background_check import BackgroundCheck
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said
from ui.widgets.written_date import read_date


class RemoveDialog(Dialog):
    """Asks once, saying what removing does and does not do."""

    def __init__(self, tools: Tools, person: Practitioner, parent: QWidget) -> None:
        super().__init__(tools.theme, _("Take access away?"), parent, width=460, height=420)
        self._tools, self._person = tools, person
        self._all_the_same = False
        self.rows.addWidget(Label(isolate(person.name), "name-strong"))
        for sentence in (
            _("From now on they can no longer sign in, and nothing that is written from now on opens for them."),
            _("What they have already read or copied stays readable to them. Nobody can take that back."),
            _("Recovery sheets that they keep open nothing any more. Nobody else needs a new passphrase."),
        ):
            self.rows.addWidget(Label(sentence, "body"))
        self._said = Said()
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.take = self.add_button(Button(_("Take access away"), "secondary", self._remove))
        self.add_close(_("Cancel")).setFocus()

    def _remove(self) -> None:
        desk, person, sure = self._tools.desk, self._person, self._all_the_same
        self.take.setEnabled(False)
        self._tools.work.submit(
            self,
            lambda: desk.staff.remove(person.id, losing_what_is_for_clinicians=sure),
            self._removed,
            self._say,
        )

    def _removed(self, sheets: tuple[int, ...]) -> None:
        messages = self._tools.messages
        if sheets:
            numbers = ", ".join(map(str, sheets))
            messages.say(_("Taken away. Recovery sheet {numbers} opens nothing any more.").format(numbers=numbers))
        else:
            messages.say(_("Taken away. What is written from now on does not open for them."))
        # What each patient's key sealed is sealed anew in the background, a patient at a time.
        BackgroundCheck(self._tools.work, self._tools.desk, messages).begin()
        self.accept()

    def _say(self, error: RapportError) -> None:
        self.take.setEnabled(True)
        self._said.tell(error)
        if isinstance(error, NobodyElseOpens):
            self._all_the_same = True
            self.take.setText(_("Take it away all the same"))
            self.take.setAccessibleName(self.take.text())


class EndDialog(Dialog):
    """The last day on which a colleague may sign in."""

    def __init__(self, tools: Tools, person: Practitioner, today: dt.date, parent: QWidget) -> None:
        super().__init__(tools.theme, _("Last day"), parent, width=440, height=340)
        self._tools, self._person, self._today = tools, person, today
        self.rows.addWidget(Label(isolate(person.name), "name-strong"))
        self.day = Field(
            _("The last day on which they can sign in"), hint=_("Leave it empty where their work here has no end.")
        )
        if person.ends_on is not None:
            self.day.edit.setText(long_date(person.ends_on))
        self.rows.addWidget(self.day)
        self.rows.addStretch(1)
        self.save = self.add_button(Button(_("Save"), "primary", self._save))
        self.add_close(_("Cancel"))
        self.day.edit.returnPressed.connect(self._save)
        self.day.setFocus()
        self.day.edit.selectAll()

    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        self.day.clear_problem()
        typed = self.day.text.strip()
        day = read_date(typed, self._today, future=True) if typed else None
        if typed and day is None:
            self._refuse(_("Write a day, such as 31 Mar 2027."))
            return
        self.save.setEnabled(False)
        desk, person = self._tools.desk, self._person
        self._tools.work.submit(
            self,
            lambda: desk.staff.set_end(person.id, day),
            lambda _done: self.accept(),
            lambda error: self._refuse(str(error)),
        )

    def _refuse(self, sentence: str) -> None:
        self.save.setEnabled(True)
        self.day.say_problem(sentence)
        self.day.edit.setFocus()
