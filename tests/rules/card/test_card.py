"""The card: blocks in reading order, what each person may hear, and what stays when nothing was agreed to."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem, RelatedPerson
from rapportdesk.model.shown import BlockKey, Card, KeepConsent, Line, Mark, PersonHit
from rapportdesk.model.topic import Asking, Permission, TopicPermission
from rapportdesk.rules.card.card import compose_card
from rapportdesk.rules.card.cautions import contact_cautions
from rapportdesk.rules.visibility import Known, see
from tests.rules.clinic import dead, nia, stranger, talks_with, withheld
from tests.rules.invented import (
    ALONE,
    CLINICIAN,
    GWEN,
    NOBODY,
    NOW,
    RECEPTION,
    TODAY,
    WITH_GWEN,
    ago,
    agreed,
    consent,
    handle,
    note,
    person,
    topic,
)


def lines_of(card: Card, key: BlockKey) -> list[Line]:
    return [line for block in card.blocks if block.key is key for line in block.lines]


def texts_of(card: Card, key: BlockKey) -> list[str]:
    return [line.lead + line.text for line in lines_of(card, key)]


def test_the_blocks_stand_in_reading_order_and_only_where_they_hold_something() -> None:
    card = compose_card(nia(), RECEPTION, None, NOW)
    keys = [block.key for block in card.blocks]
    assert keys == [key for key in BlockKey if key in keys]
    assert BlockKey.ADJUSTMENTS not in keys
    assert all(block.lines and block.label for block in card.blocks)
    assert (card.age, card.keep, card.cautions) == (68, KeepConsent.AGREED, ("no voicemail",))


def test_reception_has_no_veil_and_a_clinician_has_one_flag() -> None:
    assert not compose_card(nia(), RECEPTION, None, NOW).veiled
    card = compose_card(nia(), CLINICIAN, None, NOW)
    assert card.veiled
    assert "operation" not in repr(card.blocks)
    opened = compose_card(
        nia_opened := nia(), CLINICIAN, ALONE, NOW, opened=see(nia_opened, CLINICIAN, ALONE, NOW).veiled_records
    )
    assert "operation" in repr(opened.blocks)


def test_what_is_stale_comes_last_and_says_so() -> None:
    hobbies = lines_of(compose_card(nia(), RECEPTION, None, NOW), BlockKey.HOBBIES)
    assert [line.mark for line in hobbies] == [Mark.NONE, Mark.NONE, Mark.CONFIRM]
    assert hobbies[0].detail == "ask how they did"
    assert hobbies[-1].detail == "2 years ago, confirm before mentioning"
    assert all(line.note for line in hobbies)


def test_a_confirmed_note_starts_its_age_anew() -> None:
    mot = note(NoteKind.HOBBY, "Mot", 800, last_confirmed_on=TODAY - dt.timedelta(days=93), review_after=TODAY)
    card = compose_card(Known(patient=person(), consents=agreed(), notes=(mot,)), RECEPTION, None, NOW)
    assert lines_of(card, BlockKey.HOBBIES)[0].detail == "3 months ago, confirm before mentioning"


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((), "Ask before telling them anything."),
        ((talks_with("gwen"),), "May hear about appointments, nothing else."),
        ((consent(Covers.TALK_WITH, ConsentStatus.REJECTED, person="gwen"),), "Must not be told anything."),
        (
            (talks_with("gwen"), consent(Covers.TALK_WITH, ConsentStatus.INACTIVE, 1, person="gwen")),
            "Must not be told anything.",
        ),
        (
            (consent(Covers.TALK_WITH, person="gwen", valid_until=TODAY - dt.timedelta(days=1)),),
            "Ask before telling them anything.",
        ),
    ],
)
def test_a_person_may_hear_only_what_the_patient_agreed_to(events: tuple[ConsentEvent, ...], words: str) -> None:
    known = Known(patient=person(pronouns="she / her", people=(GWEN,)), consents=(*agreed(), *events))
    (line,) = lines_of(compose_card(known, RECEPTION, None, NOW), BlockKey.PEOPLE)
    assert (line.lead, line.text) == ("Gwen", f", daughter, often with her. {words}")


def test_the_barred_and_the_dead_are_marked_and_authority_is_said() -> None:
    people = (
        RelatedPerson(id="b", name="Bad", relation="ex-husband", authority=Authority.BARRED, may_hear="everything"),
        RelatedPerson(id="d", name="Huw", deceased=True, often_with=True),
        RelatedPerson(id="a", name="Elif", authority=Authority.ATTORNEY, authority_scope="money"),
        RelatedPerson(id="o", name="Old", authority=Authority.ATTORNEY, authority_until=TODAY - dt.timedelta(days=1)),
    )
    consents = (*agreed(), talks_with("b"), talks_with("a"))
    card = compose_card(Known(patient=person(people=people), consents=consents), RECEPTION, None, NOW)
    assert texts_of(card, BlockKey.PEOPLE) == [
        "Bad, ex-husband. Must not be told anything.",
        "Huw. Has died.",
        "Elif. Holds power of attorney for money. May be talked with.",
        "Old. Ask before telling them anything.",
    ]
    assert [line.mark for line in lines_of(card, BlockKey.PEOPLE)] == [Mark.DONT, Mark.DONT, Mark.PERSON, Mark.PERSON]


def test_what_people_may_hear_is_shared_with_clinicians_as_notes_are() -> None:
    barred = RelatedPerson(id="b", name="Bad", authority=Authority.BARRED)
    keeping = Known(patient=person(people=(GWEN, barred)), consents=agreed()[:1])
    assert texts_of(compose_card(keeping, CLINICIAN, None, NOW), BlockKey.PEOPLE) == ["Bad. Must not be told anything."]
    assert len(texts_of(compose_card(keeping, RECEPTION, None, NOW), BlockKey.PEOPLE)) == 2
    sharing = replace(keeping, consents=agreed())
    assert len(texts_of(compose_card(sharing, CLINICIAN, None, NOW), BlockKey.PEOPLE)) == 2


def test_without_consent_there_stay_adjustments_boundaries_cautions_and_who_is_barred() -> None:
    known = withheld()
    barred = RelatedPerson(id="b", name="Bad", authority=Authority.BARRED)
    known = replace(known, patient=replace(known.patient, people=(GWEN, barred)))
    card = compose_card(known, RECEPTION, None, NOW)
    assert [block.key for block in card.blocks] == [BlockKey.PLEASE_DONT, BlockKey.PEOPLE, BlockKey.ADJUSTMENTS]
    assert texts_of(card, BlockKey.PEOPLE) == ["Bad. Must not be told anything."]
    assert card.cautions == ("no voicemail",)
    assert card.to_ask.startswith("Said no to notes")
    asked = compose_card(replace(known, consents=()), RECEPTION, None, NOW)
    assert asked.to_ask.startswith("“Nia, may we write down")


def test_with_almost_nothing_known_there_is_one_sentence_to_ask() -> None:
    card = compose_card(stranger(), RECEPTION, None, NOW)
    assert card.blocks == ()
    assert card.to_ask == "“What would you like us to call you?”"
    assert compose_card(nia(), RECEPTION, None, NOW).to_ask == ""


def test_the_dead_are_asked_and_promised_nothing() -> None:
    card = compose_card(dead(), RECEPTION, None, NOW)
    assert card.cautions[0] == "died 2 November"
    assert card.to_ask == ""
    assert BlockKey.PROMISED not in {block.key for block in card.blocks}
    assert all(line.detail != "ask how they did" for line in lines_of(card, BlockKey.HOBBIES))
    unknown_day = replace(dead(), patient=replace(dead().patient, deceased_on=None))
    assert compose_card(unknown_day, RECEPTION, None, NOW).cautions[0] == "has died"


def test_somebody_without_a_role_reads_nothing() -> None:
    card = compose_card(nia(), NOBODY, None, NOW)
    assert (card.blocks, card.cautions) == ((), ())


def test_namesakes_are_handed_on() -> None:
    hit = PersonHit(id=person().id, name="Mia Prydderch", called="Mia")
    assert compose_card(nia(), RECEPTION, None, NOW, [hit]).namesakes == (hit,)


@pytest.mark.parametrize(
    ("permission", "key", "text", "mark"),
    [
        (Permission.DO_NOT_RAISE, BlockKey.PLEASE_DONT, "Don’t raise money", Mark.DONT),
        (Permission.ASK_FIRST, BlockKey.ALSO, "Ask first about money", Mark.ASK_FIRST),
        (Permission.WELCOME, BlockKey.ALSO, "Happy to talk about money", Mark.NONE),
        (Permission.CLINICIAN_ONLY, BlockKey.ALSO, "Leave money to the clinician", Mark.ASK_FIRST),
        (Permission.PRIVATE_ROOM, BlockKey.ALSO, "Only in a private room: money", Mark.ASK_FIRST),
        (Permission.NOT_IN_FRONT_OF, BlockKey.ALSO, "Only when they are alone: money", Mark.ASK_FIRST),
    ],
)
def test_a_topic_that_no_note_speaks_of_has_its_own_line(
    permission: Permission, key: BlockKey, text: str, mark: Mark
) -> None:
    known = Known(patient=person(), consents=agreed(), topics=(topic("money", permission),))
    (line,) = lines_of(compose_card(known, RECEPTION, ALONE, NOW), key)
    assert (line.text, line.mark) == (text, mark)
    spoken = replace(known, notes=(note(NoteKind.HOBBY, "coins", topic=handle("money")),))
    if permission in {Permission.WELCOME, Permission.ASK_FIRST, Permission.DO_NOT_RAISE, Permission.NOT_IN_FRONT_OF}:
        assert text not in repr(compose_card(spoken, RECEPTION, ALONE, NOW))


def test_a_topic_not_in_front_of_somebody_leaves_no_trace_in_company() -> None:
    money = topic("money", Permission.NOT_IN_FRONT_OF, person="gwen")
    known = Known(patient=person(people=(GWEN,)), consents=agreed(), topics=(money,))
    for company in (None, WITH_GWEN):
        assert "money" not in repr(compose_card(known, RECEPTION, company, NOW))
        clinicians = compose_card(known, CLINICIAN, company, NOW)
        assert "money" not in repr(clinicians)
        assert clinicians.veiled


def test_what_was_asked_already_is_said_with_its_answer() -> None:
    def card(subject: TopicPermission) -> Card:
        return compose_card(Known(patient=person(), consents=agreed(), topics=(subject,)), RECEPTION, None, NOW)

    letters = Asking(asked_at=ago(262), asked_by=RECEPTION.staff, asked_by_name="Ben", answer="Large print.")
    (line,) = lines_of(card(topic("how she would like letters", None, askings=(letters,))), BlockKey.ALSO)
    assert (line.lead, line.text) == ("Asked already:", "how she would like letters. Large print.")
    assert (line.detail, line.mark) == ("by Ben, 3 March", Mark.ASKED_ALREADY)
    asked_first = lines_of(card(topic("money", Permission.ASK_FIRST, askings=(letters,))), BlockKey.ALSO)
    assert [each.mark for each in asked_first] == [Mark.ASKED_ALREADY, Mark.ASK_FIRST]


def test_a_note_to_be_asked_about_first_carries_the_sentence() -> None:
    brother = note(NoteKind.ALSO_WORTH_KNOWING, "Pays for his brother", topic=handle("money"))
    known = Known(patient=person(), consents=agreed(), notes=(brother,), topics=(topic("money", Permission.ASK_FIRST),))
    (line,) = lines_of(compose_card(known, RECEPTION, None, NOW), BlockKey.ALSO)
    assert (line.mark, line.detail) == (Mark.ASK_FIRST, "“Would it be all right to talk about money?”")
    clinicians = replace(known, topics=(topic("money", Permission.ASK_FIRST, name_for=Audience.CLINICIANS),))
    assert compose_card(clinicians, RECEPTION, ALONE, NOW).blocks == ()


def test_a_yearly_day_has_no_year() -> None:
    def detail(**fields: Any) -> str:
        day = note(NoteKind.LIFE_EVENT, "wedding", occurs_on=dt.date(1980, 2, 29), **fields)
        card = compose_card(Known(patient=person(), consents=agreed(), notes=(day,)), RECEPTION, None, NOW)
        return lines_of(card, BlockKey.ALSO)[0].detail

    assert detail(recurs_yearly=True) == "every year, 29 February"
    assert detail() == "29 February 1980"


def point(system: ContactSystem, safety: ContactSafety = ContactSafety.SAFE, **fields: object) -> ContactPoint:
    return ContactPoint(system=system, value="07700 900123", safety=safety, **fields)  # type: ignore[arg-type]  # its own fields


@pytest.mark.parametrize(
    ("points", "cautions"),
    [
        ((point(ContactSystem.PHONE),), ()),
        ((point(ContactSystem.VOICEMAIL, ContactSafety.UNSAFE),), ("no voicemail",)),
        ((point(ContactSystem.PHONE, ContactSafety.UNSAFE), point(ContactSystem.PHONE)), ("never 07700 900123",)),
        (
            (point(ContactSystem.PHONE, ContactSafety.ONLY_BETWEEN, not_before=dt.time(9), not_after=dt.time(12)),),
            ("phone only 09:00 to 12:00",),
        ),
        (
            (point(ContactSystem.SMS, ContactSafety.ONLY_BETWEEN, not_before=dt.time(9)),),
            ("text messages only from 09:00",),
        ),
        (
            (point(ContactSystem.POST, ContactSafety.ONLY_BETWEEN, not_after=dt.time(9)),),
            ("post only until 09:00",),
        ),
        ((point(ContactSystem.EMAIL, ContactSafety.ONLY_BETWEEN),), ("e-mail only at certain hours: ask",)),
        (
            (point(ContactSystem.PHONE, shared_with="Huw hears it too", may_say="say the garage called"),),
            ("phone shared: Huw hears it too", "phone: say the garage called"),
        ),
    ],
)
def test_contact_safety_is_said_in_a_few_words(points: tuple[ContactPoint, ...], cautions: tuple[str, ...]) -> None:
    assert contact_cautions(person(contact_points=points)) == cautions
