"""Twenty invented patients whose briefs are kept as files; here six: ordinary, unknown, overfull, dead ..."""

import datetime as dt

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.note import AdjustmentCategory, Audience, NoteKind, PreferenceArea
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem, RelatedPerson
from rapportdesk.model.topic import Asking, Permission
from rapportdesk.rules.visibility import Known
from tests.rules.clinic_more import MORE
from tests.rules.invented import (
    ANA,
    GWEN,
    OSEI,
    PATIENT,
    TODAY,
    ago,
    agreed,
    appointment,
    consent,
    handle,
    note,
    person,
    task,
    topic,
)

HUW = RelatedPerson(id="huw", name="Huw", relation="husband", deceased=True)
YESTERDAY = TODAY - dt.timedelta(days=1)


def talks_with(person: str) -> ConsentEvent:
    """Return the consent to talk with one related person."""
    return consent(Covers.TALK_WITH, person=person)


def nia() -> Known:
    """The patient of the target pictures."""
    explained = {"noted_by": OSEI, "noted_by_name": "Dr Osei", "understood": "she told it back in part"}
    letters = Asking(asked_at=ago(262), asked_by=ANA, asked_by_name="Ben", answer="Large print.")
    return Known(
        patient=person(
            say="NEE-ah PRUTH-erkh", pronouns="she / her", birth_date=dt.date(1958, 3, 14), people=(GWEN, HUW),
            languages=("Welsh", "English"), contact_points=(
                ContactPoint(system=ContactSystem.PHONE, value="01970 555 218"),
                ContactPoint(system=ContactSystem.VOICEMAIL, value="01970 555 218", safety=ContactSafety.UNSAFE),
            ),
        ),
        notes=(
            note(NoteKind.IMPORTANT_TO_ME, "I want to be told straight, then given a minute. And I need to be home "
                 "when the school bus comes.", 90, quote=True),
            note(NoteKind.PLEASE_DO, "Offer the chair by the window; the corridor is too loud", 60),
            note(NoteKind.PLEASE_DO, "Write the next step down for her", 61),
            note(NoteKind.PLEASE_DONT, "Don’t call her Mrs", 100, boundary=True),
            note(NoteKind.PLEASE_DONT, "Don’t ask after Huw; he died in May", 150, boundary=True,
                 topic=handle("bereavement")),
            note(NoteKind.HOBBY, "Allotment: leeks for the county show", 20, ask_about="ask how they did"),
            note(NoteKind.HOBBY, "Sings alto in Côr y Cwm", 100),
            note(NoteKind.HOBBY, "Sheepdog called Mot", 800, review_after=TODAY),
            note(NoteKind.QUESTION, "Can I keep singing while on the new tablets?", 12, quote=True),
            note(NoteKind.PREFERENCE, "“Diolch” goes down well", 60, preference_area=PreferenceArea.GREETING),
            note(NoteKind.EXPLAINED, "the tablets and their side effects", 77, **explained),
            note(NoteKind.ALSO_WORTH_KNOWING, "Wants to talk about the changes since the operation", 30,
                 audience=Audience.CLINICIANS, topic=handle("SEX")),
        ),
        consents=(*agreed(), talks_with("gwen")),
        topics=(
            topic("SEX", Permission.CLINICIAN_ONLY, name_for=Audience.CLINICIANS),
            topic("bereavement", Permission.DO_NOT_RAISE),
            topic("how she would like letters", Permission.WELCOME, askings=(letters,)),
        ),
        tasks=(task("Results letter in large print", due=YESTERDAY),),
        appointments=(appointment(minutes=20),),
    )  # fmt: skip


def stranger() -> Known:
    """Somebody of whom nothing is known but the name."""
    return Known(patient=person("Li Wei", preferred_name=""), consents=agreed())


def overfull() -> Known:
    """Somebody who has said far more than a page holds."""
    kinds = [kind for kind in NoteKind if kind is not NoteKind.LIFE_EVENT]
    said = [
        note(kind, f"{kind.value} number {number}: a dozen words that nobody has the time to read today", number,
             boundary=kind is NoteKind.PLEASE_DONT)
        for number in range(1, 5)
        for kind in kinds
    ]  # fmt: skip
    return Known(
        patient=person("María José García-Llorente", pronouns="ella", people=(GWEN,)),
        notes=(*said, note(NoteKind.HOBBY, "word " * 500, 0)),
        consents=agreed(),
        tasks=tuple(task(f"Promise number {number}", due=TODAY + dt.timedelta(days=number)) for number in range(-2, 4)),
    )


def dead() -> Known:
    """Somebody who has died, with all that was kept."""
    known = nia()
    gone = person(
        "Nia Prydderch", pronouns="she / her", birth_date=dt.date(1958, 3, 14), people=(GWEN, HUW), deceased=True,
        deceased_on=dt.date(2026, 11, 2),
    )  # fmt: skip
    return Known(patient=gone, notes=known.notes, consents=known.consents, topics=known.topics, tasks=known.tasks)


def interpreted() -> Known:
    """Somebody who needs an interpreter, and whose son is barred."""
    son = RelatedPerson(id="emre", name="Emre", relation="son", often_with=True, authority=Authority.BARRED)
    wife = RelatedPerson(
        id="elif", name="Elif", relation="wife", often_with=True, authority=Authority.ATTORNEY,
        authority_scope="money matters",
    )  # fmt: skip
    return Known(
        patient=person(
            "Yusuf Demir", pronouns="he / him", birth_date=dt.date(1949, 1, 6), interpreter="Turkish",
            languages=("Turkish",), people=(son, wife),
        ),
        notes=(
            note(NoteKind.ADJUSTMENT, "Ramp: wheelchair, the wide room", 300,
                 adjustment=AdjustmentCategory.ENVIRONMENT_OF_CARE),
            note(NoteKind.HOW_I_COMMUNICATE, "Speaks to the point; silence is not a yes", 40),
            note(NoteKind.FEELING_NAMED, "Afraid of another operation", 100, review_after=YESTERDAY),
            note(NoteKind.HOBBY, "Backgammon every Thursday", 9),
            note(NoteKind.ALSO_WORTH_KNOWING, "Pays for his brother’s care", 9, topic=handle("money")),
        ),
        consents=agreed(),
        topics=(topic("money", Permission.ASK_FIRST), topic("weight", Permission.DO_NOT_RAISE)),
        tasks=(task("Ring about wheelchair parking", due=TODAY, due_time=dt.time(11)),),
    )  # fmt: skip


def withheld() -> Known:
    """Somebody who said no to notes: what protects and what the law requires remains."""
    known = nia()
    hearing = note(
        NoteKind.ADJUSTMENT, "Hard of hearing on the left: sit on her right", 30,
        adjustment=AdjustmentCategory.COMMUNICATION_SUPPORT,
    )  # fmt: skip
    return Known(
        patient=known.patient,
        notes=(*known.notes, hearing),
        consents=(consent(Covers.KEEP_NOTES, ConsentStatus.REJECTED, days=60),),
        topics=known.topics,
        tasks=known.tasks,
    )


CLINIC = {
    "ordinary": nia,
    "stranger": stranger,
    "overfull": overfull,
    "dead": dead,
    "interpreted": interpreted,
    "withheld": withheld,
    **MORE,
}
__all__ = ["CLINIC", "PATIENT"]
