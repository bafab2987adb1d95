"""Scenes of the telephone, and of everything else by which people are reached."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from babel import Locale
from PySide6.QtWidgets import QWidget

from rapportdesk.model.communication import CallOutcome, Check, Speaker
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.message import HandedTo
from rapportdesk.model.patient import ContactPoint, ContactSystem
from rapportdesk.paths import RESOURCES
from tests.ui.scenes.desk import NIA
from tests.ui.screens import ANA, BEN, Scene
from tests.ui.stage import Stage
from ui.reach.call import CallDialog
from ui.reach.message import MessageDialog
from ui.reach.round import RoundDialog
from ui.reach.templates import LANGUAGES, TemplatesDialog

SHARED = "01970 555 900"
MAY_SAY = "the time, and nothing else"
ADDRESS = "3 Heol y Bont, Aberystwyth, SY23 1AA"


def _in_their_language(language: str) -> set[str]:
    """Return the words of every template in a language that is the patient's and not the reader's."""
    templates = json.loads((RESOURCES / "messages" / "templates.json").read_text(encoding="utf-8"))
    found = (words["text"] for each in templates for words in each["words"] if words["language"] == language)
    return {word for text in found for word in re.findall(r"[^\W\d_]+", text)}


def _language_names() -> Iterator[str]:
    """Go through the names of the languages that templates may be written in, which Babel translates."""
    english = Locale.parse("en_GB")
    return (Locale.parse(code).get_language_name(english) or code for code in LANGUAGES)


TYPED = (
    MAY_SAY, ADDRESS, "viernes", "noviembre", "de", *_in_their_language("cy"), *_in_their_language("es"),
    *_language_names(),
)  # fmt: skip
"""What these scenes show that is nobody's to translate."""


def _call(stage: Stage) -> CallDialog:
    dialog = stage.run("call")
    assert isinstance(dialog, CallDialog)
    return dialog


def _look_for(stage: Stage, text: str) -> CallDialog:
    dialog = _call(stage)
    dialog.field.edit.setText(text)
    dialog.look_for()
    stage.settle()
    return dialog


def _shared_number(stage: Stage) -> QWidget:
    for name in ("Rhodri Elis", "Priya Raghunathan", "רחל כהן"):
        patient = stage.desk.people.get(stage.find(name))
        point = ContactPoint(system=ContactSystem.PHONE, value=SHARED, shared_with="the house")
        stage.desk.people.update(replace(patient, contact_points=(*patient.contact_points, point)))
    return _look_for(stage, SHARED)


def _nobody(stage: Stage) -> QWidget:
    return _look_for(stage, "020 7946 0000")


def about(stage: Stage, name: str) -> CallDialog:
    """Return the call about somebody, with nothing asked yet."""
    dialog = _call(stage)
    dialog.choose(stage.find(name))
    stage.settle()
    return dialog


def _gwen(stage: Stage) -> QWidget:
    dialog = about(stage, NIA)
    gwen = next(each.id for each in stage.desk.people.get(stage.find(NIA)).people if each.name == "Gwen")
    dialog.checks[Check.BIRTH_DATE].setChecked(True)
    dialog.checks[Check.POSTCODE_OR_NUMBER].setChecked(True)
    dialog.say_speaker(Speaker.RELATED, gwen)
    stage.settle()
    return dialog


def _may_be_written_to(stage: Stage) -> None:
    nia = stage.find(NIA)
    desk = stage.desk
    patient = desk.people.get(nia)
    ways = (ContactPoint(system=ContactSystem.SMS, value="07700 900 218", may_say=MAY_SAY),
            ContactPoint(system=ContactSystem.POST, value=ADDRESS))  # fmt: skip
    desk.people.update(replace(patient, contact_points=(*patient.contact_points, *ways)))
    for covers in (Covers.PHONE, Covers.SMS, Covers.POST):
        desk.consents.record(nia, covers, ConsentStatus.ACTIVE)


def _contacts(stage: Stage) -> QWidget:
    _may_be_written_to(stage)
    nia = stage.find(NIA)
    desk = stage.desk
    gwen = next(each.id for each in desk.people.get(nia).people if each.name == "Gwen")
    desk.calls.came_in(nia, Speaker.RELATED, gwen, (Check.BIRTH_DATE, Check.CALL_BACK))
    desk.calls.rang(nia, CallOutcome.NO_ANSWER)
    draft = desk.messages.draft(nia, "ring-us", ContactSystem.SMS)
    desk.messages.hand_over(draft, HandedTo.CLIPBOARD)
    stage.open(NIA)
    return stage.run("contacts")


def _no_contacts(stage: Stage) -> QWidget:
    stage.open("Sam Lee")
    return stage.run("contacts")


def _last_contact(stage: Stage) -> QWidget:
    stage.desk.calls.came_in(stage.find("Sam Lee"), Speaker.PATIENT)
    stage.open("Sam Lee")
    return stage.window


def _message(stage: Stage) -> QWidget:
    _may_be_written_to(stage)
    stage.open(NIA)
    return stage.run("message")


def _letter(stage: Stage) -> QWidget:
    dialog = _message(stage)
    assert isinstance(dialog, MessageDialog)
    dialog.choose("ring-us", ContactSystem.POST)
    stage.settle()
    return dialog


def _handed_over(stage: Stage) -> QWidget:
    dialog = _message(stage)
    assert isinstance(dialog, MessageDialog)
    dialog.choose("ring-us", ContactSystem.SMS)
    stage.settle()
    dialog.copy_words()
    stage.settle()
    return dialog


def _not_agreed(stage: Stage) -> QWidget:
    stage.open("Ebrahim al-Sayed")
    return stage.run("message")


def round_of(stage: Stage, practitioner: str) -> RoundDialog:
    """Return the round of somebody's day, drafted."""
    dialog = stage.run("round")
    assert isinstance(dialog, RoundDialog)
    dialog.choose(stage.desk.today.date(), practitioner)
    stage.settle()
    return dialog


def _round(stage: Stage) -> QWidget:
    desk = stage.desk
    for name, value in (
        ("Yusuf Demir", "07700 900 502"),
        ("Li Wei", "07700 900 118"),
        ("María José García-Llorente", "07700 900 004"),
    ):
        patient = desk.people.get(stage.find(name))
        sms = ContactPoint(system=ContactSystem.SMS, value=value)
        desk.people.update(replace(patient, contact_points=(*patient.contact_points, sms)))
        desk.consents.record(patient.id, Covers.SMS, ConsentStatus.ACTIVE)
    dialog = round_of(stage, "Dr Osei")
    first, second = (row.line for row in dialog.lines[:2])
    assert first.draft is not None
    dialog.hand_over(first.draft, HandedTo.CLIPBOARD)
    stage.settle()
    assert second.draft is not None
    dialog.hand_over(second.draft, HandedTo.CLIPBOARD)
    stage.settle()
    dialog.told(first)
    stage.settle()
    return dialog


def _no_round(stage: Stage) -> QWidget:
    dialog = stage.run("round")
    assert isinstance(dialog, RoundDialog)
    dialog.choose(dt.date(2027, 12, 25), "")
    stage.settle()
    return dialog


def _templates(stage: Stage) -> QWidget:
    return stage.run("templates")


def _template_refused(stage: Stage) -> QWidget:
    dialog = stage.run("templates")
    assert isinstance(dialog, TemplatesDialog)
    dialog.choose("")
    dialog.name.edit.setText("Car park")
    dialog.subject.edit.setText("The car park")
    dialog.words.field.setPlainText("Dear {name}, the car park is closed.")
    dialog.keep()
    stage.settle()
    return dialog


REACH_MANAGER = (
    Scene(name="templates", who=BEN, show=_templates, screen="templates"),
    Scene(name="templates-refused", who=BEN, show=_template_refused),
)
REACH = (
    Scene(name="call", who=ANA, show=_call, screen="call"),
    Scene(name="call-nobody", who=ANA, show=_nobody),
    Scene(name="call-shared-number", who=ANA, show=_shared_number),
    Scene(name="call-somebody-else", who=ANA, show=lambda stage: about(stage, "Ebrahim al-Sayed")),
    Scene(name="call-gwen", who=ANA, show=_gwen),
    Scene(name="contacts", who=ANA, show=_contacts, screen="contacts"),
    Scene(name="contacts-none", who=ANA, show=_no_contacts),
    Scene(name="card-last-contact", who=ANA, show=_last_contact),
    Scene(name="message", who=ANA, show=_message, screen="message"),
    Scene(name="message-letter", who=ANA, show=_letter),
    Scene(name="message-handed-over", who=ANA, show=_handed_over),
    Scene(name="round", who=ANA, show=_round, screen="round"),
    Scene(name="round-nobody", who=ANA, show=_no_round),
    Scene(name="message-not-agreed", who=ANA, show=_not_agreed),
)
