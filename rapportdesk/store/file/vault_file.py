"""The vault's file, and the rows in it that hand out keys.

Nobody's key is needed to open it and to read slots, grants and sheets; to write any of them somebody must be signed in,
because the manifest counts these rows too. All of it is called from one thread at a time.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Self

from sqlalchemy import select

from rapportdesk.store.file import location
from rapportdesk.store.file.ballast import Ballast
from rapportdesk.store.file.migrating import MIGRATIONS
from rapportdesk.store.file.one_connection import OneConnection
from rapportdesk.store.tables import (
    AuditRow,
    CliniciansKeyRow,
    GrantRow,
    HeaderRow,
    PatientRow,
    RecordRow,
    SheetRow,
    StaffSlotRow,
    table_of,
)
from rapportdesk.vault.grants import Grant
from rapportdesk.vault.keys import CliniciansPublic
from rapportdesk.vault.sheets import Sheet
from rapportdesk.vault.slot import StaffSlot


class VaultFile(OneConnection):
    """An open vault. Made by `create` or `open`; a context manager that closes.

    Attributes:
        path: Where it lies.
        vault_id: Its random id, bound into every seal.
    """

    vault_id = ""

    @classmethod
    def create(cls, path: Path, *, vault_id: str, migrations: Path = MIGRATIONS) -> Self:
        """Make a new file, readable by its owner alone. It is a vault once `SealedStore.found` has been there.

        Args:
            path: Where nothing lies yet, or a file that was begun this way and never founded.
            vault_id: A new random id.
            migrations: Where the steps to the newest form lie.

        Raises:
            VaultFault: Something lies there already, or the file cannot be made.
            VaultBusy: Another process is making it.
        """
        if path.exists() and cls._was_never_founded(path, migrations):
            location.remove(path)
        location.make_empty(path)
        try:
            file = cls(path, migrations)
        except BaseException:
            location.remove(path)
            raise
        file.vault_id = vault_id
        return file

    @classmethod
    def open(cls, path: Path, *, migrations: Path = MIGRATIONS, keeps_former: bool = True) -> Self:
        """Open a vault, and bring an older one to the newest form after copying it.

        Args:
            path: Where it lies.
            migrations: Where the steps to the newest form lie.
            keeps_former: Whether it is copied first; a copy that is thrown away or just out of a backup need not be.

        Raises:
            VaultMissing: There is none at this path, or one that was begun and never founded.
            VaultBusy: Another process has it open.
            NewerFormat: A later version wrote it; it has not been touched.
            VaultFault: It cannot be read or written, or is no vault.
        """
        if location.check_existing(path) == 0 and path.stat().st_size == 0:
            raise location.missing()
        file = cls(path, migrations, keeps_former=keeps_former)
        try:
            header = file.one(HeaderRow)
            if header is None or file.is_unfounded():
                raise location.missing()
        except BaseException:  # a disk that gave way here would keep whoever tries again out
            file.close()
            raise
        file.vault_id = header["vault_id"]
        file.ballast.refill()
        return file

    @property
    def ballast(self) -> Ballast:
        """The room that is kept for the day the disk is full."""
        return Ballast(self.path)

    @property
    def device_key_id(self) -> str:
        """Which key of the computer's password store opens the slots' outer layer."""
        header = self.one(HeaderRow)
        if header is None:
            raise location.missing()
        return str(header["device_key_id"])

    def set_device_key_id(self, device_key_id: str) -> None:
        """Say which key of the password store is the one from this commit on."""
        with self.writing() as writing:
            writing.put(HeaderRow, id=1, vault_id=self.vault_id, device_key_id=device_key_id)

    def slots(self) -> tuple[StaffSlot, ...]:
        """Return everybody's slot."""
        return tuple(StaffSlot(**row) for row in self.all_rows(StaffSlotRow))

    def slot(self, staff_id: str) -> StaffSlot | None:
        """Return one person's slot, or None."""
        row = self.one(StaffSlotRow, staff_id=staff_id)
        return None if row is None else StaffSlot(**row)

    def put_slot(self, slot: StaffSlot) -> None:
        """Add or replace a slot."""
        with self.writing() as writing:
            writing.put(StaffSlotRow, **slot._asdict())

    def remove_slot(self, staff_id: str) -> bool:
        """Take a slot out; False if there is none."""
        with self.writing() as writing:
            return writing.remove(StaffSlotRow, staff_id=staff_id)

    def grants(self, recipient: str | None = None) -> tuple[Grant, ...]:
        """Return every grant, or those to one person or sheet, by epoch."""
        grants = (Grant(**row) for row in self.all_rows(GrantRow))
        chosen = [grant for grant in grants if recipient is None or grant.recipient == recipient]
        return tuple(sorted(chosen, key=lambda grant: (grant.kind, grant.epoch)))

    def put_grant(self, grant: Grant) -> None:
        """Add or replace a grant."""
        with self.writing() as writing:
            writing.put(GrantRow, **asdict(grant))

    def remove_grant(self, grant_id: str) -> bool:
        """Take a grant out; False if there is none."""
        with self.writing() as writing:
            return writing.remove(GrantRow, grant_id=grant_id)

    def remove_grants(self, recipient: str) -> int:
        """Take every grant to one person or sheet out; returns how many."""
        with self.writing() as writing:
            return sum(writing.remove(GrantRow, grant_id=grant.grant_id) for grant in self.grants(recipient))

    def sheets(self) -> tuple[Sheet, ...]:
        """Return every recovery sheet, by number."""
        return tuple(sorted((Sheet(**row) for row in self.all_rows(SheetRow)), key=lambda sheet: sheet.number))

    def put_sheet(self, sheet: Sheet) -> None:
        """Add or replace a recovery sheet."""
        with self.writing() as writing:
            writing.put(SheetRow, **asdict(sheet))

    def remove_sheet(self, sheet_id: str) -> bool:
        """Take a sheet out; False if there is none."""
        with self.writing() as writing:
            return writing.remove(SheetRow, sheet_id=sheet_id)

    def clinicians_chain(self) -> tuple[CliniciansPublic, ...]:
        """Return every generation of the clinicians' public keys, oldest first; not yet verified."""
        generations = (CliniciansPublic(**row) for row in self.all_rows(CliniciansKeyRow))
        return tuple(sorted(generations, key=lambda generation: generation.epoch))

    def put_clinicians(self, generation: CliniciansPublic) -> None:
        """Add or replace one generation of the clinicians' public keys."""
        with self.writing() as writing:
            writing.put(CliniciansKeyRow, **asdict(generation))

    def is_unfounded(self) -> bool:
        """Whether nobody could ever have signed in or kept anything here."""
        with self.reading() as reading:
            return not any(
                reading.rows(select(table_of(model)).limit(1))
                for model in (StaffSlotRow, PatientRow, RecordRow, AuditRow)
            )

    def discard(self) -> None:
        """Close and delete the file: for a beginning that failed."""
        self.close()
        self.ballast.discard()
        location.remove(self.path)

    @classmethod
    def _was_never_founded(cls, path: Path, migrations: Path) -> bool:
        if location.check_existing(path) == 0 and path.stat().st_size == 0:
            return True
        file = cls(path, migrations)
        try:
            return file.is_unfounded()
        finally:
            file.close()
