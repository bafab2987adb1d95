"""What is on the wrong person goes to the right one, found like anybody: by name and birth date, never by chance."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import PersonHit
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.screen import Tools
from ui.search.finder import Finder
from ui.search.hits import HitList
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog


class MoveDialog(Dialog):
    """Asks whose something is.

    Args:
        tools: What a screen works with.
        patient: With whom it stands now.
        words: What it is.
        parent: The card or dialog.
        heading: The question; whose note it is unless given.

    Signals:
        chosen: Id and name of the right person.
    """

    chosen = Signal(str, str)

    def __init__(
        self, tools: Tools, patient: PatientId, words: str, parent: QWidget | None, *, heading: str = ""
    ) -> None:
        super().__init__(tools.theme, heading or _("Whose note is this?"), parent, width=520, height=460)
        self._patient = patient
        self._hit: PersonHit | None = None
        self.rows.addWidget(Label(_("It moves to the person you choose. Nothing of it stays here."), "muted"))
        self.rows.addWidget(Label(words if len(words) < 400 else words[:400] + "…", "read"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find the right person"))
        self.field.setAccessibleName(_("Find the right person"))
        self.field.setMaxLength(1000)
        self.hits = HitList(tools.theme)
        self._sentence = Label("", "detail")
        self.rows.addWidget(self.field)
        self.rows.addWidget(self.hits)
        self.rows.addWidget(self._sentence)
        self.rows.addStretch(1)
        self._move = self.add_button(Button(_("Move"), "primary", self.confirm))
        self._move.setEnabled(False)
        self._move.setAutoDefault(False)
        self.add_close(_("Leave it here"))
        self._finder = Finder(tools, self.field, self.hits)
        self._finder.shown.connect(lambda sentence: self._sentence.say(sentence, name=sentence))
        self._finder.found.connect(self._choose)
        self._finder.escaped.connect(self.reject)
        self.field.textChanged.connect(self._forget)
        self.field.setFocus()
        self._messages = tools.messages

    def _choose(self, hit: PersonHit) -> None:
        if hit.id == self._patient:
            self._messages.problem(BadInput(_("It is already on this person."), _("Choose somebody else.")))
            return
        self._hit = hit
        born = short_date(hit.birth_date) if hit.birth_date else _("birth date not known")
        words = _("Move it to {name}, {born}?").format(name=isolate(hit.name), born=born)
        self._sentence.say(words, name=words)
        self._move.setEnabled(True)
        self._move.setFocus()

    def _forget(self) -> None:
        self._hit = None
        self._move.setEnabled(False)

    def confirm(self) -> None:
        """Move it to whoever was chosen; without anybody nothing happens."""
        if self._hit is not None:
            self.chosen.emit(self._hit.id, self._hit.name)
            self.accept()
