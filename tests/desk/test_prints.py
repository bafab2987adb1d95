"""Paper that left the desk is listed by its serial until it is destroyed, for everybody and over the night."""

import datetime as dt

from rapportdesk.desk.desk import Desk
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.printout import PrintKind
from tests.desk.conftest import Practice, add_nia

DAY = 86_400.0


def serials(desk: Desk, *, of_earlier_days: bool = False) -> list[str]:
    return [each.serial for each in desk.prints.to_destroy(of_earlier_days=of_earlier_days)]


def test_a_print_waits_until_it_is_ticked_whoever_signs_in(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    desk.prints.printed(("AAAA", "BBBB"), PrintKind.BRIEF)
    practice.reopen()
    desk = practice.sign_in("Ana Ruiz")
    desk.prints.printed(("CCCC",), PrintKind.DESK_SLIP)
    assert serials(desk) == ["AAAA", "BBBB", "CCCC"]
    assert [each.printed_by_name for each in desk.prints.to_destroy()] == ["Dr Osei", "Dr Osei", "Ana Ruiz"]
    desk.prints.tick(("BBBB", "CCCC", "never printed"))
    assert serials(desk) == ["AAAA"]


def test_what_was_left_over_is_asked_after_the_next_day(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    desk.prints.printed(("AAAA",), PrintKind.DESK_SLIP)
    assert serials(desk, of_earlier_days=True) == []
    practice.clock.move_on(DAY)
    desk.prints.printed(("BBBB",), PrintKind.DESK_SLIP)
    assert serials(desk, of_earlier_days=True) == ["AAAA"]
    assert desk.prints.to_destroy()[0].on == dt.date(2026, 11, 20)


def test_one_print_is_listed_once_and_ticking_is_recorded_with_how_many(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    for _again in range(2):
        desk.prints.printed(("AAAA", ""), PrintKind.DESK_SLIP)
    assert serials(desk) == ["AAAA"]
    desk.prints.printed(("BBBB",), PrintKind.DESK_SLIP)
    desk.prints.tick(("AAAA", "BBBB"))
    desk.prints.tick(("AAAA",))
    ticked = [event for event in desk.session().store.audit_events() if event.action is AuditAction.PRINTS_DESTROYED]
    assert [(event.who_name, event.count) for event in ticked] == [("Ana Ruiz", 2)]


def test_briefs_as_a_pdf_are_paper_and_wait_by_the_serials_at_their_foot(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    brief = desk.briefs.of(nia)
    desk.paper.briefs_as((brief, brief), "html")
    assert serials(desk) == [], "the control: a page on the screen is no paper"
    desk.paper.briefs_as((brief, brief), "pdf")
    assert len(set(serials(desk))) == 2


def test_the_list_names_no_patient_and_lies_sealed(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    desk.paper.briefs_as((desk.briefs.of(nia),), "pdf")
    (waiting,) = desk.prints.to_destroy()
    assert nia not in repr(waiting)
    assert "Nia" not in repr(waiting)
    desk.close()
    assert waiting.serial.encode() not in practice.path.read_bytes()
