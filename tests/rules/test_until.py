"""What was decided about a patient holds, day by day, until the day that is named, and that day is named in time."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.model.consent import Covers
from rapportdesk.model.identity import RecordId, StaffId
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.patient import Authority, RelatedPerson
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.model.staff import Viewer
from rapportdesk.model.task import Task
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.rules.known import Known
from rapportdesk.rules.until import holds_until
from rapportdesk.rules.visibility import decide
from tests.rules import worlds
from tests.rules.invented import ALONE, CLINICIAN, RECEPTION, TODAY, agreed, consent, note, person, topic

DAY = dt.timedelta(days=1)
RESTING = RightsEvent(
    id=RecordId("r"), patient=person().id, right=Right.RESTRICTION, status=RightsStatus.ACTIVE,
    until=TODAY + 6 * DAY, recorded_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC), recorded_by=StaffId("s"),
    recorded_by_name="Ana",
)  # fmt: skip
"""As another practice's file may bring one: what rests until a day is back on the next."""


def decided(known: Known, now: dt.datetime) -> list[object]:
    """Return what everybody may see, alone or not."""
    things: tuple[Note | Task | TopicPermission, ...] = (*known.notes, *known.tasks, *known.topics)
    looks: list[tuple[Viewer, frozenset[str] | None]] = [(RECEPTION, None), (CLINICIAN, None), (CLINICIAN, ALONE)]
    return [decide(each, known, viewer, company, now).verdict for each in things for viewer, company in looks]


@given(worlds.known(), worlds.moments(), st.integers(1, 400))
@settings(max_examples=300, deadline=None)
def test_nothing_is_decided_otherwise_before_the_day_that_is_named(known: Known, now: dt.datetime, days: int) -> None:
    until = holds_until(known, now.date(), guardian_until=16)
    later = now + days * DAY
    if until is None or later.date() < until:
        assert decided(known, later) == decided(known, now)
    else:
        assert until > now.date()


@pytest.mark.parametrize(
    ("known", "until"),
    [
        (Known(patient=person(), consents=agreed()), None),
        (Known(patient=person(), consents=(consent(Covers.KEEP_NOTES, valid_until=TODAY),)), TODAY + DAY),
        (Known(patient=person(), consents=(consent(Covers.KEEP_NOTES, valid_from=TODAY + 3 * DAY),)), TODAY + 3 * DAY),
        (
            Known(patient=person(), topics=(topic("money", Permission.ASK_FIRST, valid_until=TODAY + DAY),)),
            TODAY + 2 * DAY,
        ),
        (
            Known(patient=person(people=(RelatedPerson(id="g", name="Gwen", authority_until=TODAY + 4 * DAY),))),
            TODAY + 5 * DAY,
        ),
        (Known(patient=person(), rights=(RESTING,)), TODAY + 7 * DAY),
    ],
)
def test_the_day_is_the_first_on_which_something_begins_or_has_ended(known: Known, until: dt.date | None) -> None:
    assert holds_until(known, TODAY, guardian_until=16) == until


def test_a_birthday_on_which_a_parents_word_ends_is_such_a_day_also_on_29_february() -> None:
    mother = RelatedPerson(id="m", name="Mair", authority=Authority.PARENTAL)
    child = person(birth_date=dt.date(2012, 2, 29), people=(mother,))
    yes = consent(Covers.KEEP_NOTES, given_by="m", recorded_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    known = Known(patient=child, consents=(yes,), notes=(note(NoteKind.HOBBY, "leeks"),))
    eve = dt.datetime(2026, 2, 28, 12, tzinfo=dt.UTC)
    assert holds_until(known, eve.date(), guardian_until=14) == dt.date(2026, 3, 1)
    before, after = (
        decide(known.notes[0], known, RECEPTION, None, now, guardian_until=14).verdict for now in (eve, eve + DAY)
    )
    assert before != after, "the control: it does end then"
