"""What the typed code of a recovery sheet opens: every signature on the way is checked, and nothing is written."""

from rapportdesk.errors import Tampered, WrongSecret
from rapportdesk.language import _
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.vault.grants import Grant, GrantKind, open_grant
from rapportdesk.vault.keys import CliniciansPair
from rapportdesk.vault.sheets import OpenedSheet, Sheet, SheetKind, open_sheet


def sheet_opened_by(file: VaultFile, code: str, *kinds: SheetKind) -> tuple[Sheet, OpenedSheet]:
    """Return the sheet of one of these kinds that a typed code opens.

    Raises:
        BadInput: The code is mistyped; the sentence says which group to look at.
        WrongSecret: It is no code of this vault's.
    """
    wrong = WrongSecret(_("This code belongs to another sheet."), _("Is it the newest sheet of this practice?"))
    for sheet in reversed([each for each in file.sheets() if each.kind in kinds]):
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


def pairs_of(file: VaultFile, sheet: Sheet, opened: OpenedSheet) -> tuple[CliniciansPair, ...]:
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
