"""A half-typed answer or reason outlives a cover, a glance elsewhere and another patient; a lock drops it, unwritten.

An emergency's reason and who decides for somebody are said to the end or not at all: they are never sealed as drafts.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from rapportdesk.model.audit import AuditAction
from rapportdesk.model.emergency import EmergencyReason
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Authority, RelatedPerson
from tests.ui.conftest import EnterAs
from tests.ui.counter import Counter
from tests.ui.keys import Key, focused, press, to_front, type_in
from ui.emergency.emergency import EmergencyDialog
from ui.frame.shell import Shell
from ui.start.application import Application
from ui.work import Work

HALF = "She fell in the wai"
LI = "Li Wei"


def asked(shell: Shell, settle: Callable[[Work], None]) -> EmergencyDialog:
    """Somebody begins to open Li Wei in an emergency."""
    work = shell.tools.work
    settle(work)
    person = next(hit.id for hit in shell.tools.desk.search(LI).hits if hit.name == LI)
    shell.open_person(person)
    settle(work)
    shell.run("emergency")
    settle(work)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, EmergencyDialog)
    return dialog


@pytest.fixture
def shell(enter_as: EnterAs) -> Shell:
    """Dr Osei has signed in."""
    return enter_as("Dr Osei")


@pytest.fixture
def reason(shell: Shell, settle: Callable[[Work], None], qtbot: QtBot) -> EmergencyDialog:
    """A reason, half typed."""
    dialog = asked(shell, settle)
    to_front(dialog, qtbot)
    dialog.choose(EmergencyReason.OTHER)
    dialog.words.setFocus()
    type_in(HALF)
    assert dialog.words.text == HALF
    return dialog


def test_a_half_typed_reason_is_there_after_the_cover_and_after_a_glance_elsewhere(
    application: Application, reason: EmergencyDialog, qtbot: QtBot
) -> None:
    application.cover.toggle()
    assert not reason.isVisible()
    application.cover.toggle()
    to_front(reason, qtbot)
    assert reason.words.field.hasFocus()
    press(Key.Key_Tab)
    application.window.activateWindow()
    to_front(reason, qtbot)
    reason.words.setFocus()
    type_in("ting room")
    assert reason.words.text == "She fell in the waiting room"


@pytest.mark.parametrize("leave", ["lock", "switch"])
def test_a_lock_drops_a_half_typed_reason_and_nothing_of_it_is_written(
    application: Application, reason: EmergencyDialog, settle: Callable[[Work], None], enter_as: EnterAs, leave: str
) -> None:
    assert reason.isVisible()
    {"lock": application.lock, "switch": application.switch}[leave]()
    settle(application.work)
    shell = enter_as("Dr Osei")
    settle(application.work)
    desk = shell.tools.desk
    assert desk.emergency.entries() == ()
    assert desk.drafts.mine() == ()
    assert AuditAction.EMERGENCY_ACCESS not in {event.action for event in desk.session().store.audit_events()}
    assert asked(shell, settle).words.text == ""


@pytest.fixture
def young(counter: Counter) -> PatientId:
    """A young person for whom somebody else decides, asked as far as what was seen of their authority."""
    patient = counter.add("Young Rhodri")
    people = (
        RelatedPerson(id="", name="Mair", relation="mother", authority=Authority.PARENTAL),
        RelatedPerson(id="", name="Alun", relation="uncle", authority=Authority.COURT_ORDER),
    )
    counter.desk.people.update(replace(counter.desk.people.get(patient), people=people))
    counter.card.refresh()
    counter.settle()
    ask(counter)
    press(Key.Key_Down)
    press(Key.Key_Tab)
    type_in("court order of 3 Mar")
    return patient


def ask(counter: Counter) -> None:
    """Ask for consent, and answer that somebody else decides."""
    counter.shell.run("consent")
    press(Key.Key_G)


def typed(counter: Counter) -> set[str]:
    """What stands in the fields of the question."""
    return {each.text() for each in counter.card.consent.panel.findChildren(QLineEdit) if each.isVisible()}


class TestWhoDecides:
    """The answer G at the counter."""

    @pytest.fixture
    def shell(self, enter_as: EnterAs) -> Shell:
        """Ana has signed in."""
        return enter_as("Ana Ruiz")

    def test_it_is_there_after_the_cover(self, counter: Counter, young: PatientId, application: Application) -> None:
        application.cover.toggle()
        application.cover.toggle()
        counter.settle()
        assert "court order of 3 Mar" in typed(counter)
        assert focused().isVisible()
        assert counter.desk.consents.of(young) == ()

    def test_it_is_there_after_another_patient_and_never_on_theirs(self, counter: Counter, young: PatientId) -> None:
        counter.add("Young Rhys")
        ask(counter)
        assert "court order of 3 Mar" not in typed(counter)
        counter.shell.open_person(young, "card")
        counter.settle()
        ask(counter)
        assert "court order of 3 Mar" in typed(counter)
        press(Key.Key_Escape)
        ask(counter)
        assert "court order of 3 Mar" in typed(counter), "Esc goes back, and forgets nothing"

    def test_a_lock_drops_it_and_nothing_of_it_is_written(
        self, counter: Counter, young: PatientId, application: Application, enter_as: EnterAs
    ) -> None:
        application.lock()
        counter.settle()
        again = Counter(enter_as("Ana Ruiz"), counter.qtbot, counter.settled)
        assert again.desk.consents.of(young) == ()
        assert again.desk.drafts.mine() == ()
        again.come_back()
        again.shell.open_person(young, "card")
        again.settle()
        ask(again)
        assert "court order of 3 Mar" not in typed(again)
