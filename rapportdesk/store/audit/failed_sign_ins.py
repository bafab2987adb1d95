"""Whatever is refused at the door is counted before anybody has the vault key; wrong secrets slow the next guess.

Sealed under the device key, which every colleague's program has: it resists an edited file, not somebody who can read
the computer's password store. A count that does not authenticate is taken for a high one. Where not even the device key
can be had, a refused recovery is counted under a key that anybody can make: it tells, and proves nothing.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import delete, insert, select, update

from rapportdesk.errors import Tampered
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.tables import FailedSignInRow, table_of
from rapportdesk.vault.framing import frame, unframe
from rapportdesk.vault.kdf import derive
from rapportdesk.vault.sealing import Place, seal, unseal

UNKNOWN_COUNT = 1_000
"""What is assumed when the count was tampered with."""

_ANYBODYS_KEY = bytes(32)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Refusal(StrEnum):
    """Why somebody was not let in; the words stand in the audit."""

    WRONG_SECRET = "wrong secret"  # noqa: S105  # a reason, and nobody's secret
    TOO_EARLY = "too early"
    ENDED = "access ended"
    GONE = "nobody of that id"
    KEYS_CHANGED = "keys changed from outside"
    RECOVERY_CODE = "recovery code"
    RECOVERY_UNPROVED = "recovery code without a key"


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedSignIns:
    """One person's wrong secrets, or how often they were refused for another reason.

    Attributes:
        staff_id: Whose; empty where nobody's slot was meant.
        refusal: Why.
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
    refusal: Refusal = Refusal.WRONG_SECRET


def failed_sign_ins(file: VaultFile, device_key: bytes) -> tuple[FailedSignIns, ...]:
    """Return the counts of everybody who ever mistyped, or was refused for another reason."""
    with file.reading() as reading:
        rows = reading.rows(select(table_of(FailedSignInRow)))
    return tuple(_opened(device_key, row["staff_id"], row["sealed"]) for row in rows if _is_text(row["staff_id"]))


def foreign_rows(file: VaultFile) -> int:
    """Return how many rows stand under what is no text: put there from outside, and nobody's count."""
    with file.reading() as reading:
        return sum(not _is_text(row["staff_id"]) for row in reading.rows(select(table_of(FailedSignInRow))))


def note_failed_sign_in(
    file: VaultFile,
    device_key: bytes,
    staff_id: str,
    at: dt.datetime,
    monotonic: float | None = None,
    *,
    refusal: Refusal = Refusal.WRONG_SECRET,
) -> FailedSignIns:
    """Count one more refusal and return the count; a time before the last one is taken for the last one."""
    before = _of(file, device_key, staff_id, refusal)
    after = FailedSignIns(
        staff_id=staff_id,
        in_a_row=(before.in_a_row if before else 0) + 1,
        unreported=(before.unreported if before else 0) + 1,
        last_at=max(at, before.last_at) if before else at,
        waits_since=monotonic,
        refusal=refusal,
    )
    _put(file, device_key, after)
    return after


def note_recovery_refused(file: VaultFile, device_key: bytes | None, at: dt.datetime) -> None:
    """Count a code of a recovery sheet that did not open the vault.

    Args:
        file: The vault; nobody is signed in.
        device_key: Where the password store still gives it.
        at: When, in UTC.
    """
    refusal = Refusal.RECOVERY_UNPROVED if device_key is None else Refusal.RECOVERY_CODE
    note_failed_sign_in(file, device_key or b"", "", at, refusal=refusal)


def note_right_secret(file: VaultFile, device_key: bytes, staff_id: str) -> FailedSignIns | None:
    """Start counting anew, once the audit has been told; returns what is to be told, or None."""
    before = _of(file, device_key, staff_id)
    if before is not None:
        _forget(file, before)
    return before


def note_reported(file: VaultFile, device_key: bytes, counted: FailedSignIns) -> None:
    """Remember that the audit has been told; wrong secrets still slow the next guess."""
    if counted.refusal is Refusal.WRONG_SECRET:
        _put(file, device_key, replace(counted, unreported=0, authentic=True))
    else:
        _forget(file, counted)


def note_waiting(file: VaultFile, device_key: bytes, staff_id: str, monotonic: float) -> None:
    """Let somebody's wait count from now: the computer was started anew, and its monotonic clock with it."""
    before = _of(file, device_key, staff_id)
    if before is not None and before.authentic:
        _put(file, device_key, replace(before, waits_since=monotonic))


def count_under(file: VaultFile, former_key: bytes, device_key: bytes) -> None:
    """Seal the counts under a new device key, so that a rotation shortens nobody's wait; a forged one stays."""
    for counted in failed_sign_ins(file, former_key):
        if counted.authentic:
            _put(file, device_key, counted)


def _of(
    file: VaultFile, device_key: bytes, staff_id: str, refusal: Refusal = Refusal.WRONG_SECRET
) -> FailedSignIns | None:
    row = _row(staff_id, refusal)
    return next((counted for counted in failed_sign_ins(file, device_key) if _row_of(counted) == row), None)


def _put(file: VaultFile, device_key: bytes, counted: FailedSignIns) -> None:
    since = "" if counted.waits_since is None else f"{counted.waits_since:.3f}"
    content = frame(counted.in_a_row, counted.unreported, counted.last_at.astimezone(dt.UTC).isoformat(), since)
    row = _row_of(counted)
    sealed = seal(_key(device_key, counted.refusal), content, _place(row))
    table = table_of(FailedSignInRow)
    with file.transaction() as writing:
        done = writing.connection.execute(update(table).where(table.c.staff_id == row).values(sealed=sealed))
        if done.rowcount == 0:
            writing.connection.execute(insert(table).values(staff_id=row, sealed=sealed))


def _forget(file: VaultFile, counted: FailedSignIns) -> None:
    table = table_of(FailedSignInRow)
    with file.transaction() as writing:
        writing.connection.execute(delete(table).where(table.c.staff_id == _row_of(counted)))


def _opened(device_key: bytes, row: str, sealed: bytes) -> FailedSignIns:
    staff_id, refusal = _read_row(row)
    try:
        content = unseal(_key(device_key, refusal), bytes(sealed), _place(row))
        in_a_row, unreported, last_at, since = _parts(content)
        return FailedSignIns(
            staff_id=staff_id,
            in_a_row=min(int.from_bytes(in_a_row, "big"), UNKNOWN_COUNT),
            unreported=min(int.from_bytes(unreported, "big"), UNKNOWN_COUNT),
            last_at=dt.datetime.fromisoformat(last_at.decode()).astimezone(dt.UTC),
            waits_since=float(since) if since else None,
            refusal=refusal,
        )
    except (Tampered, TypeError, ValueError, OverflowError):  # anybody can seal what needs no key, and seal nonsense
        return FailedSignIns(
            staff_id=staff_id, in_a_row=UNKNOWN_COUNT, unreported=UNKNOWN_COUNT, last_at=_EPOCH, authentic=False,
            refusal=refusal,
        )  # fmt: skip


def _is_text(key: object) -> bool:
    if not isinstance(key, str):
        return False
    try:
        key.encode()
    except UnicodeEncodeError:
        return False
    return True


def _row(staff_id: str, refusal: Refusal) -> str:
    """Return a count's key in the table: wrong secrets stand under the bare id, as they always have."""
    return staff_id if refusal is Refusal.WRONG_SECRET else f"{refusal}/{staff_id}"


def _row_of(counted: FailedSignIns) -> str:
    return _row(counted.staff_id, counted.refusal)


def _read_row(row: str) -> tuple[str, Refusal]:
    why, separator, staff_id = row.partition("/")
    try:
        return (staff_id, Refusal(why)) if separator else (row, Refusal.WRONG_SECRET)
    except ValueError:  # written from outside: shown as it stands, and it does not authenticate
        return row, Refusal.WRONG_SECRET


def _parts(content: bytes) -> list[bytes]:
    try:
        return list(unframe(content, 4))
    except Tampered:
        return [*unframe(content, 3), b""]  # as it was written before the monotonic clock was


def _key(device_key: bytes, refusal: Refusal = Refusal.WRONG_SECRET) -> bytes:
    known = _ANYBODYS_KEY if refusal is Refusal.RECOVERY_UNPROVED else device_key
    return derive(known, info=frame("rapportdesk failed sign-in counts"))


def _place(row: str) -> Place:
    return Place(table="failed_sign_in", record_id=row, patient_id="", revision=0)
