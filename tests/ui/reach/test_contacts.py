"""Calls and messages on the card: what came of ringing them is one press, and what waits is ticked."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QDesktopServices

from rapportdesk.model.communication import CallOutcome, CommunicationStatus, Speaker
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.message import HandedTo
from rapportdesk.model.patient import ContactPoint, ContactSystem
from tests.ui.counter import Counter
from tests.ui.keys import SHIFT, Key, focused, press, to_front
from tests.ui.reach.programs import Program
from ui.card.move import MoveDialog
from ui.reach.contacts import ContactsDialog
from ui.widgets.controls import Button

NIA = "Nia Prydderch"


@pytest.fixture
def nia(counter: Counter) -> PatientId:
    nia = counter.open(NIA)
    patient = counter.desk.people.get(nia)
    sms = ContactPoint(system=ContactSystem.SMS, value="07700 900 218")
    counter.desk.people.update(replace(patient, contact_points=(*patient.contact_points, sms)))
    for covers in (Covers.PHONE, Covers.SMS):
        counter.desk.consents.record(nia, covers, ConsentStatus.ACTIVE)
    return nia


def open_log(counter: Counter) -> ContactsDialog:
    press(Key.Key_F7, SHIFT)
    counter.settle()
    dialog = counter.shell.window().findChild(ContactsDialog)
    assert dialog is not None
    to_front(dialog, counter.qtbot)
    return dialog


def words(dialog: ContactsDialog) -> list[str]:
    return [row.line.words for row in dialog.lines]


def button(dialog: ContactsDialog, name: str) -> Button:
    return next(each for each in dialog.findChildren(Button) if each.accessibleName() == name)


def test_what_came_of_ringing_them_is_one_press_and_stands_on_the_card(counter: Counter, nia: PatientId) -> None:
    dialog = open_log(counter)
    assert focused() is dialog.outcomes[CallOutcome.REACHED]
    press(Key.Key_Tab)
    press(Key.Key_Space)
    counter.settle()
    assert words(dialog) == ["Rang them: no answer"]
    assert counter.card.contacts.isVisible()
    assert counter.card.contacts.words.text() == "20 Nov 2026, 09:04: Rang them: no answer"


def test_a_number_is_given_to_the_computers_own_telephone(counter: Counter, nia: PatientId) -> None:
    program = Program()
    QDesktopServices.setUrlHandler("tel", program, "take")  # type: ignore[arg-type]  # PySide takes a str; its stub says bytes
    try:
        button(open_log(counter), "Ring \u206801970 555 218\u2069 with this computer").click()
        counter.settle()
    finally:
        QDesktopServices.unsetUrlHandler("tel")
    assert program.taken == ["tel:01970555218"]


def test_voicemail_is_offered_only_where_it_may_be_left(counter: Counter, nia: PatientId) -> None:
    first = open_log(counter)
    assert first.outcomes[CallOutcome.VOICEMAIL].isHidden()
    first.reject()
    counter.settle()
    counter.come_back()
    patient = counter.desk.people.get(nia)
    phone = tuple(each for each in patient.contact_points if each.system is not ContactSystem.VOICEMAIL)
    counter.desk.people.update(replace(patient, contact_points=phone))
    counter.desk.consents.record(nia, Covers.VOICEMAIL, ConsentStatus.ACTIVE)
    counter.settle()
    assert not open_log(counter).outcomes[CallOutcome.VOICEMAIL].isHidden()


def test_a_message_that_waits_is_ticked(counter: Counter, nia: PatientId) -> None:
    draft = counter.desk.messages.draft(nia, "ring-us", ContactSystem.SMS)
    counter.desk.messages.hand_over(draft, HandedTo.CLIPBOARD)
    dialog = open_log(counter)
    assert words(dialog) == ["Text message: handed over, not ticked yet"]
    button(dialog, "Sent: Text message: handed over, not ticked yet").click()
    counter.settle()
    assert words(dialog) == ["Text message: sent"]
    (message,) = counter.desk.session().known(nia).communications
    assert message.status is CommunicationStatus.COMPLETED


def test_a_call_on_the_wrong_person_goes_to_the_right_one(counter: Counter, nia: PatientId) -> None:
    counter.desk.calls.came_in(nia, Speaker.PATIENT)
    dialog = open_log(counter)
    button(dialog, "Wrong person: They rang").click()
    counter.settle()
    move = dialog.findChild(MoveDialog)
    assert move is not None
    other = counter.find("Rhodri Elis")
    move.chosen.emit(other, "Rhodri Elis")
    counter.settle()
    assert words(dialog) == []
    assert [line.words for line in counter.desk.calls.log_unrecorded(other)] == ["They rang"]
