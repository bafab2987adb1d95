"""People and schedules come in from files: what would happen is read first, then it happens, all of it or nothing.

Reading and writing can be stopped at any moment; until the one commit nothing has changed, and it says so.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget
from shiboken6 import isValid

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _
from ui.bring_in.bring_in_view import blocks, file_lines, progress_words, summary
from ui.bring_in.columns import ColumnsDialog
from ui.bring_in.dropped import dropped_files
from ui.bring_in.stepping import Aside, Stepping
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, empty
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said
from ui.work import Broken

if TYPE_CHECKING:
    from rapportdesk.desk.bring_in.bringing import Bringing
    from rapportdesk.desk.bring_in.import_report import ImportReport
    from rapportdesk.desk.bring_in.import_tables import TableGuess, Tables, TableSettings


class BringIn(Dialog):
    """Choose files or drop them, read what they would change, bring them in or leave.

    Signals:
        brought_in: Something new is in the desk.
        review_wanted: Somebody goes on to decide what could not be told.
    """

    brought_in = Signal()
    review_wanted = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Bring in a schedule"), parent, width=680, height=560)
        self._tools = tools
        self._bringing: Bringing | None = None
        self._files: tuple[Path, ...] = ()
        self._tables: Tables | None = None
        self._guesses: tuple[TableGuess, ...] = ()
        self._running: Stepping[ImportReport] | None = None
        self._aside: Aside | None = None
        self._words = Label("", "body")
        self._said = Said()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.shown = Panel("scrolled", margins=(0, 0, 0, 0), gap=8)
        for widget in (self._words, self._said, self.bar, self.shown):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.bring = self.add_button(Button(_("Bring these in"), "primary", self._bring))
        self.choose = self.add_button(Button(_("Choose files"), "primary", self._choose))
        self.decide = self.add_button(Button(_("Decide about people"), "primary", self._decide))
        self.stop = self.add_button(Button(_("Stop"), "secondary", self._stop))
        self.leave = self.add_close()
        self.setAcceptDrops(True)
        self._begin()

    def take(self, files: tuple[Path, ...]) -> None:
        """Say what these files would bring; nothing is changed yet."""
        if not files or self._bringing is not None:
            return
        self._files = files
        self._wait(_("Reading…"))
        self.bar.setRange(0, 1)
        desk = self._tools.desk
        self._tools.work.submit(self, lambda: desk.imports.tables(files), self._look, self._refuse)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from wherever they lie."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        event.acceptProposedAction()
        if self.choose.isVisible():
            self.take(dropped_files(event))

    def done(self, result: int) -> None:
        """Leave, however that comes about; what was not brought in is dropped."""
        self._drop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave with what was not brought in: the desk may be locking."""
        self._drop()
        super().closeEvent(event)

    def _begin(self) -> None:
        self._words.say(
            _(
                "Drop files of your practice system here, or choose them. "
                "You read first what they would change; nothing changes until you say so."
            )
        )
        self._show_buttons(self.choose, self.leave)
        self.bar.hide()
        self._said.hide()
        self.choose.setFocus()

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose files"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.take(tuple(Path(name) for name in names)))
        dialog.open()

    def _look(self, tables: "Tables") -> None:
        """Ask first how a table is to be read: what its columns hold is a guess."""
        from rapportdesk.desk.bring_in.import_tables import TableSettings

        self._tables, self._guesses = tables, ()

        def look() -> None:
            self._guesses = tables.look(TableSettings())

        self._aside = Aside(look)
        self._aside.came.connect(self._was_looked_at, Qt.ConnectionType.QueuedConnection)
        self._aside.begin()

    def _was_looked_at(self, error: BaseException | None) -> None:
        tables, self._tables = self._tables, None
        if tables is None or not self._may_go_on(error):  # stopped meanwhile, or refused
            return
        if len(self._guesses) > 1:
            self._refuse(BadInput(_("Two of these are tables."), _("Bring tables in one at a time.")))
        elif self._guesses:
            asked = ColumnsDialog(self._tools, tables, self._guesses[0], self)
            asked.chosen.connect(self._begin_reading)
            asked.rejected.connect(self._begin)
            asked.open()
        else:
            self._begin_reading(None)

    def _begin_reading(self, settings: "TableSettings | None") -> None:
        desk, files = self._tools.desk, self._files
        self._tools.work.submit(self, lambda: desk.imports.begin(files, settings), self._read, self._refuse)

    def _may_go_on(self, error: BaseException | None) -> bool:
        """Return whether waiting ended well; else it is said what went wrong."""
        if isinstance(error, RapportError):
            self._refuse(error)
        elif error is not None:
            self._tools.work.bug.emit(error)
            self._refuse(Broken(_("Something went wrong here."), _("Nothing was brought in.")))
        return error is None

    def _read(self, bringing: "Bringing") -> None:
        self._bringing = bringing
        self._aside = Aside(bringing.read)
        self._aside.came.connect(self._was_read, Qt.ConnectionType.QueuedConnection)
        self._aside.begin()

    def _was_read(self, error: BaseException | None) -> None:
        bringing = self._bringing
        if bringing is not None and self._may_go_on(error):  # else it was stopped or left meanwhile
            self._step(bringing.preview, self._would, writing=False)

    def _would(self, report: "ImportReport") -> None:
        self._show(report)
        self._words.say(_("This is what would change. Nothing has changed yet."))
        self._show_buttons(self.bring, self.leave)
        self.leave.setText(_("Leave it"))
        self.bring.setFocus()

    def _bring(self) -> None:
        bringing = self._bringing
        if bringing is not None:
            empty(self.shown.rows)
            self._wait(_("Bringing in…"))
            self._step(bringing.write, self._did, writing=True)

    def _did(self, report: "ImportReport") -> None:
        self._bringing = None
        self._show(report)
        waits = bool(report.patients.waiting or report.plan.merges)
        self._words.say(_("It is in."))
        self._show_buttons(*((self.decide,) if waits else ()), self.leave)
        self.leave.setText(_("Close"))
        (self.decide if waits else self.leave).setFocus()
        self._tools.messages.say(_("The schedule is in."))
        self.brought_in.emit()

    def _decide(self) -> None:
        self.accept()
        self.review_wanted.emit()

    def _stop(self) -> None:
        bringing = self._let_go()
        self._show_buttons(self.leave)
        if bringing is not None:
            self._tools.work.submit(self, bringing.give_up, self._stopped, self._refuse)
        else:
            self._stopped(in_time=True)

    def _stopped(self, in_time: bool) -> None:  # a slot in all but name
        self._begin()
        self._said.tell(_("Stopped. Nothing was brought in.") if in_time else _("It was in already."))
        if not in_time:
            tools = self._tools  # whose message bar outlasts this dialog: what is in is to be found
            Stepping(tools.work, tools.clock, tools.messages, tools.desk.imports.finish_in_steps, self._finished)

    def _finished(self, _nothing: None) -> None:
        if isValid(self):
            self.brought_in.emit()

    def _step(self, begin: object, done: object, *, writing: bool) -> None:
        self._running = Stepping(self._tools.work, self._tools.clock, self, begin, done, self._refuse)  # type: ignore[arg-type]  # of one Bringing
        self._running.progressed.connect(partial(self._progressed, writing=writing))

    def _progressed(self, done: int, total: int, *, writing: bool) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        words = progress_words(done, total, writing=writing)
        self.bar.setAccessibleName(words)
        self._words.say(words)

    def _drop(self) -> None:
        bringing = self._let_go()
        if bringing is not None:
            self._tools.work.submit(self._tools.messages, bringing.give_up)

    def _let_go(self) -> "Bringing | None":
        """Take no further step; what is staged is still to be given up, on the worker."""
        running, self._running = self._running, None
        tables, self._tables = self._tables, None
        if tables is not None:
            tables.cancel()
        bringing, self._bringing = self._bringing, None
        if running is not None:
            running.leave()
        if bringing is not None:
            bringing.cancel()
        return bringing

    def _show(self, report: "ImportReport") -> None:
        self.bar.hide()
        empty(self.shown.rows)
        for line in file_lines(report):
            self.shown.add(Label(line, "muted"))
        self.shown.add(Label(summary(report), "strong"))
        for block in blocks(report, self._tools.clock.local):
            self.shown.add(Label(block.heading, block.tone), Label("\n".join(block.lines), "body"))

    def _wait(self, sentence: str) -> None:
        self._said.hide()
        self._words.say(sentence)
        self.bar.setValue(0)
        self.bar.setAccessibleName(sentence)
        self.bar.show()
        self._show_buttons(self.stop)
        self.stop.setFocus()

    def _refuse(self, error: RapportError) -> None:
        self._drop()
        empty(self.shown.rows)
        self._begin()
        self._said.tell(error)

    def _show_buttons(self, *shown: Button) -> None:
        for button in (self.bring, self.choose, self.decide, self.stop, self.leave):
            button.setVisible(button in shown)
