"""The history of consents is whole, goes out as FHIR, keeps its signed forms sealed, and comes up when it is due."""

import base64
import datetime as dt
import json
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.exchange.consent import OWN
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.communication import Speaker
from rapportdesk.model.consent import ConsentStatus, Covers, Given
from rapportdesk.model.consent_form import LARGEST_FORM, ConsentForm, FormType
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.shown import KeepConsent
from tests.desk.conftest import MORNING, Practice, add_nia

DAY = 86_400.0
SCAN = b"%PDF-1.7 signed by Nia Prydderch"
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"


def signed(desk: Desk, nia: PatientId, content: bytes = SCAN) -> tuple[RecordId, RecordId]:
    """Record a signed yes with its scan; return the event's and the form's id."""
    event, form = desk.consent_forms.record_with(
        nia, content, lambda: desk.consents.record(nia, Covers.REVIEW, ConsentStatus.ACTIVE, given=Given.SIGNED)
    )
    return event.id, form.id


def test_one_screen_holds_every_event_with_its_form_and_what_is_due(ana: Desk) -> None:
    nia = add_nia(ana)
    event, form = signed(ana, nia)
    ana.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE, reason="no more")
    ana.consents.record(nia, Covers.SMS, ConsentStatus.ACTIVE, ask_again_on=MORNING.date())
    history = ana.consent_histories.of(nia)
    told = {entry.event.id for purpose in history.purposes for entry in purpose.entries}
    assert told == {each.id for each in ana.consents.of(nia)}
    assert [each.id for each in history.forms[event]] == [form]
    assert history.withdrawn is not None
    assert [ask.covers for ask in history.to_ask] == [Covers.SMS]
    states = {purpose.covers: purpose.state for purpose in history.purposes}
    assert states[Covers.KEEP_NOTES] is KeepConsent.WITHDRAWN
    assert states[Covers.VOICEMAIL] is KeepConsent.NOT_ASKED


def test_looking_at_it_is_recorded_and_repainting_it_is_not(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.consent_histories.of(nia)
    ana.consent_histories.of_unrecorded(nia)
    views = [event for event in ana.audit.of(nia) if event.why == "consents"]
    assert [event.action for event in views] == [AuditAction.CARD_VIEWED]


def test_a_signed_form_comes_back_byte_for_byte_and_lies_in_no_list(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    event, form = signed(desk, nia)
    practice.reopen()
    desk = practice.sign_in("Dr Osei")
    opened = desk.consent_forms.open(form)
    assert (opened.scan, opened.media_type, opened.size, opened.event) == (SCAN, FormType.PDF, len(SCAN), event)
    heads = [thing for thing in desk.session().store.things(nia) if isinstance(thing, ConsentForm)]
    assert [head.content for head in heads] == [""]
    assert desk.verify().clean


def test_the_scan_lies_sealed(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    signed(desk, nia)
    desk.close()
    everything = b"".join(each.read_bytes() for each in Path(practice.path.parent).iterdir())
    assert SCAN not in everything
    assert base64.b64encode(SCAN) not in everything


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"MZ\x90", b" %PDF-1.7", b"%PDF-" + bytes(LARGEST_FORM)], ids=range(5)
)
def test_what_is_no_scan_or_too_large_is_refused_and_nothing_is_recorded(ana: Desk, content: bytes) -> None:
    nia = add_nia(ana)
    before = ana.consents.of(nia)
    with pytest.raises(BadInput):
        signed(ana, nia, content)
    with pytest.raises(BadInput):
        ana.consent_forms.attach(nia, before[0].id, content)
    assert ana.consents.of(nia) == before
    assert ana.consent_forms.of(nia) == {}


def test_a_scan_of_the_largest_size_is_taken(ana: Desk) -> None:
    nia = add_nia(ana)
    _event, form = signed(ana, nia, SCAN.ljust(LARGEST_FORM, b"x"))
    assert ana.consent_forms.open(form).size == LARGEST_FORM


def test_a_form_belongs_to_an_event_of_the_same_patient(ana: Desk) -> None:
    nia, other = add_nia(ana), add_nia(ana)
    event = ana.consents.of(other)[0].id
    with pytest.raises(NotFound):
        ana.consent_forms.attach(nia, event, SCAN)
    with pytest.raises(NotFound):
        ana.consent_forms.open(event)


def test_a_kept_form_is_never_replaced_or_moved(ana: Desk) -> None:
    nia, other = add_nia(ana), add_nia(ana)
    _event, form = signed(ana, nia)
    store = ana.session().store
    with pytest.raises(ValueError, match="never changed"):
        store.put(ana.consent_forms.open(form))
    with pytest.raises(ValueError, match="do not move"):
        store.move(form, other)


def whole_life(desk: Desk) -> PatientId:
    """Keep Nia with events of every kind."""
    nia = add_nia(desk)
    gwen = desk.people.get(nia).people[0].id
    desk.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=gwen, words="visits", language="cy")
    desk.consents.record(nia, Covers.SMS, ConsentStatus.ACTIVE, until=MORNING.date() + dt.timedelta(days=3))
    desk.consents.record(nia, Covers.SMS, ConsentStatus.ACTIVE, ask_again_on=MORNING.date())
    desk.consents.record(nia, Covers.PHONE, ConsentStatus.REJECTED, reason="shift work", where="phone")
    gone = desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE, reason="tell them myself")
    desk.consents.take_back(nia, gone.id)
    desk.consents.someone_else(nia, gwen, MORNING.date())
    signed(desk, nia, PNG)
    return nia


def test_the_whole_history_goes_out_as_fhir_that_validates(ana: Desk) -> None:
    nia = whole_life(ana)
    exported = ana.consent_histories.as_fhir(nia)
    Bundle.model_validate_json(exported)
    kinds = [entry["resource"]["resourceType"] for entry in json.loads(exported)["entry"]]
    events = ana.consents.of(nia)
    assert kinds.count("Consent") == kinds.count("Provenance") == len(events)
    assert kinds.count("Patient") == 1
    assert [each.action for each in ana.audit.of(nia)][-1] is AuditAction.EXPORTED


def test_each_event_keeps_its_status_reason_giver_purpose_and_form(ana: Desk) -> None:
    nia = whole_life(ana)
    told = consents_in(ana.consent_histories.as_fhir(nia))

    def by_cover(name: str) -> list[dict[str, object]]:
        return [each for each in told if own(each)["covers"] == name]

    assert [(each["status"], own(each).get("inactive-reason")) for each in by_cover("sms")] == [
        ("inactive", "superseded"), ("active", None),
    ]  # fmt: skip
    assert [each["status"] for each in by_cover("keep-notes")] == ["inactive", "inactive", "inactive", "proposed"]
    assert [own(each).get("inactive-reason") for each in by_cover("keep-notes")][:2] == ["withdrawn", "withdrawn"]
    (refused,) = by_cover("phone")
    assert (refused["status"], own(refused)["reason"], refused["provision"]["type"]) == (  # type: ignore[index]  # JSON
        "rejected", "shift work", "deny",
    )  # fmt: skip
    (talk,) = by_cover("talk-with")
    assert talk["provision"]["actor"][0]["reference"]["reference"].startswith("urn:uuid:")  # type: ignore[index]  # JSON
    (review,) = by_cover("review")
    assert base64.b64decode(review["sourceAttachment"]["data"]) == PNG  # type: ignore[index]  # JSON


def test_every_reference_leads_to_something_in_the_bundle(ana: Desk) -> None:
    exported = ana.consent_histories.as_fhir(whole_life(ana))
    there = {entry["fullUrl"] for entry in json.loads(exported)["entry"]}
    referred = set(_references(json.loads(exported)))
    assert referred <= there
    assert len(there) == len(json.loads(exported)["entry"])


def test_what_is_not_fhir_does_not_pass_the_check(ana: Desk) -> None:
    made = json.loads(ana.consent_histories.as_fhir(add_nia(ana)))
    consent = next(each["resource"] for each in made["entry"] if each["resource"]["resourceType"] == "Consent")
    consent["status"] = "withdrawn"
    del consent["scope"]
    with pytest.raises(ValidationError):
        Bundle.model_validate(made)


def test_what_is_due_stands_beside_whoever_comes_today_and_never_says_what_is_asked_alone(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia, other = add_nia(desk), add_nia(desk)
    for patient in (nia, other):
        desk.today.add_appointment(patient, MORNING, practitioner="Dr Osei")
    assert "ask" not in str([row.detail for row in desk.today.day().rows])
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.ACTIVE, ask_again_on=MORNING.date())
    details = {row.patient: row.detail for row in desk.today.day().rows}
    assert details[nia] == "Dr Osei · ask again: notes"
    assert details[other] == "Dr Osei"
    assert "Shall we go on keeping them?" in desk.people.card(nia).to_ask


def test_everybody_who_is_to_be_asked_again_is_listed_whether_they_come_or_not(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia, refused, agreed = add_nia(desk), add_nia(desk, agreed=False), add_nia(desk)
    desk.consents.record(nia, Covers.FEEDBACK, ConsentStatus.ACTIVE, ask_again_on=MORNING.date() + dt.timedelta(days=9))
    desk.consents.refuse(refused)
    assert desk.consent_histories.to_ask() == ()
    practice.clock.move_on(365 * DAY)
    listed = desk.consent_histories.to_ask()
    assert [each.patient.id for each in listed] == [nia, refused]
    assert agreed not in {each.patient.id for each in listed}


def test_a_manager_sees_the_consents_of_days_without_the_patient_and_reception_does_not(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    came, never, with_form, by_phone = (add_nia(desk, agreed=False) for _each in range(4))
    visit = desk.today.add_appointment(came, MORNING)
    desk.today.mark(visit.id, AppointmentStatus.ARRIVED)
    for patient in (came, never):
        desk.consents.agree(patient)
    desk.calls.came_in(by_phone, Speaker.PATIENT)
    desk.consents.record(by_phone, Covers.KEEP_NOTES, ConsentStatus.ACTIVE, where="phone")
    signed(desk, with_form)
    with pytest.raises(NotAllowed):
        desk.consent_histories.doubtful()
    desk = practice.sign_in("Ben Morgan")
    listed = desk.consent_histories.doubtful()
    assert {each.patient.id for each in listed} == {never}
    assert {each.recorded_on for each in listed} == {MORNING.date()}
    practice.clock.move_on(91 * DAY)
    assert desk.consent_histories.doubtful() == ()


def consents_in(exported: bytes) -> list[dict[str, object]]:
    """Return the Consent resources of a bundle, in their order."""
    found = [entry["resource"] for entry in json.loads(exported)["entry"]]
    return [each for each in found if each["resourceType"] == "Consent"]


def own(consent: dict[str, object]) -> dict[str, object]:
    """Return what stands in our own extensions, by name."""
    extensions = consent.get("extension", [])
    assert isinstance(extensions, list)
    return {
        each["url"].removeprefix(OWN): value
        for each in extensions
        for key, value in each.items()
        if key.startswith("value")
    }


def _references(value: object) -> list[str]:
    if isinstance(value, dict):
        mine = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return mine + [each for inner in value.values() for each in _references(inner)]
    return [each for inner in value for each in _references(inner)] if isinstance(value, list) else []
