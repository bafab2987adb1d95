"""The ledger: everything promised, overdue first, by whom, and what came of what has ended; all of it by keyboard."""

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.shown import Ledger, PromiseRow
from ui.commands import bind
from ui.look.bidi import isolate
from ui.promises.verbs import PromiseVerbs
from ui.screen import Tools
from ui.theme import Theme
from ui.today.promised import PromiseList
from ui.widgets.controls import Button, Field, Label, Panel, Tick, place, row
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.picker import Picker
from ui.widgets.worded import Worded

Index = QModelIndex | QPersistentModelIndex

INSET = 9.0
"""Between the list's edge and the boxes, at scale 1.0."""

AIR = 5.0
"""Above the words of a promise and below them: the ring around the chosen one touches none. At scale 1.0."""

ASKED_AFTER_MS = 120
"""How long letters may still be coming before the desk is asked."""


class LedgerList(PromiseList):
    """The promises of the whole practice, all of them: the dialog scrolls, and two bars beside each other mislead.

    Signals:
        stood: Where the keyboard stands now, in its own coordinates, so that it can be scrolled into sight.
    """

    stood = Signal(QRect)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._heights: dict[int, int] = {}
        super().__init__(theme, parent, most=0)
        self.setAccessibleName(_("Everything promised"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.delegate.inset, self.delegate.air = INSET, AIR

    def lay_out_anew(self) -> None:
        """Ask every row again how tall it is."""
        self._heights.clear()
        super().lay_out_anew()

    def content_height(self) -> int:
        """Return the height of all rows; a layout asks for it a dozen times, and each row is measured once."""
        width = self.viewport().width()
        if width not in self._heights:
            self._heights[width] = super().content_height()
        return self._heights[width]

    def minimumSizeHint(self) -> QSize:
        """All rows."""
        return QSize(self._theme.px(160), self.content_height())

    def currentChanged(self, now: Index, before: Index) -> None:
        """Qt's own hook when the keyboard moves to another row: that row is to be seen."""
        super().currentChanged(now, before)
        self.stood.emit(self.visualRect(now))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here by key, the row that is stood on is to be seen."""
        super().focusInEvent(event)
        self.stood.emit(self.visualRect(self.currentIndex()))


class LedgerDialog(Dialog):
    """Every promise that may be seen.

    Args:
        tools: What a screen works with.
        parent: The window.

    Signals:
        changed: Id of the patient whose promise has changed.
        person_wanted: Id of the person to open.
    """

    changed = Signal(str)
    person_wanted = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Everything promised"), parent, width=820, height=660)
        self._tools = tools
        self._ledger = Ledger(rows=())
        self._filling = False
        self.owner = Picker(_("Whose to keep"))
        self.owner.addItem(_("Everybody’s"), "")
        self.ended = Tick("")
        self.filter = Field(_("Find by words, patient or colleague"))
        above = place(self.rows, FlowLayout(gap=14, row_gap=4))
        above.addWidget(self.owner)
        above.addWidget(Worded(self.ended, _("Those that have ended, and what came of them")))
        self.rows.addWidget(self.filter)
        self._said = Panel("message", margins=(12, 4, 8, 4), gap=0)
        self._sentence = Label("", "body")
        self._undo = Button(_("Take it back"), "secondary", self.undo)
        self._undo.setAutoDefault(False)
        said = row(self._said.rows, self._sentence, self._undo)
        said.setStretch(0, 1)
        self._said.hide()
        self._count = Label("", "muted")
        self.list = LedgerList(tools.theme)
        self.verbs = PromiseVerbs(tools, self)
        for widget in (self._count, self.list):
            self.rows.addWidget(widget)
        self.keep_in_sight(self.verbs)
        self.keep_in_sight(self._said)
        self._open = self.add_button(Button(_("Open the card"), "secondary", self.open_person))
        self._open.setAutoDefault(False)
        self.add_close().setAutoDefault(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(ASKED_AFTER_MS)
        self._connect()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _connect(self) -> None:
        bind(self, self._tools.commands, "promise.undo", self.undo)
        self._soon.timeout.connect(self.refresh)
        self.filter.edit.textChanged.connect(lambda _text: self._soon.start())
        self.filter.edit.returnPressed.connect(self.list.setFocus)
        self.owner.currentIndexChanged.connect(lambda _at: None if self._filling else self.refresh())
        self.ended.toggled.connect(lambda _on: self.refresh())
        self.list.ticked.connect(lambda _row: self.verbs.kept())
        self.list.opened.connect(self._entered)
        self.list.typed.connect(self._search)
        self.list.stood.connect(lambda row: QTimer.singleShot(0, self.list, lambda: self._see(row)))
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._stand())
        self.verbs.did.connect(self._did)
        self.verbs.failed.connect(self._failed)

    @property
    def chosen(self) -> PromiseRow | None:
        """The promise that the keyboard stands on."""
        return self.list.promises.row_at(self.list.currentIndex())

    def refresh(self) -> None:
        """Ask the desk for the ledger as it is filtered."""
        desk, owner, text, ended = self._tools.desk, self._owner(), self.filter.text, self.ended.isChecked()
        ask = partial(desk.tasks.ledger, owner=owner, text=text, ended=ended)
        self._tools.work.submit(self, ask, self.show_ledger, self._failed, key=f"ledger/{id(self)}")

    def show_ledger(self, ledger: Ledger) -> None:
        """Show it as the Desk gave it; the keyboard stays on its promise, or beside where that was."""
        at, self._ledger = max(self.list.currentIndex().row(), 0), ledger
        self._fill_owners(ledger)
        self.list.promises.replace(ledger.rows)
        self.list.lay_out_anew()
        if ledger.rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.promises.index(min(at, len(ledger.rows) - 1)))
        words = count_words(ledger, filtered=bool(self.filter.text.strip() or ledger.owner))
        self._count.say(words, name=words)
        self.list.setVisible(bool(ledger.rows))
        if not ledger.rows and self.focusWidget() in {None, self.list}:
            self.owner.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stand()

    def undo(self) -> None:
        """Take back the last change."""
        self._tools.work.submit(self, self._tools.desk.notes.undo, self._undone, self._failed)

    def open_person(self) -> None:
        """Open the card of whomever it was promised to."""
        if self.chosen is not None:
            self.person_wanted.emit(self.chosen.task.patient)
            self.accept()

    def _entered(self, _index: QModelIndex) -> None:
        first = next((button for button in self.verbs.buttons.values() if not button.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self, letters: str) -> None:
        self.filter.setFocus()
        self.filter.edit.insert(letters)

    def _stand(self) -> None:
        self.verbs.show_row(self.chosen, self._ledger.colleagues)
        self._open.setEnabled(self.chosen is not None)

    def _see(self, row: QRect) -> None:
        """Scroll a row of the list into sight, once everything is laid out."""
        inside = self._scroll.widget()
        if row.isValid() and inside is not None:
            middle = self.list.viewport().mapTo(inside, row.center())
            self._scroll.ensureVisible(middle.x(), middle.y(), 0, row.height())

    def _owner(self) -> str:
        return str(self.owner.currentData() or "")

    def _fill_owners(self, ledger: Ledger) -> None:
        names = tuple(dict.fromkeys((self._tools.viewer.name, *ledger.owners, *filter(None, (ledger.owner,)))))
        here = tuple(str(self.owner.itemData(at)) for at in range(1, self.owner.count()))
        if names == here:
            return
        self._filling = True
        self.owner.clear()
        self.owner.addItem(_("Everybody’s"), "")
        for name in names:
            words = _("Mine: {name}") if name == self._tools.viewer.name else "{name}"
            self.owner.addItem(words.format(name=isolate(name)), name)
        self.owner.setCurrentIndex(max(self.owner.findData(ledger.owner), 0))
        self._filling = False

    def _did(self, sentence: str, patient: str) -> None:
        self._say(sentence, undo=True)
        self.changed.emit(patient)
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undone(self, words: str) -> None:
        self._say(_("Taken back: {what}").format(what=words), undo=False)
        self.changed.emit("")
        self.refresh()

    def _failed(self, error: RapportError) -> None:
        self._say(str(error), undo=False)

    def _say(self, sentence: str, *, undo: bool) -> None:
        self._sentence.say(sentence, name=sentence)
        self._undo.setVisible(undo)
        self._said.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))


def count_words(ledger: Ledger, *, filtered: bool) -> str:
    """Return how many promises are listed and how many of them are overdue, or that there are none."""
    count = len(ledger.rows)
    if not count:
        if filtered:
            return _("Nothing promised fits that.")
        return _("Nothing has ended in the last three months.") if ledger.ended else _("Nothing is promised.")
    words = ngettext("{count} promise", "{count} promises", count).format(count=count)
    late = sum(each.overdue for each in ledger.rows)
    if not late or ledger.ended:
        return words
    overdue = ngettext("{count} overdue", "{count} overdue", late).format(count=late)
    return _("{promises}, {overdue}").format(promises=words, overdue=overdue)
