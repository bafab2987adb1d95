"""A new sheet of the desk comes with a backup that it opens: the old backups open with the old sheets alone.

So a practice that has lost its code is never left with nothing that its paper opens: the backup is written, read back,
and opened with the new code, before anybody is given the code.
"""

from collections.abc import Callable, Generator
from pathlib import Path

from rapportdesk.desk.backup.backups import Backups
from rapportdesk.desk.session import Session
from rapportdesk.desk.sheets.sheets import SheetCode, Sheets
from rapportdesk.errors import NoPlaceForBackup, RapportError
from rapportdesk.language import _
from rapportdesk.model.staff import Role


class SheetRenewal:
    """Sheets of the desk that are made together with a backup.

    Args:
        session: The sign-in.
        sheets: The recovery sheets.
        backups: Copies of the vault.
    """

    def __init__(self, session: Callable[[], Session], sheets: Sheets, backups: Backups) -> None:
        self._session, self._sheets, self._backups = session, sheets, backups

    def new_desk_sheet_in_steps(self, holder: str = "") -> Generator[tuple[int, int], None, SheetCode]:
        """Make a further sheet for the desk, and first a backup that opens with it; older ones go on working.

        Args:
            holder: Who will keep it.

        Yields:
            How much is done of what is being done, and how much there is.

        Returns:
            What is printed on it, as the generator's return value. Where the backup could not be made or does not open
            there is no new sheet.

        Raises:
            NoPlaceForBackup: Nobody has said where backups go, or that place is not there.
            NotAllowed: The signed-in person is no manager.
            RapportError: The backup could not be made, or does not open with the new code.
        """
        self._session().require(Role.MANAGER)
        if not self._backups.status().folder_is_there:
            raise NoPlaceForBackup(
                _("A new sheet wants a fresh backup, and there is no place for one now."),
                _("Plug the disk in, or say under Backups where they go."),
            )
        code = self._sheets.new_desk_sheet(holder)
        try:
            made = yield from self._backups.make_in_steps()
            yield from self._backups.prove_in_steps(Path(made.path), code.code)
        except RapportError:
            self._sheets.take_back(code.number)
            raise
        return code
