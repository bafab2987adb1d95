"""The oldest lines of the audit go by rule, and what is left still proves that nothing else went.

Where the chain begins now (the number and the link of the last line taken off) is kept sealed under the vault key and
counted by the manifest, and is written in the commit that takes the lines away. The newest line always stays: it holds
the recorded clock.
"""

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import select

from rapportdesk.errors import Tampered
from rapportdesk.store.audit.audit_log import AuditLog
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.settings import Settings
from rapportdesk.store.tables import AuditRow, table_of
from rapportdesk.vault.chain import START
from rapportdesk.vault.faults import tampered

AUDIT_START = "audit-start"
"""The setting under which it is kept where the chain begins."""

_FORM = re.compile(r"([1-9][0-9]*) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class AuditStart:
    """Where the chain begins.

    Attributes:
        sequence: The number of the last line taken off; 0 while none was.
        link: That line's link.
    """

    sequence: int = 0
    link: bytes = START


def read_start(settings: Settings) -> AuditStart:
    """Return where the chain begins.

    Raises:
        Tampered: What is kept about it does not authenticate.
    """
    kept = settings.get(AUDIT_START)
    if kept is None:
        return AuditStart()
    found = _FORM.fullmatch(kept)
    if found is None:
        raise tampered()
    return AuditStart(int(found[1]), bytes.fromhex(found[2]))


def trim(file: VaultFile, log: AuditLog, settings: Settings, before: dt.datetime, most: int) -> int:
    """Take the oldest lines off that were written before a moment, at most so many; return how many.

    A line that does not authenticate stays, with all after it, for `verify` to name; and all of them while they are
    moved under a new vault key.
    """
    if log.former is not None:
        return 0
    table = table_of(AuditRow)
    with file.transaction() as writing:
        oldest_first = writing.rows(select(table).order_by(table.c.sequence).limit(most + 1))
        gone = 0
        for row in oldest_first[:-1]:
            try:
                event = log.open_line(row["sequence"], row["sealed"])
            except Tampered:
                break
            if event.at >= before or gone == most:
                break
            writing.remove(AuditRow, sequence=row["sequence"])
            gone += 1
        if gone:
            last = oldest_first[gone - 1]
            settings.put(AUDIT_START, f"{last['sequence']} {last['link'].hex()}")
    return gone
