"""Scenes of emergency access: asking why, what is open, and the list for a manager and for a clinician."""

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.emergency import EmergencyReason
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from tests.ui.screens import BEN, OSEI, Scene
from tests.ui.stage import Stage
from ui.emergency.emergency import EmergencyDialog
from ui.emergency.review import RemarkDialog, ReviewDialog
from ui.widgets.controls import Button

MARGARET, BORN = "Margaret Hughes", 1932
HIDDEN = "Takes grapefruit with her heart tablets"
WHY = "She fell at the counter and cannot tell us what she takes."
ASKED = "Was her daughter there to ask?"
ANSWERED = "She came ten minutes later."
TYPED = (HIDDEN, WHY, ASKED, ANSWERED)
"""What the scenes say themselves, which is nobody's to translate."""


def hide_something(stage: Stage, name: str = MARGARET, born: int = BORN) -> PatientId:
    """Have somebody share nothing with clinicians any more."""
    patient, desk = stage.find(name, born), stage.desk
    if not any(HIDDEN in note.text for note in desk.session().known(patient).notes):
        desk.notes.write(patient, HIDDEN, kind=NoteKind.ALSO_WORTH_KNOWING)
    desk.consents.record(patient, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.REJECTED)
    return patient


def _ask(stage: Stage) -> QWidget:
    stage.shell.open_person(hide_something(stage))
    stage.settle()
    return stage.run("emergency")


def _in_own_words(stage: Stage) -> QWidget:
    dialog = _ask(stage)
    assert isinstance(dialog, EmergencyDialog)
    dialog.choose(EmergencyReason.OTHER)
    dialog.words.setFocus()
    dialog.words.field.replace(f"{WHY} {WHY} {WHY}")
    return dialog


def _refused(stage: Stage) -> QWidget:
    dialog = _ask(stage)
    assert isinstance(dialog, EmergencyDialog)
    dialog.choose(EmergencyReason.OTHER)
    dialog.break_glass()
    return dialog


def _opened(stage: Stage, panel: str = "") -> QWidget:
    patient = hide_something(stage)
    stage.desk.emergency.open(patient, EmergencyReason.CANNOT_SPEAK, WHY)
    stage.shell.open_person(patient, panel)
    return stage.window


def _change_to(stage: Stage, name: str) -> None:
    stage.leave()
    stage.enter(name)


def _listed(stage: Stage) -> QWidget:
    """As a manager sees it: one that waits, one that was answered, one that has been seen, one that is asked about."""
    if len(stage.desk.emergency.entries()) < 4:
        _change_to(stage, OSEI)
        patients = [stage.find(MARGARET, born) for born in (1932, 1961)]
        for patient in (*patients, *patients):
            stage.desk.emergency.open(patient, EmergencyReason.CANNOT_SPEAK, WHY)
            stage.clock.move_on(60)
        _change_to(stage, BEN)
        first, second, third, *_rest = (entry.access.id for entry in stage.desk.emergency.entries())
        stage.desk.emergency.mark_seen(first)
        stage.desk.emergency.query(second, ASKED)
        stage.desk.emergency.query(third, ASKED)
        _change_to(stage, OSEI)
        stage.desk.emergency.answer(second, ANSWERED)
        _change_to(stage, BEN)
    return stage.run("emergencies")


def _query(stage: Stage) -> QWidget:
    return _press(stage, _listed(stage), _("Ask about it"), RemarkDialog)


def _answer(stage: Stage) -> QWidget:
    return _press(stage, stage.run("emergencies"), _("Answer"), RemarkDialog)


def _press(stage: Stage, dialog: QWidget, words: str, opens: type[QWidget]) -> QWidget:
    assert isinstance(dialog, ReviewDialog)
    next(each for each in dialog.findChildren(Button) if each.text() == words).click()
    stage.settle()
    front = stage.front()
    assert isinstance(front, opens)
    return front


def _waiting(stage: Stage) -> QWidget:
    _listed(stage)
    _change_to(stage, BEN)
    return stage.window


EMERGENCY = (
    Scene(name="emergency-none", who=BEN, show=lambda stage: stage.run("emergencies"), screen="emergency-review"),
    Scene(name="emergency", who=OSEI, show=_ask, screen="emergency"),
    Scene(name="emergency-own-words", who=OSEI, show=_in_own_words),
    Scene(name="emergency-refused", who=OSEI, show=_refused),
    Scene(name="emergency-opened", who=OSEI, show=_opened),
    Scene(name="emergency-opened-card", who=OSEI, show=lambda stage: _opened(stage, "card")),
    Scene(name="emergency-list", who=BEN, show=_listed),
    Scene(name="emergency-query", who=BEN, show=_query),
    Scene(name="emergency-waiting", who=BEN, show=_waiting),
    Scene(name="emergency-mine", who=OSEI, show=lambda stage: stage.run("emergencies")),
    Scene(name="emergency-answer", who=OSEI, show=_answer),
)
