"""What is told of a patient's consents, as data: where each stands, what became of what was said, what comes next."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.consent import ConsentEvent, Covers, InactiveReason
from rapportdesk.model.consent_form import ConsentForm
from rapportdesk.model.identity import RecordId
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import KeepConsent


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One event and what became of it.

    Attributes:
        in_force: It is the one that decides on the day.
        ended: Why it no longer permits or proposes anything; None while it does, and for what never did.
        ended_on: The first local day on which it no longer did.
    """

    event: ConsentEvent
    in_force: bool
    ended: InactiveReason | None = None
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeStanding:
    """Where one purpose stands on the day, with its events.

    Attributes:
        person: Id of the related person, for `TALK_WITH` alone.
        state: Only `AGREED` permits anything.
        decides: The event in force; None when nothing was said that counts.
        entries: Every event about it, newest first.
    """

    covers: Covers
    person: str = ""
    state: KeepConsent
    decides: ConsentEvent | None
    entries: tuple[HistoryEntry, ...]


class AskWhy(StrEnum):
    """Why something is asked again."""

    DAY_CAME = "day-came"
    SAID_NO_LONG_AGO = "said-no-long-ago"
    EXPIRED = "expired"
    DECIDES_THEMSELF = "decides-themself"
    SOMEONE_ELSE = "someone-else"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """One thing to ask.

    Attributes:
        person: Id of the related person, for `TALK_WITH` alone.
        since: The local day from which it is due.
        alone: Only when nobody is with the patient.
    """

    covers: Covers
    person: str = ""
    why: AskWhy
    since: dt.date
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """Notes that are hidden because their consent was taken back.

    Attributes:
        event: The withdrawal, or the no in answer to being asked again.
        hidden_since: The local day on which they were hidden.
        until: The last local day on which it can be taken back.
        due: They are to be erased now.
    """

    patient: Patient
    event: ConsentEvent
    hidden_since: dt.date
    until: dt.date
    due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentHistory:
    """Everything that was ever said about one patient's consents, on one screen.

    Attributes:
        today: The local date it was told on.
        purposes: Every purpose, each with its events, newest first.
        forms: The signed forms that lie with events, by the event's id, without their content.
        withdrawn: What is hidden and will be erased; None when nothing is.
        to_ask: What is due to be asked again.
        undoable: Ids of the withdrawals and noes that can still be taken back.
        undo_until: The last local day on which one recorded today can be.
    """

    patient: Patient
    today: dt.date
    purposes: tuple[PurposeStanding, ...]
    forms: dict[RecordId, tuple[ConsentForm, ...]]
    withdrawn: Withdrawn | None = None
    to_ask: tuple[AskAgain, ...] = ()
    undoable: frozenset[RecordId] = frozenset()
    undo_until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """Somebody who is to be asked something again."""

    patient: Patient
    asks: tuple[AskAgain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A yes recorded on a day with neither an arrival nor a call."""

    patient: Patient
    event: ConsentEvent
    recorded_on: dt.date
