"""What was asked is said, a no is respected, and nothing is asked whose answer could not be kept."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.people.questions import all_questions
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.question import Answer, QuestionAsked, QuestionState
from rapportdesk.rules.consent.question_words import question_name, question_sentence
from rapportdesk.rules.consent.questions import kept_in_field, kept_in_note, question_states
from rapportdesk.rules.known import Known
from rapportdesk.rules.visibility import see
from tests.rules.invented import (
    ALONE,
    ANA,
    CLINICIAN,
    GWEN,
    NOW,
    PATIENT,
    RECEPTION,
    ago,
    agreed,
    consent,
    fresh_id,
    note,
    person,
)

NOBODY_YET = Patient(id=PATIENT, name="Li Wei")


def asked(question: str, answer: Answer, days: float = 3) -> QuestionAsked:
    return QuestionAsked(
        id=fresh_id(), patient=PATIENT, question=question, answer=answer, asked_at=ago(days).astimezone(dt.UTC),
        asked_by=ANA, asked_by_name="Ana Ruiz",
    )  # fmt: skip


def states(known: Known, *log: QuestionAsked, now: dt.datetime = NOW) -> dict[str, QuestionState]:
    seen = see(known, RECEPTION, ALONE, now)
    return {each.id: each for each in question_states(all_questions(), seen, log, now)}


def stranger() -> Known:
    return Known(patient=NOBODY_YET, consents=agreed())


def test_every_question_has_words_a_sentence_and_a_place_that_exists() -> None:
    for question in all_questions():
        assert question_name(question.id)
        assert question_sentence(question.id).startswith("“")
        assert question.kept == "people" or kept_in_note(question) or kept_in_field(question)
        if kept_in_field(question):
            assert hasattr(NOBODY_YET, kept_in_field(question))


def test_what_was_never_asked_has_a_sentence_to_ask_it() -> None:
    here = states(stranger())
    assert set(here) == {question.id for question in all_questions()}
    assert all(each.state == "Never asked" and each.sentence for each in here.values())
    assert here["pronouns"].sentence == "“Which pronouns do you use, if any?”"


def test_what_is_known_is_said_and_not_asked() -> None:
    known = Known(
        patient=replace(NOBODY_YET, pronouns="he / him", languages=("Mandarin", "English"), people=(GWEN,)),
        consents=(*agreed(), consent(Covers.TALK_WITH, person="gwen")),
        notes=(note(NoteKind.IMPORTANT_TO_ME, "Be on time"),),
    )
    here = states(known)
    for question, said in (
        ("pronouns", "he / him"), ("language", "Mandarin, English"), ("what-matters", "Be on time"),
        ("who-may-hear", "Gwen"),
    ):  # fmt: skip
        assert (here[question].state, here[question].sentence, here[question].answered) == (said, "", True)


def test_a_no_is_an_answer_and_is_never_asked_again() -> None:
    declined = asked("pronouns", Answer.DECLINED, days=2000)
    state = states(stranger(), declined)["pronouns"]
    assert state.declined
    assert state.sentence == ""
    assert state.state.startswith("Would rather not say; asked ")
    assert state.state.endswith("by Ana Ruiz")
    told_later = replace(stranger(), patient=replace(NOBODY_YET, pronouns="he / him"))
    assert states(told_later, declined)["pronouns"].state == "he / him", "what they tell of themselves later is known"


def test_not_today_is_asked_again_on_another_day() -> None:
    today = states(stranger(), asked("say", Answer.NOT_TODAY, days=0))["say"]
    assert (today.state, today.sentence) == ("“Not now”; asked today by Ana Ruiz", "")
    assert states(stranger(), asked("say", Answer.NOT_TODAY, days=1))["say"].sentence
    assert not states(stranger(), asked("say", Answer.NOT_TODAY, 9), asked("say", Answer.DECLINED, 5))["say"].sentence


def test_what_needs_consent_is_not_asked_without_it() -> None:
    without = set(states(Known(patient=NOBODY_YET)))
    assert not without & {"what-matters", "how-to-communicate", "who-may-hear"}
    assert {"preferred-name", "interpreter", "easier-here", "please-dont"} <= without
    said_no = Known(patient=NOBODY_YET, consents=(consent(Covers.KEEP_NOTES, ConsentStatus.REJECTED),))
    assert set(states(said_no)) == without


def test_nobody_asks_the_dead() -> None:
    assert states(Known(patient=replace(NOBODY_YET, deceased=True), consents=agreed())) == {}


@given(audience=st.sampled_from(Audience), shared=st.booleans())
def test_no_question_tells_what_the_card_does_not(audience: Audience, *, shared: bool) -> None:
    words = "Wants to hear everything first"
    known = Known(
        patient=person(),
        consents=agreed() if shared else agreed()[:1],
        notes=(note(NoteKind.IMPORTANT_TO_ME, words, audience=audience),),
    )
    for viewer in (RECEPTION, CLINICIAN):
        seen = see(known, viewer, None, NOW)
        said = repr(question_states(all_questions(), seen, (), NOW))
        assert (words in said) is any(each.note.text == words for each in seen.notes)
