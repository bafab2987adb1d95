"""The whole history on one screen; every kind is answered, taken back, undone and proved there by keyboard."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, Given
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.patient import Authority, RelatedPerson
from rapportdesk.model.shown import KeepConsent
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, SHIFT, Key, focused, press, to_front, type_in
from tests.ui.scenes.consents import scan
from ui.brief.preview import Page, PreviewDialog
from ui.consents.form import FormDialog, Picture
from ui.consents.history import ConsentsDialog
from ui.consents.lists import ConsentListsDialog, EraseDialog
from ui.consents.record import RecordDialog
from ui.frame.shell import Shell
from ui.work import Work

NIA = "Nia Prydderch"
Open = TypeVar("Open", bound=QWidget)


@pytest.fixture
def consents(counter: Counter) -> ConsentsDialog:
    counter.open(NIA)
    press(Key.Key_A, CTRL | SHIFT)
    counter.settle()
    return newest(counter, ConsentsDialog)


def newest(counter: Counter, kind: type[Open]) -> Open:
    """Return the dialog of a kind that stands open."""
    found = [each for each in counter.shell.window().findChildren(kind) if each.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def button(within: QWidget, name: str) -> QPushButton:
    """Return the visible button whose name begins so."""
    found = [each for each in within.findChildren(QPushButton) if each.accessibleName().startswith(name)]
    assert found, f"no button says {name}: {[each.accessibleName() for each in within.findChildren(QPushButton)]}"
    return found[0]


def words(within: QWidget) -> str:
    """Return every word that is shown."""
    return "\n".join(each.text() for each in within.findChildren(QLabel) if not each.isHidden())


def last(counter: Counter) -> ConsentEvent:
    """Return what was taken down last of Nia."""
    return counter.desk.consents.of(counter.find(NIA))[-1]


def answer(counter: Counter, consents: ConsentsDialog, name: str) -> RecordDialog:
    """Press a button of the history by keyboard and return the form it opens."""
    found = button(consents, name)
    found.setFocus()
    press(Key.Key_Space)
    counter.settle()
    return newest(counter, RecordDialog)


def test_every_event_stands_there_with_its_answer_its_giver_and_who_took_it_down(
    counter: Counter, consents: ConsentsDialog
) -> None:
    nia = counter.find(NIA)
    shown = words(consents)
    assert shown.count("taken down by") == len(counter.desk.consents.of(nia))
    assert "Keeping notes" in shown
    assert "by the patient" in shown


def test_the_keys_are_on_the_first_thing_to_do(consents: ConsentsDialog) -> None:
    assert focused().accessibleName() == "New answer: Keeping notes"


def test_a_withdrawal_by_keyboard_hides_on_the_open_card_at_once_and_undo_brings_it_back(
    counter: Counter, consents: ConsentsDialog
) -> None:
    nia = counter.find(NIA)
    assert "leeks" in str(counter.card.card)
    record = answer(counter, consents, "They take it back: Keeping notes")
    assert record.status is ConsentStatus.INACTIVE
    assert "hidden at once" in words(record)
    record.reason.setFocus()
    type_in("tell them myself")
    press(Key.Key_Return)
    counter.settle()
    assert (last(counter).status, last(counter).reason) == (ConsentStatus.INACTIVE, "tell them myself")
    assert counter.card.card is not None
    assert counter.card.card.keep is KeepConsent.WITHDRAWN
    assert "leeks" not in str(counter.card.card)
    assert "until 20 Dec 2026" in words(consents)
    assert counter.desk.search("leeks").hits == ()
    to_front(consents, counter.qtbot)  # the desktop turns to the dialog below by itself, and offscreen does not
    button(consents, "A mistake: undo: Keeping notes").setFocus()
    press(Key.Key_Space)
    counter.settle()
    assert counter.desk.consents.keep(nia) is KeepConsent.AGREED
    assert "leeks" in str(counter.card.card)
    assert "Recorded by mistake" in words(consents)


def test_an_answer_is_taken_down_with_all_that_was_said(counter: Counter, consents: ConsentsDialog) -> None:
    record = answer(counter, consents, "Take down an answer: E-mail")
    record.choose(ConsentStatus.ACTIVE)
    record.given.setCurrentIndex(record.given.findData(Given.WRITTEN))
    record.where.setCurrentIndex(record.where.findData("phone"))
    record.present.edit.setText("her daughter")
    record.language.edit.setText("Welsh")
    record.until.edit.setText("31 December 2027")
    record.again.edit.setText("1 November 2027")
    record.record()
    counter.settle()
    event = last(counter)
    assert (event.covers, event.status, event.given) == (Covers.EMAIL, ConsentStatus.ACTIVE, Given.WRITTEN)
    assert (event.where, event.present, event.language) == ("phone", "her daughter", "Welsh")
    assert (event.valid_until, event.ask_again_on) == (dt.date(2027, 12, 31), dt.date(2027, 11, 1))
    assert "until 31 Dec 2027" in words(consents)


def test_nothing_is_kept_without_an_answer_or_with_a_day_that_is_none(
    counter: Counter, consents: ConsentsDialog
) -> None:
    before = counter.desk.consents.of(counter.find(NIA))
    record = answer(counter, consents, "Take down an answer: E-mail")
    record.record()
    assert "Choose what they said." in words(record)
    record.choose(ConsentStatus.ACTIVE)
    record.until.edit.setText("soon")
    record.record()
    counter.settle()
    assert focused() is record.until.edit
    assert counter.desk.consents.of(counter.find(NIA)) == before


def test_somebody_without_authority_is_refused_where_it_is_typed_and_with_proof_taken(
    counter: Counter, consents: ConsentsDialog
) -> None:
    nia = counter.find(NIA)
    huw = RelatedPerson(id="huw", name="Huw", authority=Authority.ATTORNEY)
    counter.desk.people.update(replace(counter.desk.people.get(nia), people=(huw,)))
    consents._written()
    counter.settle()
    record = answer(counter, consents, "Take down an answer: E-mail")
    record.choose(ConsentStatus.ACTIVE)
    record.who.setCurrentIndex(record.who.findData("huw"))
    record.record()
    counter.settle()
    assert "cannot decide for the patient" in words(record)
    record.proof.edit.setText("LPA seen")
    record.record()
    counter.settle()
    assert (last(counter).given_by, last(counter).authority_proof) == ("huw", "LPA seen")


def test_a_signed_form_is_kept_with_the_answer_and_shown(
    counter: Counter, consents: ConsentsDialog, tmp_path: Path
) -> None:
    file = tmp_path / "scan.png"
    file.write_bytes(scan())
    record = answer(counter, consents, "Take down an answer: E-mail")
    record.choose(ConsentStatus.ACTIVE)
    record.take_scan(file)
    record.record()
    counter.settle()
    assert last(counter).given is Given.SIGNED
    button(consents, "See the signed form of 20 Nov 2026").click()
    counter.settle()
    shown = newest(counter, FormDialog)
    assert shown.findChild(Picture) is not None
    copy = tmp_path / "copy.png"
    shown.save_to(copy)
    counter.settle()
    assert copy.read_bytes() == file.read_bytes()
    assert "not encrypted" in counter.said


def test_a_form_can_be_added_afterwards_and_what_is_no_scan_is_refused(
    counter: Counter, consents: ConsentsDialog, tmp_path: Path
) -> None:
    event = last(counter)
    for name, content in (("page.html", b"<html>"), ("missing.pdf", None)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        consents.take_scan(event.id, tmp_path / name)
        counter.settle()
        assert counter.desk.consent_forms.of(event.patient) == {}
    assert "cannot be read" in words(consents)
    (tmp_path / "form.pdf").write_bytes(b"%PDF-1.7 signed")
    consents.take_scan(event.id, tmp_path / "form.pdf")
    counter.settle()
    assert [each.size for each in counter.desk.consent_forms.of(event.patient)[event.id]] == [15]


def test_the_history_is_saved_as_fhir(counter: Counter, consents: ConsentsDialog, tmp_path: Path) -> None:
    consents.save_to(tmp_path / "consents.json")
    counter.settle()
    saved = json.loads((tmp_path / "consents.json").read_text())
    kinds = {entry["resource"]["resourceType"] for entry in saved["entry"]}
    assert "Consent" in kinds


def test_what_is_kept_on_somebodys_word_can_be_printed_for_them_and_only_then(
    counter: Counter, consents: ConsentsDialog
) -> None:
    nia = counter.find(NIA)
    assert "Print it for who decides" not in str([each.text() for each in consents.findChildren(QPushButton)])
    huw = RelatedPerson(id="huw", name="Huw", authority=Authority.ATTORNEY, authority_proof="LPA")
    counter.desk.people.update(replace(counter.desk.people.get(nia), people=(huw,)))
    counter.desk.consents.someone_else(nia, "huw", dt.date(2027, 2, 1))
    consents._written()
    counter.settle()
    button(consents, "Print it for who decides…").click()
    counter.settle()
    assert newest(counter, PreviewDialog).findChild(Page) is not None


@pytest.fixture
def manager(enter_as: Callable[[str], Shell], qtbot: QtBot, settle: Callable[[Work], None]) -> Counter:
    shell = enter_as("Ben Morgan")
    shell.window().activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return Counter(shell, qtbot, settle)


def taken_back(counter: Counter) -> PatientId:
    """Have Nia take her notes back."""
    nia = counter.find(NIA)
    counter.desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    return nia


def test_the_manager_sees_what_will_be_erased_and_when_and_cannot_before(manager: Counter) -> None:
    taken_back(manager)
    manager.shell.run("consent-lists")
    manager.settle()
    lists = newest(manager, ConsentListsDialog)
    assert "This can be undone until 20 Dec 2026; after that a manager erases it for good." in words(lists)
    assert not [each for each in lists.findChildren(QPushButton) if each.accessibleName().startswith("Erase")]


def test_when_it_is_due_the_manager_is_told_at_sign_in_and_erases_after_being_told_what_goes(manager: Counter) -> None:
    nia = taken_back(manager)
    clock = manager.shell.tools.clock
    clock.moment += dt.timedelta(days=31)  # type: ignore[attr-defined]  # a test's clock stands where it is put
    manager.shell.start()
    manager.settle()
    assert manager.said == "What 1 person took back is due to be erased."
    manager.shell.run("consent-lists")
    manager.settle()
    lists = newest(manager, ConsentListsDialog)
    button(lists, "Erase…: ").click()
    manager.settle()
    asking = newest(manager, EraseDialog)
    assert "cannot come back" in words(asking)
    assert focused().accessibleName() == "Not now"
    assert manager.desk.session().known(nia).notes != ()
    asking.erase.click()
    manager.settle()
    left = manager.desk.session().known(nia).notes
    assert all(note.boundary or note.kind is NoteKind.ADJUSTMENT for note in left)
    assert "Nobody has taken their notes back." in words(lists)


def test_reception_is_told_of_no_erasure_and_opens_no_list(counter: Counter) -> None:
    taken_back(counter)
    counter.shell.tools.clock.moment += dt.timedelta(days=31)  # type: ignore[attr-defined]  # as above
    counter.shell.start()
    counter.settle()
    assert "erased" not in counter.said
    counter.shell.run("consent-lists")
    counter.settle()
    assert counter.shell.window().findChildren(ConsentListsDialog) == []
