"""The three properties of the rule, over whole patients: non-interference, monotonicity, purity.

Each has a control: a table weakened on purpose breaks it.
"""

import ast
import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rapportdesk.rules
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.identity import PatientId, RecordId, TopicHandle
from rapportdesk.model.note import Audience, Note, NoteKind, NoteStatus
from rapportdesk.model.patient import Authority
from rapportdesk.model.staff import Viewer
from rapportdesk.model.task import Task
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.rules.card.card import compose_card
from rapportdesk.rules.known import Standing
from rapportdesk.rules.rows import ROWS, Reason, Row
from rapportdesk.rules.today.today import compose_day
from rapportdesk.rules.visibility import Company, Known, Seen, Verdict, decide, see
from tests.rules import worlds
from tests.rules.examples import EXAMPLES
from tests.rules.invented import (
    ALONE,
    CLINICIAN,
    NOW,
    RECEPTION,
    TODAY,
    WITH_GWEN,
    agreed,
    appointment,
    consent,
    note,
    person,
    topic,
)

THOROUGHLY = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
MOST_THOROUGHLY = settings(THOROUGHLY, max_examples=10_000)
VIEWERS = st.sampled_from([RECEPTION, CLINICIAN])
World = tuple[Known, Company]


def everything(known: Known, viewer: Viewer, company: Company, rows: tuple[Row, ...] = ROWS) -> tuple[object, ...]:
    """Return all that the rules make for the desk: what is seen, the card, the day."""
    seen = see(known, viewer, company, NOW, rows=rows)
    visit = appointment(id=RecordId("visit"), patient=known.patient.id)
    patients = {known.patient.id: known.patient}
    return (
        seen,
        compose_card(known, viewer, company, NOW),
        compose_day([visit], known.tasks, patients, {known.patient.id: seen}, NOW, date=TODAY),
    )


def as_reception_opens_it(known: Known) -> Known:
    """Return what reception's keys open: nothing that is sealed to clinicians."""
    return replace(
        known,
        notes=tuple(each for each in known.notes if each.audience is Audience.EVERYONE),
        topics=tuple(each for each in known.topics if each.name_for is Audience.EVERYONE),
        tasks=tuple(each for each in known.tasks if each.audience is Audience.EVERYONE),
    )


def without_hidden(known: Known, company: Company) -> Known:
    """Return the patient as if nothing that is hidden from reception had ever been kept.

    A topic that something visible is about is not hidden, even where its own line is: the asking sentence names it.
    """

    def shown(thing: Note | Task | TopicPermission) -> bool:
        return decide(thing, known, RECEPTION, company, NOW).verdict is Verdict.SHOW

    notes = tuple(each for each in known.notes if shown(each))
    spoken_of = {each.topic for each in notes}
    return replace(
        known,
        notes=notes,
        topics=tuple(each for each in known.topics if shown(each) or each.handle in spoken_of),
        tasks=tuple(each for each in known.tasks if shown(each)),
    )


def test_the_drawn_patients_meet_every_row_often() -> None:
    met = Counter[Reason]()

    @settings(THOROUGHLY, max_examples=2000)
    @given(worlds.known(), worlds.COMPANIES)
    def meet(known: Known, company: Company) -> None:
        standing = Standing.of(known, company, NOW, emergency=False, guardian_until=16)
        things: list[Note | Task | TopicPermission] = [*known.notes, *known.tasks, *known.topics]
        for facts in map(standing.facts, things):
            met.update(row.reason for row in ROWS if row.applies(facts))

    meet()
    assert all(met[row.reason] >= 100 for row in ROWS), met


@THOROUGHLY
@given(worlds.known(), worlds.COMPANIES)
def test_nothing_reception_reads_depends_on_what_is_hidden_from_it(known: Known, company: Company) -> None:
    assert everything(known, RECEPTION, company) == everything(without_hidden(known, company), RECEPTION, company)


@THOROUGHLY
@given(worlds.known(), worlds.COMPANIES)
def test_reception_reads_the_same_whether_or_not_its_keys_open_what_is_sealed(known: Known, company: Company) -> None:
    assert everything(known, RECEPTION, company) == everything(as_reception_opens_it(known), RECEPTION, company)


@THOROUGHLY
@given(worlds.known(), worlds.known(), worlds.COMPANIES, st.booleans())
def test_two_patients_who_differ_in_hidden_things_alone_are_one_to_reception(
    one: Known, other: Known, company: Company, first: bool
) -> None:
    hidden = tuple(replace(each, audience=Audience.CLINICIANS) for each in other.notes)
    secret = tuple(
        replace(each, name_for=Audience.CLINICIANS, handle=TopicHandle(each.handle + "2"), code=each.code + "2")
        for each in other.topics
    )
    promises = tuple(replace(each, audience=Audience.CLINICIANS) for each in other.tasks)
    with_more = replace(
        one,
        notes=hidden + one.notes if first else one.notes + hidden,
        topics=secret + one.topics if first else one.topics + secret,
        tasks=promises + one.tasks if first else one.tasks + promises,
    )
    assert everything(with_more, RECEPTION, company) == everything(one, RECEPTION, company)


@pytest.mark.parametrize("reason", [Reason.CLINICIANS, Reason.NAMED_TO_CLINICIANS])
def test_control_a_weakened_table_breaks_non_interference(reason: Reason) -> None:
    money = topic("money", Permission.WELCOME, name_for=Audience.CLINICIANS)
    secret = note(NoteKind.HOBBY, "secret", audience=Audience.CLINICIANS)
    known = Known(patient=person(), consents=agreed(), notes=(secret,), topics=(money,))
    weakened = tuple(row for row in ROWS if row.reason is not reason)
    weakened = tuple(
        replace(row, reception=Verdict.SHOW) if row.reason is Reason.CLINICIANS else row for row in weakened
    )
    seen = see(known, RECEPTION, ALONE, NOW, rows=weakened)
    assert seen != see(as_reception_opens_it(known), RECEPTION, ALONE, NOW, rows=weakened)


def _say(known: Known, *events: ConsentEvent) -> Known:
    return replace(known, consents=(*known.consents, *events))


def _expire(known: Known, covers: Covers) -> Known:
    yesterday = TODAY - dt.timedelta(days=1)
    return replace(
        known,
        consents=tuple(
            replace(each, valid_until=min(each.valid_until or yesterday, yesterday)) if each.covers is covers else each
            for each in known.consents
        ),
    )


def _restrict_topics(known: Known, permission: Permission) -> Known:
    """From welcome to anything, from ask first to anything but welcome; the others are no ladder and stay."""
    looser = {
        Permission.WELCOME: set(Permission),
        Permission.ASK_FIRST: set(Permission) - {Permission.WELCOME},
        None: set(Permission) - {Permission.WELCOME},
    }
    return replace(
        known,
        topics=tuple(
            replace(each, permission=permission) if permission in looser.get(each.permission, set()) else each
            for each in known.topics
        ),
    )


def _bar_everybody(known: Known) -> Known:
    people = tuple(replace(each, authority=Authority.BARRED) for each in known.patient.people)
    return replace(known, patient=replace(known.patient, people=people))


def _for_each(known: Known, **fields: object) -> Known:
    return replace(known, topics=tuple(replace(each, **fields) for each in known.topics))  # type: ignore[arg-type]  # its own fields


RESTRICTIONS: dict[str, Callable[[World], World]] = {
    **{
        f"{status} {covers}": lambda world, covers=covers, status=status: (  # type: ignore[misc]  # bound per entry
            _say(world[0], consent(covers, status, days=-3)),
            world[1],
        )
        for covers in (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS)
        for status in (ConsentStatus.REJECTED, ConsentStatus.INACTIVE, ConsentStatus.ENTERED_IN_ERROR)
    },
    "notes expire": lambda world: (_expire(world[0], Covers.KEEP_NOTES), world[1]),
    "sharing expires": lambda world: (_expire(world[0], Covers.SHARE_WITH_CLINICIANS), world[1]),
    "topics expire": lambda world: (_for_each(world[0], valid_until=TODAY - dt.timedelta(days=9)), world[1]),
    "names for clinicians": lambda world: (_for_each(world[0], name_for=Audience.CLINICIANS), world[1]),
    **{
        f"topics {permission}": lambda world, permission=permission: (  # type: ignore[misc]  # bound per entry
            _restrict_topics(world[0], permission),
            world[1],
        )
        for permission in Permission
    },
    "topics forgotten": lambda world: (replace(world[0], topics=()), world[1]),
    "somebody arrives": lambda world: (world[0], (world[1] or ALONE) | WITH_GWEN),
    "company unknown": lambda world: (world[0], None if world[1] == ALONE else world[1]),
    "nobody may decide": lambda world: (_bar_everybody(world[0]), world[1]),
}


def exposed(known: Known, viewer: Viewer, company: Company, rows: tuple[Row, ...] = ROWS) -> dict[RecordId, Verdict]:
    """Return how much of each note's and promise's content reaches the viewer."""
    things: list[Note | Task] = [*known.notes, *known.tasks]
    return {each.id: decide(each, known, viewer, company, NOW, rows=rows).verdict for each in things}


def reveals_more(before: dict[RecordId, Verdict], after: dict[RecordId, Verdict]) -> bool:
    return any(after[record] > before[record] for record in before)


@MOST_THOROUGHLY
@given(worlds.known(), worlds.COMPANIES, VIEWERS, st.sampled_from(sorted(RESTRICTIONS)))
def test_no_restriction_ever_reveals_more(known: Known, company: Company, viewer: Viewer, name: str) -> None:
    restricted, with_whom = RESTRICTIONS[name]((known, company))
    assert not reveals_more(exposed(known, viewer, company), exposed(restricted, viewer, with_whom))


@pytest.mark.parametrize("status", [ConsentStatus.REJECTED, ConsentStatus.INACTIVE, ConsentStatus.ENTERED_IN_ERROR])
def test_a_no_to_sharing_from_a_clock_that_runs_ahead_starts_no_agreement_to_notes(status: ConsentStatus) -> None:
    day = dt.timedelta(days=1)
    ended = consent(Covers.KEEP_NOTES, days=-1, valid_until=TODAY - 3 * day)
    to_come = consent(Covers.KEEP_NOTES, days=-2, valid_from=TODAY + 3 * day)
    leeks = note(NoteKind.IMPORTANT_TO_ME, "leeks")
    known = Known(patient=person(), consents=(*agreed(), ended, to_come), notes=(leeks,))
    restricted = _say(known, consent(Covers.SHARE_WITH_CLINICIANS, status, days=-3))
    for each in (known, restricted):
        assert decide(leeks, each, RECEPTION, None, NOW).verdict is Verdict.HIDE
        assert decide(leeks, each, RECEPTION, None, NOW + 3 * day).verdict is Verdict.SHOW


@THOROUGHLY
@given(worlds.known(), worlds.COMPANIES)
def test_making_a_note_for_clinicians_never_shows_reception_more(known: Known, company: Company) -> None:
    sealed = replace(known, notes=tuple(replace(each, audience=Audience.CLINICIANS) for each in known.notes))
    assert not reveals_more(exposed(known, RECEPTION, company), exposed(sealed, RECEPTION, company))
    assert all(verdict is Verdict.HIDE for verdict in exposed(replace(sealed, tasks=()), RECEPTION, company).values())


@THOROUGHLY
@given(worlds.known(), worlds.COMPANIES, VIEWERS, st.integers(0, 255))
def test_opening_shows_only_what_was_veiled_and_only_to_clinicians(
    known: Known, company: Company, viewer: Viewer, pressed: int
) -> None:
    every = [each.id for each in known.notes] + [each.id for each in known.topics] + [each.id for each in known.tasks]
    opened = frozenset(record for number, record in enumerate(every) if pressed >> number & 1)
    before, after = see(known, viewer, company, NOW), see(known, viewer, company, NOW, opened)
    gained = {each.note.id for each in after.notes} - {each.note.id for each in before.notes}
    assert gained <= before.veiled_records & opened
    assert after.veiled_records == before.veiled_records - opened
    if viewer is RECEPTION:
        assert after == before
        assert not before.veiled


def test_control_a_weakened_table_breaks_monotonicity() -> None:
    known = Known(patient=person(), notes=(note(NoteKind.HOBBY, "leeks"),))
    without = tuple(row for row in ROWS if row.reason is not Reason.WITHDRAWN)
    restricted = _say(known, consent(Covers.KEEP_NOTES, ConsentStatus.INACTIVE))
    assert reveals_more(exposed(known, RECEPTION, None, without), exposed(restricted, RECEPTION, None, without))
    assert not reveals_more(exposed(known, RECEPTION, None), exposed(restricted, RECEPTION, None))


@MOST_THOROUGHLY
@given(worlds.known(), worlds.COMPANIES, VIEWERS)
def test_the_decision_depends_on_its_arguments_alone(known: Known, company: Company, viewer: Viewer) -> None:
    before = everything(known, viewer, company)
    assert everything(known, viewer, company) == before
    turned = replace(known, consents=known.consents[::-1])
    assert see(turned, viewer, company, NOW) == before[0]


def _shown(seen: Seen) -> set[RecordId]:
    """Return the ids of all whose content may be read."""
    others = {each.id for each in seen.topics} | {each.id for each in seen.tasks}
    return {each.note.id for each in seen.notes} | others


@THOROUGHLY
@given(worlds.known(), worlds.COMPANIES, VIEWERS, worlds.moments())
def test_a_clock_that_runs_backwards_revives_nothing(
    known: Known, company: Company, viewer: Viewer, now: dt.datetime
) -> None:
    newest = max((each.recorded_at for each in known.consents), default=now)
    back, then = min(now, newest), max(now, newest)
    seen, before = (_shown(see(known, viewer, company, moment)) for moment in (newest, back))
    assert before <= seen
    begun = _since_always(known)
    assert see(begun, viewer, company, back) == see(begun, viewer, company, newest)
    withdrawn = _say(known, consent(Covers.KEEP_NOTES, ConsentStatus.INACTIVE, days=-30))
    for moment in (back, then, then + dt.timedelta(days=999)):
        shown = see(withdrawn, viewer, company, moment).notes
        assert all(each.note.boundary or each.note.kind is NoteKind.ADJUSTMENT for each in shown)


def _since_always(known: Known) -> Known:
    """Return the patient with nothing that only begins one day."""
    return replace(
        known,
        consents=tuple(replace(each, valid_from=None) for each in known.consents),
        topics=tuple(replace(each, valid_from=None) for each in known.topics),
    )


@THOROUGHLY
@given(worlds.known(), worlds.COMPANIES, VIEWERS, st.lists(worlds.moments(), min_size=2, max_size=3))
def test_time_that_passes_only_takes_away(
    known: Known, company: Company, viewer: Viewer, moments: list[dt.datetime]
) -> None:
    begun = _since_always(known)
    for earlier, later in pairwise(sorted(moments)):
        before = {each.note.id for each in see(begun, viewer, company, earlier).notes}
        after = {each.note.id for each in see(begun, viewer, company, later).notes}
        assert after <= before


def test_a_note_of_another_patient_is_never_shown() -> None:
    other = replace(note(NoteKind.HOBBY, "leeks"), patient=PatientId("somebody else"))
    known = Known(patient=person(), consents=agreed(), notes=(other,))
    for viewer in (RECEPTION, CLINICIAN):
        assert see(known, viewer, ALONE, NOW).notes == ()
    own = replace(known, notes=(note(NoteKind.HOBBY, "leeks"),))
    assert len(see(own, RECEPTION, ALONE, NOW).notes) == 1


@pytest.mark.parametrize("status", [status for status in NoteStatus if status is not NoteStatus.ACTIVE])
def test_a_note_that_is_not_active_is_shown_to_nobody(status: NoteStatus) -> None:
    def shown(stands: NoteStatus) -> int:
        leeks: Note = note(NoteKind.HOBBY, "leeks", status=stands)
        known = Known(patient=person(), consents=agreed(), notes=(leeks,))
        return len(see(known, CLINICIAN, ALONE, NOW).notes)

    assert shown(status) == 0
    assert shown(NoteStatus.ACTIVE) == 1


def test_the_rules_read_no_clock_no_file_and_no_chance() -> None:
    forbidden = {"time", "random", "secrets", "os", "pathlib", "socket", "sqlite3", "logging"}
    clocks = {"now", "today", "utcnow", "fromtimestamp"}
    for path in Path(rapportdesk.rules.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {node.module} if isinstance(node, ast.ImportFrom) else {each.name for each in node.names}
                assert not names & forbidden, f"{path.name}: {names}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in clocks, f"{path.name}:{node.lineno}"
