"""Two practices that differ only in what reception may not see give reception the same answer, in every form."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotAllowed
from rapportdesk.model.audit import AuditAction, AuditFilter
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.emergency import EmergencyReason
from rapportdesk.model.identity import PatientId
from rapportdesk.model.looked import WhoLooked
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.topic import Permission
from tests.desk.conftest import Practice, add_nia

HOBBY, CLINICIANS = NoteKind.HOBBY, Audience.CLINICIANS


def _opened(desk: Desk, nia: PatientId) -> None:
    desk.notes.write(nia, "x", kind=HOBBY, audience=CLINICIANS)
    desk.people.set_company(nia, frozenset())
    desk.briefs.open_veiled(nia)


def _private(desk: Desk, nia: PatientId) -> None:
    """On a topic everybody knows of, which only a clinician raises: reception sees no note."""
    desk.people.set_company(nia, frozenset())
    note = desk.notes.write(nia, "x", kind=HOBBY, topic_code="money")
    desk.notes.edit(note.id, text="y")
    desk.notes.history(note.id)
    desk.notes.retire(note.id)
    desk.notes.undo()


HIDDEN: dict[str, Callable[[Desk, PatientId], object]] = {
    "a note for clinicians": lambda desk, nia: desk.notes.write(nia, "x", kind=HOBBY, audience=CLINICIANS),
    "a topic for clinicians": lambda desk, nia: desk.topics.set(nia, "HIV", Permission.ASK_FIRST),
    "a promise for clinicians": lambda desk, nia: desk.tasks.add(nia, "x", audience=CLINICIANS),
    "what was opened": _opened,
    "what reception may not hear": _private,
    "an emergency": lambda desk, nia: desk.emergency.open(nia, EmergencyReason.OTHER, "x"),
}


def world(
    folder: Path, founded: Practice, hide: Callable[[Desk, PatientId], object] | None
) -> tuple[Practice, PatientId]:
    """A practice in which Dr Osei did something hidden among what anybody may know, or did not."""
    practice = Practice(folder / "desk.rapport", founded=founded)
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    practice.desk.topics.set(nia, "money", Permission.CLINICIAN_ONLY)
    practice.clock.move_on(600)
    desk = practice.sign_in("Dr Osei")
    desk.briefs.of(nia)
    practice.clock.move_on(600)
    if hide is not None:
        hide(desk, nia)
    practice.clock.move_on(600)
    desk.notes.write(nia, "Sings alto", kind=HOBBY)
    desk.consents.record(nia, Covers.SMS, ConsentStatus.ACTIVE)
    return practice, nia


def told(practice: Practice, nia: PatientId, name: str) -> dict[str, object]:
    """Everything that somebody is told of who looked, in every form, without the patient's random id."""
    desk = practice.sign_in(name)
    forms = {form: b"".join(desk.audit.export(AuditFilter(patient=nia), form)) for form in ("json", "csv", "fhir")}
    whoever = {each.id: each.name for each in desk.door()}
    made: dict[str, object] = {"answer": desk.audit.answer(nia).days, "each": desk.audit.answer(nia, each=True).days}
    made["paper"] = len(desk.paper.who_looked(nia).pages_svg)
    for form, content in forms.items():
        text = content.decode().replace(nia, "NIA")
        for staff, staff_name in whoever.items():
            text = text.replace(staff, staff_name)
        made[form] = _without_ids(json.loads(text)) if form == "fhir" else text
    return made


def _without_ids(bundle: dict[str, object]) -> list[object]:
    entries = bundle["entry"]
    assert isinstance(entries, list)
    return [{**entry["resource"], "id": ""} for entry in entries]


@pytest.mark.parametrize("name", HIDDEN)
def test_receptions_answer_is_the_same_in_order_count_and_times(tmp_path: Path, founded: Practice, name: str) -> None:
    (without, nia), (with_it, her) = world(tmp_path / "a", founded, None), world(tmp_path / "b", founded, HIDDEN[name])
    try:
        assert told(with_it, her, "Ana Ruiz") == told(without, nia, "Ana Ruiz")
        assert told(with_it, her, "Dr Osei")["json"] != told(without, nia, "Dr Osei")["json"]  # the control
    finally:
        without.desk.close()
        with_it.desk.close()


def lines(answer: WhoLooked) -> list[str]:
    return [line.words for day in answer.days for line in day.lines]


def test_a_clinician_gives_the_rest_by_one_press_and_is_recorded(practice: Practice) -> None:
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    desk = practice.sign_in("Dr Osei")
    _opened(desk, nia)
    assert "opened what waits for a moment alone" not in lines(desk.audit.answer(nia))  # somebody may look on
    assert "opened what waits for a moment alone" in lines(desk.audit.answer(nia, whole=True))
    last = list(desk.session().store.audit_events())[-1]
    assert (last.action, last.why) == (AuditAction.AUDIT_READ, "whole")


def test_reception_is_not_given_the_rest(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    with pytest.raises(NotAllowed):
        desk.audit.answer(nia, whole=True)
    with pytest.raises(NotAllowed):
        desk.paper.who_looked(nia, whole=True)


def test_nothing_of_what_was_said_is_in_any_form(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "Sings alto", kind=HOBBY)
    desk.topics.set(nia, "money", Permission.WELCOME)
    desk = practice.sign_in("Ben Morgan")
    for form in ("json", "csv", "fhir"):
        made = b"".join(desk.audit.export(AuditFilter(), form)).decode()
        assert "note-written" in made
        assert not any(word in made for word in ("alto", "money", "Prydderch", "Gwen"))
