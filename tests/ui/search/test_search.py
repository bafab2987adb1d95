"""Search by keyboard: never the wrong person."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from rapportdesk.desk.search.search import Search
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier, Patient
from rapportdesk.model.shown import PersonHit, SearchResults
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, Key, focused, press, type_in
from ui.search.hits import FIRST, FIRST_IN_WORDS
from ui.search.search import SearchScreen
from ui.widgets.controls import Label


@pytest.fixture
def search(counter: Counter) -> SearchScreen:
    found = counter.shell.search
    assert isinstance(found, SearchScreen)
    return found


def listed(search: SearchScreen) -> list[str]:
    return [hit.name for hit in search.hits.hits.rows]


def test_one_clear_person_opens_with_enter(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("wojcik")
    counter.settle()
    press(Key.Key_Return)
    counter.settle()

    assert counter.card.patient_id == counter.find("Tomasz Wójcik")
    assert search.isHidden()
    assert counter.shell.bar.search.text() == ""
    assert focused() is counter.card.quick.field


def test_a_near_namesake_is_never_opened_by_enter_alone(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("nia pr")
    counter.settle()
    assert {"Nia Prydderch", "Nia Pritchard"} <= set(listed(search))
    press(Key.Key_Return)
    counter.settle()
    assert counter.card.patient_id is None
    assert not search.isHidden()

    at = listed(search).index("Nia Pritchard")
    for _step in range(at + 1):
        press(Key.Key_Down)
    press(Key.Key_Return)
    counter.settle()

    assert counter.card.patient_id == counter.find("Nia Pritchard"), "the control: an arrow key chooses"


def test_birth_dates_are_read_out_for_every_hit(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("nia pr")
    counter.settle()

    said = [search.hits.hits.words(hit) for hit in search.hits.hits.rows]
    assert any("14 Mar 1958" in words for words in said)
    assert any("14 Mar 1985" in words for words in said)


def test_enter_before_the_answer_waits_for_exactly_that_text(counter: Counter) -> None:
    press(Key.Key_K, CTRL)
    type_in("wojcik")
    press(Key.Key_Return)
    assert counter.card.patient_id is None, "nothing has been found yet"
    counter.settle()

    assert counter.card.patient_id == counter.find("Tomasz Wójcik")


def test_an_enter_for_one_text_opens_nothing_for_another(counter: Counter) -> None:
    press(Key.Key_K, CTRL)
    type_in("wojci")
    press(Key.Key_Return)
    type_in("k")
    counter.settle()
    assert counter.card.patient_id is None

    press(Key.Key_Return)
    counter.settle()
    assert counter.card.patient_id is not None, "the control: an Enter of its own opens"


def test_results_for_an_older_text_are_never_shown(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("nia")
    counter.settle()
    before = listed(search)
    type_in("q")

    answer = SearchResults(text="nia", hits=(PersonHit(id=PatientId("0" * 32), name="Late", called="Late"),))
    search.finder.show_answer(answer)
    assert listed(search) == before
    press(Key.Key_Return)
    assert counter.card.patient_id is None


def test_a_pasted_number_opens_its_card_and_a_typed_one_waits(counter: Counter) -> None:
    press(Key.Key_K, CTRL)
    type_in("40218")
    counter.settle()
    assert counter.card.patient_id is None, "typed, it waits for Enter"
    press(Key.Key_Escape)

    counter.shell.bar.search.insert("40218")
    counter.settle()

    assert counter.card.patient_id == counter.find("Nia Prydderch")


def test_a_shared_phone_lists_every_holder_and_opens_none(counter: Counter, search: SearchScreen) -> None:
    phone = ContactPoint(system=ContactSystem.PHONE, value="07700 900123")
    for name in ("Aled One", "Betsan Two"):
        counter.desk.people.add(Patient(id=PatientId(""), name=name, contact_points=(phone,)))
    press(Key.Key_K, CTRL)
    counter.shell.bar.search.insert("07700 900123")
    counter.settle()
    press(Key.Key_Return)
    counter.settle()

    assert set(listed(search)) == {"Aled One", "Betsan Two"}
    assert counter.card.patient_id is None


def test_a_number_two_people_share_opens_neither(counter: Counter, search: SearchScreen) -> None:
    for name in ("Aled One", "Betsan Two"):
        counter.desk.people.add(Patient(id=PatientId(""), name=name, identifiers=(Identifier(value="55555"),)))
    press(Key.Key_K, CTRL)
    counter.shell.bar.search.insert("55555")
    counter.settle()
    press(Key.Key_Return)
    counter.settle()

    assert counter.card.patient_id is None
    assert set(listed(search)) == {"Aled One", "Betsan Two"}


def test_esc_clears(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("nia")
    counter.settle()
    press(Key.Key_Escape)

    assert counter.shell.bar.search.text() == ""
    assert search.isHidden()
    assert search.hits.hits.rows == ()


def test_a_word_of_a_note_finds_whose_it_is(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("motorbikes")
    counter.settle()

    assert listed(search) == ["Tomasz Wójcik"]
    assert "motorbikes" in search.hits.hits.rows[0].snippet


def test_letters_typed_in_today_go_to_search(counter: Counter, search: SearchScreen) -> None:
    counter.today.list.setFocus()
    type_in("w")
    assert focused() is counter.shell.bar.search
    type_in("ojcik")
    counter.settle()

    assert counter.shell.bar.search.text() == "wojcik"
    assert "Tomasz Wójcik" in listed(search)


def test_a_letter_paints_nothing_that_lies_beneath_what_was_found(counter: Counter, search: SearchScreen) -> None:
    painted = list[str]()

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
            if event.type() == QEvent.Type.Paint:
                painted.append(type(watched).__name__)
            return False

    watch = Watch()
    press(Key.Key_K, CTRL)
    type_in("n")
    counter.settle()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.installEventFilter(watch)
    try:
        search.hits.viewport().update()
        counter.settle()
        QApplication.processEvents()
        search.update()
        counter.settle()
        QApplication.processEvents()
        beneath = list(painted)
        painted.clear()
        search.hide()
        counter.settle()
        QApplication.processEvents()
    finally:
        app.removeEventFilter(watch)
    assert "SearchScreen" in beneath
    assert "Shell" not in beneath
    assert "Shell" in painted, "the control: what it uncovers is painted"


def test_it_becomes_taller_at_once_and_shorter_once_nobody_types(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("a")
    counter.settle()
    tall = search.height()
    said = search.findChild(Label)
    assert said is not None
    type_in("nj")
    counter.settle()
    assert search.height() == tall
    assert said.geometry().top() < tall / 2, "what is said stands right under what was found"
    counter.qtbot.waitUntil(lambda: search.height() < tall)
    short = search.height()
    press(Key.Key_Backspace, on=counter.shell.bar.search)
    press(Key.Key_Backspace, on=counter.shell.bar.search)
    counter.settle()
    assert search.height() == tall > short


def test_nothing_found_says_so(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("zzzzzz")
    counter.settle()

    said = " ".join(label.text() for label in search.findChildren(Label))
    assert "Nobody and nothing found." in said
    assert "promised:overdue" in said, "and what else can be typed is explained there"


def test_nothing_found_before_everything_was_looked_through_says_that(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("zzzzzz")
    counter.settle()
    search.finder.show_answer(SearchResults(text="zzzzzz", hits=(), more=True))

    said = " ".join(label.text() for label in search.findChildren(Label))
    assert "there is more" in said
    assert "Nobody and nothing found." not in said


def test_what_was_found_in_a_note_is_marked_and_said(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("hobby:motor")
    counter.settle()

    (hit,) = search.hits.hits.rows
    assert [hit.snippet[first:last] for first, last in hit.marks] == ["motorbikes"]
    assert "in a note: " in search.hits.hits.words(hit)
    assert search.hits.hits.words(hit).endswith("found: motorbikes")
    press(Key.Key_Return)
    counter.settle()
    assert counter.card.patient_id is None, "an arrow key chooses first"


def test_an_overdue_promise_is_found(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("promised:open")
    counter.settle()

    assert search.hits.hits.rows
    assert all(hit.task for hit in search.hits.hits.rows)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """How many hits were asked for at once, each time that something was looked for."""
    asked = list[int | None]()
    looks = Search.__call__

    def looked(
        self: Search, text: str, *, limit: int = 50, first: int | None = None, first_in_words: int | None = None
    ) -> SearchResults:
        asked.append(first)
        return looks(self, text, limit=limit, first=first, first_in_words=first_in_words)

    monkeypatch.setattr(Search, "__call__", looked)
    return asked


def test_the_rest_is_read_when_the_last_of_the_first_rows_comes_into_sight(
    counter: Counter, search: SearchScreen, asked: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    press(Key.Key_K, CTRL)
    type_in("a")
    counter.settle()
    assert asked == [FIRST], "the control: as many as can be seen are read at once"
    everybody = listed(search)
    said = [label.text() for label in search.findChildren(Label)]
    counter.shell.bar.search.clear()
    counter.settle()

    monkeypatch.setattr("ui.search.finder.FIRST", 2)
    type_in("a")
    counter.settle()
    first = listed(search)[:2]
    assert [label.text() for label in search.findChildren(Label)] == said, "all of them are counted"
    press(Key.Key_Down)
    counter.settle()
    assert asked[1:] == [2, None]
    assert listed(search)[:2] == first
    assert listed(search) == everybody
    assert len(everybody) > 2, "the control: there was a rest"
    assert search.hits.chosen is search.hits.hits.rows[0]


def test_of_what_was_found_in_words_as_much_is_read_as_can_be_seen(
    counter: Counter, search: SearchScreen, asked: list[int | None]
) -> None:
    nia = counter.find("Nia Prydderch")
    for number in range(12):
        counter.desk.notes.write(nia, f"likes marmalade {number}", kind=NoteKind.HOBBY)
    press(Key.Key_K, CTRL)
    type_in("marmalade")
    counter.settle()
    assert len(search.hits.hits.rows) == FIRST_IN_WORDS
    assert asked[-1] == FIRST, "and nothing more is asked for while nobody scrolls"
    assert all(hit.snippet for hit in search.hits.hits.rows)


def test_the_rest_never_overtakes_the_next_letter(counter: Counter, search: SearchScreen) -> None:
    press(Key.Key_K, CTRL)
    type_in("a")
    counter.settle()
    type_in("n")
    search.finder._ask_for_rest()
    counter.settle()
    assert search.finder._results is not None
    assert search.finder._results.text == "an"


def test_a_letter_paints_what_was_found_once(counter: Counter, search: SearchScreen) -> None:
    painted = list[int]()

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
            if event.type() == QEvent.Type.Paint:
                painted.append(search.hits.hits.rowCount())
            return False

    watch = Watch()
    press(Key.Key_K, CTRL)
    type_in("n")
    counter.settle()
    QApplication.processEvents()
    search.hits.viewport().installEventFilter(watch)
    type_in("i")
    counter.settle()
    for _time in range(3):
        QApplication.processEvents()
    assert painted == [len(listed(search))]
    type_in("zzzz")
    counter.settle()
    QApplication.processEvents()
    assert painted[-1] == 0, "and an answer with nobody in it is painted too"
