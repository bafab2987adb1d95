"""Files that are dropped in the watched folder come in by themselves, one after the other, while somebody is signed in.

A file counts as whole when two looks some seconds apart find it the same. Nothing asks the folder while it is quiet.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from ui.bring_in.stepping import Aside, Stepping
from ui.screen import Tools
from ui.work import Broken

if TYPE_CHECKING:
    from pathlib import Path

    from rapportdesk.desk.bring_in.import_report import ImportReport
    from rapportdesk.desk.bring_in.watched_folder import Sizes, Taken

STILL_MS = 3_000
"""A file that has not changed for so long has been written."""


class Watching(QObject):
    """Watches the folder for one sign-in; it ends with the message bar.

    Args:
        tools: What a screen works with.

    Signals:
        brought_in: A file was put away, in done/ or in failed/.
    """

    brought_in = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.messages)
        self._tools = tools
        self._watcher: QFileSystemWatcher | None = None
        self._before: Sizes = {}
        self._taken: Taken | None = None
        self._aside: Aside | None = None
        self._running: Stepping[ImportReport] | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(STILL_MS)
        self._again.timeout.connect(self.look)

    def begin(self) -> None:
        """Look at what lies in the folder already, and watch it; again when another folder was set."""
        desk = self._tools.desk

        def ask() -> "Path | None":
            desk.watched_folder.put_back()
            return desk.watched_folder.folder()

        self._tools.work.submit(self, ask, self._watch)

    def look(self) -> None:
        """Look for a file that has stopped growing, unless one is being brought in."""
        if self._taken is None:
            desk = self._tools.desk
            self._tools.work.submit(self, desk.watched_folder.look, self._seen, key="watched-folder")

    def _watch(self, folder: "Path | None") -> None:
        if self._watcher is not None:
            self._watcher.deleteLater()
        self._watcher, self._before = None, {}
        if folder is not None:
            self._watcher = QFileSystemWatcher([str(folder)], self)
            self._watcher.directoryChanged.connect(lambda _path: self._again.start())
            self.look()

    def _seen(self, found: "Sizes") -> None:
        whole = [name for name, size in found.items() if self._before.get(name) == size]
        self._before = found
        if whole and self._taken is None:
            name, desk = min(whole, key=lambda each: (found[each][1], each)), self._tools.desk
            self._tools.work.submit(self, lambda: desk.watched_folder.take(name, found[name]), self._take)
        elif found:
            self._again.start()

    def _take(self, taken: "Taken | None") -> None:
        if taken is None:
            self._again.start()
            return
        self._taken = taken
        self._aside = Aside(taken.bringing.read)
        self._aside.came.connect(self._read, Qt.ConnectionType.QueuedConnection)
        self._aside.begin()

    def _read(self, error: BaseException | None) -> None:
        taken = self._taken
        if taken is None:
            return
        if error is not None:
            self._fail(error)
            return
        tools = self._tools
        self._running = Stepping(tools.work, tools.clock, self, taken.bringing.write, self._done, self._fail)

    def _done(self, report: "ImportReport") -> None:
        taken, desk = self._taken, self._tools.desk
        if taken is not None:
            self._tools.work.submit(self, lambda: desk.watched_folder.finish(taken, report), lambda _none: self._next())

    def _fail(self, error: BaseException) -> None:
        taken, desk = self._taken, self._tools.desk
        if taken is None:
            return
        if not isinstance(error, RapportError):
            self._tools.work.bug.emit(error)
            error = Broken(_("Something went wrong here."), _("Nothing was brought in."))
        told = error

        def put_away() -> None:
            taken.bringing.give_up()
            desk.watched_folder.fail(taken, told)

        self._tools.work.submit(self, put_away, lambda _none: self._next())

    def _next(self) -> None:
        self._taken = None
        self._before = {}
        self.brought_in.emit()
        self.look()
