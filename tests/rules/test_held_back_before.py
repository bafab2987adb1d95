"""What a card said before waits for a look of its own where it said something else of what waits now."""

import datetime as dt
from dataclasses import replace

from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.identity_change import IdentityChange
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem, Patient, RelatedPerson
from rapportdesk.model.patient_file import PatientFile
from rapportdesk.rules.rights.held_back import before_key, waiting, without_waiting

NOW = ContactPoint(system=ContactSystem.PHONE, value="960999", safety=ContactSafety.UNSAFE)
BEFORE = replace(NOW, shared_with="Rhodri hears it")
GWEN = RelatedPerson(id="g" * 32, name="Gwen", authority=Authority.BARRED)
NIA = Patient(id=PatientId("a" * 32), name="Nia", contact_points=(NOW,), people=(GWEN,))
KEY = "phone:960999"


def test_letting_go_what_is_there_now_lets_nothing_else_go_that_was_said_of_it_before() -> None:
    then = replace(NIA, contact_points=(BEFORE,), people=(replace(GWEN, authority_proof="of Rhodri"),))
    change = IdentityChange(
        id=RecordId("c" * 32), patient=NIA.id, before=then, after=NIA, changed_by=StaffId("s"), changed_by_name="Ana",
        changed_at=dt.datetime(2026, 3, 14, tzinfo=dt.UTC),
    )  # fmt: skip
    file = PatientFile(patient=NIA, identity_changes=(change,))
    assert set(waiting(file)) == {KEY, GWEN.id, before_key(KEY), before_key(GWEN.id)}
    looked_at = without_waiting(file, released={KEY, GWEN.id})
    assert looked_at.patient == NIA
    assert looked_at.identity_changes == ()
    everything = without_waiting(file, released=waiting(file))
    assert everything.identity_changes == (change,)  # the control
    same = replace(change, before=replace(NIA, birth_date=dt.date(1958, 3, 14)))
    assert set(waiting(replace(file, identity_changes=(same,)))) == {KEY, GWEN.id}, "what was the same waits once"
