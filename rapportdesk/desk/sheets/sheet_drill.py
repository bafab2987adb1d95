"""A code that is typed in is proved to open what it should, and nothing is changed by the way.

So a practice learns in a quiet hour that its sheet can be read, and that what it opens is the present, not the past.
"""

import hmac

from rapportdesk.desk.sheets.sheets_opened import granted_to_sheet, pairs_of
from rapportdesk.errors import Tampered
from rapportdesk.language import _
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.vault.clinicians import verify_chain
from rapportdesk.vault.keys import SessionKeys
from rapportdesk.vault.sheets import OpenedSheet, Sheet, verify_sheet
from rapportdesk.vault.signing import verifying_key


def prove_sheet(file: VaultFile, sheet: Sheet, opened: OpenedSheet, keys: SessionKeys) -> None:
    """Return only if an opened sheet opens the present keys.

    Args:
        file: The vault.
        sheet: As it lies in the file.
        opened: What its code opened.
        keys: Of whoever is signed in: a manager for the desk's sheet, a clinician for theirs.

    Raises:
        Tampered: It was never signed, or opens nothing, or something of the past.
    """
    chain = file.clinicians_chain()
    generation = verify_chain(chain, keys.clinic_public, file.vault_id) if chain else None
    verify_sheet(sheet, keys.clinic_public, file.vault_id, clinicians=generation)
    if sheet.kind == "clinicians":
        holds = pairs_of(file, sheet, opened)[-1].epoch == len(chain)
    else:
        granted = granted_to_sheet(file, sheet, opened)
        signing_key = granted.get("signing-key", b"")
        holds = (
            hmac.compare_digest(granted.get("vault-key", b""), keys.vault_key)
            and hmac.compare_digest(granted.get("device-key", b""), keys.device_key)
            and bool(signing_key)
            and hmac.compare_digest(verifying_key(signing_key), keys.clinic_public)
        )
    if not holds:
        raise Tampered(_("This sheet does not open what it should."), _("Make a new one, and retire this one."))
