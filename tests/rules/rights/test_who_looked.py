"""The answer is made of the lines that may be told, and of nothing else; every action has its words."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.exchange.audit_fhir import _PATTERNS
from rapportdesk.model.audit import KINDS, AuditAction, AuditEvent, Outcome, PurposeOfUse
from rapportdesk.model.identity import PatientId, StaffId
from rapportdesk.model.staff import Role
from rapportdesk.rules.rights.audit_words import action_words, why_words, words_of
from rapportdesk.rules.rights.who_looked import who_looked

AT = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
NIA, ALI = PatientId("a" * 32), PatientId("b" * 32)


def line(action: AuditAction = AuditAction.CARD_VIEWED, minutes: int = 0, **more: object) -> AuditEvent:
    event = AuditEvent(
        at=AT + dt.timedelta(minutes=minutes), action=action, who=StaffId("1"), who_name="Ana Ruiz",
        roles=(Role.RECEPTION,), patient=NIA,
    )  # fmt: skip
    return dataclasses.replace(event, **more)  # type: ignore[arg-type]


def same(moment: dt.datetime) -> dt.datetime:
    return moment


events = st.lists(
    st.builds(
        line,
        st.sampled_from([AuditAction.CARD_VIEWED, AuditAction.NOTE_WRITTEN, AuditAction.BRIEF_READ]),
        st.integers(0, 60 * 24 * 5),
        who_name=st.sampled_from(["Ana Ruiz", "Dr Osei"]),
        patient=st.sampled_from([NIA, ALI]),
    ),
    max_size=25,
)
hidden = st.lists(
    st.builds(
        line,
        st.sampled_from([AuditAction.REVEALED, AuditAction.NOTE_WRITTEN, AuditAction.CARD_VIEWED]),
        st.integers(0, 60 * 24 * 5),
        who_name=st.sampled_from(["Ana Ruiz", "Dr Osei"]),
        clinicians_only=st.just(True),
    ),
    min_size=1,
    max_size=25,
)


@given(events, hidden, st.randoms(), st.booleans())
def test_what_reception_may_not_know_changes_nothing_of_its_answer(
    known: list[AuditEvent], unknown: list[AuditEvent], chance: object, each: bool
) -> None:
    """Not an order, not a count, not a time: whatever stands between the lines that are told."""
    mixed = [*known, *unknown]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    in_order = [event for event in mixed if event in known]  # lines of one moment are told as they stand in the record
    assert who_looked(NIA, mixed, same, each=each) == who_looked(NIA, in_order, same, each=each)
    whole = who_looked(NIA, mixed, same, each=True, whole=True)  # the control
    told = who_looked(NIA, mixed, same, each=True)
    assert sum(len(day.lines) for day in whole.days) == sum(len(day.lines) for day in told.days) + len(unknown)


@given(events)
def test_every_look_is_in_the_answer_at_its_time(known: list[AuditEvent]) -> None:
    answer = who_looked(NIA, known, same, each=True)
    told = [(day.day, line.times[0], line.who, line.words) for day in answer.days for line in day.lines]
    mine = [event for event in known if event.patient == NIA]
    assert sorted(told) == sorted((e.at.date(), e.at.time(), e.who_name, words_of(e)) for e in mine)
    assert [day.day for day in answer.days] == sorted({event.at.date() for event in mine}, reverse=True)
    for day in answer.days:
        assert [line.times for line in day.lines] == sorted(line.times for line in day.lines)


def test_what_one_person_did_again_stands_in_one_line() -> None:
    (day,) = who_looked(NIA, [line(minutes=m) for m in (27, 0, 0)], same).days
    (told,) = day.lines
    assert told.times == (dt.time(9, 4), dt.time(9, 31))
    other = [line(), line(outcome=Outcome.FAILURE), line(who_name="Ben"), line(AuditAction.NOTE_WRITTEN)]
    assert len(who_looked(NIA, other, same).days[0].lines) == 4


def test_the_day_is_the_practices() -> None:
    zone = dt.timezone(dt.timedelta(hours=-10))
    answer = who_looked(NIA, [line()], lambda moment: moment.astimezone(zone))
    assert answer.days[0].day == dt.date(2026, 11, 19)


@pytest.mark.parametrize("action", AuditAction)
def test_every_action_has_words_a_kind_and_a_pattern(action: AuditAction) -> None:
    assert action_words(action) != action.value
    assert "-" not in action_words(action).replace("-to-", "")
    assert sum(action in kind for kind in KINDS.values()) == 1
    assert action in _PATTERNS


def test_the_reason_says_more_where_there_is_more_to_say() -> None:
    assert words_of(line(AuditAction.PERSON_CHANGED, why="added")) == "added them to the desk"
    assert words_of(line(AuditAction.TASK_CHANGED, why="told")) == "told the clinicians about them"
    assert words_of(line(AuditAction.TASK_CHANGED, why="read")) == "read what was told about them"
    assert words_of(line(AuditAction.PERSON_CHANGED)) == "changed the details"
    assert words_of(line(AuditAction.SIGN_IN_FAILED, count=3)) == "a wrong secret was typed 3 times"
    assert words_of(line(AuditAction.IMPORTED, why="2 files")) == "brought in 2 files"
    assert why_words(line(purpose=PurposeOfUse.PATIENT_REQUEST)) == "because the patient asked"
    assert why_words(line(AuditAction.EMERGENCY_ACCESS, why="BTG risk")) == "emergency access"
    assert why_words(line()) == ""
