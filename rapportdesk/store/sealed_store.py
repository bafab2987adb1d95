"""What is known about patients, kept sealed: things go in and come out, and nothing above sees SQL or a key.

A session opens what its keys open; the rest is silently absent. Whatever does not authenticate raises Tampered. Every
call commits by itself unless it is made inside `transaction`. All calls are made from one thread at a time.
"""

import datetime as dt
import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from operator import itemgetter
from typing import Self, TypeVar

from rapportdesk.clock import Clock
from rapportdesk.model.audit import AuditEvent
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.patient import Patient
from rapportdesk.store.audit.audit_log import AuditLine
from rapportdesk.store.audit.audit_retention import trim
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.opened import Opened
from rapportdesk.store.records.adding import Adding, NewPerson
from rapportdesk.store.records.change_log import ChangeLog
from rapportdesk.store.records.payload import Thing
from rapportdesk.store.records.things import Authored
from rapportdesk.store.tables import HeaderRow
from rapportdesk.store.whole_vault import WholeVault
from rapportdesk.vault.keys import SessionKeys
from rapportdesk.vault.manifest import Manifest

AnyThing = TypeVar("AnyThing", bound=Thing)
Made = TypeVar("Made")


class SealedStore(WholeVault):
    """The records of one vault, as far as one person's keys open them.

    Args:
        file: The open vault, founded.
        keys: What the signed-in person holds.
        clock: The workstation's clock.
    """

    @classmethod
    def found(cls, file: VaultFile, keys: SessionKeys, clock: Clock, *, device_key_id: str) -> Self:
        """Begin a new vault: write who it is and a manifest of nothing else.

        Until the first slot is put, the file counts as never founded and `VaultFile.create` may replace it.

        Args:
            file: From `VaultFile.create`.
            keys: The founder's.
            clock: The workstation's clock.
            device_key_id: Which key of the computer's password store is the vault's.
        """
        store = cls(file, keys, clock)
        with file.transaction(founding=Manifest()) as writing:
            writing.put(HeaderRow, id=1, vault_id=file.vault_id, device_key_id=device_key_id)
        return store

    def put_patient(self, patient: Patient) -> Patient:
        """Add a patient, or replace what is known of one."""
        held = self._held()
        self._settle(patient.id)
        held.rotation.before_writing(patient.id)
        return held.identities.put(patient)

    def add_people(self, people: Iterable[NewPerson]) -> int:
        """Add new people with everything known of them by one commit; returns how many rows, raises as `Adding.add`."""
        held = self._held()
        return Adding(self._file, held.records).add(people)

    def patient(self, patient_id: PatientId) -> Patient:
        """Return a patient.

        Raises:
            NotFound: There is none with this id.
            Tampered: What lies in the file does not authenticate.
        """
        self._settle(patient_id)
        return self._held().identities.get(patient_id)

    def patients(self, after: str = "") -> Iterator[Patient]:
        """Return every patient by the order of their ids, or those after one; other calls may be made in between."""
        return self._everybody(self._held(), after)

    def holds_more_cards_than(self, count: int) -> bool:
        """Return whether there are more cards than so many, parts of one person's counted each; opens none of them."""
        held = self._held()
        ids = {*held.identities.ids(count + 1), *islice(held.arrivals.people(), count + 1)}
        return len(ids) > count

    def _everybody(self, held: Opened, after: str) -> Iterator[Patient]:
        there = ((patient.id, patient) for patient in held.identities.all(after))
        arriving = ((each, None) for each in held.arrivals.people(after) if not held.joins.is_part(each))
        last = ""
        for patient_id, patient in heapq.merge(there, arriving, key=itemgetter(0)):
            if patient_id != last:
                moved = held.arrivals.settle((patient_id,))
                yield held.identities.get(patient_id) if moved or patient is None else patient
            last = patient_id

    @property
    def changes(self) -> ChangeLog:
        """Whose records were written since; of the keys that are held now."""
        return self._held().changes

    def put(self, thing: AnyThing) -> AnyThing:
        """Add a thing, or replace the one with its id, keeping a note's former revision as history.

        Args:
            thing: A note, consent event, topic permission, task, appointment or the signed-in person's own draft, of
                the line or of a form. Its revision is counted here, whatever it says.

        Returns:
            The thing as it is kept.

        Raises:
            NotFound: There is no such patient, or it would replace what this session has no key to.
            NotAllowed: It is for clinicians, and there is none yet.
            Tampered: What it replaces does not authenticate.
            ValueError: A consent event is there already; the id was deleted; the thing is another patient's, another
                kind, or another person's draft.
        """
        held = self._held()
        self._settle_record(thing.id)
        self._settle(thing.patient)
        if held.rotation.needed:
            held.rotation.before_writing(held.things.home_of(thing))
        kept: AnyThing = held.things.put(thing)
        return kept

    def thing(self, record_id: RecordId) -> Thing:
        """Return a thing by its id.

        Raises:
            NotFound: It is not there, or this session has no key to it.
            Tampered: It does not authenticate.
        """
        self._settle_record(record_id)
        found: Thing = self._held().things.get(record_id)
        return found

    def some_things(self, record_ids: Sequence[RecordId]) -> tuple[Thing, ...]:
        """Return those of some things that are there and that this session opens, in their order, each once.

        Raises:
            Tampered: One of them does not authenticate.
        """
        for record_id in record_ids:
            self._settle_record(record_id)
        return self._held().things.some(record_ids)

    def in_passing(self) -> AbstractContextManager[None]:
        """Have what is opened of cards meanwhile kept by nobody, and the cards that are worked on stay open."""
        return self._held().cards.in_passing()

    def made_of(self, patient_id: PatientId, what: str, make: Callable[[Patient], Made]) -> Made:
        """Return what is made of one person's records, made once until anything is written about them.

        Args:
            patient_id: About whom.
            what: Its name.
            make: Makes it, of nothing but what this store says of the person whom it is given.

        Raises:
            NotFound: There is none with this id.
            Tampered: What lies in the file does not authenticate.
        """
        with self.reading():
            patient = self.patient(patient_id)
            if len(self.parts(patient.id)) > 1:  # any of them may be written without the others
                return make(patient)
            return self._held().cards.of(patient.id, what, lambda: make(patient))

    def things(self, patient_id: PatientId | None) -> tuple[Thing, ...]:
        """Return everything about a patient that this session opens, in no order; empty for an unknown patient.

        Args:
            patient_id: About whom; None for the forms of those who are still being added.

        Raises:
            Tampered: One of them does not authenticate.
        """
        self._settle(patient_id)
        return self._held().things.of_patient(patient_id)

    def others_drafts(self, patient_id: PatientId) -> tuple[RecordId, ...]:
        """Return the ids of what other people have typed about a patient and not kept: to be erased, never opened."""
        return self._held().things.others_drafts(patient_id)

    def authored(self, after: str, most: int) -> Authored:
        """Look at some records for what was typed about a patient and not kept; see `Things.authored`."""
        return self._held().things.authored(after, most)

    def forget_author(self, staff_id: str) -> None:
        """Take out what somebody who leaves had sealed for themself alone and about no patient."""
        self._held().things.forget_author(staff_id)

    def all_things(self) -> Iterator[Thing]:
        """Return everything about everybody that this session opens; other calls may be made between two pages."""
        held = self._held()
        held.arrivals.settle_all()
        return held.things.all()

    def history(self, record_id: RecordId) -> tuple[Thing, ...]:
        """Return a thing's earlier revisions that this session opens, oldest first, without the current one."""
        return self._held().things.history(record_id)

    def histories(self, record_ids: Sequence[RecordId]) -> tuple[Thing, ...]:
        """Return what `history` does of several things, in their order."""
        return self._held().things.histories(record_ids)

    def move(self, record_id: RecordId, to_patient: PatientId) -> Thing:
        """Seal a thing and its history under another patient's key; nothing of it stays with the first.

        Topic handles and ids of related persons are the first patient's: whoever moves a note puts it right.

        Raises:
            NotFound: The thing is not there, this session has no key to it, or there is no such patient.
            ValueError: It is a consent event or a draft.
        """
        held = self._held()
        self._settle_record(record_id)
        self._settle(to_patient)
        held.rotation.before_writing(to_patient)
        moved: Thing = held.things.move(record_id, to_patient)
        return moved

    def delete(self, record_id: RecordId) -> None:
        """Take a thing and its history out and leave a tombstone; see `checkpoint` for the bytes.

        Raises:
            NotFound: It is not there.
        """
        self._settle_record(record_id)
        self._held().things.delete(record_id)

    def delete_patient(self, patient_id: PatientId) -> int:
        """Take a patient and everything about them out, leaving tombstones; returns how many things.

        Raises:
            NotFound: There is no such patient.
        """
        held = self._held()
        self.make_room()
        with self._file.transaction() as writing:
            deleted = 0
            for part in reversed(held.joins.parts(patient_id)):
                held.arrivals.settle((part,))
                held.arrivals.forget(writing, part)
                deleted += held.things.delete_all(part)
                held.identities.remove(part)
                self._take_apart(part)
        return deleted

    def parts(self, patient_id: PatientId) -> tuple[PatientId, ...]:
        """Return the card that this one belongs to and every card that became a part of it, that card first."""
        joins = self._held().joins
        return joins.parts(joins.whole(patient_id))

    def things_of_part(self, patient_id: PatientId) -> tuple[Thing, ...]:
        """Return what lies on one card itself, as it lies there, whatever it is a part of."""
        self._settle(patient_id)
        return self._held().things.of_part(patient_id)

    def part(self, patient_id: PatientId) -> Patient:
        """Return who a card itself says it is, whatever it is a part of; raises as `patient`."""
        self._settle(patient_id)
        return self._held().identities.itself(patient_id)

    def join(self, part: PatientId, whole: PatientId) -> None:
        """Let one card be a part of another: from now on whoever asks for it is given the whole.

        Raises:
            NotFound: There is no such patient.
            ValueError: They are one already.
        """
        held = self._held()
        self._settle(whole)
        self._settle(part)
        held.identities.require(whole)
        held.identities.require(part)
        if held.joins.whole(part) == held.joins.whole(whole):
            raise ValueError("a card is no part of itself")
        with self._file.writing() as writing:
            held.joins.join(writing, part, whole)

    def take_apart(self, part: PatientId) -> None:
        """Let a card stand by itself again, with everything that was noted on it."""
        self._held()
        self._take_apart(part)

    def _take_apart(self, part: PatientId) -> None:
        self._settle(part)
        with self._file.writing() as writing:
            self._held().joins.take_apart(writing, part)

    def settings(self) -> dict[str, str]:
        """Return the clinic's settings by name."""
        return self._held().settings.all()

    def setting(self, name: str) -> str | None:
        """Return one of the clinic's settings, or None; Tampered if it does not authenticate."""
        return self._held().settings.get(name)

    def put_setting(self, name: str, value: str) -> None:
        """Set one of the clinic's settings."""
        self._held().settings.put(name, value)

    def recorded_now(self) -> dt.datetime:
        """Return the recorded clock, in UTC: the workstation's, or the latest ever recorded if that is later."""
        return self._held().audit.now()

    def audit(self, event: AuditEvent) -> AuditEvent:
        """Append a line to the audit; a time before the recorded clock becomes the recorded clock."""
        return self._held().audit.append(event)

    def audit_events(self) -> Iterator[AuditEvent]:
        """Return every line of the audit, oldest first.

        Raises:
            Tampered: A line does not authenticate.
        """
        return self._held().audit.events()

    def audit_page(self, *, before: int | None, most: int) -> tuple[AuditLine, ...]:
        """Return the newest `most` lines of the audit, newest first: of all, or of those before a number.

        Raises:
            Tampered: A line does not authenticate.
        """
        return self._held().audit.page(before=before, most=most)

    def trim_audit(self, before: dt.datetime, most: int) -> int:
        """Take the oldest lines of the audit off that were written before a moment, at most `most`; return how many.

        What is left still verifies. The newest line always stays.
        """
        held = self._held()
        return trim(self._file, held.audit, held.settings, before, most)

    def _settle(self, patient_id: PatientId | None) -> None:
        """Have what an import brought about somebody in its place before it is looked at or written over."""
        held = self._held()
        if patient_id is not None and held.arrivals.decided:
            held.arrivals.settle(held.joins.parts(held.joins.whole(patient_id)))

    def _settle_record(self, record_id: RecordId) -> None:
        self._held().arrivals.settle_record(record_id)
