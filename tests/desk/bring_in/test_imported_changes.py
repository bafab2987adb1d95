"""What a file writes over of who somebody is stays in the card's history, said to be the practice system's word."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select

from rapportdesk.desk.desk import Desk
from rapportdesk.exchange.patient_file_json import read_file_json
from rapportdesk.exchange.plan import ImportPlan
from rapportdesk.model.identity import PatientId
from rapportdesk.model.identity_change import IdentityChange
from rapportdesk.model.patient import ContactPoint, ContactSystem
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.tables import RecordRow, table_of
from tests.desk.conftest import Practice
from tests.desk.feeds import NIA, bring_in, bringing, plan_of, plans
from tests.paper.reading import text_of

PHONE = ContactPoint(system=ContactSystem.PHONE, value="01970 600600", from_import=True)


def brought(desk: Desk) -> PatientId:
    """Nia as a first file says, and as a second one writes over it."""
    bring_in(desk, plan_of([replace(NIA, contact_points=(PHONE,))], []))
    moved = replace(PHONE, value="01248 900900")
    bring_in(desk, plan_of([replace(NIA, name="Nia Prydderch-Jones", contact_points=(moved,))], []))
    (nia,) = desk.session().store.patients()
    return nia.id


def changes(desk: Desk) -> list[IdentityChange]:
    return [each for each in desk.session().store.all_things() if isinstance(each, IdentityChange)]


def told(desk: Desk, patient: PatientId) -> list[tuple[str, str, str]]:
    versions = desk.people.identity_history(patient)
    return [(each.label, each.before, each.after) for version in versions for each in version.differences]


def test_what_a_file_wrote_over_is_kept_and_said_to_be_brought_in(ana: Desk) -> None:
    patient = brought(ana)
    (version,) = ana.people.identity_history(patient)
    assert (version.brought_in, version.changed_by_name) == (True, "Ana Ruiz")
    assert ("Name", "Nia Prydderch", "Nia Prydderch-Jones") in told(ana, patient)
    assert ("Phone", "01970 600600", "01248 900900") in told(ana, patient)
    ana.people.update(replace(ana.people.get(patient), pronouns="she / her"))
    by_hand, _imported = ana.people.identity_history(patient)
    assert not by_hand.brought_in  # the control: what is put right at the desk is nobody else's word
    assert ana.verify().faults == ()


def test_the_patients_own_copy_says_where_it_came_from_and_comes_back_whole(ana: Desk) -> None:
    patient = brought(ana)
    pages = text_of(ana.patient_files.pages(patient).pdf)
    assert "01970 600600" in pages
    assert "practice system" in pages
    (change,) = read_file_json(ana.patient_files.export(patient, "json")).identity_changes
    assert change.brought_in


def test_a_former_name_that_a_file_names_stands_in_no_history(ana: Desk) -> None:
    bring_in(ana, plan_of([NIA], []))
    then = replace(NIA, name="Nina Parry", former_names=("Nia Prydderch",))
    bring_in(ana, plan_of([replace(then, former_names=())], []))
    (nia,) = ana.session().store.patients()
    assert told(ana, nia.id)  # the control: nobody has said yet that it is a former name
    bring_in(ana, plan_of([then], []))
    assert not any("Prydderch" in part for line in told(ana, nia.id) for part in line)
    assert "Prydderch" not in text_of(ana.patient_files.pages(nia.id).pdf)


def test_several_descriptions_of_one_person_in_the_files_are_one_change(ana: Desk) -> None:
    bring_in(ana, plan_of([NIA], []))
    welsh, named = replace(NIA, languages=("Welsh",)), replace(NIA, key="m", preferred_name="Nee")
    bring_in(ana, plan_of([welsh, named], []))
    (change,) = changes(ana)
    assert (change.before.languages, change.before.preferred_name) == ((), "")
    assert (change.after.languages, change.after.preferred_name) == (("Welsh",), "Nee")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(earlier=plans(), plan=plans())
def test_every_card_that_a_file_changed_has_one_change_from_what_it_was_to_what_it_is(
    ana: Desk, earlier: ImportPlan, plan: ImportPlan
) -> None:
    store = ana.session().store
    bring_in(ana, earlier)
    before, had = {each.id: each for each in store.patients()}, {each.id for each in changes(ana)}
    bring_in(ana, plan)
    after = {each.id: each for each in store.patients()}
    new = [each for each in changes(ana) if each.id not in had]
    assert {each.patient: (each.before, each.after) for each in new} == {
        key: (was, after[key]) for key, was in before.items() if after[key] != was
    }
    assert len({each.patient for each in new}) == len(new)


def test_what_was_put_right_meanwhile_is_what_the_file_wrote_over(ana: Desk) -> None:
    bring_in(ana, plan_of([NIA], []))
    (nia,) = ana.session().store.patients()
    steps = bringing(ana, plan_of([replace(NIA, languages=("Welsh",))], [])).write()
    list(zip(range(2), steps, strict=False))
    ana.people.update(replace(nia, pronouns="she / her"))
    list(steps)
    (imported,) = [each for each in changes(ana) if each.brought_in]
    assert imported.before.pronouns == imported.after.pronouns == "she / her"
    assert (imported.before.languages, imported.after.languages) == ((), ("Welsh",))
    assert len(changes(ana)) == 2


@pytest.mark.parametrize("stop_after", range(4))
def test_an_import_that_is_left_keeps_nothing(ana: Desk, stop_after: int) -> None:
    bring_in(ana, plan_of([NIA], []))
    made = bringing(ana, plan_of([replace(NIA, languages=("Welsh",))], []))
    steps = made.write()
    list(zip(range(stop_after), steps, strict=False))
    steps.close()
    if made.give_up():
        assert changes(ana) == []
    else:
        assert len(changes(ana)) == 1


def test_what_a_person_decided_about_a_file_is_kept_too(ana: Desk) -> None:
    bring_in(ana, plan_of([replace(NIA, identifiers=())], []))
    (nia,) = ana.session().store.patients()
    bring_in(ana, plan_of([replace(NIA, identifiers=(), name="Nia Pryderch")], []))
    (waiting,) = ana.review.people()
    ana.review.same(waiting.id, nia.id)
    (version,) = ana.people.identity_history(nia.id)
    assert version.brought_in
    assert ("Name", "Nia Prydderch", "Nia Pryderch") in told(ana, nia.id)


def test_it_is_erased_with_the_person(practice: Practice) -> None:
    patient = brought(practice.sign_in("Ana Ruiz"))
    desk = practice.sign_in("Ben Morgan")
    kept = [each.id for each in changes(desk)]
    assert len(kept) == 1
    desk.person_erasure.erase(patient, "asked")
    desk.close()
    table = table_of(RecordRow)
    with VaultFile.open(practice.path) as file, file.reading() as reading:
        assert reading.rows(select(table).where(table.c.id.in_(kept))) == []
