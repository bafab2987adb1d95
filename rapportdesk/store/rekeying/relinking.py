"""The audit's lines come under a new vault key a page at a time, each page and how far it goes in one commit.

Others append meanwhile: their lines are sealed under the new key already, and linked to a line that is yet to be
linked anew, so that the walk goes over them too. It is over when nothing lies behind it. What did not hold before does
not hold after it: a line that does not open stays as it is, and a link that was broken stays broken.
"""

import hmac
import os
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select

from rapportdesk.errors import NewerFormat, Tampered
from rapportdesk.store.audit.audit_log import line_place
from rapportdesk.store.audit.audit_retention import AuditStart, read_start
from rapportdesk.store.audit.former_lines import FormerLines
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import coverage
from rapportdesk.store.rekeying.rekeying import reading_what_is_no_text, write_renewed
from rapportdesk.store.settings import Settings
from rapportdesk.store.tables import AuditRow, table_of
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.chain import START, audit_key, link
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.sealing import seal, unseal

_LINKED = 50

Row = dict[str, Any]


def lines_under(vault_key: bytes, writing: Transaction, settings: Settings) -> FormerLines | None:
    """Return that every line there is lies under a vault key that is about to be replaced; None where there is none."""
    table = table_of(AuditRow)
    newest = writing.rows(select(table.c.sequence).order_by(table.c.sequence.desc()).limit(1))
    if not newest:
        return None
    try:
        start = read_start(settings)
    except (Tampered, NewerFormat):
        start = AuditStart()  # `verify` names the setting, and the first line by it
    until: int = newest[0]["sequence"]
    return FormerLines(key=vault_key, until=until, moved=start.sequence, link=start.link, relinked=start.link)


def relink(
    file: VaultFile,
    stands: Callable[[], FormerLines | None],
    present: bytes,
    keep: Callable[[FormerLines | None], None],
    kept: Callable[[FormerLines | None], None],
) -> Iterator[int]:
    """Move the lines under the present vault key; others may write between two steps.

    Args:
        file: The vault.
        stands: Returns where the moving stands; None when it is over, which somebody else may have seen to.
        present: The vault key.
        keep: Writes down where it stands, None when it is over; called inside each commit.
        kept: Told the same when that commit has been made.

    Yields:
        How many lines were looked at.
    """
    covered = coverage(AuditRow)
    while (at := stands()) is not None:
        with file.transaction() as writing, reading_what_is_no_text(writing):
            rows = writing.rows(*covered.page((at.moved,), _LINKED + 1))
            is_last = len(rows) <= _LINKED  # nothing is behind these: what comes is linked to what they are from now on
            walk = _Walk(at, present)
            renewed = [(row, new) for row in rows[:_LINKED] if (new := walk.over(row)) is not row]
            write_renewed(writing, covered, renewed)
            now = None if is_last else walk.at
            keep(now)
        kept(now)
        yield min(len(rows), _LINKED)


class _Walk:
    """Goes over lines in their order, from where the moving stands."""

    def __init__(self, at: FormerLines, present: bytes) -> None:
        self.at = at
        self._present = present
        self._link_keys = audit_key(at.key), audit_key(present)

    def over(self, row: Row) -> Row:
        """Return the line as it comes to lie, or itself where it does not open."""
        sequence, sealed, linked = row["sequence"], row["sealed"], row["link"]
        if not isinstance(linked, bytes):
            return self._stay(row, START)
        is_former = self.at.hold(sequence)
        try:
            fresh = self._resealed(sequence, sealed) if is_former else sealed
        except Tampered:
            return self._stay(row, linked)
        if not isinstance(fresh, bytes):
            return self._stay(row, linked)
        former_key, present_key = self._link_keys
        was = link(former_key if is_former else present_key, self.at.link, sequence, sealed)
        previous = self.at.relinked if hmac.compare_digest(was, linked) else os.urandom(len(START))
        relinked = link(present_key, previous, sequence, fresh)
        self._move_to(sequence, linked, relinked)
        return {**row, "sealed": fresh, "link": relinked}

    def _resealed(self, sequence: int, sealed: object) -> bytes:
        if not isinstance(sealed, bytes):
            raise tampered()
        where = line_place(sequence)
        return seal(self._present, unseal(self.at.key, sealed, where), where)

    def _stay(self, row: Row, stands: bytes) -> Row:
        self._move_to(row["sequence"], stands, stands)
        return row

    def _move_to(self, sequence: int, was: bytes, now: bytes) -> None:
        self.at = FormerLines(key=self.at.key, until=self.at.until, moved=sequence, link=was, relinked=now)
