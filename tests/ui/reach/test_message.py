"""A message leaves through the computer's own programs or the clipboard, and only where it may."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from rapportdesk.errors import BadInput
from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.communication import CommunicationStatus
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import ContactPoint, ContactSystem
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, Key, press, to_front
from tests.ui.reach.programs import Program
from ui.brief.preview import Page, PreviewDialog
from ui.reach.message import MessageDialog
from ui.reach.opener import open_link

NIA = "Nia Prydderch"
POINTS = (
    ContactPoint(system=ContactSystem.SMS, value="07700 900 218"),
    ContactPoint(system=ContactSystem.EMAIL, value="nia@example.org"),
    ContactPoint(system=ContactSystem.POST, value="3 Heol y Bont"),
)


@pytest.fixture
def nia(counter: Counter) -> PatientId:
    nia = counter.open(NIA)
    counter.desk.people.update(replace(counter.desk.people.get(nia), contact_points=POINTS, languages=("English",)))
    return nia


def agree(counter: Counter, patient: PatientId, *covers: Covers) -> None:
    for each in covers:
        counter.desk.consents.record(patient, each, ConsentStatus.ACTIVE)


def write(counter: Counter) -> MessageDialog:
    counter.come_back()
    press(Key.Key_M, CTRL)
    counter.settle()
    dialog = counter.shell.window().findChild(MessageDialog)
    assert dialog is not None
    to_front(dialog, counter.qtbot)
    return dialog


def status(counter: Counter, patient: PatientId) -> list[CommunicationStatus]:
    counter.settle()
    return [each.status for each in counter.desk.session().known(patient).communications]


def test_an_e_mail_goes_to_the_mail_program_as_it_is_written_and_is_ticked(counter: Counter, nia: PatientId) -> None:
    agree(counter, nia, Covers.EMAIL)
    dialog = write(counter)
    assert dialog.draft is not None
    assert dialog.draft.way.system is ContactSystem.EMAIL  # the first that is open
    dialog.words.field.setPlainText("100 % & more?\nÂ")
    program = Program()
    QDesktopServices.setUrlHandler("mailto", program, "take")  # type: ignore[arg-type]  # PySide takes a str and its stub says bytes
    try:
        dialog.hand_over()
        counter.settle()
    finally:
        QDesktopServices.unsetUrlHandler("mailto")
    assert program.taken == [
        "mailto:nia@example.org?subject=Please%20ring%20us&body=100%20%25%20%26%20more%3F%0D%0A%C3%82"
    ]
    assert "Nothing is sent from here" in dialog.said.text()
    assert status(counter, nia) == [CommunicationStatus.IN_PROGRESS]
    dialog.sent.click()
    assert status(counter, nia) == [CommunicationStatus.COMPLETED]


def test_a_text_message_is_copied_and_leaves_the_clipboard_by_itself(counter: Counter, nia: PatientId) -> None:
    agree(counter, nia, Covers.SMS)
    dialog = write(counter)
    dialog.copy_words()
    counter.settle()
    assert QApplication.clipboard().text().startswith("Dear Nia,")
    dialog.not_sent.click()
    assert status(counter, nia) == [CommunicationStatus.NOT_DONE]
    QApplication.clipboard().clear()


def test_a_letter_is_seen_before_it_is_printed(counter: Counter, nia: PatientId) -> None:
    agree(counter, nia, Covers.POST)
    dialog = write(counter)
    dialog.hand_over()
    counter.settle()
    preview = dialog.findChild(PreviewDialog)
    assert preview is not None
    assert preview.findChild(Page) is not None
    assert [event.action for event in counter.desk.audit.of(nia)][-2:] == [Did.CONTACT_LOGGED, Did.PREVIEWED]


def test_where_nothing_was_agreed_to_nothing_can_be_handed_over(counter: Counter, nia: PatientId) -> None:
    dialog = write(counter)
    for system in (ContactSystem.SMS, ContactSystem.EMAIL, ContactSystem.POST):
        dialog.choose("ring-us", system)
        counter.settle()
        assert dialog.where.text() == "There is no agreement to this."
        assert not dialog.hand.isEnabled()
        assert not dialog.copy.isEnabled()


@pytest.mark.parametrize("uri", ["", "not a link", "mailto:a b@c"])
def test_what_is_no_link_is_opened_by_nothing(qapp: QApplication, uri: str) -> None:
    with pytest.raises(BadInput):
        open_link(uri)
