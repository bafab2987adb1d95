"""The record is kept as long as the practice says, longer than the patient's own, and tells of what went wrong."""

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from rapportdesk.desk.audit import PAGE, STRETCH, TRIMMED_AT_ONCE
from rapportdesk.desk.audit_clock import remember_clock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.recovery import recover
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import NotAllowed, WrongSecret
from rapportdesk.model.audit import AuditAction, AuditEvent, AuditFilter, Outcome, PurposeOfUse
from rapportdesk.model.identity import StaffId
from rapportdesk.model.looked import ListedLine
from rapportdesk.model.staff import Role
from tests.desk.conftest import MORNING, SECRET, Practice, add_nia

YEAR = dt.timedelta(days=366).total_seconds()


def every(desk: Desk) -> list[AuditEvent]:
    return list(desk.session().store.audit_events())


def go_on(practice: Practice, years: float) -> None:
    """Let years pass in which a manager was there every day, until yesterday; only the clock of the record is kept."""
    practice.clock.move_on(years * YEAR)
    yesterday = practice.clock.now() - dt.timedelta(days=1)
    remember_clock(practice.desk.session(), yesterday.date(), yesterday)


def did(desk: Desk, action: AuditAction) -> list[AuditEvent]:
    return [event for event in every(desk) if event.action is action]


def test_lines_go_after_the_practices_years_and_what_is_left_verifies(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    desk.practice.change(replace(desk.practice.settings(), audit_years=2))
    old = len(every(desk))
    go_on(practice, 2.5)
    assert len(every(practice.sign_in("Ana Ruiz"))) > old  # whoever is no manager takes nothing off
    kept = every(practice.sign_in("Ben Morgan"))
    (trimmed,) = did(desk, AuditAction.AUDIT_TRIMMED)
    assert trimmed.count >= old
    assert min(event.at for event in kept) > MORNING + dt.timedelta(days=2 * 365)
    assert desk.verify().clean
    assert practice.sign_in("Ana Ruiz").verify().clean


def test_a_long_time_is_made_up_for_in_the_background(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    store, at = desk.session().store, practice.clock.now()
    with store.transaction():
        for _line in range(3 * TRIMMED_AT_ONCE):
            store.audit(AuditEvent(at=at, action=AuditAction.LOCK, who=StaffId("x"), who_name="X"))
    go_on(practice, 9)
    practice.sign_in("Ana Ruiz")
    for _step in desk.check_in_steps():
        pass
    assert len(every(desk)) > 3 * TRIMMED_AT_ONCE
    practice.sign_in("Ben Morgan")
    assert len(every(desk)) > 2 * TRIMMED_AT_ONCE  # the sign-in waits for a few alone
    for _step in desk.check_in_steps():
        pass
    assert all(event.at > at for event in every(desk))
    assert desk.verify().clean


def test_a_clock_that_stands_ten_years_ahead_takes_nothing_off(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    before = every(desk)
    for ahead in (True, False, True, False):  # set right, and wrong again the next day
        practice.clock.moment = MORNING + dt.timedelta(days=3_653 * ahead + 1)
        desk = practice.sign_in("Ben Morgan")
        for _step in desk.check_in_steps():
            pass
        assert every(desk)[: len(before)] == before
    assert desk.verify().clean


def test_a_practice_that_was_closed_for_years_catches_up_by_a_month_a_day(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    desk.practice.change(replace(desk.practice.settings(), audit_years=1))
    last = every(desk)[-1].at
    practice.clock.move_on(1.5 * YEAR)
    days = 0
    while every(desk)[0].at <= last:
        practice.sign_in("Ben Morgan")
        practice.clock.move_on(86_400)
        days += 1
        assert days < 20
    assert days > 10
    assert desk.verify().clean


def test_until_then_every_line_stays(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    before = every(desk)
    go_on(practice, 7.5)  # eight years unless the practice says otherwise
    assert every(practice.sign_in("Ben Morgan"))[: len(before)] == before
    assert did(desk, AuditAction.AUDIT_TRIMMED) == []


def test_after_a_patient_is_gone_the_record_has_the_id_and_nothing_else(practice: Practice) -> None:
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    practice.desk.people.card(nia)
    desk = practice.sign_in("Ben Morgan")
    desk.session().store.delete_patient(nia)
    events = desk.audit.of(nia)
    assert AuditAction.CARD_VIEWED in {event.action for event in events}
    assert {event.patient for event in events} == {nia}
    assert not any(name in str(events) for name in ("Nia", "Prydderch"))
    shown = [line for line in all_of(desk, AuditFilter(patient=nia)) if line.patient == nia]
    assert shown
    assert {line.patient_name for line in shown} == {""}
    assert desk.verify().clean


@pytest.mark.parametrize("name", ["Ana Ruiz", "Dr Osei"])
def test_a_refusal_is_recorded(practice: Practice, name: str) -> None:
    desk = practice.sign_in(name)
    with pytest.raises(NotAllowed):
        desk.staff.add("Eve", frozenset({Role.RECEPTION}), SECRET)
    last = every(desk)[-1]
    assert (last.action, last.outcome, last.why) == (AuditAction.REFUSED, Outcome.FAILURE, "needs manager")
    assert last.who_name == name


def test_a_check_that_found_something_says_so(practice: Practice) -> None:
    add_nia(practice.sign_in("Ana Ruiz"))
    practice.desk.close()
    with closing(sqlite3.connect(practice.path)) as file, file:
        file.execute("DELETE FROM record WHERE patient_id IS NOT NULL")
    practice.reopen()
    desk = practice.sign_in("Ben Morgan")
    assert not desk.verify().clean
    for _step in desk.check_in_steps():
        pass
    found = did(desk, AuditAction.VERIFIED)
    assert [(event.outcome, event.why) for event in found[-2:]] == [
        (Outcome.FAILURE, ""), (Outcome.FAILURE, "in the background"),
    ]  # fmt: skip


def test_a_sheet_that_opened_the_desk_is_recorded_though_nobody_signed_in(practice: Practice) -> None:
    practice.desk.close()
    recovered = recover(practice.path, MemoryCustody(), practice.codes.desk.code, practice.clock)
    practice.desk = recovered.desk
    desk = practice.sign_in("Ben Morgan")
    (event,) = did(desk, AuditAction.RECOVERED)
    assert (event.who, event.why) == (None, f"desk sheet {practice.codes.desk.number}")
    assert desk.verify().clean


def test_a_sheets_code_that_was_wrong_is_recorded(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    other = desk.sheets.new_desk_sheet()
    with pytest.raises(WrongSecret):
        desk.sheets.check(other.code, "clinicians")
    assert every(desk)[-1].outcome is Outcome.FAILURE
    desk.sheets.check(other.code)
    assert every(desk)[-1].outcome is Outcome.SUCCESS


def test_a_wrong_secret_or_code_of_somebody_signed_in_is_recorded(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    with pytest.raises(WrongSecret):
        desk.staff.change_secret("not it, not at all", "bara brith and leeks")
    last = every(desk)[-1]
    assert (last.action, last.outcome, last.why) == (
        AuditAction.KEY_OPERATION, Outcome.FAILURE, "own secret changed",
    )  # fmt: skip
    desk.sheets.new_clinicians_sheet()
    with pytest.raises(WrongSecret):
        desk.sheets.restore_clinicians_keys(practice.codes.desk.code)
    assert (every(desk)[-1].action, every(desk)[-1].outcome) == (AuditAction.RECOVERED, Outcome.FAILURE)


def test_a_line_says_what_for_and_as_what(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.people.card(nia)
    assert (every(desk)[-1].purpose, every(desk)[-1].roles) == (PurposeOfUse.OPERATIONS, (Role.RECEPTION,))
    practice.sign_in("Dr Osei").briefs.of(nia)
    assert (every(desk)[-1].purpose, every(desk)[-1].roles) == (PurposeOfUse.TREATMENT, (Role.CLINICIAN,))
    desk.audit.answer(nia)
    assert every(desk)[-1].purpose is PurposeOfUse.PATIENT_REQUEST
    desk.verify()
    assert every(desk)[-1].purpose is None


def all_of(desk: Desk, chosen: AuditFilter) -> list[ListedLine]:
    """Every line of a manager's list, page by page."""
    page = desk.audit.page(chosen)
    lines = list(page.lines)
    while page.before is not None:
        page = desk.audit.page(chosen, page.before)
        lines += page.lines
    return lines


def test_a_managers_list_has_every_line_once_newest_first_whatever_the_pages(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    store, at = desk.session().store, practice.clock.now()
    with store.transaction():
        for number in range(STRETCH + PAGE + 7):
            store.audit(AuditEvent(at=at, action=AuditAction.LOCK, who=StaffId("x"), who_name="X", why=f"{number}"))
    events = every(desk)
    lines = all_of(desk, AuditFilter())
    assert [line.sequence for line in lines] == list(range(len(events), 0, -1))
    assert len(desk.audit.page(AuditFilter()).lines) == PAGE
    rare = all_of(desk, AuditFilter(actions=frozenset({AuditAction.VAULT_CREATED})))
    assert [line.words for line in rare] == ["began this desk"]


def test_a_managers_list_is_narrowed_by_person_patient_action_and_days(practice: Practice) -> None:
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    ana = practice.desk.viewer.staff
    practice.clock.move_on(86_400)
    practice.sign_in("Dr Osei").briefs.of(nia)
    desk = practice.sign_in("Ben Morgan")
    today, before = practice.clock.now().date(), MORNING.date()
    assert {line.who for line in all_of(desk, AuditFilter(who=ana))} == {"Ana Ruiz", "Ben Morgan"}  # who let her in
    assert {line.patient_name for line in all_of(desk, AuditFilter(patient=nia))} == {"Nia Prydderch"}
    assert {line.at.date() for line in all_of(desk, AuditFilter(since=today))} == {today}
    assert {line.at.date() for line in all_of(desk, AuditFilter(until=before))} == {before}
    read = all_of(desk, AuditFilter(actions=frozenset({AuditAction.BRIEF_READ}), patient=nia))
    assert [(line.who, line.words, line.why) for line in read] == [("Dr Osei", "read the brief", "for treatment")]
    assert all_of(desk, AuditFilter(since=today + dt.timedelta(days=1))) == []


@pytest.mark.parametrize("name", ["Ana Ruiz", "Dr Osei"])
def test_the_list_and_the_whole_record_as_a_file_are_the_managers(practice: Practice, name: str) -> None:
    desk = practice.sign_in(name)
    with pytest.raises(NotAllowed):
        desk.audit.page(AuditFilter())
    with pytest.raises(NotAllowed):
        desk.audit.export(AuditFilter(), "csv")
    with pytest.raises(NotAllowed):
        desk.audit.take_off_old()
