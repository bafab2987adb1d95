"""After Qt has been imported our way, Python imports as it always does."""

import subprocess
import sys

import pytest

LOOK = """
{how}
import json
from PySide6.support.feature import pyside_feature_dict as looked_into
print("json" in looked_into)
"""


@pytest.mark.parametrize(
    ("how", "answer"),
    [
        ("from ui.start.qt_import import import_qt; import_qt()", "False"),
        ("import PySide6.QtCore", "True"),  # the control: this is what PySide does by itself
    ],
)
def test_no_module_is_read_only_because_qt_was_imported(how: str, answer: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOOK.format(how=how)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == answer
