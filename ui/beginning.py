"""The first milliseconds, before Qt is imported: the file's doorway is read and the password store is asked.

The password store answers in a process of its own while this one imports Qt, so the names are there when the window is.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rapportdesk.desk.custody import Custody, system_custody
from rapportdesk.desk.doorway import Door, Doorway, open_door, read_doorway
from rapportdesk.errors import VaultFault, VaultMissing


class Pending(Protocol):
    """A key that was asked for; see `rapportdesk.vault.custody.PendingRead`."""

    def result(self) -> bytes:
        """Wait for the key; raises a CustodyFault when there is none to be had."""

    def cancel(self) -> None:
        """Stop waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What was found at the start.

    Attributes:
        vault: The vault's file.
        custody: Where its key is kept.
        doorway: What can be read before anybody signs in; None when there is no vault, or it cannot be read.
        pending: The key, asked for and on its way; None without a doorway.
        fault: Why the file cannot be read; None when it can, or when there is none yet.
    """

    vault: Path
    custody: Custody
    doorway: Doorway | None = None
    pending: Pending | None = None
    fault: VaultFault | None = None

    @property
    def is_first_run(self) -> bool:
        """Whether there is no vault at all. A missing key beside a file is never a first run."""
        return self.doorway is None and self.fault is None

    def door(self) -> Door:
        """Wait for the key and return who may sign in.

        Raises:
            CustodyFault: The password store did not give the key.
            VaultMissing: There is no doorway to read.
        """
        if self.doorway is None or self.pending is None:
            raise VaultMissing("")
        return open_door(self.doorway, self.pending.result())


def begin(vault: Path, custody: Custody | None = None) -> Beginning:
    """Read the doorway and ask for the key, without waiting for it.

    Args:
        vault: The vault's file, which need not exist.
        custody: Where its key is kept; the operating system's password store unless given.
    """
    keeper = custody or system_custody()
    try:
        doorway = read_doorway(vault)
    except VaultMissing:
        return Beginning(vault=vault, custody=keeper)
    except VaultFault as fault:
        return Beginning(vault=vault, custody=keeper, fault=fault)
    pending = keeper.start_read(doorway.device_key_id)
    return Beginning(vault=vault, custody=keeper, doorway=doorway, pending=pending)
