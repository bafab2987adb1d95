"""What a session's keys make of a vault's file, made together and dropped together."""

from dataclasses import dataclass

from rapportdesk.clock import Clock
from rapportdesk.store.audit.audit_log import AuditLog
from rapportdesk.store.audit.audit_retention import read_start
from rapportdesk.store.bulk.arrivals import Arrivals
from rapportdesk.store.checking.row_checks import RowChecks
from rapportdesk.store.checking.verification import Verifier
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.records.change_log import ChangeLog
from rapportdesk.store.records.envelope import Envelopes
from rapportdesk.store.records.identities import Identities
from rapportdesk.store.records.joins import Joins
from rapportdesk.store.records.open_cards import OpenCards
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.records.records import Records
from rapportdesk.store.records.things import Things
from rapportdesk.store.records.tombstones import Tombstones
from rapportdesk.store.rekeying.former_keys import FormerKeys, settings_under
from rapportdesk.store.rekeying.patient_key_rotation import PatientKeyRotation
from rapportdesk.store.settings import Settings
from rapportdesk.vault.keys import SessionKeys


@dataclass(slots=True, kw_only=True)
class Opened:
    """Everything that has a key in it; dropped as a whole at lock."""

    keys: SessionKeys
    former: FormerKeys
    keeper: ManifestKeeper
    records: Records
    identities: Identities
    joins: Joins
    things: Things
    settings: Settings
    audit: AuditLog
    changes: ChangeLog
    tombstones: Tombstones
    rotation: PatientKeyRotation
    arrivals: Arrivals
    cards: OpenCards

    def verifier(self, file: VaultFile) -> Verifier:
        """Return what opens and authenticates everything in the file."""
        checks = RowChecks(
            vault_key=self.keys.vault_key,
            former_keys=lambda: self.former.wrapping,
            records=self.records,
            identities=self.identities,
            audit=self.audit,
            audit_start=lambda: read_start(self.settings),
            tombstones=self.tombstones,
        )
        return Verifier(file=file, keys=self.keys, keeper=self.keeper, checks=checks)


def open_with(file: VaultFile, keys: SessionKeys, clock: Clock) -> Opened:
    """Return everything that works with one person's keys; read is what is left under former vault keys, if any."""
    former = FormerKeys.read(settings_under(file, keys)) if keys.vault_key_epoch > 1 else FormerKeys()
    patient_keys = PatientKeys(keys.vault_key, keys.vault_key_epoch, former.wrapping)
    tombstones = Tombstones(keys.vault_key)
    records = Records(patient_keys, Envelopes(file.vault_id, keys, file.clinicians_chain))
    settings = Settings(file, records, keys.vault_key)
    joins, cards = Joins(settings), OpenCards(lambda: file.rows_changed)
    keeper = ManifestKeeper(keys.vault_key, file.vault_id, counting=former.counting)
    return Opened(
        keys=keys,
        former=former,
        keeper=keeper,
        records=records,
        identities=Identities(file, patient_keys, tombstones, joins, cards),
        joins=joins,
        things=Things(file, records, tombstones, keys.staff_id, joins, cards),
        settings=settings,
        audit=AuditLog(file, keys.vault_key, clock, former.lines),
        changes=ChangeLog(file, keys.vault_key),
        tombstones=tombstones,
        rotation=PatientKeyRotation(file, patient_keys),
        arrivals=Arrivals(file, settings),
        cards=cards,
    )
