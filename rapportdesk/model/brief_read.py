"""That a brief was printed or read for one day's visit, and which common ground it offered: so that the next is new."""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.model.identity import PatientId, RecordId, StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefRead:
    """One brief that left the desk on paper, or was read; sealed to clinicians, because it says what they read.

    Attributes:
        for_on: The local day of the visit it was for; without a visit, the day itself.
        read: It was read; else it was printed and waits to be ticked as read.
        offered: Ids of the notes that stood under "Open with".
        serial: The serial at the foot of the paper; empty when it was read on the screen or ticked from paper.
        at: When it was printed or read, with an offset (UTC).
    """

    id: RecordId
    patient: PatientId
    for_on: dt.date
    read: bool
    offered: tuple[RecordId, ...] = ()
    serial: str = ""
    at: dt.datetime
    by: StaffId
    by_name: str
    revision: int = 1
