"""A young person's private notes never reach a guardian: what may be handed over is what the guardian agreed to."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.model.consent import Covers
from rapportdesk.model.note import Audience, Note, NoteKind, NoteStatus
from rapportdesk.model.patient import Authority
from rapportdesk.model.topic import Permission
from rapportdesk.rules.consent.consent_guardian import for_guardian
from rapportdesk.rules.visibility import Known
from tests.rules.invented import GWEN, MOTHER, NOW, ago, consent, handle, note, person, topic

KEEP = Covers.KEEP_NOTES
CHILD = person(people=(GWEN, MOTHER), birth_date=dt.date(2015, 3, 14))
PLAIN = note(NoteKind.HOBBY, "Plays the harp", days=10)
MOTHERS = (consent(KEEP, days=100, given_by="mother"),)


def handed(known: Known, to: str = "mother", now: dt.datetime = NOW) -> tuple[Note, ...]:
    return for_guardian(known, to, now, guardian_until=16)


WHOLE = Known(patient=CHILD, notes=(PLAIN,), consents=MOTHERS)


def test_a_guardian_gets_what_they_agreed_to_have_kept() -> None:
    assert handed(WHOLE) == (PLAIN,)


@pytest.mark.parametrize(
    "private",
    [
        replace(PLAIN, audience=Audience.CLINICIANS),
        replace(PLAIN, status=NoteStatus.RETIRED),
        replace(PLAIN, about_person="mother"),
        replace(PLAIN, topic=handle("unknown")),
        *(replace(PLAIN, topic=handle(str(each))) for each in (None, *Permission) if each is not Permission.WELCOME),
        replace(PLAIN, topic=handle("named")),
    ],
)
def test_what_is_private_in_any_way_stays_with_the_young_person(private: Note) -> None:
    topics = (
        *(replace(topic(str(each), each)) for each in (None, *Permission)),
        topic("named", Permission.WELCOME, name_for=Audience.CLINICIANS),
    )
    assert handed(replace(WHOLE, notes=(private,), topics=topics)) == ()


def test_a_welcome_topic_is_not_private() -> None:
    about = replace(PLAIN, topic=handle("money"))
    assert handed(replace(WHOLE, notes=(about,), topics=(topic("money", Permission.WELCOME),))) == (about,)


def test_what_the_young_person_had_noted_on_their_own_word_is_theirs_even_after_the_guardian_agrees_again() -> None:
    events = (*MOTHERS, consent(KEEP, days=20), consent(KEEP, days=5, given_by="mother"))
    early, own = replace(PLAIN, noted_at=ago(50)), PLAIN
    assert handed(replace(WHOLE, notes=(early, own), consents=events)) == (early,)


def test_nobody_gets_anything_once_the_young_person_decides_or_without_authority() -> None:
    assert handed(replace(WHOLE, consents=(*MOTHERS, consent(KEEP, days=1)))) == ()
    assert handed(WHOLE, to="gwen") == ()
    assert handed(WHOLE, to="stranger") == ()
    assert handed(WHOLE, now=dt.datetime(2031, 3, 14, 9, tzinfo=dt.UTC)) == ()
    for changed in (
        replace(MOTHER, authority_until=NOW.date() - dt.timedelta(days=1)),
        replace(MOTHER, authority=Authority.BARRED),
        replace(MOTHER, unsafe_since=ago(1)),
    ):
        assert handed(replace(WHOLE, patient=replace(CHILD, people=(changed,)))) == ()
