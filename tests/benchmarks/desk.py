"""From "a person stands at the desk" to "note saved, promise made, arrived": the program's own part of it.

A hand needs its own time for each key; what is measured here is what the keys wait for.
"""

import statistics
import tempfile
import time
from pathlib import Path

from rapportdesk.model.appointment import AppointmentStatus
from tests.ui.at_the_desk import Hand, greet_and_keep
from tests.ui.offscreen import use_offscreen
from tests.ui.screens import ANA, Gallery
from tests.ui.stage import Stage
from ui.look.palette import LIGHT
from ui.start.run import make_app
from ui.theme import Theme, load_fonts


def measure_desk(runs: int) -> str:
    """Return the keystrokes and the time that they wait, in milliseconds.

    Args:
        runs: How often the way is gone, each time over a clinic of its own.
    """
    use_offscreen()
    app = make_app()
    load_fonts()
    theme = Theme(LIGHT)
    theme.apply(app)
    times: list[float] = []
    strokes = words = 0
    with tempfile.TemporaryDirectory() as folder:
        gallery = Gallery(app, theme, Path(folder) / "gallery")
        for _run in range(runs):
            with gallery.stage() as stage:
                hand = _at_the_desk(stage)
                began = time.perf_counter()
                greet_and_keep(hand)
                times.append((time.perf_counter() - began) * 1000)
                strokes, words = hand.strokes, hand.words
    return "\n".join(
        [
            f"desk  median {statistics.median(times):6.0f} ms   best {min(times):6.0f}   worst {max(times):6.0f}",
            f"{strokes} keystrokes and {words} of the patient's and the promise's own words, {runs} runs",
        ]
    )


def _at_the_desk(stage: Stage) -> Hand:
    stage.enter(ANA)
    nia = stage.find("Nia Prydderch")
    visit = next(row.appointment for row in stage.desk.today.day().rows if row.patient == nia)
    stage.desk.today.mark(visit.id, AppointmentStatus.BOOKED)
    stage.shell.refresh()
    stage.settle()
    stage.window.activateWindow()
    return Hand(lambda: stage.until(lambda: stage.application.work.idle))
