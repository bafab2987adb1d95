"""The visibility rule, compiled: what each compartment of the read model is told about one patient.

The desk's compartment lies under a key that reception has, so what it is told comes from what that key opens and from
nothing else: what is sealed to clinicians leaves no row, no number and no date in it. The clinicians' compartment is
told of those patients alone of whom something is sealed to clinicians, and then everything as clinicians see it. Both
outlast a sign-in, so in both nobody is alone with anybody. Who said at this sign-in that a patient is alone has them
told in memory. What nobody decided about is not told, and what was decided holds until `rules.until` says.
"""

import datetime as dt
from dataclasses import dataclass, replace

from rapportdesk.desk.people.knowing import known_and_open
from rapportdesk.desk.promises.task_keeping import ENDED_LISTED, as_standing, ended_since, waits_under_veil
from rapportdesk.errors import NotFound, Tampered
from rapportdesk.model.consent import ConsentStatus
from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.patient import Patient
from rapportdesk.model.staff import Role, Viewer
from rapportdesk.readmodel.entry import ConsentTrace, Entry, IndexedNote, IndexedTask, Shown
from rapportdesk.readmodel.schema import ALWAYS, NEVER
from rapportdesk.rules.known import Company, Known
from rapportdesk.rules.until import holds_until
from rapportdesk.rules.visibility import Seen, see
from rapportdesk.store.sealed_store import SealedStore

_RECEPTION = Viewer(staff=StaffId(""), name="", roles=frozenset({Role.RECEPTION}))
_CLINICIAN = Viewer(staff=StaffId(""), name="", roles=frozenset({Role.CLINICIAN}))
_ALONE: Company = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the compartments are told of one patient; None where one is to forget them."""

    desk: Entry
    clinicians: Entry | None
    alone: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told depends on these, on what is kept about the patient, and on nothing else.

    Attributes:
        store: The signed-in person's.
        now: The recorded clock in the practice's zone.
        guardian_until: The age at which a parent's consent ends.
    """

    store: SealedStore
    now: dt.datetime
    guardian_until: int

    def of(self, patient_id: PatientId, *, alone: bool) -> Told | None:
        """Return what is told of a patient; None when there is no such person.

        Of somebody of whom anything was changed from outside only the name is told: that is said by the check of
        everything, and keeps nobody else from being found.
        """
        try:
            return self.of_patient(self.store.patient(patient_id), alone=alone)
        except (NotFound, Tampered):
            return None

    def of_patient(self, patient: Patient, *, alone: bool) -> Told | None:
        """Do as `of` for somebody who has just been read."""
        try:
            known, opened_by_all = known_and_open(self.store, patient)
        except NotFound:
            return None
        except Tampered:
            return Told(desk=Entry(id=patient.id, patient=patient), clinicians=None, alone=None)
        desk = replace(
            self._entry(opened_by_all, None), patient=known.patient, appointments=known.appointments,
            consents=_trace(known) if known.consents else None,
        )  # fmt: skip
        return Told(
            desk=desk,
            clinicians=None if opened_by_all is known else _for_clinicians(self._entry(known, None)),
            alone=self._entry(known, _ALONE) if alone else None,
        )

    def _entry(self, known: Known, company: Company) -> Entry:
        """Return what is told of notes and promises: to each only what it may see with nothing opened."""
        until = holds_until(known, self.now.date(), guardian_until=self.guardian_until)
        due = ALWAYS if until is None else until.toordinal()
        reception, clinician = self._see(known, _RECEPTION, company), self._see(known, _CLINICIAN, company)
        to_reception, to_clinician = _ids(reception), _ids(clinician)
        if ended := ended_since(known, self.now - ENDED_LISTED):  # read by whoever could read them while they stood
            standing = replace(known, notes=(), tasks=tuple(map(as_standing, ended)))
            to_reception |= _ids(self._see(standing, _RECEPTION, company))
            to_clinician |= _ids(self._see(standing, _CLINICIAN, company))

        def shown(id: RecordId) -> Shown:
            return Shown(reception=due if id in to_reception else NEVER, clinician=due if id in to_clinician else NEVER)

        told = to_reception | to_clinician
        topics = {topic.handle: topic.code for topic in reception.topics}  # a word that everybody who finds it may read
        return Entry(
            id=known.patient.id,
            notes=tuple(
                IndexedNote(note=note, shown=shown(note.id), topic=topics.get(note.topic, "") if note.topic else "")
                for note in known.notes
                if note.id in told
            ),
            tasks=tuple(IndexedTask(task=task, shown=shown(task.id)) for task in known.tasks if task.id in told),
            due=due,
            told=due if waits_under_veil(known, clinician) else NEVER,
        )

    def _see(self, known: Known, viewer: Viewer, company: Company) -> Seen:
        return see(known, viewer, company, self.now, guardian_until=self.guardian_until)


def _for_clinicians(entry: Entry) -> Entry:
    """Return an entry without what is for reception: nobody but a clinician opens that compartment."""
    notes = tuple(replace(each, shown=Shown(clinician=each.shown.clinician)) for each in entry.notes)
    tasks = tuple(replace(each, shown=Shown(clinician=each.shown.clinician)) for each in entry.tasks)
    return replace(entry, notes=notes, tasks=tasks)


def _ids(seen: Seen) -> set[RecordId]:
    return {visible.note.id for visible in seen.notes} | {task.id for task in seen.tasks}


def _trace(known: Known) -> ConsentTrace:
    yes = [event.recorded_at for event in known.consents if event.status is ConsentStatus.ACTIVE]
    no = any(event.status in {ConsentStatus.REJECTED, ConsentStatus.INACTIVE} for event in known.consents)
    dated = any(event.ask_again_on or event.valid_until or event.given_by for event in known.consents)
    unsafe = any(person.unsafe_since is not None for person in known.patient.people)
    return ConsentTrace(agreed_at=max(yes, default=None), said_no=no, may_be_due=no or dated or unsafe)
