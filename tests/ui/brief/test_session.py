"""A session is read and printed as a whole, and what comes back on paper is entered by keyboard in one go."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rapportdesk.model.appointment import Appointment
from tests.ui.conftest import EnterAs
from tests.ui.consulting import Room
from tests.ui.keys import CTRL, Key, press, type_in
from tests.ui.stage import MORNING
from ui.brief.from_paper import FromPaperDialog
from ui.brief.preview import PreviewDialog
from ui.brief.session import SessionDialog
from ui.frame.shell import Shell
from ui.work import Work

TOMORROW = MORNING + dt.timedelta(days=1)


@pytest.fixture
def enter(enter_as: EnterAs, qtbot: QtBot) -> Callable[[str], Shell]:
    def come_in(name: str) -> Shell:
        shell = enter_as(name)
        shell.window().activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        return shell

    return come_in


def book_tomorrow(shell: Shell, *names: str) -> list[Appointment]:
    desk = shell.tools.desk
    return [
        desk.today.add_appointment(desk.search(name).hits[0].id, TOMORROW + at * dt.timedelta(minutes=20),
                                   practitioner="Dr Osei")
        for at, name in enumerate(names)
    ]  # fmt: skip


def test_read_next_marks_as_read_and_the_foot_says_so(
    enter: Callable[[str], Shell], settle: Callable[[Work], None]
) -> None:
    room = Room(enter("Dr Osei"), settle)
    nia = room.open("Nia Prydderch")
    assert "read 09:04" not in room.text()
    press(Key.Key_Return, CTRL)
    room.settle()
    room.shell.open_person(nia)
    room.settle()
    assert "read 09:04 by" in room.text()


def test_who_said_it_is_told_on_one_key_and_hidden_again(
    enter: Callable[[str], Shell], settle: Callable[[Work], None]
) -> None:
    room = Room(enter("Dr Osei"), settle)
    room.open("Nia Prydderch")
    assert "noted by staff" not in room.text()
    press(Key.Key_H, CTRL)
    room.settle()
    assert "noted by staff" in room.text()
    press(Key.Key_H, CTRL)
    room.settle()
    assert "noted by staff" not in room.text()


def test_tomorrow_is_read_one_after_the_other(enter: Callable[[str], Shell], settle: Callable[[Work], None]) -> None:
    shell = enter("Dr Osei")
    room = Room(shell, settle)
    first, second = book_tomorrow(shell, "Nia Prydderch", "Tomasz Wójcik")
    shell.run("print-session")
    dialog = shell.window().findChild(SessionDialog)
    assert isinstance(dialog, SessionDialog)
    dialog.tomorrow.setChecked(True)
    dialog.read()
    room.settle()
    assert room.brief.brief is not None
    assert room.brief.brief.appointment == first
    room.brief.read_next()
    room.settle()
    assert room.brief.brief.appointment == second
    assert shell.tools.desk.briefs.of(first.patient, on=TOMORROW.date()).read_at is not None
    assert shell.tools.desk.briefs.of(first.patient).read_at is None, "today's has not been read"


def test_a_day_on_which_nobody_comes_says_so(enter: Callable[[str], Shell], settle: Callable[[Work], None]) -> None:
    shell = enter("Dr Osei")
    dialog = SessionDialog(shell.tools, shell.window())
    dialog.day.edit.setText("24/12/2026")
    dialog.day.edit.textEdited.emit("24/12/2026")
    dialog.read()
    settle(shell.tools.work)
    assert dialog._said.text() == "Nobody comes on that day."


def test_the_pages_of_a_session_wait_by_their_own_serials_once_they_left_the_desk(
    enter: Callable[[str], Shell], settle: Callable[[Work], None], tmp_path: Path
) -> None:
    shell = enter("Dr Osei")
    book_tomorrow(shell, "Nia Prydderch", "Tomasz Wójcik")
    dialog = SessionDialog(shell.tools, shell.window())
    dialog.tomorrow.setChecked(True)
    dialog.show_pages()
    settle(shell.tools.work)
    preview = shell.window().findChild(PreviewDialog)
    assert isinstance(preview, PreviewDialog)
    assert shell.tools.desk.prints.to_destroy() == (), "the control: it was looked at, and nothing left the desk"
    preview.save_to(tmp_path / "session.pdf")
    settle(shell.tools.work)
    assert len(shell.tools.desk.prints.to_destroy()) == 2


def test_paper_is_entered_by_keyboard_kept_at_once_and_taken_back_at_once(
    enter: Callable[[str], Shell], settle: Callable[[Work], None], qtbot: QtBot
) -> None:
    shell = enter("Ana Ruiz")
    dialog = FromPaperDialog(shell.tools, shell.window(), practitioner="Dr Osei")
    dialog.saved.connect(shell.refresh)
    dialog.open()
    settle(shell.tools.work)
    qtbot.waitUntil(dialog.isActiveWindow)
    at = next(n for n, each in enumerate(dialog.lines) if each.visit.patient.name == "Nia Prydderch")
    nia = dialog.lines[at].visit.patient.id
    dialog.lines[at].remember.field.setFocus()
    type_in("Takes the bus home")
    press(Key.Key_Return)
    assert not dialog.lines[at].remember.field.hasFocus()
    dialog.keep.click()
    settle(shell.tools.work)
    desk = shell.tools.desk
    assert "Takes the bus home" in {each.text for each in desk.session().known(nia).notes}
    assert desk.drafts.mine() == ()
    desk.notes.undo()
    assert "Takes the bus home" not in {each.text for each in desk.session().known(nia).notes}


def test_what_was_typed_is_back_after_esc_and_goes_with_leave_it(
    enter: Callable[[str], Shell], settle: Callable[[Work], None]
) -> None:
    shell = enter("Ana Ruiz")

    def opened() -> FromPaperDialog:
        dialog = FromPaperDialog(shell.tools, shell.window(), practitioner="Dr Osei")
        dialog.open()
        settle(shell.tools.work)
        return dialog

    first = opened()
    first.lines[0].remember.start_with("half of a")
    first.reject()
    settle(shell.tools.work)
    second = opened()
    assert second.lines[0].remember.text == "half of a"
    second.leave()
    settle(shell.tools.work)
    assert opened().lines[0].remember.text == ""
