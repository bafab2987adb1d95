"""Nothing sealed to clinicians reaches paper."""

import datetime as dt
from dataclasses import replace

from rapportdesk.model.identity import RecordId, StaffId
from rapportdesk.model.note import Audience
from rapportdesk.model.shown import Brief, BriefKey, Line
from rapportdesk.model.task import Task
from rapportdesk.paper.brief_page import typeset_brief
from rapportdesk.paper.withheld import fit_for_paper
from tests.paper.invented import CLINIC, NIA, NIAS_BRIEF, PRINTED_AT, SERIAL, VEIL, note, section
from tests.paper.reading import text_of

SECRET = "Zanzibar"


def brief_with(line: Line, key: BriefKey = BriefKey.MATTERS_TODAY, *, veil: bool = False) -> Brief:
    greet = section(BriefKey.GREET, "Greet", "Nia")
    return replace(NIAS_BRIEF, sections=(greet, section(key, "Matters today", "In the open", line, veil=veil)))


def promise(audience: Audience) -> Task:
    return Task(
        id=RecordId("e" * 32),
        patient=NIA.id,
        text=SECRET,
        audience=audience,
        recorded_at=dt.datetime(2026, 9, 4, tzinfo=dt.UTC),
        recorded_by=StaffId("d" * 32),
        recorded_by_name="Ana Ruiz",
    )


def printed(brief: Brief) -> str:
    return text_of(typeset_brief(brief, serial=SERIAL, printed_at=PRINTED_AT, clinic_name=CLINIC).pdf)


def test_a_note_sealed_to_clinicians_is_not_printed_and_the_veil_stands_for_it() -> None:
    page = printed(brief_with(Line(text=SECRET, note=note(SECRET, audience=Audience.CLINICIANS))))
    assert SECRET not in page
    assert "In the open" in page
    assert page.count(VEIL) == 1


def test_a_note_for_everyone_is_printed() -> None:
    page = printed(brief_with(Line(text=SECRET, note=note(SECRET))))
    assert SECRET in page
    assert VEIL not in page


def test_a_promise_follows_its_audience() -> None:
    assert SECRET not in printed(brief_with(Line(text=SECRET, task=promise(Audience.CLINICIANS))))
    assert SECRET in printed(brief_with(Line(text=SECRET, task=promise(Audience.EVERYONE))))


def test_the_veil_is_set_once_and_in_its_place() -> None:
    sealed = Line(text=SECRET, note=note(SECRET, audience=Audience.CLINICIANS))
    added = fit_for_paper(brief_with(sealed))
    assert [each.key for each in added.sections] == [BriefKey.GREET, BriefKey.MATTERS_TODAY, BriefKey.TAKE_CARE]
    assert [each.veil for each in added.sections] == [False, False, True]
    there = fit_for_paper(brief_with(sealed, BriefKey.TAKE_CARE))
    assert [each.veil for each in there.sections] == [False, True]
    already = fit_for_paper(brief_with(sealed, BriefKey.WITH_THEM, veil=True))
    assert [each.veil for each in already.sections] == [False, True]


def test_a_section_left_without_lines_leaves_no_label() -> None:
    only = section(BriefKey.ASKS, "She asks", Line(text=SECRET, note=note(SECRET, audience=Audience.CLINICIANS)))
    kept = fit_for_paper(replace(NIAS_BRIEF, sections=(only,)))
    assert [each.key for each in kept.sections] == [BriefKey.TAKE_CARE]


def test_a_brief_without_anything_sealed_is_left_as_it_is() -> None:
    assert fit_for_paper(NIAS_BRIEF) is NIAS_BRIEF
