"""What somebody who works here is happy to talk about, and what not: their own words, sealed for themself alone."""

from dataclasses import dataclass

from rapportdesk.model.identity import PatientId, RecordId, StaffId

MOST_INTERESTS = 20
LONGEST_INTEREST = 200
"""Characters in each of an interest's three lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """One thing a colleague may have in common with a patient.

    Attributes:
        words: What it is ("singing").
        happy_to: What they like to be asked about; may be empty.
        rather_not: Where it ends for them; may be empty.
    """

    words: str
    happy_to: str = ""
    rather_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnInterests:
    """Everything one colleague has entered.

    Attributes:
        author: Whose they are, and for whom alone they are sealed.
        patient: They are about no patient.
    """

    id: RecordId
    author: StaffId
    interests: tuple[Interest, ...] = ()
    patient: PatientId | None = None
