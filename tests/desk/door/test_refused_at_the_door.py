"""Whoever is not let in leaves a line, whichever the reason; each kind of refusal is counted without the vault key."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import update

from rapportdesk.desk.door.recovery import recover
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import NotFound, RapportError, Tampered, WrongSecret
from rapportdesk.model.audit import AuditAction, AuditEvent, Outcome
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Role
from rapportdesk.rules.rights.audit_words import words_of
from rapportdesk.store.audit.failed_sign_ins import UNKNOWN_COUNT, Refusal, _key, _place
from rapportdesk.store.tables import GrantRow, table_of
from rapportdesk.vault.framing import frame
from rapportdesk.vault.sealing import seal
from tests.desk.conftest import MORNING, SECRET, Practice

WRONG = "not it, not at all"


@dataclass(frozen=True, slots=True)
class Refused:
    """How somebody comes to be refused, by which error, and the colleague whom it is about."""

    attempt: Callable[[Practice], object]
    error: type[RapportError]
    about: str = ""


def _locum(practice: Practice) -> StaffId:
    practice.sign_in("Ben Morgan")
    last = dt.date(2026, 11, 21)
    added = practice.desk.staff.add("Dr Locum", frozenset({Role.RECEPTION}), SECRET, must_change=False, ends_on=last)
    practice.clock.move_on(3 * 86_400)
    return added.id


def _former(practice: Practice) -> StaffId:
    desk = practice.sign_in("Ben Morgan")
    ana = next(each.id for each in desk.door() if each.name == "Ana Ruiz")
    desk.staff.remove(ana)
    return ana


def _waiting(practice: Practice) -> StaffId:
    ana = practice.sign_in("Ana Ruiz").viewer.staff
    for _try in range(3):
        with pytest.raises(WrongSecret):
            practice.desk.sign_in(ana, WRONG)
    return ana


def _regranted(practice: Practice) -> StaffId:
    """Somebody writes into Ana's grants from outside."""
    ana = practice.sign_in("Ana Ruiz").viewer.staff
    table = table_of(GrantRow)
    with practice.desk._file.transaction() as writing:
        writing.connection.execute(update(table).where(table.c.recipient == ana).values(signature=bytes(64)))
    return ana


def _by_sheet(practice: Practice, code: str, *, key_is_lost: bool = False) -> None:
    practice.desk.close()
    custody = MemoryCustody() if key_is_lost else practice.custody
    try:
        recover(practice.path, custody, code, practice.clock).desk.close()
    finally:
        practice.reopen()


def _of_another_sheet(practice: Practice) -> str:
    return practice.sign_in("Dr Osei").sheets.new_clinicians_sheet().code


REFUSED = {
    Refusal.WRONG_SECRET: Refused(
        lambda p: p.desk.sign_in(p.sign_in("Ana Ruiz").viewer.staff, WRONG), WrongSecret, about="Ana Ruiz"
    ),
    Refusal.TOO_EARLY: Refused(lambda p: p.desk.sign_in(_waiting(p), SECRET), WrongSecret, about="Ana Ruiz"),
    Refusal.ENDED: Refused(lambda p: p.desk.sign_in(_locum(p), SECRET), NotFound, about="Dr Locum"),
    Refusal.GONE: Refused(lambda p: p.desk.sign_in(_former(p), SECRET), NotFound),
    Refusal.KEYS_CHANGED: Refused(lambda p: p.desk.sign_in(_regranted(p), SECRET), Tampered, about="Ana Ruiz"),
    Refusal.RECOVERY_CODE: Refused(lambda p: _by_sheet(p, _of_another_sheet(p)), WrongSecret),
    Refusal.RECOVERY_UNPROVED: Refused(lambda p: _by_sheet(p, _of_another_sheet(p), key_is_lost=True), WrongSecret),
}


def told(practice: Practice) -> list[AuditEvent]:
    """What the manager's record says of refusals, after a sign-in of theirs."""
    events = practice.sign_in("Ben Morgan").audit.since()
    return [event for event in events if event.action is AuditAction.SIGN_IN_FAILED]


def test_every_kind_of_refusal_has_a_case() -> None:
    assert set(REFUSED) == set(Refusal)


@pytest.mark.parametrize("refusal", REFUSED)
def test_a_refusal_leaves_a_line_that_says_why_and_whom_and_names_nobody_as_its_doer(
    practice: Practice, refusal: Refusal
) -> None:
    case = REFUSED[refusal]
    assert not [event for event in told(practice) if event.why == refusal]
    with pytest.raises(case.error):
        case.attempt(practice)
    (line,) = (event for event in told(practice) if event.why == refusal)
    assert (line.outcome, line.count, line.about_name) == (Outcome.FAILURE, 1, case.about)
    assert (line.who, line.who_name) == (None, "")
    assert line.happened_at is not None
    assert line.happened_at >= MORNING
    assert len([event for event in told(practice) if event.why == refusal]) == 1, "it is told once"


def test_each_kind_of_refusal_is_said_in_words_of_its_own_but_for_what_cannot_be_proved() -> None:
    def said(refusal: Refusal, count: int) -> str:
        return words_of(
            AuditEvent(
                at=MORNING, action=AuditAction.SIGN_IN_FAILED, who=None, who_name="", why=str(refusal), count=count
            )
        )

    for count in (1, 3):
        assert len({said(refusal, count) for refusal in Refusal}) == len(Refusal) - 1
        assert said(Refusal.RECOVERY_CODE, count) == said(Refusal.RECOVERY_UNPROVED, count)
        assert all(("3" in said(refusal, count)) is (count == 3) for refusal in Refusal)


def test_refusals_for_another_reason_make_nobody_wait(practice: Practice) -> None:
    locum = _locum(practice)
    for _try in range(5):
        with pytest.raises(NotFound):
            practice.desk.sign_in(locum, SECRET)
    assert practice.desk.wait_before(locum) == 0
    assert [(line.why, line.count) for line in told(practice)] == [(Refusal.ENDED, 5)]


def test_an_access_that_ended_by_the_recorded_clock_leaves_its_line_too(practice: Practice) -> None:
    locum = _locum(practice)
    practice.sign_in("Ana Ruiz")
    practice.clock.move_on(-3 * 86_400)
    with pytest.raises(NotFound):
        practice.desk.sign_in(locum, SECRET)
    assert [line.why for line in told(practice)] == [Refusal.ENDED]


def test_refusals_leave_the_vault_as_verify_wants_it(practice: Practice) -> None:
    with pytest.raises(WrongSecret):
        _by_sheet(practice, _of_another_sheet(practice))
    with pytest.raises(WrongSecret):
        _by_sheet(practice, _of_another_sheet(practice), key_is_lost=True)
    with pytest.raises(NotFound):
        practice.desk.sign_in(StaffId("ff" * 16), SECRET)
    assert practice.sign_in("Ben Morgan").verify().clean


def _sealed_by_anybody(in_a_row: bytes, last_at: str) -> bytes:
    """A count of refused recoveries as somebody makes it who has the file and no key."""
    row = f"{Refusal.RECOVERY_UNPROVED}/"
    content = frame(in_a_row, in_a_row, last_at, "")
    return seal(_key(b"", Refusal.RECOVERY_UNPROVED), content, _place(row))


UNPROVED = f"{Refusal.RECOVERY_UNPROVED}/"
FORGED: dict[str, tuple[str | bytes, bytes]] = {
    "a key that is no text": (b"\xff\x00", b"x"),
    "an id and no count": ("f" * 32, b""),
    "a reason there is none of": ("because/" + "f" * 32, b"x" * 60),
    "a count without end": (UNPROVED, _sealed_by_anybody(b"\xff" * 10_000, "2026-11-20T09:04:00")),
    "a moment that is none": (UNPROVED, _sealed_by_anybody(b"\x01", "yesterday")),
    "a moment before all zones": (UNPROVED, _sealed_by_anybody(b"\x01", "0001-01-01T00:00:00+14:00")),
}  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_no_row_from_outside_keeps_anybody_out(practice: Practice, forged: str) -> None:
    key, sealed = FORGED[forged]
    practice.desk.close()
    connection = sqlite3.connect(practice.path)
    with connection:
        connection.execute("INSERT INTO failed_sign_in VALUES (?, ?)", (key, sealed))
    connection.close()
    practice.reopen()
    for name in ("Ana Ruiz", "Ben Morgan"):
        assert practice.sign_in(name).viewer.name == name
        with pytest.raises(WrongSecret):
            practice.desk.sign_in(practice.desk.viewer.staff, WRONG)
    assert all(line.count <= UNKNOWN_COUNT for line in told(practice))
