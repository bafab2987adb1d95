"""Two cards side by side before they become one: who each says it is, and what would count where they differ."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.identity import PatientId
from rapportdesk.model.joined import Joined
from rapportdesk.model.shown import PersonHit
from ui.bring_in.person_words import told_apart
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.screen import Tools
from ui.search.finder import Finder
from ui.search.hits import HitList
from ui.widgets.controls import Button, Label, Panel, Section, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.whose import Whose

if TYPE_CHECKING:
    from rapportdesk.desk.bring_in.merging import Compared


class JoinDialog(Dialog):
    """Asks whether two cards are one person's.

    Args:
        tools: What a screen works with.
        stays: Whose card stays.
        parent: The window, or the list it was opened from.
        other: Whose card becomes a part of it; found by name when it is not given.
        waiting: Id on the list of what waits, when it was opened from there.

    Signals:
        saved: Id of the card that stays.
    """

    saved = Signal(str)

    def __init__(
        self,
        tools: Tools,
        stays: PatientId,
        parent: QWidget | None,
        other: PatientId | None = None,
        *,
        waiting: str = "",
    ) -> None:
        super().__init__(tools.theme, _("Are these two one person?"), parent, width=620, height=560)
        self._tools, self._stays, self._other, self._waiting = tools, stays, other, waiting
        self._said = Said()
        self.rows.addWidget(self._said)
        self.whose = Whose()
        self.rows.addWidget(self.whose)
        self.joined = Panel("scrolled", margins=(0, 0, 0, 0), gap=6)
        self.rows.addWidget(self.joined)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find the other card"))
        self.field.setAccessibleName(_("Find the other card"))
        self.field.setMaxLength(1000)
        self.hits = HitList(tools.theme)
        self._sentence = Label("", "detail")
        self.cards = Panel("scrolled", margins=(0, 0, 0, 0), gap=6)
        for widget in (self.field, self.hits, self._sentence, self.cards):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.join = self.add_button(Button(_("They are one person"), "primary", self._join))
        self.join.setEnabled(False)
        self.join.setAutoDefault(False)
        self.leave = self.add_close(_("Leave them"))
        self._finder = Finder(tools, self.field, self.hits)
        self._finder.shown.connect(lambda sentence: self._sentence.say(sentence, name=sentence))
        self._finder.found.connect(self._choose)
        self._finder.escaped.connect(self.reject)
        for widget in (self.whose, self.field, self.hits, self._sentence):
            widget.setVisible(other is None)
        for widget in (self.joined, self.cards):  # nothing stands in them yet, and it would be seen as a gap
            widget.hide()
        desk = tools.desk
        if other is None:
            self.field.setFocus()
            tools.work.submit(self, lambda: desk.people.get(stays), self.whose.show_patient, self._problem)
            tools.work.submit(self, lambda: desk.merging.of(stays), self._show_joined, self._problem)
        else:
            self._compare(other)

    def _choose(self, hit: PersonHit) -> None:
        if hit.id == self._stays:
            self._problem(BadInput(_("This is the card that is open."), _("Choose the other one.")))
            return
        self._compare(hit.id)

    def _compare(self, other: PatientId) -> None:
        self._other = other
        desk, stays = self._tools.desk, self._stays
        self._tools.work.submit(self, lambda: desk.merging.compare(stays, other), self._show, self._problem)

    def _show(self, compared: "Compared") -> None:
        self._said.hide()
        self.whose.hide()  # each of the two is named by its own card
        self.cards.show()
        empty(self.cards.rows)
        for heading, patient in (
            (_("This card stays"), compared.stays),
            (_("This card is joined to it"), compared.other),
        ):
            shown = Panel("important", margins=(14, 8, 14, 8), gap=2)
            shown.add(Label(heading, "muted"), Label(told_apart(patient), "name-strong"))
            self.cards.add(shown)
        one, two = compared.stays.birth_date, compared.other.birth_date
        if one is not None and two is not None and one != two:
            self.cards.add(
                Label(
                    _("The birth dates are not the same: {day} counts from then on.").format(day=short_date(one)),
                    "caution",
                )
            )
        words = [
            _("Search and Today show one person then. Nothing is moved, and it can be undone at any time."),
            _("Where the two cards permit different things, the stricter one counts until the patient is asked again."),
        ]
        self.cards.add(*(Label(each, "body") for each in words))
        self.join.setEnabled(True)
        self.turn_to(self.join)

    def _join(self) -> None:
        other = self._other
        if other is None:
            return
        self.join.setEnabled(False)
        desk, stays, waiting = self._tools.desk, self._stays, self._waiting

        def join() -> None:
            if waiting:
                desk.review.join(waiting)
            else:
                desk.merging.join(stays, other)

        self._tools.work.submit(self, join, lambda _none: self._is_joined(), self._problem)

    def _is_joined(self) -> None:
        self._tools.messages.say(_("The two cards are one person now."), self._undo)
        self.saved.emit(self._stays)
        self.accept()

    def _undo(self) -> None:
        tools, stays, saved = self._tools, self._stays, self.saved
        tools.work.submit(tools.messages, tools.desk.notes.undo, lambda _words: saved.emit(stays))

    def _show_joined(self, joined: tuple[Joined, ...]) -> None:
        empty(self.joined.rows)
        self.joined.setVisible(bool(joined))
        if not joined:
            return
        words = ngettext("Another card is a part of this one", "Other cards are a part of this one", len(joined))
        self.joined.add(Section(words))
        for number, each in enumerate(joined):
            day = short_date(self._tools.clock.local(each.joined_at).date())
            names = _("Joined on {day} by {name}").format(day=day, name=isolate(each.joined_by_name))
            self.joined.add(Label(names, "body"))
            if number == 0:
                apart = Button(_("Take them apart"), "secondary", partial(self._part, each))
                apart.setAutoDefault(False)
                place(self.joined.rows, FlowLayout(gap=8)).addWidget(apart)

    def _part(self, joined: Joined) -> None:
        desk = self._tools.desk
        self._tools.work.submit(
            self, lambda: desk.merging.part(joined.id), lambda _none: self._is_apart(), self._problem
        )

    def _is_apart(self) -> None:
        self._tools.messages.say(_("The two cards stand by themselves again."))
        self.saved.emit(self._stays)
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
