"""Nobody who has died is greeted, asked, promised or waited for, whatever is known; taking it back shows all again."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given

from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind, PreferenceArea
from rapportdesk.model.patient import Patient, RelatedPerson
from rapportdesk.model.shown import Brief, BriefKey, DeskSlipRow, Mark, TodayRow
from rapportdesk.model.staff import Viewer
from rapportdesk.rules.brief.brief import compose_brief
from rapportdesk.rules.card.desk_slip import desk_slip_row
from rapportdesk.rules.card.named_on import may_be
from rapportdesk.rules.company import companions_words
from rapportdesk.rules.rights.own_view import compose_own_view
from rapportdesk.rules.today.today import compose_day
from rapportdesk.rules.visibility import Company, Known, see
from tests.rules.invented import (
    ALONE,
    CLINICIAN,
    GWEN,
    NOW,
    PATIENT,
    RECEPTION,
    TODAY,
    agreed,
    appointment,
    note,
    person,
    task,
)
from tests.rules.worlds import COMPANIES, moments
from tests.rules.worlds import known as any_known

VIEWERS = (RECEPTION, CLINICIAN)


def dead(known: Known) -> Known:
    return replace(known, patient=replace(known.patient, deceased=True, deceased_on=None))


def brief(known: Known, viewer: Viewer, company: Company, now: dt.datetime) -> Brief:
    return compose_brief(known, viewer, company, now)


def slip(known: Known, now: dt.datetime) -> DeskSlipRow:
    return desk_slip_row(known.patient, see(known, RECEPTION, None, now), now)


def row(known: Known, viewer: Viewer, now: dt.datetime) -> TodayRow:
    visit = appointment(now, status=AppointmentStatus.ARRIVED, arrived_at=now)
    seen = {PATIENT: see(known, viewer, None, now)}
    ask = {PATIENT: "ask again"}
    day = compose_day([visit], known.tasks, {PATIENT: known.patient}, seen, now, date=now.date(), to_ask=ask)
    assert not known.patient.deceased or (day.promised, day.behind) == ((), ())
    return day.rows[0]


@given(any_known(), COMPANIES, moments())
def test_the_dead_are_greeted_by_nothing_that_is_composed(known: Known, company: Company, now: dt.datetime) -> None:
    gone = dead(known)
    for viewer in VIEWERS:
        (section,) = brief(gone, viewer, company, now).sections
        assert (section.key, section.veil, [line.mark for line in section.lines]) == (
            BriefKey.TAKE_CARE, False, [Mark.DONT],
        )  # fmt: skip
        listed = row(gone, viewer, now)
        assert (listed.deceased, listed.needs, listed.detail) == (True, (), "Dr Osei · has died")
    made = slip(gone, now)
    assert (made.greeting, made.comfort, made.promises) == ("", "", ())
    assert compose_own_view(gone, ALONE, now).notes == ()


@given(any_known(), COMPANIES, moments())
def test_taking_it_back_brings_everything_back_as_it_was(known: Known, company: Company, now: dt.datetime) -> None:
    alive = replace(known, patient=replace(known.patient, deceased=False))
    again = replace(dead(alive), patient=replace(dead(alive).patient, deceased=False, deceased_on=None))
    assert again == alive
    for viewer in VIEWERS:
        assert brief(again, viewer, company, now) == brief(alive, viewer, company, now)
        assert see(again, viewer, company, now) == see(alive, viewer, company, now)


def test_the_control_the_living_are_greeted() -> None:
    known = Known(
        patient=person(birth_date=dt.date(1958, 11, 20), interpreter="Welsh"), consents=agreed(),
        notes=(note(NoteKind.PREFERENCE, "Diolch", preference_area=PreferenceArea.GREETING),),
        tasks=(task("ring", due=TODAY),),
    )  # fmt: skip
    assert BriefKey.GREET in {section.key for section in brief(known, CLINICIAN, ALONE, NOW).sections}
    assert row(known, RECEPTION, NOW).detail == "Dr Osei · Welsh interpreter · birthday · ask again"
    assert (slip(known, NOW).greeting, slip(known, NOW).promises) == ("Diolch", ("ring",))


@given(any_known(), moments())
def test_a_relative_who_has_died_is_with_nobody(known: Known, now: dt.datetime) -> None:
    gwen = replace(GWEN, deceased=True)
    theirs = replace(known, patient=replace(known.patient, people=(gwen,)))
    company = frozenset({gwen.id})
    assert companions_words(theirs.patient, company) == ()
    lines = [
        line
        for section in brief(theirs, CLINICIAN, company, now).sections
        if section.key is BriefKey.WITH_THEM
        for line in section.lines
    ]
    assert [line for line in lines if line.lead == gwen.name] == []
    assert companions_words(replace(theirs.patient, people=(GWEN,)), company) == ("Gwen, daughter",), "the control"


HUW = Patient(id=PatientId("h" * 32), name="Huw Prydderch")


@pytest.mark.parametrize(
    ("called", "whose", "found"),
    [
        ("Huw", "Nia Prydderch", True),
        ("huw prydderch", "Somebody Else", True),
        ("Huw", "Nia Pritchard", False),
        ("Huw Bevan", "Nia Prydderch", False),
        ("Gwen", "Nia Prydderch", False),
    ],
)
def test_a_card_names_somebody_by_first_name_within_a_family_and_by_the_whole_name_anywhere(
    called: str, whose: str, found: bool
) -> None:
    assert may_be(RelatedPerson(id="x", name=called), person(whose), HUW) is found


def test_nobody_is_named_on_their_own_card() -> None:
    assert not may_be(RelatedPerson(id="x", name="Huw Prydderch"), HUW, HUW)
