"""A practice system's export that is dropped in one folder is brought in once it has stopped growing, and put away.

Only while somebody is signed in: nothing else holds the keys. A file is taken aside before it is read, so that what is
read is what was looked at; a link is never followed. What cannot be read lies in failed/ with the reason beside it, in
which no word of a patient's stands.
"""

import contextlib
import datetime as dt
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from rapportdesk.desk.bring_in.bringing import Bringing
from rapportdesk.desk.bring_in.import_report import ImportReport
from rapportdesk.desk.bring_in.import_tables import TableSettings
from rapportdesk.desk.bring_in.imports import Imports
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.staff import Role

DONE, FAILED, READING = "done", "failed", ".reading"
_FOLDER, _LAST = "watched-folder", "watched-last"
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", "~", ".swp")
_AT_MOST = 1000  # files of one look; a folder with more is somebody's whole disk

Sizes = dict[str, tuple[int, int]]
"""What lies in the folder by name: bytes, and when it was last written (nanoseconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of the last file, for one line on Today.

    Attributes:
        of: When the file was written, UTC.
        at: When it was brought in, UTC.
        appointments: Added, changed and cancelled ones together.
        waiting: How many people wait to be decided about.
        failed: It could not be read, and lies in failed/.
    """

    of: dt.datetime
    at: dt.datetime
    appointments: int = 0
    patients: int = 0
    waiting: int = 0
    failed: bool = False


_FORM = TypeAdapter(Brought)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was taken aside to be read."""

    path: Path
    name: str
    of: dt.datetime
    bringing: Bringing


class WatchedFolder:
    """The folder, if a manager has set one."""

    def __init__(self, session: Callable[[], Session], imports: Imports) -> None:
        self._session = session
        self._imports = imports

    def folder(self) -> Path | None:
        """Return the folder that is watched, or None."""
        kept = self._session().store.setting(_FOLDER)
        return Path(kept) if kept else None

    def set(self, folder: Path | None) -> None:
        """Watch a folder from now on, or none; done/ and failed/ are made in it.

        Raises:
            BadInput: It is no folder, a link, or cannot be written to.
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        if folder is not None:
            _check(folder)
        with session.transaction():
            session.store.put_setting(_FOLDER, "" if folder is None else os.fspath(folder.absolute()))
            session.record(AuditAction.PRACTICE_CHANGED, why="watched folder")

    def look(self) -> Sizes:
        """Return the files that lie in the folder and may be brought in once they have stopped growing.

        Links, hidden files, folders and what a program says is unfinished are left where they are.
        """
        folder, found = self.folder(), Sizes()
        if folder is None:
            return found
        with contextlib.suppress(OSError), os.scandir(folder) as entries:  # a share that is away is looked at again
            for entry in entries:
                hidden = entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED)
                if not hidden and entry.is_file(follow_symlinks=False) and len(found) < _AT_MOST:
                    status = entry.stat(follow_symlinks=False)
                    found[entry.name] = status.st_size, status.st_mtime_ns
        return found

    def take(self, name: str, size: tuple[int, int]) -> Taken | None:
        """Take a file aside that has stopped growing; None when it has changed or gone since it was looked at.

        Args:
            name: From `look`.
            size: What `look` said of it.
        """
        session, folder = self._session(), self.folder()
        if folder is None:
            return None
        aside = _free(folder / READING, name)
        try:
            _make_ours(aside.parent)
            (folder / name).rename(aside)
            status = aside.lstat()
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode) or (status.st_size, status.st_mtime_ns) != size:
            with contextlib.suppress(OSError):
                aside.rename(_free(folder, name))
            return None
        of = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC)
        tables = self._imports.tables([aside]).settings(TableSettings())
        return Taken(aside, name, of if of <= session.now() else session.now(), self._imports.begin([aside], tables))

    def finish(self, taken: Taken, report: ImportReport) -> None:
        """Put a file away that was brought in, and remember what came of it."""
        visits, people = report.appointments, report.patients
        self._put_away(taken, DONE)
        self._remember(
            Brought(
                of=taken.of, at=self._session().now(), waiting=people.waiting, patients=people.added + people.changed,
                appointments=visits.added + visits.changed + visits.cancelled,
            )
        )  # fmt: skip

    def fail(self, taken: Taken, error: RapportError) -> None:
        """Put a file away that could not be brought in, with the reason beside it."""
        put = self._put_away(taken, FAILED)
        if put is not None:
            reason = _free(put.parent, f"{put.name}.reason.txt")
            with contextlib.suppress(OSError), reason.open("x", encoding="utf-8") as out:  # "x" writes through no link
                out.write(f"{error}\n")  # on a full disk Today says that it failed all the same
        self._remember(Brought(of=taken.of, at=self._session().now(), failed=True))

    def put_back(self) -> None:
        """Let files that were taken aside when the program ended be read again; reading twice changes nothing."""
        folder = self.folder()
        if folder is not None and (folder / READING).is_dir():
            with contextlib.suppress(OSError):
                _make_ours(folder / READING)
                for left in sorted((folder / READING).iterdir()):
                    left.rename(_free(folder, left.name))

    def last(self) -> Brought | None:
        """Return what came of the last file, or None where none was ever brought in."""
        kept = self._session().store.setting(_LAST)
        return None if kept is None else _FORM.validate_json(kept)

    def _remember(self, brought: Brought) -> None:
        self._session().store.put_setting(_LAST, _FORM.dump_json(brought).decode())

    def _put_away(self, taken: Taken, where: str) -> Path | None:
        put = _free(taken.path.parent.parent / where, taken.name)
        try:
            _make_ours(put.parent)
            taken.path.rename(put)
        except OSError:
            return None
        return put


def _check(folder: Path) -> None:
    try:
        if folder.is_symlink() or not folder.is_dir():
            raise BadInput(_("That is no folder."), _("Choose one that your practice system can write to."))
        for name in (DONE, FAILED):
            _make_ours(folder / name)
    except OSError:
        raise BadInput(_("That folder cannot be written to."), _("Choose another one.")) from None


def _make_ours(folder: Path) -> None:
    """Make one of the folders in it; OSError where a link lies there, which would lead to other files."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink():
        raise NotADirectoryError


def _free(folder: Path, name: str) -> Path:
    """Return a path in a folder at which nothing lies yet: a file of the same name is never overwritten."""
    path, number = folder / name, 2
    while os.path.lexists(path):
        path, number = folder / f"{Path(name).stem} ({number}){Path(name).suffix}", number + 1
    return path
