"""Somebody at the desk whose program is killed: types, perhaps has it sealed, says so, and waits.

Run as `python -m tests.ui.typist FOLDER VAULT KEY_ID KEY NAME TEXT sealed|typed`; it never ends by itself.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from rapportdesk.desk.keys.custody import MemoryCustody
from tests.ui.keys import type_in
from tests.ui.offscreen import use_offscreen
from tests.ui.scenes.desk import card_of
from tests.ui.stage import Stage
from ui.look.palette import LIGHT
from ui.quick_line.quick_line import SEALED_EVERY_MS
from ui.start.run import make_app
from ui.theme import Theme, load_fonts


def main(folder: str, vault: str, key_id: str, key: str, name: str, text: str, until: str) -> None:
    """Type `text` on somebody's card, in a copy of the vault in `folder`, and wait to be killed."""
    use_offscreen()
    app = make_app()
    load_fonts()
    theme = Theme(LIGHT)
    theme.apply(app)
    custody = MemoryCustody()
    custody.write(key_id, bytes.fromhex(key))
    with Stage(app, theme, (Path(vault), custody), Path(folder)) as stage:
        stage.enter("Ana Ruiz")
        stage.window.activateWindow()
        stage.open(name)
        type_in(text)
        if until == "sealed":
            for timer in card_of(stage).quick.findChildren(QTimer):
                if timer.isActive() and timer.interval() == SEALED_EVERY_MS:
                    timer.timeout.emit()  # as when two seconds have passed
            stage.settle()
        sys.stdout.write(f"{until}\n")
        sys.stdout.flush()
        sys.stdin.read()  # nobody ever answers


if __name__ == "__main__":
    main(*sys.argv[1:])
