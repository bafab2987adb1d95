"""What may be talked about, how, and who may even know the name of it.

Codes are HL7 v3 ActCode sensitivity policies (valueset v3-InformationSensitivityPolicy) plus local ones; they are for
mapping and export, the screen offers plain words.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId, TopicHandle
from rapportdesk.model.note import Audience

HL7_SENSITIVITY_CODES = (
    "PSY", "MH", "BH", "SUD", "ETHUD", "OPIOIDUD", "HIV", "STD", "SEX", "PREGNANT", "SDV", "VIO", "MST", "GDIS", "COGN",
    "DVD", "EMOTDIS", "GENDER", "REL", "RACE", "MARST", "LIVARG", "EMPL", "ADOL", "PRS",
)  # fmt: skip
"""Named to clinicians only unless the patient says otherwise."""

HL7_ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"

LOCAL_TOPIC_CODES = ("bereavement", "weight", "money", "immigration", "pregnancy-loss", "prognosis")
"""Ours: named to everyone unless the patient says otherwise."""

SENSITIVE_LIST = frozenset(HL7_SENSITIVITY_CODES) | frozenset(LOCAL_TOPIC_CODES)
"""Topics that need an asking sentence when the patient has given no permission."""


def default_name_for(code: str) -> Audience:
    """Return who may know the topic's name when the patient has not said."""
    return Audience.CLINICIANS if code in HL7_SENSITIVITY_CODES else Audience.EVERYONE


def sensitivity_code(code: str) -> str:
    """Return the HL7 v3 ActCode (system `HL7_ACT_CODE`) that a topic is exported under.

    What has no code of its own is what the patient asked to be careful with: PRS, "patient requested information
    sensitivity".
    """
    if code in HL7_SENSITIVITY_CODES:
        return code
    return {"pregnancy-loss": "PREGNANT"}.get(code, "PRS")


class Permission(StrEnum):
    """How a topic may be raised."""

    WELCOME = "welcome"
    ASK_FIRST = "ask-first"
    CLINICIAN_ONLY = "clinician-only"
    PRIVATE_ROOM = "private-room"
    NOT_IN_FRONT_OF = "not-in-front-of"
    DO_NOT_RAISE = "do-not-raise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One time the patient was asked whether a topic may be raised."""

    asked_at: dt.datetime
    asked_by: StaffId
    asked_by_name: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPermission:
    """Whether and how one topic may be raised with one patient. One current record for each patient and topic.

    Attributes:
        handle: What notes refer to; random for each patient and topic.
        code: One of the HL7 codes, the local codes, or the patient's own word.
        permission: None while the patient has not been asked about it.
        name_for: Who may know the topic's name. For `CLINICIANS` the whole record is sealed to them.
        person: Id of the related person, for `NOT_IN_FRONT_OF` alone.
        said_by: Who said so, in plain words; empty for the patient.
        asking_sentence: A suggested way to ask ("Would it be all right to talk about ...?"); empty for the default.
        valid_from, valid_until: In force between these local dates, both inclusive; None is open.
    """

    id: RecordId
    patient: PatientId
    handle: TopicHandle
    code: str
    permission: Permission | None = None
    name_for: Audience = Audience.EVERYONE
    person: str = ""
    said_by: str = ""
    asking_sentence: str = ""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    recorded_at: dt.datetime
    recorded_by: StaffId
    recorded_by_name: str
    askings: tuple[Asking, ...] = ()
    revision: int = 1
