"""What a sign-in begins is finished by a later one, and what has ended does not begin again."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotFound, VaultFault, WrongSecret
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.staff import Role
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.store.tables import RecordRow
from tests.desk.conftest import SECRET, Practice, add_nia


def generations(desk: Desk) -> set[int]:
    """To which generations of the clinicians' keys anything in the file is sealed."""
    held = desk.session().store._held()
    with held.things._file.reading() as reading:
        rows = [row for row in desk._file.all_rows(RecordRow) if row["patient_id"] is not None]
        return {held.records.open_row(reading, row).enveloped.epoch for row in rows} - {0}


def test_resealing_that_was_cut_off_is_finished_at_the_next_clinician_s_sign_in(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    desk.notes.write(add_nia(desk), "For the doctor", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    with monkeypatch.context() as cut_off:

        def fail(*_arguments: object) -> int:
            raise VaultFault("full")

        cut_off.setattr(SealedStore, "reseal_clinicians_in_steps", fail)
        with pytest.raises(VaultFault):
            practice.sign_in("Dr Osei")
    assert generations(practice.sign_in("Ana Ruiz")) == {1}
    assert generations(practice.sign_in("Dr Osei")) == {2}
    assert desk.verify().clean


def test_beside_a_window_no_sign_in_waits_for_the_resealing_and_the_check_does_it(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    note = desk.notes.write(add_nia(desk), "For the doctor", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    practice.desk.tells_index_beside = True
    osei = practice.sign_in("Dr Osei")
    assert generations(osei) == {1}
    assert osei.session().store.thing(note.id) == note  # what is not sealed anew yet opens all the same
    later = osei.notes.write(note.patient, "Said since", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    assert generations(osei) == {1, 2}
    for _step in osei.check_in_steps():
        pass
    assert generations(osei) == {2}
    assert {osei.session().store.thing(each.id) for each in (note, later)} == {note, later}
    assert generations(practice.sign_in("Ana Ruiz")) == {2}
    assert desk.verify().clean


def test_resealing_is_done_once(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.sign_in("Dr Osei")

    def fail(*_arguments: object) -> int:
        raise AssertionError("nothing is left to seal anew")

    monkeypatch.setattr(SealedStore, "reseal_clinicians_in_steps", fail)
    practice.sign_in("Ana Ruiz")
    practice.sign_in("Dr Osei")


def test_an_access_that_has_ended_stays_ended_when_the_clock_is_put_back(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    tomorrow = dt.date(2026, 11, 21)
    desk.staff.add("Dr Locum", frozenset({Role.RECEPTION}), SECRET, must_change=False, ends_on=tomorrow)
    practice.sign_in("Dr Locum")
    practice.clock.move_on(3 * 86_400)
    practice.sign_in("Ana Ruiz")
    with pytest.raises(NotFound):
        practice.sign_in("Dr Locum")
    practice.clock.move_on(-3 * 86_400)
    with pytest.raises(NotFound):
        practice.sign_in("Dr Locum")
    assert not desk.is_signed_in


def test_waits_grow_for_each_person_to_five_minutes_and_setting_the_clock_shortens_none(practice: Practice) -> None:
    desk = practice.desk
    ids = {each.name: each.id for each in desk.door()}
    waits = []
    for _try in range(14):
        with pytest.raises(WrongSecret):
            desk.sign_in(ids["Ana Ruiz"], "not it, not at all")
        waits.append(desk.wait_before(ids["Ana Ruiz"]))
        practice.clock.seconds += waits[-1]
    assert waits[:5] == [0, 0, 2, 4, 8]
    assert waits == sorted(waits)
    assert waits[-1] == 300
    assert desk.wait_before(ids["Dr Osei"]) == 0  # nobody else waits for it
    with pytest.raises(WrongSecret):
        desk.sign_in(ids["Ana Ruiz"], "not it, not at all")
    for days in (10, -20):
        practice.clock.moment += dt.timedelta(days=days)
        assert practice.reopen().wait_before(ids["Ana Ruiz"]) == 300
    practice.clock.seconds += 300
    assert practice.sign_in("Ana Ruiz").viewer.name == "Ana Ruiz"
