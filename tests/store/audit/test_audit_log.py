"""Lines are appended, in order, under a clock that never decreases."""

import datetime as dt

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import StaffId
from tests.store.clinic import MORNING, Clinic
from tests.store.outsider import outside


def _event(at: dt.datetime, why: str = "") -> AuditEvent:
    return AuditEvent(at=at, action=AuditAction.SIGN_IN, who=StaffId("1"), who_name="Ana", why=why)


def test_lines_come_back_in_order_after_closing(clinic: Clinic) -> None:
    events = [_event(MORNING + dt.timedelta(seconds=number), f"{number}") for number in range(7)]
    with clinic.open() as store:
        for event in events[:4]:
            assert store.audit(event) == event
    with clinic.open(clinic.receptionist) as store:
        for event in events[4:]:
            store.audit(event)
        assert list(store.audit_events()) == events
        assert store.verify().audit_lines == 7
        assert store.verify().clean


def test_a_line_is_kept_with_the_change_it_tells_of_or_not_at_all(clinic: Clinic) -> None:
    with clinic.open() as store:

        def half_done() -> None:
            with store.transaction():
                store.audit(_event(MORNING))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            half_done()
        assert list(store.audit_events()) == []
        store.audit(_event(MORNING, "kept"))
        assert [event.why for event in store.audit_events()] == ["kept"]
        assert store.verify().clean


def test_the_recorded_clock_outlives_a_workstation_whose_date_jumps_back(clinic: Clinic) -> None:
    later = MORNING + dt.timedelta(days=400)
    with clinic.open() as store:
        store.audit(_event(later))
    clinic.clock.move_on(-86_400)
    with clinic.open() as store:
        assert store.recorded_now() == later
        assert store.audit(_event(MORNING)).at == later
        assert [event.at for event in store.audit_events()] == [later, later]


def test_a_damaged_last_line_keeps_nobody_out(clinic: Clinic) -> None:
    with clinic.open() as store:
        store.audit(_event(MORNING))
        store.audit(_event(MORNING + dt.timedelta(days=1)))
    with outside(clinic) as connection:
        connection.execute("UPDATE audit_entry SET sealed = x'00' WHERE sequence = 2")
    with clinic.open() as store:
        assert store.recorded_now() == MORNING
        store.audit(_event(MORNING))
        with pytest.raises(Tampered):
            list(store.audit_events())
        assert [fault.where for fault in store.verify().faults] == ["audit_entry 2", "manifest"]
