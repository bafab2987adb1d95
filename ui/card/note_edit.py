"""A note is changed where it stands, at the foot of the card: Enter saves, Esc leaves it as it was.

What is typed here and not saved is sealed with the card's draft, like everything else that is typed.
"""

from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from rapportdesk.desk.search.query_names import kind_words
from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.note import Note, NoteKind, PreferenceArea
from ui.card.areas import HAVE_AREAS, area_words
from ui.screen import Tools
from ui.theme import Theme
from ui.widgets.controls import Button, Label, Panel, Tick, place
from ui.widgets.flow import FlowLayout
from ui.widgets.note_field import NoteField
from ui.widgets.picker import Picker
from ui.wording.wording_bar import WordingBar

SEALED_EVERY_MS = 2_000


def kind_picker(parent: QWidget) -> Picker:
    """Return a picker of the kinds that a note may have; a picker is long to make, so each is a piece of its own."""
    made = Picker(_("Kind of note"), parent)
    for kind in NoteKind:
        made.addItem(kind_words(kind), kind)
    return made


def area_picker(parent: QWidget) -> Picker:
    """Return a picker of what a preference may be about."""
    made = Picker(_("What it is about"), parent)
    made.addItem(_("Nothing in particular"), "")
    for area in PreferenceArea:
        made.addItem(area_words(area), area)
    return made


def note_field(theme: Theme, parent: QWidget) -> NoteField:
    """Return where the note stands; a field is long to make, so each is a piece of its own."""
    return NoteField(theme, _("The note"), parent)


def ask_field(theme: Theme, parent: QWidget) -> NoteField:
    """Return where it stands what to ask about it."""
    made = NoteField(theme, _("What to ask next time"), parent)
    made.invite(_("What to ask next time, if anything"), _("What to ask next time"))
    return made


class NoteEdit(Panel):
    """The note that is being changed.

    Args:
        tools: What it works with.
        fields: Where its text stands and what to ask about it, as `note_field` and `ask_field` make them.
        kinds: Picks its kind, as `kind_picker` makes it.
        areas: Picks what it is about, as `area_picker` makes it.

    Signals:
        opened: A note is being changed; the keys are here.
        saved: Id of the patient whose note was changed.
        closed: The panel is gone; the keys go back to the card.
        unsaved: The text as it stands, to be sealed with the draft; empty when there is nothing to seal.
    """

    opened = Signal()
    saved = Signal(str)
    closed = Signal()
    unsaved = Signal(str)

    def __init__(
        self,
        tools: Tools,
        fields: tuple[NoteField, NoteField],
        kinds: Picker,
        areas: Picker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("quick-line-active", margins=(16, 8, 14, 8), gap=6, parent=parent)
        self._tools = tools
        self._note: Note | None = None
        self._saving = False
        self._heading = Label(_("Change this note"), "detail")
        self.field, self._ask = fields
        self._kind, self.about = kinds, areas
        self._kind.currentIndexChanged.connect(lambda _at: self._fit_about())
        self._quote = Tick(_("Their own words"))
        save = Button(_("Save"), "primary", self.save, shortcut=_("Enter"))
        leave = Button(_("Leave as it was"), "secondary", self.leave, shortcut=_("Esc"))
        self.wording = WordingBar(tools, (self.field, self._ask), theirs=self._is_theirs)
        self._quote.toggled.connect(self.wording.read)
        self.add(self._heading, self.field, self._ask, self.wording)
        flow = place(self.rows, FlowLayout(gap=10))
        for widget in (self._kind, self.about, self._quote, save, leave):
            flow.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEALED_EVERY_MS)
        self._timer.timeout.connect(self.hand_in)
        for field in (self.field, self._ask):
            field.entered.connect(self.save)
            field.refused.connect(tools.messages.problem)
        self.field.textChanged.connect(self._timer.start)
        self.hide()

    def open(self, note: Note) -> None:
        """Show `note` for changing and take the keys."""
        self._note, self._saving = note, False
        self.field.start_with(note.text)
        self._ask.start_with(note.ask_about)
        self._kind.setCurrentIndex(self._kind.findData(note.kind))
        self.about.setCurrentIndex(max(self.about.findData(note.preference_area or ""), 0))
        self._fit_about()
        self._quote.setChecked(note.quote)
        self._timer.stop()
        self.show()
        self.opened.emit()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the note as it stands now."""
        note = self._note
        if note is None or self._saving:
            return
        self._saving = True
        self.hand_in()
        desk, text, quote, ask = self._tools.desk, self.field.text, self._quote.isChecked(), self._ask.text
        kind, area = NoteKind(self._kind.currentData()), str(self.about.currentData())
        about: PreferenceArea | Literal[""] = PreferenceArea(area) if area and kind in HAVE_AREAS else ""
        self._tools.work.submit(
            self,
            lambda: desk.notes.edit(note.id, text=text, kind=kind, quote=quote, ask_about=ask, about=about),
            partial(self._saved, note),
            self._not_saved,
        )

    def leave(self) -> None:
        """Leave the note as it was; what was typed can be had back from the message."""
        note, text = self._note, self.field.text
        if note is not None and text != note.text:
            self._tools.messages.say(_("The note is as it was."), partial(self._again, note, text))
        self._close()

    def hand_in(self) -> None:
        """Have what is typed and not saved sealed with the draft."""
        self._timer.stop()
        if self._note is not None and not self.isHidden():
            self.unsaved.emit(self.field.text if self.field.text != self._note.text else "")

    def _fit_about(self) -> None:
        self.about.setVisible(NoteKind(self._kind.currentData()) in HAVE_AREAS)

    def _is_theirs(self) -> bool:
        return self._quote.isChecked() and not self._ask.hasFocus()

    def _again(self, note: Note, text: str) -> None:
        self.open(note)
        self.field.replace(text)

    def _saved(self, note: Note, after: Note) -> None:
        self._close()
        desk, work = self._tools.desk, self._tools.work
        self._tools.messages.say(
            _("Changed."), lambda: work.submit(self, desk.notes.undo, lambda _words: self.saved.emit(note.patient))
        )
        self.saved.emit(after.patient)

    def _not_saved(self, error: RapportError) -> None:
        self._saving = False
        self._tools.messages.problem(error)

    def _close(self) -> None:
        self._note, self._saving = None, False
        self._timer.stop()
        self.unsaved.emit("")
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the note as it was."""
        if event.key() == Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                self.leave()
            return
        super().keyPressEvent(event)
