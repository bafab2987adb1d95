"""Recovery sheets: two numbered codes on paper that open what nothing else opens any more.

The desk's sheet is granted the vault key, the device key and the signing key; the clinicians' sheet their keys. A code
is returned once, to be printed, and kept nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rapportdesk.desk.backup.backup_register import BackupRegister
from rapportdesk.desk.keys.doors import Doors
from rapportdesk.desk.keys.keyholding import (
    grant,
    grant_clinicians_keys,
    left_with_clinicians_keys,
    resealing_is_due,
    verified_staff,
)
from rapportdesk.desk.keys.leaving import replace_vault_key, take_sheet_out
from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.session import Session
from rapportdesk.desk.sheets.sheet_drill import prove_sheet
from rapportdesk.desk.sheets.sheet_register import SheetRegister
from rapportdesk.desk.sheets.sheets_opened import pairs_of, sheet_opened_by
from rapportdesk.errors import BadInput, NotAllowed, NotFound, NotSignedIn, RapportError, Tampered
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.sheet import KeptSheet
from rapportdesk.model.staff import Role
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.vault.clinicians import verify_chain
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.grants import GrantKind
from rapportdesk.vault.keys import SessionKeys
from rapportdesk.vault.sheets import Sheet, SheetKind, create_sheet, new_code, verify_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCode:
    """What is printed on one recovery sheet; kept nowhere else."""

    kind: SheetKind
    number: int
    code: str = field(repr=False)


class _DeskKey(NamedTuple):
    kind: GrantKind
    key: bytes


def make_desk_sheet(file: VaultFile, keys: SessionKeys, above: int = 0) -> SheetCode:
    """Make a desk's sheet with a manager's keys.

    Args:
        file: The vault.
        keys: The manager's.
        above: The highest number that a sheet ever had.

    Raises:
        NotAllowed: These are not a manager's keys.
    """
    if keys.signing_key is None:
        raise NotAllowed(_("Only a manager can make the desk's recovery sheet."))
    sheet, code = _new_sheet(file, "desk", keys.signing_key, keys.clinic_public, above)
    recipient = verify_sheet(sheet, keys.clinic_public, file.vault_id)
    for kind, key in (
        _DeskKey("vault-key", keys.vault_key),
        _DeskKey("device-key", keys.device_key),
        _DeskKey("signing-key", keys.signing_key),
    ):
        epoch = keys.vault_key_epoch if kind == "vault-key" else 1
        grant(file, recipient, kind, key, keys.signing_key, epoch=epoch)
    return code


def make_clinicians_sheet(file: VaultFile, keys: SessionKeys, above: int = 0) -> SheetCode:
    """Make a clinicians' sheet with a clinician's keys; arguments as for `make_desk_sheet`.

    Raises:
        NotAllowed: These are not a clinician's keys.
    """
    if not keys.clinicians:
        raise NotAllowed(_("Only a clinician can make the clinicians' recovery sheet."))
    newest = keys.clinicians[-1]
    sheet, code = _new_sheet(file, "clinicians", newest.ed25519, keys.clinic_public, above)
    generation = verify_chain(file.clinicians_chain(), keys.clinic_public, file.vault_id)
    recipient = verify_sheet(sheet, keys.clinic_public, file.vault_id, clinicians=generation)
    for pair in keys.clinicians:
        grant(file, recipient, "clinicians", pair.to_bytes(), pair.ed25519, epoch=pair.epoch)
    return code


class Sheets:
    """The recovery sheets of the practice."""

    def __init__(self, session: Callable[[], Session], file: VaultFile) -> None:
        self._session = session
        self._file = file

    def clinicians_sheet_missing(self) -> bool:
        """Whether the signed-in clinician is to be asked to make the clinicians' sheet, because there is none."""
        session = self._session()
        return bool(session.store.keys.clinicians) and not any(
            sheet.kind == "clinicians" for sheet in self._file.sheets()
        )

    def waits_for_clinicians_keys(self) -> bool:
        """Whether the signed-in person is a clinician without the clinicians' keys, which somebody or a sheet has."""
        session = self._session()
        return session.viewer.is_clinician and not session.store.keys.clinicians and bool(self._file.clinicians_chain())

    def list(self) -> tuple[KeptSheet, ...]:
        """Return every sheet with who keeps it and when it was tried, by number.

        Raises:
            NotAllowed: The signed-in person is neither manager nor clinician.
        """
        session = self._session()
        session.require(Role.MANAGER, Role.CLINICIAN)
        return SheetRegister(session.store, self._file).sheets()

    def new_desk_sheet(self, holder: str = "") -> SheetCode:
        """Make a further desk's sheet; older ones go on working.

        Args:
            holder: Who will keep it.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        return self._new(holder, "desk sheet", make_desk_sheet)

    def new_clinicians_sheet(self, holder: str = "") -> SheetCode:
        """Make a further clinicians' sheet; older ones go on working.

        Args:
            holder: Who will keep it.

        Raises:
            NotAllowed: The signed-in person does not hold the clinicians' keys.
        """
        return self._new(holder, "clinicians' sheet", make_clinicians_sheet)

    def older(self) -> tuple[KeptSheet, ...]:
        """Return the sheets that open the desk no more and still open a backup, with the day by which that has gone.

        Raises:
            NotAllowed: The signed-in person is neither manager nor clinician.
        """
        session = self._session()
        session.require(Role.MANAGER, Role.CLINICIAN)
        made = BackupRegister(session.store).made
        today = session.wall_now().date()  # a clock that once stood years ahead lists none the less
        return SheetRegister(session.store, self._file).older(made, today)

    def take_back(self, number: int) -> None:
        """Take out a sheet that was just made and whose code nobody was given.

        Raises:
            NotAllowed: The sheet is not of one's kind.
            NotFound: There is no sheet of that number.
        """
        session = self._session()
        sheet = self._mine(session, number)
        with session.transaction():
            take_sheet_out(session.store, self._file, sheet, Doors(session.store, self._file), None)
            session.record(AuditAction.KEY_OPERATION, why=f"sheet {number} taken back")

    def name_holder(self, number: int, holder: str) -> KeptSheet:
        """Keep who has a sheet.

        Raises:
            BadInput: No name was given.
            NotAllowed: The sheet is not of one's kind: the desk's is the managers', the clinicians' theirs.
            NotFound: There is no sheet of that number.
        """
        session, holder = self._session(), clean_line(holder)
        sheet = self._mine(session, number)
        if not holder:
            raise BadInput(_("Type who keeps this sheet."))
        with session.transaction():
            register = SheetRegister(session.store, self._file)
            register.given_to(sheet, holder)
            session.record(AuditAction.KEY_OPERATION, why=f"holder of sheet {number}")
        return register.of(sheet)

    def prove(self, code: str, kind: SheetKind | None = None) -> KeptSheet:
        """Try a code typed in from paper: it opens what it should, and no key, grant or sheet is changed by that.

        That it was tried is recorded, and so is a try that failed.

        Args:
            code: As typed from the sheet.
            kind: Whose sheet it is; either that one may try unless given.

        Raises:
            BadInput: The code is mistyped.
            NotAllowed: The sheet is not of one's kind.
            Tampered: The sheet opens nothing, or something of the past.
            WrongSecret: It is another sheet's.
        """
        session = self._session()
        kinds = _kinds_of(session) if kind is None else (kind,)
        for each in kinds:
            _require_kind(session, each)
        try:
            sheet, opened = sheet_opened_by(self._file, code, *kinds)
            if not Doors(session.store, self._file).knows(sheet):
                raise tampered()
            prove_sheet(self._file, sheet, opened, session.store.keys)
        except RapportError:
            self._tried(kinds[0], Outcome.FAILURE)
            raise
        with session.transaction():
            register = SheetRegister(session.store, self._file)
            register.proved(sheet, session.today())
            self._tried(sheet.kind, Outcome.SUCCESS)
        return register.of(sheet)

    def retire(self, number: int) -> None:
        """Have a sheet open nothing any more, because it is lost or its code may have been seen.

        Of the desk's: the vault key is replaced too, for its code opened the present one.

        Raises:
            BadInput: It is the last desk's sheet: the practice needs one.
            NotAllowed: The sheet is not of one's kind, or the signed-in person is no manager.
            NotFound: There is no sheet of that number.
        """
        session = self._session()
        session.require(Role.MANAGER)
        sheet = self._mine(session, number)
        if sheet.kind == "desk":
            if sum(each.kind == "desk" for each in self._file.sheets()) == 1:
                raise BadInput(_("This is the last sheet of the desk."), _("Make a new one first."))
            replace_vault_key(session, self._file, sheets=(sheet,), why=f"sheet {number} retired")
            return
        with session.transaction():
            take_sheet_out(session.store, self._file, sheet, Doors(session.store, self._file), session.today())
            left_with_clinicians_keys(session.store, self._file)
            session.record(AuditAction.KEY_OPERATION, why=f"sheet {number} retired")

    def restore_clinicians_keys(self, code: str) -> None:
        """Hand the signed-in clinician the clinicians' keys from the code of their sheet: nobody else may hold them.

        So it is after a manager reset the secret of the only clinician. What is sealed to earlier generations of these
        keys is read with those at once, and sealed to the newest by the next `Desk.check_in_steps`.

        Raises:
            BadInput: The code is mistyped.
            NotAllowed: The signed-in person is no clinician.
            Tampered: What the sheet opens was changed, or it is not the newest of these keys.
            WrongSecret: It is another sheet's.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        store, file = session.store, self._file
        with session.recording_failure(AuditAction.RECOVERED, why="clinicians' sheet"):
            pairs = pairs_of(file, *sheet_opened_by(file, code, "clinicians"))
        keys = replace(store.keys, clinicians=pairs)
        verify_chain(file.clinicians_chain(), keys.clinic_public, file.vault_id, at_least=pairs[-1].epoch)
        slot = file.slot(keys.staff_id)
        if slot is None or pairs[-1].epoch != len(file.clinicians_chain()):
            raise Tampered(_("What this sheet opens has been taken out of the file."))
        with session.transaction():
            grant_clinicians_keys(file, verified_staff(file, slot, keys), keys)
            resealing_is_due(store)
            session.record(AuditAction.RECOVERED, why="clinicians' sheet")
        store.hold_clinicians(pairs)
        session.forget_index()

    def check(self, code: str, kind: SheetKind = "desk") -> int:
        """Try a code typed back from paper against the vault, and return its sheet's number; recorded, right or wrong.

        Raises:
            BadInput: It is mistyped.
            WrongSecret: It is another sheet's.
        """
        try:
            sheet, _opened = sheet_opened_by(self._file, code, kind)
        except RapportError:
            self._tried(kind, Outcome.FAILURE)
            raise
        self._tried(kind, Outcome.SUCCESS)
        return sheet.number

    def _new(self, holder: str, why: str, make: Callable[[VaultFile, SessionKeys, int], SheetCode]) -> SheetCode:
        session = self._session()
        with session.transaction():
            session.record(AuditAction.KEY_OPERATION, why=why)
            ours = Doors(session.store, self._file)
            register = SheetRegister(session.store, self._file)
            code = make(self._file, session.store.keys, register.highest())
            (sheet,) = (each for each in self._file.sheets() if each.number == code.number)
            ours.put(sheet)
            register.made(sheet, clean_line(holder), session.today())
        return code

    def _tried(self, kind: SheetKind, outcome: Outcome) -> None:
        try:
            session = self._session()
        except NotSignedIn:
            return  # without a sign-in there is no key to write with; using the sheet for real is recorded
        session.record(AuditAction.KEY_OPERATION, why=f"{kind} sheet tried", outcome=outcome)

    def _mine(self, session: Session, number: int) -> Sheet:
        sheet = next((each for each in self._file.sheets() if each.number == number), None)
        if sheet is None:
            raise NotFound(_("There is no sheet of that number."))
        _require_kind(session, sheet.kind)
        return sheet


def _kinds_of(session: Session) -> tuple[SheetKind, ...]:
    """Return whose sheets the signed-in person may try.

    Raises:
        NotAllowed: None.
    """
    session.require(Role.MANAGER, Role.CLINICIAN)
    ours: tuple[tuple[Role, SheetKind], ...] = ((Role.MANAGER, "desk"), (Role.CLINICIAN, "clinicians"))
    return tuple(kind for role, kind in ours if role in session.viewer.roles)


def _require_kind(session: Session, kind: SheetKind) -> None:
    session.require(Role.MANAGER if kind == "desk" else Role.CLINICIAN)


def _new_sheet(
    file: VaultFile, kind: SheetKind, signing_key: bytes, clinic_public: bytes, above: int
) -> tuple[Sheet, SheetCode]:
    number = max((above, *(sheet.number for sheet in file.sheets()))) + 1
    code = new_code()
    sheet = create_sheet(
        kind=kind, number=number, code=code, signing_key=signing_key, clinic_public=clinic_public,
        vault_id=file.vault_id,
    )  # fmt: skip
    file.put_sheet(sheet)
    return sheet, SheetCode(kind=kind, number=number, code=code)
