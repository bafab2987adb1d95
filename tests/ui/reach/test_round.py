"""A round at the desk: handed over, ticked, called off; and the words it says are the practice's own."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rapportdesk.desk.desk import Desk
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.patient import ContactPoint, ContactSystem
from tests.ui.conftest import EnterAs
from tests.ui.counter import Counter, Settle
from tests.ui.keys import CTRL, SHIFT, Key, focused, press, to_front
from ui.reach.round import RoundDialog
from ui.reach.templates import TemplatesDialog


@pytest.fixture
def dialog(counter: Counter) -> RoundDialog:
    patient = counter.desk.people.get(counter.find("Yusuf Demir"))
    sms = ContactPoint(system=ContactSystem.SMS, value="07700 900 502")
    counter.desk.people.update(replace(patient, contact_points=(sms,)))
    counter.desk.consents.record(patient.id, Covers.SMS, ConsentStatus.ACTIVE)
    press(Key.Key_M, CTRL | SHIFT)
    counter.settle()
    found = counter.shell.window().findChild(RoundDialog)
    assert found is not None
    to_front(found, counter.qtbot)
    found.choose(counter.desk.today.date(), "Dr Osei")
    counter.settle()
    return found


def test_a_message_is_copied_ticked_and_the_visit_called_off_by_keys(dialog: RoundDialog, counter: Counter) -> None:
    yusuf = dialog.lines[0]
    assert yusuf.line.name == "Yusuf Demir"
    assert yusuf.first is not None
    yusuf.first.setFocus()
    press(Key.Key_Tab)
    assert focused().accessibleName() == "Copy it instead: \u2068Yusuf Demir\u2069"
    press(Key.Key_Space)
    counter.settle()
    assert "Dr Osei" in QApplication.clipboard().text()
    assert focused().accessibleName() == "Sent: they know: \u2068Yusuf Demir\u2069"
    press(Key.Key_Space)
    counter.settle()
    assert dialog.lines[0].line.told
    assert dialog.so_far.text() == "1 of 6 know."
    rows = counter.desk.today.day().rows
    (row,) = [row for row in rows if row.appointment.id == dialog.lines[0].line.appointment]
    assert row.appointment.status is AppointmentStatus.CANCELLED
    QApplication.clipboard().clear()


def test_whoever_agreed_to_nothing_is_rung_and_ticked(dialog: RoundDialog, counter: Counter) -> None:
    second = dialog.lines[1]
    assert second.line.draft is None
    assert second.first is not None
    second.first.click()
    counter.settle()
    assert dialog.lines[1].line.told


def test_what_is_no_day_is_asked_for_again(dialog: RoundDialog, counter: Counter) -> None:
    dialog.day.edit.setText("someday")
    dialog.day.edit.editingFinished.emit()
    counter.settle()
    assert dialog.day.edit.property("problem")
    assert len(dialog.lines) == 6


@pytest.fixture
def templates(enter_as: EnterAs, qtbot: QtBot, settle: Settle) -> tuple[TemplatesDialog, Desk, Callable[[], None]]:
    """The templates, open before the manager."""
    shell = enter_as("Ben Morgan")
    shell.run("templates")
    settle(shell.tools.work)
    found = shell.window().findChild(TemplatesDialog)
    assert found is not None
    return found, shell.tools.desk, lambda: settle(shell.tools.work)


def test_the_practices_own_words_are_kept_and_an_unknown_field_is_refused(
    templates: tuple[TemplatesDialog, Desk, Callable[[], None]],
) -> None:
    dialog, desk, wait = templates
    dialog.choose("ring-us")
    dialog.words.field.setPlainText("Hello {name}")
    dialog.keep()
    wait()
    assert dialog.said.text().startswith("There is no field “name”.")
    assert not desk.message_templates.get("ring-us").own
    dialog.words.field.setPlainText("Hello {called}")
    dialog.keep()
    wait()
    assert desk.message_templates.get("ring-us").words[0].text == "Hello {called}"
    wait()
    assert not dialog.away.isHidden()
    dialog.take_away()
    wait()
    assert not desk.message_templates.get("ring-us").own
