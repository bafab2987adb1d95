"""Everybody who has a number is listed, what was asked is kept and not the answers, and the log outlives nobody."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import ConsentNeeded, NotFound
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.communication import CallOutcome, Check, Communication, Speaker
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem
from tests.desk.conftest import MORNING, Practice, add_nia, looks

BOTH = (Check.POSTCODE_OR_NUMBER, Check.BIRTH_DATE)
NUMBER = "01970 555 218"


def with_phone(desk: Desk, patient: PatientId, **fields: object) -> PatientId:
    who = desk.people.get(patient)
    point = ContactPoint(system=ContactSystem.PHONE, value=NUMBER)
    desk.people.update(replace(who, contact_points=(replace(point, **fields),)))  # type: ignore[arg-type]  # its own
    return patient


def with_gwen(desk: Desk) -> tuple[PatientId, str]:
    """Nia, who agreed to talking with Gwen."""
    nia = add_nia(desk)
    gwen = desk.people.get(nia).people[0].id
    desk.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=gwen)
    return nia, gwen


def kept(desk: Desk, patient: PatientId) -> tuple[Communication, ...]:
    return desk.session().known(patient).communications


def words(desk: Desk, patient: PatientId) -> list[str]:
    return [line.words for line in desk.calls.log_unrecorded(patient)]


def test_a_shared_number_lists_every_holder_with_their_birth_date_and_opens_none(ana: Desk) -> None:
    holders = {with_phone(ana, add_nia(ana)) for _each in range(3)}
    found = ana.calls.holders(NUMBER.replace(" ", ""))
    assert {hit.id for hit in found} == holders
    assert all(hit.birth_date == dt.date(1958, 3, 14) for hit in found)
    assert all(event.action is not AuditAction.CARD_VIEWED for each in holders for event in looks(ana, each))


def test_one_holder_alone_is_not_opened_either(ana: Desk) -> None:
    nia = with_phone(ana, add_nia(ana))
    assert [hit.id for hit in ana.calls.holders(NUMBER)] == [nia]
    assert all(event.action is not AuditAction.CARD_VIEWED for event in looks(ana, nia))


def test_the_call_is_kept_with_what_was_asked_and_can_be_taken_back(ana: Desk) -> None:
    nia, gwen = with_gwen(ana)
    ana.calls.came_in(nia, Speaker.RELATED, gwen, BOTH)
    (call,) = kept(ana, nia)
    assert (call.speaker, call.person, call.checks) == (Speaker.RELATED, gwen, tuple(reversed(BOTH)))
    assert words(ana, nia) == ["Gwen rang"]
    assert looks(ana, nia)[-1].action is AuditAction.CONTACT_LOGGED
    assert ana.notes.undo() == "wrote down a call"
    assert kept(ana, nia) == ()


def test_nobody_is_written_down_by_name_who_may_be_told_nothing(ana: Desk) -> None:
    nia = add_nia(ana)
    gwen = ana.people.get(nia).people[0].id
    with pytest.raises(NotFound):
        ana.calls.came_in(nia, Speaker.RELATED, gwen, BOTH)
    ana.calls.came_in(nia, Speaker.SOMEBODY_ELSE, gwen, BOTH)
    (call,) = kept(ana, nia)
    assert call.person == ""


@pytest.mark.parametrize("safety", [ContactSafety.SAFE, ContactSafety.UNSAFE])
def test_a_voicemail_is_left_only_where_it_was_agreed_to_and_is_safe(ana: Desk, safety: ContactSafety) -> None:
    nia = with_phone(ana, add_nia(ana), safety=safety)
    with pytest.raises(ConsentNeeded, match="no agreement"):
        ana.calls.rang(nia, CallOutcome.VOICEMAIL)
    ana.consents.record(nia, Covers.VOICEMAIL, ConsentStatus.ACTIVE)
    if safety is ContactSafety.UNSAFE:
        with pytest.raises(ConsentNeeded, match="safe to use"):
            ana.calls.rang(nia, CallOutcome.VOICEMAIL)
    else:
        ana.calls.rang(nia, CallOutcome.VOICEMAIL)
    ana.calls.rang(nia, CallOutcome.NO_ANSWER)
    assert "Rang them: no answer" in words(ana, nia)


def test_a_number_is_dialled_only_while_it_may_be_rung(ana: Desk) -> None:
    nia = with_phone(ana, add_nia(ana))
    with pytest.raises(ConsentNeeded, match="no agreement"):
        ana.calls.dial(nia, NUMBER)
    ana.consents.record(nia, Covers.PHONE, ConsentStatus.ACTIVE)
    assert ana.calls.dial(nia, NUMBER) == "tel:01970555218"
    with pytest.raises(ConsentNeeded):
        ana.calls.dial(nia, "0900 666 666")  # a number that does not stand on the card
    with_phone(ana, nia, safety=ContactSafety.UNSAFE)
    with pytest.raises(ConsentNeeded, match="safe to use"):
        ana.calls.dial(nia, NUMBER)


def test_the_managers_list_reads_the_calls(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    rang, rung, never, named = (add_nia(desk, agreed=False) for _each in range(4))
    desk.calls.came_in(rang, Speaker.PATIENT, checks=BOTH)
    desk.calls.rang(rung, CallOutcome.REACHED)
    desk.calls.rang(never, CallOutcome.NO_ANSWER)
    for patient in (rang, rung, never, named):
        desk.consents.record(patient, Covers.KEEP_NOTES, ConsentStatus.ACTIVE, where="phone")
    desk = practice.sign_in("Ben Morgan")
    assert {each.patient.id for each in desk.consent_histories.doubtful()} == {never, named}


def test_what_was_taken_back_hides_who_rang_and_erasing_takes_it_out_of_the_file(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia, gwen = with_gwen(desk)
    desk.calls.came_in(nia, Speaker.RELATED, gwen, BOTH)
    withdrawal = desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    assert words(desk, nia) == ["Somebody else rang"]
    desk.consents.take_back(nia, withdrawal.id)
    assert words(desk, nia) == ["Gwen rang"]
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    practice.clock.move_on(dt.timedelta(days=32).total_seconds())
    desk = practice.sign_in("Ben Morgan")
    desk.erasures.erase(nia)
    (call,) = kept(desk, nia)
    assert (call.person, call.speaker, call.recorded_at) == ("", Speaker.SOMEBODY_ELSE, MORNING)


def test_a_call_on_the_wrong_person_moves_and_nothing_of_it_stays(ana: Desk) -> None:
    nia, gwen = with_gwen(ana)
    other = add_nia(ana)
    call = ana.calls.came_in(nia, Speaker.RELATED, gwen, BOTH)
    ana.calls.move(call.id, other)
    assert kept(ana, nia) == ()
    (moved,) = kept(ana, other)
    assert (moved.person, moved.speaker, moved.checks) == ("", Speaker.SOMEBODY_ELSE, call.checks)
    ana.notes.undo()
    assert kept(ana, other) == ()
    assert words(ana, nia) == ["Gwen rang"]


def test_the_wrong_person_s_number_moves_to_nobody_else(ana: Desk) -> None:
    nia, other = with_phone(ana, add_nia(ana)), add_nia(ana)
    call = ana.calls.rang(nia, CallOutcome.NO_ANSWER, contact=NUMBER)
    ana.calls.move(call.id, other)
    assert NUMBER not in str(kept(ana, other))
    ana.notes.undo()
    assert NUMBER in str(kept(ana, nia)), "the control: it is theirs"


def test_the_log_is_there_the_next_morning(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.calls.came_in(nia, Speaker.PATIENT, checks=BOTH)
    practice.reopen()
    desk = practice.sign_in("Dr Osei")
    assert words(desk, nia) == ["They rang"]
