"""What is typed and not yet kept, in a line or a form, is sealed for its author alone, and belongs to one patient."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from rapportdesk.desk.note.draft_list import listed, put_listed
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotFound, Tampered
from rapportdesk.model.draft import Draft, Form, FormDraft
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import Audience, NoteKind

Saved = TypeVar("Saved")


class Drafts:
    """Unfinished lines and forms of the signed-in person."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def keep(
        self,
        patient_id: PatientId,
        text: str,
        *,
        kind: NoteKind | None = None,
        audience: Audience = Audience.EVERYONE,
        later: bool = False,
    ) -> None:
        """Seal what stands in the quick line, exactly as typed; an empty line lets the draft go.

        Args:
            patient_id: On whose card it was typed.
            text: As typed, not tidied. Half characters that no file can keep become U+FFFD.
            kind: The kind chosen for it, or None.
            audience: Whom it is meant for.
            later: The patient is to be asked for consent later; the draft waits for that.
        """
        if not text.strip():
            self.discard(patient_id)
            return
        session = self._session()
        before = self.of(patient_id)
        draft = Draft(
            id=before.id if before else RecordId(new_id()), patient=patient_id, author=session.viewer.staff,
            text=text.encode("utf-8", "replace").decode(), kind=kind, audience=audience, later=later,
            saved_at=session.now(),
        )  # fmt: skip
        with session.transaction():
            session.store.put(draft)
            if before is None:
                self._list(session, draft)

    def of(self, patient_id: PatientId) -> Draft | None:
        """Return the signed-in person's draft for this patient, or None."""
        things = self._session().store.things(patient_id)
        return next((thing for thing in things if isinstance(thing, Draft)), None)

    def mine(self) -> tuple[Draft, ...]:
        """Return every draft of the signed-in person, newest first; those about the dead rest, and wait on the card."""
        session = self._session()
        store = session.store
        drafts = self._still_there(session, listed(session, session.viewer.staff))
        dead = {each for each in {draft.patient for draft in drafts} if store.patient(each).deceased}
        drafts = [draft for draft in drafts if draft.patient not in dead]
        return tuple(sorted(drafts, key=lambda draft: draft.saved_at, reverse=True))

    def discard(self, patient_id: PatientId) -> None:
        """Let the draft for this patient go; without one nothing happens."""
        draft = self.of(patient_id)
        if draft is not None:
            self._session().store.delete(draft.id)

    def keep_form(self, form: Form, patient_id: PatientId | None, content: str) -> None:
        """Seal what stands in a form.

        Args:
            form: Which form.
            patient_id: Whom it is about; None while they are still being added.
            content: What the form needs to be filled in again; it is not looked at.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        before = self._form(form, patient_id)
        session.store.put(
            FormDraft(
                id=before.id if before else RecordId(new_id()),
                patient=patient_id,
                author=session.viewer.staff,
                form=form,
                content=content.encode("utf-8", "replace").decode(),
                saved_at=session.now(),
            )
        )

    def form(self, form: Form, patient_id: PatientId | None) -> str | None:
        """Return what the signed-in person had typed into a form and not saved, or None."""
        draft = self._form(form, patient_id)
        return None if draft is None else draft.content

    def discard_form(self, form: Form, patient_id: PatientId | None) -> None:
        """Let what stood in a form go; without it nothing happens."""
        draft = self._form(form, patient_id)
        if draft is not None:
            self._session().store.delete(draft.id)

    def save_form(self, form: Form, patient_id: PatientId | None, save: Callable[[], Saved]) -> Saved:
        """Do what a form's save does and let its draft go in the same moment; when it fails, the draft stays."""
        with self._session().transaction():
            saved = save()
            self.discard_form(form, patient_id)
        return saved

    def _list(self, session: Session, draft: Draft) -> None:
        mine = self._still_there(session, listed(session, draft.author))
        put_listed(session, draft.author, list(dict.fromkeys((*(each.id for each in mine), draft.id))))

    def _still_there(self, session: Session, ids: Sequence[str]) -> list[Draft]:
        found = []
        for each in ids:
            with suppress(NotFound, Tampered):  # `verify` names that; the other lines are kept
                thing = session.store.thing(RecordId(each))
                found += [thing] if isinstance(thing, Draft) else []
        return found

    def _form(self, form: Form, patient_id: PatientId | None) -> FormDraft | None:
        things = self._session().store.things(patient_id)
        return next((thing for thing in things if isinstance(thing, FormDraft) and thing.form is form), None)
