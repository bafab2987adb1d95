"""What was erased stays erased when an older backup is restored: its ids lie beside every backup and are replayed.

A manager's keys alone sign them; whatever else was deleted meanwhile is told at the next backup under a manager.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from rapportdesk.desk.bring_in.merging import as_before
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound, VaultFault
from rapportdesk.model.backup import Backup
from rapportdesk.model.erasure import BackupPlace
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.joined import Joined
from rapportdesk.store.erased_file import erased_ids, read_erased, write_erased
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.store.vault_file import VaultFile

_SETTING = "backup-places"
_FORM: TypeAdapter[tuple[BackupPlace, ...]] = TypeAdapter(tuple[BackupPlace, ...])


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
    if keys.signing_key is None:
        return waiting
    ids, unreached = erased_ids(file, keys.vault_key), []
    for folder in waiting:
        try:
            if not Path(folder).is_dir():
                raise FileNotFoundError
            write_erased(Path(folder), file.vault_id, ids, keys.signing_key, keys.clinic_public)
        except (OSError, VaultFault):
            unreached.append(folder)
    return tuple(unreached)


def replay_erasures(store: SealedStore, file: VaultFile, folder: Path) -> int:
    """Take out of a restored vault what was erased after its backup was made; returns how many things.

    Cards that were taken apart since are taken apart first: else who stayed would be erased with the other one.

    Args:
        store: With keys that may write, before anybody signs in.
        file: The vault that was in the backup.
        folder: Where the backup lay, and beside it the ids.
    """
    erased = read_erased(folder, file.vault_id, store.keys.clinic_public) - _gone_before(store, file)
    with store.transaction():
        gone = _take_apart(store, erased)
        for each in sorted(erased):
            with suppress(NotFound):
                store.delete_patient(PatientId(each))
                gone += 1
                continue
            with suppress(NotFound):
                store.delete(RecordId(each))
                gone += 1
    return gone


def _take_apart(store: SealedStore, erased: Iterable[str]) -> int:
    """Let cards stand by themselves again whose joining was taken back, the last one first; returns how many."""
    joined = [each for each in map(partial(_joined, store), erased) if each is not None]
    for each in sorted(joined, key=lambda one: one.joined_at, reverse=True):
        now = _joined(store, each.id) or each  # the card that stays may have been a part of a third one until now
        stays = store.patient(now.patient)
        store.delete(now.id)
        store.take_apart(now.other)
        store.put_patient(as_before(now, stays))
    return len(joined)


def _joined(store: SealedStore, record_id: str) -> Joined | None:
    """Return how two cards were joined, where that is what has this id."""
    with suppress(NotFound):
        thing = store.thing(RecordId(record_id))
        return thing if isinstance(thing, Joined) else None
    return None


def _gone_before(store: SealedStore, file: VaultFile) -> frozenset[str]:
    return erased_ids(file, store.keys.vault_key)
