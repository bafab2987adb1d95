"""What the vault remembers of its backups lies sealed beside the settings: where each was put, which sheet opens it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from rapportdesk.desk.backup.backup_folder import is_gone
from rapportdesk.model.backup import Backup, NotMade
from rapportdesk.rules.rights.backup_rotation import gone_by
from rapportdesk.store.sealed_store import SealedStore

_SETTING, _BEFORE = "backups", "last-backup"
_ONE = TypeAdapter(Backup)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    made: tuple[Backup, ...] = ()
    not_made: NotMade | None = None


_FORM = TypeAdapter(_Kept)


class BackupRegister:
    """Every backup that may still lie somewhere, and the last try that came to nothing.

    Args:
        store: Of somebody who is signed in.
    """

    def __init__(self, store: SealedStore) -> None:
        self._store = store
        kept = store.setting(_SETTING)
        if kept is not None:
            self._kept = _FORM.validate_json(kept)
        else:  # a vault from before there was a list
            last = store.setting(_BEFORE)
            self._kept = _Kept(made=() if last is None else (_ONE.validate_json(last),))

    @property
    def made(self) -> tuple[Backup, ...]:
        """What may still be there, oldest first."""
        return self._kept.made

    @property
    def not_made(self) -> NotMade | None:
        """The last try, if it came to nothing."""
        return self._kept.not_made

    def last(self, wanted: Callable[[Backup], bool] = lambda _each: True) -> Backup | None:
        """Return the last that was made, or the last one wanted, or None."""
        return next(filter(wanted, reversed(self._kept.made)), None)

    def add(self, made: Backup) -> None:
        """Remember one; what is gone by rule and is not there is forgotten.

        Both: a clock that stood years ahead for a day would else have all of them forgotten, and with them the sheets
        that still open them.
        """
        today = made.made_at.date()
        still = [
            each for each in self._kept.made if gone_by(each.made_at.date()) >= today or not is_gone(Path(each.path))
        ]
        self._keep(_Kept(made=(*still, made)))

    def forget(self, paths: Iterable[str]) -> None:
        """Forget what was let go of."""
        gone = frozenset(paths)
        if gone:
            self._keep(replace(self._kept, made=tuple(each for each in self._kept.made if each.path not in gone)))

    def damaged(self, paths: Iterable[str]) -> None:
        """Remember of backups that they are not what was written any more."""
        hit = frozenset(paths)
        made = tuple(replace(each, damaged=each.damaged or each.path in hit) for each in self._kept.made)
        self._keep(replace(self._kept, made=made))

    def failed(self, at: dt.datetime, words: str) -> None:
        """Remember that one could not be made."""
        self._keep(replace(self._kept, not_made=NotMade(at=at, words=words)))

    def opened_by(self, sheet: int) -> tuple[Backup, ...]:
        """Return those that a recovery sheet of the desk opens."""
        return tuple(each for each in self._kept.made if sheet in each.sheets)

    def _keep(self, kept: _Kept) -> None:
        self._kept = kept
        self._store.put_setting(_SETTING, _FORM.dump_json(kept).decode())
