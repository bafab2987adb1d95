"""The world's faults, told to people: what happened, what is safe, what to do.

Only what this module names is shown on a screen or printed by the command line; any other exception is a bug and is
reported without a patient's text. No message here may hold a patient's text, a key or a secret.
"""


class RapportError(Exception):
    """A fault that a person can act on.

    Args:
        message: One sentence in the reader's language saying what happened.
        hint: One sentence saying what to do next, or empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return message and hint as one line."""
        return f"{self.message} {self.hint}".strip()


class BadInput(RapportError):
    """What was typed or read cannot be taken as it is."""


class TimeTaken(BadInput):
    """The practitioner has another visit at that time; it may be booked beside it all the same."""


class NobodyElseOpens(BadInput):
    """With this person, what is for clinicians only would be lost: nobody else and no sheet opens it."""


class NoPlaceForBackup(BadInput):
    """What was asked for wants a backup first, and there is no place for one now."""


class NotFound(RapportError):
    """The person, note or file that was named is not there."""


class NotAllowed(RapportError):
    """The signed-in person's role does not permit this."""


class OwnSecretNeeded(NotAllowed):
    """The signed-in person was given a one-time secret and has to choose their own before anything else."""


class NotSignedIn(RapportError):
    """Nobody is signed in, or the desk has been locked since."""


class ConsentNeeded(RapportError):
    """The patient has not agreed to what this would do."""


class CustodyFault(RapportError):
    """The operating system's password store did not give the device key; the recovery sheet is the way in."""


class NoKeyring(CustodyFault):
    """No password store fit for keys is installed or running."""


class KeyringLocked(CustodyFault):
    """The password store is there and locked, or the person dismissed its question."""


class KeyMissing(CustodyFault):
    """The password store works and has no entry for this vault; never a reason to start afresh."""


class KeyWrong(CustodyFault):
    """The password store has an entry and it is not this vault's key."""


class KeyringTimeout(CustodyFault):
    """The password store does not answer."""


class WrongSecret(RapportError):
    """The passphrase, PIN or recovery code does not open what it was tried on."""


class VaultFault(RapportError):
    """The vault's file cannot be used as it is."""


class VaultDamaged(VaultFault):
    """A page of the vault's file is not what SQLite wrote; the next read may find it whole where a disk failed once."""


class DiskFull(VaultFault):
    """The disk has no room for what was to be kept; nothing of it was."""


class VaultMissing(VaultFault):
    """There is no vault at this path."""


class VaultBusy(VaultFault):
    """Another process has the vault open."""


class NewerFormat(VaultFault):
    """The vault was written by a later version and is left untouched."""


class Tampered(VaultFault):
    """Something in the vault does not authenticate: it was changed, moved, doubled or taken away from outside."""
