"""What a companion may hear is the patient's consent, recorded when it is said and gone when it is taken back."""

from dataclasses import replace

from rapportdesk.desk.desk import Desk
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import BlockKey
from tests.desk.conftest import add_nia


def test_saying_what_somebody_may_hear_records_the_consent_to_talk_with_them(ana: Desk) -> None:
    nia = ana.people.get(add_nia(ana))
    people = tuple(replace(person, may_hear="appointments, nothing else") for person in nia.people)
    ana.people.update(replace(nia, people=people))
    (event,) = [each for each in ana.consents.of(nia.id) if each.covers is Covers.TALK_WITH]
    assert (event.status, event.words) == (ConsentStatus.ACTIVE, "appointments, nothing else")
    assert "appointments, nothing else" in said_of_people(ana, nia.id)


def test_undone_it_is_as_if_they_had_never_been_asked(ana: Desk) -> None:
    nia = ana.people.get(add_nia(ana))
    ana.people.update(replace(nia, people=tuple(replace(each, may_hear="anything") for each in nia.people)))
    ana.notes.undo()
    assert "Ask before telling them anything" in said_of_people(ana, nia.id)
    statuses = [each.status for each in ana.consents.of(nia.id) if each.covers is Covers.TALK_WITH]
    assert statuses == [ConsentStatus.ACTIVE, ConsentStatus.ENTERED_IN_ERROR]


def said_of_people(desk: Desk, patient: PatientId) -> str:
    blocks = desk.people.card_unrecorded(patient).blocks
    return " ".join(line.text for block in blocks if block.key is BlockKey.PEOPLE for line in block.lines)
