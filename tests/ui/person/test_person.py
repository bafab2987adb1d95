"""Adding and changing a person by keyboard."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QWidget

from rapportdesk.model.patient import Authority, ContactSafety, ContactSystem
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, SHIFT, Key, press, type_in
from ui.card.card_header import Namesakes
from ui.person.person import PersonDialog
from ui.person.person_contacts import read_time
from ui.widgets.controls import Button


@pytest.fixture
def adding(counter: Counter) -> PersonDialog:
    press(Key.Key_N, CTRL | SHIFT)
    found = counter.shell.window().findChild(PersonDialog)
    assert found is not None
    return found


def editing(counter: Counter, name: str) -> PersonDialog:
    counter.come_back()
    counter.open(name)
    press(Key.Key_E, CTRL)
    counter.settle()
    return next(dialog for dialog in counter.shell.window().findChildren(PersonDialog) if dialog.isVisible())


def test_one_name_is_enough_and_the_card_opens(adding: PersonDialog, counter: Counter) -> None:
    type_in("Tewodros", on=adding.form.name.edit)
    adding.save()
    counter.settle()

    card = counter.card.card
    assert card is not None
    assert (card.patient.name, card.patient.birth_date) == ("Tewodros", None)


def test_every_field_is_kept(adding: PersonDialog, counter: Counter) -> None:
    form = adding.form
    for field, text in (
        (form.name, "Zofia Maria Nowak"), (form.preferred, "Zosia"), (form.say, "ZO-sha"), (form.pronouns, "she / her"),
        (form.birth_date, "2.3.71"), (form.own_script, "Зофия"), (form.former, "Zofia Zielinska, Zosia Z"),
        (form.languages, "Polish, English"), (form.interpreter, "Polish"),
    ):  # fmt: skip
        field.edit.setText(text)
    number = form.numbers.add()
    number.value.edit.setText("77001")
    number.label.edit.setText("practice number")
    contact = form.contacts.add()
    contact.system.setCurrentIndex(contact.system.findData(ContactSystem.PHONE))
    contact.safety.setCurrentIndex(contact.safety.findData(ContactSafety.ONLY_BETWEEN))
    for row_field, text in (
        (contact.value, "07700 900111"), (contact.not_before, "9"), (contact.not_after, "5 pm"),
        (contact.shared_with, "her brother"), (contact.may_say, "only that we rang"),
    ):  # fmt: skip
        row_field.edit.setText(text)
    person = form.people.add()
    person.authority.setCurrentIndex(person.authority.findData(Authority.ATTORNEY))
    for row_field, text in (
        (person.name, "Piotr"), (person.relation, "brother"), (person.may_hear, "appointments"),
        (person.proof, "LPA seen"), (person.scope, "health"), (person.begins, "1/1/2024"), (person.ends, "31/12/2030"),
    ):  # fmt: skip
        row_field.edit.setText(text)
    person.often_with.setChecked(True)
    adding.save()
    counter.settle()

    patient = counter.desk.people.get(counter.find("Zofia Maria Nowak"))
    assert (patient.preferred_name, patient.say, patient.pronouns) == ("Zosia", "ZO-sha", "she / her")
    assert patient.birth_date == dt.date(1971, 3, 2)
    assert (patient.own_script_name, patient.former_names) == ("Зофия", ("Zofia Zielinska", "Zosia Z"))
    assert (patient.languages, patient.interpreter) == (("Polish", "English"), "Polish")
    assert [(each.value, each.label) for each in patient.identifiers] == [("77001", "practice number")]
    (point,) = patient.contact_points
    assert (point.system, point.safety, point.shared_with) == (
        ContactSystem.PHONE, ContactSafety.ONLY_BETWEEN, "her brother",
    )  # fmt: skip
    assert (point.not_before, point.not_after) == (dt.time(9), dt.time(17))
    (piotr,) = patient.people
    assert (piotr.name, piotr.authority, piotr.authority_until) == ("Piotr", Authority.ATTORNEY, dt.date(2030, 12, 31))
    assert (piotr.may_hear, piotr.often_with) == ("appointments", True)


def test_a_near_namesake_is_shown_before_anybody_is_added_twice(adding: PersonDialog, counter: Counter) -> None:
    type_in("Nia Prydderch", on=adding.form.name.edit)
    counter.qtbot.waitUntil(lambda: not adding.namesakes.isHidden())
    assert adding.save_button.text() == "Add all the same"

    there = adding.findChild(Namesakes)
    assert there is not None
    go = there.findChild(Button)
    assert go is not None
    go.click()
    counter.settle()

    assert counter.card.patient_id == counter.find("Nia Prydderch")
    assert len([hit for hit in counter.desk.search("Nia Prydderch").hits if hit.name == "Nia Prydderch"]) == 1


def test_somebody_of_their_own_is_warned_of_nobody(adding: PersonDialog, counter: Counter) -> None:
    type_in("Xiomara Quetzal", on=adding.form.name.edit)
    with counter.qtbot.waitSignal(adding.looked):
        pass

    assert adding.namesakes.isHidden()
    assert adding.save_button.text() == "Save"


def test_a_birth_date_is_read_back_in_words(adding: PersonDialog) -> None:
    type_in("14/3/58", on=adding.form.birth_date.edit)
    said = [label.accessibleName() for label in adding.form.birth_date.findChildren(QWidget)]

    assert "14 March 1958" in said


@pytest.mark.parametrize(("field", "text"), [("name", "   "), ("birth_date", "31/2/1958")])
def test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_lost(
    adding: PersonDialog, counter: Counter, field: str, text: str
) -> None:
    adding.form.name.edit.setText("Somebody New")
    adding.form.say.edit.setText("as it is written")
    getattr(adding.form, field).edit.setText(text)
    adding.save()
    counter.settle()

    assert adding.isVisible()
    assert getattr(adding.form, field).edit.property("problem")
    assert adding.form.say.text == "as it is written"


def test_changing_who_somebody_is_and_undo(counter: Counter) -> None:
    dialog = editing(counter, "Nia Prydderch")
    before = counter.desk.people.get(counter.find("Nia Prydderch"))
    assert dialog.form.patient() == before, "opening and closing changes nothing"
    dialog.form.say.edit.setText("NIA")
    dialog.save()
    counter.settle()
    assert counter.desk.people.get(before.id).say == "NIA"

    counter.shell.run("undo")
    counter.settle()

    assert counter.desk.people.get(before.id) == before


def test_the_day_a_relative_died_is_kept(counter: Counter) -> None:
    dialog = editing(counter, "Nia Prydderch")
    huw = next(row for row in dialog.form.people.rows if row.name.text == "Huw")
    huw.died_on.edit.setText("31 February 2026")
    dialog.save()
    assert dialog.isVisible(), "there is no such day"
    huw.died_on.edit.setText("4 May 2026")
    dialog.save()
    counter.settle()

    people = counter.desk.people.get(counter.find("Nia Prydderch")).people
    assert next(each.deceased_on for each in people if each.name == "Huw") == dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("typed", "time"),
    [("9", dt.time(9)), ("9:30", dt.time(9, 30)), ("17.00", dt.time(17)), ("5 pm", dt.time(17)), ("12am", dt.time(0)),
     ("", None), ("25", None), ("13 pm", None), ("9:75", None), ("noon", None)],
)  # fmt: skip
def test_a_time_of_day_is_taken_however_it_was_typed(typed: str, time: dt.time | None) -> None:
    assert read_time(typed) == time


def test_somebody_not_safe_for_the_patient_is_asked_about_again_alone(counter: Counter) -> None:
    dialog = editing(counter, "Nia Prydderch")
    row = dialog.form.people.rows[0]
    row.unsafe.setChecked(True)
    dialog.save()
    counter.settle()
    nia = counter.find("Nia Prydderch")
    person = counter.desk.people.get(nia).people[0]
    assert person.unsafe_since is not None
    assert person.unsafe_since.year == 2026
    assert person.name in str([line.lead for line in counter.lines(nia)])
    assert "Ask alone before telling them anything." in str([line.text for line in counter.lines(nia)])
    again = editing(counter, "Nia Prydderch")
    assert again.form.people.rows[0].unsafe.isChecked()
