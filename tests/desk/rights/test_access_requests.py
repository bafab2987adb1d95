"""Somebody asks what is kept: known, alone, by their own right or another's; a clinician looks, whatever there is."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind, Source
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem, RelatedPerson
from rapportdesk.model.rights import IdentityCheck, RightsStatus
from tests.desk.conftest import Practice, add_nia

KNOWN = (IdentityCheck.BIRTH_DATE, IdentityCheck.PHOTO)


def with_more_than_is_told(practice: Practice) -> PatientId:
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    note = desk.notes.write(patient, "Fond of dogs", kind=NoteKind.ALSO_WORTH_KNOWING)
    desk.session().store.put(replace(note, text="Drinks at night", source=Source.SAID_BY_CARER))
    number = ContactPoint(system=ContactSystem.PHONE, value="01632 960999", safety=ContactSafety.UNSAFE)
    desk.people.update(replace(desk.people.get(patient), contact_points=(number,)))
    return patient


def test_first_it_is_known_who_they_are_and_that_they_are_alone(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    with pytest.raises(BadInput, match="be sure who"):
        desk.access_requests.ask(patient, KNOWN[:1], alone=True)
    with pytest.raises(BadInput, match="Somebody is with them"):
        desk.access_requests.ask(patient, KNOWN, alone=False)
    assert desk.rights.of(patient) == ()
    assert desk.access_requests.ask(patient, KNOWN, alone=True).checks == ("birth-date", "photo")


def test_somebody_else_gets_what_is_kept_on_their_word_and_nobody_else_anything(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk, agreed=False)
    huw = RelatedPerson(
        id="", name="Huw", relation="son", authority=Authority.ATTORNEY, authority_proof="seen", authority_scope="money"
    )
    card = desk.people.get(patient)
    card = desk.people.update(replace(card, people=(*card.people, huw)))
    by_name = {each.name: each.id for each in card.people}
    desk.consents.someone_else(patient, by_name["Huw"], dt.date(2027, 1, 1))
    assert [scope for _id, _words, scope in desk.access_requests.who_may_ask(patient).proxies] == ["money"]
    assert desk.access_requests.ask(patient, KNOWN, alone=True, person=by_name["Huw"]).asked_by_name == "Huw, son"
    with pytest.raises(NotAllowed):
        desk.access_requests.ask(patient, KNOWN, alone=True, person=by_name["Gwen"])


def test_every_request_waits_for_a_clinician_whether_or_not_there_is_anything(practice: Practice) -> None:
    held = with_more_than_is_told(practice)
    plain = add_nia(practice.desk)
    for patient in (held, plain):
        practice.desk.access_requests.ask(patient, KNOWN, alone=True)
    seen_by_reception = [
        [(each.right, each.status, each.released, each.kept_back) for each in practice.desk.rights.of(patient)]
        for patient in (held, plain)
    ]
    assert seen_by_reception[0] == seen_by_reception[1]
    with pytest.raises(NotAllowed):
        practice.desk.access_requests.to_review()
    desk = practice.sign_in("Dr Osei")
    assert desk.access_requests.waiting() == 2
    reviews = {each.event.patient: each for each in desk.access_requests.to_review()}
    assert [each.words for each in reviews[plain].items] == []
    assert {each.words for each in reviews[held].items} == {"Drinks at night", "01632 960999"}
    desk.access_requests.reviewed(reviews[plain].event.id, ())
    note = next(each.key for each in reviews[held].items if not each.safety)
    desk.access_requests.reviewed(reviews[held].event.id, (note,), "their number would be read at home")
    with pytest.raises(NotFound):
        desk.access_requests.reviewed(reviews[held].event.id, ())
    answer = desk.patient_files.export(held, "json")
    assert b"Drinks at night" in answer
    assert b"960999" not in answer
    desk = practice.sign_in("Ana Ruiz")
    told = [{(each.status, each.released, each.reason) for each in desk.rights.of(each)} for each in (held, plain)]
    assert told[0] == told[1] == {(RightsStatus.COMPLETED, (), ""), (RightsStatus.REQUESTED, (), "")}
    assert b"Drinks" not in desk.patient_files.export(held, "json")


def test_who_was_erased_waits_for_nobody(practice: Practice) -> None:
    patient = with_more_than_is_told(practice)
    practice.desk.access_requests.ask(patient, KNOWN, alone=True)
    practice.sign_in("Ben Morgan").person_erasure.erase(patient, "asked")
    assert practice.sign_in("Dr Osei").access_requests.waiting() == 0


def test_a_withdrawn_consent_hides_from_the_answer_too(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    desk.notes.write(patient, "Leeks", kind=NoteKind.HOBBY)
    desk.consents.record(patient, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    assert b"Leeks" not in desk.patient_files.export(patient, "json")
    assert b"Leeks" in practice.sign_in("Ben Morgan").patient_files.export(patient, "json", whole=True)


def test_what_was_let_go_waits_anew_once_it_says_another_thing(practice: Practice) -> None:
    held = with_more_than_is_told(practice)
    practice.desk.access_requests.ask(held, KNOWN, alone=True)
    desk = practice.sign_in("Dr Osei")
    (review,) = desk.access_requests.to_review()
    desk.access_requests.reviewed(review.event.id, [each.key for each in review.items])
    answer = desk.patient_files.export(held, "json")
    assert b"Drinks at night" in answer
    assert b"01632 960999" in answer
    desk = practice.sign_in("Ana Ruiz")
    practice.clock.move_on(60)
    (note,) = (each for each in desk.session().known(held).notes if each.source is Source.SAID_BY_CARER)
    desk.notes.edit(note.id, text="Drinks since she lost the child")
    card = desk.people.get(held)
    (number,) = card.contact_points
    desk.people.update(replace(card, contact_points=(replace(number, shared_with="Karl"),)))
    answer = practice.sign_in("Dr Osei").patient_files.export(held, "json")
    assert b"lost the child" not in answer
    assert b"Drinks" not in answer
    assert b"Karl" not in answer
    assert b"01632 960999" not in answer
