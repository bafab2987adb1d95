"""Who keeps which recovery sheet and when it was tried lies sealed beside the settings; a code never does."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from rapportdesk.model.backup import Backup
from rapportdesk.model.sheet import KeptSheet, SheetKind
from rapportdesk.rules.rights.backup_rotation import gone_by
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.sheets import Sheet

_SETTING = "recovery-sheets"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    holder: str = ""
    made_on: dt.date | None = None
    proved_on: dt.date | None = None
    retired_on: dt.date | None = None
    kind: SheetKind = "desk"
    number: int = 0  # of a retired one: what is still in the file says its own


_FORM = TypeAdapter(dict[str, _Entry])


class SheetRegister:
    """What is known of the sheets in the file.

    Args:
        store: Of somebody who is signed in.
        file: The vault.
    """

    def __init__(self, store: SealedStore, file: VaultFile) -> None:
        self._store, self._file = store, file
        kept = store.setting(_SETTING)
        self._entries = _FORM.validate_json(kept) if kept is not None else {}

    def sheets(self) -> tuple[KeptSheet, ...]:
        """Return every sheet, by number."""
        return tuple(self.of(sheet) for sheet in self._file.sheets())

    def of(self, sheet: Sheet) -> KeptSheet:
        """Return what is known of one sheet."""
        entry = self._entries.get(sheet.sheet_id, _Entry())
        return KeptSheet(
            kind=sheet.kind, number=sheet.number, holder=entry.holder, made_on=entry.made_on, proved_on=entry.proved_on
        )

    def made(self, sheet: Sheet, holder: str, day: dt.date) -> None:
        """Keep who was given a new sheet."""
        self._entries[sheet.sheet_id] = _Entry(holder=holder, made_on=day)
        self._keep()

    def given_to(self, sheet: Sheet, holder: str) -> None:
        """Keep who has a sheet from now on."""
        self._entries[sheet.sheet_id] = replace(self._entries.get(sheet.sheet_id, _Entry()), holder=holder)
        self._keep()

    def proved(self, sheet: Sheet, day: dt.date) -> None:
        """Keep that a sheet was tried and opened what it should."""
        self._entries[sheet.sheet_id] = replace(self._entries.get(sheet.sheet_id, _Entry()), proved_on=day)
        self._keep()

    def retired(self, sheet: Sheet, day: dt.date) -> None:
        """Keep that a sheet opens the desk no more: backups that were made before do open with it."""
        before = self._entries.get(sheet.sheet_id, _Entry())
        self._entries[sheet.sheet_id] = replace(before, retired_on=day, kind=sheet.kind, number=sheet.number)
        self._keep()

    def remove(self, sheet_id: str) -> None:
        """Forget a sheet whose code nobody was ever given."""
        if self._entries.pop(sheet_id, None) is not None:
            self._keep()

    def highest(self) -> int:
        """Return the highest number that a sheet ever had: none is given twice, or two papers would say the same."""
        return max((entry.number for entry in self._entries.values()), default=0)

    def older(self, made: Sequence[Backup], today: dt.date) -> tuple[KeptSheet, ...]:
        """Return the retired sheets that still open a backup, by number.

        Args:
            made: The backups that may still be somewhere.
            today: The practice's day.
        """
        found = []
        for entry in self._entries.values():
            opened = [gone_by(each.made_at.date()) for each in made if _opens(entry, each)]
            if entry.retired_on is not None and opened and max(opened) >= today:
                found.append(
                    KeptSheet(
                        kind=entry.kind, number=entry.number, holder=entry.holder, made_on=entry.made_on,
                        proved_on=entry.proved_on, retired_on=entry.retired_on, opens_until=max(opened),
                    )
                )  # fmt: skip
        return tuple(sorted(found, key=lambda sheet: sheet.number))

    def _keep(self) -> None:
        self._store.put_setting(_SETTING, _FORM.dump_json(self._entries).decode())


def _opens(entry: _Entry, backup: Backup) -> bool:
    """Whether a retired sheet opens a backup; the clinicians' opens what is theirs in every one made before."""
    if entry.kind == "clinicians":
        return entry.retired_on is not None and backup.made_at.date() <= entry.retired_on
    return entry.number in backup.sheets
