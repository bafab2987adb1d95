"""Personal questions: asked once, the answer kept where it belongs, and a "would rather not say" respected.

The list lies in `resources/questions.json`; its words are in the catalogue like all others.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from rapportdesk.desk.note.notes import Notes
from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.people.people import People
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import AdjustmentCategory, NoteKind
from rapportdesk.model.question import Answer, Question, QuestionAsked, QuestionState
from rapportdesk.paths import RESOURCES
from rapportdesk.rules.consent.questions import kept_in_field, kept_in_note, question_states


@cache
def all_questions() -> tuple[Question, ...]:
    """Return the list, in the order in which it is asked."""
    rows = json.loads((RESOURCES / "questions.json").read_text(encoding="utf-8"))
    return tuple(Question(**row) for row in rows)


class Questions:
    """What everybody is asked once."""

    def __init__(self, session: Callable[[], Session], people: People, notes: Notes) -> None:
        self._session = session
        self._people = people
        self._notes = notes

    def of(self, patient_id: PatientId) -> tuple[QuestionState, ...]:
        """Return where each question stands with one patient, as the signed-in person may see it.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        known = session.known(patient_id)
        return question_states(all_questions(), session.seen(known), known.questions, session.local_now())

    def record(self, patient_id: PatientId, question_id: str, answer: Answer, said: str = "") -> None:
        """Remember that a question was asked and what came of it.

        Args:
            patient_id: Who was asked.
            question_id: Which question.
            answer: How they answered.
            said: The answer; it is kept where it belongs.

        Raises:
            BadInput: An answer is missing, or cannot be kept.
            ConsentNeeded: The answer needs a consent that has not been given.
            NotFound: There is no such question or person.
        """
        session = self._session()
        question = next((each for each in all_questions() if each.id == question_id), None)
        if question is None:
            raise NotFound(_("There is no such question."))
        said = clean_line(said) if answer is Answer.ANSWERED else ""
        if answer is Answer.NONE and not question.may_be_none:
            raise BadInput(
                _("“None” is no answer to this."), _("Type their answer, or say that they would rather not.")
            )
        if answer is Answer.ANSWERED and not said:
            raise BadInput(_("What did they say?"), _("Type their answer."))
        asked = QuestionAsked(
            id=RecordId(new_id()), patient=patient_id, question=question.id, answer=answer, asked_at=session.now(),
            asked_by=session.viewer.staff, asked_by_name=session.viewer.name,
        )  # fmt: skip
        with session.transaction():
            if said:
                self._keep(patient_id, question, said)
            session.store.put(asked)
            session.record(AuditAction.PERSON_CHANGED, patient_id, why="asked")

        def take_back() -> None:
            with session.transaction():
                session.store.delete(asked.id)
                session.record(AuditAction.PERSON_CHANGED, patient_id, why="asked, taken back")
            if said:
                session.undo()

        session.can_undo(_("what was answered"), take_back)

    def _keep(self, patient_id: PatientId, question: Question, said: str) -> None:
        kind, field = kept_in_note(question), kept_in_field(question)
        if kind is not None:
            adjustment = AdjustmentCategory.BESPOKE if kind is NoteKind.ADJUSTMENT else None
            self._notes.write(patient_id, said, kind=kind, quote=True, adjustment=adjustment)
        elif field:
            patient = self._people.get(patient_id)
            several = isinstance(getattr(patient, field), tuple)
            changed: dict[str, Any] = {field: tuple(part.strip() for part in said.split(",")) if several else said}
            self._people.update(replace(patient, **changed))
