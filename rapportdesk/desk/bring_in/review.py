"""What an import could not tell waits here for a person: who somebody is, and whether two cards are one person's.

The same person, somebody new, or left out: what is decided is done at once, remembered, and asked of nobody again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapportdesk.desk.bring_in.importing import is_same_visit, merged, merged_appointment, new_patient
from rapportdesk.desk.bring_in.matching import Doubt
from rapportdesk.desk.bring_in.merging import Merging
from rapportdesk.desk.bring_in.review_list import WaitingPerson, keep_review, read_review
from rapportdesk.desk.people.identity_changes import keep_change
from rapportdesk.desk.people.people import tidy
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonToDecide:
    """Somebody in a file, and who here they may be.

    Attributes:
        described: What the file says of them; the id means nothing.
        visits: How many appointments come in with them.
    """

    id: str
    why: Doubt
    described: Patient
    candidates: tuple[Patient, ...]
    visits: int
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsToDecide:
    """Two cards that a practice system says are one person's."""

    id: str
    stays: Patient
    other: Patient
    file: str


class Review:
    """The list of what waits for a person."""

    def __init__(self, session: Callable[[], Session], refresh: Callable[[PatientId], None], merging: Merging) -> None:
        self._session = session
        self._refresh = refresh
        self._merging = merging

    def waiting(self) -> int:
        """Return how many decisions wait."""
        review = read_review(self._session().store)
        return len(review.people) + len(review.merges)

    def people(self) -> tuple[PersonToDecide, ...]:
        """Return everybody of whom it is not told yet who they are, the longest waiting first."""
        session = self._session()
        return tuple(_shown(session, each) for each in read_review(session.store).people)

    def cards(self) -> tuple[CardsToDecide, ...]:
        """Return the pairs of cards that may be one person's; a pair that is one by now is left out."""
        session = self._session()
        found = []
        for each in read_review(session.store).merges:
            both = _known(session, (each.survivor, each.other))
            if len(both) == 2:
                found.append(CardsToDecide(id=each.id, stays=both[0], other=both[1], file=each.file))
        return tuple(found)

    def same(self, waiting_id: str, patient_id: PatientId) -> Patient:
        """Say that somebody in a file is this person here; what the file says of them and their visits comes in.

        Raises:
            NotFound: It was decided already, or there is no such person.
        """
        session = self._session()
        waiting, before = _person(session, waiting_id), session.store.patient(patient_id)
        return self._take(session, waiting, tidy(merged(before, waiting.described)), before)

    def new(self, waiting_id: str) -> Patient:
        """Say that somebody in a file is nobody who is here: they are added, with their visits.

        Raises:
            BadInput: Their name cannot be kept.
            NotFound: It was decided already.
        """
        session = self._session()
        waiting = _person(session, waiting_id)
        return self._take(session, waiting, tidy(new_patient(waiting.described)))

    def leave_out(self, waiting_id: str) -> None:
        """Leave somebody in a file out, or two cards as they are; the same file brings the question up no more.

        Raises:
            NotFound: It was decided already.
        """
        session = self._session()
        review = read_review(session.store)
        waiting = {each.id for each in review.people} | {each.id for each in review.merges}
        if waiting_id not in waiting:
            raise _gone()
        with session.transaction():
            keep_review(session.store, review.without(waiting_id, ""))
            session.record(AuditAction.IMPORTED, why="left out by a person")

    def join(self, waiting_id: str) -> None:
        """Say that two cards are one person's; they are joined, which can be undone.

        Raises:
            BadInput: They are one card by now.
            NotFound: It was decided already, or one of them is not there any more.
        """
        session = self._session()
        review = read_review(session.store)
        merge = next((each for each in review.merges if each.id == waiting_id), None)
        if merge is None:
            raise _gone()
        self._merging.join(merge.survivor, merge.other)
        keep_review(session.store, review.without(waiting_id, merge.survivor))

    def _take(self, session: Session, waiting: WaitingPerson, patient: Patient, was: Patient | None = None) -> Patient:
        store = session.store
        with session.transaction():
            if was is not None:
                keep_change(session, was, patient, brought_in=True)
            store.put_patient(patient)
            known = [each for each in store.things(patient.id) if isinstance(each, Appointment)]
            for said in waiting.visits:
                before = next((each for each in known if is_same_visit(each, said)), None)
                if before is not None or said.start is not None:
                    store.put(merged_appointment(before, said, patient.id))
            keep_review(store, read_review(store).without(waiting.id, patient.id))
            session.record(AuditAction.IMPORTED, patient.id, why="decided by a person")
            session.cannot_undo()  # it would take back what the file said too
        self._refresh(patient.id)
        return patient


def _shown(session: Session, waiting: WaitingPerson) -> PersonToDecide:
    return PersonToDecide(
        id=waiting.id,
        why=waiting.why,
        described=new_patient(waiting.described),
        candidates=_known(session, waiting.candidates),
        visits=len(waiting.visits),
        file=waiting.file,
    )


def _known(session: Session, patients: Sequence[PatientId]) -> tuple[Patient, ...]:
    """Return those who are still there, each once."""
    found: dict[PatientId, Patient] = {}
    for each in patients:
        try:
            patient = session.store.patient(each)
        except NotFound:
            continue
        found.setdefault(patient.id, patient)
    return tuple(found.values())


def _person(session: Session, waiting_id: str) -> WaitingPerson:
    found = next((each for each in read_review(session.store).people if each.id == waiting_id), None)
    if found is None:
        raise _gone()
    return found


def _gone() -> NotFound:
    return NotFound(_("Somebody has decided about this already."))
