"""Until when backups hold what is erased now, and which copies nobody lets go of but by hand.

In the folder that a manager chose backups are let go of by rule, and nowhere else: not in one that was chosen before,
and not under a name of somebody's own. What lies on a disk that is away is known from the vault, which remembers it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapportdesk.desk.backup.backup_folder import CHOSEN, is_gone, is_ours, named_at, named_by_us
from rapportdesk.desk.backup.backup_register import BackupRegister
from rapportdesk.desk.backup.erased_lists import backup_places
from rapportdesk.rules.rights.backup_rotation import gone_by
from rapportdesk.store.file.backup_file import SUFFIX
from rapportdesk.store.file.setting_aside import set_aside_beside
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesLeft:
    """Copies that hold what is erased from the vault now.

    Attributes:
        until: The day by which the last of those that are let go of by rule is gone; None where there is none.
        by_hand: Folders and files that are somebody's to destroy.
    """

    until: dt.date | None
    by_hand: tuple[str, ...]


def copies_left(store: SealedStore, file: VaultFile) -> CopiesLeft:
    """Return which copies there are.

    Args:
        store: Of somebody who is signed in.
        file: The vault.
    """
    chosen, stem = store.setting(CHOSEN) or "", file.path.stem
    register = BackupRegister(store)
    inside = [each for each in register.made if chosen and str(Path(each.path).parent) == chosen]
    days = {each.made_at.date() for each in inside if named_at(Path(each.path).name, stem)}
    if chosen:
        days.update(moment.date() for moment in named_by_us(Path(chosen), stem, file.vault_id))
    by_hand = dict.fromkeys(_elsewhere(store, register, file.vault_id, chosen))
    for each in inside:
        path = Path(each.path)
        if named_at(path.name, stem) is None and not is_gone(path):
            by_hand.setdefault(each.path)
    by_hand |= dict.fromkeys(map(str, set_aside_beside(file.path)))
    return CopiesLeft(until=max(map(gone_by, days), default=None), by_hand=tuple(by_hand))


def _elsewhere(store: SealedStore, register: BackupRegister, vault_id: str, chosen: str) -> Iterator[str]:
    """Yield the other folders in which backups were made, but for those that hold none any more."""
    places = backup_places(store)
    known = {chosen, *(place.folder for place in places)}
    for place in places:
        folder = Path(place.folder)
        by_itself_alone = place.by_itself and not place.made and folder.is_dir()
        if place.folder != chosen and not (by_itself_alone and not _holds_one(folder, vault_id)):
            yield place.folder
    last = register.last()  # a vault from before the folders were remembered
    if last is not None and (before := str(Path(last.path).parent)) not in known:
        yield before


def _holds_one(folder: Path, vault_id: str) -> bool:
    return any(is_ours(path, vault_id) for path in folder.glob(f"*{SUFFIX}"))
