"""Whatever is done in whatever order, what is read is what was put, and `verify` has nothing to say."""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from rapportdesk.errors import NotFound
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.patient import Patient
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from tests.store.clinic import Clinic, a_note, a_patient, a_task, make_clinic

_TEXT = st.text(max_size=40)
_AUDIENCES = st.sampled_from(Audience)


class StoreMachine(RuleBasedStateMachine):
    """The store beside plain dictionaries."""

    founded: Clinic
    patients = Bundle[PatientId]("patients")
    records = Bundle[RecordId]("records")

    @initialize()
    def open_a_copy(self) -> None:
        self.stack = ExitStack()
        directory = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        path = directory / "desk.rapport"
        shutil.copyfile(self.founded.path, path)
        self.clinic = replace(self.founded, path=path)
        self.people: dict[PatientId, Patient] = {}
        self.things: dict[RecordId, Any] = {}
        self.earlier: dict[RecordId, list[Any]] = {}
        self._open()

    def _open(self) -> None:
        self.file = VaultFile.open(self.clinic.path)
        self.store = SealedStore(self.file, self.clinic.clinician.keys, self.clinic.clock)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.file.close()
            self.stack.close()

    @rule(target=patients, name=_TEXT)
    def add_a_patient(self, name: str) -> PatientId:
        patient = self.store.put_patient(a_patient(name))
        self.people[patient.id] = patient
        return patient.id

    @rule(patient_id=patients, name=_TEXT)
    def rename_a_patient(self, patient_id: PatientId, name: str) -> None:
        if patient_id in self.people:
            self.people[patient_id] = self.store.put_patient(replace(self.people[patient_id], name=name))

    @rule(target=records, patient_id=patients, text=_TEXT, audience=_AUDIENCES, note=st.booleans())
    def add_a_thing(self, patient_id: PatientId, text: str, audience: Audience, note: bool) -> RecordId:
        make = a_note if note else a_task
        thing: Any = make(replace(a_patient(), id=patient_id), text, audience)
        if patient_id in self.people:
            self.things[thing.id] = self.store.put(thing)
            self.earlier[thing.id] = []
        else:
            with pytest.raises(NotFound):
                self.store.put(thing)
        return RecordId(thing.id)

    @rule(record_id=records, text=_TEXT, audience=_AUDIENCES)
    def edit(self, record_id: RecordId, text: str, audience: Audience) -> None:
        before = self.things.get(record_id)
        if before is not None:
            self.things[record_id] = self.store.put(replace(before, text=text, audience=audience))
            if isinstance(before, Note):
                self.earlier[record_id].append(before)

    @rule(record_id=records, to_patient=patients)
    def move(self, record_id: RecordId, to_patient: PatientId) -> None:
        if record_id in self.things and to_patient in self.people:
            self.things[record_id] = self.store.move(record_id, to_patient)
            self.earlier[record_id] = [replace(each, patient=to_patient) for each in self.earlier[record_id]]
        else:
            with pytest.raises(NotFound):
                self.store.move(record_id, to_patient)

    @rule(record_id=consumes(records))
    def delete(self, record_id: RecordId) -> None:
        if self.things.pop(record_id, None) is not None:
            self.store.delete(record_id)
            del self.earlier[record_id]
        else:
            with pytest.raises(NotFound):
                self.store.delete(record_id)

    @rule(patient_id=consumes(patients))
    def delete_a_patient(self, patient_id: PatientId) -> None:
        gone = [each.id for each in self.things.values() if each.patient == patient_id]
        assert self.store.delete_patient(patient_id) == len(gone)
        del self.people[patient_id]
        for record_id in gone:
            del self.things[record_id], self.earlier[record_id]

    @rule(record_id=records, text=_TEXT)
    def begin_an_edit_and_fail(self, record_id: RecordId, text: str) -> None:
        def half_done() -> None:
            with self.store.transaction():
                if record_id in self.things:
                    self.store.put(replace(self.things[record_id], text=text))
                self.store.put_patient(a_patient(text))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            half_done()

    @rule()
    def close_and_open(self) -> None:
        self.file.close()
        self._open()

    @invariant()
    def reads_equal_what_was_put(self) -> None:
        if not hasattr(self, "store"):
            return
        assert {patient.id: patient for patient in self.store.patients()} == self.people
        assert {thing.id: thing for thing in self.store.all_things()} == self.things
        for patient_id in self.people:
            mine = {thing for thing in self.things.values() if thing.patient == patient_id}
            assert set(self.store.things(patient_id)) == mine
        for record_id, earlier in self.earlier.items():
            assert list(self.store.history(record_id)) == earlier
        report = self.store.verify()
        assert report.faults == ()
        assert (report.patients, report.records) == (len(self.people), len(self.things))


def test_any_sequence_of_writes_reads_back_and_verifies(founded: Clinic) -> None:
    machine = type("Machine", (StoreMachine,), {"founded": founded})
    run_state_machine_as_test(machine, settings=settings(max_examples=10, stateful_step_count=20, deadline=None))


def test_the_plain_model_would_notice_a_lost_write(founded: Clinic, tmp_path: Path) -> None:
    machine = type("Machine", (StoreMachine,), {"founded": make_clinic(tmp_path / "other.rapport")})()
    machine.open_a_copy()
    machine.add_a_patient("Nia")
    machine.reads_equal_what_was_put()
    machine.people.clear()
    with pytest.raises(AssertionError):
        machine.reads_equal_what_was_put()
    machine.teardown()
