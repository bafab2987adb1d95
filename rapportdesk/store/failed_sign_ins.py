"""Wrong secrets are counted before anybody has the vault key, and the count slows the next guess.

Sealed under the device key, which every colleague's program has: it resists an edited file, not somebody who can read
the computer's password store. A count that does not authenticate is taken for a high one.
"""

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import delete, insert, select, update

from rapportdesk.errors import Tampered
from rapportdesk.store.tables import FailedSignInRow, table_of
from rapportdesk.store.vault_file import VaultFile
from rapportdesk.vault.framing import frame, unframe
from rapportdesk.vault.kdf import derive
from rapportdesk.vault.sealing import Place, seal, unseal

UNKNOWN_COUNT = 1_000
"""What is assumed when the count was tampered with."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedSignIns:
    """One person's wrong secrets.

    Attributes:
        staff_id: Whose.
        in_a_row: How many since the last right one.
        unreported: How many are not in the audit yet.
        last_at: When the last one was, in UTC.
        waits_since: What the computer's monotonic clock said then, in seconds; None where nobody wrote it down.
        authentic: False when the count was changed from outside; the numbers are then assumed.
    """

    staff_id: str
    in_a_row: int
    unreported: int
    last_at: dt.datetime
    waits_since: float | None = None
    authentic: bool = True


def failed_sign_ins(file: VaultFile, device_key: bytes) -> tuple[FailedSignIns, ...]:
    """Return the counts of everybody who ever mistyped."""
    with file.reading() as reading:
        rows = reading.rows(select(table_of(FailedSignInRow)))
    return tuple(_opened(device_key, row["staff_id"], row["sealed"]) for row in rows)


def note_failed_sign_in(
    file: VaultFile, device_key: bytes, staff_id: str, at: dt.datetime, monotonic: float | None = None
) -> FailedSignIns:
    """Count one more wrong secret and return the count; a time before the last one is taken for the last one."""
    before = _of(file, device_key, staff_id)
    after = FailedSignIns(
        staff_id=staff_id,
        in_a_row=(before.in_a_row if before else 0) + 1,
        unreported=(before.unreported if before else 0) + 1,
        last_at=max(at, before.last_at) if before else at,
        waits_since=monotonic,
    )
    _put(file, device_key, after)
    return after


def note_right_secret(file: VaultFile, device_key: bytes, staff_id: str) -> FailedSignIns | None:
    """Start counting anew, once the audit has been told; returns what is to be told, or None."""
    before = _of(file, device_key, staff_id)
    if before is not None:
        table = table_of(FailedSignInRow)
        with file.transaction() as writing:
            writing.connection.execute(delete(table).where(table.c.staff_id == staff_id))
    return before


def note_reported(file: VaultFile, device_key: bytes, staff_id: str) -> None:
    """Remember that the audit has been told of somebody's wrong secrets; they still slow the next guess."""
    before = _of(file, device_key, staff_id)
    if before is not None:
        reported = FailedSignIns(
            staff_id=staff_id, in_a_row=before.in_a_row, unreported=0, last_at=before.last_at,
            waits_since=before.waits_since,
        )  # fmt: skip
        _put(file, device_key, reported)


def note_waiting(file: VaultFile, device_key: bytes, staff_id: str, monotonic: float) -> None:
    """Let somebody's wait count from now: the computer was started anew, and its monotonic clock with it."""
    before = _of(file, device_key, staff_id)
    if before is not None and before.authentic:
        _put(file, device_key, replace(before, waits_since=monotonic))


def _of(file: VaultFile, device_key: bytes, staff_id: str) -> FailedSignIns | None:
    return next((counted for counted in failed_sign_ins(file, device_key) if counted.staff_id == staff_id), None)


def _put(file: VaultFile, device_key: bytes, counted: FailedSignIns) -> None:
    since = "" if counted.waits_since is None else f"{counted.waits_since:.3f}"
    content = frame(counted.in_a_row, counted.unreported, counted.last_at.astimezone(dt.UTC).isoformat(), since)
    sealed = seal(_key(device_key), content, _place(counted.staff_id))
    table = table_of(FailedSignInRow)
    with file.transaction() as writing:
        done = writing.connection.execute(
            update(table).where(table.c.staff_id == counted.staff_id).values(sealed=sealed)
        )
        if done.rowcount == 0:
            writing.connection.execute(insert(table).values(staff_id=counted.staff_id, sealed=sealed))


def _opened(device_key: bytes, staff_id: str, sealed: bytes) -> FailedSignIns:
    try:
        content = unseal(_key(device_key), bytes(sealed), _place(staff_id))
        in_a_row, unreported, last_at, since = _parts(content)
    except (Tampered, TypeError):
        return FailedSignIns(
            staff_id=staff_id, in_a_row=UNKNOWN_COUNT, unreported=UNKNOWN_COUNT, last_at=_EPOCH, authentic=False
        )
    return FailedSignIns(
        staff_id=staff_id,
        in_a_row=int.from_bytes(in_a_row, "big"),
        unreported=int.from_bytes(unreported, "big"),
        last_at=dt.datetime.fromisoformat(last_at.decode()),
        waits_since=float(since) if since else None,
    )


def _parts(content: bytes) -> list[bytes]:
    try:
        return list(unframe(content, 4))
    except Tampered:
        return [*unframe(content, 3), b""]  # as it was written before the monotonic clock was


def _key(device_key: bytes) -> bytes:
    return derive(device_key, info=frame("rapportdesk failed sign-in counts"))


def _place(staff_id: str) -> Place:
    return Place(table="failed_sign_in", record_id=staff_id, patient_id="", revision=0)
