"""Invented people and briefs for the tests of paper."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.patient import Identifier, Patient
from rapportdesk.model.shown import Brief, BriefKey, BriefSection, Line, Mark

ZONE = ZoneInfo("Europe/London")
NOW = dt.datetime(2026, 11, 20, 9, 4, tzinfo=ZONE)
PRINTED_AT = dt.datetime(2026, 11, 20, 9, 6, tzinfo=ZONE)
SERIAL = "7K3M-Q2XD"
CLINIC = "Canolfan Iechyd Cwm"
VEIL = "Something to open when you are alone with her"

NIA = Patient(
    id=PatientId("a" * 32),
    name="Nia Prydderch",
    preferred_name="Nia",
    say="NEE-ah PRUTH-erkh",
    pronouns="she / her",
    birth_date=dt.date(1958, 3, 14),
    identifiers=(Identifier(system="practice", value="40218", label="practice number"),),
    languages=("Welsh", "English"),
)

VISIT = Appointment(
    id=RecordId("b" * 32),
    patient=NIA.id,
    start=dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC),
    minutes=20,
    practitioner_name="Dr Osei",
)


def section(key: BriefKey, label: str, *texts: str | Line, veil: bool = False) -> BriefSection:
    lines = tuple(each if isinstance(each, Line) else Line(text=each) for each in texts)
    return BriefSection(key=key, label=label, lines=lines, veil=veil)


def note(text: str, *, audience: Audience = Audience.EVERYONE, kind: NoteKind = NoteKind.HOBBY) -> Note:
    return Note(
        id=RecordId("c" * 32),
        patient=NIA.id,
        kind=kind,
        text=text,
        noted_at=dt.datetime(2026, 9, 4, 9, 30, tzinfo=dt.UTC),
        noted_by=StaffId("d" * 32),
        noted_by_name="Ana Ruiz",
        audience=audience,
    )


NIAS_BRIEF = Brief(
    patient=NIA,
    age=68,
    appointment=VISIT,
    as_of=NOW,
    left_out=3,
    sections=(
        section(BriefKey.GREET, "Greet", Line(lead="Nia", text=", never Mrs. “Diolch” goes down well.")),
        section(BriefKey.COMFORT, "Comfort", "Window chair, quiet. Write the next step down."),
        section(BriefKey.OPEN_WITH, "Open with", "The leeks took second prize at the county show."),
        section(BriefKey.MATTERS_TODAY, "Matters today", "Told straight, then given a minute. Out by 09:40."),
        section(BriefKey.TAKE_CARE, "Take care", "Don’t ask after Huw; he died in May.", veil=True),
        section(
            BriefKey.PROMISED,
            "We promised",
            Line(text="Results letter in large print", urgent="due yesterday, not sent", mark=Mark.OVERDUE),
        ),
        section(BriefKey.ASKS, "She asks", "“Can I keep singing while on the new tablets?”"),
        section(
            BriefKey.LAST_TIME,
            "Last time",
            Line(text="You explained the tablets; she told it back in part.", detail="4 September"),
        ),
        section(BriefKey.WITH_THEM, "With her", "Gwen, daughter. May hear about appointments, nothing else."),
    ),
)


def brief_saying(text: str, *, key: BriefKey = BriefKey.GREET) -> Brief:
    """Return Nia's brief with one line alone."""
    return replace(NIAS_BRIEF, left_out=0, sections=(section(key, "Greet", text),))


def brief_of(name: str, **fields: object) -> Brief:
    """Return a brief about somebody else."""
    return replace(NIAS_BRIEF, patient=replace(NIA, name=name, **fields))  # type: ignore[arg-type] # fields of Patient
