"""How long the practice keeps each kind of thing, in years; what is over is listed, and nothing goes by itself."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.desk.search.query_names import kind_words
from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.note import NoteKind
from rapportdesk.model.retention import MOST_YEARS, RetentionRules
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Section
from ui.widgets.dialog import Dialog
from ui.widgets.picker import Picker
from ui.widgets.said import Said


class RetentionRulesDialog(Dialog):
    """Years for each kind; a kind of note may have its own.

    Signals:
        saved: They were changed.
    """

    saved = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("How long things are kept"), parent, width=560, height=640)
        self._tools = tools
        self._of_kinds: dict[NoteKind, str] = {}
        self._shown: NoteKind | None = None
        self.fields = {
            "notes": Field(_("Notes"), hint=_("Since it was last said, or noted.")),
            "promises": Field(_("Promises"), hint=_("Since they ended.")),
            "contacts": Field(_("Calls and messages")),
            "appointments": Field(_("Visits")),
            "feedback": Field(_("Feedback without a name")),
        }
        self.rows.addWidget(Label(_("In years. 0 keeps it without an end."), "body"))
        for field in self.fields.values():
            self.rows.addWidget(field)
        self.kind = Picker(_("A kind of note with years of its own"))
        for kind in NoteKind:
            self.kind.addItem(kind_words(kind), kind)
        self.of_kind = Field(_("Years for this kind"), hint=_("Left empty, it is kept as long as all notes."))
        self.rows.addWidget(Section(_("A kind of note with years of its own")))
        self.rows.addWidget(self.kind)
        self.rows.addWidget(self.of_kind)
        self._said = Said()
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.save = self.add_button(Button(_("Save"), "primary", self._save))
        self.save.setEnabled(False)
        self.add_close(_("Cancel"))
        self.kind.currentIndexChanged.connect(lambda _at: self._turn_kind())
        tools.work.submit(self, tools.desk.retention.rules, self._show, self._problem)

    def _show(self, rules: RetentionRules) -> None:
        for name, field in self.fields.items():
            field.edit.setText(str(getattr(rules, name)))
        self._of_kinds = {kind: str(years) for kind, years in rules.note_kinds}
        self._turn_kind()
        self.save.setEnabled(True)
        first = next(iter(self.fields.values()))
        self.turn_to(first.edit)
        first.edit.selectAll()

    def _turn_kind(self) -> None:
        """Remember what was typed for one kind, and show the next one's years."""
        if self._shown is not None:
            self._of_kinds[self._shown] = self.of_kind.text.strip()
        self._shown = NoteKind(self.kind.currentData())
        self.of_kind.clear_problem()
        self.of_kind.edit.setText(self._of_kinds.get(self._shown, ""))

    def _save(self) -> None:
        self._turn_kind()
        numbers: dict[str, int] = {}
        for name, field in self.fields.items():
            field.clear_problem()
            years = _years(field.text)
            if years is None:
                self._refuse(field)
                return
            numbers[name] = years
        kinds: list[tuple[NoteKind, int]] = []
        for kind in NoteKind:
            typed = self._of_kinds.get(kind, "")
            years = _years(typed)
            if typed and years is None:
                self.kind.setCurrentIndex(self.kind.findData(kind))
                self._refuse(self.of_kind)
                return
            if years is not None:
                kinds.append((kind, years))
        rules = RetentionRules(note_kinds=tuple(kinds), **numbers)
        self.save.setEnabled(False)
        desk = self._tools.desk
        self._tools.work.submit(self, lambda: desk.retention.change(rules), lambda _kept: self._done(), self._problem)

    def _refuse(self, field: Field) -> None:
        field.say_problem(_("A number from {least} to {most}.").format(least=0, most=MOST_YEARS))
        self.turn_to(field.edit)

    def _done(self) -> None:
        self._tools.messages.say(_("Saved. Nothing goes by itself: what is over is listed."))
        self.saved.emit()
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self.save.setEnabled(True)
        self._said.tell(error)


def _years(typed: str) -> int | None:
    typed = typed.strip()
    return int(typed) if re.fullmatch(r"[0-9]{1,3}", typed) and int(typed) <= MOST_YEARS else None
