"""A practice manager sees whether everything is here and, when it is not, says how to go on: nothing is decided alone.

The check takes place beside other work, says how far it is and can be stopped.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from rapportdesk.desk.desk import VerifyReport
from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.standing import Standing, Stands
from ui.bring_in.stepping import Aside, Stepping
from ui.screen import Tools
from ui.standing.standing_view import checking_words, found_words, how_words
from ui.theme import set_role
from ui.widgets.controls import Button, Label, Section, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said


class StandingDialog(Dialog):
    """What was found, and the ways on.

    Signals:
        changed: A manager has decided; screens ask again.
        restore_wanted: A manager brings a backup back in this file's place; the dialog has closed.
    """

    changed = Signal()
    restore_wanted = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Is everything here?"), parent, width=600, height=500)
        self._tools = tools
        self._checking: Stepping[VerifyReport] | None = None
        self._aside: Aside | None = None
        self._how = Label("", "body")
        self._found = Label(checking_words(), "body")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the check is"))
        self.bar.setRange(0, 0)
        self._ways = Section(_("How to go on"))
        self._better = Label(
            _("If there is a newer backup, bring it back: the desk closes, and this file of it is kept."), "body"
        )
        self.restore = Button(_("Use a backup…"), "secondary", self._restore)
        self.go_on = Button(_("Go on with what is here"), "secondary", self._go_on)
        self._said = Said()
        self.inside.add(self._how, self._found, self.bar, self._ways, self._better, self._said)
        ways = place(self.rows, FlowLayout())
        for button in (self.restore, self.go_on):
            ways.addWidget(button)
        self.rows.addStretch(1)
        self.stop = self.add_button(Button(_("Stop"), "secondary", self._stop))
        self.leave = self.add_close()
        for button in (self.restore, self.go_on, self.stop, self.leave):
            button.setAutoDefault(False)
        for widget in (self._how, self._ways, self._better, self.restore, self.go_on):
            widget.hide()
        self._standing = Standing(stands=Stands.AS_BEFORE)
        self._faults = False
        self.stop.setFocus()
        self._ask()

    def _ask(self) -> None:
        desk = self._tools.desk
        desk.standing.ask()
        self._aside = Aside(desk.standing.wait)
        self._aside.came.connect(
            lambda _error: self._tools.work.submit(self, desk.standing.compare, self._show, self._problem)
        )
        self._aside.begin()

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        words = how_words(standing)
        self._how.say(words, name=words)
        set_role(self._how, "problem" if standing.needs_deciding else "body")
        self._how.setVisible(bool(words))
        desk, tools = self._tools.desk, self._tools
        self._checking = Stepping(tools.work, tools.clock, self, desk.check_in_steps, self._checked, self._problem)
        self._checking.progressed.connect(self._at)

    def _at(self, done: int, total: int) -> None:
        self.bar.setRange(0, 1_000)
        self.bar.setValue(min(1_000, 1_000 * done // max(total, 1)))

    def _checked(self, report: VerifyReport) -> None:
        self._rest()
        self._faults = not report.clean
        words = found_words(report)
        set_role(self._found, "problem" if self._faults else "body")
        self._found.say(words, name=words)
        undecided = self._faults or self._standing.needs_deciding
        for widget in (self._ways, self._better, self.restore, self.go_on):
            widget.setVisible(undecided)
        self.turn_to(self.leave)

    def _go_on(self) -> None:
        standing, older, faults = self._tools.desk.standing, self._standing.needs_deciding, self._faults

        def decide() -> None:
            if faults:
                standing.accept()
            if older:
                standing.go_on()

        self.go_on.setEnabled(False)
        self._tools.work.submit(self, decide, self._decided, self._problem)

    def _decided(self, _nothing: None) -> None:
        self._tools.messages.say(_("The desk goes on with what is here. That you decided so is recorded."))
        self.changed.emit()
        self.accept()

    def _restore(self) -> None:
        self.accept()
        self.restore_wanted.emit()

    def _stop(self) -> None:
        if self._checking is not None:
            self._checking.leave()
        self._rest()
        self._found.say(_("The check was stopped. It begins anew at the next sign-in."))
        self.turn_to(self.leave)

    def _rest(self) -> None:
        self._checking = None
        self.bar.hide()
        self.stop.hide()

    def _problem(self, error: RapportError) -> None:
        self._rest()
        self.go_on.setEnabled(True)
        self._said.tell(error)
        self.turn_to(self.leave)
