"""What each public method of the Desk leaves in the audit, method by method; a test finds any that is missing here."""

import datetime as dt
from dataclasses import replace
from typing import Any

from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.audit import AuditFilter
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.draft import Form
from rapportdesk.model.emergency import EmergencyReason
from rapportdesk.model.identity import PatientId, TopicHandle
from rapportdesk.model.note import Audience
from rapportdesk.model.printout import PrintKind
from rapportdesk.model.question import Answer
from rapportdesk.model.staff import Role
from rapportdesk.model.topic import Permission
from rapportdesk.steps import in_one_go
from tests.desk.audited import ANA, BEN, HOBBY, OSEI, SCAN, Case, World, leaves, nothing
from tests.desk.audited_brief_cases import BRIEF_CASES
from tests.desk.audited_bringing import BRINGING
from tests.desk.audited_desk_cases import DESK_CASES, DOOR, OWN_WORDS, RULE, run
from tests.desk.audited_keys import KEYS
from tests.desk.audited_promises import PROMISES
from tests.desk.audited_reach import REACH_CASES
from tests.desk.audited_rights import RIGHTS_CASES
from tests.desk.audited_today import TODAY_CASES
from tests.desk.audited_voice import VOICE
from tests.desk.conftest import SECRET

PERSON, UNASKED = World.person, lambda world: world.person(agreed=False)
NOT_SHOWN = "looks something up for the screen that is open, whose opening is recorded"
APART = "who somebody is, to tell two people apart, as Today and search do"
DAY_LIST = "the day's list, of which every card that is opened is recorded"


OTHER = "bara brith and leeks"


def there_and_back(world: World) -> None:
    """Change one's secret, and change it back."""
    world.desk.staff.change_secret(SECRET, OTHER)
    world.desk.staff.change_secret(OTHER, SECRET)


def _withdrawn(world: World) -> PatientId:
    note = world.note()
    world.desk.consents.record(note.patient, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    world.practice.clock.move_on(dt.timedelta(days=32).total_seconds())
    return note.patient


def _agreed(world: World) -> tuple[PatientId, Any]:
    person = world.person(agreed=False)
    return person, world.desk.consents.agree(person)[0].id


def _printed(world: World) -> Any:
    world.desk.prints.printed(("ABCD-1234",), PrintKind.DESK_SLIP)
    return "ABCD-1234"


def _form(world: World) -> Any:
    person, event = _agreed(world)
    return world.desk.consent_forms.attach(person, event, SCAN)


def _decided_for(world: World) -> Any:
    patient = world.patient(agreed=False)
    return world.desk.consents.someone_else(patient.id, patient.people[0].id, dt.date(2027, 1, 1))[0]


def _topic(world: World) -> Any:
    return world.desk.topics.set(world.person(), "money", Permission.WELCOME)


def _in_emergency(world: World) -> PatientId:
    person = world.person()
    world.desk.emergency.open(person, EmergencyReason.OTHER, "why")
    return person


def _queried(world: World) -> Any:
    entry = world.emergency()
    world.practice.sign_in(BEN)
    world.desk.emergency.query(entry, "why?")
    world.practice.sign_in(OSEI)
    return entry


def _opened_by_osei(world: World) -> Any:
    world.practice.sign_in(OSEI)
    entry = world.emergency()
    world.practice.sign_in(BEN)
    return entry


def _another_clinician(world: World) -> Any:
    world.practice.sign_in(BEN)
    made = world.colleague(Role.CLINICIAN)
    world.practice.sign_in(OSEI)
    return made


def _desk_sheet(world: World) -> Any:
    return world.desk.sheets.new_desk_sheet()


def _with_topic(world: World) -> Any:
    return world.desk.notes.write(world.person(), "x", kind=HOBBY, topic_code="weight")


CASES: dict[str, Case] = {
    **BRINGING,
    **KEYS,
    **BRIEF_CASES,
    **REACH_CASES,
    **RIGHTS_CASES,
    **TODAY_CASES,
    **DESK_CASES,
    "audit.answer": leaves(lambda w, p: w.desk.audit.answer(p), Did.AUDIT_READ, given=PERSON),
    "audit.answer_in_steps": leaves(lambda w, p: run(w.desk.audit.answer_in_steps(p)), Did.AUDIT_READ, given=PERSON),
    "audit.export": leaves(
        lambda w, p: b"".join(w.desk.audit.export(AuditFilter(patient=p), "csv")), Did.EXPORTED, given=PERSON
    ),
    "audit.of": leaves(lambda w, p: w.desk.audit.of(p), Did.AUDIT_READ, given=PERSON),
    "audit.page": leaves(lambda w, _n: w.desk.audit.page(AuditFilter()), Did.AUDIT_READ, who=BEN),
    "audit.since": leaves(lambda w, _n: w.desk.audit.since(), Did.AUDIT_READ, who=BEN),
    "audit.take_off_old": nothing(
        "no line is past its time here; one that is leaves AUDIT_TRIMMED, in test_audit_kept.py",
        lambda w, _n: w.desk.audit.take_off_old(), who=BEN,
    ),
    "consent_forms.attach": leaves(
        lambda w, pair: w.desk.consent_forms.attach(pair[0], pair[1], SCAN), Did.CONSENT_RECORDED, given=_agreed
    ),
    "consent_forms.of": nothing(NOT_SHOWN, lambda w, p: w.desk.consent_forms.of(p), given=PERSON),
    "consent_forms.open": leaves(lambda w, f: w.desk.consent_forms.open(f.id), Did.CARD_VIEWED, given=_form),
    "consent_forms.open_unrecorded": nothing(
        "repaints a form that is open", lambda w, f: w.desk.consent_forms.open_unrecorded(f.id), given=_form
    ),
    "consent_forms.record_with": leaves(
        lambda w, p: w.desk.consent_forms.record_with(
            p, SCAN, lambda: w.desk.consents.record(p, Covers.SMS, ConsentStatus.ACTIVE)
        ),
        Did.CONSENT_RECORDED, Did.CONSENT_RECORDED, given=PERSON,
    ),
    "consent_histories.as_fhir": leaves(lambda w, p: w.desk.consent_histories.as_fhir(p), Did.EXPORTED, given=PERSON),
    "consent_histories.doubtful": nothing(
        "the manager's list, of which every history that is opened is recorded",
        lambda w, _n: w.desk.consent_histories.doubtful(), who=BEN,
    ),
    "consent_histories.of": leaves(lambda w, p: w.desk.consent_histories.of(p), Did.CARD_VIEWED, given=PERSON),
    "consent_histories.of_unrecorded": nothing(
        "repaints a history that is open", lambda w, p: w.desk.consent_histories.of_unrecorded(p), given=PERSON
    ),
    "consent_histories.to_ask": nothing(DAY_LIST, lambda w, _n: w.desk.consent_histories.to_ask()),
    "consent_sheets.for_guardian": leaves(
        lambda w, e: w.desk.consent_sheets.for_guardian(e.patient, e.given_by), Did.EXPORTED, given=_decided_for
    ),
    "consent_sheets.sheet": leaves(lambda w, p: w.desk.consent_sheets.sheet(p), Did.EXPORTED, given=PERSON),
    "consents.agree": leaves(
        lambda w, p: w.desk.consents.agree(p), Did.CONSENT_RECORDED, Did.CONSENT_RECORDED, given=UNASKED
    ),
    "consents.heard_what_they_may_hear": leaves(
        lambda w, p: w.desk.consents.heard_what_they_may_hear(
            p, replace(p, people=tuple(replace(each, may_hear="everything") for each in p.people))
        ),
        Did.CONSENT_RECORDED, given=World.patient,
    ),
    "consents.keep": nothing(NOT_SHOWN, lambda w, p: w.desk.consents.keep(p), given=PERSON),
    "consents.newest_moment": nothing(NOT_SHOWN, lambda w, p: w.desk.consents.newest_moment(p), given=PERSON),
    "consents.of": nothing(NOT_SHOWN, lambda w, p: w.desk.consents.of(p), given=PERSON),
    "consents.record": leaves(
        lambda w, p: w.desk.consents.record(p, Covers.SMS, ConsentStatus.ACTIVE), Did.CONSENT_RECORDED, given=PERSON
    ),
    "consents.refuse": leaves(lambda w, p: w.desk.consents.refuse(p), Did.CONSENT_RECORDED, given=UNASKED),
    "consents.sentence": nothing(NOT_SHOWN, lambda w, p: w.desk.consents.sentence(p), given=UNASKED),
    "consents.someone_else": leaves(
        lambda w, p: w.desk.consents.someone_else(p.id, p.people[0].id, dt.date(2027, 1, 1)),
        Did.CONSENT_RECORDED, Did.CONSENT_RECORDED, given=lambda w: w.patient(agreed=False),
    ),
    "consents.take_back": leaves(
        lambda w, pair: w.desk.consents.take_back(pair[0], pair[1]), Did.CONSENT_RECORDED,
        given=lambda w: (p := w.person(), w.desk.consents.record(p, Covers.KEEP_NOTES, ConsentStatus.INACTIVE).id),
    ),
    "deceased.about": nothing(NOT_SHOWN, lambda w, p: w.desk.deceased.about(p), given=PERSON),
    "deceased.named_on_in_steps": nothing(
        NOT_SHOWN, lambda w, p: run(w.desk.deceased.named_on_in_steps(p)), given=PERSON
    ),
    "deceased.mark": leaves(lambda w, p: w.desk.deceased.mark(p), Did.PERSON_CHANGED, given=PERSON),
    "deceased.mark_on_card": leaves(
        lambda w, p: w.desk.deceased.mark_on_card(p.id, p.people[0].id), Did.PERSON_CHANGED, given=World.patient
    ),
    "deceased.take_back": leaves(lambda w, p: w.desk.deceased.take_back(p), Did.PERSON_CHANGED, given=PERSON),
    "drafts.discard": nothing(OWN_WORDS, lambda w, p: w.desk.drafts.discard(p), given=PERSON),
    "drafts.discard_form": nothing(OWN_WORDS, lambda w, p: w.desk.drafts.discard_form(Form.PERSON, p), given=PERSON),
    "drafts.form": nothing(OWN_WORDS, lambda w, p: w.desk.drafts.form(Form.PERSON, p), given=PERSON),
    "drafts.keep": nothing(OWN_WORDS, lambda w, p: w.desk.drafts.keep(p, "typed"), given=PERSON),
    "drafts.keep_form": nothing(OWN_WORDS, lambda w, p: w.desk.drafts.keep_form(Form.PERSON, p, "x"), given=PERSON),
    "drafts.mine": nothing(OWN_WORDS, lambda w, _n: w.desk.drafts.mine()),
    "drafts.of": nothing(OWN_WORDS, lambda w, p: w.desk.drafts.of(p), given=PERSON),
    "drafts.save_form": leaves(
        lambda w, p: w.desk.drafts.save_form(Form.PERSON, p.id, lambda: w.desk.people.update(replace(p, say="NEE-ah"))),
        Did.PERSON_CHANGED, given=World.patient,
    ),
    "emergency.answer": leaves(
        lambda w, e: w.desk.emergency.answer(e, "so"), Did.EMERGENCY_REVIEWED, given=_queried, who=OSEI
    ),
    "emergency.close": leaves(
        lambda w, p: w.desk.emergency.close(p), Did.EMERGENCY_CLOSED, given=_in_emergency, who=OSEI
    ),
    "emergency.entries": nothing(
        "a list of lines of the record, without what was opened", lambda w, _n: w.desk.emergency.entries(), who=BEN
    ),
    "emergency.mark_seen": leaves(
        lambda w, e: w.desk.emergency.mark_seen(e), Did.EMERGENCY_REVIEWED, given=_opened_by_osei, who=BEN
    ),
    "emergency.open": leaves(
        lambda w, p: w.desk.emergency.open(p, EmergencyReason.OTHER, "why"), Did.EMERGENCY_ACCESS, given=PERSON,
        who=OSEI,
    ),
    "emergency.query": leaves(
        lambda w, e: w.desk.emergency.query(e, "why?"), Did.EMERGENCY_REVIEWED, given=_opened_by_osei, who=BEN
    ),
    "emergency.waiting": nothing("a number", lambda w, _n: w.desk.emergency.waiting(), who=BEN),
    "erasures.erase": leaves(lambda w, p: w.desk.erasures.erase(p), Did.ERASED, given=_withdrawn, who=BEN),
    "erasures.listed": nothing(
        "the manager's list of what is due, without what it says", lambda w, _n: w.desk.erasures.listed(), who=BEN
    ),
    "erasures.of": nothing(NOT_SHOWN, lambda w, p: w.desk.erasures.of(p), given=_withdrawn, who=BEN),
    "notes.confirm": leaves(lambda w, n: w.desk.notes.confirm(n.id), Did.NOTE_CHANGED, given=World.note),
    "notes.edit": leaves(lambda w, n: w.desk.notes.edit(n.id, text="bass"), Did.NOTE_CHANGED, given=World.note),
    "notes.get": nothing(NOT_SHOWN, lambda w, n: w.desk.notes.get(n.id), given=World.note),
    "notes.history": leaves(lambda w, n: w.desk.notes.history(n.id), Did.HISTORY_VIEWED, given=World.note),
    "notes.move": leaves(
        lambda w, pair: w.desk.notes.move(pair[0].id, pair[1]), Did.NOTE_CHANGED, Did.NOTE_CHANGED,
        given=lambda w: (w.note(), w.person()),
    ),
    "notes.read_line": nothing(NOT_SHOWN, lambda w, p: w.desk.notes.read_line(p, "typed"), given=PERSON),
    "notes.retire": leaves(lambda w, n: w.desk.notes.retire(n.id), Did.NOTE_CHANGED, given=World.note),
    "notes.undo": leaves(lambda w, _n: w.desk.notes.undo(), Did.NOTE_CHANGED, given=World.note),
    "notes.write": leaves(lambda w, p: w.desk.notes.write(p, "x", kind=HOBBY), Did.NOTE_WRITTEN, given=PERSON),
    "notes.write_line": leaves(
        lambda w, p: w.desk.notes.write_line(p, w.desk.notes.read_line(p, "promise: a letter")), Did.TASK_CHANGED,
        given=PERSON,
    ),
    "paper.day_sheet": leaves(lambda w, _n: w.desk.paper.day_sheet(), Did.DESK_SLIP_PRINTED, who=ANA),
    "paper.day_sheet_to_offer": nothing(RULE, lambda w, _n: w.desk.paper.day_sheet_to_offer(), who=ANA),
    "paper.next_day": nothing(RULE, lambda w, _n: w.desk.paper.next_day(), who=ANA),
    "paper.desk_slip": leaves(lambda w, _n: w.desk.paper.desk_slip(), Did.DESK_SLIP_PRINTED, who=ANA),
    "paper.recovery_sheet": leaves(
        lambda w, c: w.desk.paper.recovery_sheet(c), Did.KEY_OPERATION, given=lambda w: w.desk.sheets.new_desk_sheet(),
        who=BEN,
    ),
    "paper.who_looked": leaves(
        lambda w, p: w.desk.paper.who_looked(p), Did.AUDIT_READ, Did.AUDIT_PRINTED, given=PERSON
    ),
    "people.add": leaves(lambda w, _n: w.person(agreed=False), Did.PERSON_CHANGED),
    "people.any": nothing("yes or no", lambda w, _n: w.desk.people.any()),
    "people.card": leaves(lambda w, p: w.desk.people.card(p), Did.CARD_VIEWED, given=PERSON),
    "people.card_unrecorded": nothing(
        "repaints a card that is open", lambda w, p: w.desk.people.card_unrecorded(p), given=PERSON
    ),
    "people.company": nothing(NOT_SHOWN, lambda w, p: w.desk.people.company(p), given=PERSON),
    "people.get": nothing(APART, lambda w, p: w.desk.people.get(p), given=PERSON),
    "people.leave": nothing("hides again", lambda w, p: w.desk.people.leave(p), given=PERSON),
    "people.namesakes": nothing(APART, lambda w, p: w.desk.people.namesakes(p), given=World.patient),
    "people.own_view": leaves(lambda w, p: w.desk.people.own_view(p), Did.CARD_VIEWED, given=PERSON),
    "people.set_company": leaves(
        lambda w, p: w.desk.people.set_company(p, frozenset()), Did.COMPANY_SET, given=PERSON
    ),
    "people.update": leaves(
        lambda w, p: w.desk.people.update(replace(p, say="NEE-ah")), Did.PERSON_CHANGED, given=World.patient
    ),
    "practice.change": leaves(
        lambda w, _n: w.desk.practice.change(replace(w.desk.practice.settings(), grace_days=31)), Did.PRACTICE_CHANGED,
        who=BEN,
    ),
    "practice.settings": nothing(RULE, lambda w, _n: w.desk.practice.settings()),
    "prints.draw": nothing(
        "that it is printed is recorded where it is set", lambda w, _n: w.desk.prints.draw(1, PrintKind.BRIEF)
    ),
    "prints.printed": nothing(
        "that it is printed is recorded where it is set", lambda w, _n: w.desk.prints.printed(("X",), PrintKind.BRIEF)
    ),
    "prints.tick": leaves(lambda w, s: w.desk.prints.tick((s,)), Did.PRINTS_DESTROYED, given=_printed),
    "prints.to_destroy": nothing("names no patient", lambda w, _n: w.desk.prints.to_destroy()),
    "questions.of": nothing(NOT_SHOWN, lambda w, p: w.desk.questions.of(p), given=PERSON),
    "questions.record": leaves(
        lambda w, p: w.desk.questions.record(p, w.desk.questions.of(p)[0].id, Answer.DECLINED),
        Did.PERSON_CHANGED, given=PERSON,
    ),
    "workstation.amiss": nothing(RULE, lambda w, _n: w.desk.workstation.amiss(), who=ANA),
    "reminders.mine": nothing(RULE, lambda w, _n: w.desk.reminders.mine(), who=BEN),
    "search.__call__": nothing(
        "what is opened from it is recorded, and what is written out", lambda w, p: w.desk.search(p.name),
        given=World.patient,
    ),
    "search.by_number": nothing("finds an id", lambda w, _p: w.desk.search.by_number("40218")),
    "search.listed": leaves(
        # Dozens have the same name by now, and fifty are listed.
        lambda w, p: w.desk.search.listed(w.desk.search(p.name, limit=1000)), Did.SEARCHED, given=World.patient
    ),
    "search.opened": leaves(lambda w, p: w.desk.search.opened(p), Did.OPENED_FROM_SEARCH, given=PERSON),
    "sheets.check": leaves(lambda w, _n: w.desk.sheets.check(w.practice.codes.desk.code), Did.KEY_OPERATION, who=BEN),
    "sheets.clinicians_sheet_missing": nothing(RULE, lambda w, _n: w.desk.sheets.clinicians_sheet_missing(), who=OSEI),
    "sheets.list": nothing("numbers of sheets and who keeps them", lambda w, _n: w.desk.sheets.list(), who=BEN),
    "sheets.name_holder": leaves(
        lambda w, c: w.desk.sheets.name_holder(c.number, "Ben"), Did.KEY_OPERATION, given=_desk_sheet, who=BEN
    ),
    "sheets.prove": leaves(lambda w, c: w.desk.sheets.prove(c.code), Did.KEY_OPERATION, given=_desk_sheet, who=BEN),
    "sheets.retire": leaves(lambda w, c: w.desk.sheets.retire(c.number), Did.KEY_OPERATION, given=_desk_sheet, who=BEN),
    "sheets.waits_for_clinicians_keys": nothing(RULE, lambda w, _n: w.desk.sheets.waits_for_clinicians_keys()),
    "sheets.new_clinicians_sheet": leaves(
        lambda w, _n: w.desk.sheets.new_clinicians_sheet(), Did.KEY_OPERATION, who=OSEI
    ),
    "sheets.new_desk_sheet": leaves(lambda w, _n: w.desk.sheets.new_desk_sheet(), Did.KEY_OPERATION, who=BEN),
    "sheets.restore_clinicians_keys": leaves(
        lambda w, c: w.desk.sheets.restore_clinicians_keys(c.code), Did.RECOVERED,
        given=lambda w: w.desk.sheets.new_clinicians_sheet(), who=OSEI,
    ),
    "staff.add": leaves(lambda w, _n: w.colleague(), Did.STAFF_CHANGED, who=BEN),
    "staff.admit": leaves(lambda w, e: w.desk.staff.admit(e), Did.STAFF_CHANGED, given=_another_clinician, who=OSEI),
    "staff.change_secret": leaves(
        lambda w, _n: there_and_back(w),
        Did.KEY_OPERATION, Did.KEY_OPERATION,
    ),
    "staff.list": nothing("names on the door", lambda w, _n: w.desk.staff.list()),
    "staff.remove": leaves(lambda w, e: w.desk.staff.remove(e), Did.STAFF_CHANGED, given=World.colleague, who=BEN),
    "staff.reset_secret": leaves(
        lambda w, e: w.desk.staff.reset_secret(e, SECRET + "!"), Did.STAFF_CHANGED, given=World.colleague, who=BEN
    ),
    "staff.set_end": leaves(
        lambda w, e: w.desk.staff.set_end(e, dt.date(2099, 1, 1)), Did.STAFF_CHANGED, given=World.colleague, who=BEN
    ),
    "staff.waiting_for_admission": nothing(DOOR, lambda w, _n: w.desk.staff.waiting_for_admission(), who=OSEI),
    "today.add_appointment": leaves(
        lambda w, p: w.desk.today.add_appointment(p, w.practice.clock.now() + dt.timedelta(days=9)),
        Did.APPOINTMENT_CHANGED, given=PERSON,
    ),
    "today.appointments": nothing(DAY_LIST, lambda w, _n: w.desk.today.appointments(w.desk.today.date())),
    "today.date": nothing(RULE, lambda w, _n: w.desk.today.date()),
    "today.day": nothing(DAY_LIST, lambda w, _n: w.desk.today.day()),
    "today.day_in_steps": nothing(DAY_LIST, lambda w, _n: in_one_go(w.desk.today.day_in_steps())),
    "today.late": nothing("names no patient", lambda w, _n: w.desk.today.late()),
    "today.mark": leaves(
        lambda w, v: w.desk.today.mark(v.id, AppointmentStatus.ARRIVED), Did.APPOINTMENT_CHANGED,
        given=lambda w: w.visit(days=70),
    ),
    "today.patients": nothing(DAY_LIST, lambda w, _n: w.desk.today.patients(w.desk.today.date())),
    "topics.about": leaves(lambda w, p: w.desk.topics.about(p, "weight"), Did.TOPIC_SET, given=PERSON),
    "topics.asked": nothing(NOT_SHOWN, lambda w, p: w.desk.topics.asked(p), given=PERSON),
    "topics.by_handle": nothing(NOT_SHOWN, lambda w, p: w.desk.topics.by_handle(p, TopicHandle("x")), given=PERSON),
    "topics.choices": nothing(RULE, lambda w, _n: w.desk.topics.choices()),
    "topics.find": nothing(NOT_SHOWN, lambda w, p: w.desk.topics.find(p, "money"), given=PERSON),
    "topics.keep_again": leaves(lambda w, t: w.desk.topics.keep_again(t), Did.TOPIC_SET, given=_topic),
    "topics.let_go": leaves(lambda w, t: w.desk.topics.let_go(t), Did.TOPIC_SET, given=_topic),
    "topics.log_asking": leaves(
        lambda w, t: w.desk.topics.log_asking(t.patient, t.code, "not today"), Did.TOPIC_SET, given=_topic
    ),
    "topics.made_with": nothing(NOT_SHOWN, lambda w, n: w.desk.topics.made_with(n), given=_with_topic),
    "topics.of": nothing(NOT_SHOWN, lambda w, p: w.desk.topics.of(p), given=PERSON),
    "topics.set": leaves(
        lambda w, p: w.desk.topics.set(p, "money", Permission.WELCOME, name_for=Audience.EVERYONE), Did.TOPIC_SET,
        given=PERSON,
    ),
    "topics.suggestions": nothing(RULE, lambda w, _n: w.desk.topics.suggestions("money")),
    **PROMISES,
    **VOICE,
}  # fmt: skip
