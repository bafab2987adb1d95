"""What was erased stays erased when an older backup is restored: its ids lie beside every backup and are replayed.

Whoever is signed in when something is erased tells every folder that is there; each backup tells its own. Where that
could not be done, because no manager has signed in since or a disk is away, the next backup there does it; where the
power went before, the next sign-in. A list that is older than the backups it lies beside was put back: that is noticed,
and put right, when the folder is next told.
"""

import datetime as dt
import json
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from rapportdesk.desk.backup.backup_register import BackupRegister
from rapportdesk.desk.bring_in.merging import as_before, changes_as_before
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound, VaultFault
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.backup import Backup
from rapportdesk.model.erasure import BackupPlace, DeletedAgain, ErasedList
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.joined import Joined
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.erased_file import (
    ErasedKey,
    erased_ids,
    is_listed,
    read_erased,
    there_of,
    write_erased,
)
from rapportdesk.store.sealed_store import SealedStore

_SETTING, _KEY, _TO_TELL = "backup-places", "erased-ids-key", "erased-to-tell"
_FORM: TypeAdapter[tuple[BackupPlace, ...]] = TypeAdapter(tuple[BackupPlace, ...])
_AT_ONCE = 20
"""Things that are taken out by one commit: some ten milliseconds."""

_TOLD_FOR = dt.timedelta(days=30)
"""So long a manager is told of an older list; the record of who looked keeps the line."""


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
    places[folder] = replace(before, by_itself=by_itself or before.by_itself, made=times)
    _keep_places(session.store, tuple(places.values()))
    tell_folders(session, file, (folder,))


def remember_source(store: SealedStore, source: Path, made_at: dt.datetime) -> None:
    """Remember where the backup lies that a vault was brought back from: it was made after what is in it."""
    folder = str(source.absolute().parent)
    places = {each.folder: each for each in backup_places(store)}
    before = places.get(folder, BackupPlace(folder=folder))
    if made_at not in before.made:
        places[folder] = replace(before, made=(*before.made, made_at))
        _keep_places(store, tuple(places.values()))


def _keep_places(store: SealedStore, places: tuple[BackupPlace, ...]) -> None:
    store.put_setting(_SETTING, _FORM.dump_json(places).decode())


def tell_folders(session: Session, file: VaultFile, folders: Iterable[str]) -> tuple[str, ...]:
    """Put the ids of everything that was deleted into folders of backups; returns those that could not be told."""
    keys, waiting = session.store.keys, tuple(folders)
    signing = keys.signing_key or _erased_key(session.store, file.vault_id)
    if signing is None:
        return waiting
    ids, unreached, back = erased_ids(file, keys.vault_key), [], set[str]()
    for folder in waiting:
        try:
            if not Path(folder).is_dir():
                raise FileNotFoundError
            lay = write_erased(
                Path(folder), file.vault_id, ids, signing, keys.clinic_public, since=keys.vault_key_epoch
            )
            if _is_older(session.store, folder, len(ids & lay)):
                back.add(folder)
        except (OSError, VaultFault):
            unreached.append(folder)
    if back:
        now = session.wall_now()
        places = (
            replace(each, went_back=now) if each.folder in back else each for each in backup_places(session.store)
        )
        with session.transaction():
            _keep_places(session.store, tuple(places))
            session.record(AuditAction.VERIFIED, why="older list of what was deleted", outcome=Outcome.FAILURE)
    return tuple(unreached)


def _is_older(store: SealedStore, folder: str, lay: int) -> bool:
    """Whether the list in a folder held less than when a backup was made that lies there now.

    The backup is asked for, and not the folder: two disks may take turns at one place, and each has a list of its own.
    """
    here = (each for each in BackupRegister(store).made if str(Path(each.path).parent) == folder)
    return any(each.deleted > lay and Path(each.path).is_file() for each in here)


def went_back(store: SealedStore, now: dt.datetime) -> tuple[str, dt.datetime] | None:
    """Return the folder in which an older list was found last, and when; None where that was not of late."""
    found = [
        (each.went_back, each.folder)
        for each in backup_places(store)
        if each.went_back is not None and now - each.went_back < _TOLD_FOR
    ]
    return next(((folder, at) for at, folder in sorted(found, reverse=True)), None)


def will_tell(store: SealedStore) -> None:
    """Remember, inside the transaction that erases, that the folders are to be told: the power may go before."""
    store.put_setting(_TO_TELL, "yes")


def tell_every_folder(session: Session, file: VaultFile) -> tuple[str, ...]:
    """Put the ids of everything that was deleted beside every backup there is; returns as `tell_folders`."""
    unreached = tell_folders(session, file, (each.folder for each in backup_places(session.store)))
    if session.store.setting(_TO_TELL):
        session.store.put_setting(_TO_TELL, "")
    return unreached


def tell_what_was_not(session: Session, file: VaultFile) -> None:
    """Tell the folders of an erasure that was cut off, and leave no bytes of it either."""
    if session.store.setting(_TO_TELL):
        with suppress(VaultFault):
            session.leave_no_words()
            session.store.checkpoint()
        tell_every_folder(session, file)


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
    store: SealedStore, file: VaultFile, folder: Path, known_deleted: int = 0
) -> Generator[tuple[int, int], None, DeletedAgain]:
    """Take out of a restored vault what was erased after its backup was made, step by step.

    Cards that were taken apart since are taken apart first: else who stayed would be erased with the other one. Most
    that was erased was never in this backup, or gone from it already, so what is there is looked up first.

    Args:
        store: With keys that may write, before anybody signs in, into a file that has no name yet: a step is a commit.
        file: The vault that was in the backup.
        folder: Where the backup lay, and beside it the ids.
        known_deleted: How many things had been deleted when the newest backup that lies there was made.

    Yields:
        How many are gone, and how many there are.

    Returns:
        What is gone, and whether the list can be relied on.
    """
    keys, before = store.keys, erased_ids(file, store.keys.vault_key)
    listed = _listed(folder, file.vault_id, keys.clinic_public, before, known_deleted)
    erased = read_erased(folder, file.vault_id, keys.clinic_public, since=keys.vault_key_epoch) - before
    there, people, things = there_of(file, erased), 0, 0
    with store.transaction():
        _take_apart(store, there.records)
    total = len(there.patients) + len(there.records)
    for done, patient in enumerate(sorted(there.patients), 1):
        with suppress(NotFound):  # it went with the card that it is a part of
            store.delete_patient(PatientId(patient))
            people += 1
        yield done, total
    left = sorted(there_of(file, there.records).records)  # the others went with their people
    for at in range(0, len(left), _AT_ONCE):
        with store.transaction():
            for record in left[at : at + _AT_ONCE]:
                with suppress(NotFound):  # an appointment that an import never brought to its place
                    store.delete(RecordId(record))
                    things += 1
        yield total - max(0, len(left) - at - _AT_ONCE), total
    return DeletedAgain(people=people, things=things, listed=listed)


def _listed(
    folder: Path, vault_id: str, clinic_public: bytes, before: frozenset[str], known_deleted: int
) -> ErasedList:
    """Say whether what lies beside a backup is a list, and holds all that this and newer backups know of it."""
    if not is_listed(folder, vault_id, clinic_public):
        return ErasedList.MISSING
    there = read_erased(folder, vault_id, clinic_public)
    return ErasedList.WHOLE if before <= there and len(there) >= known_deleted else ErasedList.OLDER


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
