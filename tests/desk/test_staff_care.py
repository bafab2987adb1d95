"""People come with a one-time secret, stay until their last day, and are let go without taking anything from others."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NobodyElseOpens, NotAllowed, NotFound, OwnSecretNeeded, WrongSecret
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.staff import Role, SecretKind
from tests.desk.conftest import SECRET, Practice, add_nia
from tests.desk.leavers import id_of
from tests.desk.sheets.test_sheet_care import words

OWN = "four words of mine"
DAY = dt.date(2026, 11, 20)


def given(practice: Practice, *roles: Role) -> Desk:
    """Let the manager add Sian with a one-time secret, and sign her in with it."""
    desk = practice.sign_in("Ben Morgan")
    sian = desk.staff.add("Sian Rees", frozenset(roles or {Role.RECEPTION}), SECRET)
    assert sian.must_change_secret
    desk.sign_in(sian.id, SECRET)
    return desk


def test_a_one_time_secret_opens_nothing_but_the_choice_of_ones_own(practice: Practice) -> None:
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    desk = given(practice, Role.MANAGER, Role.CLINICIAN)
    assert desk.must_change_secret
    assert desk.viewer.name == "Sian Rees"
    for refused in (
        lambda: desk.search("Nia"), lambda: desk.people.card(nia), lambda: desk.people.add(desk.people.get(nia)),
        lambda: desk.notes.write(nia, "x", kind=NoteKind.HOBBY), lambda: desk.briefs.of(nia), desk.today.day,
        desk.drafts.mine, lambda: desk.staff.list(), lambda: desk.staff.remove(id_of(desk, "Ana Ruiz")),
        lambda: desk.staff.add("Eve", frozenset({Role.RECEPTION}), SECRET), lambda: desk.sheets.new_desk_sheet(),
        lambda: desk.sheets.list(), lambda: desk.reminders.mine(), lambda: desk.audit.of(nia), desk.verify,
        lambda: desk.clinic_name, desk.replace_patient_keys, desk.paper.desk_slip,
    ):  # fmt: skip
        with pytest.raises(OwnSecretNeeded):
            refused()
    with pytest.raises(BadInput):
        desk.staff.change_secret(SECRET, SECRET)
    with pytest.raises(WrongSecret):
        desk.staff.change_secret("not it", OWN)
    desk.staff.change_secret(SECRET, OWN)
    assert [hit.id for hit in desk.search("nia").hits] == [nia]
    practice.reopen()
    with pytest.raises(WrongSecret):
        practice.sign_in("Sian Rees")
    practice.desk.sign_in(id_of(practice.desk, "Sian Rees"), OWN)
    assert not practice.desk.must_change_secret


def test_leaving_without_choosing_leaves_it_to_be_chosen(practice: Practice) -> None:
    desk = given(practice)
    desk.lock()
    desk.sign_in(id_of(desk, "Sian Rees"), SECRET)
    assert desk.must_change_secret


def test_a_manager_resets_a_colleagues_secret_and_learns_nothing_that_is_for_clinicians(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "for the doctor", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    hahn = practice.sign_in("Ben Morgan").staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    practice.sign_in("Dr Osei").staff.admit(hahn.id)
    desk = practice.sign_in("Ben Morgan")
    desk.staff.reset_secret(hahn.id, "a one-time secret")
    assert desk.session().store.keys.clinicians == ()
    assert for_clinicians(desk, nia) == set()
    with pytest.raises(WrongSecret):
        practice.sign_in("Dr Hahn")
    desk.sign_in(hahn.id, "a one-time secret")  # the manager knows it, and comes in with it
    assert desk.must_change_secret
    desk.staff.change_secret("a one-time secret", OWN)
    assert for_clinicians(desk, nia) == set()
    assert "cannot read what is for clinicians only" in words(desk)
    desk = practice.sign_in("Dr Osei")
    assert "Dr Hahn waits to be admitted" in words(desk)
    desk.staff.admit(hahn.id)
    assert "waits to be admitted" not in words(desk)
    desk.sign_in(hahn.id, OWN)
    assert for_clinicians(desk, nia) == {"for the doctor"}
    assert desk.verify().clean


def for_clinicians(desk: Desk, patient: PatientId) -> set[str]:
    """Every note that this person's keys open."""
    return {thing.text for thing in desk.session().store.things(patient) if isinstance(thing, Note)}


def test_granting_the_clinicians_keys_takes_somebody_who_holds_them(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    hahn = desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET)
    assert not hahn.holds_clinicians_keys
    for name in ("Ben Morgan", "Ana Ruiz"):
        with pytest.raises(NotAllowed):
            practice.sign_in(name).staff.admit(hahn.id)
    practice.sign_in("Dr Osei").staff.admit(hahn.id)
    assert {each.name for each in desk.door() if each.holds_clinicians_keys} == {"Dr Osei", "Dr Hahn"}


def test_somebody_may_be_manager_and_clinician_or_reception_in_one(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    both = frozenset({Role.MANAGER, Role.CLINICIAN})
    eve = desk.staff.add("Dr Eve", both, SECRET, must_change=False)
    practice.sign_in("Dr Osei").staff.admit(eve.id)
    desk.sign_in(eve.id, SECRET)
    assert desk.viewer.roles == both
    new = desk.staff.add("Dr New", frozenset({Role.CLINICIAN}), SECRET)
    assert new.holds_clinicians_keys  # whoever holds them hands them on at once
    desk.staff.remove(id_of(desk, "Ben Morgan"))
    assert desk.verify().clean


def test_temporary_staff_come_in_until_their_last_day_and_a_manager_renews_it(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    tomorrow = DAY + dt.timedelta(days=1)
    locum = desk.staff.add("Dr Locum", frozenset({Role.RECEPTION}), SECRET, must_change=False, ends_on=tomorrow)
    assert locum.ends_on == tomorrow
    practice.clock.move_on(86_400)
    practice.sign_in("Dr Locum")  # the last day is a whole day
    practice.clock.move_on(86_400)
    with pytest.raises(NotFound, match="ended"):
        practice.sign_in("Dr Locum")
    desk = practice.sign_in("Ben Morgan")
    assert "The access of Dr Locum has ended" in words(desk)
    desk.staff.set_end(locum.id, DAY + dt.timedelta(days=30))
    assert "has ended" not in words(desk)
    assert practice.sign_in("Dr Locum").viewer.name == "Dr Locum"
    assert desk.verify().clean
    practice.sign_in("Ben Morgan").staff.set_end(locum.id, None)
    assert next(each for each in desk.staff.list() if each.id == locum.id).ends_on is None


def test_an_end_is_set_by_a_manager_for_others_and_not_for_managers_or_the_past(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    yesterday, ana = DAY - dt.timedelta(days=1), id_of(desk, "Ana Ruiz")
    for refused in (
        lambda: desk.staff.set_end(ana, yesterday),
        lambda: desk.staff.set_end(desk.viewer.staff, DAY),
        lambda: desk.staff.add("Eve", frozenset({Role.RECEPTION}), SECRET, ends_on=yesterday),
        lambda: desk.staff.add("Eve", frozenset({Role.MANAGER}), SECRET, ends_on=DAY),
    ):
        with pytest.raises(BadInput):
            refused()
    with pytest.raises(NotAllowed):
        practice.sign_in("Ana Ruiz").staff.set_end(ana, None)


def test_an_end_keeps_the_kind_of_secret(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    pin = desk.staff.add("Pat", frozenset({Role.RECEPTION}), "394017", secret_kind=SecretKind.PIN, must_change=False)
    desk.staff.set_end(pin.id, DAY)
    desk.sign_in(pin.id, "394017")
    desk.staff.change_secret("394017", "730495")
    assert next(each for each in desk.door() if each.id == pin.id).secret_kind is SecretKind.PIN


def test_the_only_one_who_opens_what_is_for_clinicians_is_not_let_go_by_oversight(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    osei = id_of(desk, "Dr Osei")
    with pytest.raises(NobodyElseOpens):
        desk.staff.remove(osei)
    assert osei in {each.id for each in desk.door()}
    code = practice.sign_in("Dr Osei").sheets.new_clinicians_sheet("Dr Osei")
    desk = practice.sign_in("Ben Morgan")
    with pytest.raises(NobodyElseOpens):
        desk.staff.remove(osei)  # the sheet would leave with them
    practice.sign_in("Dr Osei").sheets.name_holder(code.number, "Gwen Pugh")
    assert practice.sign_in("Ben Morgan").staff.remove(osei) == ()


def test_a_clinician_is_reminded_of_the_sheet_that_is_missing(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    assert "no recovery sheet yet" in words(desk)
    desk.sheets.new_clinicians_sheet("Dr Osei")
    assert words(desk) == ""
