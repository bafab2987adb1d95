"""Scenes of bringing people and schedules in."""

import datetime as dt
import json
import re
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rapportdesk.desk.bring_in.review_list import ReviewList, WaitingMerge, keep_review, read_review, with_merge
from rapportdesk.desk.bring_in.watched_folder import Brought
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from tests.ui.screens import ANA, BEN, Scene
from tests.ui.stage import Stage
from ui.bring_in.bring_in import BringIn
from ui.bring_in.folder import FolderDialog
from ui.bring_in.review import ReviewDialog
from ui.today.today import TodayScreen
from ui.widgets.controls import Button

NAMES = ("Eluned Gwynne-Pritchard", "Tomos Bebb", "佐藤 花子", "Aoife Ní Bhriain")
REFUSED = "not a schedule"
NEARLY_NIA, JOINED = "Nia Pryderch", ("Iolo Rees", "I. Rees")


def schedule(stage: Stage) -> Path:
    """Write a file with new people and visits, one who may be somebody here, and something that is left out."""
    nia = stage.desk.people.get(stage.find("Nia Prydderch"))
    people = [
        {
            "resourceType": "Patient", "id": f"p{number}", "name": [{"text": name}], "birthDate": f"195{number}-05-17",
            "identifier": [{"system": "https://pas.example/number", "value": f"7700{number}"}],
        }
        for number, name in enumerate(NAMES)
    ]  # fmt: skip
    people.append(
        {"resourceType": "Patient", "id": "n", "name": [{"text": NEARLY_NIA}], "birthDate": str(nia.birth_date)}
    )
    visits = [
        {
            "resourceType": "Appointment", "id": f"a{number}", "status": "booked",
            "start": f"2026-11-20T1{number}:30:00Z", "end": f"2026-11-20T1{number}:50:00Z",
            "participant": [
                {"actor": {"reference": f"Patient/p{number}"}, "status": "accepted"},
                {"actor": {"display": "Dr Osei", "reference": "Practitioner/x"}, "status": "accepted"},
            ],
        }
        for number in range(len(NAMES))
    ]  # fmt: skip
    seen = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "weight"}}
    bundle = {
        "resourceType": "Bundle", "type": "collection",
        "entry": [{"resource": each} for each in (*people, *visits, seen)],
    }  # fmt: skip
    return _written(json.dumps(bundle))


def _written(content: str) -> Path:
    path = Path(tempfile.mkdtemp()) / "schedule.json"
    path.write_text(content, encoding="utf-8")
    return path


def dialog_of(stage: Stage) -> BringIn:
    """Open the dialog."""
    dialog = stage.run("import")
    assert isinstance(dialog, BringIn)
    return dialog


def taken(stage: Stage, *files: Path) -> BringIn:
    """Open the dialog and wait until files have been read and compared, or refused."""
    dialog = dialog_of(stage)
    dialog.take(files)
    stage.until(lambda: not dialog.stop.isVisible())
    stage.settle()
    return dialog


def _first(stage: Stage) -> QWidget:
    return dialog_of(stage)


def _preview(stage: Stage) -> QWidget:
    return taken(stage, schedule(stage))


def _refused(stage: Stage) -> QWidget:
    return taken(stage, _written(REFUSED))


TABLE = """Surname;Forename;DOB;Appt date;Time;Clinician
Gwynne;Eluned;03/04/1950;05/06/2026;09:30;Dr Osei
Bebb;Tomos;11/12/1951;05/06/2026;10:00;Dr Osei
"""
TYPED = (*NAMES, *" ".join(NAMES).split(), NEARLY_NIA, *JOINED, *re.split(r"[;\n]", TABLE))
"""What only these scenes say: names, and what a table of theirs holds."""


def _columns(stage: Stage) -> QWidget:
    dialog = dialog_of(stage)
    path = _written(TABLE)
    dialog.take((path.rename(path.with_suffix(".csv")),))
    stage.until(lambda: stage.front() is not dialog)
    stage.settle()
    return stage.front()


def _done(stage: Stage) -> QWidget:
    dialog = taken(stage, schedule(stage))
    dialog.bring.click()
    stage.until(lambda: dialog.leave.isVisible())
    stage.settle()
    return dialog


def _writing(stage: Stage) -> QWidget:
    dialog = taken(stage, schedule(stage))
    dialog._wait("")
    dialog._progressed(120, 400, writing=True)
    return dialog


def _review(stage: Stage) -> QWidget:
    _done(stage)
    stage.close_dialogs()
    _wait_for_merge(stage)
    return stage.run("import-review")


def _wait_for_merge(stage: Stage) -> None:
    """Let a practice system have said that two cards are one person's."""
    store = stage.desk.session().store
    stays, other = stage.find("Nia Prydderch"), stage.find("Margaret Hughes", 1932)
    merge = WaitingMerge(survivor=stays, other=other, file="merges.hl7", since=stage.clock.now())
    keep_review(store, with_merge(read_review(store), merge))


def _review_empty(stage: Stage) -> QWidget:
    keep_review(stage.desk.session().store, ReviewList())
    return stage.run("import-review")


def _look_at_both(stage: Stage) -> QWidget:
    _wait_for_merge(stage)
    dialog = stage.run("import-review")
    assert isinstance(dialog, ReviewDialog)
    dialog.list.findChildren(Button)[0].click()
    stage.settle()
    return stage.front()


def _join(stage: Stage) -> QWidget:
    stage.open("Sam Lee")
    return stage.run("person.join")


def _joined(stage: Stage) -> QWidget:
    one, other = (stage.desk.people.add(Patient(id=PatientId(""), name=name)).id for name in JOINED)
    stage.desk.merging.join(one, other)
    stage.shell.open_person(one)
    stage.settle()
    return stage.run("person.join")


BRING_IN = (
    Scene(name="import-review-empty", who=ANA, show=_review_empty),
    Scene(name="import", who=ANA, show=_first, screen="import"),
    Scene(name="import-preview", who=ANA, show=_preview),
    Scene(name="import-columns", who=ANA, show=_columns),
    Scene(name="import-writing", who=ANA, show=_writing),
    Scene(name="import-refused", who=ANA, show=_refused),
    Scene(name="import-done", who=ANA, show=_done),
    Scene(name="import-review", who=ANA, show=_review, screen="import-review"),
    Scene(name="import-review-both", who=ANA, show=_look_at_both),
    Scene(name="person-join", who=ANA, show=_join, screen="person-join"),
    Scene(name="person-joined", who=ANA, show=_joined),
)


def _folder(stage: Stage) -> QWidget:
    stage.desk.watched_folder.set(None)
    return stage.run("import-folder")


def _folder_set(stage: Stage) -> QWidget:
    dialog = stage.run("import-folder")
    assert isinstance(dialog, FolderDialog)
    dialog._show(Path("/srv/practice-system/exports/outgoing"))
    return dialog


def _brought(stage: Stage) -> QWidget:
    window, today = stage.run("today"), stage.shell.screens.today
    assert isinstance(today, TodayScreen)
    today.brought.show_last(
        Brought(of=stage.clock.now() - dt.timedelta(minutes=62), at=stage.clock.now(), appointments=14, waiting=2)
    )
    return window


FOLDER = (
    Scene(name="import-folder", who=BEN, show=_folder, screen="import-folder"),
    Scene(name="import-folder-set", who=BEN, show=_folder_set),
    Scene(name="today-brought-in", who=BEN, show=_brought),
)
