"""A message goes only by a way that was agreed to, which is asked again at the last moment; nothing is sent here."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, ConsentNeeded, NotAllowed, NotFound
from rapportdesk.model.communication import CommunicationStatus
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.message import HandedTo, MessageDraft
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem
from tests.desk.conftest import MORNING, Practice, add_nia
from tests.paper.reading import text_of

SMS, EMAIL, POST = ContactSystem.SMS, ContactSystem.EMAIL, ContactSystem.POST
POINTS = (
    ContactPoint(system=SMS, value="07700 900 218"),
    ContactPoint(system=EMAIL, value="nia@example.org"),
    ContactPoint(system=POST, value="3 Heol y Bont, Aberystwyth"),
)
COVERS = {SMS: Covers.SMS, EMAIL: Covers.EMAIL, POST: Covers.POST}


def reachable(desk: Desk, *ways: ContactSystem, **fields: object) -> PatientId:
    nia = add_nia(desk)
    desk.people.update(replace(desk.people.get(nia), contact_points=POINTS, **fields))  # type: ignore[arg-type]  # its own
    for way in ways:
        desk.consents.record(nia, COVERS[way], ConsentStatus.ACTIVE)
    return nia


def status(desk: Desk, patient: PatientId) -> list[CommunicationStatus]:
    return [each.status for each in desk.session().known(patient).communications]


def draft(desk: Desk, patient: PatientId, system: ContactSystem = SMS, template: str = "ring-us") -> MessageDraft:
    return desk.messages.draft(patient, template, system)


def test_a_text_message_is_handed_over_and_ticked_and_the_tick_is_taken_back(ana: Desk) -> None:
    nia = reachable(ana, SMS)
    handed = ana.messages.hand_over(draft(ana, nia), HandedTo.PROGRAM)
    assert handed.uri.startswith("sms:07700900218?body=Dear%20Nia")
    assert status(ana, nia) == [CommunicationStatus.IN_PROGRESS]
    ana.messages.tick(handed.communication, sent=True)
    assert status(ana, nia) == [CommunicationStatus.COMPLETED]
    ana.notes.undo()
    assert status(ana, nia) == [CommunicationStatus.IN_PROGRESS]
    ana.messages.tick(handed.communication, sent=False)
    assert status(ana, nia) == [CommunicationStatus.NOT_DONE]


@pytest.mark.parametrize("way", [SMS, EMAIL, POST])
def test_nothing_is_handed_over_by_a_way_that_was_not_agreed_to(ana: Desk, way: ContactSystem) -> None:
    nia = reachable(ana, *(each for each in COVERS if each is not way))
    made = draft(ana, nia, way)
    assert not made.way.open
    assert made.way.value == ""
    for to in HandedTo:
        with pytest.raises(ConsentNeeded, match="no agreement"):
            ana.messages.hand_over(made, to)
    assert status(ana, nia) == []


def test_a_draft_that_lay_open_permits_nothing(ana: Desk) -> None:
    nia = reachable(ana, SMS)
    made = draft(ana, nia)
    assert made.way.open
    ana.consents.record(nia, Covers.SMS, ConsentStatus.INACTIVE)
    with pytest.raises(ConsentNeeded):
        ana.messages.hand_over(made, HandedTo.CLIPBOARD)


def test_a_number_that_became_unsafe_is_not_used(ana: Desk) -> None:
    nia = reachable(ana, SMS)
    made = draft(ana, nia)
    points = tuple(replace(each, safety=ContactSafety.UNSAFE) for each in POINTS)
    ana.people.update(replace(ana.people.get(nia), contact_points=points))
    with pytest.raises(ConsentNeeded, match="safe to use"):
        ana.messages.hand_over(made, HandedTo.CLIPBOARD)


def test_the_dead_are_not_written_to(ana: Desk) -> None:
    nia = reachable(ana, *COVERS)
    made = draft(ana, nia)
    ana.people.update(replace(ana.people.get(nia), deceased=True))
    for way in COVERS:
        assert not draft(ana, nia, way).way.open
    with pytest.raises(ConsentNeeded):
        ana.messages.hand_over(made, HandedTo.CLIPBOARD)


def test_being_asked_how_it_was_needs_an_agreement_of_its_own(ana: Desk) -> None:
    nia = reachable(ana, EMAIL)
    assert not draft(ana, nia, EMAIL, "feedback").way.open
    ana.consents.record(nia, Covers.FEEDBACK, ConsentStatus.ACTIVE)
    assert draft(ana, nia, EMAIL, "feedback").way.open


def test_it_is_in_their_language_and_about_their_next_visit(ana: Desk) -> None:
    nia = reachable(ana, SMS, languages=("Welsh", "English"))
    with pytest.raises(BadInput, match="names a visit"):
        draft(ana, nia, template="reminder")
    ana.today.add_appointment(nia, MORNING - dt.timedelta(days=1), practitioner="Dr Hahn")
    visit = ana.today.add_appointment(nia, MORNING + dt.timedelta(days=4), practitioner="Dr Osei")
    made = draft(ana, nia, template="reminder")
    assert made.appointment == visit.id
    assert made.language == "Welsh"
    assert "Dr Osei" in made.text
    assert "24 Tachwedd 2026" in made.text
    assert made.text.endswith("Cwm Road")


def test_a_letter_is_a_page_with_their_address_and_the_words_as_typed(ana: Desk) -> None:
    nia = reachable(ana, POST)
    made = replace(draft(ana, nia, POST), text="Dear Nia,\n\n#set <b>$x$</b> & {called}")
    handed = ana.messages.hand_over(made, HandedTo.PAPER)
    page = " ".join(text_of(ana.messages.letter(handed.communication).pdf).split())
    assert "Nia Prydderch 3 Heol y Bont Aberystwyth" in page
    assert "#set <b>$x$</b> & {called}" in page


def test_a_message_does_not_move_to_somebody_it_does_not_name(ana: Desk) -> None:
    nia = reachable(ana, SMS)
    handed = ana.messages.hand_over(draft(ana, nia), HandedTo.CLIPBOARD)
    with pytest.raises(NotFound):
        ana.calls.move(handed.communication, add_nia(ana))
    assert status(ana, nia) == [CommunicationStatus.IN_PROGRESS]


def test_the_words_are_hidden_and_not_printed_once_the_notes_are_taken_back(ana: Desk) -> None:
    nia = reachable(ana, POST)
    handed = ana.messages.hand_over(draft(ana, nia, POST), HandedTo.PAPER)
    ana.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    with pytest.raises(NotFound):
        ana.messages.letter(handed.communication)
    (line,) = ana.calls.log_unrecorded(nia)
    assert "ring us" not in line.detail


def test_the_clinics_own_words_are_a_managers_and_take_the_place_of_ours(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = reachable(desk, SMS)
    with pytest.raises(NotAllowed):
        desk.message_templates.write("ring-us", "Hello", "Hello {called}")
    desk = practice.sign_in("Ben Morgan")
    desk.message_templates.write("ring-us", "Hello", "Hello {called}, from {clinic}")
    assert draft(desk, nia).text == "Hello Nia, from Cwm Road"
    for text in ("Hello {name}", "Hello {called", ""):
        with pytest.raises(BadInput):
            desk.message_templates.write("ring-us", "Hello", text)
    assert draft(desk, nia).text == "Hello Nia, from Cwm Road"
    desk.message_templates.take_away("ring-us")
    assert draft(desk, nia).text.startswith("Dear Nia")


def test_a_template_of_the_clinics_own_is_listed_after_ours_and_taken_away(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    made = desk.message_templates.write("", "Car park", "The car park is closed.", name="Car park")
    assert [each.id for each in desk.message_templates.all()][-1] == made.id
    practice.reopen()
    desk = practice.sign_in("Ben Morgan")
    assert desk.message_templates.get(made.id).words[0].text == "The car park is closed."
    desk.message_templates.take_away(made.id)
    with pytest.raises(NotFound):
        desk.message_templates.get(made.id)


def test_every_template_of_ours_has_the_same_fields_in_every_language(ana: Desk) -> None:
    from rapportdesk.rules.reach.reach_words import fields_of

    for template in ana.message_templates.all():
        assert len({frozenset(fields_of(words.text)) for words in template.words}) == 1
        assert len({words.language for words in template.words}) == len(template.words) >= 5
