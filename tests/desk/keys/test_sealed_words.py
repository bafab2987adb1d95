"""What clinician and manager write about an opening is in nobody else's keys, below the screen too."""

import pytest

from rapportdesk.desk.keys.sealed_words import MANAGERS_BOX
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotAllowed, Tampered
from rapportdesk.model.emergency import EmergencyAccess, EmergencyReason, SealedWords
from rapportdesk.model.identity import RecordId
from rapportdesk.model.staff import Role
from rapportdesk.vault.managers import ManagersPublic, open_as_colleague, open_as_manager
from rapportdesk.vault.signing import new_signing_key
from tests.desk.conftest import SECRET, Practice, add_nia

OWN = "bara brith and leeks"
WHY, ASKED, ANSWERED = "She took all her tablets", "Whom did you ring?", "Her daughter, who knew of it"


@pytest.fixture
def opened(practice: Practice) -> RecordId:
    """An opening with a reason in Dr Osei's words, a query and an answer; Ben Morgan is signed in."""
    nia = add_nia(practice.desk)
    practice.sign_in("Dr Osei").emergency.open(nia, EmergencyReason.OTHER, WHY)
    entry = practice.desk.emergency.entries()[0].access.id
    practice.sign_in("Ben Morgan").emergency.query(entry, ASKED)
    practice.sign_in("Dr Osei").emergency.answer(entry, ANSWERED)
    practice.sign_in("Ben Morgan")
    return entry


def record(session: Session, entry: RecordId) -> EmergencyAccess:
    """The entry as it lies in the file, as far as this person's keys open it."""
    thing = session.store.thing(entry)
    assert isinstance(thing, EmergencyAccess)
    return thing


def boxes(session: Session, entry: RecordId) -> list[SealedWords]:
    access = record(session, entry)
    return [access.words, *(remark.text for remark in access.remarks)]


def said(practice: Practice) -> tuple[str, ...]:
    (entry,) = practice.desk.emergency.entries()
    return entry.words, *entry.texts


def test_the_two_whom_it_concerns_read_it(practice: Practice, opened: RecordId) -> None:
    assert said(practice) == (WHY, ASKED, ANSWERED)
    practice.sign_in("Dr Osei")
    assert said(practice) == (WHY, ASKED, ANSWERED)


def test_a_manager_who_came_later_reads_it_too(practice: Practice, opened: RecordId) -> None:
    practice.desk.staff.add("Cai Rees", frozenset({Role.MANAGER}), SECRET, must_change=False)
    practice.sign_in("Cai Rees")
    assert said(practice) == (WHY, ASKED, ANSWERED)


@pytest.mark.parametrize("name", ["Ana Ruiz", "Dr Hahn"])
def test_nobody_else_opens_it_with_everything_they_hold(practice: Practice, opened: RecordId, name: str) -> None:
    practice.desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    practice.sign_in("Dr Osei")
    hahn = next(each for each in practice.desk.door() if each.name == "Dr Hahn")
    practice.desk.staff.admit(hahn.id)
    session = practice.sign_in(name).session()
    everything = str([*session.store.all_things(), *session.store.audit_events(), session.store.settings()])
    for words in (WHY, ASKED, ANSWERED):
        assert words not in everything
    keys, vault = session.store.keys, practice.desk._file.vault_id
    assert keys.signing_key is None
    secrets = [keys.private_key, keys.vault_key, keys.device_key, *(pair.x25519 for pair in keys.clinicians)]
    for sealed in boxes(session, opened):
        for secret in secrets:
            with pytest.raises(Tampered):
                open_as_manager(secret, bytes.fromhex(sealed.for_managers), vault_id=vault)
            with pytest.raises(Tampered):
                open_as_colleague(
                    secret, bytes.fromhex(sealed.for_clinician), vault_id=vault,
                    staff_id=record(session, opened).opened_by,
                )  # fmt: skip


def test_reset_by_a_manager_a_clinician_still_answers(practice: Practice, opened: RecordId) -> None:
    desk = practice.desk
    desk.emergency.query(opened, "And then?")
    osei = next(each for each in desk.door() if each.name == "Dr Osei")
    desk.staff.reset_secret(osei.id, SECRET)
    practice.sign_in("Dr Osei").staff.change_secret(SECRET, OWN)
    assert said(practice) == ("", "", "", ""), "sealed to keys that are gone"
    desk.emergency.answer(opened, "I came back to it")
    practice.sign_in("Ben Morgan")
    assert said(practice) == (WHY, ASKED, ANSWERED, "And then?", "I came back to it")


def test_after_the_clinician_has_left_it_is_still_reviewed(practice: Practice, opened: RecordId) -> None:
    desk = practice.desk
    desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    practice.sign_in("Dr Osei").staff.admit(next(each.id for each in desk.door() if each.name == "Dr Hahn"))
    practice.sign_in("Ben Morgan")
    desk.staff.remove(next(each.id for each in desk.door() if each.name == "Dr Osei"))
    desk.emergency.query(opened, "Does anybody know?")
    assert said(practice) == (WHY, ASKED, ANSWERED, "Does anybody know?")
    desk.emergency.mark_seen(opened)


def test_nothing_is_sealed_to_a_key_that_somebody_slipped_in(practice: Practice, opened: RecordId) -> None:
    nia = record(practice.desk.session(), opened).patient
    ana = practice.sign_in("Ana Ruiz").session()
    mine = ManagersPublic.of(new_signing_key(), practice.desk._file.vault_id)
    ana.store.put_setting(MANAGERS_BOX, mine.to_bytes().hex())
    desk = practice.sign_in("Dr Osei")
    with pytest.raises(Tampered):
        desk.emergency.open(nia, EmergencyReason.OTHER, WHY)
    desk.emergency.open(nia, EmergencyReason.LIFE_AT_RISK)
    assert desk.people.card(nia).emergency
    practice.sign_in("Ben Morgan")
    practice.sign_in("Dr Osei").emergency.open(nia, EmergencyReason.OTHER, "It is put right when a manager signs in")


def test_without_the_managers_key_a_reason_of_the_list_still_opens(practice: Practice) -> None:
    """A file from before there was such a key: no manager has signed in to it since."""
    nia = add_nia(practice.desk)
    session = practice.sign_in("Dr Osei").session()
    session.store.put_setting(MANAGERS_BOX, "")
    with pytest.raises(NotAllowed, match="once a manager has signed in"):
        practice.desk.emergency.open(nia, EmergencyReason.LIFE_AT_RISK, WHY)
    practice.desk.emergency.open(nia, EmergencyReason.LIFE_AT_RISK)
    assert practice.desk.people.card(nia).emergency
    practice.sign_in("Ben Morgan")
    practice.sign_in("Dr Osei").emergency.open(nia, EmergencyReason.OTHER, WHY)
