"""Messages to patients: templates with fields to merge, a draft in the patient's language, and what was handed over."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.communication import ContactPurpose, Way
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.patient import ContactSystem


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateWords:
    """One template in one language (a BCP 47 name); fields stand in braces: "Dear {called}"."""

    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """What is often written.

    Attributes:
        id: A name that stays; the clinic's own words for one of ours keep its id.
        name: What the desk calls it.
        own: The clinic has written something of it.
    """

    id: str
    name: str
    purpose: ContactPurpose
    words: tuple[TemplateWords, ...]
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDraft:
    """A message that nobody has handed over yet.

    Attributes:
        way: By which it would go, and if it may not, why.
        language: Of the words, in the reader's language ("Welsh").
        other_language: What the patient likes best, where the words are not in it; empty where they are.
    """

    patient: PatientId
    template: str
    way: Way
    subject: str
    text: str
    language: str = ""
    other_language: str = ""
    appointment: RecordId | None = None


class HandedTo(StrEnum):
    """Who takes the message from here; the desk itself sends nothing."""

    PROGRAM = "program"
    PAPER = "paper"
    CLIPBOARD = "clipboard"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """What leaves the desk.

    Attributes:
        communication: Id of the line in the contact log that waits for its tick.
        uri: For a program: "mailto:", "sms:" or "tel:", percent-encoded.
        text: For the clipboard.
    """

    communication: RecordId
    to: HandedTo
    uri: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """One visit of a day that cannot take place, and how whoever comes is told.

    Attributes:
        start: In the practice's zone.
        draft: The message, by a way that is open; None where they are told by hand.
        by_hand: How to tell them by hand, safely; empty where there is a draft.
        waits: Id of the message that was handed over and is not ticked yet.
        told: They know, and the visit is called off.
    """

    appointment: RecordId
    patient: PatientId
    name: str
    birth_date: dt.date | None
    start: dt.datetime
    draft: MessageDraft | None = None
    by_hand: str = ""
    waits: RecordId | None = None
    told: bool = False


WRITTEN = (ContactSystem.SMS, ContactSystem.EMAIL, ContactSystem.POST)
"""The ways by which words go."""
