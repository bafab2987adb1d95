"""A note on the wrong person is moved, and nothing of it stays behind or becomes known to more people on the way."""

from collections.abc import Callable

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.store.records.payload import Thing
from rapportdesk.store.tables import RecordRow, RevisionRow
from tests.desk.conftest import Practice, add_nia

ALSO = NoteKind.ALSO_WORTH_KNOWING
ALONE = frozenset[str]()


def add_eve(desk: Desk) -> PatientId:
    """Keep Eve, who has agreed to notes too."""
    eve = desk.people.add(Patient(id=PatientId(""), name="Eve Wright")).id
    desk.consents.agree(eve)
    return eve


def kept_of(desk: Desk, patient: PatientId) -> set[str]:
    """Every note's text and topic's name that this person's keys open about a patient."""
    names: dict[type[Thing], Callable[..., str]] = {
        Note: lambda note: str(note.text),
        TopicPermission: lambda topic: str(topic.code),
    }
    return {names[type(thing)](thing) for thing in desk.session().store.things(patient) if type(thing) in names}


def test_a_topic_that_was_made_for_the_note_goes_with_it_and_comes_back_with_it(ana: Desk) -> None:
    nia, eve = add_nia(ana), add_eve(ana)
    note = ana.notes.write(nia, "Lost a child", kind=ALSO, topic_code="pregnancy-loss", about_person="gwen")
    ana.notes.move(note.id, eve)
    assert kept_of(ana, nia) == set()
    assert kept_of(ana, eve) == {"Lost a child", "pregnancy-loss"}
    ana.notes.undo()
    assert kept_of(ana, eve) == set()
    assert kept_of(ana, nia) == {"Lost a child", "pregnancy-loss"}
    assert ana.notes.get(note.id).about_person == "gwen"
    ana.notes.undo()
    assert kept_of(ana, nia) == set()


def test_a_topic_of_which_more_is_known_stays(ana: Desk) -> None:
    nia, eve = add_nia(ana), add_eve(ana)
    first = ana.notes.write(nia, "Rent is late", kind=ALSO, topic_code="money")
    second = ana.notes.write(nia, "Asked for a leaflet", kind=ALSO, topic_code="money")
    ana.notes.move(first.id, eve)
    ana.topics.set(nia, "money", Permission.ASK_FIRST)
    ana.notes.move(second.id, eve)
    assert kept_of(ana, nia) == {"money"}


@pytest.mark.parametrize("code", ["money", "HIV"])
def test_taking_back_a_note_takes_back_the_topic_made_for_it(practice: Practice, code: str) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "Rent is late", kind=ALSO, topic_code=code)
    desk.notes.undo()
    assert kept_of(practice.sign_in("Dr Osei"), nia) == set()


def test_a_name_for_clinicians_only_stays_so_on_the_right_person(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia, eve = add_nia(desk), add_eve(desk)
    desk = practice.sign_in("Dr Osei")
    desk.topics.set(nia, "the affair", Permission.DO_NOT_RAISE, name_for=Audience.CLINICIANS)
    desk.people.set_company(nia, ALONE)
    note = desk.notes.write(nia, "It goes on", kind=ALSO, topic_code="the affair")
    desk.briefs.open_veiled(nia)
    desk.notes.move(note.id, eve)
    assert kept_of(desk, eve) == {"It goes on", "the affair"}
    assert kept_of(practice.sign_in("Ana Ruiz"), eve) == set()


def test_a_note_that_comes_to_a_topic_named_to_clinicians_is_sealed_with_its_history(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia, eve = add_nia(desk), add_eve(desk)
    note = desk.notes.write(nia, "Rent is late", kind=ALSO, topic_code="money")
    desk.notes.edit(note.id, text="Rent is two months late")
    desk = practice.sign_in("Dr Osei")
    desk.topics.set(eve, "money", Permission.WELCOME, name_for=Audience.CLINICIANS)
    moved = desk.notes.move(note.id, eve)
    assert moved.sealed_to_clinicians
    assert desk.session().undoable == []
    desk = practice.sign_in("Ana Ruiz")
    assert kept_of(desk, eve) == kept_of(desk, nia) == set()
    assert desk.session().store.history(note.id) == ()


def sealed_forms(desk: Desk, record: str) -> list[bytes]:
    """How the file has sealed a record and its earlier revisions so far."""
    found = []
    for model, column in ((RecordRow, "id"), (RevisionRow, "record_id")):
        found += [row["sealed"] for row in desk._file.all_rows(model) if row[column] == record]
    return found


def in_the_bytes(practice: Practice, sealed: list[bytes]) -> int:
    """How many of these the file and its log still hold."""
    written = b"".join(path.read_bytes() for path in practice.path.parent.iterdir())
    return sum(each in written for each in sealed)


@pytest.mark.parametrize("gone_by", ["moving", "taking back", "sealing"])
def test_no_sealed_form_of_it_stays_in_the_file_or_its_log(practice: Practice, gone_by: str) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia, eve = add_nia(desk), add_eve(desk)
    note = desk.notes.write(nia, "Rent is late", kind=ALSO, topic_code="money")
    first = sealed_forms(desk, note.id)
    assert in_the_bytes(practice, first) == 1
    if gone_by == "moving":
        desk.notes.move(note.id, eve)
    elif gone_by == "taking back":
        desk.notes.undo()
    else:
        desk.topics.set(nia, "money", Permission.ASK_FIRST, name_for=Audience.CLINICIANS)
    assert in_the_bytes(practice, first) == 0


def test_moving_a_note_to_where_it_is_changes_nothing(ana: Desk) -> None:
    nia = add_nia(ana)
    note = ana.notes.write(nia, "Rent is late", kind=ALSO, topic_code="money")
    assert ana.notes.move(note.id, nia) == note
    assert kept_of(ana, nia) == {"Rent is late", "money"}
