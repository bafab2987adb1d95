"""From F9 to a painted cover with nothing else to be seen, over every scene of the desk, beside a plain repaint.

The offscreen platform paints into memory, so this is the program's own time, without a screen's.
"""

import statistics
import tempfile
import time
from pathlib import Path

from tests.ui.keys import Key, press
from tests.ui.offscreen import use_offscreen
from tests.ui.screens import Gallery, House, all_scenes
from ui.guard.cover import CoverPage
from ui.look.palette import LIGHT
from ui.start.run import make_app
from ui.theme import Theme, load_fonts

WORST = 5


def measure_cover() -> str:
    """Return the times over all scenes somebody is signed in for, in milliseconds, and the slowest of them."""
    use_offscreen()
    app = make_app()
    load_fonts()
    theme = Theme(LIGHT)
    theme.apply(app)
    scenes = [scene for scene in all_scenes() if scene.who and scene.house is House.CLINIC and scene.name != "cover"]
    times: dict[str, float] = {}
    repaints = []
    with tempfile.TemporaryDirectory() as folder:
        for shown in Gallery(app, theme, Path(folder)).walk(scenes):
            window, cover = shown.stage.window, shown.stage.application.cover
            began = time.perf_counter()
            window.repaint()
            repaints.append(time.perf_counter() - began)
            began = time.perf_counter()
            press(Key.Key_F9, on=app.focusWidget() or app.activePopupWidget() or shown.widget)
            times[shown.scene.name] = time.perf_counter() - began
            pages = [page for page in window.findChildren(CoverPage) if page.isVisible()]
            if not cover.is_up or not pages:
                raise AssertionError(f"{shown.scene.name} is not covered")
            seen = [top for top in app.topLevelWidgets() if top.isVisible() and top is not window]
            if seen:
                raise AssertionError(f"{shown.scene.name}: something else is still seen")
    slowest = sorted(times, key=lambda name: -times[name])[:WORST]
    covers = sorted(times.values())
    return "\n".join(
        [
            f"cover   median {statistics.median(covers) * 1000:6.1f} ms   worst {covers[-1] * 1000:6.1f}",
            f"repaint median {statistics.median(repaints) * 1000:6.1f} ms   worst {max(repaints) * 1000:6.1f}",
            f"{len(times)} scenes; slowest: " + ", ".join(f"{name} {times[name] * 1000:.1f}" for name in slowest),
        ]
    )
