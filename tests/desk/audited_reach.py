"""What each method of the telephone and of messages leaves in the audit."""

from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.communication import CallOutcome, Check, Speaker
from tests.desk.audited import Case, World, leaves, nothing

PERSON = World.person
SHOWN = "repaints what is open, whose opening is recorded"

REACH_CASES: dict[str, Case] = {
    "calls.about": leaves(lambda w, p: w.desk.calls.about(p), Did.CARD_VIEWED, given=PERSON),
    "calls.answer": nothing(
        SHOWN, lambda w, p: w.desk.calls.answer(p, Speaker.PATIENT, checks=tuple(Check)), given=PERSON
    ),
    "calls.came_in": leaves(lambda w, p: w.desk.calls.came_in(p, Speaker.PATIENT), Did.CONTACT_LOGGED, given=PERSON),
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
    "calls.rang": leaves(lambda w, p: w.desk.calls.rang(p, CallOutcome.NO_ANSWER), Did.CONTACT_LOGGED, given=PERSON),
}  # fmt: skip
