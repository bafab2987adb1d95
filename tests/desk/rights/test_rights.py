"""What rests is kept and not used; what is put right keeps its history; a law's hold refuses; and each is recorded."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.search.index_files import CLINICIANS
from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind, PreferenceArea
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.model.topic import Permission
from rapportdesk.rules.rights.rights_state import disputed as disputed_of
from rapportdesk.rules.rights.rights_state import not_used
from tests.desk.conftest import MORNING, Practice, add_nia, looks


def words(desk: Desk, patient: PatientId) -> set[str]:
    card = desk.people.card(patient)
    return {line.text for block in card.blocks for line in block.lines}


def test_what_rests_is_gone_from_card_search_and_file_and_comes_back(ana: Desk) -> None:
    patient = add_nia(ana)
    ana.notes.write(patient, "Leeks for the show", kind=NoteKind.HOBBY)
    ana.notes.write(patient, "Needs the ramp", kind=NoteKind.ADJUSTMENT)
    event = ana.rights.restrict(patient, "until it is put right")
    assert "Leeks for the show" not in words(ana, patient)
    assert "Needs the ramp" in words(ana, patient)  # a legal duty rests on no consent
    assert not ana.search("leeks").hits
    assert b"Leeks" not in ana.patient_files.export(patient, "json")
    assert AuditAction.RIGHTS_RECORDED in {event.action for event in looks(ana, patient)}
    ana.rights.end(event.id)
    assert "Leeks for the show" in words(ana, patient)
    assert ana.search("leeks").hits
    with pytest.raises(NotFound):
        ana.rights.end(event.id)


def test_one_note_rests_by_itself(ana: Desk) -> None:
    patient = add_nia(ana)
    note = ana.notes.write(patient, "Leeks", kind=NoteKind.HOBBY)
    ana.notes.write(patient, "Sings alto", kind=NoteKind.HOBBY)
    ana.rights.restrict(patient, "", note_id=note.id)
    assert "Sings alto" in words(ana, patient)
    assert "Leeks" not in words(ana, patient)


def test_an_objection_rests_until_a_manager_has_decided(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    notes = [desk.notes.write(patient, text, kind=NoteKind.HOBBY) for text in ("Leeks", "Alto")]
    events = [desk.rights.object_to(patient, "nobody's business", note_id=note.id) for note in notes]
    assert not words(desk, patient) & {"Leeks", "Alto"}
    with pytest.raises(NotAllowed):
        desk.rights.decide(events[0].id, upheld=True)
    desk = practice.sign_in("Ben Morgan")
    with pytest.raises(BadInput):  # going on needs grounds
        desk.rights.decide(events[1].id, upheld=False)
    desk.rights.decide(events[0].id, upheld=True)
    desk.rights.decide(events[1].id, upheld=False, reason="the choir's own list")
    assert words(desk, patient) & {"Leeks", "Alto"} == {"Alto"}
    with pytest.raises(NotFound):
        desk.session().store.thing(notes[0].id)
    assert {event.status for event in desk.rights.of(patient)} >= {RightsStatus.REJECTED}


def test_a_note_is_put_right_with_its_history_and_a_dispute_stands_beside_it(ana: Desk) -> None:
    patient = add_nia(ana)
    note = ana.notes.write(patient, "Two sons", kind=NoteKind.ALSO_WORTH_KNOWING)
    ana.rights.correct(note.id, "Three sons", "told at the desk")
    assert [each.text for each in ana.notes.history(note.id)] == ["Two sons"]
    ana.rights.dispute(note.id, "It is daughters")
    assert {(each.status, each.reason) for each in ana.rights.of(patient)} == {
        (RightsStatus.REJECTED, "It is daughters"), (RightsStatus.COMPLETED, "told at the desk"),
    }  # fmt: skip
    assert b"It is daughters" in ana.patient_files.export(patient, "json")
    assert b"Two sons" in ana.patient_files.export(patient, "json")


def test_what_is_said_of_a_note_for_clinicians_reception_does_not_learn(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    patient = add_nia(practice.sign_in("Ana Ruiz"))
    desk = practice.sign_in("Dr Osei")
    desk.consents.record(patient, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.ACTIVE)
    note = desk.notes.write(patient, "Worried", kind=NoteKind.FEELING_NAMED, audience=Audience.CLINICIANS)
    desk.briefs.open_veiled(patient)
    desk.rights.dispute(note.id, "I never said that")
    desk = practice.sign_in("Ana Ruiz")
    assert desk.rights.of(patient) == ()
    assert AuditAction.RIGHTS_RECORDED not in {event.action for event in looks(desk, patient)}
    assert b"never said" not in desk.patient_files.export(patient, "json")


def test_a_hold_stops_both_ways_of_erasing_until_it_is_over(practice: Practice) -> None:
    patient = add_nia(practice.sign_in("Ana Ruiz"))
    with pytest.raises(NotAllowed):
        practice.desk.rights.hold(patient, "a court")
    desk = practice.sign_in("Ben Morgan")
    event = desk.rights.hold(patient, "a court has asked for it")
    desk.consents.record(patient, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    practice.clock.moment += dt.timedelta(days=40)
    with pytest.raises(NotAllowed, match="a court has asked"):
        desk.erasures.erase(patient)
    with pytest.raises(NotAllowed, match="a court has asked"):
        desk.person_erasure.erase(patient, "asked")
    with pytest.raises(NotAllowed):
        practice.sign_in("Ana Ruiz").rights.end(event.id)
    desk = practice.sign_in("Ben Morgan")
    desk.rights.end(event.id)
    desk.erasures.erase(patient)
    assert desk.rights.of(patient)[0].right is Right.LEGAL_HOLD


def test_a_hold_keeps_what_was_objected_to_and_it_rests_until_then(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    note = desk.notes.write(patient, "Leeks", kind=NoteKind.HOBBY)
    objection = desk.rights.object_to(patient, "nobody's business", note_id=note.id)
    desk = practice.sign_in("Ben Morgan")
    held = desk.rights.hold(patient, "a court has asked for it")
    with pytest.raises(NotAllowed, match="a court has asked"):
        desk.rights.decide(objection.id, upheld=True)
    assert desk.session().store.thing(note.id)
    assert "Leeks" not in words(desk, patient)
    desk.rights.end(held.id)
    desk.rights.decide(objection.id, upheld=True)
    with pytest.raises(NotFound):
        desk.session().store.thing(note.id)


def test_what_is_erased_after_an_objection_is_in_no_read_model_that_cannot_be_opened(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    patient = add_nia(desk)
    desk.notes.write(patient, "Lump", kind=NoteKind.FEELING_NAMED, audience=Audience.CLINICIANS)
    note = desk.notes.write(patient, "Leeks", kind=NoteKind.HOBBY)
    assert desk.search("leeks").hits
    objection = practice.sign_in("Ana Ruiz").rights.object_to(patient, "", note_id=note.id)
    clinicians = practice.path.with_name(f"{practice.path.name}.{CLINICIANS}")
    assert clinicians.exists()
    practice.sign_in("Ben Morgan").rights.decide(objection.id, upheld=True)
    assert not clinicians.exists()
    assert not practice.sign_in("Dr Osei").search("leeks").hits
    assert clinicians.exists()  # made anew


@pytest.mark.parametrize("kind", [NoteKind.HOBBY, NoteKind.PREFERENCE, NoteKind.PLEASE_DONT, NoteKind.EXPLAINED])
def test_a_disputed_note_says_so_on_card_and_brief_until_it_is_put_right(practice: Practice, kind: NoteKind) -> None:
    desk = practice.sign_in("Dr Osei")
    patient = add_nia(desk)
    note = desk.notes.write(patient, "Two sons in Bangor", kind=kind)
    if kind is NoteKind.PREFERENCE:  # all that is said of greeting stands in one line, but what is disputed
        note = desk.session().store.put(replace(note, preference_area=PreferenceArea.GREETING))

    def said() -> list[bool]:
        lines = [line for block in desk.people.card(patient).blocks for line in block.lines]
        lines += [line for section in desk.briefs.of(patient).sections for line in section.lines]
        mine = [line for line in lines if "Two sons" in line.text or "Three daughters" in line.text]
        assert mine
        return ["they say this is wrong: three daughters" in line.detail for line in mine]

    assert not any(said())
    desk.rights.dispute(note.id, "three daughters")
    assert all(said())
    desk.rights.correct(note.id, "Three daughters")
    assert not any(said())


@pytest.mark.parametrize("who", ["Ana Ruiz", "Dr Osei"])
def test_what_rests_goes_on_resting_when_its_topic_is_named_to_clinicians_only(practice: Practice, who: str) -> None:
    practice.sign_in("Dr Osei")
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    resting = desk.notes.write(patient, "Owes the butcher", kind=NoteKind.HOBBY, topic_code="money")
    event = desk.rights.restrict(patient, "until it is put right", note_id=resting.id)
    disputed = desk.notes.write(patient, "Won the pools", kind=NoteKind.HOBBY, topic_code="money")
    desk.rights.dispute(disputed.id, "It was never more than ten pounds")
    desk = practice.sign_in(who)
    desk.topics.set(patient, "money", Permission.CLINICIAN_ONLY, name_for=Audience.CLINICIANS)
    assert not desk.session().known(patient).notes or who == "Dr Osei"
    desk = practice.sign_in("Ana Ruiz")
    kept = [thing for thing in desk.session().store.things(patient) if isinstance(thing, RightsEvent)]
    assert kept == [], "what was said of a note that reception cannot read any more, it cannot read either"
    desk = practice.sign_in("Dr Osei")
    known = desk.session().known(patient)
    ids = {note.text: note.id for note in known.notes}
    assert not_used(known.rights, MORNING.date()) == (False, frozenset({ids["Owes the butcher"]}))
    assert disputed_of(known.rights) == {ids["Won the pools"]: "It was never more than ten pounds"}
    assert event.id not in {each.id for each in known.rights}


def test_what_a_law_has_held_on_two_cards_as_one_it_holds_on_both_when_they_are_taken_apart(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    earlier, stays, other = (add_nia(desk) for _card in range(3))
    desk.rights.hold(stays, "of before, and about this card alone")
    practice.clock.move_on(60)
    joined = desk.merging.join(stays, other)
    practice.clock.move_on(60)
    desk.rights.hold(other, "a court has asked for it")
    desk.merging.part(joined.id)
    reasons = {card: {each.reason for each in desk.rights.standing(card)} for card in (earlier, stays, other)}
    assert reasons[other] == {"a court has asked for it"}
    assert reasons[stays] == {"a court has asked for it", "of before, and about this card alone"}
    assert reasons[earlier] == set()
    with pytest.raises(NotAllowed, match="a court has asked for it"):
        desk.person_erasure.erase(other, "asked")
    (held,) = desk.rights.standing(other)
    desk.rights.end(held.id)
    assert desk.person_erasure.refusal(other) == ""
    assert desk.person_erasure.refusal(stays) != ""
