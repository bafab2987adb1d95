"""In a patient's hands the window shows nothing of anybody, and nothing but a secret leads back to the desk."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from rapportdesk.desk.reach.feedback import MONTH
from rapportdesk.language import languages_spoken
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.feedback import Experience
from tests.ui.counter import Counter
from tests.ui.keys import ALT, CTRL, PLAIN, SHIFT, Key, focused, press, type_in
from ui.feedback.feedback_dialog import FeedbackDialog
from ui.feedback.patient_form import PatientForm
from ui.frame.shell import Shell
from ui.start.application import Application
from ui.widgets.controls import Section

NIA = "Nia Prydderch"
ADDRESS = "reviews.example.org/cwm-road"


def words(application: Application) -> str:
    """Return everything that can be read now."""
    tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    labels = [each.text() for top in tops for each in top.findChildren(QLabel) if each.isVisible()]
    buttons = [each.text() for top in tops for each in top.findChildren(QPushButton) if each.isVisible()]
    return "\n".join((*labels, *buttons))


def kept(counter: Counter) -> str:
    """What lies in the file of this month."""
    counter.settle()
    settings = counter.desk.session().store.settings()
    return next((value for name, value in settings.items() if name.startswith(MONTH)), "")


def dialog_of(counter: Counter) -> FeedbackDialog:
    counter.shell.run("feedback")
    counter.settle()
    return next(each for each in counter.shell.window().findChildren(FeedbackDialog) if each.isVisible())


def hand(application: Application, counter: Counter) -> PatientForm:
    """Hand the screen to Nia, who agreed to be asked."""
    nia = counter.open(NIA)
    counter.desk.consents.record(nia, Covers.FEEDBACK, ConsentStatus.ACTIVE)
    dialog_of(counter).hand_over.click()
    counter.settle()
    page = application.window.findChild(PatientForm)
    assert page is not None
    counter.come_back()
    return page


@pytest.fixture
def form(application: Application, counter: Counter) -> PatientForm:
    return hand(application, counter)


def go_through(form: PatientForm, counter: Counter, experience: Experience = Experience.GOOD) -> None:
    """Answer every question alike, up to the words."""
    for _question in range(3):
        form.answers[experience].click()
        form.next.click()
    counter.settle()


def test_it_fills_the_screen_and_shows_nothing_of_anybody(form: PatientForm, application: Application) -> None:
    assert application.window.isFullScreen()
    said = words(application)
    assert "Overall, how was your experience of our service?" in said
    for hidden in ("Nia", "Prydderch", "Ana", "Osei", "Ferreira", "40218", "Cover", "Today"):
        assert hidden not in said


def test_it_is_filled_in_by_keys_and_kept_without_a_name(form: PatientForm, counter: Counter) -> None:
    nia = counter.find(NIA)
    before = counter.texts(nia)
    for _question in range(3):
        assert not form.next.isEnabled(), "every question has an answer, if only that they don't know"
        assert focused() is form.answers[Experience.VERY_GOOD]
        press(Key.Key_Space)
        form.next.setFocus()
        press(Key.Key_Space)
    assert focused() is form.fields["why"]
    type_in("So kind")
    press(Key.Key_Return)
    type_in("to me")
    form.next.click()
    counter.settle()

    assert "Thank you." in words_of(form)
    assert "So kind" in kept(counter)
    assert "to me" in kept(counter)
    assert kept(counter).count("very-good") == 3
    assert counter.texts(nia) == before
    assert "So kind" not in words_of(form)


def words_of(form: PatientForm) -> str:
    return "\n".join(each.accessibleName() for each in form.findChildren(QLabel) if each.isVisible())


def test_with_an_answer_wanted_it_is_a_note_and_a_promise(form: PatientForm, counter: Counter) -> None:
    nia = counter.find(NIA)
    go_through(form, counter)
    form.fields["better"].replace("The step")
    form.ticks["concern"].click()
    form.ticks["wants_answer"].click()
    form.next.click()
    counter.settle()

    assert any("The step" in text for text in counter.texts(nia))
    tasks = [line.task.text for line in counter.lines(nia) if line.task is not None]
    assert any("Look into their concern" in text for text in tasks)
    assert "We will get in touch with you." in words_of(form)


def test_tab_goes_from_the_words_to_sending_them(form: PatientForm, counter: Counter) -> None:
    go_through(form, counter)
    order = [form.fields["why"], form.fields["better"], form.ticks["concern"], form.ticks["wants_answer"]]
    for widget in (*order, form.back, form.next, form.leave):
        assert focused() is widget
        press(Key.Key_Tab)


def test_going_back_keeps_what_was_said_and_another_language_says_the_same(form: PatientForm, counter: Counter) -> None:
    go_through(form, counter)
    form.fields["why"].replace("So kind")
    form.ticks["concern"].click()
    for language in form.languages:
        form.speak(language)
        assert form.fields["why"].text == "So kind"
        assert form.ticks["concern"].isChecked()
    press(Key.Key_Escape, on=form)
    assert form.step == 2
    assert form.answers[Experience.GOOD].isChecked()
    assert set(form.languages) == ({"en_GB", *languages_spoken()} if languages_spoken() else set())


def test_no_key_and_no_closing_leads_out_of_it(
    form: PatientForm, application: Application, counter: Counter, enter_as: Callable[[str], Shell]
) -> None:
    before = words(application)
    for key, modifiers in (
        (Key.Key_K, CTRL), (Key.Key_T, CTRL), (Key.Key_F1, PLAIN), (Key.Key_F8, PLAIN), (Key.Key_E, CTRL),
        (Key.Key_F6, PLAIN), (Key.Key_T, CTRL | SHIFT), (Key.Key_P, CTRL), (Key.Key_N, CTRL), (Key.Key_Z, CTRL),
        (Key.Key_F4, ALT), (Key.Key_Escape, PLAIN), (Key.Key_D, CTRL),
    ):  # fmt: skip
        press(key, modifiers, on=application.window.pages.currentWidget())
        counter.settle()
        assert application.window.pages.currentWidget() is form
        assert words(application) == before
    assert not application.window.close(), "Alt+F4 is a request to close"
    counter.settle()
    assert application.window.isVisible()
    assert application.window.pages.currentWidget() is form
    form.leave.click()
    counter.settled(application.work)
    assert application.shell is None
    assert application.sign_in is not None
    assert application.sign_in.isVisible()
    assert not application.window.isFullScreen()
    enter_as("Ana Ruiz")


def test_f9_covers_it_and_an_idle_desk_locks(form: PatientForm, application: Application, counter: Counter) -> None:
    before = words(application)
    press(Key.Key_F9, on=form)
    assert "Overall" not in words(application)
    press(Key.Key_F9, on=application.window)
    assert words(application) == before
    assert application.window.pages.currentWidget() is form

    application.idle.idle.emit()
    counter.settled(application.work)
    assert application.shell is None
    assert "Overall" not in words(application)


@pytest.mark.parametrize(("experience", "invited"), [(Experience.VERY_POOR, True), (Experience.VERY_GOOD, False)])
def test_an_invitation_to_review_follows_its_consent_and_never_the_answer(
    application: Application, counter: Counter, experience: Experience, invited: bool,
) -> None:  # fmt: skip
    nia = counter.open(NIA)
    counter.desk.session().store.put_setting("review address", ADDRESS)
    if invited:
        counter.desk.consents.record(nia, Covers.REVIEW, ConsentStatus.ACTIVE)
    form = hand(application, counter)
    go_through(form, counter, experience)
    form.next.click()
    counter.settle()
    assert (ADDRESS in words_of(form)) is invited


def test_whoever_has_not_agreed_is_not_asked(counter: Counter) -> None:
    counter.open(NIA)
    dialog = dialog_of(counter)
    assert dialog.hand_over.isHidden()
    assert not dialog.save_button.isEnabled()
    assert not dialog.to_consents.isHidden()
    QTest.mouseClick(dialog.to_consents, Qt.MouseButton.LeftButton)
    counter.settle()
    assert not any(each.isVisible() for each in counter.shell.window().findChildren(FeedbackDialog))


def test_staff_enter_what_was_said_and_what_they_typed_comes_back(counter: Counter) -> None:
    dialog = dialog_of(counter)
    overall = next(iter(dialog.pickers.values()))
    overall.setCurrentIndex(overall.findData(Experience.VERY_POOR))
    dialog.why.field.replace("Waited an hour")
    dialog.reject()
    counter.settle()

    dialog = dialog_of(counter)
    assert dialog.why.text == "Waited an hour"
    assert next(iter(dialog.pickers.values())).currentData() == Experience.VERY_POOR
    dialog.save()
    counter.settle()
    assert "Waited an hour" in kept(counter)
    assert "very-poor" in kept(counter)
    assert dialog_of(counter).why.text == ""


@pytest.mark.parametrize(("whose", "heading"), [("", "ENTER WHAT THEY SAID"), (NIA, "OR ENTER WHAT THEY SAID")])
def test_entering_it_is_the_other_way_only_where_the_screen_can_be_handed_over(
    counter: Counter, whose: str, heading: str
) -> None:
    if whose:
        counter.open(whose)
    assert [each.text() for each in dialog_of(counter).findChildren(Section)] == [heading]
