"""A new vault key is there by one small commit; what still lies under a former one is moved under it afterwards.

Until that is done the former keys lie in the file, sealed under the present one: whoever holds it opens everything, and
a program that was cut off goes on. A leaver's key opens none of what is written from that commit on, for a patient's
key is replaced before the next write about them, and the total over all rows is sealed under the present key alone.
"""

import json
from dataclasses import dataclass, field

from rapportdesk.errors import NewerFormat, Tampered, VaultDamaged
from rapportdesk.store.audit.former_lines import FormerLines
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.records.envelope import Envelopes
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.records.records import Records
from rapportdesk.store.settings import FORMER_KEYS, Settings
from rapportdesk.vault.keys import SessionKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerKeys:
    """What is still done with former vault keys.

    Attributes:
        wrapping: Those under which a patient's key may still be wrapped, newest first.
        counting: The one whose rows' terms the manifest still adds up; None for the present one's.
        lines: Which lines of the audit lie under one; None for none of them.
    """

    wrapping: tuple[bytes, ...] = field(default=(), repr=False)
    counting: bytes | None = field(default=None, repr=False)
    lines: FormerLines | None = None

    def keep(self, settings: Settings) -> None:
        """Keep it, under the key of these settings."""
        counting = self.counting.hex() if self.counting is not None else None
        lines = self.lines.told() if self.lines is not None else None
        told = {"wrapping": [key.hex() for key in self.wrapping], "counting": counting, "lines": lines}
        settings.put(FORMER_KEYS, json.dumps(told))

    @classmethod
    def read(cls, settings: Settings) -> "FormerKeys":
        """Return what is kept; none where it does not authenticate, and `verify` names it and what it would open.

        Raises:
            VaultFault: The disk did not give it. Whoever went on without it would write totals that are wrong for good.
        """
        try:
            try:
                kept = settings.get(FORMER_KEYS)
            except VaultDamaged:  # a read that failed once looks like that, too
                kept = settings.get(FORMER_KEYS)
        except (Tampered, NewerFormat, VaultDamaged):
            return cls()
        if kept is None:
            return cls()
        told = json.loads(kept)
        counting, lines = told["counting"], told.get("lines")  # absent before lines were moved in steps
        return cls(
            wrapping=tuple(map(bytes.fromhex, told["wrapping"])),
            counting=None if counting is None else bytes.fromhex(counting),
            lines=None if lines is None else FormerLines.read(lines),
        )


def settings_under(file: VaultFile, keys: SessionKeys) -> Settings:
    """Return the settings as they lie under a vault key."""
    records = Records(PatientKeys(keys.vault_key), Envelopes(file.vault_id, keys, file.clinicians_chain))
    return Settings(file, records, keys.vault_key)


def former_keys_of(file: VaultFile, vault_key: bytes) -> FormerKeys:
    """Return what is still done with former keys, for somebody who holds the vault key and has not signed in."""
    nobody = SessionKeys(
        staff_id="", private_key=b"", vault_key=vault_key, signing_key=None, clinicians=(), clinic_public=b"",
        device_key=b"",
    )  # fmt: skip
    return FormerKeys.read(settings_under(file, nobody))


def keeper_of(file: VaultFile, vault_key: bytes) -> ManifestKeeper:
    """Return who keeps the manifest for somebody who holds the vault key and has not signed in."""
    return ManifestKeeper(vault_key, file.vault_id, counting=former_keys_of(file, vault_key).counting)
