"""What an import remembers of people and visits is what it was given, and nothing for the collector to go through."""

import datetime as dt
import gc
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.bring_in.so_far import SoFar
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.patient import Identifier, Patient

texts = st.text(st.characters(exclude_categories=()))  # half characters too
patients = st.builds(
    Patient, id=st.builds(lambda: PatientId(new_id())), name=texts, birth_date=st.none() | st.dates(),
    former_names=st.lists(texts).map(tuple),
    identifiers=st.lists(st.builds(Identifier, system=texts, value=texts)).map(tuple),
)  # fmt: skip
visits = st.builds(
    Appointment, id=st.builds(lambda: RecordId(new_id())), patient=st.just(PatientId(new_id())), reason=texts,
    start=st.datetimes(timezones=st.just(dt.UTC)), status=st.sampled_from(AppointmentStatus),
    revision=st.integers(1, 9), identifiers=st.lists(texts).map(tuple),
)  # fmt: skip


@given(patients, st.none() | patients)
def test_people_are_who_they_were(after: Patient, known: Patient | None) -> None:
    so_far = SoFar()
    assert after.id not in so_far
    assert so_far.now(after.id) is None
    so_far.take(known, after, 3)
    so_far.take(known, after, 7)
    assert after.id in so_far
    assert (so_far.before(after.id), so_far.now(after.id)) == (known, after)
    assert so_far.is_new(after.id) is (known is None)
    assert so_far.people_said(after.id) == (3, 7)


@given(st.lists(visits), st.lists(visits))
def test_visits_are_what_they_were_whoever_else_was_asked_for_in_between(
    ours: list[Appointment], theirs: list[Appointment]
) -> None:
    so_far, one, other = SoFar(), PatientId(new_id()), PatientId(new_id())
    assert so_far.visits(one) is None
    so_far.keep_visits(one, ours)
    so_far.keep_visits(other, theirs)
    assert (so_far.visits(one), so_far.visits(other), so_far.visits(one)) == (tuple(ours), tuple(theirs), tuple(ours))
    so_far.keep_visits(one, ())
    assert so_far.visits(one) == ()


def test_the_collector_goes_through_as_little_for_many_as_for_few() -> None:
    def held(people: int) -> int:
        so_far = SoFar()
        for number in range(people):
            patient = Patient(id=PatientId(new_id()), name=f"Person {number}", former_names=("Of old",))
            so_far.take(patient, patient, number)
            visit = Appointment(id=RecordId(new_id()), patient=patient.id, start=dt.datetime.now(dt.UTC))
            so_far.keep_visits(patient.id, (visit,))
            so_far.say(visit.id, number)
        gc.collect()  # which lets go of tuples that hold nothing to go through
        return len(_tracked(so_far))

    assert held(300) == held(3)


def _tracked(root: object) -> set[int]:
    """Return what the collector goes through from here, classes and modules left out."""
    found, left = set[int](), list[Any]([root])
    while left:
        each = left.pop()
        if gc.is_tracked(each) and id(each) not in found and not isinstance(each, type):
            found.add(id(each))
            left += gc.get_referents(each)
    return found
