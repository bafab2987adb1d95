"""When the key does not come, the person is told which of five things happened, and the sheet is always a way in.

Nothing here begins a new vault: the file is there and stays as it is. The words keyring, vault and manifest are not
used; a receptionist at five to nine needs to know what is safe and what to do.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import (
    CustodyFault,
    DiskFull,
    KeyMissing,
    KeyringLocked,
    KeyringTimeout,
    KeyWrong,
    NewerFormat,
    NoKeyring,
    RapportError,
    Tampered,
    VaultBusy,
    VaultFault,
)
from rapportdesk.language import _
from ui.door.door_page import DoorPage
from ui.theme import Theme
from ui.widgets.controls import Button, Field, Label


def trouble_words(fault: RapportError) -> tuple[str, str]:
    """Return a heading and what it means, for whatever keeps the desk from opening."""
    match fault:
        case NoKeyring():
            return _("This computer has nowhere to keep what opens the desk"), _(
                "The desk’s file is here and safe. RapportDesk relies on the computer’s password store, and there is"
                " none here that it can use."
            )
        case KeyringLocked():
            return _("Your computer’s password store is locked"), _(
                "The desk’s file is here and safe. Unlock the password store when the computer asks, then try again. It"
                " usually opens by itself when you log in."
            )
        case KeyMissing():
            return _("This computer no longer opens the desk by itself"), _(
                "The desk’s file is here and safe, but this computer’s password store does not know it. That happens on"
                " a new computer or account, or when the password store was reset."
            )
        case KeyWrong():
            return _("This computer is set up for another desk"), _(
                "The desk’s file is here and safe, but what this computer’s password store keeps does not open it."
            )
        case KeyringTimeout():
            return _("The computer’s password store does not answer"), _(
                "The desk’s file is here and safe. Try again in a moment. If it goes on, restart the computer."
            )
        case VaultBusy():
            return _("The desk is open already"), _(
                "Another window or a command of RapportDesk is working on it. Try again when it has finished."
            )
        case NewerFormat():
            return _("A newer RapportDesk wrote this desk’s file"), _(
                "Nothing has been touched. Install the newer version on this computer to open it."
            )
        case Tampered():
            return _("The desk’s file was changed from outside"), str(fault)
        case _:
            return _("The desk does not open"), str(fault)


def is_damage(fault: RapportError | None) -> bool:
    """Whether something is wrong with the desk's file itself, so that a backup may be the way on."""
    return isinstance(fault, VaultFault) and not isinstance(fault, VaultBusy | NewerFormat | DiskFull)


class Recovery(DoorPage):
    """What happened, what is safe, and the ways in.

    Args:
        theme: For its look.
        fault: What keeps the desk from opening; None when somebody asked for the sheet themselves.
        can_go_back: Whether there is a sign-in to go back to.

    Signals:
        code_typed: The code of the desk's recovery sheet.
        again_wanted: Try to open as usual once more.
        back_wanted: Back to the sign-in.
        restore_wanted: Bring the desk back from a backup.
    """

    code_typed = Signal(str)
    again_wanted = Signal()
    back_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self, theme: Theme, fault: RapportError | None, *, can_go_back: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        heading, meaning = trouble_words(fault) if fault is not None else _asked_for()
        self.card.add(Label(heading, "heading"), Label(meaning, "body"))
        # Where unlocking or waiting helps, trying again comes first, and the sheet is what is left.
        waits = isinstance(fault, KeyringLocked | KeyringTimeout)
        self.again = Button(_("Try again"), "primary" if waits else "secondary", self.again_wanted.emit)
        if waits:
            self.card.add(self.again)
        self.code = Field(_("Code of the desk’s recovery sheet"), hint=_("Capitals, spaces and dashes do not matter."))
        self.code.edit.returnPressed.connect(self._open)
        self.open_button = Button(_("Open with the sheet"), "secondary" if waits else "primary", self._open)
        sheet_helps = fault is None or isinstance(fault, CustodyFault)
        if sheet_helps:
            after = _("Everybody’s own passphrase works again afterwards. Nothing that was written is lost.")
            self.card.add(self.code, self.open_button, Label(after, "detail"))
            self.setFocusProxy(self.again if waits else self.code)
        self.back = Button(_("Back"), "secondary", self.back_wanted.emit)
        self._from_backup = Label(
            _("If there is a backup, the desk can be brought back from it. The file that is here now is kept."), "body"
        )
        self.restore = Button(_("Use a backup…"), "secondary", self.restore_wanted.emit)
        self.again.setHidden(fault is None)
        self.back.setHidden(not can_go_back)
        self._offer_restore(wanted=is_damage(fault))
        if not waits:
            self.card.add(self.again)
        self.card.add(self._from_backup, self.restore, self.back)
        if not sheet_helps:
            self.setFocusProxy(self.again)

    def enter_busy(self) -> None:
        """The code is being tried."""
        self.open_button.setEnabled(False)
        self.code.clear_problem()

    def refuse(self, error: RapportError) -> None:
        """Say what is wrong with the code, or with the file; what was typed stays, to be corrected."""
        self.open_button.setEnabled(True)
        self._offer_restore(wanted=is_damage(error))
        self.code.say_problem(str(error))
        self.code.edit.setFocus()

    def _offer_restore(self, *, wanted: bool) -> None:
        for widget in (self._from_backup, self.restore):
            widget.setHidden(not wanted)

    def _open(self) -> None:
        if self.open_button.isEnabled() and self.code.text.strip():
            self.code_typed.emit(self.code.text)


def _asked_for() -> tuple[str, str]:
    return _("The recovery sheet"), _(
        "It opens the desk when this computer no longer does so by itself. If you only forgot your passphrase, a"
        " manager gives you a new one under “People who work here”."
    )
