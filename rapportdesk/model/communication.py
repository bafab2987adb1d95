"""What passed between the practice and a patient from afar: FHIR R4 Communication; never what was answered.

The bare part (when, which way, by whom, what came of it) is the practice's own doing, like an appointment. Who else
spoke, and the words of a message, are the patient's: they rest on the consent to notes.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.patient import ContactSystem


class Direction(StrEnum):
    """Who began it."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class CommunicationStatus(StrEnum):
    """FHIR R4 event-status, the part a desk uses; `IN_PROGRESS` is handed over and not yet ticked."""

    PREPARATION = "preparation"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    NOT_DONE = "not-done"


class Speaker(StrEnum):
    """Who was at the other end of a call."""

    PATIENT = "patient"
    RELATED = "related-person"
    SOMEBODY_ELSE = "somebody-else"


class Check(StrEnum):
    """What a caller was asked, to know that they are who they say. What they answered is kept nowhere."""

    BIRTH_DATE = "birth-date"
    POSTCODE_OR_NUMBER = "postcode-or-number"
    CALL_BACK = "call-back"


class CallOutcome(StrEnum):
    """What came of ringing somebody."""

    REACHED = "reached"
    NO_ANSWER = "no-answer"
    VOICEMAIL = "voicemail-left"


class ContactPurpose(StrEnum):
    """What somebody is reached for; each needs an agreement of its own beside that to the way."""

    APPOINTMENT = "appointment"
    FEEDBACK = "feedback"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Communication:
    """One call or message.

    Attributes:
        medium: By which way.
        recorded_at: When it came, was tried or was handed over, with an offset (UTC).
        speaker: Who was at the other end of a call; None for messages and for whoever was not reached.
        person: Id of the related person who spoke, for `Speaker.RELATED` alone.
        checks: What the caller was asked and answered rightly.
        outcome: What came of ringing them; None for a call that came in, and for messages.
        purpose: What a message is about.
        contact: The number or address that was used, as it stood on the card; empty for a call that came in.
        subject, text: The message as it was handed over.
        template: Id of the template it was made from.
        appointment: The visit it is about.
    """

    id: RecordId
    patient: PatientId
    direction: Direction
    medium: ContactSystem = ContactSystem.PHONE
    status: CommunicationStatus = CommunicationStatus.COMPLETED
    recorded_at: dt.datetime
    recorded_by: StaffId
    recorded_by_name: str
    speaker: Speaker | None = None
    person: str = ""
    checks: tuple[Check, ...] = ()
    outcome: CallOutcome | None = None
    purpose: ContactPurpose | None = None
    contact: str = ""
    subject: str = ""
    text: str = ""
    template: str = ""
    appointment: RecordId | None = None
    revision: int = 1

    @property
    def is_call(self) -> bool:
        """Whether it was a call: a message is made from a template."""
        return self.template == ""

    @property
    def they_were_heard(self) -> bool:
        """Whether the patient themself was spoken with."""
        heard = self.speaker is Speaker.PATIENT or self.outcome is CallOutcome.REACHED
        return heard and self.status is CommunicationStatus.COMPLETED


def bare(communication: Communication) -> Communication:
    """Return the part that rests on nobody's consent; a named person reads as somebody else."""
    speaker = communication.speaker
    if speaker is Speaker.RELATED:
        speaker = Speaker.SOMEBODY_ELSE
    return replace(communication, speaker=speaker, person="", contact="", subject="", text="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who may be told something: the id of a related person, and who they are ("Gwen, daughter")."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """What stands on the screen of a call about one patient; of those who may be told nothing there is no trace.

    Attributes:
        name: As written.
        callers: The related persons who may be told something.
    """

    patient: PatientId
    name: str
    birth_date: dt.date | None
    callers: tuple[Caller, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswer:
    """What may be said to whoever is on the line.

    Attributes:
        may_talk: Anything may be said at all.
        sentence: What may be said; or the one sentence that discloses nothing, which is always the same.
    """

    may_talk: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to reach somebody now.

    Attributes:
        value: The number or address as it stands on the card; empty while the way is closed for want of one.
        open: It may be used now.
        why: Why it is closed, in words that tell nothing but that; else what to mind ("phone shared: Huw").
    """

    system: ContactSystem
    value: str = ""
    open: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """One line of the contact log, as one viewer may read it.

    Attributes:
        at: In the practice's zone.
        words: What it was and what came of it.
        detail: What was checked, who wrote it down, or the message's words; may be empty.
        waits: It was handed over and nobody has ticked yet whether it was sent.
        is_call: It was a call, which may stand with the wrong person; a message has gone to whom it names.
    """

    id: RecordId
    at: dt.datetime
    words: str
    detail: str = ""
    waits: bool = False
    is_call: bool = True
