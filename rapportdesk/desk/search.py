"""Finding the person at the counter, and finding a word in the notes: nothing that may not be seen is ever a hit."""

from collections.abc import Callable

from rapportdesk.desk.session import Session
from rapportdesk.desk.today import Today
from rapportdesk.errors import NotFound
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.shown import PersonHit, SearchResults

LEAST_WORD = 3
"""Letters of a word before notes are searched for it; shorter ones are looked for in names alone."""

MOST_WORD_HITS = 20
"""Notes listed for one search. Each is opened and held against the visibility rule before it is shown."""

SNIPPET = 80
"""Characters of a note shown around a hit."""


class Search:
    """The one field on top."""

    def __init__(self, session: Callable[[], Session], today: Today) -> None:
        self._session = session
        self._today = today

    def __call__(self, text: str, *, limit: int = 50) -> SearchResults:
        """Return people first, then notes that hold the words, for exactly `text`.

        Args:
            text: As typed: a name or parts of one, a birth date in any form, a number, a word.
            limit: The most hits; `SearchResults.more` says when there are more.
        """
        session = self._session()
        people = session.index.find_people(text, limit=limit, recent=self._near(session))
        if len(text.strip()) < LEAST_WORD or len(people.hits) >= limit:
            return people
        room = min(limit - len(people.hits), MOST_WORD_HITS)
        words = self._words(session, text, room, {hit.id for hit in people.hits})
        return SearchResults(
            text=people.text,
            hits=(*people.hits, *words),
            more=people.more or len(words) >= room,
            opens_on_enter=people.opens_on_enter,
        )

    def opened(self, patient_id: PatientId) -> None:
        """Record that a hit was chosen, whose card or brief is about to be opened."""
        self._session().record(AuditAction.OPENED_FROM_SEARCH, patient_id)

    def listed(self, results: SearchResults) -> None:
        """Record that results were written out, as the command line does: one line for everybody on the list."""
        session = self._session()
        with session.transaction():
            for hit in results.hits:
                # That a clinician's word was found in a note would tell of one that reception cannot read.
                by_note = hit.note is not None and session.viewer.is_clinician
                session.record(AuditAction.SEARCHED, hit.id, clinicians_only=by_note)

    def by_number(self, value: str) -> tuple[PatientId, ...]:
        """Return everybody who has exactly this identifier."""
        return self._session().index.by_identifier(value)

    def _near(self, session: Session) -> tuple[PatientId, ...]:
        today = [appointment.patient for appointment in self._today.appointments(self._today.date())]
        return tuple(dict.fromkeys((*session.recent, *today)))

    def _words(self, session: Session, text: str, limit: int, already: set[PatientId]) -> tuple[PersonHit, ...]:
        hits = []
        found = session.index.find_words(text, limit=limit)
        for note_id, patient_id in found.hits:
            if patient_id in already:
                continue
            hit = self._word_hit(session, note_id, patient_id, text)
            if hit is not None:
                hits.append(hit)
        return tuple(hits)

    def _word_hit(self, session: Session, note_id: RecordId, patient_id: PatientId, text: str) -> PersonHit | None:
        try:
            note = session.visible_note(note_id)
        except NotFound:
            return None
        patient = session.store.patient(patient_id)
        return PersonHit(
            id=patient_id,
            name=patient.name,
            called=patient.called,
            own_script_name=patient.own_script_name,
            birth_date=patient.birth_date,
            number=patient.identifiers[0].value if patient.identifiers else "",
            snippet=_around(note.text, text),
            note=note_id,
        )


def _around(note: str, words: str) -> str:
    """Return the part of the note that stands around the first of the words."""
    flat = " ".join(note.split())
    folded = flat.casefold()
    found = [folded.find(word.casefold()) for word in words.split()]
    at = min((position for position in found if position >= 0), default=0)
    start = max(0, at - SNIPPET // 3)
    piece = flat[start : start + SNIPPET]
    return ("…" if start else "") + piece + ("…" if start + SNIPPET < len(flat) else "")
