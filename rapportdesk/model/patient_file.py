"""Everything that is handed out about one patient, in one piece: to the patient, or from one practice to another."""

from dataclasses import dataclass, fields

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.communication import Communication
from rapportdesk.model.company import Companions
from rapportdesk.model.consent import ConsentEvent
from rapportdesk.model.consent_form import ConsentForm
from rapportdesk.model.identity_change import IdentityChange
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Patient
from rapportdesk.model.question import QuestionAsked
from rapportdesk.model.rights import RightsEvent
from rapportdesk.model.task import Task
from rapportdesk.model.topic import TopicPermission


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFile:
    """One patient's file. Everything in it is about `patient`, and each list is in no order but `earlier`.

    Attributes:
        earlier: What notes said before they were changed, of each note the oldest first.
        forms: What was signed, with the scans.
        identity_changes: What the card said of who they are before it was put right.
    """

    patient: Patient
    notes: tuple[Note, ...] = ()
    earlier: tuple[Note, ...] = ()
    consents: tuple[ConsentEvent, ...] = ()
    forms: tuple[ConsentForm, ...] = ()
    topics: tuple[TopicPermission, ...] = ()
    tasks: tuple[Task, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    questions: tuple[QuestionAsked, ...] = ()
    companions: tuple[Companions, ...] = ()
    communications: tuple[Communication, ...] = ()
    rights: tuple[RightsEvent, ...] = ()
    identity_changes: tuple[IdentityChange, ...] = ()

    @property
    def records(self) -> int:
        """How many records it holds beside the patient."""
        return sum(len(getattr(self, name)) for name in LISTS)


LISTS = tuple(each.name for each in fields(PatientFile) if each.name != "patient")
"""The names of a file's lists."""
