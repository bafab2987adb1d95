"""Scenes of what patients agreed to: the history, taking an answer down, the signed form, and the manager's lists."""

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QPushButton, QWidget

from rapportdesk.language import _
from rapportdesk.model.consent import ConsentStatus, Covers, Given
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.patient import Authority, Patient, RelatedPerson
from tests.ui.screens import ANA, BEN, Scene
from tests.ui.stage import Stage
from ui.consents.history import ConsentsDialog
from ui.consents.lists import ConsentListsDialog, EraseDialog
from ui.consents.record import RecordDialog

TALKING_WITH = 2
"""Where talking with a named person stands, after keeping notes and clinicians reading them."""

UNASKED = "Dafydd Ap Rhys"

LONG_REASON = "She would rather tell people herself, when she feels like it, and not have it read out"
HUW = RelatedPerson(
    id="0" * 31 + "7", name="Huw Llewelyn", relation="brother", authority=Authority.ATTORNEY,
    authority_proof="LPA for health and welfare, certified copy", authority_scope="health and welfare",
)  # fmt: skip


def scan() -> bytes:
    """Return a picture of a signed form, as a scanner makes it."""
    image = QImage(480, 660, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for y in range(60, 560, 40):
        painter.fillRect(40, y, 400, 3, QColor("gray"))
    painter.drawLine(60, 600, 220, 570)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def somebody(stage: Stage, name: str = "Elin Wyn") -> PatientId:
    """Keep somebody with a long life of consents."""
    desk = stage.desk
    born = dt.date(1991, 6, 2)
    patient = desk.people.add(Patient(id=PatientId(""), name=name, birth_date=born, people=(HUW,)))
    desk.consents.agree(patient.id)
    desk.notes.write(patient.id, "Plays the harp", kind=NoteKind.HOBBY)
    today = stage.clock.local(stage.clock.now()).date()
    desk.consents.record(patient.id, Covers.SMS, ConsentStatus.ACTIVE, where="phone", until=today, ask_again_on=today)
    desk.consents.record(patient.id, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=HUW.id, where="counter")
    desk.consent_forms.record_with(
        patient.id,
        scan(),
        lambda: desk.consents.record(
            patient.id, Covers.REVIEW, ConsentStatus.ACTIVE, given=Given.SIGNED, where="counter", given_by=HUW.id
        ),
    )
    desk.consents.record(patient.id, Covers.FEEDBACK, ConsentStatus.REJECTED, reason=LONG_REASON)
    return patient.id


def withdrawn(stage: Stage, name: str = "Elin Wyn") -> PatientId:
    """Keep somebody who took their notes back."""
    patient = somebody(stage, name)
    stage.desk.consents.record(
        patient, Covers.KEEP_NOTES, ConsentStatus.INACTIVE, where="phone", reason=LONG_REASON, language="Welsh"
    )
    return patient


def _history(stage: Stage, patient: PatientId) -> ConsentsDialog:
    stage.shell.open_person(patient, "card")
    stage.settle()
    dialog = stage.run("consents")
    assert isinstance(dialog, ConsentsDialog)
    return dialog


def _whole(stage: Stage) -> QWidget:
    return _history(stage, somebody(stage))


def _hidden(stage: Stage) -> QWidget:
    return _history(stage, withdrawn(stage))


def _nothing_asked(stage: Stage) -> QWidget:
    patient = stage.desk.people.add(Patient(id=PatientId(""), name=UNASKED))
    return _history(stage, patient.id)


def _answer(stage: Stage) -> QWidget:
    dialog = _history(stage, somebody(stage))
    _press(dialog, _("New answer"), TALKING_WITH)
    stage.settle()
    record = stage.front()
    assert isinstance(record, RecordDialog)
    record.choose(ConsentStatus.ACTIVE)
    record.who.setCurrentIndex(1)
    record.take_scan(Path("scan.png"))
    record.until.edit.setText("yesterday")
    record.record()
    return record


def _taking_back(stage: Stage) -> QWidget:
    dialog = _history(stage, somebody(stage))
    _press(dialog, _("They take it back"))
    stage.settle()
    return stage.front()


def _form(stage: Stage) -> QWidget:
    dialog = _history(stage, somebody(stage))
    _press(dialog, _("See the signed form"))
    stage.settle()
    return stage.front()


def _sheet(stage: Stage) -> QWidget:
    _history(stage, somebody(stage)).print_sheet(large=True)
    stage.settle()
    return stage.front()


def _press(dialog: QWidget, words: str, number: int = 0) -> None:
    """Press one of the buttons with these words, counted from above."""
    [each for each in dialog.findChildren(QPushButton) if each.text() == words][number].click()


def _lists(stage: Stage) -> QWidget:
    withdrawn(stage)
    dialog = stage.run("consent-lists")
    assert isinstance(dialog, ConsentListsDialog)
    return dialog


def _erase(stage: Stage) -> QWidget:
    patient = stage.desk.people.get(withdrawn(stage))
    dialog = stage.run("consent-lists")
    EraseDialog(stage.shell.tools, patient, dialog).open()
    stage.settle()
    return stage.front()


CONSENTS = (
    Scene(name="consents", who=ANA, show=_whole, screen="consents"),
    Scene(name="consents-taken-back", who=ANA, show=_hidden),
    Scene(name="consents-nothing-asked", who=ANA, show=_nothing_asked),
    Scene(name="consents-answer", who=ANA, show=_answer),
    Scene(name="consents-taking-back", who=ANA, show=_taking_back),
    Scene(name="consents-form", who=ANA, show=_form),
    Scene(name="consents-sheet", who=ANA, show=_sheet),
)

CONSENT_LISTS = (
    Scene(name="consent-lists", who=BEN, show=_lists, screen="consent-lists"),
    Scene(name="consent-lists-erase", who=BEN, show=_erase),
)
