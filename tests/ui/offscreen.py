"""A screen as workstations have it, without one: to be chosen before Qt is begun."""

import os
from pathlib import Path


def use_offscreen() -> None:
    """Choose Qt's offscreen platform with a screen of 1366 x 768, in English."""
    # By a relative path, because Qt splits this at every colon.
    screen = os.path.relpath(Path(__file__).parent / "screen.json")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
    os.environ["LANGUAGE"] = "en"
    # Qt tells at length when it leaves Inter for a font of another script.
    os.environ["QT_LOGGING_RULES"] = "qt.text.font.db.info=false"
