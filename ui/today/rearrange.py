"""The visits that were called off or missed: find each another time, or say that none is wanted."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.day import ToRearrange
from ui.look.bidi import isolate
from ui.look.dates import day_and_time, short_date
from ui.screen import Tools
from ui.today.another_time import AnotherTime
from ui.widgets.controls import Button, Label, Panel, empty, place
from ui.widgets.flow import FlowLayout
from ui.widgets.list_dialog import ListDialog


def old_words(waiting: ToRearrange) -> str:
    """Return when a visit was to be, with whom, and what became of it."""
    missed = waiting.appointment.status is AppointmentStatus.NOSHOW
    what = _("did not come") if missed else _("cancelled")
    parts = (day_and_time(waiting.start), isolate(waiting.appointment.practitioner_name), what)
    return " · ".join(part for part in parts if part)


class RearrangeDialog(ListDialog):
    """The list.

    Args:
        tools: What a screen works with.
        parent: The window.

    Signals:
        person_wanted: Id of the person to open.
        changed: A visit was booked anew, or left.
    """

    person_wanted = Signal(str)
    changed = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools, _("To find another time for"), parent, width=640, height=600)
        self.refresh()

    def refresh(self) -> None:
        """Ask the desk for the list."""
        self._tools.work.submit(self, self._tools.desk.rearranging.waiting, self._show, self._problem)

    def _show(self, waiting: tuple[ToRearrange, ...]) -> None:
        empty(self.list.rows)
        if not waiting:
            self.list.add(Label(_("Nobody waits for another time."), "body"))
        finders = [self._one(each) for each in waiting]
        self.turn_to(finders[0] if finders else self._close)

    def _one(self, waiting: ToRearrange) -> Button:
        made = Panel("important", margins=(14, 8, 14, 8), gap=4)
        name = isolate(waiting.patient_name)
        born = short_date(waiting.birth_date) if waiting.birth_date else _("birth date not known")
        made.add(Label(_("{name}, {born}").format(name=name, born=born), "name-strong"))
        made.add(Label(old_words(waiting), "body"))
        if waiting.next_visit is not None:
            comes = _("Comes next on {day}").format(day=day_and_time(waiting.next_visit))
            made.add(Label(comes, "detail"))
        verbs = place(made.rows, FlowLayout(gap=8))
        finder = self._offer(verbs, _("Find a time"), name, partial(self._find, waiting))
        self._offer(verbs, _("None is wanted"), name, partial(self._settle, waiting))
        self._offer(verbs, _("Open"), name, partial(self._open, waiting))
        self.list.add(made)
        return finder

    def _offer(self, verbs: FlowLayout, words: str, name: str, do: "partial[None]") -> Button:
        button = Button(words, "secondary", do, name=_("{verb}: {name}").format(verb=words, name=name))
        button.setAutoDefault(True)  # Enter does what the keys stand on
        verbs.addWidget(button)
        return button

    def _find(self, waiting: ToRearrange) -> None:
        dialog = AnotherTime(self._tools, waiting, self)
        dialog.booked.connect(self._booked)
        dialog.open()

    def _booked(self) -> None:
        self.changed.emit()
        self.refresh()

    def _settle(self, waiting: ToRearrange) -> None:
        leave = partial(self._tools.desk.rearranging.leave, waiting.appointment.id)
        self._tools.work.submit(self, leave, self._settled, self._problem)

    def _settled(self, _appointment: Appointment) -> None:
        self._tools.messages.say(_("Left without another time. Ctrl+Z brings it back to the list."))
        self._booked()

    def _open(self, waiting: ToRearrange) -> None:
        self.person_wanted.emit(waiting.appointment.patient)
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
