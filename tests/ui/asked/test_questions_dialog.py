"""What was asked already stands on the card, and every question is answered from the keyboard."""

import pytest

from rapportdesk.model.question import Answer, QuestionState
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, Key, focused, press, to_front, type_in
from ui.asked.asked_view import summary
from ui.asked.questions_dialog import QuestionsDialog
from ui.person.person import PersonDialog


@pytest.fixture
def dialog(counter: Counter) -> QuestionsDialog:
    counter.add()
    press(Key.Key_J, CTRL)
    counter.settle()
    found = counter.shell.window().findChild(QuestionsDialog)
    assert found is not None
    to_front(found, counter.qtbot)
    return found


def whose(counter: Counter) -> dict[str, QuestionState]:
    counter.settle()
    patient = counter.card.patient_id
    assert patient is not None
    return {state.id: state for state in counter.desk.questions.of(patient)}


def test_the_card_says_what_nobody_has_asked(counter: Counter) -> None:
    counter.add()
    counter.settle()
    assert counter.card.asked.isVisible()
    assert counter.card.asked.words.text().startswith("Not asked yet: what they like to be called, ")


def test_an_answer_is_typed_and_kept_and_the_next_question_has_the_keys(
    dialog: QuestionsDialog, counter: Counter
) -> None:
    press(Key.Key_Space)
    type_in("Dafi")
    press(Key.Key_Return)
    counter.settle()
    assert whose(counter)["preferred-name"].state == "Dafi"
    assert counter.card.card is not None
    assert counter.card.card.patient.called == "Dafi"
    assert dialog.isVisible()
    assert "how to say their name" in focused().accessibleName()


def test_a_no_takes_the_question_away_and_is_said_on_the_card(dialog: QuestionsDialog, counter: Counter) -> None:
    press(Key.Key_Tab)
    assert focused().accessibleName() == "Would rather not say: what they like to be called"
    press(Key.Key_Space)
    counter.settle()
    assert whose(counter)["preferred-name"].declined
    assert dialog.questions["preferred-name"].first is None
    press(Key.Key_Escape)
    counter.settle()
    assert "Would rather not say: what they like to be called." in counter.card.asked.words.text()


def test_an_empty_answer_is_asked_for_again(dialog: QuestionsDialog, counter: Counter) -> None:
    press(Key.Key_Space)
    press(Key.Key_Return)
    counter.settle()
    assert dialog.questions["preferred-name"].field.isVisible()
    assert whose(counter)["preferred-name"].state == "Never asked"


def test_not_today_is_left_until_tomorrow(dialog: QuestionsDialog, counter: Counter) -> None:
    dialog.record("say", Answer.NOT_TODAY)
    state = whose(counter)["say"]
    assert state.state == "“Not now”; asked today by Ana Ruiz"
    assert dialog.questions["say"].first is None


def test_what_each_person_may_hear_is_taken_down_among_the_people(counter: Counter) -> None:
    patient = counter.add()
    counter.desk.consents.agree(patient)
    counter.come_back()
    press(Key.Key_J, CTRL)
    counter.settle()
    dialog = counter.shell.window().findChild(QuestionsDialog)
    assert dialog is not None
    dialog.questions["who-may-hear"].answer()
    counter.settle()
    form = counter.shell.window().findChild(PersonDialog)
    assert form is not None
    assert form.isVisible()
    assert whose(counter)["who-may-hear"].state == "Never asked"


def test_the_line_is_short_and_gone_when_everything_is_known() -> None:
    known = QuestionState(id="a", name="pronouns", state="she / her", answered=True)
    assert summary((known,)) == ""
    open_ones = tuple(QuestionState(id=name, name=name, state="Never asked", sentence="?") for name in "abcde")
    assert summary(open_ones) == "Not asked yet: a, b, c and 2 more."
    declined = QuestionState(id="x", name="x", state="would rather not say", declined=True)
    assert summary((*open_ones[:1], declined)) == "Not asked yet: a. Would rather not say: x."
