"""A receptionist at the counter: opens people, types, waits for the desk, and asks the desk what it kept."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.desk.desk import Desk
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import Card, Line
from tests.ui.keys import focused
from ui.card.card import CardScreen
from ui.frame.shell import Shell
from ui.today.today import TodayScreen
from ui.work import Work

Settle = Callable[[Work], None]


@dataclass(frozen=True, slots=True)
class Counter:
    """Somebody signed in, with the window in front of them."""

    shell: Shell
    qtbot: QtBot
    settled: Settle

    @property
    def desk(self) -> Desk:
        """The desk behind the window; asked here only while the worker is idle."""
        return self.shell.tools.desk

    @property
    def card(self) -> CardScreen:
        """The card's panel."""
        panel = self.shell.screens.panels["card"]
        assert isinstance(panel, CardScreen)
        return panel

    @property
    def today(self) -> TodayScreen:
        """The day's panel."""
        assert isinstance(self.shell.screens.today, TodayScreen)
        return self.shell.screens.today

    @property
    def said(self) -> str:
        """What the message bar says."""
        return self.shell.tools.messages.text

    def settle(self) -> None:
        """Wait for the desk and for what its answers ask of it in turn."""
        app = QApplication.instance()
        assert app is not None
        for _round in range(4):
            self.settled(self.shell.tools.work)
            app.processEvents()

    def come_back(self) -> None:
        """Have the window in front again after a dialog, as every desktop does by itself and offscreen does not."""
        self.shell.window().activateWindow()
        self.qtbot.waitUntil(self.shell.isActiveWindow)

    def find(self, name: str) -> PatientId:
        """Return the one person who is written so."""
        self.settle()
        return next(hit.id for hit in self.desk.search(name).hits if hit.name == name)

    def open(self, name: str) -> PatientId:
        """Open somebody's card."""
        patient_id = self.find(name)
        self.shell.open_person(patient_id, "card")
        self.settle()
        return patient_id

    def add(self, name: str = "Dafydd Ap Rhys") -> PatientId:
        """Keep somebody who has not been asked about notes, and open their card."""
        self.settle()
        patient = self.desk.people.add(Patient(id=PatientId(""), name=name))
        self.shell.open_person(patient.id, "card")
        self.settle()
        return patient.id

    def shown(self, patient_id: PatientId) -> Card:
        """Return the card as the desk gives it now."""
        self.settle()
        return self.desk.people.card_unrecorded(patient_id)

    def notes(self, patient_id: PatientId) -> list[Note]:
        """Return every note on the card."""
        return [line.note for line in self.lines(patient_id) if line.note is not None]

    def lines(self, patient_id: PatientId) -> list[Line]:
        """Return every line on the card."""
        return [line for block in self.shown(patient_id).blocks for line in block.lines]

    def texts(self, patient_id: PatientId) -> list[str]:
        """Return the text of every note on the card."""
        return [note.text for note in self.notes(patient_id)]

    def draft(self, patient_id: PatientId) -> str:
        """Return the unfinished line that is sealed for a patient; empty for none."""
        self.settle()
        draft = self.desk.drafts.of(patient_id)
        return draft.text if draft is not None else ""

    def stand_on(self, text: str) -> None:
        """Put the keyboard on the card's line with `text`."""
        line = next(line for line in self.card.blocks.lines if text in line.line.text)
        line.setFocus()


def hold(key: Qt.Key, letter: str = "", on: QWidget | None = None) -> None:
    """Send the repeats of a key that is held down."""
    target = on or focused()
    for _repeat in range(5):
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter, True)
            QApplication.sendEvent(target, event)
