"""What was erased stays erased when an older backup is restored: its ids lie beside every backup and are replayed.

Whoever is signed in when something is erased tells every folder that is there; each backup tells its own. Where that
could not be done, because no manager has signed in since or a disk is away, the next backup there does it.
"""

import json
from collections.abc import Generator, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from rapportdesk.desk.bring_in.merging import as_before, changes_as_before
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound, VaultFault
from rapportdesk.model.backup import Backup
from rapportdesk.model.erasure import BackupPlace
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.joined import Joined
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.erased_file import ErasedKey, erased_ids, read_erased, there_of, write_erased
from rapportdesk.store.sealed_store import SealedStore

_SETTING, _KEY = "backup-places", "erased-ids-key"
_FORM: TypeAdapter[tuple[BackupPlace, ...]] = TypeAdapter(tuple[BackupPlace, ...])
_AT_ONCE = 20
"""Things that are taken out by one commit: some ten milliseconds."""


def backup_places(store: SealedStore) -> tuple[BackupPlace, ...]:
    """Return every folder in which a backup was made since this was remembered."""
    kept = store.setting(_SETTING)
    return () if kept is None else _FORM.validate_json(kept)


def remember_backup(session: Session, file: VaultFile, made: Backup, *, by_itself: bool) -> None:
    """Remember where a backup was made, and put the ids of what was erased beside it, where the keys at hand can."""
    folder = str(Path(made.path).parent)
    places = {each.folder: each for each in backup_places(session.store)}
    before = places.get(folder, BackupPlace(folder=folder))
    times = before.made if by_itself else (*before.made, made.made_at)
    places[folder] = BackupPlace(folder=folder, by_itself=by_itself or before.by_itself, made=times)
    session.store.put_setting(_SETTING, _FORM.dump_json(tuple(places.values())).decode())
    tell_folders(session, file, (folder,))


def tell_folders(session: Session, file: VaultFile, folders: Iterable[str]) -> tuple[str, ...]:
    """Put the ids of everything that was deleted into folders of backups; returns those that could not be told."""
    keys, waiting = session.store.keys, tuple(folders)
    signing = _erased_key(session.store, file.vault_id) or keys.signing_key
    if signing is None:
        return waiting
    ids, unreached = erased_ids(file, keys.vault_key), []
    for folder in waiting:
        try:
            if not Path(folder).is_dir():
                raise FileNotFoundError
            write_erased(Path(folder), file.vault_id, ids, signing, keys.clinic_public, since=keys.vault_key_epoch)
        except (OSError, VaultFault):
            unreached.append(folder)
    return tuple(unreached)


def tell_every_folder(session: Session, file: VaultFile) -> tuple[str, ...]:
    """Put the ids of everything that was deleted beside every backup there is; returns as `tell_folders`."""
    return tell_folders(session, file, (each.folder for each in backup_places(session.store)))


def publish_erased_key(store: SealedStore, vault_id: str) -> None:
    """When a manager signs in, give everybody who signs in what signs the ids, where there is none of today."""
    if store.keys.signing_key is not None and _erased_key(store, vault_id) is None:
        put_erased_key(store, vault_id, store.keys.signing_key, store.keys.vault_key_epoch)


def put_erased_key(store: SealedStore, vault_id: str, clinic_key: bytes, epoch: int) -> None:
    """Put a new key that signs the ids in the former one's place, as when somebody leaves who held that."""
    made = ErasedKey.new(vault_id, clinic_key, epoch)
    store.put_setting(_KEY, json.dumps({"key": made.key.hex(), "signature": made.signature.hex(), "epoch": epoch}))


def _erased_key(store: SealedStore, vault_id: str) -> ErasedKey | None:
    """Return what signs the ids without a manager; None where there is none of today that the clinic's key signed."""
    kept = json.loads(store.setting(_KEY) or "{}")
    if not kept:
        return None
    signature = bytes.fromhex(kept["signature"])
    key = ErasedKey(key=bytes.fromhex(kept["key"]), signature=signature, epoch=kept.get("epoch", 1))
    ours = key.epoch == store.keys.vault_key_epoch and key.is_of(vault_id, store.keys.clinic_public)
    return key if ours else None


def replay_erasures_in_steps(
    store: SealedStore, file: VaultFile, folder: Path
) -> Generator[tuple[int, int], None, None]:
    """Take out of a restored vault what was erased after its backup was made, step by step.

    Cards that were taken apart since are taken apart first: else who stayed would be erased with the other one. Most
    that was erased was never in this backup, or gone from it already, so what is there is looked up first.

    Args:
        store: With keys that may write, before anybody signs in, into a file that has no name yet: a step is a commit.
        file: The vault that was in the backup.
        folder: Where the backup lay, and beside it the ids.

    Yields:
        How many are gone, and how many there are.
    """
    keys = store.keys
    erased = read_erased(folder, file.vault_id, keys.clinic_public, since=keys.vault_key_epoch)
    erased -= _gone_before(store, file)
    there = there_of(file, erased)
    with store.transaction():
        _take_apart(store, there.records)
    total = len(there.patients) + len(there.records)
    for done, patient in enumerate(sorted(there.patients), 1):
        with suppress(NotFound):  # it went with the card that it is a part of
            store.delete_patient(PatientId(patient))
        yield done, total
    left = sorted(there_of(file, there.records).records)  # the others went with their people
    for at in range(0, len(left), _AT_ONCE):
        with store.transaction():
            for record in left[at : at + _AT_ONCE]:
                with suppress(NotFound):  # an appointment that an import never brought to its place
                    store.delete(RecordId(record))
        yield total - max(0, len(left) - at - _AT_ONCE), total


def _take_apart(store: SealedStore, erased: Iterable[str]) -> int:
    """Let cards stand by themselves again whose joining was taken back, the last one first; returns how many."""
    joined = [each for each in map(partial(_joined, store), erased) if each is not None]
    for each in sorted(joined, key=lambda one: one.joined_at, reverse=True):
        now = _joined(store, each.id) or each  # the card that stays may have been a part of a third one until now
        stays = store.patient(now.patient)
        store.delete(now.id)
        store.take_apart(now.other)
        store.put_patient(as_before(now, stays))
        changes_as_before(store, now)
    return len(joined)


def _joined(store: SealedStore, record_id: str) -> Joined | None:
    """Return how two cards were joined, where that is what has this id."""
    with suppress(NotFound):
        thing = store.thing(RecordId(record_id))
        return thing if isinstance(thing, Joined) else None
    return None


def _gone_before(store: SealedStore, file: VaultFile) -> frozenset[str]:
    return erased_ids(file, store.keys.vault_key)
