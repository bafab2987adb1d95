"""Rows that a leaver writes for a ghost, with every signing key there is, are handed no key that comes after."""

import dataclasses

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.model.identity import StaffId, new_id
from rapportdesk.model.note import NoteKind
from rapportdesk.model.staff import Role
from rapportdesk.store.tables import RecordRow
from rapportdesk.vault.grants import Grant, GrantKind, make_grant
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sheets import SheetKind, create_sheet, new_code, verify_sheet
from rapportdesk.vault.slots import Badge, create_slot, verify_slot
from tests.desk.conftest import SECRET, Practice, add_nia
from tests.desk.leavers import Captured, held_envelope, id_of, remove


def test_a_leaver_who_may_write_into_the_file_is_handed_no_key_that_comes_after(practice: Practice) -> None:
    """A manager and clinician in one leaves with every signing key there is, and writes rows for a ghost."""
    desk = practice.sign_in("Ben Morgan")
    both = frozenset({Role.MANAGER, Role.CLINICIAN})
    eve = desk.staff.add("Eve", both, SECRET, must_change=False)
    practice.sign_in("Dr Osei").staff.admit(eve.id)
    held = Captured.of(practice.sign_in("Eve")).keys
    assert held.signing_key is not None
    remove(practice, "Eve")
    desk = practice.sign_in("Ana Ruiz")
    file, pair = desk._file, held.clinicians[-1]
    badge = Badge(name="Ghost", roles=frozenset(map(str, both)))
    ghost = create_slot(
        staff_id=new_id(), badge=badge, secret=SECRET, device_key=held.device_key, signing_key=held.signing_key,
        vault_id=file.vault_id, parameters=practice.cost,
    )  # fmt: skip
    signers: tuple[tuple[SheetKind, bytes], ...] = (("desk", held.signing_key), ("clinicians", pair.ed25519))
    sheets = [
        create_sheet(
            kind=kind, number=7, code=new_code(), signing_key=key, clinic_public=held.clinic_public,
            vault_id=file.vault_id,
        )
        for kind, key in signers
    ]  # fmt: skip
    recipient = verify_slot(ghost, badge, held.clinic_public, file.vault_id)
    chain = file.clinicians_chain()
    of_sheet = verify_sheet(sheets[1], held.clinic_public, file.vault_id, clinicians=chain[-1])

    def forged(kind: GrantKind, to: VerifiedRecipient, key: bytes, signer: bytes, epoch: int) -> Grant:
        return make_grant(kind=kind, epoch=epoch, key=key, recipient=to, signing_key=signer, vault_id=file.vault_id)

    with desk.session().transaction():  # Ana's own program would not; whoever edits the file does
        file.put_slot(ghost)
        for sheet in sheets:
            file.put_sheet(sheet)
        for to in (recipient, of_sheet):
            file.put_grant(forged("clinicians", to, pair.to_bytes(), pair.ed25519, pair.epoch))
        file.put_grant(forged("vault-key", recipient, held.vault_key, held.signing_key, 1))
    osei = practice.sign_in("Dr Osei")  # the clinicians' keys rotate now
    newest = len(osei._file.clinicians_chain())
    assert newest == pair.epoch + 1
    with pytest.raises(Exception, match="let that colleague in"):
        osei.staff.admit(StaffId(ghost.staff_id))
    desk = remove(practice, "Ana Ruiz")  # and the vault key
    strangers = {ghost.staff_id, *(sheet.sheet_id for sheet in sheets)}
    handed = {(each.kind, each.epoch) for each in desk._file.grants() if each.recipient in strangers}
    assert handed == {("clinicians", pair.epoch)}
    assert ("vault-key", 3) in {(each.kind, each.epoch) for each in desk._file.grants()}


def test_a_forged_or_replayed_grant_of_the_vault_key_lets_nobody_into_what_is_written_after(
    practice: Practice,
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    file, keys = desk._file, desk.session().store.keys
    replayed = file.grants(desk.viewer.staff)
    slot = file.slot(desk.viewer.staff)
    desk = remove(practice, "Ana Ruiz")
    after = desk.notes.write(nia, "after", kind=NoteKind.HOBBY)
    assert slot is not None
    forged = dataclasses.replace(replayed[0], epoch=2, grant_id="forged")
    with desk.session().transaction():
        file.put_slot(slot)
        for each in replayed:
            file.put_grant(each)
    with pytest.raises(Tampered):
        practice.sign_in("Ana Ruiz")
    with desk.session().transaction() if desk.is_signed_in else practice.sign_in("Ben Morgan").session().transaction():
        file.put_grant(forged)
    with pytest.raises(Tampered):
        practice.sign_in("Ana Ruiz")
    assert keys.signing_key is None
    desk = practice.sign_in("Ben Morgan")
    assert desk.session().store.thing(after.id) == after


def test_the_list_of_whom_the_practice_let_in_may_not_be_taken_out_of_the_file(practice: Practice) -> None:
    remove(practice, "Ana Ruiz")
    desk = practice.sign_in("Ben Morgan")
    held = desk.session().store._held()
    gone = [
        row["id"]
        for row in desk._file.all_rows(RecordRow)
        if row["patient_id"] is None and b"doors" in held_envelope(desk, row)
    ]
    assert len(gone) == 1
    with desk._file.transaction() as writing:
        writing.remove(RecordRow, id=gone[0])
    assert held.settings.all().get("doors") is None
    with pytest.raises(Tampered):
        desk.staff.remove(id_of(desk, "Dr Osei"), losing_what_is_for_clinicians=True)
    assert {each.name for each in desk.door()} == {"Ben Morgan", "Dr Osei"}


def test_a_vault_from_before_there_was_that_list_lets_go_of_a_leaver_too(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    with desk._file.transaction() as writing:
        for row in desk._file.all_rows(RecordRow):
            if row["patient_id"] is None and b"doors" in held_envelope(desk, row):
                writing.remove(RecordRow, id=row["id"])
    desk.staff.remove(id_of(desk, "Ana Ruiz"))
    assert practice.sign_in("Dr Osei").verify().clean
