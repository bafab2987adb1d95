"""The clinic's own settings lie in the same table as everything else, sealed under the vault key.

Beside them lie the drafts of forms about somebody who is still being added; nobody opens another person's.
"""

import hmac

from sqlalchemy import select

from rapportdesk.model.draft import FormDraft
from rapportdesk.store.records import RECORD, Records
from rapportdesk.store.setting import Setting
from rapportdesk.store.tables import RecordRow, table_of
from rapportdesk.store.vault_file import VaultFile
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame
from rapportdesk.vault.kdf import derive


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
        self._key = derive(vault_key, info=frame("rapportdesk setting"))

    def all(self) -> dict[str, str]:
        """Return every setting by its name."""
        table = table_of(RecordRow)
        with self._file.reading() as reading:
            rows = reading.rows(select(table).where(table.c.patient_id.is_(None)))
            found = [self._records.thing(self._records.open_row(reading, row)) for row in rows]
        if not all(each is None or isinstance(each, Setting | FormDraft) for each in found):
            raise tampered()
        return {each.name: each.value for each in found if isinstance(each, Setting)}

    def put(self, name: str, value: str) -> None:
        """Set one."""
        record_id = hmac.digest(self._key, name.encode(), "sha256")[:16].hex()
        table = table_of(RecordRow)
        with self._file.writing() as writing:
            rows = writing.rows(select(table).where(table.c.id == record_id))
            revision = self._records.open_row(writing, rows[0]).revision + 1 if rows else 1
            envelope = self._records.envelope(Setting(id=record_id, name=name, value=value, revision=revision))
            sealed = self._records.seal(
                writing, envelope, table=RECORD, record_id=record_id, patient_id=None, revision=revision
            )
            writing.put(RecordRow, id=record_id, patient_id=None, revision=revision, sealed=sealed)
