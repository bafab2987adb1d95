"""What was written for clinicians alone is new to each of them until they have seen it, and nobody else learns when."""

from rapportdesk.desk.desk import Desk
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.read_marks import ReadMarks
from rapportdesk.model.staff import Role
from tests.desk.conftest import SECRET, Practice, add_nia

ABOUT = NoteKind.ALSO_WORTH_KNOWING


def told_at_the_desk(practice: Practice) -> PatientId:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "Please ask about the bruise", kind=ABOUT, audience=Audience.CLINICIANS)
    return nia


def new_on_card(desk: Desk, nia: PatientId) -> list[str]:
    """Open the card alone with her and return what stands there as new."""
    desk.people.set_company(nia, frozenset())
    card = desk.people.card(nia)
    return [line.text for block in card.blocks for line in block.lines if line.lead.startswith("New:")]


def test_it_is_new_until_a_clinician_has_seen_it_and_new_to_each_of_them(practice: Practice) -> None:
    nia = told_at_the_desk(practice)
    desk = practice.sign_in("Ben Morgan")
    hahn = desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    desk = practice.sign_in("Dr Osei")
    desk.staff.admit(hahn.id)
    assert new_on_card(desk, nia) == ["Please ask about the bruise"]
    assert "New:" in str(desk.people.card_unrecorded(nia)), "it stays marked while the card is open"
    assert new_on_card(desk, nia) == []
    assert new_on_card(practice.sign_in("Dr Osei"), nia) == [], "also after the next sign-in"
    assert new_on_card(practice.sign_in("Dr Hahn"), nia) == ["Please ask about the bruise"]


def test_what_is_still_veiled_is_not_taken_as_seen(practice: Practice) -> None:
    nia = told_at_the_desk(practice)
    desk = practice.sign_in("Dr Osei")
    assert "New:" not in str(desk.briefs.of(nia).sections)
    assert "New:" not in str(desk.people.card(nia).blocks)
    desk.briefs.for_paper(nia)
    assert "New:" in str(desk.briefs.open_veiled(nia).sections)
    desk.briefs.close_veiled(nia)
    assert new_on_card(desk, nia) == []


def test_ones_own_note_and_one_for_everybody_are_never_new(practice: Practice) -> None:
    nia = told_at_the_desk(practice)
    practice.desk.notes.write(nia, "Likes the window", kind=ABOUT)
    desk = practice.sign_in("Dr Osei")
    desk.notes.write(nia, "Think of the other thing", kind=ABOUT, audience=Audience.CLINICIANS)
    assert new_on_card(desk, nia) == ["Please ask about the bruise"]


def test_nobody_else_learns_whether_it_was_read(practice: Practice) -> None:
    nia = told_at_the_desk(practice)
    desk = practice.sign_in("Ana Ruiz")
    before = desk.people.card_unrecorded(nia), desk.session().store.things(nia), desk.verify()
    assert "New:" not in str(before)
    desk = practice.sign_in("Dr Osei")
    desk.people.set_company(nia, frozenset())
    desk.people.card_unrecorded(nia)
    mine = [each for each in desk.session().store.things(nia) if isinstance(each, ReadMarks)]
    assert [len(each.notes) for each in mine] == [1]
    assert practice.desk.verify().clean
    for name in ("Ana Ruiz", "Ben Morgan"):
        desk = practice.sign_in(name)
        assert not [each for each in desk.session().store.things(nia) if isinstance(each, ReadMarks)]
    desk = practice.sign_in("Ana Ruiz")
    assert (desk.people.card_unrecorded(nia), desk.session().store.things(nia), desk.verify()) == before
