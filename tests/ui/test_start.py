"""A sub-command never imports Qt, and the demo walks by itself without a screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import KeyMissing, VaultFault
from tests.ui.conftest import Copy
from ui.start.beginning import begin
from ui.start.options import Options, read_options
from ui.start.run_demo import has_screen

WITHOUT_QT = """
import sys
from ui.__main__ import main
code = main(sys.argv[1:])
assert not [name for name in sys.modules if name.startswith("PySide6")], "Qt was imported"
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], Options()),
        (["--vault", "x"], Options(vault=Path("x"))),
        (["--vault=x"], Options(vault=Path("x"))),
        (["--demo"], Options(demo=True)),
        (["--demo", "--offscreen", "a.png"], Options(demo=True, offscreen=Path("a.png"))),
        (["note", "kinds"], None),
        (["--vault", "x", "verify"], None),
        (["--vault"], None),
        (["--offscreen", "a.png"], None),
        (["--help"], None),
        (["--nonsense"], None),
    ],
)
def test_what_belongs_to_the_window_and_what_to_the_sub_commands(arguments: list[str], options: Options | None) -> None:
    assert read_options(arguments) == options


@pytest.mark.parametrize(("arguments", "code"), [(["note", "kinds"], 0), (["--help"], 0), (["--nonsense"], 2)])
def test_a_sub_command_runs_without_qt(arguments: list[str], code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, *arguments], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == code, done.stderr
    assert "Qt was imported" not in done.stderr


def test_no_file_is_a_first_run(tmp_path: Path) -> None:
    beginning = begin(tmp_path / "desk.rapport", MemoryCustody())
    assert beginning.is_first_run


def test_a_missing_key_beside_a_file_is_never_a_first_run(demo_copy: Copy) -> None:
    beginning = begin(demo_copy.path, MemoryCustody())
    assert not beginning.is_first_run
    assert beginning.asked is not None
    with pytest.raises(KeyMissing):
        beginning.asked.door()


def test_a_file_that_is_none_of_ours_is_never_a_first_run(tmp_path: Path) -> None:
    file = tmp_path / "desk.rapport"
    file.write_bytes(b"This is a letter." * 300)
    beginning = begin(file, MemoryCustody())
    assert not beginning.is_first_run
    assert beginning.asked is not None
    with pytest.raises(VaultFault):
        beginning.asked.door()


def test_the_doorway_gives_the_names(demo_copy: Copy) -> None:
    asked = begin(demo_copy.path, demo_copy.custody).asked
    assert asked is not None
    assert [person.name for person in asked.door().people] == ["Ana Ruiz", "Ben Morgan", "Dr Hahn", "Dr Osei"]


@pytest.mark.parametrize(
    ("environment", "platform", "screen"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
    ],
)
def test_whether_there_is_a_screen(environment: dict[str, str], platform: str, screen: bool) -> None:
    assert has_screen(environment, platform) is screen


def test_the_demo_without_a_screen_walks_by_itself_and_leaves_only_the_picture(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.endswith("DISPLAY")}
    environment |= {"TMPDIR": str(tmp_path / "tmp"), "HOME": str(tmp_path / "home"), "LANGUAGE": "en"}
    for folder in ("tmp", "home"):
        (tmp_path / folder).mkdir()
    picture = tmp_path / "demo.png"
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--demo", "--offscreen", str(picture)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "no screen" in lines[0]
    assert any(line.startswith("Nia Prydderch") for line in lines)
    assert any("leeks" in line for line in lines)
    assert str(picture) in lines[-1]
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1366, 690)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert [path for path in (tmp_path / "home").rglob("*") if path.is_file() and "cache" not in str(path)] == []
