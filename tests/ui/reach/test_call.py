"""The telephone, by keyboard alone; and the same screen, to the last pixel, for everybody who may hear nothing."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rapportdesk.model.communication import Check, Speaker
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import ContactPoint, ContactSystem, RelatedPerson
from tests.interference.looking import Look, look
from tests.ui.counter import Counter
from tests.ui.keys import Key, focused, press, to_front, type_in
from ui.reach.call import CallDialog

NIA = "Nia Prydderch"
NOTHING = "“I’m afraid I can’t say who is a patient here. I’m happy to take your name and number.”"
GIVE_BACK = ConsentStatus.INACTIVE


def ring(counter: Counter) -> CallDialog:
    """Press the key and return the dialog, in front."""
    press(Key.Key_F7)
    counter.settle()
    found = counter.shell.window().findChild(CallDialog)
    assert found is not None
    to_front(found, counter.qtbot)
    return found


def with_huw(counter: Counter, name: str) -> tuple[PatientId, str]:
    """Give somebody a friend Huw on their card; return both ids."""
    patient = counter.desk.people.get(counter.find(name))
    huw = RelatedPerson(id="", name="Huw Friend", relation="friend")
    people = counter.desk.people.update(replace(patient, people=(*patient.people, huw))).people
    return patient.id, people[-1].id


def test_gwens_call_takes_few_keys_and_is_written_down(counter: Counter) -> None:
    dialog = ring(counter)
    type_in("prydderch")
    press(Key.Key_Return)
    counter.settle()
    assert [holder.text() for holder in dialog.holders] == ["\u2068Nia Prydderch\u2069, 14 March 1958"]
    assert dialog.view is None  # one hit is not opened by itself
    press(Key.Key_Space)
    counter.settle()
    assert focused() is dialog.checks[Check.BIRTH_DATE]
    press(Key.Key_Space)
    press(Key.Key_Tab)
    press(Key.Key_Space)
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    assert focused().accessibleName() == "The patient"
    press(Key.Key_Down)
    press(Key.Key_Space)
    counter.settle()
    assert dialog.answer.text() == "Gwen may hear about appointments, nothing else."
    assert dialog.speaker[0] is Speaker.RELATED
    dialog.keep.setFocus()
    press(Key.Key_Space)
    counter.settle()
    assert counter.said == "The call is written down."
    (call,) = counter.desk.session().known(counter.find(NIA)).communications
    assert call.checks == (Check.BIRTH_DATE, Check.POSTCODE_OR_NUMBER)


def test_a_shared_number_lists_everybody_and_opens_nobody(counter: Counter) -> None:
    for name in ("Rhodri Elis", "Priya Raghunathan"):
        patient = counter.desk.people.get(counter.find(name))
        point = ContactPoint(system=ContactSystem.PHONE, value="01970 555 900")
        counter.desk.people.update(replace(patient, contact_points=(point,)))
    dialog = ring(counter)
    type_in("01970555900")
    press(Key.Key_Return)
    counter.settle()
    assert sorted(holder.text() for holder in dialog.holders) == [
        "\u2068Priya Raghunathan\u2069, 7 July 1992",
        "\u2068Rhodri Elis\u2069, 30 January 1987",
    ]
    assert dialog.view is None
    assert not dialog.keep.isEnabled()
    assert dialog.answer.text() == NOTHING


def test_somebody_nobody_knows_hears_the_same_sentence(counter: Counter) -> None:
    dialog = ring(counter)
    assert dialog.answer.text() == NOTHING
    type_in("020 7946 0000")
    press(Key.Key_Return)
    counter.settle()
    assert dialog.holders == []
    assert dialog.answer.text() == NOTHING


def about(counter: Counter, qtbot: QtBot, patient: PatientId) -> CallDialog:
    """Ring about somebody, everything asked, and somebody else on the line."""
    dialog = ring(counter)
    dialog.choose(patient)
    counter.settle()
    for tick in dialog.checks.values():
        tick.setChecked(True)
    dialog.say_speaker(Speaker.SOMEBODY_ELSE)
    counter.settle()
    to_front(dialog, qtbot)
    return dialog


def seen(counter: Counter, qtbot: QtBot, qapp: QApplication, patient: PatientId) -> Look:
    """Return everything the dialog holds, and close it."""
    dialog = about(counter, qtbot, patient)
    qapp.setCursorFlashTime(0)
    dialog.field.edit.clearFocus()
    counter.settle()
    found = {part: held for part, held in look(qapp).items() if "CallDialog" in part}
    found["words"] = dialog.answer.text()
    dialog.reject()
    counter.settle()
    counter.come_back()
    return found


@pytest.mark.parametrize("name", [NIA, "Rhodri Elis"])
def test_refused_taken_back_never_asked_and_unknown_are_the_same_screen(
    counter: Counter, qtbot: QtBot, qapp: QApplication, name: str
) -> None:
    unknown = seen(counter, qtbot, qapp, counter.find(name))
    patient, huw = with_huw(counter, name)
    never_asked = seen(counter, qtbot, qapp, patient)
    desk = counter.desk
    desk.consents.record(patient, Covers.TALK_WITH, ConsentStatus.REJECTED, person=huw)
    refused = seen(counter, qtbot, qapp, patient)
    desk.consents.record(patient, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=huw)
    may_hear = seen(counter, qtbot, qapp, patient)
    desk.consents.record(patient, Covers.TALK_WITH, GIVE_BACK, person=huw)
    taken_back = seen(counter, qtbot, qapp, patient)
    assert len(unknown) >= 3
    assert unknown["words"] == NOTHING
    assert never_asked == unknown
    assert refused == unknown
    assert taken_back == unknown
    assert may_hear != unknown  # the control: a yes is seen


def test_the_card_opens_after_the_call_when_that_is_wanted(counter: Counter, qtbot: QtBot) -> None:
    patient = counter.find(NIA)
    about(counter, qtbot, patient)
    dialog = counter.shell.window().findChild(CallDialog)
    assert dialog is not None
    dialog.keep_and_open.click()
    counter.settle()
    assert counter.card.patient_id == patient
