"""What is known about patients, kept sealed: things go in and come out, and nothing above sees SQL or a key.

A session opens what its keys open; the rest is silently absent. Whatever does not authenticate raises Tampered. Every
call commits by itself unless it is made inside `transaction`. All calls are made from one thread at a time.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self, TypeVar

from rapportdesk.clock import Clock
from rapportdesk.errors import NotSignedIn
from rapportdesk.language import _
from rapportdesk.model.audit import AuditEvent
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.patient import Patient
from rapportdesk.store.adding import Adding, NewPerson
from rapportdesk.store.audit_log import AuditLine
from rapportdesk.store.audit_retention import trim
from rapportdesk.store.findings import VerifyReport
from rapportdesk.store.opened import Opened, open_with
from rapportdesk.store.payload import Thing
from rapportdesk.store.rekeying import rekey
from rapportdesk.store.resealing import reseal_for_clinicians
from rapportdesk.store.staging import Staging
from rapportdesk.store.tables import HeaderRow
from rapportdesk.store.vault_file import VaultFile
from rapportdesk.store.verification import Progress
from rapportdesk.vault.keys import CliniciansPair, SessionKeys
from rapportdesk.vault.manifest import Manifest

AnyThing = TypeVar("AnyThing", bound=Thing)


class SealedStore:
    """The records of one vault, as far as one person's keys open them.

    Args:
        file: The open vault, founded.
        keys: What the signed-in person holds.
        clock: The workstation's clock.
    """

    def __init__(self, file: VaultFile, keys: SessionKeys, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        self._opened: Opened | None = open_with(self._file, keys, self._clock)
        self._staging: Staging | None = None
        file.attend(self._opened.keeper)

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

    @property
    def keys(self) -> SessionKeys:
        """What the signed-in person holds, for handing keys on."""
        return self._held().keys

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything done inside together with the manifest, or nothing of it.

        Inside another one it is a part of that: when it fails, only its own work is undone.
        """
        self._held()
        with self._file.transaction():
            yield

    def put_patient(self, patient: Patient) -> Patient:
        """Add a patient, or replace what is known of one."""
        held = self._held()
        held.rotation.before_writing(patient.id)
        return held.identities.put(patient)

    def stage(self) -> Staging:
        """Begin bulk work, which is published by one commit; what was staged before and not published is gone."""
        held = self._held()
        self._staging = Staging(self._file, held.identities, held.records, held.rotation, held.keeper.key)
        return self._staging

    def add_people(self, people: Iterable[NewPerson]) -> int:
        """Add new people with everything known of them by one commit; returns how many rows, raises as `Adding.add`."""
        held = self._held()
        return Adding(self._file, held.records, held.keeper.key).add(people)

    def patient(self, patient_id: PatientId) -> Patient:
        """Return a patient.

        Raises:
            NotFound: There is none with this id.
            Tampered: What lies in the file does not authenticate.
        """
        return self._held().identities.get(patient_id)

    def patients(self) -> Iterator[Patient]:
        """Return every patient; other calls may be made between two of them."""
        return self._held().identities.all()

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
        held.rotation.before_writing(held.things.home_of(thing))
        kept: AnyThing = held.things.put(thing)
        return kept

    def thing(self, record_id: RecordId) -> Thing:
        """Return a thing by its id.

        Raises:
            NotFound: It is not there, or this session has no key to it.
            Tampered: It does not authenticate.
        """
        found: Thing = self._held().things.get(record_id)
        return found

    def things(self, patient_id: PatientId | None) -> tuple[Thing, ...]:
        """Return everything about a patient that this session opens, in no order; empty for an unknown patient.

        Args:
            patient_id: About whom; None for the forms of those who are still being added.

        Raises:
            Tampered: One of them does not authenticate.
        """
        return self._held().things.of_patient(patient_id)

    def others_drafts(self, patient_id: PatientId) -> tuple[RecordId, ...]:
        """Return the ids of what other people have typed about a patient and not kept: to be erased, never opened."""
        return self._held().things.others_drafts(patient_id)

    def forget_author(self, staff_id: str) -> None:
        """Take out what somebody who leaves had sealed for themself alone and about no patient."""
        self._held().things.forget_author(staff_id)

    def all_things(self) -> Iterator[Thing]:
        """Return everything about everybody that this session opens; other calls may be made between two pages."""
        return self._held().things.all()

    def history(self, record_id: RecordId) -> tuple[Thing, ...]:
        """Return a thing's earlier revisions that this session opens, oldest first, without the current one."""
        return self._held().things.history(record_id)

    def move(self, record_id: RecordId, to_patient: PatientId) -> Thing:
        """Seal a thing and its history under another patient's key; nothing of it stays with the first.

        Topic handles and ids of related persons are the first patient's: whoever moves a note puts it right.

        Raises:
            NotFound: The thing is not there, this session has no key to it, or there is no such patient.
            ValueError: It is a consent event or a draft.
        """
        held = self._held()
        held.rotation.before_writing(to_patient)
        moved: Thing = held.things.move(record_id, to_patient)
        return moved

    def delete(self, record_id: RecordId) -> None:
        """Take a thing and its history out and leave a tombstone; see `checkpoint` for the bytes.

        Raises:
            NotFound: It is not there.
        """
        self._held().things.delete(record_id)

    def delete_patient(self, patient_id: PatientId) -> int:
        """Take a patient and everything about them out, leaving tombstones; returns how many things.

        Raises:
            NotFound: There is no such patient.
        """
        held = self._held()
        with self.transaction():
            deleted = 0
            for part in reversed(held.joins.parts(patient_id)):
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
        return self._held().things.of_part(patient_id)

    def part(self, patient_id: PatientId) -> Patient:
        """Return who a card itself says it is, whatever it is a part of; raises as `patient`."""
        return self._held().identities.itself(patient_id)

    def join(self, part: PatientId, whole: PatientId) -> None:
        """Let one card be a part of another: from now on whoever asks for it is given the whole.

        Raises:
            NotFound: There is no such patient.
            ValueError: They are one already.
        """
        held = self._held()
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
        with self._file.writing() as writing:
            self._held().joins.take_apart(writing, part)

    def checkpoint(self) -> None:
        """Empty the write-ahead log, so that what was deleted is nowhere in the file's bytes."""
        self._held()
        self._file.checkpoint()

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

    def verify(self, progress: Progress | None = None) -> VerifyReport:
        """Open and authenticate everything, and go on to the end whatever is found.

        Args:
            progress: Called with how many rows have been looked at and how many there are.
        """
        return self._held().verifier(self._file).report(progress)

    def verify_in_steps(self) -> Generator[tuple[int, int], None, VerifyReport]:
        """Do as `verify` in steps of some milliseconds, for the background: other calls may be made between them.

        Yields:
            How many rows have been looked at, and how many there are.

        Returns:
            What was found, as the generator's return value.
        """
        while True:
            held = self._held()
            steps = held.verifier(self._file).steps()
            while self._opened is held:
                try:
                    step = next(steps)
                except StopIteration as end:
                    report: VerifyReport = end.value
                    return report
                yield step
            steps.close()  # the keys were replaced: what was counted under the old ones says nothing any more

    def accept_as_it_is(self) -> None:
        """Take what lies in the file for what should lie there: a manager's choice after a fault or an older copy."""
        keeper = self._held().keeper
        with self._file.transaction() as writing:
            keeper.accept(writing.connection)

    def reseal_clinicians(self, pairs: Sequence[CliniciansPair], progress: Callable[[int], None] | None = None) -> int:
        """Seal what is sealed to earlier generations of the clinicians' keys to the newest, in small transactions.

        Args:
            pairs: All generations this session now holds; the newest one's public half is in the file already.
            progress: Told how many are done.

        Returns:
            How many were sealed anew.
        """
        held = self._opened = open_with(
            self._file, dataclasses.replace(self._held().keys, clinicians=tuple(pairs)), self._clock
        )
        self._file.attend(held.keeper)
        return reseal_for_clinicians(self._file, held.records, held.records.envelopes, progress)

    def rotate_vault_key(self, vault_key: bytes, hand_out: Callable[[], None]) -> None:
        """Put a new vault key in the old one's place, in one commit; patients' keys are wrapped anew and due.

        Args:
            vault_key: 32 random bytes.
            hand_out: Called inside the transaction, to grant the new key to whoever goes on working here.

        Raises:
            Tampered: The manifest does not open.
            RuntimeError: Called inside a transaction.
        """
        if self._file.in_transaction:
            raise RuntimeError("a vault key is replaced by a commit of its own")
        held = self._held()
        self._end_staging()
        keys = dataclasses.replace(held.keys, vault_key=vault_key, vault_key_epoch=held.keys.vault_key_epoch + 1)
        with self._file.transaction() as writing:
            hand_out()
            rekey(writing, held.settings, vault_id=self._file.vault_id, old=held.keys.vault_key, new=vault_key)
        self._opened = open_with(self._file, keys, self._clock)
        self._file.attend(self._opened.keeper)

    def patient_keys_due(self) -> int:
        """Return how many patients' keys are older than the vault key, and so were known to somebody who left."""
        return self._held().rotation.due()

    def rotate_patient_keys_in_steps(self) -> Iterator[None]:
        """Replace those keys, a patient at a step; other calls may be made between two."""
        return self._held().rotation.steps()

    def forget(self) -> None:
        """Drop every key; each later call raises NotSignedIn. The file stays open for the next person."""
        self._end_staging()
        self._opened = None
        self._file.attend(None)

    def _end_staging(self) -> None:
        if self._staging is not None:
            self._staging.end()
            self._staging = None

    def _held(self) -> Opened:
        if self._opened is None:
            raise NotSignedIn(_("The desk is locked."), _("Sign in to go on."))
        return self._opened
