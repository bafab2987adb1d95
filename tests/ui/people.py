"""Invented rows that the screens' tests paint: one morning at a small practice, standing at 09:04."""

import datetime as dt

from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId, RecordId, StaffId, new_id
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import Identifier, Patient, RelatedPerson
from rapportdesk.model.shown import (
    Block,
    BlockKey,
    Brief,
    BriefKey,
    BriefSection,
    Card,
    Day,
    KeepConsent,
    Line,
    Mark,
    PersonHit,
    PromiseRow,
    SearchResults,
    TodayRow,
)
from rapportdesk.model.task import Task

NOW = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
TODAY = NOW.date()
ANA = StaffId("a" * 32)
GWEN = RelatedPerson(
    id="gwen", name="Gwen", relation="daughter", often_with=True, may_hear="May hear about appointments, nothing else."
)
NIA = Patient(
    id=PatientId("1" * 32),
    name="Nia Prydderch",
    preferred_name="Nia",
    say="NEE-ah PRUTH-erkh",
    pronouns="she / her",
    birth_date=dt.date(1958, 3, 14),
    identifiers=(Identifier(value="40218"),),
    languages=("Welsh", "English"),
    people=(GWEN,),
)


def visit(
    at: str,
    name: str,
    detail: str,
    status: AppointmentStatus = AppointmentStatus.BOOKED,
    *,
    patient: PatientId | None = None,
    waiting: int | None = None,
    in_room: int | None = None,
    minutes: int = 20,
) -> TodayRow:
    """Return one visit of the morning at `at` ("09:20")."""
    start = dt.datetime.combine(TODAY, dt.time.fromisoformat(at), dt.UTC)
    patient = patient or PatientId(new_id())
    return TodayRow(
        appointment=Appointment(
            id=RecordId(new_id()), patient=patient, start=start, minutes=minutes, status=status,
            practitioner_name=detail.split(" · ")[0],
        ),
        patient=patient, name=name, detail=detail, waiting_minutes=waiting, in_room_minutes=in_room,
    )  # fmt: skip


def promise(text: str, *, due_words: str, overdue: bool = False, owner: str = "Ana", whose: str = "") -> PromiseRow:
    """Return one promise of the ledger."""
    task = Task(
        id=RecordId(new_id()), patient=NIA.id, text=text, due=TODAY, owner_name=owner, recorded_at=NOW,
        recorded_by=ANA, recorded_by_name="Ana",
    )  # fmt: skip
    return PromiseRow(task=task, patient_name=whose, overdue=overdue, due_words=due_words)


def morning() -> Day:
    """Return the morning of the target picture: six done, one in the room, one waiting, six to come."""
    done = AppointmentStatus.FULFILLED
    earlier = tuple(visit(f"08:{at:02}", f"Early Bird {at}", "Dr Osei", done) for at in range(0, 30, 5))
    return Day(
        date=TODAY,
        rows=(
            *earlier,
            visit("08:40", "Tomasz Wójcik", "Dr Osei", AppointmentStatus.CHECKED_IN, in_room=12),
            visit("09:00", "Nia Prydderch", "Dr Osei · 20 min", AppointmentStatus.ARRIVED, patient=NIA.id, waiting=4),
            visit("09:20", "Mr Ferreira", "Nurse Lind · ramp"),
            visit("09:40", "Yusuf Demir", "Dr Osei · Turkish interpreter"),
            visit("10:00", "Grace Okafor", "Dr Hahn · 30 min"),
            visit("10:20", "Li Wei", "Dr Osei"),
            visit("10:40", "Samira Haddad", "Dr Hahn", AppointmentStatus.CANCELLED),
            visit("11:00", "María José García-Llorente", "Dr Osei · new here"),
        ),
        promised=(
            promise("Nia’s results letter in large print", due_words="due yesterday", overdue=True),
            promise("Ring Mr Ferreira about wheelchair parking", due_words="by 11:00"),
            promise("Leaflet in the post to Grace", due_words="today", owner=""),
        ),
        practitioners=("Dr Hahn", "Dr Osei", "Nurse Lind"),
    )


def note(text: str, kind: NoteKind, *, quote: bool = False) -> Note:
    """Return one note about Nia, written by Ana."""
    return Note(
        id=RecordId(new_id()), patient=NIA.id, kind=kind, text=text, quote=quote, noted_at=NOW, noted_by=ANA,
        noted_by_name="Ana",
    )  # fmt: skip


def line(text: str, kind: NoteKind, mark: Mark = Mark.NONE, *, detail: str = "", lead: str = "") -> Line:
    """Return one line of the card with its note behind it."""
    return Line(text=text, lead=lead, detail=detail, mark=mark, kind=kind, note=note(text, kind))


def nias_card() -> Card:
    """Return the card of the target picture."""
    return Card(
        patient=NIA,
        age=68,
        keep=KeepConsent.AGREED,
        cautions=("no voicemail",),
        blocks=(
            Block(
                key=BlockKey.IMPORTANT,
                label="What is most important to me",
                lines=(
                    line(
                        "“I want to be told straight, then given a minute. And I need to be home when the school bus "
                        "comes.”",
                        NoteKind.IMPORTANT_TO_ME,
                    ),
                ),
            ),
            Block(
                key=BlockKey.PLEASE_DO,
                label="Please do",
                lines=(
                    line("Offer the chair by the window; the corridor is too loud", NoteKind.PLEASE_DO, Mark.DO),
                    line("Write the next step down for her", NoteKind.PLEASE_DO, Mark.DO),
                ),
            ),
            Block(
                key=BlockKey.PLEASE_DONT,
                label="Please don’t",
                lines=(
                    line("Don’t call her Mrs", NoteKind.PLEASE_DONT, Mark.DONT),
                    line("Don’t ask after Huw; he died in May", NoteKind.PLEASE_DONT, Mark.DONT),
                ),
            ),
            Block(
                key=BlockKey.HOBBIES,
                label="Hobbies & common ground",
                lines=(
                    line("Allotment: leeks for the county show", NoteKind.HOBBY, detail="ask how they did"),
                    line("Sings alto in Côr y Cwm", NoteKind.HOBBY),
                    line(
                        "Sheepdog called Mot", NoteKind.HOBBY, Mark.CONFIRM,
                        detail="2 years ago, confirm before mentioning",
                    ),
                ),
            ),
            Block(
                key=BlockKey.PEOPLE,
                label="People",
                lines=(
                    Line(
                        lead="Gwen", text=", daughter, often with her. May hear about appointments, nothing else.",
                        mark=Mark.PERSON,
                    ),
                    line(
                        "how she would like letters. Large print.", NoteKind.ALSO_WORTH_KNOWING, Mark.ASKED_ALREADY,
                        lead="Asked already:", detail="by Ben, 3 March",
                    ),
                ),
            ),
        ),
    )  # fmt: skip


def nias_brief() -> Brief:
    """Return the brief of the target picture."""

    def section(key: BriefKey, label: str, *lines: Line, veil: bool = False) -> BriefSection:
        return BriefSection(key=key, label=label, lines=lines, veil=veil)

    return Brief(
        patient=NIA,
        age=68,
        appointment=morning().rows[7].appointment,
        as_of=NOW,
        left_out=3,
        sections=(
            section(BriefKey.GREET, "Greet", Line(lead="Nia", text=", never Mrs. “Diolch” goes down well.")),
            section(BriefKey.COMFORT, "Comfort", Line(text="Window chair, quiet. Write the next step down.")),
            section(BriefKey.OPEN_WITH, "Open with", Line(text="The leeks took second prize at the county show.")),
            section(
                BriefKey.MATTERS_TODAY, "Matters today",
                Line(text="Told straight, then given a minute. Out by 09:40 for the school bus."),
            ),
            section(
                BriefKey.TAKE_CARE, "Take care", Line(text="Don’t ask after Huw; he died in May."), veil=True,
            ),
            section(
                BriefKey.PROMISED, "We promised",
                Line(text="Results letter in large print", urgent="due yesterday, not sent"),
            ),
            section(BriefKey.ASKS, "She asks", Line(text="“Can I keep singing while on the new tablets?”")),
            section(
                BriefKey.LAST_TIME, "Last time",
                Line(
                    text="You explained the tablets and their side effects; she told it back in part.",
                    detail="4 September",
                ),
            ),
            section(
                BriefKey.WITH_THEM, "With her", Line(text="Gwen, daughter. May hear about appointments, nothing else.")
            ),
        ),
    )  # fmt: skip


def hit(name: str, *, born: dt.date | None = None, number: str = "", namesake: bool = False) -> PersonHit:
    """Return one person found."""
    return PersonHit(
        id=PatientId(new_id()), name=name, called=name.split()[0], birth_date=born, number=number,
        near_namesake=namesake,
    )  # fmt: skip


def found(text: str, *hits: PersonHit, more: bool = False, opens: bool = False) -> SearchResults:
    """Return what was found for `text`."""
    return SearchResults(text=text, hits=hits, more=more, opens_on_enter=opens)
