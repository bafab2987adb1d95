"""Personal questions that everybody is asked once: that it was asked, by whom and when, and how it was answered.

The answer itself is kept where it belongs (a name, a note), never here. "Would rather not say" is an answer.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId


class Answer(StrEnum):
    """How a question was answered: FHIR R4 data-absent-reason, where there is no content."""

    ANSWERED = "answered"
    NONE = "not-applicable"
    DECLINED = "asked-declined"
    NOT_TODAY = "temp-unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the list.

    Attributes:
        id: A name that stays, in the records too.
        kept: Where an answer lies: "patient.<field>", "note.<kind>", or "people" for what each person may hear.
        may_be_none: "None" is an answer of which nothing is to be written down.
    """

    id: str
    kept: str
    may_be_none: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """One time a personal question was asked; only ever added to, the newest counts."""

    id: RecordId
    patient: PatientId
    question: str
    answer: Answer
    asked_at: dt.datetime
    asked_by: StaffId
    asked_by_name: str
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionState:
    """Where one question stands with one patient, for one viewer.

    Attributes:
        name: What it is about ("pronouns").
        state: What is known, or that it was asked, when and by whom; "never asked" otherwise.
        sentence: How to ask it; empty while it is not to be asked.
        answered: Something is known, or it was answered.
        declined: They would rather not say, and are not asked again.
        can_be_typed: An answer can be written down here; else it belongs among the people.
        may_be_none: "None" is an answer.
    """

    id: str
    name: str
    state: str
    sentence: str = ""
    answered: bool = False
    declined: bool = False
    can_be_typed: bool = True
    may_be_none: bool = False
