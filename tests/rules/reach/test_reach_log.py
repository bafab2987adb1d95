"""The log says to everybody that there was a call; who else spoke, and words, only where a note is read."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.communication import (
    CallOutcome,
    Check,
    Communication,
    CommunicationStatus,
    Direction,
    Speaker,
    bare,
)
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.patient import ContactSystem
from rapportdesk.model.staff import Viewer
from rapportdesk.rules.known import Known
from rapportdesk.rules.reach.reach_log import contact_lines
from rapportdesk.rules.visibility import see
from tests.rules.invented import CLINICIAN, GWEN, NOBODY, NOW, RECEPTION, agreed, communication, consent, person

BY_GWEN = communication(days=2, speaker=Speaker.RELATED, person="gwen", checks=(Check.CALL_BACK, Check.BIRTH_DATE))
MESSAGE = communication(
    days=1, direction=Direction.OUTGOING, medium=ContactSystem.SMS, status=CommunicationStatus.IN_PROGRESS,
    text="Your visit is on Tuesday.",
)  # fmt: skip
TAKEN_BACK = (*agreed(), consent(Covers.KEEP_NOTES, ConsentStatus.INACTIVE, 1))


def said(
    *communications: Communication, consents: tuple[ConsentEvent, ...] = agreed(), viewer: Viewer = RECEPTION
) -> list[str]:
    known = Known(patient=person(people=(GWEN,)), consents=consents, communications=communications)
    lines = contact_lines(see(known, viewer, None, NOW), NOW)
    return [f"{line.words} | {line.detail}" for line in lines]


def test_the_newest_stands_first_with_what_was_asked_and_never_what_was_answered() -> None:
    assert said(BY_GWEN, MESSAGE) == [
        "Text message: handed over, not ticked yet | Your visit is on Tuesday. · Ana Ruiz",
        "Gwen rang | checked: birth date, rang back · Ana Ruiz",
    ]


@pytest.mark.parametrize("consents", [TAKEN_BACK, (), (consent(Covers.KEEP_NOTES, ConsentStatus.REJECTED),)])
def test_without_consent_to_notes_there_was_a_call_and_no_more(consents: tuple[ConsentEvent, ...]) -> None:
    assert said(BY_GWEN, MESSAGE, consents=consents) == [
        "Text message: handed over, not ticked yet | Ana Ruiz",
        "Somebody else rang | checked: birth date, rang back · Ana Ruiz",
    ]


def test_a_clinician_with_whom_nothing_is_shared_reads_as_little() -> None:
    alone = (consent(Covers.KEEP_NOTES),)
    assert "Gwen" not in "".join(said(BY_GWEN, MESSAGE, consents=alone, viewer=CLINICIAN))
    assert "Gwen" in "".join(said(BY_GWEN, consents=alone, viewer=RECEPTION))
    assert said(BY_GWEN, MESSAGE, viewer=NOBODY) == []


def test_a_named_person_and_somebody_else_leave_the_same_bare_line() -> None:
    somebody = communication(speaker=Speaker.SOMEBODY_ELSE, id=BY_GWEN.id, recorded_at=BY_GWEN.recorded_at)
    by_gwen = communication(speaker=Speaker.RELATED, person="gwen", id=BY_GWEN.id, recorded_at=BY_GWEN.recorded_at)
    assert bare(by_gwen) == somebody


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (CallOutcome.REACHED, "Rang them: reached"),
        (CallOutcome.NO_ANSWER, "Rang them: no answer"),
        (CallOutcome.VOICEMAIL, "Rang them: voicemail left"),
    ],
)
def test_what_came_of_ringing_them_is_told(outcome: CallOutcome, words: str) -> None:
    (line,) = said(communication(direction=Direction.OUTGOING, outcome=outcome))
    assert line == f"{words} | Ana Ruiz"


HIDING = (
    (), (consent(Covers.KEEP_NOTES, ConsentStatus.REJECTED),), TAKEN_BACK,
    (consent(Covers.KEEP_NOTES, valid_until=NOW.date() - dt.timedelta(days=1)),),
)  # fmt: skip


@given(
    consents=st.sampled_from(HIDING),
    speakers=st.tuples(st.sampled_from([Speaker.RELATED, Speaker.SOMEBODY_ELSE]), st.just(Speaker.RELATED)),
    texts=st.tuples(st.text(max_size=20), st.text(max_size=20)),
    viewer=st.sampled_from([RECEPTION, CLINICIAN]),
)
def test_logs_that_differ_in_what_may_not_be_read_are_the_same(
    consents: tuple[ConsentEvent, ...], speakers: tuple[Speaker, Speaker], texts: tuple[str, str], viewer: Viewer
) -> None:
    one, other = (
        said(
            replace(BY_GWEN, speaker=speaker, person="gwen" if speaker is Speaker.RELATED else ""),
            replace(MESSAGE, text=text, subject=text),
            consents=consents, viewer=viewer,
        )
        for speaker, text in zip(speakers, texts, strict=True)
    )  # fmt: skip
    assert one == other


def test_control_where_notes_are_read_they_differ() -> None:
    assert said(MESSAGE) != said(replace(MESSAGE, text="other words"))
