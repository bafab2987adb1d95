"""What an import brings is decided by one commit and moved to its place afterwards, so that nobody waits for all of it.

Until the decision the rows lie beside the others, unseen, and can be taken away. After it whoever is asked for is moved
first: nobody ever sees half of what came about one person, and a program that was cut off goes on where it was. The
manifest counts the rows wherever they lie.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlmodel import SQLModel

from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.store.file.pages import last_key
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import coverage
from rapportdesk.store.settings import Settings
from rapportdesk.store.tables import (
    ArrivalRow,
    ArrivingPatientRow,
    ArrivingRecordRow,
    PatientRow,
    RecordRow,
    table_of,
)
from rapportdesk.store.transaction import Change, Transaction

_SETTING, _DECIDED = "arriving", "decided"
_PAGE = 200  # rows of one statement

_HOMES: tuple[tuple[type[SQLModel], type[SQLModel], str], ...] = (
    (ArrivingPatientRow, PatientRow, "id"),
    (ArrivingRecordRow, RecordRow, "patient_id"),
)
"""From where to where, and the column that says whose it is; patients first, whom records refer to."""


class Arrivals:
    """What arrives in one vault.

    Args:
        file: The vault.
        settings: Where the decision is kept.
    """

    def __init__(self, file: VaultFile, settings: Settings) -> None:
        self._file, self._settings = file, settings
        self._decided: bool | None = None
        # Of whom nothing is left to be moved, for as long as it is decided; no set: the collector goes through those.
        self._settled: dict[PatientId, None] = {}

    @property
    def decided(self) -> bool:
        """Whether something is a part of the vault that does not lie in its place yet."""
        if self._decided is None:
            self._decided = self._settings.get(_SETTING) == _DECIDED
        return self._decided

    def decide(self, writing: Transaction) -> None:
        """Make everything that was staged a part of the vault, as of this transaction's commit."""
        writing.if_undone(self._forget)
        self._settings.put(_SETTING, _DECIDED)
        self._decided = True

    def settle(self, patients: Iterable[PatientId]) -> bool:
        """Move what has come about these people to its place; False if there was nothing."""
        ids = [each for each in patients if each not in self._settled]
        if not ids or not self.decided:
            return False
        with self._file.writing() as writing:
            writing.if_undone(self._forget)
            moved = [self._move(writing, *home, ids) for home in _HOMES]
        self._settled.update(dict.fromkeys(ids))
        return any(moved)

    def settle_record(self, record_id: RecordId) -> None:
        """Move what has come about the patient of an appointment, should it be among that."""
        if not self.decided:
            return
        table = table_of(ArrivingRecordRow)
        with self._file.reading() as reading:
            rows = reading.rows(select(table.c.patient_id).where(table.c.id == record_id))
        self.settle(row["patient_id"] for row in rows)

    def settle_all(self) -> None:
        """Move everything now, however long it takes; what is to be told of it stays to be told."""
        while patients := self._not_settled():
            self.settle(patients)

    def count(self) -> int:
        """Return of how many people it is still to be told that something came; 0 before it is decided."""
        if not self.decided:
            return 0
        with self._file.reading() as reading:
            return int(reading.connection.execute(select(func.count()).select_from(table_of(ArrivalRow))).scalar_one())

    def next(self, most: int) -> tuple[PatientId, ...]:
        """Return some of them; none before it is decided."""
        if not self.decided:
            return ()
        table = table_of(ArrivalRow)
        with self._file.reading() as reading:
            rows = reading.rows(select(table.c.patient_id).order_by(table.c.patient_id).limit(most))
        return tuple(PatientId(row["patient_id"]) for row in rows)

    def told(self, writing: Transaction, patients: Sequence[PatientId]) -> None:
        """Remember that it was told of these; they are settled already."""
        for patient in patients:
            writing.remove(ArrivalRow, patient_id=patient)

    def forget(self, writing: Transaction, patient: PatientId) -> None:
        """Take out what is staged about somebody of whom nothing is to be left, decided or not."""
        for model, column in ((ArrivingRecordRow, "patient_id"), (ArrivingPatientRow, "id")):
            table = table_of(model)
            for row in writing.rows(select(table.c.id).where(table.c[column] == patient)):
                writing.remove(model, id=row["id"])
        writing.remove(ArrivalRow, patient_id=patient)

    def end(self) -> None:
        """Say that everything lies in its place, after the last was told; no harm when nothing was decided."""
        if self.decided and not self.next(1):
            self.settle_all()
            self._settings.put(_SETTING, "")
            self._decided = False
            self._settled.clear()

    def people(self, after: str = "") -> Iterator[PatientId]:
        """Return those whose identity is still to be moved, by their ids, or those after one."""
        table = table_of(ArrivingPatientRow)
        while self.decided:
            page = select(table.c.id).where(table.c.id > after).order_by(table.c.id).limit(_PAGE)
            with self._file.reading() as reading:
                rows = reading.rows(page)
            if not rows:
                return
            yield from (PatientId(row["id"]) for row in rows)
            after = last_key(rows, after)

    def clear(self) -> Iterator[int]:
        """Take away what was staged and never decided, some rows at a step; yields how many."""
        for model in (ArrivingRecordRow, ArrivingPatientRow, ArrivalRow):
            covered = coverage(model)
            while not self.decided:
                with self._file.transaction() as writing:
                    rows = writing.rows(*covered.page(None, _PAGE))
                    if rows:
                        key = covered.table.c[covered.key[0]]
                        writing.connection.execute(
                            delete(covered.table).where(key.in_([row[key.name] for row in rows]))
                        )
                        writing.written_at_once(
                            Change(covered, covered.key_of(row), covered.mac(writing.mac_key, row), None)
                            for row in rows
                        )
                if not rows:
                    break
                yield len(rows)

    def _move(
        self,
        writing: Transaction,
        arriving: type[SQLModel],
        home: type[SQLModel],
        whose: str,
        patients: list[PatientId],
    ) -> bool:
        here, there = coverage(arriving), coverage(home)
        rows = writing.rows(select(here.table).where(here.table.c[whose].in_(patients)))
        for start in range(0, len(rows), _PAGE):
            page = rows[start : start + _PAGE]
            ids = [row["id"] for row in page]
            before = {row["id"]: row for row in writing.rows(select(there.table).where(there.table.c.id.in_(ids)))}
            _put(writing, there.table, page)
            writing.connection.execute(delete(here.table).where(here.table.c.id.in_(ids)))
            for row in page:
                was, term = before.get(row["id"]), there.mac(writing.mac_key, row)
                out = None if was is None else there.mac(writing.mac_key, was)
                writing.written_at_once(
                    (
                        Change(there, (row["id"],), out, term, there.about(was, row)),
                        Change(here, (row["id"],), here.mac(writing.mac_key, row), None),
                    )
                )
        return bool(rows)

    def _not_settled(self) -> tuple[PatientId, ...]:
        if not self.decided:
            return ()
        for arriving, _home, whose in _HOMES:
            table = table_of(arriving)
            with self._file.reading() as reading:
                rows = reading.rows(select(table.c[whose]).limit(_PAGE // 4))
            if rows:
                return tuple(dict.fromkeys(PatientId(row[whose]) for row in rows))
        return ()

    def _forget(self) -> None:
        self._decided = None
        self._settled.clear()


def _put(writing: Transaction, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    into = upsert(table)
    kept = {column.name: into.excluded[column.name] for column in table.c if column.name != "id"}
    writing.connection.execute(into.on_conflict_do_update(index_elements=["id"], set_=kept), list(rows))
