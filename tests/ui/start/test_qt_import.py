"""After Qt has been imported our way, Python imports as it always does, and a wrong call is still an error."""

import subprocess
import sys

import pytest

OURS = "from ui.start.qt_import import import_qt; import_qt()"
PYSIDE = "import PySide6.QtCore"

LOADED = """
{how}
import builtins, sys
print("shibokensupport.signature.parser" in sys.modules, hasattr(builtins, "__orig_import__"))
"""

WRONG = """
{how}
from PySide6.QtCore import QPoint, QTimer
for wrong in (lambda: QPoint("left", "top"), lambda: QTimer().setInterval("soon")):
    try:
        wrong()
    except TypeError as error:
        print(str(error).splitlines()[0])
"""

ASKED = """
{how}
from PySide6.QtCore import QTimer
print(QTimer.setInterval.__doc__)
try:
    QTimer().setInterval("soon")
except TypeError as error:
    print(str(error).splitlines()[0])
"""


def _run(script: str, how: str) -> list[str]:
    command = [sys.executable, "-c", script.format(how=how)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()


@pytest.mark.parametrize(("how", "answer"), [(OURS, "False False"), (PYSIDE, "True True")])
def test_the_signatures_and_the_import_that_reads_every_module_stay_away(how: str, answer: str) -> None:
    assert _run(LOADED, how) == [answer], "the second is the control: this is what PySide does by itself"


@pytest.mark.parametrize("how", [OURS, PYSIDE])
def test_a_wrong_call_names_its_function(how: str) -> None:
    said = _run(WRONG, how)
    assert len(said) == 2
    assert "PySide6.QtCore.QPoint" in said[0]
    assert "PySide6.QtCore.QTimer.setInterval" in said[1]


def test_the_signatures_are_there_for_whoever_asks_for_them() -> None:
    documentation, *_more, wrong = _run(ASKED, OURS)
    assert documentation.startswith("setInterval(self, msec")
    assert "setInterval" in wrong
    assert _run(ASKED, PYSIDE)[0] == documentation
