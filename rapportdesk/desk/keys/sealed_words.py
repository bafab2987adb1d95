"""What a clinician and the managers write to each other about an opening is sealed to those two: reception has no key.

The managers' public key is put into the file by the first manager who signs in, which is when the practice is founded.
"""

from rapportdesk.desk.keys.keyholding import verified_staff
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotAllowed, Tampered
from rapportdesk.language import _
from rapportdesk.model.emergency import SealedWords
from rapportdesk.model.identity import StaffId
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.managers import (
    ManagersPublic,
    open_as_colleague,
    open_as_manager,
    seal_to_colleague,
    seal_to_managers,
)
from rapportdesk.vault.signing import public_key

MANAGERS_BOX = "managers-box"
"""The setting that holds the managers' public key with its signature."""


def publish_managers_key(store: SealedStore, vault_id: str) -> None:
    """Put the managers' public key into the file when a manager signs in to one that has none, or another's."""
    if store.keys.signing_key is None:
        return
    theirs = ManagersPublic.of(store.keys.signing_key, vault_id).to_bytes().hex()
    if store.settings().get(MANAGERS_BOX) != theirs:
        store.put_setting(MANAGERS_BOX, theirs)


def seal_words(session: Session, file: VaultFile, words: str, clinician: StaffId) -> SealedWords:
    """Return `words` sealed to the managers and to one clinician; of no words nothing is sealed.

    Raises:
        NotAllowed: No manager has signed in since the file has room for it.
        Tampered: The managers' or the clinician's key was not signed by the clinic.
    """
    if not words:
        return SealedWords()
    keys, held = session.store.keys, session.store.settings().get(MANAGERS_BOX)
    if not held:
        raise NotAllowed(
            _("Words of your own can be kept once a manager has signed in."), _("Choose one of the reasons.")
        )
    managers = ManagersPublic.verified(bytes.fromhex(held), keys.clinic_public, file.vault_id)
    content = words.encode()
    return SealedWords(
        for_managers=seal_to_managers(managers, content, vault_id=file.vault_id).hex(),
        for_clinician=_to_clinician(session, file, content, clinician),
    )


def open_words(session: Session, vault_id: str, sealed: SealedWords, clinician: StaffId) -> str:
    """Return what was sealed; empty for no words, and for whom it was not sealed to."""
    keys = session.store.keys
    if keys.signing_key is not None and sealed.for_managers:
        box = bytes.fromhex(sealed.for_managers)
        return open_as_manager(keys.signing_key, box, vault_id=vault_id).decode()
    if keys.staff_id != clinician or not sealed.for_clinician:
        return ""
    try:
        box = bytes.fromhex(sealed.for_clinician)
        return open_as_colleague(keys.private_key, box, vault_id=vault_id, staff_id=clinician).decode()
    except Tampered:
        # The record's own seal held: it was sealed to keys from before a manager gave them a new first passphrase.
        return ""


def _to_clinician(session: Session, file: VaultFile, content: bytes, clinician: StaffId) -> str:
    keys = session.store.keys
    if clinician == keys.staff_id:
        public = public_key(keys.private_key)
    else:
        slot = file.slot(clinician)
        if slot is None:
            return ""  # they have left: nobody will answer
        public = verified_staff(file, slot, keys).public_key
    return seal_to_colleague(public, content, vault_id=file.vault_id, staff_id=clinician).hex()
