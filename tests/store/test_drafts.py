"""A draft is its author's alone, one for each patient, and comes back after anything."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from rapportdesk.errors import NotFound
from rapportdesk.model.draft import Form
from rapportdesk.model.identity import RecordId, new_id
from rapportdesk.store.tables import RecordRow, table_of
from rapportdesk.vault.signing import new_private_key
from tests.store.clinic import Clinic, a_draft, a_form, a_note, a_patient


def test_a_draft_is_read_by_its_author_alone(clinic: Clinic) -> None:
    with clinic.open(clinic.receptionist) as store:
        patient = store.put_patient(a_patient())
        draft = store.put(a_draft(patient, clinic.receptionist))
        assert store.things(patient.id) == (draft,)
    for colleague in (clinic.manager, clinic.clinician):
        with clinic.open(colleague) as store:
            assert store.things(patient.id) == ()
            assert list(store.all_things()) == []
            with pytest.raises(NotFound):
                store.thing(draft.id)
            assert store.verify().clean
    with clinic.open(clinic.receptionist) as store:
        assert store.thing(draft.id) == draft


def test_a_draft_from_before_its_author_was_given_new_keys_is_gone_and_stands_in_nobodys_way(clinic: Clinic) -> None:
    with clinic.open(clinic.receptionist) as store:
        patient = store.put_patient(a_patient())
        lost = store.put(a_draft(patient, clinic.receptionist))
    renewed = replace(clinic.receptionist, keys=replace(clinic.receptionist.keys, private_key=new_private_key()))
    with clinic.open(renewed) as store:
        assert store.things(patient.id) == ()
        assert list(store.all_things()) == []
        assert store.verify().clean
        typed = store.put(replace(lost, id=RecordId(new_id()), text="typed again"))
        assert store.things(patient.id) == (typed,)
        assert store.verify().records == 1


def test_a_person_has_one_draft_for_a_patient(clinic: Clinic) -> None:
    with clinic.open(clinic.manager) as store:
        patient, other = store.put_patient(a_patient()), store.put_patient(a_patient("Huw"))
        managers = store.put(a_draft(patient, clinic.manager))
    with clinic.open(clinic.receptionist) as store:
        first = store.put(a_draft(patient, clinic.receptionist, "first"))
        elsewhere = store.put(a_draft(other, clinic.receptionist, "elsewhere"))
        note = store.put(a_note(patient))
        typed_on = store.put(replace(first, text="first and more"))
        assert set(store.things(patient.id)) == {typed_on, note}
        assert store.history(first.id) == ()
        second = store.put(replace(first, id=RecordId(new_id()), text="second"))
        assert set(store.things(patient.id)) == {second, note}
        assert set(store.all_things()) == {second, note, elsewhere}
        assert store.verify().clean
    with clinic.open(clinic.manager) as store:
        assert managers in store.things(patient.id)


def test_nobody_writes_a_draft_in_anothers_name(clinic: Clinic) -> None:
    with clinic.open(clinic.receptionist) as store:
        patient = store.put_patient(a_patient())
        with pytest.raises(ValueError, match="author"):
            store.put(a_draft(patient, clinic.manager))
        draft = store.put(a_draft(patient, clinic.receptionist))
        with pytest.raises(ValueError, match="do not move"):
            store.move(draft.id, store.put_patient(a_patient("Huw")).id)


def test_nobody_writes_over_anothers_draft(clinic: Clinic) -> None:
    with clinic.open(clinic.receptionist) as store:
        patient = store.put_patient(a_patient())
        draft = store.put(a_draft(patient, clinic.receptionist))
    with clinic.open(clinic.manager) as store:
        for over in (a_draft(patient, clinic.manager), a_note(patient)):
            with pytest.raises(NotFound):
                store.put(replace(over, id=draft.id))
    with clinic.open(clinic.receptionist) as store:
        assert store.thing(draft.id) == draft


def test_a_form_about_somebody_who_is_still_being_added_is_its_authors_alone(clinic: Clinic) -> None:
    with clinic.open(clinic.receptionist) as store:
        store.put_setting("name", "The practice")
        form = store.put(a_form(None, clinic.receptionist))
        assert store.things(None) == (form,)
        assert store.settings() == {"name": "The practice"}
    for person in (clinic.manager, clinic.clinician):
        with clinic.open(person) as store:
            assert store.things(None) == ()
            assert store.settings() == {"name": "The practice"}
            for refused in (store.thing, store.delete):
                with pytest.raises(NotFound):
                    refused(form.id)
            with pytest.raises(ValueError, match="author"):
                store.put(a_form(None, clinic.receptionist))
            assert store.verify().clean
    with clinic.open(clinic.receptionist) as store:
        assert store.thing(form.id) == form
        assert store.verify().clean
        store.delete(form.id)
        assert store.things(None) == ()
        assert store.verify().clean


@pytest.mark.parametrize("added", [True, False])
def test_a_person_has_one_draft_of_each_form_beside_the_line(clinic: Clinic, added: bool) -> None:
    with clinic.open(clinic.receptionist) as store:
        patient = store.put_patient(a_patient())
        about = patient if added else None
        line = store.put(a_draft(patient, clinic.receptionist))
        topic = store.put(a_form(about, clinic.receptionist, form=Form.TOPIC))
        store.put(a_form(about, clinic.receptionist, "first"))
        second = store.put(a_form(about, clinic.receptionist, "second"))
        assert set(store.things(about.id if about else None)) == ({line, topic, second} if added else {topic, second})
        renewed_line = store.put(a_draft(patient, clinic.receptionist, "again"))
        assert renewed_line in store.things(patient.id)
        assert {topic, second} <= set(store.things(about.id if about else None))
        assert store.verify().clean


def test_a_setting_is_not_deleted_as_if_it_were_a_form(clinic: Clinic) -> None:
    with clinic.file_and_store(clinic.manager) as (file, store):
        store.put_setting("name", "The practice")
        table = table_of(RecordRow)
        with file.reading() as reading:
            (row,) = reading.rows(select(table.c.id).where(table.c.patient_id.is_(None)))
        for refused in (store.thing, store.delete):
            with pytest.raises(NotFound):
                refused(row["id"])
        assert store.settings() == {"name": "The practice"}


def test_a_form_does_not_move(clinic: Clinic) -> None:
    with clinic.open(clinic.receptionist) as store:
        form = store.put(a_form(None, clinic.receptionist))
        with pytest.raises(ValueError, match="do not move"):
            store.move(form.id, store.put_patient(a_patient()).id)
