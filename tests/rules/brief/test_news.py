"""What is new since somebody last came counts nothing that the viewer may not see."""

import datetime as dt

from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.rules.brief.news import last_came, new_notes
from rapportdesk.rules.card.card import compose_card
from rapportdesk.rules.visibility import Known, see
from tests.rules.invented import NOW, RECEPTION, TODAY, ago, agreed, appointment, note, person

LAST = appointment(ago(30), status=AppointmentStatus.FULFILLED)


def known(*notes: Note, visits: tuple[Appointment, ...] = (LAST,), **fields: object) -> Known:
    who = person(**fields)  # type: ignore[arg-type]  # fields of a patient
    return Known(patient=who, notes=notes, consents=agreed(), appointments=visits)


def new(what: Known) -> int:
    return len(new_notes(see(what, RECEPTION, None, NOW), TODAY, dt.UTC))


def test_a_note_made_since_the_last_visit_is_new_and_an_older_one_is_not() -> None:
    assert new(known(note(NoteKind.HOBBY, "leeks", 10))) == 1
    assert new(known(note(NoteKind.HOBBY, "leeks", 31))) == 0
    assert new(known(note(NoteKind.HOBBY, "leeks", 30))) == 0, "it was said at that visit"


def test_without_a_visit_before_nothing_is_new() -> None:
    assert new(known(note(NoteKind.HOBBY, "leeks", 10), visits=())) == 0
    for status in (AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW, AppointmentStatus.WAITLIST):
        assert new(known(note(NoteKind.HOBBY, "leeks", 10), visits=(appointment(ago(30), status=status),))) == 0


def test_marking_is_optional_and_so_an_unmarked_visit_took_place() -> None:
    assert last_came([appointment(ago(30)), appointment(NOW)], TODAY, dt.UTC) == ago(30).date()


def test_what_is_said_once_they_are_here_is_not_new_at_this_visit() -> None:
    here = appointment(NOW, status=AppointmentStatus.ARRIVED, arrived_at=ago(0.01))
    assert new(known(note(NoteKind.HOBBY, "leeks", 0), visits=(LAST, here))) == 0
    assert new(known(note(NoteKind.HOBBY, "rang this morning", 0.02), visits=(LAST, here))) == 1


def test_what_is_for_clinicians_is_in_no_count() -> None:
    plain = note(NoteKind.HOBBY, "leeks", 10)
    sealed = note(NoteKind.HOBBY, "secret", 10, audience=Audience.CLINICIANS)
    assert new(known(plain, sealed)) == new(known(plain)) == 1


def details(what: Known) -> list[str]:
    card = compose_card(what, RECEPTION, None, NOW)
    return [line.detail for block in card.blocks for line in block.lines if line.note is not None]


def test_the_card_says_which_lines_are_new_to_the_living() -> None:
    fresh, old = note(NoteKind.HOBBY, "leeks", 10), note(NoteKind.HOBBY, "choir", 100)
    assert details(known(fresh, old)) == ["new since 21 October", ""]
    assert details(known(fresh, old, deceased=True)) == ["", ""]
