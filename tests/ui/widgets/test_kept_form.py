"""What is typed into a form is back after a lock, a crash or Esc for whoever typed it, until it is saved or dropped."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from rapportdesk.errors import VaultFault
from rapportdesk.model.draft import Form
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem
from rapportdesk.model.topic import Permission
from rapportdesk.store.sealed_store import SealedStore
from tests.ui.conftest import EnterAs
from tests.ui.counter import Counter
from tests.ui.keys import Key, press, type_in
from ui.person.person import PersonDialog
from ui.quick_line.quick_line import SEALED_EVERY_MS
from ui.start.application import Application
from ui.topic.topic import TopicDialog
from ui.widgets.controls import Button
from ui.widgets.kept_form import FormDialog

NIA = "Nia Prydderch"
FORMS: dict[str, tuple[str, Form]] = {
    "adding": ("person.add", Form.PERSON),
    "changing": ("person.edit", Form.PERSON),
    "topic": ("topic", Form.TOPIC),
}


def opened(counter: Counter, which: str) -> FormDialog:
    """Open a form; for one about somebody, about Nia."""
    counter.come_back()
    if which != "adding" and counter.shell.person is None:
        counter.open(NIA)
    counter.shell.run(FORMS[which][0])
    counter.settle()
    dialogs = counter.shell.window().findChildren(FormDialog)
    return next(dialog for dialog in dialogs if dialog.isVisible())


def as_person(dialog: FormDialog) -> PersonDialog:
    assert isinstance(dialog, PersonDialog)
    return dialog


def as_topic(dialog: FormDialog) -> TopicDialog:
    assert isinstance(dialog, TopicDialog)
    return dialog


def type_into(dialog: FormDialog) -> None:
    """Type something nobody else types, and not save it."""
    edit = dialog.asking.sentence.edit if isinstance(dialog, TopicDialog) else as_person(dialog).form.say.edit
    edit.setText("half a sente")


def typed(dialog: FormDialog) -> str:
    return dialog.asking.sentence.text if isinstance(dialog, TopicDialog) else as_person(dialog).form.say.text


def about(counter: Counter, which: str) -> PatientId | None:
    return None if which == "adding" else counter.find(NIA)


def sealed(counter: Counter, which: str) -> str | None:
    counter.settle()
    return counter.desk.drafts.form(FORMS[which][1], about(counter, which))


def press_button(dialog: FormDialog, words: str) -> None:
    offered = [button for button in dialog.findChildren(Button) if button.isVisibleTo(dialog)]
    next(button for button in offered if button.text() == words).click()


@pytest.fixture
def back_as(
    application: Application, counter: Counter, enter_as: EnterAs, settle: Callable[[object], None]
) -> Callable[[str], Counter]:
    """Locks the desk, and signs somebody in."""

    def back(name: str) -> Counter:
        application.lock()
        settle(application.work)
        return Counter(enter_as(name), counter.qtbot, counter.settled)

    return back


@pytest.mark.parametrize("which", FORMS)
def test_after_a_lock_it_is_back_for_its_author_alone(
    counter: Counter, back_as: Callable[[str], Counter], which: str
) -> None:
    type_into(opened(counter, which))
    ben = back_as("Ben Morgan")
    theirs = opened(ben, which)
    assert typed(theirs) != "half a sente"
    assert theirs.kept.isHidden()

    ana = back_as("Ana Ruiz")
    mine = opened(ana, which)

    assert typed(mine) == "half a sente"
    assert not mine.kept.isHidden()


def test_a_form_that_the_cover_hides_is_sealed_at_the_lock_beneath_it(
    application: Application, counter: Counter, back_as: Callable[[str], Counter]
) -> None:
    type_into(opened(counter, "adding"))
    application.cover.cover()
    ana = back_as("Ana Ruiz")
    application.cover.lift()

    assert "half a sente" in str(sealed(ana, "adding"))


@pytest.mark.parametrize("which", FORMS)
def test_it_is_sealed_every_two_seconds_and_let_go_when_it_is_typed_back(counter: Counter, which: str) -> None:
    dialog = opened(counter, which)
    before = typed(dialog)
    assert sealed(counter, which) is None
    type_into(dialog)
    counter.qtbot.waitUntil(lambda: sealed(counter, which) is not None, timeout=SEALED_EVERY_MS * 4)
    assert "half a sente" in str(sealed(counter, which))

    edit = dialog.asking.sentence.edit if isinstance(dialog, TopicDialog) else as_person(dialog).form.say.edit
    edit.setText(before)
    dialog.kept.hand_in()

    assert sealed(counter, which) is None


@pytest.mark.parametrize("which", FORMS)
@pytest.mark.parametrize("way", ["Esc", "window"])
def test_esc_and_the_windows_own_sign_keep_it(counter: Counter, which: str, way: str) -> None:
    dialog = opened(counter, which)
    type_into(dialog)
    if way == "Esc":
        press(Key.Key_Escape, on=dialog)
    else:
        dialog.close()
    counter.settle()

    assert typed(opened(counter, which)) == "half a sente"


@pytest.mark.parametrize("which", FORMS)
@pytest.mark.parametrize("words", ["Leave it", "Start afresh"])
def test_what_is_not_wanted_is_forgotten(counter: Counter, which: str, words: str) -> None:
    dialog = opened(counter, which)
    before = dialog.kept._filled.fields()
    type_into(dialog)
    dialog.reject()
    again = opened(counter, which)
    assert sealed(counter, which) is not None
    press_button(again, words)
    counter.settle()

    assert sealed(counter, which) is None
    if words == "Start afresh":
        assert again.kept._filled.fields() == before
        assert again.kept.isHidden()
        again.reject()
    third = opened(counter, which)
    assert third.kept._filled.fields() == before
    assert third.kept.isHidden()


def _fit_to_save(dialog: FormDialog) -> None:
    if isinstance(dialog, TopicDialog):
        dialog.choose("money")
        dialog.allow(Permission.WELCOME)
    elif not as_person(dialog).form.name.text:
        as_person(dialog).form.name.edit.setText("Tewodros")


@pytest.mark.parametrize("which", FORMS)
def test_saving_lets_it_go(counter: Counter, which: str) -> None:
    dialog = opened(counter, which)
    type_into(dialog)
    dialog.kept.hand_in()
    assert sealed(counter, which) is not None
    _fit_to_save(dialog)
    dialog.save()  # type: ignore[attr-defined]  # both forms have it
    counter.settle()

    assert not counter.shell.window().findChildren(FormDialog)
    assert sealed(counter, which) is None


@pytest.mark.parametrize("which", FORMS)
def test_what_could_not_be_saved_is_sealed(counter: Counter, which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(counter, which)
    type_into(dialog)
    _fit_to_save(dialog)

    def full(_store: SealedStore, _record_id: object) -> None:
        raise VaultFault("full")

    with monkeypatch.context() as patched:
        patched.setattr(SealedStore, "delete", full)
        dialog.save()  # type: ignore[attr-defined]  # both forms have it
        counter.settle()
    assert dialog.isVisible()
    assert "half a sente" in str(sealed(counter, which))

    dialog.save()  # type: ignore[attr-defined]  # both forms have it
    counter.settle()
    assert sealed(counter, which) is None


@pytest.mark.parametrize("which", FORMS)
def test_a_lock_while_it_is_being_saved_brings_nothing_back(
    counter: Counter, back_as: Callable[[str], Counter], which: str
) -> None:
    dialog = opened(counter, which)
    type_into(dialog)
    _fit_to_save(dialog)
    dialog.save()  # type: ignore[attr-defined]  # both forms have it
    ana = back_as("Ana Ruiz")

    assert sealed(ana, which) is None
    again = opened(ana, which)
    assert again.kept.isHidden()


def test_every_field_of_a_person_comes_back(counter: Counter) -> None:
    form = as_person(opened(counter, "adding")).form
    for name, field in form._texts().items():
        field.edit.setText(f"{name}, \ud800 typed")
    for repeater in (form.numbers, form.contacts, form.people):
        for number in range(2):
            for name, value in repeater.add().fields().items():
                if name in ("value", "may_say", "ends", "label"):
                    getattr(repeater.rows[-1], name).edit.setText(f"{name} {number} {value}")
    form.contacts.rows[0].safety.setCurrentIndex(form.contacts.rows[0].safety.findData(ContactSafety.ONLY_BETWEEN))
    form.people.rows[1].authority.setCurrentIndex(form.people.rows[1].authority.findData(Authority.ATTORNEY))
    form.people.rows[1].often_with.setChecked(True)
    whole = form.fields()
    counter.shell.hand_in()
    counter.shell.window().findChildren(PersonDialog)[0].reject()

    again = as_person(opened(counter, "adding")).form

    assert json.loads(json.dumps(again.fields())) == json.loads(json.dumps(whole))


def test_everything_about_a_topic_comes_back(counter: Counter) -> None:
    dialog = as_topic(opened(counter, "topic"))
    dialog.choose("MH")
    dialog.allow(Permission.NOT_IN_FRONT_OF)
    dialog.person.setCurrentIndex(1)
    for name, field in dialog._texts().items():
        field.edit.setText(name)
    whole = dialog.fields()
    assert (whole["topic"], whole["name_for"]) == ("MH", Audience.CLINICIANS)
    dialog.reject()

    assert as_topic(opened(counter, "topic")).fields() == whole


def test_what_a_colleague_saved_meanwhile_is_not_taken_back(counter: Counter) -> None:
    dialog = opened(counter, "changing")
    type_into(dialog)
    dialog.reject()
    counter.settle()
    nia = counter.desk.people.get(counter.find(NIA))
    counter.desk.people.update(replace(nia, pronouns="they / them", name="Nia Rhys Prydderch"))

    again = as_person(opened(counter, "changing"))
    assert typed(again) == "half a sente"
    again.save()
    counter.settle()

    after = counter.desk.people.get(nia.id)
    assert (after.name, after.pronouns, after.say) == ("Nia Rhys Prydderch", "they / them", "half a sente")


def test_what_has_been_saved_meanwhile_is_not_offered_and_let_go(counter: Counter) -> None:
    dialog = opened(counter, "changing")
    type_into(dialog)
    dialog.reject()
    counter.settle()
    nia = counter.desk.people.get(counter.find(NIA))
    counter.desk.people.update(replace(nia, say="half a sente"))

    again = opened(counter, "changing")
    assert again.kept.isHidden()
    again.reject()

    assert sealed(counter, "changing") is None


def test_what_is_typed_before_the_desk_answers_stays_on_top(counter: Counter) -> None:
    dialog = as_person(opened(counter, "adding"))
    dialog.form.name.edit.setText("Tewodros")
    dialog.form.pronouns.edit.setText("he / him")
    dialog.reject()
    counter.settle()
    counter.come_back()
    counter.shell.run("person.add")
    again = counter.shell.window().findChildren(PersonDialog)[-1]
    type_in("Almaz", on=again.form.name.edit)
    counter.settle()

    assert (again.form.name.text, again.form.pronouns.text) == ("Almaz", "he / him")


def test_somebody_who_could_be_taken_for_another_is_looked_for_when_the_form_is_back(counter: Counter) -> None:
    dialog = as_person(opened(counter, "adding"))
    dialog.form.name.edit.setText(NIA)
    dialog.reject()
    again = as_person(opened(counter, "adding"))

    counter.qtbot.waitUntil(lambda: not again.namesakes.isHidden())


def test_a_contact_from_an_import_stays_one_until_it_is_changed(counter: Counter) -> None:
    counter.settle()
    nia = counter.desk.people.get(counter.find(NIA))
    point = ContactPoint(system=ContactSystem.EMAIL, value="nia@example.org", from_import=True)
    counter.desk.session().store.put_patient(replace(nia, contact_points=(point,)))
    dialog = as_person(opened(counter, "changing"))
    dialog.form.contacts.add().value.edit.setText("01970 000000")
    dialog.reject()

    form = as_person(opened(counter, "changing")).form
    assert [each.from_import for each in form.patient().contact_points] == [True, False]
    form.contacts.rows[0].may_say.edit.setText("only that we rang")
    assert [each.from_import for each in form.patient().contact_points] == [False, False]
