"""Paper that left the desk is listed by its serial until it is destroyed, for everybody and over the night."""

import datetime as dt
from collections.abc import Callable

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.model.printout import PrintKind
from rapportdesk.paper.press import Printed
from tests.desk.conftest import Practice, add_nia
from tests.paper.reading import text_of

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


def previewed(desk: Desk, nia: PatientId) -> list[AuditAction]:
    """What the record says of pages about somebody, without who read the record."""
    about = {
        AuditAction.PREVIEWED, AuditAction.BRIEF_PRINTED, AuditAction.DESK_SLIP_PRINTED, AuditAction.AUDIT_PRINTED,
        AuditAction.EXPORTED,
    }  # fmt: skip
    return [event.action for event in desk.audit.of(nia) if event.action in about]


PAGES: dict[str, tuple[Callable[[Desk, PatientId, bool], Printed], AuditAction, int]] = {
    "brief": (lambda d, nia, look: d.paper.brief(nia, preview=look), AuditAction.BRIEF_PRINTED, 1),
    "session": (
        lambda d, _nia, look: d.paper.session(d.today.date(), preview=look), AuditAction.BRIEF_PRINTED, 1
    ),
    "day sheet": (lambda d, _nia, look: d.paper.day_sheet(preview=look), AuditAction.DESK_SLIP_PRINTED, 1),
    "desk slip": (lambda d, _nia, look: d.paper.desk_slip(preview=look), AuditAction.DESK_SLIP_PRINTED, 1),
    "who looked": (lambda d, nia, look: d.paper.who_looked(nia, preview=look), AuditAction.AUDIT_PRINTED, 0),
    "form": (lambda d, nia, look: d.consent_sheets.sheet(nia, preview=look), AuditAction.EXPORTED, 0),
}  # fmt: skip


@pytest.mark.parametrize("pages", PAGES)
def test_a_look_before_printing_is_its_own_line_and_has_no_serial(practice: Practice, pages: str) -> None:
    make, printed, waits = PAGES[pages]
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    for hours in (1, 25):
        desk.today.add_appointment(nia, practice.clock.now() + dt.timedelta(hours=hours))
    before = previewed(desk, nia)

    look = make(desk, nia, True)
    assert previewed(desk, nia)[len(before) :] == [AuditAction.PREVIEWED]
    assert (look.serial, serials(desk)) == ("", [])
    assert "not printed yet" in text_of(look.pdf)

    gone = make(desk, nia, False)
    assert previewed(desk, nia)[len(before) :] == [AuditAction.PREVIEWED, printed]
    assert gone.serial in text_of(gone.pdf)
    assert "not printed yet" not in text_of(gone.pdf)
    assert serials(desk) == [gone.serial] * waits


def test_a_look_is_no_reading_of_a_brief_on_paper(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    desk.paper.brief(nia, preview=True)
    assert desk.session().known(nia).briefs_read == ()
    desk.paper.brief(nia)
    assert len(desk.session().known(nia).briefs_read) == 1
