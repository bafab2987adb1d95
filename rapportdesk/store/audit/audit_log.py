"""Who looked and what was done, appended and never changed; each line sealed, and linked to the line before it.

The lines carry the recorded clock: it follows the workstation's and never decreases, so that a date that jumps back
revives no consent. Between them stand lines that say how the file stood: nobody's doing, and in no list.
"""

import contextlib
import dataclasses
import datetime as dt
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, select

from rapportdesk.clock import Clock
from rapportdesk.errors import Tampered
from rapportdesk.model.audit import AuditEvent
from rapportdesk.store.audit.former_lines import FormerLines
from rapportdesk.store.file.pages import last_key
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.anchored import Anchored
from rapportdesk.store.records.payload import decode, encode
from rapportdesk.store.tables import AuditRow, table_of
from rapportdesk.vault.chain import START, audit_key, link
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.sealing import Place, seal, unseal

_PAGE = 500
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


Line = AuditEvent | Anchored
"""What a line may hold."""

AnyLine = TypeVar("AnyLine", AuditEvent, Anchored)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line with its number, which counts every line and so is nobody's business at reception."""

    sequence: int
    event: AuditEvent


class AuditLog:
    """The lines of one vault.

    Args:
        file: The vault.
        vault_key: Seals and links the lines.
        clock: The workstation's clock.
        former: Which lines lie under a former vault key.

    Attributes:
        former: The same at this moment; whoever moves them says so.
    """

    def __init__(self, file: VaultFile, vault_key: bytes, clock: Clock, former: FormerLines | None = None) -> None:
        self._file = file
        self._vault_key = vault_key
        self._link_key = audit_key(vault_key)
        self.former = former
        self._was_under = former  # a page that was read before they were moved is opened after it
        self._clock = clock
        self._latest: dt.datetime | None = None

    def now(self) -> dt.datetime:
        """Return the recorded clock, in UTC: the workstation's, or the latest ever recorded if that is later."""
        if self._latest is None:
            self._latest = self._latest_recorded()
        self._latest = max(self._latest, self._clock.now())
        return self._latest

    def append(self, event: AnyLine) -> AnyLine:
        """Write a line; a time before the recorded clock becomes the recorded clock."""
        event = dataclasses.replace(event, at=max(event.at, self.now()))
        self._latest = event.at
        with self._file.writing() as writing:
            last = writing.rows(_last_line())
            sequence = last[0]["sequence"] + 1 if last else 1
            previous = last[0]["link"] if last and isinstance(last[0]["link"], bytes) else START  # as `verify` reads on
            sealed = seal(self._vault_key, encode(event), line_place(sequence))
            linked = link(self._link_key, previous, sequence, sealed)
            writing.replace(AuditRow, None, sequence=sequence, sealed=sealed, link=linked)  # none has this number yet
        return event

    def events(self) -> Iterator[AuditEvent]:
        """Return every line, oldest first, read in pages so that writing may go on between them.

        Raises:
            Tampered: A line does not authenticate.
        """
        table, after = table_of(AuditRow), 0
        while True:
            page = select(table.c.sequence, table.c.sealed).where(table.c.sequence > after)
            with self._file.reading() as reading:
                rows = reading.rows(page.order_by(table.c.sequence).limit(_PAGE))
            if not rows:
                return
            last = last_key(rows, after, "sequence")
            for row in rows:
                event = self.open_line(row["sequence"], row["sealed"])
                if isinstance(event, AuditEvent):
                    yield event
            after = last

    def page(self, *, before: int | None = None, most: int = _PAGE) -> tuple[AuditLine, ...]:
        """Return the newest lines, or the newest of those before a number; newest first.

        Raises:
            Tampered: One of them does not authenticate.
        """
        found: list[AuditLine] = []
        while rows := self._newest_first(before, most - len(found)):
            for row in rows:
                event = self.open_line(row["sequence"], row["sealed"])
                if isinstance(event, AuditEvent):
                    found.append(AuditLine(row["sequence"], event))
            before = _before(rows, before)
        return tuple(found)

    def newest_first(self) -> Iterator[Line]:
        """Return every line, those that say how the file stood among them; one that does not authenticate is left out.

        Others may write between two lines; what they write is not met.
        """
        before: int | None = None
        while rows := self._newest_first(before, _PAGE):
            for row in rows:
                with contextlib.suppress(Tampered):  # for `verify` to name
                    yield self.open_line(row["sequence"], row["sealed"])
            before = _before(rows, before)

    def open_line(self, sequence: int, sealed: Any) -> Line:
        """Return one line; Tampered if it does not authenticate."""
        if not isinstance(sealed, bytes):
            raise tampered()
        event = decode(self._unsealed(sequence, sealed))
        if not isinstance(event, AuditEvent | Anchored):
            raise tampered()
        return event

    def follows(self, last: tuple[int, bytes], sequence: int, sealed: bytes, linked: bytes) -> bool:
        """Whether a line is linked to the one before it.

        Args:
            last: That one's number and link.
            sequence: The line's number.
            sealed: What it holds.
            linked: Its link.
        """
        (number, previous), key, former = last, self._link_key, self.former
        if former is not None and former.hold(sequence):
            key = audit_key(former.key)
        if former is not None and number == former.moved and hmac.compare_digest(previous, former.relinked):
            previous = former.link
        return sequence == number + 1 and hmac.compare_digest(link(key, previous, sequence, sealed), linked)

    def _unsealed(self, sequence: int, sealed: bytes) -> bytes:
        where, was = line_place(sequence), self._was_under
        try:
            return unseal(self._vault_key, sealed, where)
        except Tampered:
            if was is None or not was.hold(sequence):
                raise
        return unseal(was.key, sealed, where)

    def _latest_recorded(self) -> dt.datetime:
        # A damaged last line is for `verify` to name; it must not keep everybody out.
        for row in self._newest_first(None, _PAGE):
            try:
                return self.open_line(row["sequence"], row["sealed"]).at
            except Tampered:
                continue
        return _EPOCH

    def _newest_first(self, before: int | None, most: int) -> list[dict[str, Any]]:
        if most <= 0:
            return []
        table = table_of(AuditRow)
        newest_first = select(table.c.sequence, table.c.sealed).order_by(table.c.sequence.desc()).limit(most)
        if before is not None:
            newest_first = newest_first.where(table.c.sequence < before)
        with self._file.reading() as reading:
            return reading.rows(newest_first)


@cache
def _last_line() -> Select[Any]:
    table = table_of(AuditRow)
    return select(table.c.sequence, table.c.link).order_by(table.c.sequence.desc()).limit(1)


def _before(rows: list[dict[str, Any]], before: int | None) -> int:
    """Return where the next page begins; a damaged file's order must not lead round in circles."""
    last = rows[-1]["sequence"]
    if type(last) is not int or (before is not None and last >= before):
        raise tampered()
    return last


def line_place(sequence: int) -> Place:
    """Return the place to which a line is sealed."""
    return Place(table="audit_entry", record_id=str(sequence), patient_id="", revision=0)
