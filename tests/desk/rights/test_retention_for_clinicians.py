"""What is sealed to clinicians is listed and decided by a clinician, and waits on nobody's Today but theirs."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.retention import RetentionKind
from rapportdesk.steps import in_one_go
from tests.desk.conftest import Practice, add_nia, looks

LONG_AGO = dt.datetime(2015, 3, 3, 9, tzinfo=dt.UTC)
SEALED = "Worries at night"


def old(desk: Desk, patient: PatientId, audience: Audience) -> RecordId:
    note = desk.notes.write(patient, SEALED, kind=NoteKind.FEELING_NAMED, audience=audience)
    return desk.session().store.put(replace(note, noted_at=LONG_AGO)).id


def reminded(desk: Desk) -> bool:
    """Whether something past its time waits on their Today, once the day's look is over."""
    if desk.retention.is_to_look():
        in_one_go(desk.retention.look_in_steps())
    return any(each.command == "retention" for each in desk.reminders.mine())


@pytest.fixture
def both(practice: Practice) -> tuple[Practice, PatientId, RecordId, RecordId]:
    """Nia, with a note that is sealed to clinicians and one that is not, both past their time."""
    osei = practice.sign_in("Dr Osei")
    nia = add_nia(osei)
    return practice, nia, old(osei, nia, Audience.CLINICIANS), old(osei, nia, Audience.EVERYONE)


def test_each_decides_about_their_own(both: tuple[Practice, PatientId, RecordId, RecordId]) -> None:
    practice, _nia, sealed, plain = both
    ben = practice.sign_in("Ben Morgan")
    (bens,) = ben.retention.due().due
    osei = practice.sign_in("Dr Osei")
    (oseis,) = osei.retention.due().due
    assert (bens.id, oseis.id) == (plain, sealed)
    for decide in (osei.retention.erase, lambda due: osei.retention.keep(due, "why")):
        with pytest.raises(BadInput, match="has changed"):  # it is not hers, though it is past its time
            decide((bens,))
    assert osei.retention.erase((oseis,)) == 1
    with pytest.raises(NotFound):
        osei.session().store.thing(sealed)
    assert osei.session().store.thing(plain)
    assert osei.verify().clean


def test_what_waits_for_a_moment_alone_is_not_named_in_the_list(
    both: tuple[Practice, PatientId, RecordId, RecordId],
) -> None:
    practice, nia, _sealed, _plain = both
    osei = practice.sign_in("Dr Osei")
    (line,) = osei.retention.due().due
    assert (line.kind, line.note_kind, line.text) == (RetentionKind.NOTE, None, "")
    osei.people.set_company(nia, frozenset())
    (line,) = osei.retention.due().due
    assert (line.note_kind, line.text) == (NoteKind.FEELING_NAMED, SEALED)  # the control: alone it is


def test_reception_learns_nothing_of_a_clinicians_decision(
    both: tuple[Practice, PatientId, RecordId, RecordId],
) -> None:
    practice, nia, _sealed, plain = both
    practice.sign_in("Dr Osei").retention.keep(practice.desk.retention.due().due, "still needed")
    practice.clock.move_on(60)
    osei = practice.sign_in("Dr Osei")
    assert osei.retention.due().due == (), "kept for longer"
    ana = practice.sign_in("Ana Ruiz")
    assert AuditAction.RIGHTS_RECORDED not in {each.action for each in looks(ana, nia)}
    assert ana.rights.of(nia) == ()
    assert [each.id for each in ana.session().known(nia).notes] == [plain]


def test_it_waits_on_the_today_of_those_alone_who_may_decide(practice: Practice) -> None:
    osei = practice.sign_in("Dr Osei")
    sealed = old(osei, add_nia(osei), Audience.CLINICIANS)
    assert reminded(practice.sign_in("Dr Osei"))
    assert not reminded(practice.sign_in("Ben Morgan")), "he cannot even list it"
    assert not reminded(practice.sign_in("Ana Ruiz"))
    assert not practice.desk.retention.is_to_look()
    osei = practice.sign_in("Dr Osei")
    assert not osei.retention.is_to_look(), "once a day"
    osei.retention.erase(osei.retention.due().due)
    osei.retention.due()  # as the screen does after each decision
    assert not reminded(osei)
    with pytest.raises(NotFound):
        osei.session().store.thing(sealed)
    practice.clock.move_on(26 * 3_600)
    assert practice.sign_in("Dr Osei").retention.is_to_look(), "the next day again"


def test_the_look_says_the_same_to_reception_whatever_is_sealed(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    before = ana.reminders.mine()
    osei = practice.sign_in("Dr Osei")
    old(osei, add_nia(osei), Audience.CLINICIANS)
    assert reminded(osei)
    assert practice.sign_in("Ana Ruiz").reminders.mine() == before


def test_changed_years_are_looked_for_at_once(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    ana.notes.write(add_nia(ana), "Leeks", kind=NoteKind.HOBBY)
    practice.clock.move_on(3 * 365 * 86_400)
    ben = practice.sign_in("Ben Morgan")
    assert not reminded(ben)
    ben.retention.change(replace(ben.retention.rules(), notes=1))
    assert reminded(ben)
