"""The demo in a window; without a screen it walks the main job by itself and says what a clinician would read."""

import os
import sys
import tempfile
from pathlib import Path

from rapportdesk.language import _
from ui.start.options import Options

PICTURE = "rapportdesk-demo.png"


def has_screen(environment: "dict[str, str] | os._Environ[str]", platform: str) -> bool:
    """Return whether a window could be seen: Windows and macOS always have a screen, others name theirs."""
    if environment.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        return False
    if platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def run_demo(options: Options) -> int:
    """Run the demo and return the exit code."""
    walk = options.offscreen is not None or not has_screen(os.environ, sys.platform)
    if walk:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false;qt.text.font.db.info=false")
        sys.stdout.write(_("There is no screen here, so the demo runs by itself and takes a picture.") + "\n")
        sys.stdout.flush()
    from rapportdesk.clock import SystemClock
    from rapportdesk.desk.invention.demo import DEMO_SECRET
    from ui.frame.window import Window
    from ui.guard.session_signals import platform_watcher
    from ui.start.application import Application
    from ui.start.demo import DemoClock, DemoVault, open_demo
    from ui.start.run import make_app, make_theme, run
    from ui.start.settings import Settings
    from ui.start.surroundings import Surroundings

    with DemoVault() as vault:
        app = make_app()
        clock = DemoClock(SystemClock())
        settings = Settings(vault.directory / "settings.ini")
        around = Surroundings(
            app=app,
            beginning=vault.beginning,
            clock=clock,
            settings=settings,
            theme=make_theme(app, settings),
            watcher=platform_watcher,
            open_desk=lambda beginning: open_demo(beginning, clock),
            demo_secret=DEMO_SECRET,
        )
        application = Application(around, Window(settings))
        if not walk:
            return run(app, application, lambda: None)
        from ui.start.demo_walk import DemoWalk

        picture = options.offscreen or Path(tempfile.gettempdir()) / PICTURE
        steps = DemoWalk(application, picture)
        run(app, application, steps.start)
        return steps.exit_code
