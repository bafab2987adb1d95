"""Two cards become one when a person says so, with the stricter permission of each thing, and come apart unchanged."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.joined import Joined
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem, Identifier, Patient, RelatedPerson
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.topic import Permission
from tests.desk.conftest import Practice

PHONE = ContactPoint(system=ContactSystem.PHONE, value="07700 900123")


def card(
    desk: Desk, name: str = "Nia Prydderch", number: str = "1", *, agreed: bool = True, **more: object
) -> PatientId:
    """Another card of somebody."""
    made = desk.people.add(
        Patient(id=PatientId(""), name=name, identifiers=(Identifier(system="pas", value=number),), **more)  # type: ignore[arg-type]  # of a test
    ).id
    if agreed:
        desk.consents.agree(made)
    return made


def texts(desk: Desk, patient: PatientId) -> set[str]:
    return {each.note.text for each in desk.session().seen(desk.session().known(patient)).notes}


def apart(desk: Desk, *patients: PatientId) -> list[object]:
    """Everything that lies on each card itself, and who each says it is."""
    store = desk.session().store
    found: list[object] = []
    for each in patients:
        things = sorted(store.things_of_part(each), key=lambda thing: thing.id)
        found.append((store.part(each), things, [store.history(thing.id) for thing in things]))
    return found


def test_one_person_is_found_once_with_everything_of_both(ana: Desk) -> None:
    one, other = card(ana), card(ana, "Nia Pridderch", "2")
    ana.notes.write(one, "Sings alto", kind=NoteKind.HOBBY)
    ana.notes.write(other, "Grows leeks", kind=NoteKind.HOBBY)
    ana.today.add_appointment(other, ana.clock.now())
    assert len(ana.search("Nia").hits) == 2
    ana.merging.join(one, other)
    assert [hit.id for hit in ana.search("Nia").hits] == [one]
    assert [hit.id for hit in ana.search("Pridderch").hits] == [one]
    assert [hit.id for hit in ana.search("leeks").hits] == [one]
    assert [row.patient for row in ana.today.day().rows] == [one]
    assert texts(ana, one) == {"Sings alto", "Grows leeks"}
    assert ana.people.get(other).id == one
    assert {each.value for each in ana.people.get(one).identifiers} == {"1", "2"}
    assert ana.verify().faults == ()


def test_undo_gives_back_exactly_both(ana: Desk) -> None:
    one, other = (
        card(ana, contact_points=(PHONE,)),
        card(ana, "Nia Pridderch", "2", people=(RelatedPerson(id="", name="Gwen"),)),
    )
    for each in (one, other):
        ana.notes.write(each, f"about {each}", kind=NoteKind.HOBBY, topic_code="money")
    before = apart(ana, one, other)
    ana.merging.join(one, other)
    assert ana.notes.undo() == "joined two cards"
    assert apart(ana, one, other) == before
    assert {hit.id for hit in ana.search("Nia").hits} == {one, other}
    assert ana.verify().faults == ()


Notes = list[tuple[NoteKind, str, Audience]]
Answers = list[tuple[Covers, ConsentStatus]]
Drawn = tuple[Notes, Answers, set[str], ContactSafety]

kinds = st.sampled_from((NoteKind.HOBBY, NoteKind.PLEASE_DO, NoteKind.IMPORTANT_TO_ME))
noted = st.lists(st.tuples(kinds, st.sampled_from(("", "money", "PSY")), st.sampled_from(Audience)), max_size=3)
said = st.lists(
    st.tuples(
        st.sampled_from((Covers.SMS, Covers.KEEP_NOTES)),
        st.sampled_from((ConsentStatus.ACTIVE, ConsentStatus.REJECTED)),
    ),
    max_size=2,
)  # fmt: skip
people = st.sets(st.sampled_from(("Gwen", "Huw")), max_size=2)
cards = st.tuples(noted, said, people, st.sampled_from(ContactSafety))


@pytest.fixture(scope="module")
def shared(founded: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """One practice for all examples."""
    practice = Practice(tmp_path_factory.mktemp("merging") / "vault" / "desk.rapport", founded=founded)
    practice.sign_in("Dr Osei")
    practice.sign_in("Ana Ruiz")
    yield practice
    practice.desk.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=cards, second=cards, as_clinician=st.booleans())
def test_joining_and_taking_apart_gives_back_exactly_both(
    shared: Practice,
    first: Drawn,
    second: Drawn,
    as_clinician: bool,
) -> None:
    desk = shared.desk
    made = [_made(desk, *each) for each in (first, second)]
    before = apart(desk, *made)
    seen = [texts(desk, each) for each in made]
    joined = desk.merging.join(*made)
    assert texts(desk, made[0]) <= seen[0] | seen[1]
    contact = {each.safety for each in desk.people.get(made[0]).contact_points}
    assert contact == {max((first[3], second[3]), key=_SAFETY.index)}
    if as_clinician:
        shared.sign_in("Dr Osei")
        desk.people.card(made[0])
        shared.sign_in("Ana Ruiz")
    desk.merging.part(joined.id)
    assert apart(desk, *made) == before
    assert [texts(desk, each) for each in made] == seen


_SAFETY = (ContactSafety.SAFE, ContactSafety.ONLY_BETWEEN, ContactSafety.UNSAFE)


def _made(desk: Desk, notes: Notes, answers: Answers, who: set[str], safety: ContactSafety) -> PatientId:
    point = replace(PHONE, safety=safety, not_before=dt.time(8), not_after=dt.time(10))
    made = card(
        desk, contact_points=(point,), people=tuple(RelatedPerson(id="", name=each) for each in sorted(who))
    )  # fmt: skip
    for kind, topic, audience in notes:
        desk.notes.write(made, "said", kind=kind, topic_code=topic, audience=audience)
    for covers, status in answers:
        desk.consents.record(made, covers, status)
    return made


def test_of_two_answers_the_stricter_one_counts_until_they_are_asked_again(ana: Desk) -> None:
    one, other = card(ana), card(ana, number="2")
    ana.notes.write(one, "Sings alto", kind=NoteKind.HOBBY)
    ana.consents.record(other, Covers.KEEP_NOTES, ConsentStatus.REJECTED)
    ana.consents.record(one, Covers.SMS, ConsentStatus.ACTIVE)
    compared = ana.merging.compare(one, other)
    assert {each.covers for each in compared.stricter} >= {Covers.KEEP_NOTES}
    ana.merging.join(one, other)
    assert ana.consents.keep(one) is KeepConsent.REFUSED
    assert texts(ana, one) == set()
    ana.consents.agree(one)
    assert texts(ana, one) == {"Sings alto"}


def test_what_is_sealed_to_clinicians_on_the_other_card_is_theirs_alone_and_comes_along(practice: Practice) -> None:
    practice.sign_in("Dr Osei")
    desk = practice.sign_in("Ana Ruiz")
    one, other = card(desk), card(desk, number="2")
    desk.notes.write(other, "afraid of needles", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    desk.merging.join(one, other)
    assert texts(desk, one) == set()
    osei = practice.sign_in("Dr Osei")
    osei.people.set_company(one, frozenset())
    known = osei.session().known(one)
    assert [note.text for note in known.notes] == ["afraid of needles"]
    assert known.notes[0].patient == one


def test_a_note_of_the_other_card_is_changed_where_it_lies(ana: Desk) -> None:
    one, other = card(ana), card(ana, number="2")
    note = ana.notes.write(other, "Grows leeks", kind=NoteKind.HOBBY)
    joined = ana.merging.join(one, other)
    ana.notes.edit(note.id, text="Grows prize leeks")
    new = ana.notes.write(one, "Sings alto", kind=NoteKind.HOBBY)
    ana.merging.part(joined.id)
    assert (texts(ana, one), texts(ana, other)) == ({"Sings alto"}, {"Grows prize leeks"})
    assert new.patient == one
    assert ana.verify().faults == ()


def test_details_changed_since_stay_changed(ana: Desk) -> None:
    one, other = card(ana), card(ana, number="2", languages=("Welsh",))
    joined = ana.merging.join(one, other)
    ana.people.update(replace(ana.people.get(one), pronouns="she / her"))
    ana.merging.part(joined.id)
    assert (ana.people.get(one).languages, ana.people.get(one).pronouns) == ((), "she / her")
    assert ana.people.get(other).languages == ("Welsh",)


def test_three_cards_come_apart_the_last_one_first(ana: Desk) -> None:
    one, two, three = (card(ana, number=str(number)) for number in range(3))
    for each in (one, two, three):
        ana.notes.write(each, each, kind=NoteKind.HOBBY)
    before = apart(ana, one, two, three)
    first = ana.merging.join(two, three)
    second = ana.merging.join(one, two)
    assert texts(ana, one) == {one, two, three}
    with pytest.raises(BadInput):
        ana.merging.join(one, three)
    with pytest.raises(BadInput):
        ana.merging.part(first.id)
    assert [each.id for each in ana.merging.of(one)] == [second.id, first.id]
    ana.merging.part(second.id)
    assert texts(ana, two) == {two, three}
    ana.merging.part(first.id)
    assert apart(ana, one, two, three) == before
    with pytest.raises(NotFound):
        ana.merging.part(first.id)


def test_who_looked_tells_of_both_cards(ana: Desk) -> None:
    one, other = card(ana), card(ana, number="2")
    ana.people.card(other)
    ana.merging.join(one, other)
    assert "card-viewed" in [event.action for event in ana.audit.of(one)]


def test_a_topic_of_both_cards_is_raised_as_the_stricter_says(ana: Desk) -> None:
    one, other = card(ana), card(ana, number="2")
    ana.topics.set(one, "money", Permission.WELCOME)
    ana.topics.set(other, "money", Permission.PRIVATE_ROOM)
    ana.notes.write(one, "Saving for Patagonia", kind=NoteKind.HOBBY, topic_code="money")
    ana.merging.join(one, other)
    assert texts(ana, one) == set()


def test_a_visit_of_the_other_card_is_moved_along(ana: Desk) -> None:
    one, other = card(ana), card(ana, number="2")
    visit = ana.today.add_appointment(other, ana.clock.now())
    ana.merging.join(one, other)
    assert ana.today.mark(visit.id, AppointmentStatus.ARRIVED).patient == one
    assert [row.appointment.status for row in ana.today.day().rows] == [AppointmentStatus.ARRIVED]


def test_joined_cards_are_one_after_the_night(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    one, other = card(desk), card(desk, number="2")
    desk.notes.write(other, "Grows leeks", kind=NoteKind.HOBBY)
    desk.merging.join(one, other)
    practice.reopen()
    desk = practice.sign_in("Ana Ruiz")
    assert texts(desk, one) == {"Grows leeks"}
    assert [each.id for each in desk.session().store.patients()] == [one]
    things = desk.session().store.all_things()
    assert {each.patient for each in things if isinstance(each, Note | Joined)} == {one}


def test_taken_apart_a_card_remembers_nothing_of_who_the_other_one_was(ana: Desk) -> None:
    theirs = replace(PHONE, value="01407 555555")
    one = card(ana, contact_points=(PHONE,))
    other = card(ana, "Nora Pridderch", "2", contact_points=(theirs,), people=(RelatedPerson(id="", name="Huw"),))
    ana.people.update(replace(ana.people.get(one), say="NEE-ah"))
    before = ana.people.identity_history(one)
    joined = ana.merging.join(one, other)
    ana.people.update(replace(ana.people.get(one), birth_date=dt.date(1958, 3, 14)))
    assert b"01407 555555" in ana.patient_files.export(one, "json")  # the control: it is one person's
    ana.merging.part(joined.id)
    for form in ("json", "fhir"):
        out = ana.patient_files.export(one, "json" if form == "json" else "fhir")
        assert not [each for each in (b"01407 555555", b"Pridderch", b"Huw") if each in out]
    changed, *earlier = ana.people.identity_history(one)
    assert [(each.label, each.after) for each in changed.differences] == [("Birth date", "14 March 1958")]
    assert tuple(earlier) == before
    assert ana.people.get(one).contact_points == (PHONE,)


def test_a_change_of_cards_that_were_taken_apart_since_is_not_taken_back_onto_one_of_them(ana: Desk) -> None:
    one, other = card(ana), card(ana, "Nora Pridderch", "2", contact_points=(PHONE,))
    joined = ana.merging.join(one, other)
    ana.people.update(replace(ana.people.get(one), say="NEE-ah"))
    ana.merging.part(joined.id)
    with pytest.raises(NotFound):
        ana.notes.undo()
    assert ana.people.get(one).contact_points == ()
