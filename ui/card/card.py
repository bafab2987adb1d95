"""The card: whose it is, what matters, and the line to write at its foot, where the caret stands when it opens.

The answer to one patient's question is never shown on another's card: what comes back for somebody else is dropped.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QWidget

from rapportdesk.language import _
from rapportdesk.model.communication import ContactLine
from rapportdesk.model.draft import Draft
from rapportdesk.model.identity import PatientId
from rapportdesk.model.question import QuestionState
from rapportdesk.model.shown import Card
from ui.card.card_column import CardColumn
from ui.card.card_parts import CardParts, card_parts
from ui.card.card_verbs import LineVerbs
from ui.commands import bind
from ui.screen import Screen, Tools
from ui.widgets.controls import column
from ui.widgets.laid_out_once import laid_out_once
from ui.widgets.line_button import LineButton


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """What opening a card brings."""

    card: Card
    draft: Draft | None
    sentence: str
    asked: tuple[QuestionState, ...]
    contacts: tuple[ContactLine, ...]


class CardScreen(Screen):
    """One person's card with its quick line.

    Made by `card_in_pieces` alone, which is the only one to see it without its parts.

    Signals:
        opened: Id of the person whose card stands open now.
    """

    opened = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools, parent)
        self.card: Card | None = None
        self._after_open: Callable[[], object] | None = None
        self._current: LineButton | None = None
        self.column = CardColumn(tools.theme, self)
        column(self, gap=0).addWidget(self.column)

    def put_together(self, parts: CardParts) -> None:
        """Become a card, from parts that stand in its column already."""
        self.header, self.namesakes, self.with_them = parts.header, parts.namesakes, parts.with_them
        self.emergency, self.veil, self.blocks = parts.emergency, parts.veil, parts.blocks
        self.to_ask, self.asked, self.contacts = parts.to_ask, parts.asked, parts.contacts
        self.bar, self.edit, self.quick, self.consent = parts.bar, parts.edit, parts.quick, parts.consent
        self.verbs = LineVerbs(self, self.edit, self)
        self._connect()
        self._show_nobody()

    def _connect(self) -> None:
        self.namesakes.person_wanted.connect(self.person_wanted)
        self.with_them.wanted.connect(partial(self.command_wanted.emit, "company"))
        self.asked.wanted.connect(partial(self.command_wanted.emit, "questions"))
        self.contacts.wanted.connect(partial(self.command_wanted.emit, "contacts"))
        self.veil.opened.connect(self.refresh)
        self.emergency.closed.connect(self._hidden_again)
        self.to_ask.wanted.connect(self.ask_for_consent)
        self.consent.asking.connect(self.to_ask.step_aside)
        self.blocks.line_reached.connect(self._reached)
        self.blocks.line_pressed.connect(self.verbs.press)
        self.bar.wanted.connect(self.verbs.do)
        self.verbs.command_wanted.connect(self.command_wanted)
        self.edit.unsaved.connect(self.quick.keep_aside)
        self.edit.opened.connect(self.quick.hide)
        self.edit.closed.connect(self._edited)
        self.quick.left_upwards.connect(self.blocks.focus_last)
        self.quick.field.undo_wanted.connect(partial(self.command_wanted.emit, "undo"))
        self.consent.command_wanted.connect(self.command_wanted)
        for source in (self.edit.saved, self.quick.saved, self.verbs.saved, self.consent.recorded):
            source.connect(self._written)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        for command_id in LineVerbs.COMMANDS:
            bind(self, self.tools.commands, command_id, partial(self.verbs.do, command_id))

    @property
    def patient_id(self) -> PatientId | None:
        """Whose card stands open; None for nobody's."""
        return self.card.patient.id if self.card else None

    @property
    def chosen_line(self) -> LineButton | None:
        """The line the keyboard stands on, or stood on while its verbs are pressed."""
        return self._current

    def open_person(self, patient_id: PatientId, then: Callable[[], object] | None = None) -> None:
        """Open somebody's card; the caret goes into its quick line.

        Args:
            patient_id: Whose.
            then: Called once the card is shown.
        """
        self.hand_in()
        self._after_open = then
        desk = self.tools.desk

        def load() -> _Loaded:
            return _Loaded(
                card=desk.people.card(patient_id), draft=desk.drafts.of(patient_id),
                sentence=desk.consents.sentence(patient_id), asked=desk.questions.of(patient_id),
                contacts=desk.calls.log_unrecorded(patient_id),
            )  # fmt: skip

        self.tools.work.submit(self, load, self._opened, key="card")

    def refresh(self) -> None:
        """Ask for the open card again; who looks at it stays where they are."""
        patient_id, desk = self.patient_id, self.tools.desk
        if patient_id is not None:
            again = partial(desk.people.card_unrecorded, patient_id)
            # A key of its own: whoever is just coming must not be overtaken by whoever stands open still.
            self.tools.work.submit(self, again, self.show_refreshed, key="card again")

    def close_card(self) -> None:
        """Show nobody's card."""
        self.hand_in()
        self.emergency.leave()
        self._leave()
        self._show_nobody()

    def hand_in(self) -> None:
        """Seal what is typed and not saved."""
        self.edit.hand_in()
        self.quick.hand_in()
        self._veil_again()

    def focus_quick_line(self) -> None:
        """Put the caret where a note is typed or changed, or where an answer is waited for."""
        target: QWidget = self.quick.field
        if not self.consent.panel.isHidden():
            target = self.consent.panel
        elif not self.edit.isHidden():
            target = self.edit.field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_consent(self) -> None:
        """Show the sentence to say, whether or not something was typed."""
        if self.card is not None:
            self.consent.ask()

    def set_narrow(self, narrow: bool) -> None:
        """One column, or blocks side by side."""
        self.blocks.set_narrow(narrow)
        self.quick.set_narrow(narrow)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the card veils again what was opened; under the cover they are left, with all that was open."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        covered = not self.isHidden()  # the whole page has gone: covered, or locked
        if covered and (self.emergency.leave() or self._alone):
            self._leave()
            self._hidden_again()
        self._veil_again()
        if self.emergency.is_open:  # the brief may still show it; nothing of it waits here for the next look
            self.blocks.hide()

    @property
    def _alone(self) -> bool:
        return self.card is not None and self.card.alone

    def _leave(self) -> None:
        if self.card is not None:
            self.tools.work.submit(self.tools.messages, partial(self.tools.desk.people.leave, self.card.patient.id))

    def _hidden_again(self) -> None:
        self.blocks.hide()
        self.changed.emit(self.patient_id or "")
        self.refresh()

    def _veil_again(self) -> None:
        if self.veil.close_again():
            self.blocks.hide()  # nothing opened stays on the screen while the desk is asked
            self.refresh()

    @property
    def _laid_out(self) -> tuple[QWidget, ...]:
        return self, *self.column.laid_out, self.namesakes, self.namesakes.panel

    def _opened(self, loaded: _Loaded) -> None:
        self.hand_in()
        with laid_out_once(self._laid_out):
            self.edit.hide()
            self._show(loaded.card, anew=True)
            self.asked.show_opened(loaded.card, loaded.asked)
            self.contacts.show_opened(loaded.card, loaded.contacts)
            self.quick.open(loaded.card.patient, loaded.draft)
            self.consent.turn_to(loaded.card, loaded.sentence)
        self.column.arrange()
        self.column.settle()
        self.blocks.place()
        self.focus_quick_line()
        self.opened.emit(loaded.card.patient.id)
        if self._after_open is not None:
            then, self._after_open = self._after_open, None
            then()

    def show_refreshed(self, card: Card) -> None:
        """Show the open card as it stands now; a card of anybody else is dropped."""
        if self.card is None or card.patient.id != self.card.patient.id or (self.isHidden() and card.emergency):
            return
        line = self._current
        focused = QApplication.focusWidget()
        stood_here = line is not None and focused is not None and (line is focused or self.bar.isAncestorOf(focused))
        key = "" if line is None else line.key
        with laid_out_once(self._laid_out):
            self._show(card, anew=False)
            self.asked.show_card(card)
            self.contacts.show_card(card)
            self.quick.open(card.patient, None)
            self.consent.turn_to(card, None)
        self.column.settle()
        self.blocks.place()
        if stood_here and not self.blocks.focus_line(key):
            self.focus_quick_line()

    def _show(self, card: Card, *, anew: bool) -> None:
        self.card, self._current = card, None
        self.header.show_card(card)
        self.header.show()
        self.namesakes.show_namesakes(card.namesakes)
        self.with_them.show_card(card)
        self.veil.show_card(card)
        self.emergency.show_for(card.patient.id, emergency=card.emergency)
        self.blocks.show_card(card, anew=anew)
        self.blocks.setVisible(bool(card.blocks))
        self.to_ask.show_card(card)
        self.quick.setVisible(self.edit.isHidden())
        if anew:
            self.column.to_top()

    def _show_nobody(self) -> None:
        self.card, self._current = None, None
        for widget in (
            self.header,
            self.namesakes,
            self.emergency,
            self.veil,
            self.quick,
            self.bar,
            self.edit,
        ):
            widget.hide()
        self.blocks.show_nobody()
        self.namesakes.show_namesakes(())
        self.consent.panel.hide()
        self.with_them.hide()
        self.asked.show_nobody()
        self.contacts.show_nobody()
        self.to_ask.show_nobody(_("Choose somebody in Today, or type a name above."))

    def _written(self, patient_id: str) -> None:
        if patient_id == self.patient_id:
            self.refresh()
        self.changed.emit(patient_id)

    def _edited(self) -> None:
        self.quick.show()
        self.focus_quick_line()

    def _reached(self, line: LineButton) -> None:
        self._current = line
        self.bar.show_line(line.line, after=line)
        self.column.reading.ensureWidgetVisible(line, 0, 20)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The verbs go when the keys go to something that is neither a line nor a verb."""
        if now is not None and not self.bar.isHidden() and self.window() is now.window():
            stays = isinstance(now, LineButton) or self.bar.isAncestorOf(now)
            if not stays:
                self.bar.hide()
                self._current = None


def card_in_pieces(tools: Tools, parent: QWidget) -> Generator[None, None, CardScreen]:
    """Make a card where it is to stand, a few of its widgets at a time.

    Args:
        tools: What it works with.
        parent: Whose child it is: moved there at the end, all of it would be dressed anew.
    """
    card = CardScreen(tools, parent)
    parts = yield from card_parts(tools, card.column)
    card.put_together(parts)
    return card
