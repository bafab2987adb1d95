"""Who somebody is was put right, at the desk or by a file: what the card said before and what since (GDPR art. 16)."""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityChange:
    """One change of a card's identity. Never changed afterwards; taken back, it is as if it had not been.

    Attributes:
        before: Who the card said they were.
        after: Who it said they were from then on.
        changed_at: With an offset (UTC).
        brought_in: The practice system said so, in a file that whoever is named brought in.
    """

    id: RecordId
    patient: PatientId
    before: Patient
    after: Patient
    changed_at: dt.datetime
    changed_by: StaffId
    changed_by_name: str
    revision: int = 1
    brought_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line of a card that said something else before.

    Attributes:
        label: Which line, in words.
        before: What it said; empty for nothing.
        after: What it said from then on; empty for nothing.
    """

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityVersion:
    """One change as whoever is signed in may read it; attributes as for `IdentityChange`."""

    changed_at: dt.datetime
    changed_by_name: str
    differences: tuple[Difference, ...]
    brought_in: bool = False
