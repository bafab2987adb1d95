"""Nothing readable lies in the file or beside it: not a name, a kind, a date or a topic."""

import itertools
import logging
from pathlib import Path
from typing import Any

import pytest

from rapportdesk.model.audit import AuditEvent
from rapportdesk.model.draft import FormDraft
from rapportdesk.model.identity import new_id
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.own import Own
from rapportdesk.model.patient import Patient
from rapportdesk.model.task import Task
from rapportdesk.model.topic import TopicPermission
from rapportdesk.store.audit.failed_sign_ins import note_failed_sign_in
from rapportdesk.store.manifest.anchored import Anchored
from rapportdesk.store.records.payload import KINDS, encode
from rapportdesk.store.setting import Setting
from tests.canaries import Planter, disguises, everything_under, found, missed
from tests.store.clinic import Clinic

WRITTEN_BY_THE_CODEC = ("noted_by_name", "important-to-me", "keep-notes", "appointment", "recorded_by_name")
"""What a payload holds besides what people typed: fields, kinds, headings."""

NOT_ABOUT_ONE_PATIENT = {Patient, AuditEvent, Setting, Anchored}


def _planted(planter: Planter, patient: Patient, staff_id: str) -> list[Any]:
    things: list[Any] = []
    for model in KINDS.values():
        if model in NOT_ABOUT_ONE_PATIENT:
            continue
        given: dict[str, Any] = {"id": new_id(), "patient": patient.id}
        if issubclass(model, Own):
            given["author"] = staff_id
        things.append(planter.fill(model, **given))
    for model, audience in itertools.product((Note, Task), (Audience.EVERYONE, Audience.CLINICIANS)):
        things.append(planter.fill(model, id=new_id(), patient=patient.id, audience=audience))
    things.append(planter.fill(TopicPermission, id=new_id(), patient=patient.id, name_for=Audience.CLINICIANS))
    things.append(planter.fill(FormDraft, id=new_id(), patient=None, author=staff_id))
    return things


def test_no_canary_is_found_in_the_file_beside_it_in_temporary_files_or_in_logs(
    clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    caplog.set_level(logging.DEBUG)
    planter = Planter()
    patient = planter.fill(Patient, id=new_id())
    things = _planted(planter, patient, clinic.clinician.slot.staff_id)
    event = planter.fill(AuditEvent)
    setting = planter.fill(Setting, id="")
    with clinic.file_and_store() as (file, store):
        store.put_patient(patient)
        kept = [store.put(thing) for thing in things]
        for thing in things:
            if isinstance(thing, Note):
                store.put(thing)  # so that there is a history
        store.put_setting(setting.name, setting.value)
        store.audit(event)
        note_failed_sign_in(file, clinic.device_key, clinic.receptionist.slot.staff_id, event.at)
        read = {*store.things(patient.id), *store.things(None)}
        assert read >= {thing for thing in kept if not isinstance(thing, Note)}
        words = [*planter.flat(), *WRITTEN_BY_THE_CODEC]
        open_files = everything_under(tmp_path)
        assert any(name.endswith("-wal") and content for name, content in open_files.items())
        assert found(words, open_files) == []
    assert found(words, everything_under(tmp_path) | {"logs": caplog.text.encode()}) == []
    assert len(words) > 150

    unsealed = tmp_path / "control"
    unsealed.mkdir()
    for number, thing in enumerate([patient, *things, event, setting]):
        (unsealed / str(number)).write_bytes(encode(thing))
    assert missed(words, everything_under(unsealed)) == []


def test_every_field_of_every_kind_carries_a_canary() -> None:
    planter = Planter()
    for model in KINDS.values():
        planter.fill(model, **({"revision": 1} if "revision" in model.__dataclass_fields__ else {}))
    planted = set(planter.canaries)
    assert {"Note.text", "Patient.name", "ContactPoint.value", "RelatedPerson.may_hear", "Asking.answer"} <= planted
    assert {"Patient.birth_date", "Note.noted_at", "Task.due_time", "TopicPermission.code"} <= planted


@pytest.mark.parametrize("disguise", sorted(disguises("x")))
def test_the_search_finds_each_disguise(disguise: str) -> None:
    canary = "canary Note text 0badcafe ü漢 /+?"
    needle = disguises(canary)[disguise]
    assert found([canary], {"control": b"\x01" + needle + b"\x02"}) != []
    assert found([canary], {"control": b"\x01" + needle[:-1] + b"\x02"}) == []
