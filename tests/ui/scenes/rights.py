"""Scenes of rights over one's own data: asking what is kept, having it rest, erasing, and a clinician's look."""

import datetime as dt
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from rapportdesk.desk.people.identity_changes import keep_change
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind, Source
from rapportdesk.model.patient import ContactPoint, ContactSystem, Patient, RelatedPerson
from rapportdesk.model.rights import IdentityCheck
from tests.ui.screens import ANA, BEN, OSEI, Scene
from tests.ui.stage import Stage
from ui.rights.certified import CertifiedDialog
from ui.rights.held import HeldDialog
from ui.rights.rights import RightsDialog

NIA = "Nia Prydderch"
FALLS = "She falls more often than she says."
TYPED = (
    "Gwilym Pugh",
    "Eirlys Tomos",
    "Ffion Bowen",
    "Dilys Cadwaladr",
    "Gwen",
    "Nest Owen",
    "Sian Tomos",
    "Elwyn Parry",
    "Ifor Beynon",
    "Mair Bevan",
    "Tegan Rowlands",
    FALLS,
    "until the letter is put right",
    "nobody’s business",
    "a court has asked for it",
)
WRONG, THEY_SAY = "Has two sons in Bangor", "three daughters, all in Bala"


def _somebody(stage: Stage, name: str) -> PatientId:
    """Somebody of this scene alone, open: what is changed about them changes no other picture."""
    patient = stage.desk.people.add(Patient(id=PatientId(""), name=name, birth_date=dt.date(1961, 5, 2))).id
    stage.desk.consents.agree(patient)
    stage.open(name, "card")
    return patient


def _held(stage: Stage) -> QWidget:
    stage.open(NIA, "card")
    return stage.run("what-we-hold")


def _not_known(stage: Stage) -> QWidget:
    dialog = _held(stage)
    assert isinstance(dialog, HeldDialog)
    dialog.show_pages()
    stage.settle()
    return dialog


def _pages(stage: Stage) -> QWidget:
    dialog = _held(stage)
    assert isinstance(dialog, HeldDialog)
    for tick in (*list(dialog.checks.values())[:2], dialog.alone, dialog.large):
        tick.click()
    dialog.show_pages()
    stage.settle()
    return stage.front()


def _say(stage: Stage) -> QWidget:
    stage.open(NIA, "card")
    return stage.run("their-say")


def _resting(stage: Stage) -> QWidget:
    patient = _somebody(stage, "Tegan Rowlands")
    stage.desk.rights.restrict(patient, TYPED[-3])
    return stage.run("their-say")


def _of_a_note(stage: Stage) -> QWidget:
    patient = _somebody(stage, "Ifor Beynon")
    note = stage.desk.notes.write(patient, WRONG, kind=NoteKind.ALSO_WORTH_KNOWING)
    stage.desk.rights.dispute(note.id, THEY_SAY)
    dialog = stage.run("their-say")
    assert isinstance(dialog, RightsDialog)
    stage.settle()
    dialog.about.setCurrentIndex(1)
    return dialog


def _disputed(stage: Stage) -> QWidget:
    patient = _somebody(stage, "Ffion Bowen")
    note = stage.desk.notes.write(patient, WRONG, kind=NoteKind.ALSO_WORTH_KNOWING)
    stage.desk.rights.dispute(note.id, THEY_SAY)
    stage.open("Ffion Bowen", "card")
    return stage.front()


def _manages(stage: Stage) -> QWidget:
    patient = _somebody(stage, "Mair Bevan")
    stage.desk.rights.object_to(patient, TYPED[-2])
    stage.desk.rights.hold(patient, TYPED[-1])
    return stage.run("their-say")


def _erased(stage: Stage) -> QWidget:
    _somebody(stage, "Elwyn Parry")
    dialog = stage.run("their-say")
    assert isinstance(dialog, RightsDialog)
    dialog.why.edit.setText("asked at the desk")
    dialog.sure.click()
    dialog.erase()
    stage.settle()
    return stage.front()


def _every_lock(stage: Stage) -> CertifiedDialog:
    _somebody(stage, "Dilys Cadwaladr")
    dialog = stage.run("their-say")
    assert isinstance(dialog, RightsDialog)
    dialog.why.edit.setText("asked at the desk")
    dialog.erase_certified()
    stage.settle()
    certified = stage.front()
    assert isinstance(certified, CertifiedDialog)
    return certified


def _every_lock_not_sure(stage: Stage) -> QWidget:
    dialog = _every_lock(stage)
    dialog.holder.edit.setText("Gwen")
    dialog.make_sheet()
    stage.settle()
    return dialog


def every_lock_sheet(stage: Stage) -> CertifiedDialog:
    """The new sheet, to be printed and typed back before anything is erased."""
    dialog = _every_lock(stage)
    dialog.holder.edit.setText("Gwen")
    dialog.sure.click()
    dialog.make_sheet()
    stage.settle()
    return dialog


def _nobody_waits(stage: Stage) -> QWidget:
    return stage.run("access-review")


def _review(stage: Stage) -> QWidget:
    patient = _somebody(stage, "Gwilym Pugh")
    note = stage.desk.notes.write(patient, "Fond of dogs", kind=NoteKind.ALSO_WORTH_KNOWING)
    said = replace(note, text=FALLS, source=Source.SAID_BY_CARER)
    stage.desk.session().store.put(said)
    stage.desk.access_requests.ask(patient, (IdentityCheck.BIRTH_DATE, IdentityCheck.PHOTO), alone=True)
    return stage.run("access-review")


def _before(stage: Stage) -> QWidget:
    patient = _somebody(stage, "Eirlys Tomos")
    phone = ContactPoint(system=ContactSystem.PHONE, value="01248 723 904", shared_with="Huw’s phone too")
    sian = RelatedPerson(id="", name="Sian Tomos", relation="daughter")
    people, before = stage.desk.people, stage.desk.people.get(patient)
    kept = people.update(replace(before, contact_points=(phone,), people=(sian,), preferred_name="Eirl"))
    people.update(
        replace(kept, name="Eirlys Thomas", birth_date=dt.date(1962, 5, 2), preferred_name="",
                contact_points=(replace(phone, value="01248 723 905"),),
                people=(replace(kept.people[0], name="Siân Thomas", may_hear="appointments"),))
    )  # fmt: skip
    session, known = stage.desk.session(), people.get(patient)
    imported = replace(known, birth_date=dt.date(1961, 5, 2))
    keep_change(session, known, imported, brought_in=True)
    session.store.put_patient(imported)
    return stage.run("person.history")


def _never_changed(stage: Stage) -> QWidget:
    _somebody(stage, "Nest Owen")
    return stage.run("person.history")


RIGHTS = (
    Scene(name="person-history", who=ANA, show=_before, screen="person-history"),
    Scene(name="person-history-nothing", who=ANA, show=_never_changed),
    Scene(name="what-we-hold", who=ANA, show=_held, screen="what-we-hold"),
    Scene(name="what-we-hold-not-known", who=ANA, show=_not_known),
    Scene(name="what-we-hold-pages", who=ANA, show=_pages),
    Scene(name="their-say", who=ANA, show=_say, screen="their-say"),
    Scene(name="their-say-note", who=ANA, show=_of_a_note),
    Scene(name="card-disputed", who=ANA, show=_disputed),
    Scene(name="their-say-resting", who=ANA, show=_resting),
)
RIGHTS_CLINICIAN = (
    Scene(name="access-review-nobody", who=OSEI, show=_nobody_waits),
    Scene(name="access-review", who=OSEI, show=_review, screen="access-review"),
)
RIGHTS_MANAGER = (
    Scene(name="their-say-manager", who=BEN, show=_manages),
    Scene(name="their-say-erased", who=BEN, show=_erased),
    Scene(name="their-say-every-lock", who=BEN, show=_every_lock),
    Scene(name="their-say-every-lock-not-sure", who=BEN, show=_every_lock_not_sure),
    Scene(name="their-say-every-lock-sheet", who=BEN, show=every_lock_sheet),
)
