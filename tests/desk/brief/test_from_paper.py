"""What comes back on paper is entered in one go, by the rules of every note, and taken back in one go."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.paper_foot import PaperFoot
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import Brief, BriefKey
from tests.desk.conftest import MORNING, Practice

DAY = dt.timedelta(days=1)


def visit(desk: Desk, name: str, *, agreed: bool = True, days: int = 0) -> Appointment:
    """Somebody new with a visit to Dr Osei."""
    patient = desk.people.add(Patient(id=PatientId(""), name=name)).id
    if agreed:
        desk.consents.agree(patient)
    return desk.today.add_appointment(patient, MORNING + days * DAY, practitioner="Dr Osei")


def texts(desk: Desk, patient: PatientId) -> set[str]:
    return {each.text for each in desk.session().known(patient).notes}


def opens_with(brief: Brief) -> list[str]:
    return [line.text for section in brief.sections if section.key is BriefKey.OPEN_WITH for line in section.lines]


def test_a_whole_session_is_kept_at_once_and_taken_back_at_once(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    visits = [visit(desk, f"Person number {number}") for number in range(25)]
    kept = desk.from_paper.keep(
        [
            PaperFoot(appointment=each, remember=f"likes tea {n}\n! never Mrs", read=True)
            for n, each in enumerate(visits)
        ]
    )
    assert (kept.notes, kept.read, kept.waiting) == (50, 25, ())
    notes = desk.session().known(visits[7].patient).notes
    assert {(each.text, each.kind) for each in notes} == {
        ("likes tea 7", NoteKind.ALSO_WORTH_KNOWING), ("never Mrs", NoteKind.PLEASE_DONT),
    }  # fmt: skip
    assert desk.notes.undo() == "what came back on paper"
    assert all(texts(desk, each.patient) == set() for each in visits)
    practice.sign_in("Dr Osei")
    assert all(desk.session().known(each.patient).briefs_read == () for each in visits)


def test_words_that_need_a_consent_wait_for_whoever_typed_them_and_the_rest_is_kept(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    agreed, unasked = visit(desk, "Nia Prydderch"), visit(desk, "Li Wei", agreed=False)
    desk.drafts.keep(unasked.patient, "had begun this")
    kept = desk.from_paper.keep(
        [
            PaperFoot(appointment=agreed, remember="sings"),
            PaperFoot(appointment=unasked, remember="paints\n! no photos"),
        ]
    )
    assert (kept.notes, kept.waiting) == (2, (unasked.patient,))
    assert texts(desk, agreed.patient) == {"sings"}
    assert texts(desk, unasked.patient) == {"no photos"}, "what protects needs no consent"
    draft = desk.drafts.of(unasked.patient)
    assert draft is not None
    assert (draft.text, draft.later) == ("had begun this\npaints", True)


def test_what_stands_half_typed_on_a_card_stays_there(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = visit(desk, "Nia Prydderch")
    desk.drafts.keep(nia.patient, "half of a")
    desk.from_paper.keep([PaperFoot(appointment=nia, remember="sings")])
    draft = desk.drafts.of(nia.patient)
    assert draft is not None
    assert draft.text == "half of a"


def test_all_of_it_or_nothing(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    good, off = visit(desk, "Nia Prydderch"), visit(desk, "Li Wei")
    desk.today.mark(off.id, AppointmentStatus.CANCELLED)
    with pytest.raises(BadInput):
        desk.from_paper.keep(
            [PaperFoot(appointment=good, remember="sings"), PaperFoot(appointment=off, remember="paints")]
        )
    assert texts(desk, good.patient) == set()
    with pytest.raises(BadInput):
        desk.from_paper.keep([PaperFoot(appointment=good, remember=f"sings\n{'x' * 30_000}")])
    assert texts(desk, good.patient) == set()


def test_the_rows_are_those_of_the_schedule_whatever_was_printed(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia, off, later = visit(desk, "Nia Prydderch"), visit(desk, "Li Wei"), visit(desk, "Yusuf Demir", days=1)
    desk.today.mark(off.id, AppointmentStatus.CANCELLED)
    before = desk.from_paper.rows(practitioner="Dr Osei")
    assert [each.appointment.id for each in before] == [nia.id]
    assert [each.appointment.id for each in desk.from_paper.rows(MORNING.date() + DAY)] == [later.id]
    assert desk.from_paper.rows(practitioner="Nobody") == ()
    assert desk.from_paper.practitioners() == ("Dr Osei",)
    practice.sign_in("Dr Osei").paper.session(MORNING.date())
    assert [each.appointment.id for each in practice.sign_in("Ana Ruiz").from_paper.rows()] == [nia.id]


def test_common_ground_read_on_the_screen_is_not_offered_next_time(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = visit(desk, "Nia Prydderch")
    desk.notes.write(nia.patient, "leeks", kind=NoteKind.HOBBY)
    desk.notes.write(nia.patient, "choir", kind=NoteKind.HOBBY)
    practice.sign_in("Dr Osei")
    (first,) = opens_with(desk.briefs.of(nia.patient))
    assert opens_with(desk.briefs.of(nia.patient)) == [first], "looking is not reading"
    desk.briefs.mark_read(nia.patient)
    desk.briefs.mark_read(nia.patient)
    assert len(desk.session().known(nia.patient).briefs_read) == 1
    assert opens_with(desk.briefs.of(nia.patient)) == [first], "the same on the same day"
    assert desk.briefs.of(nia.patient).read_by_name == "Dr Osei"
    practice.clock.move_on(7 * 86_400)
    (second,) = opens_with(desk.briefs.of(nia.patient))
    assert second != first


def test_common_ground_on_paper_counts_once_somebody_ticks_the_page_as_read(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = visit(desk, "Nia Prydderch")
    desk.notes.write(nia.patient, "leeks", kind=NoteKind.HOBBY)
    desk.notes.write(nia.patient, "choir", kind=NoteKind.HOBBY)
    practice.sign_in("Dr Osei")
    (first,) = opens_with(desk.briefs.of(nia.patient))
    desk.paper.session(MORNING.date(), practitioner="Dr Osei")
    practice.clock.move_on(7 * 86_400)
    assert opens_with(desk.briefs.of(nia.patient)) == [first], "the control: nobody has ticked it"
    practice.sign_in("Ana Ruiz")
    desk.from_paper.keep([PaperFoot(appointment=nia, read=True)])
    practice.sign_in("Dr Osei")
    (second,) = opens_with(desk.briefs.of(nia.patient))
    assert second != first


def test_what_was_read_is_sealed_to_clinicians(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = visit(desk, "Nia Prydderch")
    practice.sign_in("Dr Osei").briefs.mark_read(nia.patient)
    assert any(isinstance(each, BriefRead) for each in desk.session().store.things(nia.patient))
    practice.sign_in("Ana Ruiz")
    assert not any(isinstance(each, BriefRead) for each in desk.session().store.things(nia.patient))


def test_a_session_is_one_document_with_a_page_and_a_serial_for_each_visit(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    for name in ("Nia Prydderch", "Li Wei", "Yusuf Demir"):
        visit(desk, name, days=1)
    off = visit(desk, "Off Duty", days=1)
    desk.today.mark(off.id, AppointmentStatus.CANCELLED)
    tomorrow = MORNING.date() + DAY
    printed = practice.sign_in("Dr Osei").paper.session(tomorrow, practitioner="Dr Osei")
    assert len(printed.pages_svg) == len(set(printed.serial.split(", "))) == 3
    brief = desk.briefs.of(off.patient, on=tomorrow)
    assert brief.appointment is None
    some = desk.briefs.visits(tomorrow)[0]
    found = desk.briefs.of(some.patient, on=tomorrow).appointment
    assert found is not None
    assert found.id == some.id
