"""Invented people: the same from the same seed, as many as were asked for, and kept as anybody is."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TypeVar

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.invention.demo import invent
from rapportdesk.desk.invention.invention import BATCH, DAYS_AROUND, VISITS_A_DAY
from rapportdesk.model.consent import ConsentEvent, ConsentStatus
from rapportdesk.model.identity import StaffId
from rapportdesk.model.note import Note
from rapportdesk.model.staff import Role, Viewer
from rapportdesk.rules.visibility import see
from tests.desk.conftest import Practice

T = TypeVar("T")


def _all(desk: Desk, kind: type[T]) -> list[T]:
    return [thing for thing in desk.session().store.all_things() if isinstance(thing, kind)]


@pytest.mark.parametrize(("patients", "notes"), [(0, 10), (1, 10), (7, 10), (20, 0)])
def test_there_are_exactly_as_many_people_and_notes_as_were_asked_for(
    practice: Practice, patients: int, notes: int
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    written = invent(desk, patients=patients, notes=notes, seed=3)
    store = desk.session().store
    assert len(list(store.patients())) == patients
    assert len(_all(desk, Note)) == (notes if patients else 0)
    assert written == patients + len(list(store.all_things()))
    assert desk.verify().faults == ()


def test_the_same_seed_invents_the_same_people_and_words(tmp_path: Path) -> None:
    def invented(name: str, seed: int) -> tuple[list[tuple[str, dt.date | None]], list[str]]:
        practice = Practice(tmp_path / name / "desk.rapport")
        with practice.sign_in("Ana Ruiz") as desk:
            invent(desk, patients=5, notes=20, seed=seed)
            store = desk.session().store
            people = sorted((patient.name, patient.birth_date) for patient in store.patients())
            return people, sorted(thing.text for thing in store.all_things() if isinstance(thing, Note))

    first = invented("first", 1)
    assert invented("again", 1) == first
    assert invented("other", 2) != first


def test_nobody_invented_has_a_note_that_they_did_not_agree_to(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    invent(desk, patients=60, notes=300, seed=1)
    agreed = {each.patient for each in _all(desk, ConsentEvent) if each.status is ConsentStatus.ACTIVE}
    assert {note.patient for note in _all(desk, Note)} <= agreed
    answers = Counter(each.status for each in _all(desk, ConsentEvent))
    assert answers[ConsentStatus.ACTIVE] > answers[ConsentStatus.REJECTED] > 0
    session = desk.session()
    for patient in agreed:  # and every one of them is there to be seen by a clinician, who has opened what is veiled
        known = session.known(patient)
        opened = frozenset(note.id for note in known.notes)
        seen = see(known, Viewer(staff=StaffId(""), name="", roles=frozenset({Role.CLINICIAN})), frozenset(),
                   session.local_now(), opened=opened)  # fmt: skip
        assert {each.note.id for each in seen.notes} == opened


def test_what_is_for_clinicians_only_is_invented_where_there_is_a_clinician(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    invent(desk, patients=100, notes=1000, seed=1)
    sealed = {note.id for note in _all(desk, Note) if note.sealed_to_clinicians}
    desk = practice.sign_in("Ana Ruiz")
    assert sealed
    assert not sealed & {note.id for note in _all(desk, Note)}


def test_today_is_as_full_however_many_people_there_are(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    invent(desk, patients=2 * VISITS_A_DAY, notes=0, seed=1)
    assert len(desk.today.day().rows) == VISITS_A_DAY
    assert 2 * VISITS_A_DAY < VISITS_A_DAY * DAYS_AROUND < BATCH * 2


def test_progress_is_told_after_each_commit(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    told: list[tuple[int, int]] = []
    invent(desk, patients=BATCH + 1, notes=0, seed=1, progress=lambda done, of: told.append((done, of)))
    assert told == [(BATCH, BATCH + 1), (BATCH + 1, BATCH + 1)]
