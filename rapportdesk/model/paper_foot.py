"""What was written at the foot of printed briefs "for the desk to remember", as it is typed in: one for each visit."""

from dataclasses import dataclass

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFoot:
    """One person of a printed session.

    Attributes:
        appointment: The visit the page was for.
        remember: What was written, a note on each line, in the words of the quick line; may be empty.
        read: The page was ticked as read.
    """

    appointment: Appointment
    remember: str = ""
    read: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One visit of the session whose pages came back, to be filled in."""

    appointment: Appointment
    patient: Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKept:
    """What came of entering a session's paper.

    Attributes:
        notes: How many notes and promises were kept.
        read: How many briefs were ticked as read.
        waiting: Whose words wait on their card, sealed for whoever typed them, until they have been asked.
    """

    notes: int = 0
    read: int = 0
    waiting: tuple[PatientId, ...] = ()
