"""Recovery sheets: two numbered codes on paper that open what nothing else opens any more.

The desk's sheet is granted the vault key, the device key and the signing key; the clinicians' sheet their keys. A code
is returned once, to be printed, and kept nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rapportdesk.desk.doors import Doors
from rapportdesk.desk.keyholding import grant, grant_clinicians_keys, verified_staff
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotAllowed, NotSignedIn, RapportError, Tampered, WrongSecret
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.staff import Role
from rapportdesk.store.vault_file import VaultFile
from rapportdesk.vault.clinicians import verify_chain
from rapportdesk.vault.grants import Grant, GrantKind, open_grant
from rapportdesk.vault.keys import CliniciansPair, SessionKeys
from rapportdesk.vault.sheets import OpenedSheet, Sheet, SheetKind, create_sheet, new_code, open_sheet, verify_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCode:
    """What is printed on one recovery sheet; kept nowhere else."""

    kind: SheetKind
    number: int
    code: str = field(repr=False)


class _DeskKey(NamedTuple):
    kind: GrantKind
    key: bytes


def make_desk_sheet(file: VaultFile, keys: SessionKeys) -> SheetCode:
    """Make a desk's sheet with a manager's keys.

    Raises:
        NotAllowed: These are not a manager's keys.
    """
    if keys.signing_key is None:
        raise NotAllowed(_("Only a manager can make the desk's recovery sheet."))
    sheet, code = _new_sheet(file, "desk", keys.signing_key, keys.clinic_public)
    recipient = verify_sheet(sheet, keys.clinic_public, file.vault_id)
    for kind, key in (
        _DeskKey("vault-key", keys.vault_key),
        _DeskKey("device-key", keys.device_key),
        _DeskKey("signing-key", keys.signing_key),
    ):
        epoch = keys.vault_key_epoch if kind == "vault-key" else 1
        grant(file, recipient, kind, key, keys.signing_key, epoch=epoch)
    return code


def make_clinicians_sheet(file: VaultFile, keys: SessionKeys) -> SheetCode:
    """Make a clinicians' sheet with a clinician's keys.

    Raises:
        NotAllowed: These are not a clinician's keys.
    """
    if not keys.clinicians:
        raise NotAllowed(_("Only a clinician can make the clinicians' recovery sheet."))
    newest = keys.clinicians[-1]
    sheet, code = _new_sheet(file, "clinicians", newest.ed25519, keys.clinic_public)
    generation = verify_chain(file.clinicians_chain(), keys.clinic_public, file.vault_id)
    recipient = verify_sheet(sheet, keys.clinic_public, file.vault_id, clinicians=generation)
    for pair in keys.clinicians:
        grant(file, recipient, "clinicians", pair.to_bytes(), pair.ed25519, epoch=pair.epoch)
    return code


def sheet_opened_by(file: VaultFile, code: str, kind: SheetKind) -> tuple[Sheet, OpenedSheet]:
    """Return the sheet of this kind that a typed code opens.

    Raises:
        BadInput: The code is mistyped; the sentence says which group to look at.
        WrongSecret: It is no code of this vault's.
    """
    wrong = WrongSecret(_("This code belongs to another sheet."), _("Is it the newest sheet of this practice?"))
    for sheet in reversed([each for each in file.sheets() if each.kind == kind]):
        try:
            return sheet, open_sheet(sheet, code, file.vault_id)
        except WrongSecret as error:
            wrong = error
    raise wrong


def granted_to_sheet(file: VaultFile, sheet: Sheet, opened: OpenedSheet) -> dict[GrantKind, bytes]:
    """Return the newest key of each kind that was granted to an opened sheet.

    Raises:
        Tampered: A grant was not signed by whoever may.
    """
    return {each.kind: _opened(file, each, sheet, opened) for each in file.grants(sheet.sheet_id)}


def _pairs_of(file: VaultFile, sheet: Sheet, opened: OpenedSheet) -> tuple[CliniciansPair, ...]:
    """Return every generation of the clinicians' keys that was granted to an opened sheet, oldest first."""
    grants = [each for each in file.grants(sheet.sheet_id) if each.kind == "clinicians"]
    if not grants:
        raise Tampered(_("What this sheet opens has been taken out of the file."))
    return tuple(CliniciansPair.from_bytes(_opened(file, each, sheet, opened)) for each in grants)


def _opened(file: VaultFile, granted: Grant, sheet: Sheet, opened: OpenedSheet) -> bytes:
    return open_grant(
        granted,
        private_key=opened.private_key,
        recipient=sheet.sheet_id,
        clinic_public=opened.clinic_public,
        vault_id=file.vault_id,
        chain=file.clinicians_chain(),
    )


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

    def new_desk_sheet(self) -> SheetCode:
        """Make a further desk's sheet; older ones go on working.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        with session.transaction():
            session.record(AuditAction.KEY_OPERATION, why="desk sheet")
            ours = Doors(session.store, self._file)
            return self._let_in(ours, make_desk_sheet(self._file, session.store.keys))

    def new_clinicians_sheet(self) -> SheetCode:
        """Make a further clinicians' sheet; older ones go on working.

        Raises:
            NotAllowed: The signed-in person does not hold the clinicians' keys.
        """
        session = self._session()
        with session.transaction():
            session.record(AuditAction.KEY_OPERATION, why="clinicians' sheet")
            ours = Doors(session.store, self._file)
            return self._let_in(ours, make_clinicians_sheet(self._file, session.store.keys))

    def restore_clinicians_keys(self, code: str) -> None:
        """Hand the signed-in clinician the clinicians' keys from the code of their sheet: nobody else may hold them.

        So it is after a manager reset the secret of the only clinician.

        Raises:
            BadInput: The code is mistyped.
            NotAllowed: The signed-in person is no clinician.
            Tampered: What the sheet opens was changed, or it is not the newest of these keys.
            WrongSecret: It is another sheet's.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        store, file = session.store, self._file
        pairs = _pairs_of(file, *sheet_opened_by(file, code, "clinicians"))
        keys = replace(store.keys, clinicians=pairs)
        verify_chain(file.clinicians_chain(), keys.clinic_public, file.vault_id, at_least=pairs[-1].epoch)
        slot = file.slot(keys.staff_id)
        if slot is None or pairs[-1].epoch != len(file.clinicians_chain()):
            raise Tampered(_("What this sheet opens has been taken out of the file."))
        with session.transaction():
            grant_clinicians_keys(file, verified_staff(file, slot, keys), keys)
            session.record(AuditAction.RECOVERED, why="clinicians' sheet")
        store.reseal_clinicians(pairs)
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

    def _let_in(self, ours: Doors, code: SheetCode) -> SheetCode:
        ours.put(*(sheet for sheet in self._file.sheets() if sheet.number == code.number))
        return code

    def _tried(self, kind: SheetKind, outcome: Outcome) -> None:
        try:
            session = self._session()
        except NotSignedIn:
            return  # without a sign-in there is no key to write with; using the sheet for real is recorded
        session.record(AuditAction.KEY_OPERATION, why=f"{kind} sheet tried", outcome=outcome)


def _new_sheet(file: VaultFile, kind: SheetKind, signing_key: bytes, clinic_public: bytes) -> tuple[Sheet, SheetCode]:
    number = max((sheet.number for sheet in file.sheets()), default=0) + 1
    code = new_code()
    sheet = create_sheet(
        kind=kind, number=number, code=code, signing_key=signing_key, clinic_public=clinic_public,
        vault_id=file.vault_id,
    )  # fmt: skip
    file.put_sheet(sheet)
    return sheet, SheetCode(kind=kind, number=number, code=code)
