"""What an import could not tell is decided here, one press each: the same person, somebody new, or left out."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.patient import Patient
from ui.bring_in.join import JoinDialog
from ui.bring_in.person_words import told_apart
from ui.look.bidi import isolate
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, Section, empty, place
from ui.widgets.flow import FlowLayout
from ui.widgets.list_dialog import ListDialog

if TYPE_CHECKING:
    from rapportdesk.desk.bring_in.review import CardsToDecide, PersonToDecide

SHOWN = 25
"""Decisions on the screen at once; the next ones come when some are made."""


class ReviewDialog(ListDialog):
    """The list of what waits for a person.

    Signals:
        changed: Something was decided; what anybody sees may have changed.
    """

    changed = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools, _("Decide about people"), parent, width=720, height=640)
        self._intro = Label("", "body")
        self.rows.insertWidget(self.rows.indexOf(self.list), self._intro)
        self.refresh()

    def refresh(self) -> None:
        """Ask the desk what waits."""
        desk = self._tools.desk

        def ask() -> "tuple[tuple[PersonToDecide, ...], tuple[CardsToDecide, ...]]":
            return desk.review.people(), desk.review.cards()

        self._tools.work.submit(self, ask, self._show, self._problem)

    def _show(self, waiting: "tuple[tuple[PersonToDecide, ...], tuple[CardsToDecide, ...]]") -> None:
        people, cards = waiting
        empty(self.list.rows)
        count = len(people) + len(cards)
        words = _("Nothing waits to be decided.")
        if count:
            words = ngettext(
                "One question waits. Nothing is guessed: what you say is done at once.",
                "{n} questions wait. Nothing is guessed: what you say is done at once.", count,
            ).format(n=count)  # fmt: skip
        self._intro.say(words, name=words)
        if cards:
            self.list.add(Section(_("Your practice system says that these are one person")))
        for pair in cards[:SHOWN]:
            self._pair(pair)
        if people:
            self.list.add(Section(_("Are these people here already?")))
        for person in people[:SHOWN]:
            self._person(person)
        first = next(iter(self.list.findChildren(Button)), self._close)
        self.turn_to(first)

    def _pair(self, pair: "CardsToDecide") -> None:
        shown = Panel("important", margins=(14, 8, 14, 8), gap=4)
        shown.add(Label(told_apart(pair.stays), "name-strong"), Label(told_apart(pair.other), "name-strong"))
        shown.add(Label(_("From {file}").format(file=isolate(pair.file)), "muted"))
        verbs = place(shown.rows, FlowLayout(gap=8))
        names = f"{isolate(pair.stays.name)}, {isolate(pair.other.name)}"
        for words, do in (
            (_("Look at both"), partial(self._join, pair)),
            (_("They are two"), partial(self._leave, pair.id)),
        ):
            verbs.addWidget(_verb(words, names, do))
        self.list.add(shown)

    def _person(self, person: "PersonToDecide") -> None:
        shown = Panel("important", margins=(14, 8, 14, 8), gap=4)
        source = _("From {file}: {why}.").format(file=isolate(person.file), why=person.why.words)
        if person.visits:
            visits = ngettext("{n} appointment comes with them.", "{n} appointments come with them.", person.visits)
            source = f"{source} {visits.format(n=person.visits)}"
        shown.add(Label(told_apart(person.described), "name-strong"), Label(source, "muted"))
        shown.add(Label(_("Here already:"), "body"))
        for each in person.candidates:
            shown.add(Label(told_apart(each), "body"))
            place(shown.rows, FlowLayout(gap=8)).addWidget(
                _verb(_("The same person"), told_apart(each), partial(self._same, person, each))
            )
        verbs = place(shown.rows, FlowLayout(gap=8))
        name = isolate(person.described.name)
        verbs.addWidget(_verb(_("Somebody new"), name, partial(self._new, person)))
        verbs.addWidget(_verb(_("Leave out"), name, partial(self._leave, person.id)))
        self.list.add(shown)

    def _join(self, pair: "CardsToDecide") -> None:
        dialog = JoinDialog(self._tools, pair.stays.id, self, pair.other.id, waiting=pair.id)
        dialog.saved.connect(lambda _patient: self._decided())
        dialog.open()

    def _same(self, person: "PersonToDecide", known: Patient) -> None:
        self._decide(lambda: self._tools.desk.review.same(person.id, known.id))

    def _new(self, person: "PersonToDecide") -> None:
        self._decide(lambda: self._tools.desk.review.new(person.id))

    def _leave(self, waiting: str) -> None:
        self._decide(lambda: self._tools.desk.review.leave_out(waiting))

    def _decide(self, do: Callable[[], object]) -> None:
        self._said.hide()
        self.list.setEnabled(False)
        self._tools.work.submit(self, do, lambda _done: self._decided(), self._problem)

    def _decided(self) -> None:
        self.list.setEnabled(True)
        self.changed.emit()
        self.refresh()

    def _problem(self, error: RapportError) -> None:
        self.list.setEnabled(True)
        self._said.tell(error)


def _verb(words: str, about: str, do: "partial[None]") -> Button:
    button = Button(words, "secondary", do, name=_("{verb}: {name}").format(verb=words, name=about))
    button.setAutoDefault(False)
    return button
