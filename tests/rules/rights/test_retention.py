"""Nothing is listed before its time, under a hold, while it rests, or within another period; what is over is."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.communication import Communication, Direction
from rapportdesk.model.feedback import Answers, FeedbackMonth, FeedbackWords
from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.retention import RetentionKind, RetentionRules
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.model.task import Task, TaskStatus
from rapportdesk.rules.known import Known
from rapportdesk.rules.rights.retention import about_record, another_period, is_over, months_past_time, past_time

NIA, ANA = PatientId("nia"), StaffId("ana")
TODAY = dt.date(2026, 11, 20)
NOON = dt.time(12, tzinfo=dt.UTC)
RULES = RetentionRules(notes=2, note_kinds=((NoteKind.ADJUSTMENT, 0), (NoteKind.HOBBY, 1)), feedback=1)

days = st.dates(dt.date(2010, 1, 1), dt.date(2030, 12, 31))
years = st.integers(0, 12)
rules = st.builds(
    RetentionRules, notes=years, note_kinds=st.just(()) | st.tuples(st.tuples(st.sampled_from(NoteKind), years)),
    promises=years, contacts=years, appointments=years, feedback=years,
)  # fmt: skip


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, NOON)


def note(day: dt.date, kind: NoteKind = NoteKind.HOBBY, name: str = "note") -> Note:
    return Note(
        id=RecordId(name), patient=NIA, kind=kind, text="Sings alto", noted_at=at(day), noted_by=ANA,
        noted_by_name="Ana",
    )  # fmt: skip


def task(day: dt.date, status: TaskStatus) -> Task:
    return Task(
        id=RecordId("task"), patient=NIA, text="Send the form", status=status, recorded_at=at(day), recorded_by=ANA,
        recorded_by_name="Ana", ended_at=at(day),
    )  # fmt: skip


def everything(day: dt.date, kind: NoteKind = NoteKind.HOBBY) -> Known:
    """One of each, all of one day."""
    call = Communication(
        id=RecordId("call"), patient=NIA, direction=Direction.INCOMING, recorded_at=at(day), recorded_by=ANA,
        recorded_by_name="Ana",
    )  # fmt: skip
    return Known(
        patient=Patient(id=NIA, name="Nia"), notes=(note(day, kind),), tasks=(task(day, TaskStatus.COMPLETED),),
        communications=(call,), appointments=(Appointment(id=RecordId("visit"), patient=NIA, start=at(day)),),
    )  # fmt: skip


def event(right: Right, *, about: str = "", until: dt.date | None = None, asked: bool = False) -> RightsEvent:
    return RightsEvent(
        id=RecordId(f"{right}{about}"), patient=NIA, right=right, about=RecordId(about) if about else None, until=until,
        status=RightsStatus.REQUESTED if asked else RightsStatus.ACTIVE, recorded_at=at(TODAY), recorded_by=ANA,
        recorded_by_name="Ana",
    )  # fmt: skip


@given(settled=rules, day=days, kind=st.sampled_from(NoteKind), today=days)
def test_exactly_what_is_over_is_listed_and_nothing_before_its_time(
    settled: RetentionRules, day: dt.date, kind: NoteKind, today: dt.date
) -> None:
    listed = {each.kind for each in past_time(everything(day, kind), settled, today, dt.UTC)}
    each_year = {which: settled.years(which, kind) for which in RetentionKind if which is not RetentionKind.FEEDBACK}
    for which, kept_years in each_year.items():
        # Counted apart from the rule: so many birthdays of the day have gone by, and it is not the day itself.
        gone_by = today.year - day.year - ((today.month, today.day) <= (day.month, day.day))
        if (day.month, day.day) != (2, 29):
            assert (which in listed) is (kept_years > 0 and gone_by >= kept_years)


@given(settled=rules, day=days, today=days, whole=st.booleans())
def test_what_is_held_by_law_or_rests_is_never_listed(
    settled: RetentionRules, day: dt.date, today: dt.date, whole: bool
) -> None:
    known = everything(day)
    for right, asked in ((Right.LEGAL_HOLD, False), (Right.RESTRICTION, False), (Right.OBJECTION, True)):
        about = "" if whole or right is Right.LEGAL_HOLD else "note"
        listed = past_time(replace(known, rights=(event(right, about=about, asked=asked),)), settled, today, dt.UTC)
        assert RecordId("note") not in {each.record for each in listed}
        assert not about or listed == tuple(
            each for each in past_time(known, settled, today, dt.UTC) if each.record != RecordId("note")
        )
        assert about or not listed


@given(settled=rules, day=days, until=days, today=days)
def test_what_is_kept_for_another_period_is_listed_after_its_last_day(
    settled: RetentionRules, day: dt.date, until: dt.date, today: dt.date
) -> None:
    known = everything(day)
    kept = replace(known, rights=(event(Right.RETENTION, about="call", until=until),))
    without = {each.record for each in past_time(known, settled, today, dt.UTC)}
    listed = {each.record for each in past_time(kept, settled, today, dt.UTC)}
    assert listed == (without if today > until else without - {RecordId("call")})


def test_without_a_hold_the_same_things_are_listed_so_that_the_properties_above_can_fail() -> None:
    listed = past_time(everything(dt.date(2015, 1, 1)), RULES, TODAY, dt.UTC)
    assert {each.kind for each in listed} == set(RetentionKind) - {RetentionKind.FEEDBACK}
    assert [each.note_kind for each in listed if each.kind is RetentionKind.NOTE] == [NoteKind.HOBBY]


def test_a_kind_of_note_has_years_of_its_own_and_0_keeps_it_without_an_end() -> None:
    day = dt.date(2025, 6, 1)
    kinds = (NoteKind.HOBBY, NoteKind.PREFERENCE, NoteKind.ADJUSTMENT)
    known = Known(
        patient=Patient(id=NIA, name="Nia"), notes=tuple(note(day, kind, kind.value) for kind in kinds)
    )  # fmt: skip
    assert [each.note_kind for each in past_time(known, RULES, TODAY, dt.UTC)] == [NoteKind.HOBBY]
    late = past_time(known, RULES, dt.date(2099, 1, 1), dt.UTC)
    assert {each.note_kind for each in late} == {NoteKind.HOBBY, NoteKind.PREFERENCE}


def test_years_begin_anew_when_the_patient_says_it_again_and_an_open_promise_has_none() -> None:
    heard = replace(note(dt.date(2015, 1, 1)), last_confirmed_on=TODAY)
    known = Known(
        patient=Patient(id=NIA, name="Nia"), notes=(heard,), tasks=(task(dt.date(2015, 1, 1), TaskStatus.REQUESTED),)
    )
    assert past_time(known, RULES, TODAY, dt.UTC) == ()


@pytest.mark.parametrize(("today", "over"), [(dt.date(2025, 2, 28), False), (dt.date(2025, 3, 1), True)])
def test_a_leap_day_is_kept_to_the_end_of_february(today: dt.date, over: bool) -> None:
    assert is_over(dt.date(2024, 2, 29), 1, today) is over


def test_days_at_the_end_of_the_calendar_are_never_over() -> None:
    assert not is_over(dt.date.max, 1, dt.date.max)
    assert another_period(1, dt.date.max) == dt.date.max


def test_a_month_of_feedback_is_listed_whole_and_one_with_an_open_concern_or_another_period_is_not() -> None:
    worried = (FeedbackWords(id="a", better="The stairs", concern=True),)
    months = (
        FeedbackMonth(month=dt.date(2020, 1, 1), answers=(Answers(),)),
        FeedbackMonth(month=dt.date(2020, 2, 1), words=worried),
        FeedbackMonth(month=dt.date(2020, 3, 1)),
        FeedbackMonth(month=dt.date(2025, 11, 1), answers=(Answers(),)),
    )
    assert [each.month.month for each in months_past_time(months, RULES, {}, TODAY)] == [1]
    assert months_past_time(months, RULES, {"2020-01": TODAY}, TODAY) == ()
    assert len(months_past_time(months, RULES, {}, dt.date(2026, 12, 1))) == 2


def test_what_was_said_of_a_thing_goes_with_it_and_what_was_decided_stays() -> None:
    said = (event(Right.RECTIFICATION, about="note"), event(Right.RETENTION, about="note"))
    decided = (event(Right.OBJECTION, about="note"), event(Right.RECTIFICATION, about="other"))
    known = replace(everything(TODAY), rights=(*said, *decided))
    assert about_record(known, frozenset({RecordId("note")})) == tuple(each.id for each in said)
