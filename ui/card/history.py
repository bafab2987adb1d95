"""Who said this, and when: every version of one note, the newest first; nothing here can be changed."""

from PySide6.QtWidgets import QWidget

from rapportdesk.desk.search.query_names import kind_words
from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.note import Note
from ui.card.card_view import source_words
from ui.screen import Tools
from ui.widgets.controls import Label
from ui.widgets.dialog import Dialog


class HistoryDialog(Dialog):
    """The versions of one note.

    Args:
        tools: The desk to ask.
        note: The note as it stands now.
    """

    def __init__(self, tools: Tools, note: Note, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Who said this, and when"), parent, width=560, height=460)
        self._tools, self._note = tools, note
        self._waiting = Label(_("Looking…"), "muted")
        self.rows.addWidget(self._waiting)
        self.rows.addStretch(1)
        close = self.add_close()
        close.setFocus()
        desk = tools.desk
        tools.work.submit(self, lambda: desk.notes.history(note.id), self._show, self._failed)

    def _show(self, versions: tuple[Note, ...]) -> None:
        self._waiting.hide()
        clock = self._tools.clock
        today = clock.local(clock.now()).date()
        before = [each for each in versions if each.revision != self._note.revision]
        at = 0
        for each in (self._note, *sorted(before, key=lambda note: note.revision, reverse=True)):
            now = each is self._note
            heading = _("As it stands now") if now else _("Version {number}").format(number=each.revision)
            text = _("“{words}”").format(words=each.text) if each.quote else each.text
            said = f"{kind_words(each.kind)} · {source_words(each, today, clock.local(each.noted_at).date())}"
            for label in (Label(heading.upper(), "section", name=heading), Label(text, "read"), Label(said, "detail")):
                self.rows.insertWidget(at, label)
                at += 1

    def _failed(self, error: RapportError) -> None:
        self._waiting.say(str(error), name=str(error))
