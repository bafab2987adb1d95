"""People who come in many at a time lie in the file as those who came one by one, and all of a commit or none does."""

import contextlib
from dataclasses import replace

import pytest

from rapportdesk.errors import NotAllowed, NotFound, VaultFault
from rapportdesk.model.note import Audience
from rapportdesk.store.records.adding import NewPerson
from rapportdesk.store.records.payload import Thing
from tests.store.clinic import Clinic, a_draft, a_note, a_patient


def test_whoever_was_added_is_read_and_changed_like_anybody_and_verifies(clinic: Clinic) -> None:
    nia, huw = a_patient(), a_patient("Huw Eynon")
    notes = [a_note(nia), a_note(nia, text="Sings alto"), a_note(huw)]
    with clinic.open() as store:
        assert store.add_people([(nia, notes[:2]), (huw, notes[2:])]) == 5
        assert {each.id: each for each in store.patients()} == {nia.id: nia, huw.id: huw}
        assert set(store.things(nia.id)) == set(notes[:2])
        store.put(replace(notes[0], text="Plays cards now"))
        assert store.history(notes[0].id) == (notes[0],)
        assert store.verify().faults == ()
    with clinic.open() as store:
        assert store.thing(notes[0].id) == replace(notes[0], text="Plays cards now", revision=2)
        assert store.verify().faults == ()


def test_what_is_for_clinicians_is_sealed_to_them(clinic: Clinic) -> None:
    nia = a_patient()
    sealed = a_note(nia, audience=Audience.CLINICIANS)
    with clinic.open(clinic.receptionist) as store:
        store.add_people([(nia, [sealed, a_note(nia)])])
        assert len(store.things(nia.id)) == 1
        with pytest.raises(NotFound):
            store.thing(sealed.id)
    with clinic.open(clinic.clinician) as store:
        assert store.thing(sealed.id) == sealed


def test_an_id_that_is_there_already_lets_nothing_of_the_commit_in(clinic: Clinic) -> None:
    nia, huw = a_patient(), a_patient("Huw Eynon")
    with clinic.open() as store:
        store.put_patient(nia)
        note = store.put(a_note(nia))
        again: tuple[list[NewPerson], ...] = ([(huw, []), (nia, [])], [(huw, [replace(a_note(huw), id=note.id)])])
        for people in again:
            with pytest.raises(VaultFault):
                store.add_people(people)
            assert list(store.patients()) == [nia]
            assert store.things(nia.id) == (note,)
        assert store.verify().faults == ()
        assert store.add_people([(huw, [a_note(huw)])]) == 2


def test_a_commit_around_it_takes_it_along_when_it_fails(clinic: Clinic) -> None:
    nia = a_patient()
    with clinic.open() as store:
        with contextlib.suppress(NotAllowed), store.transaction():
            store.add_people([(nia, [a_note(nia)])])
            assert list(store.patients()) == [nia]
            raise NotAllowed("no", "ask")
        assert list(store.patients()) == []
        assert store.verify().faults == ()


def test_only_what_is_new_and_theirs_and_not_ones_own_is_added(clinic: Clinic) -> None:
    nia = a_patient()
    stray = a_note(a_patient())
    wrong: list[Thing] = [
        stray,
        replace(a_note(nia), revision=2),
        a_draft(nia, clinic.clinician),
    ]
    with clinic.open() as store:
        for thing in wrong:
            with pytest.raises(ValueError, match="added with a person"):
                store.add_people([(nia, [thing])])
        assert list(store.patients()) == []
        with pytest.raises(NotFound):
            store.thing(stray.id)
