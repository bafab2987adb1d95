"""The ledger of promises: overdue first, ticked where it is read, folded to one line by its heading."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.shown import PromiseRow
from rapportdesk.model.task import TaskCode
from ui.promises.outcome import OutcomeDialog
from ui.rows import PromiseModel
from ui.screen import Screen, Tools
from ui.theme import Theme
from ui.today.today_rows import PromiseDelegate, can_be_ticked
from ui.widgets.controls import Button, Label, column, row
from ui.widgets.lists import List

MOST_HEIGHT = 640
"""Pixels (scale 1.0) of promises that are laid out before the day is painted: more than Today ever gives them."""


class PromiseList(List):
    """The promises, each with a box.

    Args:
        theme: In use.
        most: How many pixels (scale 1.0) it is ever given; 0 where all of them are to stand.

    Signals:
        ticked: The promise whose box was pressed.
    """

    ticked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, most: int = MOST_HEIGHT) -> None:
        super().__init__(_("Promised"), theme, least=48, most=most, parent=parent)
        self.promises = PromiseModel(self)
        self.delegate = PromiseDelegate(theme, self)
        self.setModel(self.promises)
        self.setItemDelegate(self.delegate)
        self.viewport().installEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks."""
        if event.key() == Qt.Key.Key_Space:
            promise = self.promises.row_at(self.currentIndex())
            if promise is not None and can_be_ticked(promise) and not event.isAutoRepeat():
                self.ticked.emit(promise)
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press on the box ticks and does not open."""
        if watched is self.viewport() and isinstance(event, QMouseEvent):
            at = event.position().toPoint()
            index = self.indexAt(at)
            if index.isValid() and self.delegate.target(self.visualRect(index)).contains(QPointF(at)):
                promise = self.promises.row_at(index)
                if event.type() == QEvent.Type.MouseButtonRelease and promise is not None and can_be_ticked(promise):
                    self.ticked.emit(promise)
                return True
        return super().eventFilter(watched, event)


class Promised(Screen):
    """The ledger under Today.

    Signals:
        typed: Letters typed here, for the search field.
        folded: It has been folded or unfolded.
    """

    typed = Signal(str)
    folded = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools, parent)
        self._heading = Button(_("Promised"), "fold-heading", self.fold)
        self._count = Label("", "muted")
        self.list = PromiseList(tools.theme)
        whole = column(self, gap=0)
        every = Button(_("All of it"), "link", partial(self.command_wanted.emit, "promises"))
        every.setToolTip(tools.commands["promises"].key_words)
        heads = row(whole, self._heading, self._count, gap=9, stretch_last=True)
        heads.addWidget(every)
        heads.setContentsMargins(0, 4, 0, 0)
        whole.addWidget(self.list)
        self.list.ticked.connect(self._tick)
        self.list.opened.connect(self._opened)
        self.list.typed.connect(self.typed)

    def show_promises(self, promised: tuple[PromiseRow, ...], words: str) -> None:
        """Show the ledger as the Desk gave it."""
        self.list.promises.replace(promised)
        self.list.lay_out_anew()
        self._count.say(words, name=words)
        self._heading.setAccessibleDescription(words)
        self.setVisible(bool(promised))
        self.updateGeometry()

    @property
    def is_folded(self) -> bool:
        """Whether only its heading is seen."""
        return self.list.isHidden()

    def fold(self) -> None:
        """Fold the ledger to one line, or open it again."""
        self.list.setHidden(not self.list.isHidden())
        self.updateGeometry()
        self.folded.emit()

    def _tick(self, promise: PromiseRow) -> None:
        if promise.task.code is TaskCode.FOLLOW_UP:
            asked = OutcomeDialog(self.tools, promise, self.window())
            asked.kept.connect(self._asked)
            asked.open()
            return
        desk, task_id = self.tools.desk, promise.task.id
        self.tools.work.submit(self, lambda: desk.tasks.done(task_id), lambda _task: self._ticked(promise))

    def _ticked(self, promise: PromiseRow) -> None:
        self.tools.messages.say(_("Done: {promise}").format(promise=promise.task.text), self._take_back)
        self.changed.emit(promise.task.patient)

    def _asked(self, sentence: str, patient: str) -> None:
        self.tools.messages.say(sentence, self._take_back)
        self.changed.emit(patient)

    def _take_back(self) -> None:
        desk = self.tools.desk
        self.tools.work.submit(self, desk.notes.undo, lambda _words: self.changed.emit(""))

    def _opened(self, index: QModelIndex) -> None:
        promise = self.list.promises.row_at(index)
        if promise is not None:
            self.person_wanted.emit(promise.task.patient)
