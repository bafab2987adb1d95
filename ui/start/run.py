"""One run of the window from Qt's first object to its last."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from rapportdesk.clock import SystemClock
from rapportdesk.errors import VaultBusy
from rapportdesk.hardening import keep_memory_private
from rapportdesk.language import _
from rapportdesk.paths import RESOURCES, settings_file
from ui.door.sign_in import SignIn
from ui.frame.window import Window
from ui.look.palette import palette_for
from ui.start.beginning import Beginning
from ui.start.settings import Settings
from ui.start.single_instance import SingleInstance
from ui.theme import DOOR_WEIGHTS, Theme, load_fonts

if TYPE_CHECKING:
    from rapportdesk.desk.door.door import Door
    from ui.start.application import Application


def make_app() -> QApplication:
    """Return Qt's application object, set up the way RapportDesk needs it."""
    app = QApplication.instance() or QApplication(["rapportdesk", "-style", "fusion"])
    if not isinstance(app, QApplication):
        raise TypeError(type(app))
    app.setApplicationName("RapportDesk")
    app.setApplicationDisplayName("RapportDesk")
    app.setDesktopFileName("rapportdesk")
    app.setQuitOnLastWindowClosed(False)
    return app


def make_theme(app: QApplication, settings: Settings) -> Theme:
    """Dress the application as the settings say."""
    load_fonts(DOOR_WEIGHTS)
    # The palette of a dark scheme is dark; asking for the scheme by name costs 20 ms, see ui.look.early.
    dark = app.palette().window().color().lightness() < app.palette().windowText().color().lightness()
    theme = Theme(palette_for(settings.theme, system_is_dark=dark), settings.scale, app)
    theme.apply(app)
    return theme


def run_window(beginning: Beginning) -> int:
    """Show the window of a vault until it is closed; raise the one that is there instead, if there is one."""
    app = make_app()
    single = SingleInstance(beginning.vault)
    if not single.is_first():
        if beginning.asked is not None:
            beginning.asked.cancel()
        return 0 if single.raise_first() else _busy()
    opening = Opening(app, beginning, single, Settings(settings_file()))
    opening.begin()
    return app.exec()


class Opening:
    """The sign-in is painted first; what stands behind it is imported and made when it can be seen.

    Args:
        app: Qt's application object.
        beginning: What was found before Qt was imported.
        single: This vault's only window; asked to come forward when the program is started again.
        settings: This account's settings.

    Attributes:
        window: The one window.
        application: What stands behind it, once it can be seen.
    """

    def __init__(self, app: QApplication, beginning: Beginning, single: SingleInstance, settings: Settings) -> None:
        self._app, self._beginning, self._single, self._settings = app, beginning, single, settings
        self._theme = make_theme(app, settings)
        self._clock = SystemClock()
        self._door: Door | None = None
        self.window = Window(settings)
        self.application: Application | None = None

    def begin(self) -> None:
        """Show who may sign in, where that is known already."""
        keep_memory_private()  # before the device's key comes, and while the other process fetches it
        if self._beginning.is_first_run:
            self._go_on()
            return
        page = SignIn(self._theme, self._clock, self.window.pages)
        self._door = self._beginning.door_at_once()  # as late as can be: the other process needs longer than this one
        if self._door is not None:
            page.show_people(self._door.people, self._settings.last_person or None)
        self.window.show_page(page)
        # Once more through the event loop: a key that was pressed meanwhile reaches its field first.
        self.window.painted.connect(lambda: QTimer.singleShot(0, self.window, self._go_on))
        self.window.show()

    def _go_on(self) -> None:
        from ui.guard.session_signals import platform_watcher
        from ui.start.application import Application
        from ui.start.surroundings import Surroundings

        around = Surroundings(
            app=self._app,
            beginning=self._beginning,
            clock=self._clock,
            settings=self._settings,
            theme=self._theme,
            watcher=platform_watcher,
        )
        self.application = application = Application(around, self.window)
        self._single.raise_wanted.connect(self.window.come_forward)
        application.painted.connect(lambda: once_painted(self._app, application, self._single.listen))
        application.start(self._door)


def run(app: QApplication, application: "Application", after_paint: Callable[[], None]) -> int:
    """Start an application, do what can wait once it has been painted, and run until it is closed."""
    keep_memory_private()
    application.painted.connect(lambda: once_painted(app, application, after_paint))
    application.start()
    return app.exec()


def once_painted(app: QApplication, application: "Application", after_paint: Callable[[], None]) -> None:
    """Do what the first paint did not need."""
    import gc
    from contextlib import ExitStack

    from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
    from PySide6.QtGui import QIcon

    from rapportdesk.event_log import logging_to, redact_what_nobody_keeps
    from ui.frame.house import chosen_palette
    from ui.start.bugs import LOG_NAME, REPORT_NAME, BugReports
    from ui.start.import_behind import ImportBehind
    from ui.theme import OTHER_WEIGHTS, load_other_scripts

    redact_what_nobody_keeps()
    log = ExitStack()
    log.enter_context(logging_to(application.around.settings.beside(LOG_NAME)))
    app.aboutToQuit.connect(log.close)
    reports = BugReports(application.around.settings.beside(REPORT_NAME), application.broke.emit)
    reports.install()
    application.work.bug.connect(reports.report)
    # Only Qt's own dialogs can be hidden by the cover; none has been opened yet.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    around = application.around
    app.styleHints().colorSchemeChanged.connect(
        lambda _scheme: around.theme.change(app, palette=chosen_palette(around.settings))
    )
    after_paint()
    load_fonts(OTHER_WEIGHTS)
    around.theme.also(load_other_scripts(), app)
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "rapportdesk.svg")))
    translator = QTranslator(app)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    ImportBehind(application.work, lambda: keep_for_good(application), application).begin()
    gc.freeze()  # what has been made so far lives as long as the program


def keep_for_good(application: "Application") -> None:
    """Have what is there looked through for garbage no more: the collector held a letter up for half of its time.

    Nothing where somebody is signed in already, or about to be: what is theirs is garbage after they lock.
    """
    import gc

    if application.sign_in is not None and application.work.idle:
        gc.freeze()


def _busy() -> int:
    error = VaultBusy(_("RapportDesk is starting or still closing."), _("Try again in a moment."))
    sys.stderr.write(f"{error}\n")
    return 1
