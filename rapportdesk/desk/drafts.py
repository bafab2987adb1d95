"""What is typed and not yet kept belongs to one patient and one author, sealed for that author alone."""

from collections.abc import Callable

from rapportdesk.desk.session import Session
from rapportdesk.model.draft import Draft
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import Audience, NoteKind


class Drafts:
    """Unfinished lines of the signed-in person."""

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
        session.store.put(draft)

    def of(self, patient_id: PatientId) -> Draft | None:
        """Return the signed-in person's draft for this patient, or None."""
        things = self._session().store.things(patient_id)
        return next((thing for thing in things if isinstance(thing, Draft)), None)

    def mine(self) -> tuple[Draft, ...]:
        """Return every draft of the signed-in person, newest first."""
        drafts = [thing for thing in self._session().store.all_things() if isinstance(thing, Draft)]
        return tuple(sorted(drafts, key=lambda draft: draft.saved_at, reverse=True))

    def discard(self, patient_id: PatientId) -> None:
        """Let the draft for this patient go; without one nothing happens."""
        draft = self.of(patient_id)
        if draft is not None:
            self._session().store.delete(draft.id)
