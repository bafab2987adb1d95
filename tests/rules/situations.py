"""A situation of the written table made into everything that is known of a patient, and back into an outcome."""

import datetime as dt
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.note import Audience, Note, NoteKind, NoteStatus
from rapportdesk.model.staff import Viewer
from rapportdesk.model.task import Task, TaskStatus
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.rules.rows import ROWS, Row, Verdict
from rapportdesk.rules.visibility import Company, Decision, Known, decide, see
from tests.rules.invented import ALONE, GWEN, MOTHER, NOW, TODAY, WITH_GWEN, consent, handle, note, person, task, topic
from tests.rules.truth_table import CONDITIONS, VALUES, Outcome, Situation, WrittenRow, settle

PATIENT = person(people=(GWEN, MOTHER), birth_date=dt.date(2009, 3, 14))  # seventeen: of age to answer herself
PERMISSIONS = {
    "welcome": Permission.WELCOME,
    "ask first": Permission.ASK_FIRST,
    "not asked": None,
    "clinician only": Permission.CLINICIAN_ONLY,
    "private room": Permission.PRIVATE_ROOM,
    "not in front of": Permission.NOT_IN_FRONT_OF,
    "do not raise": Permission.DO_NOT_RAISE,
}
COMPANIES: dict[str, Company] = {"alone": ALONE, "somebody": WITH_GWEN, "unknown": None}


@dataclass(frozen=True)
class World:
    """A situation in which a rule can be asked."""

    known: Known
    thing: Note | Task | TopicPermission
    company: Company
    emergency: bool

    def decision(self, viewer: Viewer, *, opened: bool = False, rows: tuple[Row, ...] = ROWS) -> Decision:
        return decide(
            self.thing,
            self.known,
            viewer,
            self.company,
            NOW,
            opened=frozenset({self.thing.id}) if opened else frozenset(),
            emergency=self.emergency,
            rows=rows,
        )

    def outcome(self, viewer: Viewer, *, opened: bool = False, rows: tuple[Row, ...] = ROWS) -> Outcome:
        """Return what reaches the viewer through `see`, which must be what `decide` says."""
        decision = self.decision(viewer, opened=opened, rows=rows)
        ids = frozenset({self.thing.id}) if opened else frozenset()
        seen = see(self.known, viewer, self.company, NOW, ids, self.emergency, rows=rows)
        shown = {each.note.id for each in seen.notes} | {each.topic.id for each in seen.subjects}
        shown |= {each.id for each in seen.tasks}
        verdict = "show" if self.thing.id in shown else "veil" if self.thing.id in seen.veiled_records else "hide"
        assert verdict == decision.verdict.name.lower()
        assert seen.veiled == bool(seen.veiled_records)
        made = [each.decision for each in seen.notes] + [each.decision for each in seen.subjects]
        assert all(each.verdict is Verdict.SHOW for each in made)
        return Outcome(verdict, bool(decision.asking_sentence), decision.as_please_dont, decision.confirm)


def situations(conditions: dict[str, tuple[str, ...]] | None = None) -> st.SearchStrategy[Situation]:
    """Draw possible situations, with each condition among the given values."""
    allowed = conditions or VALUES
    return st.binary(min_size=len(CONDITIONS), max_size=len(CONDITIONS)).map(
        lambda drawn: settle(
            {
                column: allowed[column][byte % len(allowed[column])]
                for column, byte in zip(CONDITIONS, drawn, strict=True)
            }
        )
    )


def situations_of(table: tuple[WrittenRow, ...]) -> tuple[Situation, ...]:
    """Return the telling situations of every row, each once."""
    telling = (situation for row in table for situation in row.situations())
    return tuple({tuple(each.items()): each for each in telling}.values())


def world(situation: Situation, *, text: str = "words", others: tuple[Note, ...] = (), edge: bool = False) -> World:
    """Return a world in which the situation holds.

    Args:
        situation: What holds.
        text: The words of the thing that is asked about.
        others: Other notes beside it.
        edge: A permission that is not in force has not begun yet, where it else has run out.
    """
    topics = _topics(situation, edge=edge)
    thing = _thing(situation, text, topics)
    notes = (thing,) if isinstance(thing, Note) else ()
    tasks = (thing,) if isinstance(thing, Task) else ()
    known = Known(
        patient=PATIENT,
        notes=(*others, *notes),
        consents=(*_keep(situation["notes agreed to"]), *_shared(situation["sharing agreed to"])),
        topics=topics,
        tasks=tasks,
    )
    return World(known, thing, COMPANIES[situation["company"]], situation["sharing agreed to"] == "emergency")


def _thing(situation: Situation, text: str, topics: tuple[TopicPermission, ...]) -> Note | Task | TopicPermission:
    audience = Audience(situation["audience"])
    stands = situation["still stands"] == "yes"
    match situation["thing"]:
        case "topic":
            return topics[0]
        case "promise":
            return task(
                text,
                audience=audience,
                status=TaskStatus.REQUESTED if stands else TaskStatus.COMPLETED,
                topic=None if situation["topic's name for"] == "none" else handle("money"),
            )
        case kind:
            kinds = {"boundary": NoteKind.PLEASE_DONT, "adjustment": NoteKind.ADJUSTMENT}
            return note(
                kinds.get(kind, NoteKind.HOBBY),
                text,
                audience=audience,
                boundary=kind == "boundary",
                status=NoteStatus.ACTIVE if stands else NoteStatus.RETIRED,
                topic=None if situation["topic's name for"] == "none" else handle("money"),
                review_after=TODAY if situation["review date"] == "past" else TODAY + dt.timedelta(days=1),
            )


def _topics(situation: Situation, *, edge: bool) -> tuple[TopicPermission, ...]:
    if situation["topic's name for"] in {"none", "unknown"}:
        return ()
    in_force = situation["in force"] == "yes"
    made = topic(
        "money",
        PERMISSIONS[situation["permission"]],
        name_for=Audience(situation["topic's name for"]),
        person="gwen" if situation["permission"] == "not in front of" else "",
    )
    if in_force:
        return (replace(made, valid_from=TODAY, valid_until=TODAY),)
    if edge:
        return (replace(made, valid_from=TODAY + dt.timedelta(days=1)),)
    return (replace(made, valid_until=TODAY - dt.timedelta(days=1)),)


def _keep(stands: str) -> tuple[ConsentEvent, ...]:
    keep = Covers.KEEP_NOTES
    match stands:
        case "agreed":
            return (consent(keep),)
        case "refused":
            return (consent(keep, ConsentStatus.REJECTED),)
        case "withdrawn":
            return consent(keep), consent(keep, ConsentStatus.INACTIVE, days=1)
        case "expired":
            return (consent(keep, valid_until=TODAY - dt.timedelta(days=1)),)
        case "someone else":
            return (consent(keep, given_by="gwen"),)
        case "resting":
            return (consent(keep, given_by="mother"),)
        case _:
            return ()


def _shared(stands: str) -> tuple[ConsentEvent, ...]:
    return (consent(Covers.SHARE_WITH_CLINICIANS),) if stands == "yes" else ()
