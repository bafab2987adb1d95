"""What each method of the telephone and of messages leaves in the audit."""

import datetime as dt
from dataclasses import replace

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.communication import CallOutcome, Check, ContactPurpose, Speaker
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.message import HandedOver, HandedTo, MessageDraft
from rapportdesk.model.patient import ContactPoint, ContactSystem
from tests.desk.audited import BEN, Case, World, leaves, nothing

PERSON = World.person
TODAY = dt.date(2026, 11, 20)
SHOWN = "repaints what is open, whose opening is recorded"


def _draft(world: World, system: ContactSystem) -> MessageDraft:
    patient = world.patient()
    points = (
        ContactPoint(system=ContactSystem.SMS, value="07700 900 218"),
        ContactPoint(system=ContactSystem.POST, value="3 Heol y Bont"),
    )
    world.desk.people.update(replace(patient, contact_points=points))
    for covers in (Covers.SMS, Covers.POST):
        world.desk.consents.record(patient.id, covers, ConsentStatus.ACTIVE)
    return world.desk.messages.draft(patient.id, "ring-us", system)


def _letter(world: World) -> HandedOver:
    return world.desk.messages.hand_over(_draft(world, ContactSystem.POST), HandedTo.PAPER)


def _in_a_round(world: World) -> Appointment:
    draft = _draft(world, ContactSystem.SMS)
    visit = world.desk.today.add_appointment(draft.patient, world.practice.clock.now(), practitioner="Dr Osei")
    about = world.desk.messages.draft(draft.patient, "reschedule", ContactSystem.SMS, visit.id)
    world.desk.messages.hand_over(about, HandedTo.CLIPBOARD)
    return visit


def _may_be_rung(world: World) -> PatientId:
    patient = world.patient()
    point = ContactPoint(system=ContactSystem.PHONE, value="01970 555 218")
    world.desk.people.update(replace(patient, contact_points=(point,)))
    world.desk.consents.record(patient.id, Covers.PHONE, ConsentStatus.ACTIVE)
    return patient.id


REACH_CASES: dict[str, Case] = {
    "calls.about": leaves(lambda w, p: w.desk.calls.about(p), Did.CARD_VIEWED, given=PERSON),
    "calls.answer": nothing(
        SHOWN, lambda w, p: w.desk.calls.answer(p, Speaker.PATIENT, checks=tuple(Check)), given=PERSON
    ),
    "calls.came_in": leaves(lambda w, p: w.desk.calls.came_in(p, Speaker.PATIENT), Did.CONTACT_LOGGED, given=PERSON),
    "calls.dial": nothing(
        "what came of ringing them is recorded as `rang`", lambda w, p: w.desk.calls.dial(p, "01970 555 218"),
        given=_may_be_rung,
    ),
    "calls.holders": nothing(
        "who has a number, of whom whoever is chosen is recorded", lambda w, p: w.desk.calls.holders(p.name),
        given=World.patient,
    ),
    "calls.log": leaves(lambda w, p: w.desk.calls.log(p), Did.CARD_VIEWED, given=PERSON),
    "calls.log_unrecorded": nothing(SHOWN, lambda w, p: w.desk.calls.log_unrecorded(p), given=PERSON),
    "calls.move": leaves(
        lambda w, pair: w.desk.calls.move(pair[0].id, pair[1]), Did.CONTACT_LOGGED, Did.CONTACT_LOGGED,
        given=lambda w: (w.desk.calls.came_in(w.person(), Speaker.PATIENT), w.person()),
    ),
    "calls.nothing_to_say": nothing("a sentence about nobody", lambda w, _n: w.desk.calls.nothing_to_say()),
    "calls.numbers": nothing(SHOWN, lambda w, p: w.desk.calls.numbers(p), given=PERSON),
    "message_templates.all": nothing("words of nobody", lambda w, _n: w.desk.message_templates.all()),
    "message_templates.get": nothing("words of nobody", lambda w, _n: w.desk.message_templates.get("ring-us")),
    "message_templates.take_away": leaves(
        lambda w, _n: w.desk.message_templates.take_away("ring-us"), Did.PRACTICE_CHANGED, who=BEN
    ),
    "message_templates.write": leaves(
        lambda w, _n: w.desk.message_templates.write("ring-us", "Hello", "Hello {called}"), Did.PRACTICE_CHANGED,
        who=BEN,
    ),
    "messages.draft": nothing(SHOWN, lambda w, p: w.desk.messages.draft(p, "ring-us", ContactSystem.SMS), given=PERSON),
    "messages.hand_over": leaves(
        lambda w, d: w.desk.messages.hand_over(d, HandedTo.PROGRAM), Did.CONTACT_LOGGED,
        given=lambda w: _draft(w, ContactSystem.SMS),
    ),
    "messages.letter": leaves(lambda w, h: w.desk.messages.letter(h.communication), Did.EXPORTED, given=_letter),
    "messages.tick": leaves(
        lambda w, h: w.desk.messages.tick(h.communication, sent=True), Did.CONTACT_LOGGED, given=_letter
    ),
    "messages.way": nothing(
        SHOWN, lambda w, p: w.desk.messages.way(p, ContactSystem.SMS, ContactPurpose.APPOINTMENT), given=PERSON
    ),
    "rounds.draft": nothing(
        "the day's list, of which everything that is handed over is recorded",
        lambda w, v: w.desk.rounds.draft(v.practitioner_name, v.start.date()), given=lambda w: w.visit(days=50),
    ),
    "rounds.not_told": leaves(lambda w, v: w.desk.rounds.not_told(v.id), Did.CONTACT_LOGGED, given=_in_a_round),
    "rounds.practitioners": nothing("names of colleagues", lambda w, _n: w.desk.rounds.practitioners(TODAY)),
    "rounds.told": leaves(
        lambda w, v: w.desk.rounds.told(v.id), Did.CONTACT_LOGGED, Did.APPOINTMENT_CHANGED, given=_in_a_round
    ),
    "calls.rang": leaves(lambda w, p: w.desk.calls.rang(p, CallOutcome.NO_ANSWER), Did.CONTACT_LOGGED, given=PERSON),
}  # fmt: skip
