"""Every commit says, sealed, whose records it wrote: what is derived from them is caught up and not made anew.

One row of a commit's own epoch, under a key from the vault key. Ids of patients alone; what was written, and whether
this session can open it, is no part of it. Nothing is said of a commit that left every record as it was, such as a line
of the audit, a key handed on or a record sealed anew.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rapportdesk.errors import Tampered
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame
from rapportdesk.vault.kdf import derive
from rapportdesk.vault.sealing import Place, seal, unseal

MOST = 50_000
"""Patients named by one row; a commit that wrote more is said to have written everybody's."""


def changes_key(vault_key: bytes) -> bytes:
    """Return the key of these rows."""
    return derive(vault_key, info=frame("rapportdesk changes"))


def seal_changed(key: bytes, epoch: int, patients: Iterable[str] | None) -> bytes:
    """Return the content of the row of an epoch; None for everybody."""
    ids = None if patients is None else sorted(set(patients))
    content = None if ids is None or len(ids) > MOST else ids
    return seal(key, json.dumps(content, separators=(",", ":")).encode("ascii"), _place(epoch))


def open_changed(key: bytes, epoch: int, sealed: object) -> tuple[str, ...] | None:
    """Return whose records a commit wrote; None for everybody.

    Raises:
        Tampered: The row does not authenticate.
    """
    if not isinstance(sealed, bytes):
        raise tampered()
    try:
        content = json.loads(unseal(key, sealed, _place(epoch)))
    except ValueError:
        raise tampered() from None
    return None if content is None else tuple(map(str, content))


def is_opened_by(keys: Iterable[bytes], row: Mapping[str, Any]) -> bool:
    """Whether one of some keys opens a row."""
    for key in keys:
        try:
            open_changed(key, row["epoch"], row["sealed"])
        except Tampered:
            continue
        return True
    return False


def _place(epoch: int) -> Place:
    return Place(table="change", record_id=str(epoch), patient_id="", revision=0)
