"""What one viewer may be shown, as data: the outcome of the visibility rule, ready for screen, paper and command line.

Nothing hidden has a trace here: no count, no gap, no label. What is veiled is one flag for the whole person.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.day import Behind, Need, WeekDay
from rapportdesk.model.identity import PatientId, RecordId, TopicHandle
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.task import Task

MOST_NAMESAKES = 50
"""Namesakes that are told of one person; one more says that there are more."""


class Mark(StrEnum):
    """The sign beside a line; a word always stands with it."""

    NONE = "none"
    DO = "do"
    DONT = "dont"
    ASK_FIRST = "ask-first"
    CONFIRM = "confirm"
    ASKED_ALREADY = "asked-already"
    OVERDUE = "overdue"
    DUE = "due"
    TOLD = "told"
    PERSON = "person"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line that may be read.

    Attributes:
        lead: Printed bold before the text ("Gwen", "Asked already:"); may be empty.
        text: The words; quotation marks are already there when they are the person's own.
        detail: A quieter second line: what to ask, how old, the asking sentence; may be empty.
        urgent: A few words in red after the text ("due yesterday, not sent"); may be empty.
        note: The note behind the line, for editing and for "who said this, when"; None when it is composed.
        task: Likewise the promise behind it.
        topic: The topic that it is about, for saying how that may be raised; None when it is about none.
        source: Who said it, who took it down and when, in a few words; shown on demand. Empty where nobody asks.
    """

    text: str
    lead: str = ""
    detail: str = ""
    urgent: str = ""
    mark: Mark = Mark.NONE
    kind: NoteKind | None = None
    note: Note | None = None
    task: Task | None = None
    topic: TopicHandle | None = None
    source: str = ""


class KeepConsent(StrEnum):
    """Where the consent to keep notes stands."""

    AGREED = "agreed"
    NOT_ASKED = "not-asked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SOMEONE_ELSE = "someone-else"
    RESTING = "resting"


class BlockKey(StrEnum):
    """The card's blocks in reading order."""

    IMPORTANT = "important"
    PLEASE_DO = "please-do"
    PLEASE_DONT = "please-dont"
    HOBBIES = "hobbies"
    PEOPLE = "people"
    ADJUSTMENTS = "adjustments"
    PROMISED = "promised"
    ALSO = "also"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading and its lines. The screen shows three and then "4 more"."""

    key: BlockKey
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything one viewer may read about one person at this moment.

    Attributes:
        keep: Where the consent to keep notes stands, for the sign in the header.
        cautions: Contact safety in a few words each ("no voicemail"), amber in the header.
        blocks: Only blocks that have lines.
        veiled: For a clinician: something waits to be opened alone with the person. One sentence for all of it.
        to_ask: One sentence to ask, where almost nothing is known or consent has not been given; may be empty.
        namesakes: Others whose name is near, with their birth dates, so that the wrong card is noticed; at most one
            more than `MOST_NAMESAKES`.
        with_them: Who came along today, as they are called.
        emergency: It is open as emergency access, whether or not that showed anything more.
        alone: It was said that nobody is with them, which ends when the card is left.
    """

    patient: Patient
    age: int | None
    keep: KeepConsent
    cautions: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    veiled: bool = False
    to_ask: str = ""
    namesakes: tuple["PersonHit", ...] = ()
    with_them: tuple[str, ...] = ()
    emergency: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """One thing that somebody reads of themself, under what it is about."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """What a patient may read of themself on a screen that is turned to them.

    Attributes:
        facts: Who they are.
        notes: What they said, newest first.
        agreed: Where their consent to notes stands, said to them; may be empty.
    """

    name: str
    called: str
    facts: tuple[OwnLine, ...]
    notes: tuple[OwnLine, ...] = ()
    agreed: str = ""


class BriefKey(StrEnum):
    """The brief's sections in reading order."""

    GREET = "greet"
    COMFORT = "comfort"
    OPEN_WITH = "open-with"
    MATTERS_TODAY = "matters-today"
    GOALS = "goals"
    TAKE_CARE = "take-care"
    PROMISED = "promised"
    ASKS = "asks"
    LAST_TIME = "last-time"
    FELT = "felt"
    WITH_THEM = "with-them"
    NEXT_STEP = "next-step"


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSection:
    """One label with its lines. The section with the veil's one sentence has `veil` set."""

    key: BriefKey
    label: str
    lines: tuple[Line, ...] = ()
    veil: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a clinician reads in thirty seconds, at most one page and about 120 words.

    Attributes:
        as_of: The moment it was composed, with an offset.
        left_out: How many visible lines did not fit; said at the foot.
        left_out_of: The same by the label of the section they would have stood in, in reading order.
        read_at, read_by_name: When, with an offset, and by whom the brief for this day was last read; None and empty
            while nobody has.
        emergency: It is open as emergency access, whether or not that showed anything more.
        alone: It was said that nobody is with them, which ends when the brief is left.
    """

    patient: Patient
    age: int | None
    appointment: Appointment | None
    sections: tuple[BriefSection, ...]
    as_of: dt.datetime
    left_out: int = 0
    left_out_of: tuple[tuple[str, int], ...] = ()
    read_at: dt.datetime | None = None
    read_by_name: str = ""
    emergency: bool = False
    alone: bool = False

    @property
    def veiled(self) -> bool:
        """Whether something waits to be opened."""
        return any(section.veil for section in self.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRow:
    """One appointment as Today lists it.

    Attributes:
        detail: "Dr Osei · 20 min", "Nurse Lind · ramp": practitioner and what must be ready.
        waiting_minutes, in_room_minutes: Counted from the arrival or the going in; None when neither.
        starts: When it begins, in the zone and offset of that day; None where that is the offset of now.
        needs: What has to be ready before they come.
        deceased: The patient has died: nobody is waited for, greeted or read about next.
        moved_to: When the visit booked in this one's stead is, in the practice's zone; None when there is none.
    """

    appointment: Appointment
    patient: PatientId
    name: str
    detail: str
    waiting_minutes: int | None = None
    in_room_minutes: int | None = None
    starts: dt.datetime | None = None
    needs: tuple[Need, ...] = ()
    deceased: bool = False
    moved_to: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """One promise as the ledger lists it, overdue first.

    Attributes:
        detail: How often, why it waits, what became of its visit, what came of it; may be empty.
        mine: It is the viewer's own to keep.
    """

    task: Task
    patient_name: str
    overdue: bool
    due_words: str
    detail: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Promises as one viewer may see them.

    Attributes:
        rows: Overdue first, then by the day on which they are due; of those that have ended the newest first.
        owners: Everybody who has one to keep, for picking one, and everybody who works here, for handing one on.
        owner: The one picked, or empty for all.
        ended: They have ended.
    """

    rows: tuple[PromiseRow, ...]
    owners: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    owner: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that a clinician has not read yet.

    Attributes:
        words: What is told, or the veil's one sentence.
        short: The same in a word or two, for a line where there is little room: "worse".
        detail: By whom, when and for whom; empty under the veil.
        task: What is ticked when it has been read; None while it is veiled.
        mine: It was told to the viewer by name.
    """

    patient: PatientId
    patient_name: str
    words: str
    short: str
    detail: str = ""
    task: RecordId | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day at the desk.

    Attributes:
        practitioners: Those with appointments on this day, for picking one.
        practitioner: The one picked, or empty for all.
        behind: Who runs late now; nobody on another day.
        week: The week in which the day lies.
    """

    date: dt.date
    rows: tuple[TodayRow, ...]
    promised: tuple[PromiseRow, ...]
    practitioners: tuple[str, ...]
    practitioner: str = ""
    behind: tuple[Behind, ...] = ()
    week: tuple[WeekDay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSlipRow:
    """One appointment on the slip that lies at the desk: enough to greet by, too little to know somebody by.

    Attributes:
        time: When it starts, in the practice's zone.
        number_ending: The last three characters of the patient's number; longer ones are cut to them on paper.
        greeting, comfort: How to greet, what makes the visit easier; empty when nothing is known.
        promises: What was promised and is still open, in a few words each.
    """

    time: dt.time
    initials: str
    number_ending: str = ""
    greeting: str = ""
    comfort: str = ""
    promises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHit:
    """One person that a search found.

    Attributes:
        number: The identifier to show beside the name; may be empty.
        near_namesake: Somebody else's name or birth date is near: Enter must not open this one.
        snippet: For a hit in words: a piece of the note or promise that may be shown; else empty.
        marks: Where in the snippet what was looked for stands: first character and the one after the last of each.
        note: The note it was found in, else None.
        task: The promise it was found in, else None.
    """

    id: PatientId
    name: str
    called: str
    own_script_name: str = ""
    birth_date: dt.date | None = None
    number: str = ""
    near_namesake: bool = False
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    note: RecordId | None = None
    task: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """What was found for exactly `text`.

    Attributes:
        more: There are more than were asked for ("50+"), or may be, because no more was looked through.
        opens_on_enter: Whether Enter may open the first hit: one clear person, no near namesake, no shared number.
        further: Whose hits come after these: found and counted, and not read because only the first were asked for.
    """

    text: str
    hits: tuple[PersonHit, ...]
    more: bool = False
    opens_on_enter: bool = False
    further: tuple[PatientId, ...] = ()

    @property
    def count(self) -> int:
        """How many were found, of as many as were asked for."""
        return len(self.hits) + len(self.further)
