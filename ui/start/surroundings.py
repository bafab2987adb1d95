"""What a run of the window is given from outside, so that tests and the demo give it their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from rapportdesk.clock import Clock
from ui.frame.window import Window
from ui.start.beginning import Beginning
from ui.start.settings import Settings
from ui.theme import Theme

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk
    from ui.guard.session_signals import Watcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a run is given.

    Attributes:
        app: Qt's own application object.
        beginning: What was found before Qt was imported.
        clock: Wall and monotonic clock.
        settings: This account's settings.
        theme: Already applied.
        watcher: Makes this platform's way of telling of lock and sleep, given the window.
        open_desk: Called on the worker to open the desk; the usual way unless given.
        demo_secret: For an invented clinic: filled in for everybody.
    """

    app: QApplication
    beginning: Beginning
    clock: Clock
    settings: Settings
    theme: Theme
    watcher: "Callable[[Window], Watcher | None]"
    open_desk: "Callable[[Beginning], Desk] | None" = None
    demo_secret: str = ""
