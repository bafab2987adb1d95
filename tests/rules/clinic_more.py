"""Fourteen more invented patients whose briefs are kept as files, each with one thing that goes wrong easily."""

import datetime as dt
from typing import Any

from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.explained import Explained, TeachBack
from rapportdesk.model.note import Audience, Note, NoteKind, PreferenceArea, Source
from rapportdesk.model.patient import Authority, RelatedPerson
from rapportdesk.model.topic import Permission
from rapportdesk.rules.visibility import Known
from tests.rules.invented import (
    GWEN,
    NOW,
    OSEI,
    PATIENT,
    TODAY,
    ago,
    agreed,
    appointment,
    consent,
    fresh_id,
    handle,
    note,
    person,
    task,
    topic,
)

LAST_VISIT = TODAY - dt.timedelta(days=28)
MOTHER = RelatedPerson(
    id="mother", name="Eira Puw", relation="mother", often_with=True, authority=Authority.PARENTAL,
    authority_proof="birth certificate",
)  # fmt: skip
FATHER = RelatedPerson(
    id="father", name="Gruff Puw", relation="father", often_with=True, authority=Authority.PARENTAL,
    authority_proof="birth certificate",
)  # fmt: skip


def _by_osei(kind: NoteKind, text: str, days: float, **fields: Any) -> Note:
    return note(kind, text, days, noted_by=OSEI, noted_by_name="Dr Osei", **fields)


def minor() -> Known:
    """A child of nine with two guardians, both with her; her mother agreed."""
    return Known(
        patient=person("Mali Puw", pronouns="she / her", birth_date=dt.date(2017, 2, 11), people=(MOTHER, FATHER)),
        notes=(
            note(NoteKind.HOBBY, "Collects snails; the biggest is called Turbo", 15),
            note(NoteKind.PLEASE_DO, "Talk to her first, then to her parents", 15, source=Source.SAID_BY_CARER),
            note(NoteKind.FEELING_NAMED, "Frightened of needles", 15, source=Source.SAID_BY_CARER,
                 acknowledged="counted down together"),
        ),
        consents=tuple(
            consent(covers, given_by="mother") for covers in (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS)
        ),
    )  # fmt: skip


def minor_barred() -> Known:
    """A child whose father may not be told anything, by order of a court."""
    barred = RelatedPerson(id="father", name="Rhodri", relation="father", authority=Authority.BARRED)
    return Known(
        patient=person("Osian Rees", pronouns="he / him", birth_date=dt.date(2014, 6, 1), people=(MOTHER, barred)),
        notes=(note(NoteKind.HOBBY, "Plays the cornet", 30),),
        consents=tuple(
            consent(covers, given_by="mother") for covers in (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS)
        ),
    )


def came_of_age() -> Known:
    """A young person whose mother had agreed: what she agreed to rests until they are asked."""
    return Known(
        patient=person("Efa Lloyd", pronouns="they / them", birth_date=dt.date(2010, 1, 5), people=(MOTHER,)),
        notes=(note(NoteKind.HOBBY, "Skateboards", 400),),
        consents=tuple(
            consent(covers, given_by="mother", days=900) for covers in (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS)
        ),
    )


def veiled() -> Known:
    """Everything that was said is for clinicians alone."""
    return Known(
        patient=person("Ines Duarte", pronouns="she / her", birth_date=dt.date(1990, 8, 30)),
        notes=(
            note(NoteKind.ALSO_WORTH_KNOWING, "Has left her partner", 5, audience=Audience.CLINICIANS),
            note(NoteKind.QUESTION, "Can this be kept off letters?", 5, audience=Audience.CLINICIANS, quote=True),
        ),
        consents=agreed(),
    )


def not_shared() -> Known:
    """Agreed to notes at the desk, and not to clinicians reading them."""
    return Known(
        patient=person("Noor Shair", pronouns="she / her", birth_date=dt.date(1971, 4, 2)),
        notes=(
            note(NoteKind.HOBBY, "Bakes sourdough", 12),
            note(NoteKind.PLEASE_DONT, "Don’t comment on her scarf", 12, boundary=True),
        ),
        consents=(consent(Covers.KEEP_NOTES),),
    )


def withdrawn() -> Known:
    """Took back the consent to notes three days ago."""
    return Known(
        patient=person("Ioan Withers", pronouns="he / him", birth_date=dt.date(1966, 12, 24)),
        notes=(note(NoteKind.HOBBY, "Model railways", 200), note(NoteKind.QUESTION, "When may I drive?", 20)),
        consents=(*agreed(), consent(Covers.KEEP_NOTES, ConsentStatus.INACTIVE, days=3)),
    )


def explained() -> Known:
    """Was explained two things last time, one of them not understood yet; felt, acknowledged, and what comes next."""
    thinner = Explained(
        in_words="a tablet that keeps the blood from clotting", leaflet=fresh_id(), leaflet_title="Your blood thinner",
        why="he asked what it is for", teach_back=TeachBack.UNDERSTOOD,
    )  # fmt: skip
    dose = Explained(in_words="one in the morning, none at night", teach_back=TeachBack.NOT_YET)
    old = Explained(teach_back=TeachBack.UNDERSTOOD)
    return Known(
        patient=person("Aled Môn", pronouns="he / him", birth_date=dt.date(1951, 3, 3)),
        notes=(
            _by_osei(NoteKind.EXPLAINED, "what the new tablet does", 28, explained=thinner),
            _by_osei(NoteKind.EXPLAINED, "when to take it", 28, explained=dose, understood="mixed up the evenings"),
            _by_osei(NoteKind.EXPLAINED, "the heart tracing", 200, explained=old),
            _by_osei(NoteKind.FEELING_NAMED, "Worried about bleeding when he shaves", 28,
                     acknowledged="said that many ask this"),
            _by_osei(NoteKind.GOALS_AND_PACE, "Wants to walk the coast path in May; one change at a time", 28),
            _by_osei(NoteKind.NEXT_STEP, "Blood test, then we ring him with the result", 28),
            note(NoteKind.QUESTION, "Can I still have a pint?", 2, quote=True),
        ),
        consents=agreed(),
        appointments=(appointment(), appointment(NOW + dt.timedelta(days=14))),
    )  # fmt: skip


def read_before() -> Known:
    """Was asked after the choir last time, so this time it is the allotment."""
    choir = note(NoteKind.HOBBY, "Sings alto in Côr y Cwm", 40)
    allotment = note(NoteKind.HOBBY, "Allotment: leeks for the county show", 60, ask_about="ask how they did")
    return Known(
        patient=person("Nest Prys", pronouns="she / her", birth_date=dt.date(1960, 5, 9)),
        notes=(choir, allotment),
        consents=agreed(),
        appointments=(appointment(),),
        briefs_read=(
            BriefRead(id=fresh_id(), patient=PATIENT, for_on=LAST_VISIT, read=True, offered=(choir.id,), at=ago(28),
                      by=OSEI, by_name="Dr Osei"),
            BriefRead(id=fresh_id(), patient=PATIENT, for_on=TODAY, read=True, offered=(allotment.id,), at=ago(0.01),
                      by=OSEI, by_name="Dr Osei"),
        ),
    )  # fmt: skip


def other_script() -> Known:
    """A name in its own script, read from right to left."""
    return Known(
        patient=person("Layla Haddad", own_script_name="ليلى حداد", say="LAY-la had-DAAD", pronouns="she / her",
                       birth_date=dt.date(1979, 9, 19), languages=("Arabic", "French")),
        notes=(
            note(NoteKind.PREFERENCE, "Likes a joke", 60, preference_area=PreferenceArea.HUMOUR),
            note(NoteKind.PREFERENCE, "“Marhaba” is welcome", 61, preference_area=PreferenceArea.GREETING),
            note(NoteKind.PREFERENCE, "Out by 09:40 for the school bus", 5, preference_area=PreferenceArea.SCHEDULING),
        ),
        consents=agreed(),
    )  # fmt: skip


def one_name() -> Known:
    """A single name, no birth date, they."""
    return Known(
        patient=person("Suharto", pronouns="they / them", languages=("Indonesian",)),
        notes=(note(NoteKind.IMPORTANT_TO_ME, "No student in the room", 90, quote=True),),
        consents=agreed(),
    )


def carer() -> Known:
    """Somebody whose daughter decides and speaks for her."""
    daughter = RelatedPerson(
        id="gwen", name="Gwen", relation="daughter", often_with=True, authority=Authority.ATTORNEY,
        authority_scope="health and welfare", authority_proof="seen", may_hear="everything",
    )  # fmt: skip
    return Known(
        patient=person("Beti Rowlands", pronouns="she / her", birth_date=dt.date(1934, 7, 7), people=(daughter,)),
        notes=(
            note(NoteKind.HOW_TO_SUPPORT_ME, "Hold her hand when she looks for a word", 20,
                 source=Source.SAID_BY_CARER),
            note(NoteKind.PAST_EXPERIENCE, "Was left waiting on a trolley for a night", 300,
                 source=Source.SAID_BY_CARER),
            note(NoteKind.HOBBY, "Hymns; she knows every verse", 20, source=Source.SAID_BY_CARER),
        ),
        consents=(
            *(consent(covers, given_by="gwen") for covers in (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS)),
            consent(Covers.TALK_WITH, person="gwen"),
        ),
    )  # fmt: skip


def bereaved() -> Known:
    """Lost a husband in May; the day is remembered and not to be raised."""
    huw = RelatedPerson(id="huw", name="Huw", relation="husband", deceased=True)
    return Known(
        patient=person("Mair Ellis", pronouns="she / her", birth_date=dt.date(1949, 10, 1), people=(huw,)),
        notes=(
            note(NoteKind.LIFE_EVENT, "Huw died", 180, occurs_on=dt.date(2026, 5, 22), recurs_yearly=True,
                 topic=handle("bereavement")),
            note(NoteKind.PEOPLE_IMPORTANT_TO_ME, "Her sister Non in Bala", 30),
        ),
        consents=agreed(),
        topics=(topic("bereavement", Permission.DO_NOT_RAISE),),
    )  # fmt: skip


def stale() -> Known:
    """Nothing that is known has been heard for years."""
    return Known(
        patient=person("Piotr Zając", pronouns="he / him", birth_date=dt.date(1988, 2, 28), languages=("Polish",)),
        notes=(
            note(NoteKind.HOBBY, "Restores old motorbikes", 900, review_after=TODAY),
            note(NoteKind.GOALS_AND_PACE, "Back to work by spring", 500, review_after=TODAY),
            note(NoteKind.FEELING_NAMED, "Angry about the delay", 400, review_after=TODAY),
        ),
        consents=agreed(),
    )


def late_promises() -> Known:
    """Was promised a good deal, some of it late; missed the last visit."""
    day = dt.timedelta(days=1)
    return Known(
        patient=person("Tamar Cohen", pronouns="she / her", birth_date=dt.date(1982, 1, 30), people=(GWEN,)),
        consents=agreed(),
        tasks=(
            task("Ring about the scan", due=TODAY - 3 * day),
            task("Letter to her employer", due=TODAY - day),
            task("Second opinion asked for", due=TODAY + 5 * day),
        ),
        appointments=(
            appointment(NOW - dt.timedelta(days=7), status=AppointmentStatus.NOSHOW),
            appointment(),
            appointment(NOW + dt.timedelta(days=70), practitioner_name="Nurse Lind"),
            appointment(NOW + dt.timedelta(days=3), status=AppointmentStatus.CANCELLED),
        ),
    )


MORE = {
    "minor": minor,
    "minor-barred": minor_barred,
    "came-of-age": came_of_age,
    "veiled": veiled,
    "not-shared": not_shared,
    "withdrawn": withdrawn,
    "explained": explained,
    "read-before": read_before,
    "other-script": other_script,
    "one-name": one_name,
    "carer": carer,
    "bereaved": bereaved,
    "stale": stale,
    "late-promises": late_promises,
}
