"""What patients say of the practice: asked with their consent alone, without a name unless they want an answer.

No line of the record tells that somebody gave feedback: with its moment it would tell whose it is. What carries a name
is a note like any other, and a promise to answer it.
"""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import TypeAdapter

from rapportdesk.desk.note.notes import Notes
from rapportdesk.desk.note.text import clean_line, clean_text
from rapportdesk.desk.promises.tasks import Tasks
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.exchange.feedback_csv import feedback_csv
from rapportdesk.language import _, catalogue, languages_spoken, locale_name, spoken
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.feedback import (
    FeedbackAsking,
    FeedbackForm,
    FeedbackGiven,
    FeedbackMonth,
    FeedbackQuestion,
    FeedbackShown,
    FeedbackWords,
    FormWords,
)
from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.note import NoteKind
from rapportdesk.model.staff import Role
from rapportdesk.rules.wording.feedback import asking, readable_words, trend, waiting_concerns
from rapportdesk.rules.wording.feedback_words import ENGLISH, form_words, note_words, question_words

MONTH = "feedback "
"""Begins the name of the setting that holds one month: "feedback 2026-11"."""

REVIEW_ADDRESS = "review address"
LONGEST_WORDS = 2_000
ANSWER_WITHIN_DAYS = 7

_FORM = TypeAdapter(FeedbackMonth)
_SHUFFLED = random.SystemRandom()

T = TypeVar("T")


class Feedback:
    """What patients say of the practice."""

    def __init__(self, session: Callable[[], Session], notes: Notes, tasks: Tasks) -> None:
        self._session = session
        self._notes = notes
        self._tasks = tasks

    def asking(self, patient_id: PatientId) -> FeedbackAsking:
        """Return whether somebody may be asked, and what follows from their other consents.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        return asking(session.seen(session.known(patient_id)), session.store.settings().get(REVIEW_ADDRESS, ""))

    def form(self, patient_id: PatientId) -> FeedbackForm:
        """Return what the form says to somebody who agreed to be asked; it knows nothing of them.

        Raises:
            NotAllowed: They have not agreed to be asked.
            NotFound: There is no such person.
        """
        may = self.asking(patient_id)
        if not may.agreed:
            raise NotAllowed(
                _("They have not agreed to be asked for feedback."), _("Ask them first, and note what they say.")
            )
        likes = self._session().store.patient(patient_id).languages
        return FeedbackForm(
            languages=_languages(likes), may_be_named=may.may_be_named, review_address=may.review_address
        )

    def words(self) -> FormWords:
        """Return what the form says in the language that is spoken, for whoever enters it for somebody."""
        return form_words(locale_name(), spoken())

    def give(self, given: FeedbackGiven, patient_id: PatientId | None = None) -> None:
        """Keep what somebody said.

        The answers are counted in any case. With an answer wanted, the words are a note on the person and a promise to
        answer; else they are kept without a name.

        Args:
            given: What they said.
            patient_id: Who said it, where that is known.

        Raises:
            BadInput: The words are too long or cannot be kept, or an answer is wanted by nobody.
            ConsentNeeded: An answer is wanted, and they have not agreed to notes.
            NotAllowed: They have not agreed to be asked.
            NotFound: There is no such person.
        """
        session = self._session()
        if patient_id is not None and not self.asking(patient_id).agreed:
            raise NotAllowed(
                _("They have not agreed to be asked for feedback."), _("Ask them first, and note what they say.")
            )
        given = replace(given, why=_tidy(given.why), better=_tidy(given.better))
        if given.wants_answer and patient_id is None:
            raise BadInput(_("Who wants an answer?"), _("Open their card first."))
        with session.transaction():
            month = _month(session, session.today().replace(day=1))
            words = () if given.wants_answer else _without_a_name(given)
            changed = replace(
                month, answers=_in_no_order((*month.answers, given.answers)), words=_in_no_order((*month.words, *words))
            )
            keep_month(session, changed)
            if given.wants_answer and patient_id is not None:
                self._keep_with_name(patient_id, given)

    def shown(self) -> FeedbackShown:
        """Return what a manager may see: the trend, and what was written without a name.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        months, today = kept_months(session), session.today()
        return FeedbackShown(
            trend=trend(months, today),
            words=readable_words(months, today),
            concerns=waiting_concerns(months),
            review_address=session.store.settings().get(REVIEW_ADDRESS, ""),
            questions=tuple((question, question_words(question)) for question in FeedbackQuestion),
        )

    def looked_into(self, words_id: str) -> None:
        """Tick off a concern that was left without a name.

        Raises:
            NotAllowed: The signed-in person is no manager.
            NotFound: It is no longer there.
        """
        session = self._session()
        session.require(Role.MANAGER)
        with session.transaction():
            for month in kept_months(session):
                if any(each.id == words_id for each in month.words):
                    ticked = (
                        replace(each, looked_into=each.looked_into or each.id == words_id) for each in month.words
                    )
                    keep_month(session, replace(month, words=tuple(ticked)))
                    return
        raise NotFound(_("That is no longer there."))

    def csv(self) -> bytes:
        """Return the trend as a file for a spreadsheet; recorded.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        made = feedback_csv(self.shown().trend, question_words)
        self._session().record(AuditAction.EXPORTED, why="feedback by month")
        return made

    def set_review_address(self, address: str) -> str:
        """Say where reviews are written, or, with nothing, that nobody is invited; returns it as kept.

        Raises:
            BadInput: It cannot be kept.
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        address = clean_line(address)
        with session.transaction():
            session.store.put_setting(REVIEW_ADDRESS, address)
            session.record(AuditAction.PRACTICE_CHANGED, why="review address")
        return address

    def _keep_with_name(self, patient_id: PatientId, given: FeedbackGiven) -> None:
        session = self._session()
        answers = {question: given.answers.to(question) for question in FeedbackQuestion}
        text = note_words(answers, given.why, given.better, self.words())
        self._notes.write(patient_id, text, kind=NoteKind.PAST_EXPERIENCE)
        promise = (
            _("Look into their concern, and answer their feedback") if given.concern else _("Answer their feedback")
        )
        self._tasks.add(patient_id, promise, due=session.today() + dt.timedelta(days=ANSWER_WITHIN_DAYS))


def _languages(likes: Sequence[str]) -> tuple[FormWords, ...]:
    """Return the form in every language with a catalogue; the one that is spoken at the desk first."""
    here = locale_name()
    names = dict.fromkeys((here, ENGLISH, *languages_spoken()))
    made = [form_words(name, spoken() if name == here else catalogue(name)) for name in names]
    liked = [each.casefold() for each in likes]
    return tuple(sorted(made, key=lambda words: (words.own_name.casefold() not in liked[:1], words.language != here)))


def _without_a_name(given: FeedbackGiven) -> tuple[FeedbackWords, ...]:
    if not (given.why or given.better or given.concern):
        return ()
    return (FeedbackWords(id=new_id(), why=given.why, better=given.better, concern=given.concern),)


def _in_no_order(several: Sequence[T]) -> tuple[T, ...]:
    """Return them in an order that tells of no time."""
    return tuple(_SHUFFLED.sample(several, len(several)))


def _month(session: Session, month: dt.date) -> FeedbackMonth:
    kept = session.store.settings().get(f"{MONTH}{month:%Y-%m}")
    return FeedbackMonth(month=month) if kept is None else _FORM.validate_json(kept)


def kept_months(session: Session) -> tuple[FeedbackMonth, ...]:
    """Return every month in which something was given, oldest first."""
    settings = session.store.settings()
    return tuple(_FORM.validate_json(value) for name, value in sorted(settings.items()) if name.startswith(MONTH))


def keep_month(session: Session, month: FeedbackMonth) -> None:
    """Keep a month in place of what it was."""
    session.store.put_setting(f"{MONTH}{month.month:%Y-%m}", _FORM.dump_json(month).decode())


def _tidy(words: str) -> str:
    return clean_text(words, LONGEST_WORDS)
