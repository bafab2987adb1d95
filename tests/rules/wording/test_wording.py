"""Ages, dates, dues, pronouns and topics in words, from a day that is handed in."""

import datetime as dt
import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.language import use_translations
from rapportdesk.model.note import NoteKind
from rapportdesk.model.task import TaskStatus
from rapportdesk.model.topic import SENSITIVE_LIST, Permission
from rapportdesk.rules.promises.due import due_order, is_overdue, is_past_review, review_after
from rapportdesk.rules.wording.topic_words import asking_sentence, permission_line, same_topic, topic_name, topic_names
from rapportdesk.rules.wording.wording import age_words, day_words, due_words, in_their_words, listed_name, pronouns
from tests.rules.invented import NOW, TODAY, note, person, task, topic


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "today"), (0, "today"), (1, "yesterday"), (2, "2 days ago"), (13, "13 days ago"), (14, "2 weeks ago"),
        (59, "8 weeks ago"), (62, "2 months ago"), (400, "13 months ago"), (731, "2 years ago"), (800, "2 years ago"),
        (1100, "3 years ago"),
    ],
)  # fmt: skip
def test_an_age_is_said_as_people_say_it(days: int, words: str) -> None:
    assert age_words(TODAY - dt.timedelta(days=days), TODAY) == words


@given(st.dates(), st.dates())
def test_every_age_has_words(one: dt.date, other: dt.date) -> None:
    assert age_words(one, other)


def test_a_day_of_this_year_has_no_year() -> None:
    assert day_words(dt.date(2026, 9, 4), TODAY) == "4 September"
    assert day_words(dt.date(2025, 9, 4), TODAY) == "4 September 2025"


@pytest.mark.parametrize(
    ("days", "time", "words", "late"),
    [
        (-1, None, "due yesterday", True),
        (-40, None, "due 11 October", True),
        (0, None, "today", False),
        (0, "11:00", "by 11:00", False),
        (0, "08:30", "due by 08:30", True),
        (1, None, "tomorrow", False),
        (1, "11:00", "tomorrow, 11:00", False),
        (4, None, "by Tuesday", False),
        (4, "09:00", "by Tuesday, 09:00", False),
        (12, None, "by 2 December", False),
        (60, None, "by 19 January 2027", False),
    ],
)
def test_when_a_promise_is_due(days: int, time: str | None, words: str, late: bool) -> None:
    due_time = dt.time.fromisoformat(time) if time else None
    promise = task("ring", due=TODAY + dt.timedelta(days=days), due_time=due_time)
    assert due_words(promise, NOW) == words
    assert is_overdue(promise, NOW) is late


def test_a_promise_without_a_day_is_never_late_and_a_kept_one_no_more() -> None:
    assert due_words(task("ring"), NOW) == ""
    assert not is_overdue(task("ring"), NOW)
    yesterday = TODAY - dt.timedelta(days=1)
    assert is_overdue(task("ring", due=yesterday), NOW)
    assert not is_overdue(task("ring", due=yesterday, status=TaskStatus.COMPLETED), NOW)


def test_promises_are_ordered_by_when_they_are_due() -> None:
    tomorrow = task("b", due=TODAY + dt.timedelta(days=1))
    morning, evening = task("a", due=TODAY, due_time=dt.time(8)), task("c", due=TODAY)
    assert sorted([task("d"), tomorrow, evening, morning], key=due_order)[:3] == [morning, evening, tomorrow]


def test_what_people_say_ages_at_its_own_speed() -> None:
    feeling, hobby = review_after(NoteKind.FEELING_NAMED, TODAY), review_after(NoteKind.HOBBY, TODAY)
    assert feeling is not None
    assert hobby is not None
    assert TODAY < feeling < hobby
    assert review_after(NoteKind.PLEASE_DONT, TODAY) is None
    assert is_past_review(note(NoteKind.HOBBY, "leeks", review_after=TODAY), TODAY)
    assert not is_past_review(note(NoteKind.HOBBY, "leeks", review_after=hobby), TODAY)
    assert not is_past_review(note(NoteKind.HOBBY, "leeks"), TODAY)


def test_a_name_in_a_list_is_the_preferred_one_where_it_is_whole() -> None:
    assert listed_name(person("Manuel Ferreira", preferred_name="Mr Ferreira")) == "Mr Ferreira"
    assert listed_name(person("Nia Prydderch")) == "Nia Prydderch"
    assert listed_name(person("María José García", preferred_name="María José")) == "María José García"


def test_quotation_marks_stand_around_their_own_words_alone() -> None:
    assert in_their_words("leeks", quote=True) == "“leeks”"
    assert in_their_words("leeks", quote=False) == "leeks"


@pytest.mark.parametrize(
    ("said", "asks"), [("she / her", "She asks"), ("HE", "He asks"), ("they/them", "They ask"), ("", "They ask")]
)
def test_pronouns_change_the_phrases(said: str, asks: str) -> None:
    assert pronouns(person(pronouns=said)).asks == asks


def test_every_topic_has_plain_words_and_the_patients_own_word_stays() -> None:
    assert set(topic_names()) == SENSITIVE_LIST
    assert all(name != code or code.islower() for code, name in topic_names().items() if code != "HIV")
    assert topic_name("my garden") == "my garden"
    assert same_topic("Pregnancy-Loss", "pregnancy loss")
    assert not same_topic("money", "weight")


def test_the_asking_sentence_is_the_kept_one_or_the_usual_one() -> None:
    assert asking_sentence(topic("money", None)) == "“Would it be all right to talk about money?”"
    assert asking_sentence(topic("money", None, asking_sentence="How are things?")) == "How are things?"
    lines = {permission_line(topic("money", permission)) for permission in (None, *Permission)}
    assert len(lines) == len(Permission) + 1
    assert all("money" in line for line in lines)


def test_words_are_looked_up_when_they_are_said() -> None:
    class Shouting(gettext.NullTranslations):
        def info(self) -> dict[str, str]:
            return {"language": "no-such-language"}

        def gettext(self, message: str) -> str:
            return message.upper()

    use_translations(Shouting())
    try:
        assert pronouns(person(pronouns="she / her")).asks == "SHE ASKS"
        assert day_words(dt.date(2026, 9, 4), TODAY) == "4 September"
    finally:
        use_translations(gettext.NullTranslations())
