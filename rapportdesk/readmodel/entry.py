"""What the index is told about one patient: whoever tells has decided who may see each thing, and until when.

Nothing here depends on a session. Who is with a patient is no part of it: a thing counts as if nobody knew, and the few
patients of whom more is known are told to an index of their own, over the others (rapportdesk.readmodel.layers).
"""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Patient
from rapportdesk.model.task import Task
from rapportdesk.readmodel.schema import ALWAYS, NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Until which local day (exclusive; `date.toordinal`) something is shown to whom; hidden unless said otherwise."""

    reception: int = NEVER
    clinician: int = NEVER


EVERYBODY = Shown(reception=ALWAYS, clinician=ALWAYS)
NOBODY = Shown()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedNote:
    """A note; `topic` is its topic's code where everybody who finds the note may read that."""

    note: Note
    shown: Shown
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedTask:
    """A promise, open or ended."""

    task: Task
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTrace:
    """Whose consents a list has to look at, so that it need not look at everybody's.

    Attributes:
        agreed_at: The moment of the newest agreement; None when there was none.
        said_no: Something was refused or taken back.
        may_be_due: Something has an end, a review date or somebody else's word, or is to be asked again.
    """

    agreed_at: dt.datetime | None = None
    said_no: bool = False
    may_be_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One patient with everything that is searched and listed of them.

    Attributes:
        patient: Who they are, for finding them; None where another compartment has that.
        due: The first local day on which something must be decided again.
        told: Until which day a clinician is told that something waits under the veil.
        consents: None when nothing was ever said about consent.
    """

    id: PatientId
    patient: Patient | None = None
    notes: tuple[IndexedNote, ...] = ()
    tasks: tuple[IndexedTask, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    consents: ConsentTrace | None = None
    due: int = ALWAYS
    told: int = NEVER
