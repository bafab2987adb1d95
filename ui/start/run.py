"""One run of the window from Qt's first object to its last."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from rapportdesk.clock import SystemClock
from rapportdesk.errors import VaultBusy
from rapportdesk.language import _
from rapportdesk.paths import RESOURCES, data_directory, settings_file
from ui.frame.window import Window
from ui.look.palette import palette_for
from ui.start.application import Application, Surroundings
from ui.start.beginning import Beginning
from ui.start.settings import Settings
from ui.start.single_instance import SingleInstance
from ui.theme import DOOR_WEIGHTS, Theme, load_fonts

if TYPE_CHECKING:
    from ui.guard.session_signals import Watcher


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
    settings = Settings(settings_file())
    around = Surroundings(
        app=app,
        beginning=beginning,
        clock=SystemClock(),
        settings=settings,
        theme=make_theme(app, settings),
        watcher=_watcher,
    )
    application = Application(around)
    single.raise_wanted.connect(application.window.come_forward)
    return run(app, application, single.listen)


def _watcher(window: Window) -> "Watcher | None":
    from ui.guard.session_signals import platform_watcher

    return platform_watcher(window)


def run(app: QApplication, application: Application, after_paint: Callable[[], None]) -> int:
    """Start the application, do what can wait once it has been painted, and run until it is closed."""
    application.painted.connect(lambda: _later(app, application, after_paint))
    application.start()
    return app.exec()


def _later(app: QApplication, application: Application, after_paint: Callable[[], None]) -> None:
    from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
    from PySide6.QtGui import QIcon

    from rapportdesk.hardening import keep_memory_private
    from ui.frame.house import chosen_palette
    from ui.start.bugs import BugReports
    from ui.theme import OTHER_WEIGHTS, load_other_scripts

    keep_memory_private()
    reports = BugReports(data_directory() / "bug-reports.txt", application.broke.emit)
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
    application.around.theme.also(load_other_scripts(), app)
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "rapportdesk.svg")))
    translator = QTranslator(app)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def _busy() -> int:
    error = VaultBusy(_("RapportDesk is starting or still closing."), _("Try again in a moment."))
    sys.stderr.write(f"{error}\n")
    return 1
