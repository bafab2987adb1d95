"""Puts the window, the worker and the desk together: which page is shown, and what a lock, a cover or a sign-in does.

The desk lives on the worker; here it is only handed on. Whatever locks, locks the same way: screens hand in what is
typed, the page goes at once, answers on their way are dropped, and the keys go as soon as the worker is free.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from rapportdesk.errors import RapportError, VaultMissing
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Practitioner, Viewer
from ui.door.sign_in import SignIn
from ui.frame.closing import ask_before_closing
from ui.frame.window import Window
from ui.start.beginning import Beginning
from ui.start.surroundings import Surroundings
from ui.work import Work

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk  # the worker imports it, after the sign-in is painted
    from rapportdesk.desk.door.doorway import Door
    from ui.frame.making import Making
    from ui.frame.shell import Shell
    from ui.guard.cover import Cover
    from ui.guard.idle import Idle
    from ui.guard.outside import Outside
    from ui.guard.session_signals import SessionSignals
    from ui.start.import_behind import Remaining

BRIEF_ALONE_S = 60.0
"""A clinician who switched in at the counter reads one brief; then the desk locks by itself."""


class Application(QObject):
    """One run of the window.

    Args:
        around: What it is given.
        window: Where its pages are shown; a sign-in may stand there already.

    Signals:
        signed_in: The shell of whoever was let in.
        locked: Nobody is signed in any more, and the keys are gone.
        closed: Everything has been put away.
        painted: The first page stands; what can wait may begin.
        broke: A bug was reported.
    """

    broke = Signal()
    signed_in = Signal(object)
    locked = Signal()
    closed = Signal()
    painted = Signal()

    def __init__(self, around: Surroundings, window: Window) -> None:
        super().__init__()
        self.around = around
        self.work = Work(self)
        self.window = window
        self.window.close_wanted.connect(lambda: ask_before_closing(self))
        self.shell: Shell | None = None
        self._making: Making | Remaining | None = None
        self.people: tuple[Practitioner, ...] = ()
        self.desk: Desk | None = None
        self._last: StaffId | None = around.settings.last_person or None
        self._where: dict[StaffId, str] = {}
        self._switching = False
        self._coming_in = False
        self._closing = False
        self._listening = False

    @cached_property
    def cover(self) -> "Cover":
        """Hides everything at F9; heard once the sign-in has been painted."""
        from ui.guard.cover import Cover

        made = Cover(self.around.app, self.around.clock, self.window)
        made.put_up.connect(self.window.cover)
        made.taken_down.connect(self.window.uncover)
        made.expired.connect(self.lock)
        return made

    @cached_property
    def idle(self) -> "Idle":
        """Locks a desk that nobody touches."""
        from ui.guard.idle import Idle

        made = Idle(self.around.clock, self)
        made.idle.connect(self.lock)
        return made

    @cached_property
    def outside(self) -> "Outside":
        """Keeps what is here from other programs: the clipboard, and pictures of the screen."""
        from ui.guard.outside import Outside

        return Outside(self.around.app, self.window, self)

    @cached_property
    def session(self) -> "SessionSignals":
        """Locks when the platform tells that its session is being left."""
        from ui.guard.session_signals import SessionSignals

        made = SessionSignals(self.around.watcher(self.window), self)
        made.left.connect(self.lock)
        return made

    @property
    def sign_in(self) -> SignIn | None:
        """The sign-in page while it is shown."""
        page = self.window.page
        return page if isinstance(page, SignIn) else None

    def start(self, door: "Door | None" = None) -> None:
        """Show the first page; the rest comes when it has been painted.

        Args:
            door: Who may sign in, when they are listed on the window's page already.
        """
        beginning = self.around.beginning
        if beginning.is_first_run and self.around.open_desk is None:
            self._first_run()
        else:
            if self.sign_in is None:
                self.show_sign_in(())
            else:
                self._join(self.sign_in)
            if door is not None:
                self._enter_door(door)
            elif self.around.open_desk is None:
                self._ask(beginning)
            else:
                self._open()
                self._first_paint()
        self.window.show()

    def lock(self) -> None:
        """Put everything away and ask who is here; harmless when nobody is signed in, or it is closing."""
        if self._closing:
            return
        self.idle.stop()
        shell, self.shell = self.shell, None
        making, self._making = self._making, None
        coming_in, self._coming_in = self._coming_in, False
        if self.desk is None or (shell is None and making is None and not coming_in):
            self.session.locked()
            return
        desk = self.desk
        if shell is not None:
            shell.hand_in()
        if making is not None:
            making.give_up()
        self.outside.clear()
        self.work.forget()
        self._close_other_windows()
        self.show_sign_in(self.people)
        self.work.submit(self, desk.lock, self._locked)

    def switch(self) -> None:
        """Lock for another person, who comes back to where they were."""
        self._switching = True
        self.lock()

    def show_trouble(self, fault: RapportError | None) -> None:
        """Say what keeps the desk from opening, or ask for the sheet somebody wants to use."""
        from ui.start.trouble import show_trouble

        show_trouble(self, fault)
        self._first_paint()

    def bring_back(self) -> None:
        """Put the desk away and bring one back from a backup in its place; the file that is there is set aside."""
        from ui.start.restoring import bring_back

        bring_back(self)

    def go_back_to_door(self) -> None:
        """Ask who is here; a desk that was closed on the way is opened anew."""
        if self.desk is None:
            self.try_again()
        else:
            self.show_sign_in(self.people)

    def try_again(self) -> None:
        """Begin anew: read the doorway and ask for the key."""
        self.show_sign_in(())
        self._ask(self.around.beginning.again())

    def close(self) -> None:
        """Hand in, lock, close the file, and let the window go."""
        if self._closing:
            return
        self._closing = True
        self.idle.stop()
        if self.shell is not None:
            self.shell.hand_in()
        self.outside.clear()
        self.work.forget()
        self.session.stop()
        self.window.hide()
        self.work.submit(self, self._close_desk, self._closed)

    def ask_who_works_here(self) -> None:
        """Somebody was let in or taken out: the next sign-in lists who works here now."""
        desk = self.desk
        if desk is not None:
            self.work.submit(self, desk.door, lambda people: self.desk_made(desk, people))

    def touched_settings(self) -> None:
        """A setting was changed while somebody is signed in."""
        if self.shell is not None:
            self.idle.watch(self.around.settings.idle_minutes * 60.0)
        self.around.settings.save()

    def desk_made(self, desk: "Desk", people: tuple[Practitioner, ...]) -> None:
        """A desk was made by the first run."""
        self.desk, self.people = desk, people

    def enter(self, viewer: Viewer) -> None:
        """Show the shell of whoever was let in, when it has been made."""
        from ui.start.import_behind import Remaining

        desk = self.desk
        if desk is None:
            return
        desk.tells_index_beside = True
        self._last = self.around.settings.last_person = viewer.staff
        alone = self._switching and viewer.is_clinician
        self._switching = self._coming_in = False
        self._making = Remaining(self.work, lambda: self._make_shell(desk, viewer, alone=alone), self)
        self._making.begin()

    def _make_shell(self, desk: "Desk", viewer: Viewer, *, alone: bool) -> None:
        from ui.frame.making import Making

        self._making = Making(self, desk, viewer, lambda shell: self._show_shell(shell, alone=alone))
        self._making.begin()

    def _show_shell(self, shell: "Shell", *, alone: bool) -> None:
        from ui.guard.background import begin_background

        viewer, self.shell, self._making = shell.tools.viewer, shell, None
        shell.opened.connect(lambda patient: self._where.__setitem__(viewer.staff, patient))
        self.window.show_page(shell)
        shell.start()
        if where := self._where.get(viewer.staff):
            shell.open_person(where)
        elif viewer.is_clinician:
            shell.open_next()
        self.idle.watch(BRIEF_ALONE_S if alone else self.around.settings.idle_minutes * 60.0)
        begin_background(self.work, shell.tools.desk, shell, self.idle)
        self.signed_in.emit(shell)

    def _first_paint(self) -> None:
        """Begin, once, with what could wait: the page that somebody can use has been painted."""
        if self._listening:
            return
        self._listening = True
        self.window.repaint()
        QTimer.singleShot(0, self, self._listen)

    def _listen(self) -> None:
        from ui.start.collector import Collector

        collector = Collector(self.work, self.idle, lambda: self.sign_in is not None and not self._coming_in, self)
        self.locked.connect(collector.somebody_left)
        collector.begin()
        # Python's first event filter makes PySide load every kind of event: 70 ms that the first paint does not need.
        for listener in (self.cover, self.idle):
            self.around.app.installEventFilter(listener)
        self.outside.begin()
        self.session.start()
        self.painted.emit()

    def _first_run(self) -> None:
        from ui.start.founding import Founding

        page = Founding(self)
        self.window.show_page(page.wizard)
        self._first_paint()

    def _ask(self, beginning: Beginning) -> None:
        if beginning.asked is not None:
            self.work.submit(self, beginning.asked.door, self._door, self._no_door)

    def _no_door(self, fault: RapportError) -> None:
        if isinstance(fault, VaultMissing):
            self._first_run()  # a file that was begun and never finished: nobody has ever signed in to it
        else:
            self.show_trouble(fault)

    def _door(self, door: "Door") -> None:
        page = self.sign_in
        if page is not None:
            page.show_people(door.people, self._last)
        self._enter_door(door)

    def _enter_door(self, door: "Door") -> None:
        self.people = door.people
        self._first_paint()
        key = door.device_key
        # The names are painted before the worker begins to import what the desk needs.
        QTimer.singleShot(0, self, lambda: self._open(key))

    def _open(self, device_key: bytes | None = None) -> None:
        around = self.around

        def open_desk() -> "tuple[Desk, tuple[Practitioner, ...]]":
            from rapportdesk.desk.desk import Desk

            beginning = around.beginning
            if around.open_desk is not None:
                desk = around.open_desk(beginning)
            else:
                desk = Desk.open(beginning.vault, beginning.custody, around.clock, device_key=device_key)
            return desk, desk.door()

        self.work.submit(self, open_desk, self._opened, self.show_trouble)

    def _opened(self, answer: "tuple[Desk, tuple[Practitioner, ...]]") -> None:
        desk, people = answer
        known = self.people
        self.desk_made(desk, people)
        page = self.sign_in
        if page is not None and known != people and [each.id for each in known] != [each.id for each in people]:
            page.show_people(people, self._last, demo_secret=self.around.demo_secret)
        if page is not None:
            page.desk_is_there()

    def show_sign_in(self, people: tuple[Practitioner, ...]) -> SignIn:
        """Ask who is here, and return the page."""
        page = SignIn(self.around.theme, self.around.clock)
        page.show_people(people, self._last, demo_secret=self.around.demo_secret if people else "")
        if self.desk is not None:
            page.desk_is_there()
        self._join(page)
        self.window.show_page(page)
        return page

    def _join(self, page: SignIn) -> None:
        page.wanted.connect(self._try)
        page.sheet_wanted.connect(lambda: self.show_trouble(None))

    def _try(self, staff: str, secret: str) -> None:
        page, desk = self.sign_in, self.desk
        if page is None or desk is None:
            return
        page.enter_busy()
        self._coming_in = True  # a lock that comes before the answer has it come to nobody
        who = StaffId(staff)

        def sign_in() -> tuple[Viewer, bool]:
            return desk.sign_in(who, secret), desk.must_change_secret

        def let_in(answer: tuple[Viewer, bool]) -> None:
            viewer, must_change = answer
            page.welcome()
            if must_change:
                from ui.start.own_secret import choose_own_secret

                choose_own_secret(self, viewer, secret)
            else:
                self.enter(viewer)

        self.work.submit(page, sign_in, let_in, lambda error: self._refused(page, who, error))

    def _refused(self, page: SignIn, who: StaffId, error: RapportError) -> None:
        desk, self._coming_in = self.desk, False
        if desk is None:
            page.refuse(error)
            return
        self.work.submit(page, lambda: desk.wait_before(who), lambda wait: page.refuse(error, wait))

    def _locked(self, _nothing: None) -> None:
        self.session.locked()
        self.locked.emit()

    def _close_other_windows(self) -> None:
        self.cover.drop_hidden()
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()

    def _close_desk(self) -> None:
        if self.desk is not None:
            self.desk.close()

    def _closed(self, _nothing: None) -> None:
        self.session.locked()
        self.work.close()
        self.window.let_go()
        self.closed.emit()
        QApplication.quit()
