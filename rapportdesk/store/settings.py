"""The clinic's own settings lie in the same table as everything else, sealed under the vault key.

Beside them lie the drafts of forms about somebody who is still being added, and what colleagues have entered of
themselves, of which nobody opens another person's; and the library of leaflets.
"""

import dataclasses
import hmac

from sqlalchemy import select

from rapportdesk.errors import Tampered
from rapportdesk.model.leaflet import Leaflet
from rapportdesk.model.own import OfNoPatient
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.records import RECORD, Records
from rapportdesk.store.setting import Setting
from rapportdesk.store.tables import RecordRow, table_of
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame
from rapportdesk.vault.kdf import derive

FORMER_KEYS = "former-vault-keys"
"""The one that holds keys (`rapportdesk.store.rekeying.former_keys`), and so is in no list."""


class Settings:
    """The settings of one vault.

    Args:
        file: The vault.
        records: Seals and opens them.
        vault_key: Turns a setting's name into an id that says nothing.
    """

    def __init__(self, file: VaultFile, records: Records, vault_key: bytes) -> None:
        self._file = file
        self._records = records
        self._key = _naming_key(vault_key)

    def all(self) -> dict[str, str]:
        """Return every setting by its name, but for the keys."""
        table = table_of(RecordRow)
        with self._file.reading() as reading:
            rows = reading.rows(select(table).where(table.c.patient_id.is_(None)))
            found = [self._records.thing(self._records.open_row(reading, row)) for row in rows]
        if not all(each is None or isinstance(each, Setting | OfNoPatient | Leaflet) for each in found):
            raise tampered()
        return {each.name: each.value for each in found if isinstance(each, Setting) and each.name != FORMER_KEYS}

    def get(self, name: str) -> str | None:
        """Return one setting, or None; whatever else was changed from outside keeps nobody from it.

        Raises:
            Tampered: It does not authenticate.
        """
        with self._file.reading() as reading:
            row = reading.row(RecordRow, id=_record_id(self._key, name))
            found = None if row is None else self._records.thing(self._records.open_row(reading, row))
        if found is not None and (not isinstance(found, Setting) or found.name != name):
            raise tampered()
        return None if found is None else found.value

    def put(self, name: str, value: str) -> None:
        """Set one."""
        record_id = _record_id(self._key, name)
        table = table_of(RecordRow)
        with self._file.writing() as writing:
            rows = writing.rows(select(table).where(table.c.id == record_id))
            revision = self._records.open_row(writing, rows[0]).revision + 1 if rows else 1
            envelope = self._records.envelope(Setting(id=record_id, name=name, value=value, revision=revision))
            sealed = self._records.seal(
                writing, envelope, table=RECORD, record_id=record_id, patient_id=None, revision=revision
            )
            writing.put(RecordRow, id=record_id, patient_id=None, revision=revision, sealed=sealed)

    def rename(self, vault_key: bytes) -> None:
        """Put every setting where it is looked for under another vault key; it stays sealed under this one.

        A row that does not open stays where it is, for `verify` to name.
        """
        table, key = table_of(RecordRow), _naming_key(vault_key)
        with self._file.writing() as writing:
            for row in writing.rows(select(table).where(table.c.patient_id.is_(None))):
                try:
                    setting = self._records.thing(self._records.open_row(writing, row))
                except Tampered:
                    continue
                if not isinstance(setting, Setting):
                    continue
                renamed = dataclasses.replace(setting, id=_record_id(key, setting.name))
                sealed = self._records.seal(
                    writing,
                    self._records.envelope(renamed),
                    table=RECORD,
                    record_id=renamed.id,
                    patient_id=None,
                    revision=renamed.revision,
                )
                writing.remove(RecordRow, id=setting.id)
                writing.put(RecordRow, id=renamed.id, patient_id=None, revision=renamed.revision, sealed=sealed)


def _naming_key(vault_key: bytes) -> bytes:
    return derive(vault_key, info=frame("rapportdesk setting"))


def _record_id(key: bytes, name: str) -> str:
    return hmac.digest(key, name.encode(), "sha256")[:16].hex()
