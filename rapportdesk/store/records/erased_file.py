"""The ids of what was deleted lie beside the backups, signed by the clinic's key: a backup of before brings none back.

Ids alone, which say nothing of anybody. The file only ever grows; one that was not signed by this practice is as none.
It is signed and not MACed, because the vault key of an older backup is an older vault key. Managers hold the clinic's
key; everybody else signs with a key for this alone, which the clinic's key has signed, so that an erasure reaches the
backups whoever is there when it ends. That key is of one generation, as the vault key is: a backup made after somebody
left takes nothing that was signed with what they held. To one made before they may add ids, as they may delete it.
What the clinic's key signs is what the vault itself says was deleted, and never what a key of the others signed: each
list stands for itself.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from rapportdesk.errors import Tampered
from rapportdesk.store.file import location
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.tombstones import Tombstones
from rapportdesk.store.tables import (
    ArrivingPatientRow,
    ArrivingRecordRow,
    PatientRow,
    RecordRow,
    TombstoneRow,
    table_of,
)
from rapportdesk.vault.signing import check, new_signing_key, sign, verifying_key

SUFFIX = ".rapport-erased"
_PURPOSE, _KEY_PURPOSE = "erased ids", "key for erased ids"
_SIGNED = ("vault", "ids", "signature", "key")
_LARGEST = 200_000_000
_AT_ONCE = 500  # ids of one statement


def erased_ids(file: VaultFile, vault_key: bytes) -> frozenset[str]:
    """Return the ids of everything that was deleted from a vault, without those that the program did not write."""
    tombstones = Tombstones(vault_key)
    return frozenset(row["id"] for row in file.all_rows(TombstoneRow) if tombstones.is_authentic(row["id"], row["mac"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """The ids of people and of things that a vault holds."""

    patients: frozenset[str]
    records: frozenset[str]


def there_of(file: VaultFile, ids: Iterable[str]) -> There:
    """Return which of these ids a vault holds anything under, be it on its way to its place; opens nothing."""
    wanted = sorted(ids)
    return There(
        patients=_held(file, (PatientRow, ArrivingPatientRow), wanted),
        records=_held(file, (RecordRow, ArrivingRecordRow), wanted),
    )


def _held(file: VaultFile, models: Iterable[type[SQLModel]], wanted: Sequence[str]) -> frozenset[str]:
    found = set[str]()
    with file.reading() as reading:
        for table in map(table_of, models):
            for at in range(0, len(wanted), _AT_ONCE):
                some = table.c.id.in_(wanted[at : at + _AT_ONCE])
                found.update(row["id"] for row in reading.rows(select(table.c.id).where(some)))
    return frozenset(found)


def path_in(folder: Path, vault_id: str) -> Path:
    """Return where the ids lie in a folder of backups."""
    return folder / f"{vault_id}{SUFFIX}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedKey:
    """What signs the ids where no manager is signed in.

    Attributes:
        key: Ed25519, private.
        signature: The clinic's, over its public half and its generation.
        epoch: Of which generation of the vault key it is.
    """

    key: bytes = field(repr=False)
    signature: bytes
    epoch: int = 1

    @classmethod
    def new(cls, vault_id: str, clinic_key: bytes, epoch: int = 1) -> "ErasedKey":
        """Return a new one, signed by the clinic's key."""
        key = new_signing_key()
        said = _certified(vault_id, verifying_key(key), epoch)
        return cls(key=key, signature=sign(clinic_key, _KEY_PURPOSE, *said), epoch=epoch)

    def is_of(self, vault_id: str, clinic_public: bytes) -> bool:
        """Whether the clinic's key signed it."""
        try:
            check(
                clinic_public, self.signature, _KEY_PURPOSE, *_certified(vault_id, verifying_key(self.key), self.epoch)
            )
        except Tampered:
            return False
        return True


def _certified(vault_id: str, public: bytes, epoch: int) -> tuple[str | bytes | int, ...]:
    """Return what the clinic's key signs of such a key; the first generation goes without saying."""
    return (vault_id, public) if epoch == 1 else (vault_id, public, epoch)


def write_erased(
    folder: Path,
    vault_id: str,
    ids: Iterable[str],
    signing_key: bytes | ErasedKey,
    clinic_public: bytes,
    *,
    since: int = 1,
) -> frozenset[str]:
    """Put ids beside the backups of a folder, in addition to those that lie there.

    Args:
        folder: Where backups are.
        vault_id: Whose ids they are.
        ids: Of everything that was deleted.
        signing_key: The clinic's, or the one that it signed for this.
        clinic_public: The public half of the clinic's.
        since: The generation of the vault key. What was signed for an earlier one stays as it was signed.

    Returns:
        Those that lay there before, whoever of this practice signed them.

    Raises:
        OSError: The disk does not let us.
    """
    lists = _lists(folder, vault_id, clinic_public)
    by_clinic = not isinstance(signing_key, ErasedKey)
    ours = [each for each in lists if (each.epoch is None) == by_clinic and each.counts(since)]
    signed_by_clinic = {one for each in lists if each.epoch is None and not by_clinic for one in each.ids}
    everything = sorted({*ids, *(one for each in ours for one in each.ids)} - signed_by_clinic)
    key = signing_key.key if isinstance(signing_key, ErasedKey) else signing_key
    made: dict[str, object] = {
        "vault": vault_id, "ids": everything, "signature": sign(key, _PURPOSE, vault_id, *everything).hex(),
    }  # fmt: skip
    if isinstance(signing_key, ErasedKey):
        public, signature = verifying_key(key).hex(), signing_key.signature.hex()
        made["key"] = {"public": public, "signature": signature, "epoch": signing_key.epoch}
    if former := [each.signed for each in lists if each not in ours and not _says_nothing_more(each, everything)]:
        made["former"] = former
    target = path_in(folder, vault_id)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    location.make_empty(part)
    with part.open("rb+") as out:
        out.write(json.dumps(made).encode("ascii"))
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)
    location.sync_directory(folder)
    return frozenset(one for each in lists for one in each.ids)


def read_erased(folder: Path, vault_id: str, clinic_public: bytes, *, since: int = 1) -> frozenset[str]:
    """Return the ids that lie in a folder of backups; none where they are missing or not signed by this practice.

    Args:
        folder: Where backups are.
        vault_id: Whose ids they are.
        clinic_public: The public half of the clinic's key.
        since: The generation of the vault key in the backup: it holds whatever was deleted in an earlier one, and who
            left by then signs nothing any more.
    """
    lists = _lists(folder, vault_id, clinic_public)
    return frozenset(one for each in lists if each.counts(since) for one in each.ids)


def _says_nothing_more(held: "_List", everything: Iterable[str]) -> bool:
    """Whether a list may go, because what is signed now holds all of it; what the clinic's key signed stays."""
    return held.epoch is not None and frozenset(held.ids) <= frozenset(everything)


def is_listed(folder: Path, vault_id: str, clinic_public: bytes) -> bool:
    """Whether a list that this practice signed lies in a folder, be there anything on it or not."""
    return bool(_lists(folder, vault_id, clinic_public))


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """Ids that were signed together; the epoch is None where the clinic's own key signed them."""

    ids: tuple[str, ...]
    epoch: int | None
    signed: dict[str, Any]

    def counts(self, since: int) -> bool:
        return self.epoch is None or self.epoch >= since


def _lists(folder: Path, vault_id: str, clinic_public: bytes) -> list[_List]:
    """Return what lies in a folder and was signed by this practice, each list for itself."""
    try:
        target = path_in(folder, vault_id)
        if target.stat().st_size > _LARGEST:
            return []
        held = json.loads(target.read_bytes())
        former = held.pop("former", [])
        found = [_list(each, vault_id, clinic_public) for each in (held, *former)]
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return []
    return [each for each in found if each is not None]


def _list(signed: dict[str, Any], vault_id: str, clinic_public: bytes) -> _List | None:
    try:
        ids, signer, epoch = signed["ids"], clinic_public, None
        if not all(isinstance(each, str) for each in ids):
            return None
        if "key" in signed:
            signer, epoch = bytes.fromhex(signed["key"]["public"]), int(signed["key"].get("epoch", 1))
            signature = bytes.fromhex(signed["key"]["signature"])
            check(clinic_public, signature, _KEY_PURPOSE, *_certified(vault_id, signer, epoch))
        check(signer, bytes.fromhex(signed["signature"]), _PURPOSE, vault_id, *ids)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, Tampered):
        return None
    return _List(ids=tuple(ids), epoch=epoch, signed={name: signed[name] for name in _SIGNED if name in signed})
