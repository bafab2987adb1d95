"""A personal question is asked once, its answer lies where it belongs, and a no is kept."""

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.model.identity import PatientId
from rapportdesk.model.question import Answer, QuestionState
from tests.desk.conftest import Practice, add_nia


def state(desk: Desk, patient: PatientId, question: str) -> QuestionState:
    return next(each for each in desk.questions.of(patient) if each.id == question)


def test_an_answer_is_kept_in_who_they_are_or_as_a_note(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.questions.record(nia, "pronouns", Answer.ANSWERED, " she / her ")
    ana.questions.record(nia, "language", Answer.ANSWERED, "Welsh, English")
    ana.questions.record(nia, "what-matters", Answer.ANSWERED, "To be home for the school bus")
    patient = ana.people.get(nia)
    assert (patient.pronouns, patient.languages) == ("she / her", ("Welsh", "English"))
    assert "To be home for the school bus" in str(ana.people.card_unrecorded(nia).blocks)
    assert state(ana, nia, "pronouns").state == "she / her"


def test_a_no_is_known_to_everybody_who_signs_in_and_after_a_night(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.questions.record(nia, "pronouns", Answer.DECLINED, "what is typed with a no is not kept")
    desk.questions.record(nia, "say", Answer.NOT_TODAY)
    practice.reopen()
    practice.clock.move_on(86_400)
    desk = practice.sign_in("Dr Osei")
    assert state(desk, nia, "pronouns").declined
    assert "Would rather not say" in state(desk, nia, "pronouns").state
    assert state(desk, nia, "say").sentence
    assert "typed with a no" not in str(desk.session().store.things(nia))


def test_an_answer_that_needs_consent_is_refused_without_it_and_nothing_is_remembered(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    with pytest.raises(ConsentNeeded):
        ana.questions.record(nia, "what-matters", Answer.ANSWERED, "To be home for the school bus")
    assert ana.session().known(nia).questions == ()
    ana.questions.record(nia, "preferred-name", Answer.ANSWERED, "Nia fach")
    assert ana.people.get(nia).called == "Nia fach"


def test_what_cannot_be_recorded_is_refused(ana: Desk) -> None:
    nia = add_nia(ana)
    with pytest.raises(BadInput):
        ana.questions.record(nia, "pronouns", Answer.ANSWERED, "  ")
    with pytest.raises(NotFound):
        ana.questions.record(nia, "shoe-size", Answer.DECLINED)
    with pytest.raises(BadInput):
        ana.questions.record(nia, "pronouns", Answer.NONE)
    ana.questions.record(nia, "who-may-hear", Answer.NONE)
    ana.questions.record(nia, "interpreter", Answer.NONE)
    for question in ("who-may-hear", "interpreter"):
        assert state(ana, nia, question).answered
        assert state(ana, nia, question).state.startswith("None; asked today")
    assert ana.people.get(nia).interpreter == ""


@pytest.mark.parametrize("answer", [Answer.ANSWERED, Answer.DECLINED, Answer.NOT_TODAY])
def test_taking_it_back_leaves_it_as_never_asked(ana: Desk, answer: Answer) -> None:
    nia = add_nia(ana)
    before = ana.questions.of(nia)
    ana.questions.record(nia, "what-matters", answer, "To be home for the school bus")
    assert ana.questions.of(nia) != before
    ana.notes.undo()
    assert ana.questions.of(nia) == before
    assert "school bus" not in str(ana.people.card_unrecorded(nia).blocks)
