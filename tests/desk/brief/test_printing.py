"""Paper holds nothing veiled, whatever is open on the screen; and what lies at the desk says who nobody is."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotAllowed
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.practice import PracticeSettings
from rapportdesk.model.printout import PrintKind
from rapportdesk.model.topic import Permission
from tests.desk.conftest import MORNING, Practice, add_nia
from tests.paper.reading import about, pages_of, text_of

SEALED = "Waits for a result"
ON_A_TOPIC = "Rent is late"
PRIVATE = "Wants the door shut"


@pytest.fixture
def nia(practice: Practice) -> PatientId:
    """Nia, who comes today; some of what is known of her is for everyone, some for clinicians or a closed door."""
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    desk.notes.write(patient, "Sings alto", kind=NoteKind.HOBBY)
    desk.notes.write(patient, SEALED, kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="HIV")
    desk.notes.write(patient, PRIVATE, kind=NoteKind.PLEASE_DO, audience=Audience.CLINICIANS)
    desk.notes.write(patient, ON_A_TOPIC, kind=NoteKind.PLEASE_DO, topic_code="money")
    desk.topics.set(patient, "money", Permission.PRIVATE_ROOM)
    desk.notes.write(patient, "Offer Nia the chair by the window", kind=NoteKind.PLEASE_DO)
    desk.notes.write(patient, "Ramp: the side door", kind=NoteKind.ADJUSTMENT)
    desk.tasks.add(patient, "Send Nia Prydderch’s letter, and ring Gwen", due=MORNING.date())
    desk.today.add_appointment(patient, MORNING + dt.timedelta(minutes=26), minutes=20, practitioner="Dr Osei")
    return patient


def test_nothing_veiled_is_on_paper_even_when_it_is_open_on_the_screen(practice: Practice, nia: PatientId) -> None:
    desk = practice.sign_in("Dr Osei")
    desk.people.set_company(nia, frozenset())
    opened = desk.briefs.open_veiled(nia)
    on_screen = desk.paper.brief_as(opened, "text").decode()
    papers = [desk.paper.brief(nia).pdf, desk.paper.brief(nia, large_print=True).pdf,
              desk.paper.brief_as(opened, "pdf"), desk.paper.briefs_as((opened,), "pdf")]  # fmt: skip
    drawn = "".join(desk.paper.brief(nia).pages_svg)
    for words in (SEALED, ON_A_TOPIC, PRIVATE):
        assert words in " ".join(on_screen.split())  # the control
        assert words not in drawn
    for pdf in papers:
        said = text_of(pdf)
        assert "Prydderch" in said
        assert "Sings alto" in said
        assert not any(words in said for words in (SEALED, ON_A_TOPIC, PRIVATE, "HIV"))
        assert "Nia" not in about(pdf)
    assert SEALED in str(desk.briefs.of(nia).sections)  # printing closes nothing


def test_a_brief_goes_onto_paper_under_a_clinicians_sign_in_alone(practice: Practice, nia: PatientId) -> None:
    for name in ("Ana Ruiz", "Ben Morgan"):
        with pytest.raises(NotAllowed):
            practice.sign_in(name).paper.brief(nia)
    desk = practice.sign_in("Dr Osei")
    serials = {desk.paper.brief(nia).serial for _print in range(3)}
    assert len(serials) == 3
    prints = [event for event in desk.audit.of(nia) if event.action is AuditAction.BRIEF_PRINTED]
    assert [event.who_name for event in prints] == ["Dr Osei"] * 3


def test_the_slip_at_the_desk_names_nobody_and_tells_no_topic(practice: Practice, nia: PatientId) -> None:
    slips = {name: text_of(practice.sign_in(name).paper.desk_slip().pdf) for name in ("Ana Ruiz", "Dr Osei")}
    for said in slips.values():
        assert "NP" in said
        assert "218" in said
        assert "chair by the window" in said
        assert "side door" in said
        assert "letter" in said
        for never in ("Nia", "Prydderch", "1958", "March", "40218", "Gwen", "daughter", "Osei", "HIV", "money", "alto"):
            assert never not in said
        assert not any(words in said for words in (SEALED, ON_A_TOPIC, PRIVATE))
    bare = {said.split("print ")[0] for said in slips.values()}
    assert len(bare) == 1  # whoever prints it


def test_the_slip_is_of_today_alone_and_recorded(practice: Practice, nia: PatientId) -> None:
    practice.clock.move_on(86_400)
    desk = practice.sign_in("Ana Ruiz")
    (page,) = pages_of(desk.paper.desk_slip().pdf)
    assert "NP" not in page
    assert "Nobody is expected" in page
    events = practice.sign_in("Ben Morgan").audit.since()
    assert [event.patient for event in events if event.action is AuditAction.DESK_SLIP_PRINTED] == [None]


@pytest.mark.parametrize(
    ("name", "called", "promise", "printed"),
    [
        ("Will Young", "", "Ask if Will will need the ramp", "Ask if WY WY need the ramp"),
        ("李伟", "", "给李伟打电话", "给李打电话"),
        ("Łukasz Żak", "Łukasz", "Łukasza forms", "ŁŻa forms"),
        ("Ng", "", "Angela rings Ng.", "Angela rings N."),
        ("A. (Bo) C*", "", "Bo and C* and .", "Bo and AC and ."),
    ],
)
def test_names_typed_into_a_promise_are_taken_out_of_the_slip(
    ana: Desk, name: str, called: str, promise: str, printed: str
) -> None:
    patient = ana.people.add(Patient(id=PatientId(""), name=name, preferred_name=called)).id
    ana.consents.agree(patient)
    ana.tasks.add(patient, promise)
    ana.today.add_appointment(patient, MORNING)
    from rapportdesk.rules.card.desk_slip import desk_slip_row

    session = ana.session()
    known = session.known(patient)
    assert desk_slip_row(known.patient, session.seen(known), MORNING).promises == (printed,)
    assert ana.people.get(patient) == replace(known.patient)


def test_a_recovery_sheet_is_printed_with_its_code_and_says_for_which_file(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    code = desk.sheets.new_desk_sheet()
    printed = desk.paper.recovery_sheet(code)
    said = text_of(printed.pdf)
    assert all(group in said for group in code.code.split("-"))
    assert "Cwm Road" in said
    assert "desk.rapport" in said
    assert code.code not in about(printed.pdf)


def test_whoever_does_not_come_any_more_is_not_on_the_slip(practice: Practice, nia: PatientId) -> None:
    desk = practice.sign_in("Ana Ruiz")
    (row,) = desk.today.day().rows
    assert "NP" in text_of(desk.paper.desk_slip().pdf)
    for status in (AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW):
        desk.today.mark(row.appointment.id, status)
        said = text_of(desk.paper.desk_slip().pdf)
        assert "NP" not in said
        assert "Nobody is expected." in said


def test_the_day_sheet_is_that_of_the_next_visits_and_promises_nothing(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.consents.agree(nia)
    desk.notes.write(nia, "A chair by the window", kind=NoteKind.ADJUSTMENT)
    desk.tasks.add(nia, "A letter")
    desk.today.add_appointment(nia, MORNING + dt.timedelta(days=3, hours=1))
    assert desk.paper.next_day() == (MORNING + dt.timedelta(days=3)).date()
    said = text_of(desk.paper.day_sheet().pdf)
    assert "Day sheet" in said
    assert "A chair by the window" in said
    assert "letter" not in said
    assert "Nia" not in said
    assert [each.kind for each in desk.prints.to_destroy()] == [PrintKind.DAY_SHEET]


def test_the_day_sheet_is_offered_where_the_practice_wants_it_until_it_was_printed(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.today.add_appointment(nia, MORNING + dt.timedelta(days=1))
    assert desk.paper.day_sheet_to_offer() is None
    practice.sign_in("Ben Morgan").practice.change(PracticeSettings(offers_day_sheet=True))
    desk = practice.sign_in("Ana Ruiz")
    assert desk.paper.day_sheet_to_offer() == (MORNING + dt.timedelta(days=1)).date()
    desk.paper.day_sheet(preview=True)
    assert desk.paper.day_sheet_to_offer() is not None
    desk.paper.day_sheet()
    assert desk.paper.day_sheet_to_offer() is None
