"""What was explained on a visit, how it came back, how they felt, and what comes next: taken down together.

Each part is a note of its own, so that consent, topics, veils and erasure hold for it as for every note. What is empty
is not kept, and one press takes all of it back.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rapportdesk.desk.note.notes import Notes
from rapportdesk.desk.note.text import clean_line, clean_text
from rapportdesk.desk.note.undoing import as_one
from rapportdesk.desk.reach.leaflets import Leaflets
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.explained import Explained, TeachBack
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, Note, NoteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterVisit:
    """What is taken down after a visit; every part may be empty, but not all of them.

    Attributes:
        what: What was explained; empty takes the leaflet's title.
        in_words: The plain words that were used.
        leaflet: One of the clinic's own library that was given.
        leaflet_title: One of elsewhere that was given.
        why: Why it was explained, or why this leaflet.
        teach_back: What came of asking them to tell it back.
        understood: How they put it.
        felt, acknowledged: How they felt, and how that was acknowledged.
        next_step: What comes next, as it was told to them.
    """

    what: str = ""
    in_words: str = ""
    leaflet: RecordId | None = None
    leaflet_title: str = ""
    why: str = ""
    teach_back: TeachBack | None = None
    understood: str = ""
    felt: str = ""
    acknowledged: str = ""
    next_step: str = ""


class ExplainedNotes:
    """What was explained and understood."""

    def __init__(self, session: Callable[[], Session], notes: Notes, leaflets: Leaflets) -> None:
        self._session = session
        self._notes = notes
        self._leaflets = leaflets

    def keep(
        self, patient_id: PatientId, after: AfterVisit, *, audience: Audience = Audience.EVERYONE
    ) -> tuple[Note, ...]:
        """Keep what was explained, felt and agreed on; it can be taken back as one.

        Args:
            patient_id: To whom.
            after: What is taken down.
            audience: `CLINICIANS` seals it to their keys.

        Raises:
            BadInput: There is nothing to keep, or it says how something was understood and not what.
            ConsentNeeded: The patient has not agreed to notes being kept; nothing is.
            NotFound: There is no such person or leaflet.
        """
        session = self._session()
        title = self._title(after)
        what = clean_text(after.what) or title
        more = (after.in_words, after.why, after.understood)
        if not what and (any(each.strip() for each in more) or after.teach_back is not None):
            raise BadInput(_("What was explained?"))
        if after.acknowledged.strip() and not after.felt.strip():
            raise BadInput(_("How did they feel?"))
        kept: list[Note] = []
        with as_one(session, _("what was explained")):
            if what:
                explained = Explained(
                    in_words=clean_text(after.in_words), leaflet=after.leaflet, leaflet_title=title,
                    why=clean_text(after.why), teach_back=after.teach_back,
                )  # fmt: skip
                kept.append(
                    self._notes.write(
                        patient_id, what, kind=NoteKind.EXPLAINED, audience=audience, explained=explained,
                        understood=after.understood,
                    )
                )  # fmt: skip
            if after.felt.strip():
                kept.append(
                    self._notes.write(
                        patient_id, after.felt, kind=NoteKind.FEELING_NAMED, audience=audience,
                        acknowledged=after.acknowledged,
                    )
                )  # fmt: skip
            if after.next_step.strip():
                kept.append(self._notes.write(patient_id, after.next_step, kind=NoteKind.NEXT_STEP, audience=audience))
            if not kept:
                raise BadInput(_("There is nothing to keep yet."))
        return tuple(kept)

    def _title(self, after: AfterVisit) -> str:
        """Return the title of the leaflet that was given; it stays true when the library calls it otherwise."""
        if after.leaflet is None:
            return clean_line(after.leaflet_title)
        found = next((each for each in self._leaflets.list(put_away=True) if each.id == after.leaflet), None)
        if found is None:
            raise NotFound(_("That leaflet is no longer in the library."))
        return found.title
