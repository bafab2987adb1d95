"""Two cards read as one say nothing that neither said by itself, and of two permissions the stricter one counts."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId, RecordId, StaffId, TopicHandle
from rapportdesk.model.joined import Joined
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem, RelatedPerson
from rapportdesk.model.staff import Viewer
from rapportdesk.model.topic import Permission
from rapportdesk.rules.joined import as_one, one_patient, stricter_answers
from rapportdesk.rules.known import Known
from rapportdesk.rules.visibility import Company, Seen, see
from tests.rules import worlds
from tests.rules.invented import (
    ALONE,
    CLINICIAN,
    GWEN,
    NOW,
    RECEPTION,
    agreed,
    consent,
    fresh_id,
    handle,
    note,
    person,
    topic,
)

OTHER = PatientId("q" * 32)
VIEWERS = st.sampled_from([RECEPTION, CLINICIAN])


def elsewhere(known: Known) -> Known:
    """The same as another card would hold it: other ids of the patient, the topics and the people."""

    def id_of(person: str) -> str:
        return person and person + "2"

    return replace(
        known,
        patient=replace(
            known.patient, id=OTHER, people=tuple(replace(p, id=id_of(p.id)) for p in known.patient.people)
        ),
        notes=tuple(
            replace(
                n, patient=OTHER, topic=TopicHandle(n.topic + "2") if n.topic else None,
                about_person=id_of(n.about_person),
            )
            for n in known.notes
        ),
        consents=tuple(
            replace(c, id=RecordId(c.id + "2"), patient=OTHER, person=id_of(c.person), given_by=id_of(c.given_by))
            for c in known.consents
        ),
        topics=tuple(
            replace(t, patient=OTHER, handle=TopicHandle(t.handle + "2"), person=id_of(t.person)) for t in known.topics
        ),
        tasks=tuple(
            replace(t, patient=OTHER, topic=TopicHandle(t.topic + "2") if t.topic else None) for t in known.tasks
        ),
    )  # fmt: skip


def joined(one: Known, other: Known) -> Known:
    """What is known once the two are one."""
    became = one_patient(one.patient, other.patient)
    stricter = stricter_answers(one, other, became.people, NOW, guardian_until=16)
    link = Joined(
        id=fresh_id(), patient=one.patient.id, other=other.patient.id, joined_at=NOW, joined_by=StaffId("a"),
        joined_by_name="Ana", before=one.patient, after=became.patient, people=became.people,
        consents=tuple(replace(each, id=fresh_id()) for each in stricter),
    )  # fmt: skip
    return as_one(became.patient, [one, other], [link])


def asked_or_open(known: Known) -> bool:
    """Nothing is written before somebody is asked; whoever joins two cards cannot see what is sealed on one of them."""
    asked = {each.covers for each in known.consents}
    said = [*(each.audience for each in known.notes), *(each.audience for each in known.tasks)]
    return asked >= {Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS} or Audience.EVERYONE in said


def read(seen: Seen) -> set[str]:
    """Ids of everything that is read: what waits behind a veil too."""
    return {each.note.id for each in seen.notes} | {each.id for each in seen.tasks}


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds.known(), worlds.known(), worlds.COMPANIES, VIEWERS)
def test_nothing_is_read_of_two_cards_that_was_not_read_of_one(
    one: Known, other: Known, company: Company, viewer: Viewer
) -> None:
    other = elsewhere(other)
    assume(all(asked_or_open(each) for each in (one, other)))
    whole = see(joined(one, other), viewer, company, NOW)
    apart = read(see(one, viewer, company, NOW)) | read(see(other, viewer, company, NOW))
    assert read(whole) <= apart


def test_the_property_bites_where_the_newest_answer_would_count() -> None:
    hobby = note(NoteKind.HOBBY, "Sings alto")
    one = Known(
        patient=person(), notes=(hobby,), consents=(consent(Covers.KEEP_NOTES, ConsentStatus.REJECTED, days=200),)
    )
    other = elsewhere(Known(patient=person(), consents=agreed()))
    assert not read(see(joined(one, other), RECEPTION, ALONE, NOW))
    link_without_it = Joined(
        id=fresh_id(), patient=one.patient.id, other=OTHER, joined_at=NOW, joined_by=StaffId("a"), joined_by_name="Ana",
        before=one.patient, after=one.patient,
    )  # fmt: skip
    assert read(see(as_one(one.patient, [one, other], [link_without_it]), RECEPTION, ALONE, NOW)) == {hobby.id}


def test_what_was_never_asked_on_one_card_says_nothing() -> None:
    hobby = note(NoteKind.HOBBY, "Sings alto")
    one = Known(patient=person(), notes=(hobby,), consents=agreed())
    assert read(see(joined(one, elsewhere(Known(patient=person()))), RECEPTION, ALONE, NOW)) == {hobby.id}


def test_what_is_said_afterwards_counts_alone() -> None:
    hobby = note(NoteKind.HOBBY, "Sings alto")
    one = Known(patient=person(), notes=(hobby,), consents=agreed())
    refused = (consent(Covers.KEEP_NOTES, ConsentStatus.REJECTED, days=20),)
    both = joined(one, elsewhere(Known(patient=person(), consents=refused)))
    assert not read(see(both, RECEPTION, ALONE, NOW))
    later = NOW + dt.timedelta(days=1)
    yes = tuple(replace(each, id=fresh_id(), recorded_at=later) for each in agreed())
    assert read(see(replace(both, consents=(*both.consents, *yes)), RECEPTION, ALONE, later)) == {hobby.id}


@pytest.mark.parametrize("stricter", [Permission.CLINICIAN_ONLY, Permission.PRIVATE_ROOM, Permission.DO_NOT_RAISE])
def test_a_topic_on_both_cards_follows_both(stricter: Permission) -> None:
    mine = note(NoteKind.HOBBY, "on money", topic=handle("money"))
    one = Known(patient=person(), notes=(mine,), consents=agreed(), topics=(topic("money", Permission.WELCOME),))
    other = elsewhere(Known(patient=person(), consents=agreed(), topics=(topic("money", stricter),)))
    whole = joined(one, other)
    assert {each.handle for each in whole.topics} == {handle("money")}
    assert {each.permission for each in whole.topics} == {Permission.WELCOME, stricter}
    shown = see(whole, RECEPTION, ALONE, NOW)
    if stricter is Permission.DO_NOT_RAISE:
        assert [each.decision.as_please_dont for each in shown.notes] == [True]
    else:
        assert not shown.notes


def test_a_name_for_clinicians_on_one_card_is_for_clinicians_on_both() -> None:
    one = Known(patient=person(), consents=agreed(), topics=(topic("money", Permission.WELCOME),))
    sealed = topic("money", Permission.WELCOME, name_for=Audience.CLINICIANS)
    other = elsewhere(Known(patient=person(), consents=agreed(), topics=(sealed,)))
    assert {each.name_for for each in joined(one, other).topics} == {Audience.CLINICIANS}


def point(**more: object) -> ContactPoint:
    return ContactPoint(**{"system": ContactSystem.PHONE, "value": "07700 900123", **more})  # type: ignore[arg-type]  # of a test


def test_of_two_words_on_one_number_the_safer_ones_count() -> None:
    unsafe = point(value="07700900123", safety=ContactSafety.UNSAFE, shared_with="Huw")
    safe = point(from_import=True, may_say="anything")
    for mine, theirs in ((safe, unsafe), (unsafe, safe)):
        became = one_patient(person(contact_points=(mine,)), replace(person(contact_points=(theirs,)), id=OTHER))
        (kept,) = became.patient.contact_points
        assert (kept.safety, kept.shared_with, kept.may_say, kept.from_import) == (
            ContactSafety.UNSAFE,
            "Huw",
            "",
            False,
        )


def test_hours_that_do_not_meet_are_unsafe_at_any_hour() -> None:
    morning = point(safety=ContactSafety.ONLY_BETWEEN, not_before=dt.time(8), not_after=dt.time(10))
    evening = point(safety=ContactSafety.ONLY_BETWEEN, not_before=dt.time(18), not_after=dt.time(20))
    became = one_patient(person(contact_points=(morning,)), replace(person(contact_points=(evening,)), id=OTHER))
    assert [each.safety for each in became.patient.contact_points] == [ContactSafety.UNSAFE]


def test_one_person_on_both_cards_is_one_with_the_lesser_right() -> None:
    barred = RelatedPerson(id="other", name="GWEN", authority=Authority.BARRED)
    became = one_patient(person(people=(GWEN,)), replace(person(people=(barred,)), id=OTHER))
    assert became.people == (("other", GWEN.id),)
    (gwen,) = became.patient.people
    assert (gwen.id, gwen.authority, gwen.may_hear) == (GWEN.id, Authority.BARRED, "")
