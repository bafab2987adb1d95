"""What is typed survives a killed program, a full disk and a file that was closed underneath."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.doorway import read_doorway
from tests.ui.conftest import Copy
from tests.ui.counter import Counter
from tests.ui.keys import Key, press, type_in
from tests.ui.scenes.desk import card_of
from tests.ui.stage import MORNING, Stage
from ui.theme import Theme

NIA = "Nia Prydderch"
TYPED = "The leeks took second prize, and then the dog"


def killed(copy: Copy, folder: Path, until: str) -> Path:
    """Have a program killed (SIGKILL; on Windows TerminateProcess) after it has come to `until`; return its file."""
    key_id = read_doorway(copy.path).device_key_id
    arguments = [str(folder), str(copy.path), key_id, copy.custody.read(key_id).hex(), NIA, TYPED, until]
    command = [sys.executable, "-m", "tests.ui.typist", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = program.stdout.readline().strip()
        program.kill()
        assert said == until
    return folder / copy.path.name


@pytest.mark.parametrize(("until", "kept"), [("sealed", TYPED), ("typed", "")])
def test_a_killed_program_loses_nothing_that_was_sealed(
    invented: Copy, qapp: QApplication, theme: Theme, tmp_path: Path, until: str, kept: str
) -> None:
    """What was typed in the last two seconds is the control: it is gone, and the test notices."""
    path = killed(invented, tmp_path / "killed", until)
    with Desk.open(path, invented.custody, StandingClock(MORNING), cost=invented.cost):
        pass  # what the killed program left is put in order
    with Stage(qapp, theme, (path, invented.custody), tmp_path / "again") as stage:
        stage.enter("Ana Ruiz")
        stage.open(NIA)
        assert card_of(stage).quick.field.text == kept


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """Lets no file of this process grow any more, as a full disk does, until the test is over."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.linux
def test_a_full_disk_is_said_and_what_was_typed_stays(counter: Counter, full_disk: Callable[[], None]) -> None:
    nia = counter.open(NIA)
    type_in(TYPED)
    full_disk()
    press(Key.Key_Return)
    counter.settle()
    assert counter.card.quick.field.text == TYPED
    assert "free space" in counter.said
    assert TYPED not in counter.said
    assert TYPED not in " ".join(counter.texts(nia))


@pytest.mark.linux
def test_when_there_is_room_again_the_same_line_is_saved(counter: Counter, full_disk: Callable[[], None]) -> None:
    import resource

    nia = counter.open(NIA)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    type_in(TYPED)
    full_disk()
    press(Key.Key_Return)
    counter.settle()
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    press(Key.Key_Return)
    counter.settle()
    assert TYPED in counter.texts(nia)
    assert counter.card.quick.field.text == ""


def test_a_file_closed_underneath_leaves_what_was_typed(counter: Counter) -> None:
    counter.open(NIA)
    type_in(TYPED)
    work, desk = counter.shell.tools.work, counter.desk
    work.submit(counter.shell, desk.close)
    press(Key.Key_Return)
    counter.settle()
    assert counter.card.quick.field.text == TYPED
    assert counter.said
    assert TYPED not in counter.said
