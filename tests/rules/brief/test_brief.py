"""A brief is short, says what could hurt first, counts what it leaves out, and greets nobody who has died."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.explained import Explained, TeachBack
from rapportdesk.model.note import Audience, Note, NoteKind, PreferenceArea
from rapportdesk.model.shown import Brief, BriefKey
from rapportdesk.model.topic import Permission
from rapportdesk.model.words import veil_sentence
from rapportdesk.rules.brief.brief import WORDS, compose_brief, words_in
from rapportdesk.rules.brief.brief_lines import LONGEST_CHARACTERS, clip
from rapportdesk.rules.brief.brief_past import offered_by
from rapportdesk.rules.visibility import Company, Known, see
from tests.rules import worlds
from tests.rules.clinic import CLINIC, dead, nia, overfull, withheld
from tests.rules.examples import EXAMPLES
from tests.rules.golden_briefs import GOLDEN, golden_text
from tests.rules.invented import (
    ALONE,
    ANA,
    CLINICIAN,
    GWEN,
    NOW,
    OSEI,
    PATIENT,
    TODAY,
    WITH_GWEN,
    agreed,
    appointment,
    fresh_id,
    handle,
    note,
    person,
    topic,
)


def text_of(brief: Brief) -> str:
    return "\n".join(
        " ".join((line.lead, line.text, line.detail, line.urgent))
        for section in brief.sections
        for line in section.lines
    )


def lines_of(brief: Brief, key: BriefKey) -> list[str]:
    return [line.text for section in brief.sections if section.key is key for line in section.lines]


def words_of(brief: Brief) -> int:
    said = sum(words_in(line) for section in brief.sections for line in section.lines)
    return said + (len(veil_sentence(brief.patient).split()) if brief.veiled else 0)


@pytest.mark.parametrize("name", CLINIC)
def test_the_brief_and_the_card_read_as_they_were_kept(name: str) -> None:
    assert golden_text(CLINIC[name]()) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds.known(), worlds.COMPANIES)
def test_no_brief_is_longer_than_a_page_and_every_visible_note_is_shown_or_counted(
    known: Known, company: Company
) -> None:
    brief = compose_brief(known, CLINICIAN, company, NOW)
    seen = see(known, CLINICIAN, company, NOW)
    assert words_of(brief) <= WORDS
    assert [section.key for section in brief.sections] == [key for key in BriefKey if key in _keys(brief)]
    assert all(section.lines or section.veil for section in brief.sections)
    if known.patient.deceased:
        return
    carried = {line.note.id for section in brief.sections for line in section.lines if line.note}
    assert carried <= {each.note.id for each in seen.notes}
    greeted = " ".join(line.text for section in brief.sections[:1] for line in section.lines)
    missing = [each for each in seen.notes if each.note.id not in carried and each.note.text not in greeted]
    assert len(missing) <= brief.left_out


def _keys(brief: Brief) -> set[BriefKey]:
    return {section.key for section in brief.sections}


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds.known(), worlds.COMPANIES)
def test_nothing_that_is_not_shown_is_in_a_brief(known: Known, company: Company) -> None:
    seen = see(known, CLINICIAN, company, NOW)
    shown = {each.note.id for each in seen.notes}
    said = text_of(compose_brief(known, CLINICIAN, company, NOW))
    for each in known.notes:
        assert each.id in shown or each.text not in said


def test_what_does_not_fit_is_counted_and_what_could_hurt_goes_in_first() -> None:
    brief = compose_brief(overfull(), CLINICIAN, ALONE, NOW)
    assert brief.left_out > 50
    assert len(lines_of(brief, BriefKey.TAKE_CARE)) == 4
    few = replace(overfull(), notes=overfull().notes[:2], tasks=())
    assert compose_brief(few, CLINICIAN, ALONE, NOW).left_out == 0


def test_the_labels_follow_the_pronouns() -> None:
    def labels(pronouns: str) -> list[str]:
        known = nia()
        brief = compose_brief(
            replace(known, patient=replace(known.patient, pronouns=pronouns)), CLINICIAN, WITH_GWEN, NOW
        )
        return [section.label for section in brief.sections if section.key in {BriefKey.ASKS, BriefKey.WITH_THEM}]

    assert labels("she / her") == ["She asks", "With her"]
    assert labels("He/him") == ["He asks", "With him"]
    assert labels("they / them") == labels("") == labels("ella") == ["They ask", "With them"]


def test_those_who_are_with_the_patient_are_named_and_nobody_when_alone() -> None:
    assert lines_of(compose_brief(nia(), CLINICIAN, WITH_GWEN, NOW), BriefKey.WITH_THEM)
    assert lines_of(compose_brief(nia(), CLINICIAN, None, NOW), BriefKey.WITH_THEM)
    assert not lines_of(compose_brief(nia(), CLINICIAN, ALONE, NOW), BriefKey.WITH_THEM)


def test_the_veil_is_one_flag_until_it_is_opened_and_paper_is_never_opened() -> None:
    known = nia()
    secret = next(each for each in known.notes if each.audience is Audience.CLINICIANS)
    closed = compose_brief(known, CLINICIAN, ALONE, NOW)
    assert closed.veiled
    assert secret.text not in text_of(closed)
    waiting = see(known, CLINICIAN, ALONE, NOW).veiled_records
    opened = compose_brief(known, CLINICIAN, ALONE, NOW, opened=waiting)
    assert secret.text in text_of(opened)
    assert not opened.veiled
    paper = compose_brief(known, CLINICIAN, ALONE, NOW, opened=waiting, for_paper=True)
    assert paper.veiled
    assert paper == compose_brief(known, CLINICIAN, None, NOW)


def test_clinicians_notes_read_alone_do_not_reach_paper() -> None:
    greeting = note(
        NoteKind.PREFERENCE, "by her first name", audience=Audience.CLINICIANS, preference_area=PreferenceArea.GREETING
    )
    known = Known(patient=person(), consents=agreed(), notes=(greeting,))
    assert greeting.text in text_of(compose_brief(known, CLINICIAN, ALONE, NOW))
    assert greeting.text not in text_of(compose_brief(known, CLINICIAN, ALONE, NOW, for_paper=True))


def test_the_dead_are_never_greeted_asked_or_promised() -> None:
    brief = compose_brief(dead(), CLINICIAN, None, NOW)
    assert _keys(brief) == {BriefKey.TAKE_CARE}
    assert "died on 2 November" in text_of(brief)
    assert not brief.veiled
    assert BriefKey.GREET in _keys(compose_brief(nia(), CLINICIAN, None, NOW))


def test_without_consent_there_remain_the_name_the_sentence_and_what_protects() -> None:
    brief = compose_brief(withheld(), CLINICIAN, None, NOW)
    assert _keys(brief) == {BriefKey.GREET, BriefKey.COMFORT, BriefKey.TAKE_CARE}
    assert "leeks" not in text_of(brief)
    assert brief.left_out == 0


def test_a_greeting_that_is_not_to_be_raised_is_no_greeting() -> None:
    mrs = note(
        NoteKind.PREFERENCE, "ask after Huw", topic=handle("bereavement"), preference_area=PreferenceArea.GREETING
    )
    huw = topic("bereavement", Permission.DO_NOT_RAISE)
    brief = compose_brief(
        Known(patient=person(), consents=agreed(), notes=(mrs,), topics=(huw,)), CLINICIAN, ALONE, NOW
    )
    assert lines_of(brief, BriefKey.GREET) == [""]
    assert lines_of(brief, BriefKey.TAKE_CARE) == ["ask after Huw"]


def test_a_greeting_goes_on_after_the_name_as_it_was_typed() -> None:
    def greeting(text: str) -> list[str]:
        said = note(NoteKind.PLEASE_DONT, text, boundary=True, preference_area=PreferenceArea.GREETING)
        brief = compose_brief(Known(patient=person(), consents=agreed(), notes=(said,)), CLINICIAN, ALONE, NOW)
        return lines_of(brief, BriefKey.GREET)

    assert greeting("never Mrs") == [", never Mrs."]
    assert greeting("Never Mrs") == [". Never Mrs."]


def test_what_the_reader_explained_themselves_says_you() -> None:
    tablets = note(NoteKind.EXPLAINED, "the tablets", 77, noted_by=OSEI, noted_by_name="Dr Osei")
    known = Known(patient=person(), consents=agreed(), notes=(tablets,))
    other = CLINICIAN._replace(staff=ANA)
    assert lines_of(compose_brief(known, CLINICIAN, ALONE, NOW), BriefKey.LAST_TIME) == ["You explained: the tablets"]
    assert lines_of(compose_brief(known, other, ALONE, NOW), BriefKey.LAST_TIME) == ["Dr Osei explained: the tablets"]


def test_a_note_of_a_mebibyte_is_cut_in_the_brief_and_kept_whole_behind_it() -> None:
    long = note(NoteKind.IMPORTANT_TO_ME, "x" * 2**20, quote=True)
    brief = compose_brief(Known(patient=person(), consents=agreed(), notes=(long,)), CLINICIAN, ALONE, NOW)
    (line,) = [line for section in brief.sections for line in section.lines if line.note]
    assert len(line.text) <= LONGEST_CHARACTERS + 3
    assert line.note is long


@settings(max_examples=500)
@given(st.text())
def test_cutting_keeps_short_texts_exactly(text: str) -> None:
    cut = clip(text)
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
    assert len(text.split(" ")) > 30 or len(text) > LONGEST_CHARACTERS or cut == text


def test_the_moment_it_was_composed_stands_on_it() -> None:
    later = NOW + dt.timedelta(minutes=7)
    assert compose_brief(nia(), CLINICIAN, None, later).as_of == later
    assert GWEN.name in text_of(compose_brief(nia(), CLINICIAN, None, later))


@settings(max_examples=500, deadline=None)
@given(worlds.known(), worlds.COMPANIES)
def test_every_line_says_where_it_is_from_and_what_is_left_out_is_counted_by_section(
    known: Known, company: Company
) -> None:
    brief = compose_brief(known, CLINICIAN, company, NOW)
    assert all(line.source for section in brief.sections for line in section.lines)
    assert sum(count for _label, count in brief.left_out_of) == brief.left_out
    assert all(count > 0 for _label, count in brief.left_out_of)


def _reading(*notes: Note, days: int = 28, read: bool = True) -> BriefRead:
    return BriefRead(
        id=fresh_id(), patient=PATIENT, for_on=TODAY - dt.timedelta(days=days), read=read,
        offered=tuple(each.id for each in notes), at=NOW, by=OSEI, by_name="Dr Osei",
    )  # fmt: skip


def test_common_ground_that_was_offered_last_time_gives_way_to_what_was_not() -> None:
    choir, leeks = note(NoteKind.HOBBY, "choir", 40), note(NoteKind.HOBBY, "leeks", 60)

    def opens_with(*briefs: BriefRead, **changed: object) -> list[str]:
        first = replace(choir, **changed)  # type: ignore[arg-type]  # fields of Note
        known = Known(patient=person(), consents=agreed(), notes=(first, leeks), briefs_read=briefs)
        return lines_of(compose_brief(known, CLINICIAN, ALONE, NOW), BriefKey.OPEN_WITH)

    assert opens_with() == ["choir"]
    assert opens_with(_reading(choir)) == ["leeks"]
    assert opens_with(_reading(choir, days=60), _reading(leeks)) == ["choir"], "the last one counts"
    assert opens_with(_reading(choir, days=0)) == ["choir"], "read twice on a day it offers the same"
    assert opens_with(_reading(choir, read=False)) == ["choir"], "paper that nobody ticked as read"
    assert opens_with(_reading(choir, read=False), _reading()) == ["leeks"], "paper that was ticked as read"
    assert opens_with(_reading(choir), last_confirmed_on=TODAY) == ["choir"], "heard again, it is new"


def test_the_only_common_ground_is_offered_again_and_says_so() -> None:
    choir = note(NoteKind.HOBBY, "choir", 40)
    known = Known(patient=person(), consents=agreed(), notes=(choir,), briefs_read=(_reading(choir),))
    brief = compose_brief(known, CLINICIAN, ALONE, NOW)
    assert lines_of(brief, BriefKey.OPEN_WITH) == ["choir"]
    assert "also last time" in text_of(brief)
    assert offered_by(brief) == (choir.id,)


def test_a_brief_says_when_and_by_whom_it_was_read() -> None:
    known = replace(nia(), briefs_read=(_reading(days=0), _reading(days=28)))
    brief = compose_brief(known, CLINICIAN, None, NOW)
    assert (brief.read_at, brief.read_by_name) == (NOW, "Dr Osei")
    tomorrow = appointment(NOW + dt.timedelta(days=1))
    assert compose_brief(known, CLINICIAN, None, NOW, tomorrow).read_at is None


def test_what_is_not_understood_yet_is_carried_on_and_what_was_settled_before_gives_way() -> None:
    def explained(text: str, days: int, result: TeachBack) -> Note:
        return note(NoteKind.EXPLAINED, text, days, explained=Explained(teach_back=result))

    notes = (
        explained("the scan", 5, TeachBack.UNDERSTOOD),
        explained("the dose", 90, TeachBack.NOT_YET),
        explained("the ward", 90, TeachBack.UNDERSTOOD),
    )
    brief = compose_brief(Known(patient=person(), consents=agreed(), notes=notes), CLINICIAN, ALONE, NOW)
    said = " ".join(lines_of(brief, BriefKey.LAST_TIME))
    assert "the scan; understood" in said
    assert "the dose; not yet understood" in said
    assert "the ward" not in said
    assert brief.left_out == 1
