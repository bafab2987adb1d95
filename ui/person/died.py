"""That somebody has died: said once more before it is kept, taken back by one press, and told to every card.

Before it is kept the dialog says what stops. Afterwards it lists the cards that name them.
"""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.deceased import AboutDeath, NamedOn
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from ui.bring_in.stepping import Stepping
from ui.look.bidi import isolate
from ui.look.dates import day_and_time, long_date, short_date
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, Section, Tick, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.whose import Whose
from ui.widgets.written_date import read_date


class DiedDialog(Dialog):
    """Marks one person as having died, or takes that back.

    Args:
        tools: What a screen works with.
        patient_id: Whom it is about.
        parent: The window.

    Signals:
        saved: Id of the person whose card changed.
        person_wanted: Id of the person to open.
    """

    saved = Signal(str)
    person_wanted = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("If somebody has died"), parent, width=560, height=600)
        self._tools, self._patient_id = tools, patient_id
        clock = tools.clock
        self._looking: Stepping[tuple[NamedOn, ...]] | None = None
        self._today = clock.local(clock.now()).date()
        self._whose = Whose()
        self._said = Said()
        self._shown = Panel("scrolled", margins=(0, 0, 0, 0), gap=8)
        self.died_on = Field(_("Died on (empty: not known)"), hint=_("For example: 4 May 2026"))
        self.sure = Tick(_("I have made sure of this"))
        for part in (self._whose, self._said, self._shown, self.died_on, self.sure):
            self.rows.addWidget(part)
        self.rows.addStretch(1)
        self.keep = self.add_button(Button(_("Mark as having died"), "secondary", self._keep))
        self.back = self.add_button(Button(_("Take it back: they are alive"), "secondary", self._take_back))
        self.leave = self.add_close(_("Leave it"))
        self.sure.toggled.connect(self.keep.setEnabled)
        for widget in (self.died_on, self.sure, self.keep, self.back):
            widget.hide()
        self.leave.setFocus()
        self._ask()

    def _ask(self) -> None:
        about = partial(self._tools.desk.deceased.about, self._patient_id)
        self._tools.work.submit(self, about, self._show, self._problem)

    def _show(self, about: AboutDeath) -> None:
        dead = about.patient.deceased
        self._whose.show_patient(about.patient)
        empty(self._shown.rows)
        for words in _what_is_so(about) if dead else _what_stops(about):
            self._shown.add(Label(words, "body"))
        if dead:
            self._look_for_cards(about.patient)
        self.died_on.setVisible(not dead)
        self.sure.setVisible(not dead)
        self.sure.setChecked(False)
        self.keep.setVisible(not dead)
        self.keep.setEnabled(False)
        self.back.setVisible(dead)
        self.leave.setText(_("Close") if dead else _("Leave it"))
        self.leave.setAccessibleName(self.leave.text())
        self.turn_to(self.leave if dead else self.died_on)

    def _look_for_cards(self, who: Patient) -> None:
        """Look through everybody's card beside other work, and put the list here once it is whole."""
        self._shown.add(Section(_("Cards that name them")))
        listed = Panel("scrolled", margins=(0, 0, 0, 0), gap=8)
        listed.add(Label(_("Looking through the cards…"), "muted"))
        self._shown.add(listed)
        if self._looking is not None:
            self._looking.leave()
        look = partial(self._tools.desk.deceased.named_on_in_steps, self._patient_id)
        self._looking = Stepping(
            self._tools.work, self._tools.clock, self, look, partial(self._list, listed, who), self._problem
        )

    def _list(self, listed: Panel, who: Patient, cards: tuple[NamedOn, ...]) -> None:
        self._looking = None
        empty(listed.rows)
        if not cards:
            listed.add(Label(_("No card that you may read names them."), "muted"))
        for named in cards:
            listed.add(self._card(named, who))

    def _card(self, named: NamedOn, who: Patient) -> Panel:
        made = Panel("important", margins=(14, 8, 14, 8), gap=4)
        name = isolate(named.patient.name)
        born = short_date(named.patient.birth_date) if named.patient.birth_date else _("birth date not known")
        made.add(Label(_("{name}, {born}").format(name=name, born=born), "name-strong"))
        where = _("among their people: {who}").format(who=isolate(named.relation)) if named.person else _("in a note")
        if named.deceased:
            where = _("{where}, known to have died").format(where=where)
        made.add(Label(where, "detail"))
        verbs = place(made.rows, FlowLayout(gap=8))
        self._offer(verbs, _("Open"), name, partial(self._open, named.patient.id))
        if named.person and not named.deceased:
            mark = partial(self._tools.desk.deceased.mark_on_card, named.patient.id, named.person, on=who.deceased_on)
            do = partial(self._tools.work.submit, self, mark, self._marked_there, self._problem)
            self._offer(verbs, _("Mark there too"), name, do)
        return made

    def _offer(self, verbs: FlowLayout, words: str, name: str, do: "partial[None]") -> None:
        button = Button(words, "secondary", do, name=_("{verb}: {name}").format(verb=words, name=name))
        button.setAutoDefault(False)
        verbs.addWidget(button)

    def _keep(self) -> None:
        text = self.died_on.text.strip()
        on = read_date(text, self._today)
        self.died_on.clear_problem()
        if text and on is None:
            self.died_on.say_problem(_("That is not a day. For example: 4 May 2026."))
            self.turn_to(self.died_on)
            return
        self.keep.setEnabled(False)
        mark = partial(self._tools.desk.deceased.mark, self._patient_id, on=on)
        self._tools.work.submit(self, mark, self._kept, self._not_kept)

    def _kept(self, patient: Patient) -> None:
        self._tools.messages.say(_("{name} is marked as having died.").format(name=isolate(patient.called)))
        self.saved.emit(patient.id)
        self._ask()

    def _take_back(self) -> None:
        back = partial(self._tools.desk.deceased.take_back, self._patient_id)
        self._tools.work.submit(self, back, self._taken_back, self._problem)

    def _taken_back(self, patient: Patient) -> None:
        self._tools.messages.say(_("Taken back: {name} is alive.").format(name=isolate(patient.called)))
        self.saved.emit(patient.id)
        self.accept()

    def _marked_there(self, patient: Patient) -> None:
        self.saved.emit(patient.id)
        self._ask()

    def _open(self, patient: PatientId) -> None:
        self.person_wanted.emit(patient)
        self.accept()

    def _not_kept(self, error: RapportError) -> None:
        self.keep.setEnabled(self.sure.isChecked())
        self._problem(error)

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
        self._said.setFocus(Qt.FocusReason.OtherFocusReason)


def _what_stops(about: AboutDeath) -> list[str]:
    words = [_("From then on nobody is told to greet, ring or write to them. You can take it back at any time.")]
    if about.promises:
        words.append(ngettext("This promise stops:", "These promises stop:", len(about.promises)))
        words += [f"•\u2002{isolate(each)}" for each in about.promises]
    return words + _visits(about)


def _what_is_so(about: AboutDeath) -> list[str]:
    on = about.patient.deceased_on
    died = _("Marked as having died.") if on is None else _("Marked as having died on {day}.").format(day=long_date(on))
    return [died, *_visits(about)]


def _visits(about: AboutDeath) -> list[str]:
    if not about.visits:
        return []
    days = "; ".join(map(day_and_time, about.visits))
    still = ngettext("A visit is still booked: {days}.", "Visits are still booked: {days}.", len(about.visits))
    return [still.format(days=days)]
