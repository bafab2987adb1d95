"""Whatever is kept about a patient: one table, one seal, whichever kind it is.

A changed note leaves its former revision sealed in the history. A scanned form's content lies in the history alone,
where no list reads it. What a patient consented to is only ever added to. One person has one unfinished line, and one
draft of each form, for one patient; and one of a form for somebody who is still being added, which lies under the vault
key beside the settings.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import select

from rapportdesk.errors import NotFound, Tampered
from rapportdesk.language import _
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.consent import ConsentEvent
from rapportdesk.model.consent_form import ConsentForm
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.identity_change import IdentityChange
from rapportdesk.model.joined import Joined
from rapportdesk.model.leaflet import Leaflet
from rapportdesk.model.note import Note
from rapportdesk.model.own import OfNoPatient, Own
from rapportdesk.store import statements
from rapportdesk.store.file.pages import last_key
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.joins import Joins
from rapportdesk.store.records.open_cards import OpenCards
from rapportdesk.store.records.payload import Thing
from rapportdesk.store.records.records import RECORD, REVISION, Records, Stored
from rapportdesk.store.records.tombstones import Tombstones
from rapportdesk.store.tables import RecordRow, RevisionRow, table_of
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.faults import tampered

_PAGE = 500
LATELY = 300
"""Things that stay open: those of the cards that are worked on. One save looks at them half a dozen times."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Authored:
    """Of some records, those that are sealed for their author alone.

    Attributes:
        authors: Their ids, with whose they are.
        looked_at: How many records there were; 0 after the last one.
        last: The id of the last of them.
    """

    authors: tuple[tuple[RecordId, str], ...]
    looked_at: int
    last: str


class Things:
    """The things of one vault.

    Args:
        file: The vault.
        records: Seals and opens them.
        tombstones: The ids that may not come back.
        staff_id: Whose drafts these are.
        joins: Which cards are a part of another, whose things are told as the whole's.
        cards: Those that are worked on.
    """

    def __init__(
        self,
        file: VaultFile,
        records: Records,
        tombstones: Tombstones,
        staff_id: str,
        joins: Joins,
        cards: OpenCards,
    ) -> None:
        self._cards = cards
        self._joins = joins
        self._file = file
        self._records = records
        self._tombstones = tombstones
        self._staff_id = staff_id
        self._lately: dict[tuple[Any, ...], Any] = {}

    def put(self, thing: Thing) -> Any:
        """Add a thing or replace the one with its id; returns it with the revision under which it is kept."""
        if isinstance(thing, Own) and thing.author != self._staff_id:
            raise ValueError("what is sealed for its author alone is kept by nobody else")
        with self._file.writing() as writing:
            row = self._row(thing.id)
            thing = self._at_home(thing, row)
            before = None if row is None else self._replaceable(writing, thing, row)
            if before is None and self._tombstones.stands_for(writing, thing.id):
                raise ValueError("a deleted thing's id does not come back")
            revision = before.revision + 1 if before else 1
            thing = _with_revision(thing, revision)
            envelope = self._records.envelope(thing)
            if before is not None and isinstance(thing, Note | ConsentForm | Leaflet):
                self._write_revision(writing, before.envelope, thing.id, before.patient_id, before.revision)
            self._write(writing, row, envelope, thing.id, thing.patient, revision)
            if isinstance(thing, Own):
                self._drop_other_drafts(thing)
        return self._joins.shown(thing)

    def home_of(self, thing: Thing) -> PatientId | None:
        """Return the card on which a thing lies or would lie."""
        home: PatientId | None = self._at_home(thing, self._row(thing.id)).patient
        return home

    def get(self, record_id: RecordId) -> Any:
        """Return a thing; NotFound if it is not there or sealed to somebody else."""
        row = self._row(record_id)
        with self._file.reading() as reading:
            opened = None if row is None else self._open(reading, row)
        if not isinstance(opened, Thing):
            raise _no_such_thing()
        return self._joins.shown(opened)

    def some(self, record_ids: Sequence[RecordId]) -> tuple[Any, ...]:
        """Return those of some things that are there and not sealed to somebody else, in their order."""
        asked = {"among_id": list(dict.fromkeys(record_ids))}
        with self._file.reading() as reading:
            rows = {row["id"]: row for row in reading.rows(statements.rows_among(table_of(RecordRow), "id"), asked)}
            self._records.keys.load(reading, [row["patient_id"] for row in rows.values() if row["patient_id"]])
            opened = [self._open(reading, rows[each]) for each in asked["among_id"] if each in rows]
        return tuple(self._joins.shown(thing) for thing in opened if isinstance(thing, Thing))

    def of_patient(self, patient_id: PatientId | None) -> tuple[Any, ...]:
        """Return every thing of a patient that this session opens; None: of those who are still being added."""
        if patient_id is None:
            return self.of_part(None)
        parts = self._joins.parts(self._joins.whole(patient_id))
        return tuple(self._joins.shown(thing) for part in parts for thing in self.of_part(part))

    def of_part(self, patient_id: PatientId | None) -> tuple[Any, ...]:
        """Return what lies on one card itself, as it lies there."""
        if patient_id is None:
            return self._part(None)
        return self._cards.of(patient_id, "things", lambda: self._part(patient_id))

    def _part(self, patient_id: PatientId | None) -> tuple[Any, ...]:
        table = table_of(RecordRow)
        with self._file.reading() as reading:
            if patient_id is None:
                rows = reading.rows(select(table).where(table.c.patient_id.is_(None)).order_by(table.c.id))
            else:
                rows = reading.rows(statements.rows_where(table, "patient_id"), {"at_patient_id": patient_id})
            opened = [self._open_lately(reading, row) for row in rows]
        return tuple(thing for thing in opened if isinstance(thing, Thing))

    def others_drafts(self, patient_id: PatientId) -> tuple[RecordId, ...]:
        """Return the ids of what other people have typed about a patient and not kept, sealed for them alone."""
        table = table_of(RecordRow)
        with self._file.reading() as reading:
            mine = table.c.patient_id.in_(self._joins.parts(self._joins.whole(patient_id)))
            opened = [self._records.open_row(reading, row) for row in reading.rows(select(table).where(mine))]
        authors = {RecordId(each.record_id): each.enveloped.author for each in opened}
        return tuple(record_id for record_id, author in authors.items() if author not in {"", self._staff_id})

    def all(self) -> Iterator[Any]:
        """Return every thing of every patient that this session opens, read in pages."""
        table, after = table_of(RecordRow), ""
        while True:
            page = select(table).where(table.c.id > after).order_by(table.c.id).limit(_PAGE)
            with self._file.reading() as reading:
                rows = reading.rows(page)
                self._records.keys.load(reading, {row["patient_id"] for row in rows if row["patient_id"]})
                opened = [self._open(reading, row) for row in rows if row["patient_id"] is not None]
            if not rows:
                return
            yield from (self._joins.shown(thing) for thing in opened if thing is not None)
            after = last_key(rows, after)

    def authored(self, after: str, most: int) -> Authored:
        """Look at some records for those that lie with a patient and are sealed for their author alone.

        What was changed from outside is left out, for `verify` to name.

        Args:
            after: The id after which to begin; empty for the first.
            most: How many records are looked at.
        """
        table = table_of(RecordRow)
        with self._file.reading() as reading:
            rows = reading.rows(select(table).where(table.c.id > after).order_by(table.c.id).limit(most))
            with suppress(Tampered):  # of one patient: the others' keys are asked for one by one
                self._records.keys.load(reading, {row["patient_id"] for row in rows if row["patient_id"]})
            found = [(RecordId(row["id"]), self._author(reading, row)) for row in rows if row["patient_id"]]
        authors = tuple((record_id, author) for record_id, author in found if author)
        return Authored(authors=authors, looked_at=len(rows), last=last_key(rows, after) if rows else after)

    def history(self, record_id: RecordId) -> tuple[Any, ...]:
        """Return the earlier revisions that this session opens, oldest first, without the current one."""
        return self.histories((record_id,))

    def histories(self, record_ids: Sequence[RecordId]) -> tuple[Any, ...]:
        """Return what `history` does of several things, in their order, asking for many at once."""
        table, opened = table_of(RevisionRow), dict[RecordId, list[Any]]()
        for first in range(0, len(record_ids), _PAGE):
            some = record_ids[first : first + _PAGE]
            with self._file.reading() as reading:
                for row in reading.rows(select(table).where(table.c.record_id.in_(some)).order_by(table.c.revision)):
                    thing = self._records.earlier(self._records.open_row(reading, row, table=REVISION))
                    if thing is not None:
                        opened.setdefault(row["record_id"], []).append(self._joins.shown(thing))
        return tuple(thing for record_id in record_ids for thing in opened.get(record_id, ()))

    def move(self, record_id: RecordId, to_patient: PatientId) -> Any:
        """Seal a thing and its history under another patient's key; nothing stays with the first."""
        to_patient = self._joins.whole(to_patient)
        with self._file.writing() as writing:
            thing = self.get(record_id)
            if isinstance(thing, IdentityChange | Joined | ConsentEvent | ConsentForm | Own | BriefRead | Leaflet):
                raise ValueError(
                    "who somebody was, what they consented to, a draft, what was read, and a leaflet do not move"
                )
            self._records.keys.of(writing, to_patient)
            row = self._row(record_id)
            if row is None:
                raise _no_such_thing()
            revision = row["revision"] + 1
            moved = _with_revision(dataclasses.replace(thing, patient=to_patient), revision)
            self._write(writing, row, self._records.envelope(moved), record_id, to_patient, revision)
            for earlier in self._revisions(writing, record_id):
                stored = self._records.open_row(writing, earlier, table=REVISION)
                self._write_revision(writing, stored.envelope, record_id, to_patient, stored.revision)
        return moved

    def delete(self, record_id: RecordId) -> None:
        """Take a thing and its history out and leave a tombstone; NotFound if it is not there."""
        with self._file.writing() as writing:
            row = self._row(record_id)
            nobodys = row is not None and row["patient_id"] is None
            if row is None or (nobodys and not isinstance(self._open(writing, row), OfNoPatient | Leaflet)):
                raise _no_such_thing()
            self._remove(writing, record_id)

    def delete_all(self, patient_id: PatientId) -> int:
        """Take everything about a patient out, what this session cannot open too; returns how many things."""
        table = table_of(RecordRow)
        with self._file.writing() as writing:
            rows = writing.rows(select(table.c.id).where(table.c.patient_id == patient_id))
            for row in rows:
                self._remove(writing, row["id"])
        return len(rows)

    def forget_author(self, staff_id: str) -> None:
        """Take out what somebody who leaves had sealed for themself alone and about no patient."""
        table = table_of(RecordRow)
        with self._file.writing() as writing:
            rows = writing.rows(select(table).where(table.c.patient_id.is_(None)))
            theirs = [row["id"] for row in rows if self._author(writing, row) == staff_id]
            for record_id in theirs:
                self._remove(writing, record_id)

    def _author(self, reading: Transaction, row: Mapping[str, Any]) -> str:
        try:
            return self._records.open_row(reading, row).enveloped.author
        except (NotFound, Tampered):
            return ""  # a row that was changed from outside keeps nobody's leaving from being done; `verify` names it

    def _open_lately(self, reading: Transaction, row: Mapping[str, Any]) -> Any | None:
        """Open a row, or give what the very same bytes in the very same place were when they last authenticated."""
        place = row["id"], row["patient_id"], row["revision"], row["sealed"]
        if place not in self._lately:
            opened = self._open(reading, row)
            while len(self._lately) >= LATELY:
                del self._lately[next(iter(self._lately))]
            self._lately[place] = opened
        return self._lately[place]

    def _at_home(self, thing: Any, row: Mapping[str, Any] | None) -> Any:
        """Return a thing of the whole as it lies on one of its parts; what is new lies on the whole itself."""
        if thing.patient is None:
            return thing
        whole = self._joins.whole(thing.patient)
        home = row["patient_id"] if row is not None and row["patient_id"] is not None else whole
        if self._joins.whole(home) != whole:
            home = whole  # it is another patient's, and will be refused
        return thing if home == thing.patient else dataclasses.replace(thing, patient=home)

    def _replaceable(self, writing: Transaction, thing: Thing, row: Mapping[str, Any]) -> Stored:
        if isinstance(thing, ConsentEvent) or (isinstance(thing, ConsentForm) and row["revision"] > 1):
            raise ValueError("what a patient consented to is never changed: record a new event")
        before = self._records.open_row(writing, row)
        if before.patient_id != thing.patient:
            raise ValueError("a thing changes patient by being moved")
        was = self._records.thing(before)
        if was is None:
            raise _no_such_thing()
        if type(was) is not type(thing):
            raise ValueError("a thing does not change its kind")
        return before

    def _write(
        self,
        writing: Transaction,
        old: dict[str, Any] | None,
        envelope: bytes,
        record_id: str,
        patient_id: str | None,
        revision: int,
    ) -> None:
        sealed = self._records.seal(
            writing, envelope, table=RECORD, record_id=record_id, patient_id=patient_id, revision=revision
        )
        writing.replace(RecordRow, old, id=record_id, patient_id=patient_id, revision=revision, sealed=sealed)

    def _write_revision(
        self, writing: Transaction, envelope: bytes, record_id: str, patient_id: str | None, revision: int
    ) -> None:
        sealed = self._records.seal(
            writing, envelope, table=REVISION, record_id=record_id, patient_id=patient_id, revision=revision
        )
        writing.put(RevisionRow, record_id=record_id, patient_id=patient_id, revision=revision, sealed=sealed)

    def _drop_other_drafts(self, draft: Own) -> None:
        table = table_of(RecordRow)
        with self._file.writing() as writing:
            whose = table.c.patient_id.is_(None)
            if draft.patient is not None:
                whose = table.c.patient_id.in_(self._joins.parts(self._joins.whole(draft.patient)))
            rows = writing.rows(select(table).where(whose, table.c.id != draft.id))
            for row in rows:
                stored = self._records.open_row(writing, row)
                if stored.enveloped.author == draft.author and _takes_the_place(draft, self._records.thing(stored)):
                    self._remove(writing, row["id"])

    def _remove(self, writing: Transaction, record_id: str) -> None:
        for earlier in self._revisions(writing, record_id):
            writing.remove(RevisionRow, record_id=record_id, revision=earlier["revision"])
        writing.remove(RecordRow, id=record_id)
        self._tombstones.set_up(writing, record_id)

    def _revisions(self, reading: Transaction, record_id: str) -> list[dict[str, Any]]:
        return reading.rows(statements.rows_where(table_of(RevisionRow), "record_id"), {"at_record_id": record_id})

    def _row(self, record_id: str) -> dict[str, Any] | None:
        with self._file.reading() as reading:
            return reading.row(RecordRow, id=record_id)

    def _open(self, reading: Transaction, row: Mapping[str, Any]) -> Any | None:
        try:
            return self._records.thing(self._records.open_row(reading, row))
        except NotFound:
            # A record whose patient was taken away from outside.
            raise tampered() from None


def _takes_the_place(draft: Own, other: Any | None) -> bool:
    # What its own author cannot open is from before they were given new keys: nobody will ever read it.
    same_form = getattr(other, "form", None) == getattr(draft, "form", None)
    return other is None or (type(other) is type(draft) and same_form)


def _with_revision(thing: Any, revision: int) -> Any:
    return dataclasses.replace(thing, revision=revision) if hasattr(thing, "revision") else thing


def _no_such_thing() -> NotFound:
    return NotFound(_("That is no longer there."))
