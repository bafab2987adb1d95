"""However much comes in, no commit is long; what was decided is all there for whoever asks, moved or not."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from rapportdesk.errors import NotFound, VaultFault
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.patient import Patient
from rapportdesk.store.bulk.staging import AT_ONCE, Staging
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import COVERED
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.store.tables import ArrivalRow, ArrivingPatientRow, ArrivingRecordRow, ChangeRow
from rapportdesk.store.transaction import Change
from rapportdesk.vault.sealing import new_key
from tests.store.bulk.test_staging import a_visit
from tests.store.clinic import Clinic, a_note, a_patient

VISITS = 3
ARRIVING = {model.__tablename__ for model in (ArrivalRow, ArrivingPatientRow, ArrivingRecordRow)}


def stage(store: SealedStore, count: int, known: Patient) -> tuple[Staging, list[Patient], list[Appointment]]:
    """Stage new people with visits, and a visit and a new name for somebody who is here."""
    staging = store.stage()
    people = [a_patient(f"P{number}") for number in range(count)]
    visits = [a_visit(each.id, minutes) for each in people for minutes in range(VISITS)]
    visits.append(a_visit(known.id))
    for person in (*people, replace(known, name="From the file")):
        staging.put_patient(person)
    for visit in visits:
        staging.put(visit)
    return staging, people, visits


def rows(file: VaultFile) -> dict[str, list[dict[str, Any]]]:
    """Every row that the manifest counts."""
    with file.reading() as reading:
        return {covered.table.name: reading.rows(select(covered.table)) for covered in COVERED}


class Commits:
    """How many rows each commit has written."""

    def __init__(self, file: VaultFile) -> None:
        self.sizes: list[int] = []
        file._told.append(self._told)

    def _told(self, changes: Sequence[Change]) -> None:
        self.sizes.append(sum(change.covered.table.name != ChangeRow.__tablename__ for change in changes))


@pytest.mark.parametrize("count", [5, 60, 200])
def test_no_commit_of_bulk_work_is_longer_for_a_bigger_file(clinic: Clinic, count: int) -> None:
    with clinic.file_and_store() as (file, store):
        nia = store.put_patient(a_patient())
        commits = Commits(file)
        staging, _people, _visits = stage(store, count, nia)
        staging.write()
        assert max(commits.sizes) <= 2 * AT_ONCE, "a row, and that its patient is to be told of"
        commits.sizes.clear()
        staging.publish()
        assert commits.sizes == [1], "the decision holds no row of the file"
        commits.sizes.clear()
        moved = 0
        while waiting := store.arrivals(5):
            store.arrived(waiting)
            moved += len(waiting)
        assert moved == count + 1
        assert max(commits.sizes) <= 5 * (1 + 2 * (1 + VISITS))
        assert store.verify().clean


def test_control_a_commit_with_every_row_in_it_grows_with_the_file(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        nia = store.put_patient(a_patient())
        commits = Commits(file)
        with store.transaction():
            staging, _people, _visits = stage(store, 60, nia)
            staging.publish()
        assert max(commits.sizes) > 60 * (1 + VISITS)


Look = Callable[[SealedStore, list[Patient], list[Appointment]], object]
LOOKS: dict[str, tuple[Look, Look]] = {
    "somebody": (lambda s, people, _v: s.patient(people[0].id), lambda _s, people, _v: people[0]),
    "everybody": (
        lambda s, _p, _v: {each.id for each in s.patients() if each.name.startswith("P")},
        lambda _s, people, _v: {each.id for each in people},
    ),
    "in the order of ids": (
        lambda s, _p, _v: [each.id for each in s.patients()], lambda s, _p, _v: sorted(each.id for each in s.patients())
    ),
    "how many": (
        lambda s, _p, _v: (s.holds_more_cards_than(4), s.holds_more_cards_than(5)), lambda _s, _p, _v: (True, False)
    ),
    "their visits": (
        lambda s, people, _v: set(s.things(people[0].id)), lambda _s, _p, visits: set(visits[:VISITS])
    ),
    "one visit": (lambda s, _p, visits: s.thing(visits[-1].id), lambda _s, _p, visits: visits[-1]),
    "everything": (lambda s, _p, _v: set(s.all_things()), lambda _s, _p, visits: set(visits)),
    "on the card itself": (
        lambda s, people, _v: set(s.things_of_part(people[1].id)),
        lambda _s, _p, visits: set(visits[VISITS : 2 * VISITS]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_what_was_decided_is_there_before_it_was_moved(clinic: Clinic, look: str) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        staging, people, visits = stage(store, 4, nia)
        staging.publish()
        ask, expected = LOOKS[look]
        assert ask(store, people, visits) == expected(store, people, visits)
    with clinic.open() as store:  # and for whoever comes after a program that was cut off
        assert ask(store, people, visits) == expected(store, people, visits)
        assert store.verify().clean
        assert store.patient(nia.id).name == "From the file"


def test_what_is_written_before_it_was_moved_is_written_on_top_of_it(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        staging, people, visits = stage(store, 6, nia)
        staging.publish()
        note = store.put(a_note(people[0]))
        store.put_patient(renamed := replace(people[1], name="Renamed"))
        longer = store.put(replace(visits[2 * VISITS], minutes=40))
        store.delete(visits[3 * VISITS].id)
        store.delete_patient(people[4].id)
        store.join(people[5].id, nia.id)
        while waiting := store.arrivals(2):
            store.arrived(waiting)
        assert note in store.things(people[0].id)
        assert store.patient(people[1].id) == renamed
        assert store.thing(longer.id) == longer
        with pytest.raises(NotFound):
            store.thing(visits[3 * VISITS].id)
        with pytest.raises(NotFound):
            store.patient(people[4].id)
        assert len(store.things(nia.id)) == VISITS + 1, "those of both cards"
        assert store.verify().clean


def test_a_vault_key_that_is_replaced_before_it_was_moved_loses_nothing(clinic: Clinic) -> None:
    with clinic.open(clinic.manager) as store:
        nia = store.put_patient(a_patient())
        staging, _people, visits = stage(store, 4, nia)
        staging.publish()
        store.rotate_vault_key(new_key(), lambda: None)
        assert store.arrivals_left() == 5, "it is still to be told"
        list(store.rotate_patient_keys_in_steps())
        assert set(store.all_things()) == set(visits)
        assert store.verify().clean


def test_bulk_work_that_is_left_at_any_step_leaves_every_row_as_it_was(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        nia = store.put_patient(a_patient())
        store.put(a_note(nia))
        before = rows(file)
        for count in (1, AT_ONCE, 3 * AT_ONCE):
            staging, _people, _visits = stage(store, count, nia)
            staging.write()
            assert rows(file) != before, "control: something lies there"
            staging.discard()
            assert rows(file) == before
            with pytest.raises(VaultFault):
                staging.put(a_visit(nia.id))
        assert store.verify().clean


def test_what_was_left_by_a_program_that_was_cut_off_is_unseen_and_goes_in_steps(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        nia = store.put_patient(a_patient())
        before = rows(file)
        staging, _people, _visits = stage(store, 100, nia)
        staging.write()
    with clinic.file_and_store() as (file, store):
        assert list(store.patients()) == [nia]
        assert store.things(nia.id) == ()
        assert store.arrivals(5) == ()
        assert store.verify().clean
        gone = list(store.clear_staged())
        assert len(gone) > 2
        assert rows(file) == before
        assert store.verify().clean


def test_another_piece_of_bulk_work_finishes_the_one_before_and_ends_one_that_is_not_decided(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        decided, people, _visits = stage(store, 3, nia)
        decided.publish()
        undecided, others, _visits = stage(store, 3, nia)
        last, _people, _visits = stage(store, 1, nia)
        with pytest.raises(VaultFault):
            undecided.publish()
        last.publish()
        here = {each.id for each in store.patients()}
        assert here >= {each.id for each in people}
        assert not here & {each.id for each in others}
        assert store.verify().clean


def test_who_is_taken_out_is_taken_out_of_what_was_staged_and_given_up_too(clinic: Clinic) -> None:
    with clinic.file_and_store() as (_file, store):
        nia = store.put_patient(a_patient())
        staging, _people, _visits = stage(store, 3, nia)
        staging.write()
    with clinic.file_and_store() as (file, store):
        store.delete_patient(nia.id)
        left = rows(file)
        assert nia.id not in {row["id"] for row in left["arriving_patient"]}
        assert nia.id not in {row["patient_id"] for row in left["arriving_record"]}
        assert left["arriving_patient"], "control: the others lie there still"
        assert store.verify().clean
