"""What may be talked about, and who is with the patient, taken down in plain words."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QPushButton

from rapportdesk.model.company import NOT_ON_THE_CARD
from rapportdesk.model.note import Audience
from rapportdesk.model.topic import Permission
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, SHIFT, Key, focused, press, type_in
from ui.frame.company import CompanyDialog
from ui.topic.topic import TopicDialog
from ui.topic.topic_view import PLAIN


@pytest.fixture
def topic(counter: Counter) -> TopicDialog:
    counter.open("Nia Prydderch")
    press(Key.Key_T, CTRL | SHIFT)
    counter.settle()
    found = counter.shell.window().findChild(TopicDialog)
    assert found is not None
    return found


def test_a_dozen_plain_words_and_never_a_code(topic: TopicDialog) -> None:
    assert len(PLAIN) == 12
    words = topic.offered_words()

    assert {"bereavement", "money", "sexual health"} <= set(words)
    assert not set(words) & {"SEX", "MH", "SUD"}


def test_what_was_said_before_is_shown(topic: TopicDialog) -> None:
    topic.choose("bereavement")

    assert topic.permission is Permission.ASK_FIRST


def test_a_permission_is_kept_with_its_end(topic: TopicDialog, counter: Counter) -> None:
    topic.choose("money")
    topic.allow(Permission.DO_NOT_RAISE)
    topic.until.edit.setText("31 December 2027")
    topic.asking.sentence.edit.setText("Shall we talk about the bill?")
    topic.save()
    counter.settle()

    nia = counter.find("Nia Prydderch")
    kept = next(each for each in counter.desk.topics.of(nia) if each.code == "money")
    assert (kept.permission, kept.valid_until) == (Permission.DO_NOT_RAISE, dt.date(2027, 12, 31))
    assert kept.asking_sentence == "Shall we talk about the bill?"
    assert kept.name_for is Audience.EVERYONE


def test_a_topic_for_clinicians_is_gone_from_receptions_screen(topic: TopicDialog, counter: Counter) -> None:
    topic.choose("MH")
    topic.allow(Permission.CLINICIAN_ONLY)
    topic.save()
    counter.settle()

    nia = counter.find("Nia Prydderch")
    assert "MH" not in {each.code for each in counter.desk.topics.of(nia)}
    assert not any("mental health" in line.text for line in counter.lines(nia))
    assert counter.said, "the control: it was kept"


def test_the_patients_own_word_is_a_topic(topic: TopicDialog, counter: Counter) -> None:
    topic.own.edit.setText("the fire")
    topic.allow(Permission.ASK_FIRST)
    topic.save()
    counter.settle()

    assert "the fire" in {each.code for each in counter.desk.topics.of(counter.find("Nia Prydderch"))}


def test_not_in_front_of_needs_a_person(topic: TopicDialog, counter: Counter) -> None:
    topic.choose("money")
    topic.allow(Permission.NOT_IN_FRONT_OF)
    assert not topic.person.isHidden()
    topic.allow(Permission.ASK_FIRST)
    assert topic.person.isHidden()


@pytest.mark.parametrize("missing", ["topic", "permission", "day"])
def test_what_is_missing_is_said(topic: TopicDialog, counter: Counter, missing: str) -> None:
    if missing != "topic":
        topic.choose("money")
    if missing != "permission":
        topic.allow(Permission.WELCOME)
    if missing == "day":
        topic.until.edit.setText("whenever")
    topic.save()
    counter.settle()

    assert topic.isVisible()


def test_who_is_with_them_is_said_and_remembered(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    press(Key.Key_F8)
    counter.settle()
    dialog = counter.shell.window().findChild(CompanyDialog)
    assert dialog is not None
    dialog.say_alone()
    dialog.save()
    counter.settle()
    assert counter.desk.people.company(nia) == frozenset()

    counter.come_back()
    press(Key.Key_F8)
    counter.settle()
    dialog = next(each for each in counter.shell.window().findChildren(CompanyDialog) if each.isVisible())
    gwen = counter.desk.people.get(nia).people[0].id
    dialog.say_with(gwen)
    dialog.save()
    counter.settle()
    assert counter.desk.people.company(nia) == frozenset({gwen})


def test_that_it_was_asked_about_is_remembered(topic: TopicDialog, counter: Counter) -> None:
    topic.choose("bereavement")
    topic.asking.answer.edit.setText("not today, thank you")
    topic.save()
    counter.settle()

    kept = next(each for each in counter.desk.topics.of(counter.find("Nia Prydderch")) if each.code == "bereavement")
    assert [(each.answer, each.asked_by_name) for each in kept.askings] == [("not today, thank you", "Ana Ruiz")]


def test_who_asked_already_stands_above_the_sentence(topic: TopicDialog, counter: Counter) -> None:
    topic.choose("bereavement")
    topic.asking.answer.edit.setText("not today")
    topic.save()
    counter.settle()
    counter.come_back()
    press(Key.Key_T, CTRL | SHIFT)
    counter.settle()
    again = next(each for each in counter.shell.window().findChildren(TopicDialog) if each.isVisible())

    again.choose("money")
    assert not again.asking.before.isVisible()
    again.choose("bereavement")
    assert again.asking.before.isVisible()
    assert again.asking.before.text() == "Asked today by Ana Ruiz: not today"


def test_words_to_ask_with_are_suggested_and_can_be_changed(topic: TopicDialog, counter: Counter) -> None:
    topic.choose("money")
    counter.settle()
    topic.asking.suggestion.click()
    usual = topic.asking.sentence.text
    assert usual == "“Would it be all right to talk about money?”"
    topic.asking.suggestion.click()
    another = topic.asking.sentence.text
    assert another not in {usual, ""}
    topic.own.edit.setText("the fire")
    topic.own.edit.editingFinished.emit()
    counter.settle()
    assert topic.asking.sentence.text == another, "what stands there is not taken away"
    topic.asking.suggestion.click()
    assert "the fire" in topic.asking.sentence.text


def test_a_permission_may_begin_later(topic: TopicDialog, counter: Counter) -> None:
    topic.choose("money")
    topic.allow(Permission.WELCOME)
    topic.since.edit.setText("1 January 2027")
    topic.until.edit.setText("31 December 2026")
    topic.save()
    counter.settle()
    assert topic.isVisible(), "it would end before it begins"
    topic.until.edit.setText("31 December 2027")
    topic.save()
    counter.settle()

    kept = next(each for each in counter.desk.topics.of(counter.find("Nia Prydderch")) if each.code == "money")
    assert (kept.valid_from, kept.valid_until) == (dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    assert any("all right" in line.detail for line in counter.lines(kept.patient)), "until then it is asked first"


def test_who_came_along_stands_on_the_card_and_somebody_unknown_can_be_named(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    assert not counter.card.with_them.isVisible()
    press(Key.Key_F8)
    counter.settle()
    dialog = counter.shell.window().findChild(CompanyDialog)
    assert dialog is not None
    dialog.say_with(counter.desk.people.get(nia).people[0].id)
    type_in("Bob", on=dialog.other.edit)
    dialog.save()
    counter.settle()
    assert counter.card.with_them.isVisible()
    assert "Bob" in counter.card.with_them.words.text()
    gwen = counter.desk.people.get(nia).people[0].id
    assert counter.desk.people.company(nia) == frozenset({gwen, f"{NOT_ON_THE_CARD}Bob"})


def test_from_a_line_about_a_topic_that_topic_is_chosen(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    counter.desk.topics.set(nia, "money", Permission.ASK_FIRST, answer="not today")
    counter.card.refresh()
    counter.settle()
    if not any("money" in line.line.text for line in counter.card.blocks.lines):
        for more in counter.card.blocks.findChildren(QPushButton):
            if more.property("role") == "link":
                more.click()
    counter.stand_on("money")
    assert "Asked today by Ana Ruiz: not today. Not again today" in focused().accessibleName()
    press(Key.Key_Return)
    counter.settle()
    dialog = counter.shell.window().findChild(TopicDialog)
    assert dialog is not None
    assert dialog.code == "money"
    assert dialog.asking.before.isVisible()
