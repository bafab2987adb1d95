"""The first milliseconds, before Qt is imported: another process finds out who may sign in while this one imports Qt.

A file that is there is never begun anew, whatever is the matter with it or with its key.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rapportdesk.desk.door.door_question import DoorQuestion
from rapportdesk.errors import RapportError

if TYPE_CHECKING:
    from rapportdesk.desk.door.door import Door
    from rapportdesk.desk.keys.custody import Custody


A_BLINK_S = 0.04
"""So long the first paint waits for the names; a page without them is worth nothing to anybody."""


class Asked(Protocol):
    """Who may sign in, asked for and on its way."""

    def door(self) -> "Door":
        """Wait for the answer; raises VaultFault or CustodyFault when there is none to be had."""

    def is_answered_within(self, seconds: float) -> bool:
        """Wait for the answer no longer than `seconds`; it may still come later."""

    def cancel(self) -> None:
        """Stop waiting."""


class Beginning:
    """What a run begins with.

    Args:
        vault: The vault's file.
        custody: Where its key is kept; the operating system's password store unless given.
        asked: Who may sign in, on its way; None without a file.
    """

    def __init__(self, vault: Path, custody: "Custody | None" = None, asked: Asked | None = None) -> None:
        self.vault = vault
        self.asked = asked
        self._custody = custody

    @property
    def custody(self) -> "Custody":
        """Where the key is kept."""
        if self._custody is None:
            from rapportdesk.desk.keys.custody import system_custody

            self._custody = system_custody()
        return self._custody

    @property
    def is_first_run(self) -> bool:
        """Whether there is no file at all."""
        return self.asked is None

    def door_at_once(self) -> "Door | None":
        """Return who may sign in if that is known before anybody could blink.

        None while the answer is on its way, and when it is a fault: whoever asks `asked` again is told which.
        """
        if self.asked is None or not self.asked.is_answered_within(A_BLINK_S):
            return None
        try:
            return self.asked.door()
        except RapportError:
            return None

    def again(self) -> "Beginning":
        """Return a fresh beginning of the same vault, for another try."""
        return begin(self.vault, self._custody)


class AskedHere:
    """The same answer found out in this process: where the key is in memory, and for tests."""

    def __init__(self, vault: Path, custody: "Custody") -> None:
        self._vault, self._custody = vault, custody

    def door(self) -> "Door":
        """Read the doorway, ask for the key, open the names."""
        from rapportdesk.desk.door.doorway import open_door, read_doorway

        doorway = read_doorway(self._vault)
        return open_door(doorway, self._custody.read(doorway.device_key_id))

    def is_answered_within(self, _seconds: float) -> bool:
        """It is found out when it is asked for, in memory."""
        return True

    def cancel(self) -> None:
        """There is nothing to stop."""


def begin(vault: Path, custody: "Custody | None" = None, *, ahead: DoorQuestion | None = None) -> Beginning:
    """Ask who may sign in, without waiting for it.

    Args:
        vault: The vault's file, which need not exist.
        custody: Where its key is kept; the operating system's password store unless given.
        ahead: A question that was started and not put yet, for the operating system's password store.
    """
    if not vault.exists():
        if ahead is not None:
            ahead.cancel()
        return Beginning(vault, custody)
    if custody is not None:
        return Beginning(vault, custody, AskedHere(vault, custody))
    asked = ahead or DoorQuestion()
    asked.ask(vault)
    return Beginning(vault, custody, asked)
