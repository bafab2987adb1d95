"""No mutant of the rule survives: whatever is changed in one place, the table or a patient below says otherwise.

The rows are compared with the written table in every situation there can be, each row by itself and all together. What
makes facts out of records is asked through situations and through a few patients whose outcome is written out here.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from rapportdesk.model.communication import Speaker, bare
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.patient import Authority
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.staff import Viewer
from rapportdesk.model.task import Task, TaskStatus
from rapportdesk.model.topic import Asking, Permission, TopicPermission
from rapportdesk.rules.known import Company, Known
from tests.rules.invented import (
    ALONE,
    CLINICIAN,
    GWEN,
    MOTHER,
    NOBODY,
    NOW,
    OSEI,
    RECEPTION,
    TODAY,
    WITH_GWEN,
    agreed,
    communication,
    consent,
    handle,
    note,
    person,
    task,
    topic,
)
from tests.rules.mutants import MUTATED, load, mutants, source
from tests.rules.situations import PERMISSIONS, situations_of, world
from tests.rules.truth_table import CONDITIONS, VALUES, Outcome, Situation, outcome, read_table, settle

TABLE = read_table()
WRITTEN = {name: tuple(row for row in TABLE if row.name == name) for name in dict.fromkeys(row.name for row in TABLE)}
VIEWERS = ("reception", "clinician")
DAY = dt.timedelta(days=1)
Names = dict[str, Any]


def every_situation() -> tuple[Situation, ...]:
    """Return every situation that can be, each once."""
    drawn = (dict(zip(CONDITIONS, values, strict=True)) for values in product(*(VALUES[each] for each in CONDITIONS)))
    every = list({tuple(made.items()): made for made in map(settle, drawn)}.values())
    random.Random(1).shuffle(every)  # noqa: S311  # so that what differs anywhere is met soon
    return tuple(every)


def facts_of(situation: Situation) -> dict[str, Any]:
    """Return what `Facts` is made with, read off the situation's words."""
    topic_named = situation["topic's name for"]
    permissions = () if situation["permission"] == "none" else (PERMISSIONS[situation["permission"]],)
    return {
        "current": situation["still stands"] == "yes",
        "keep": KeepConsent(situation["notes agreed to"].replace(" ", "-")),
        "shared": situation["sharing agreed to"] == "yes",
        "emergency": situation["sharing agreed to"] == "emergency",
        "audience": Audience(situation["audience"]),
        "has_topic": topic_named != "none",
        "named_to": Audience(topic_named) if topic_named in set(Audience) else None,
        "permissions": frozenset(permissions),
        "in_period": situation["in force"] == "yes",
        "alone": situation["company"] == "alone",
        "past_review": situation["review date"] == "past",
    }


SITUATIONS = every_situation()
FACTS = [(each["thing"], facts_of(each)) for each in SITUATIONS]
FITS = [frozenset(name for name, rows in WRITTEN.items() if any(row.fits(each) for row in rows)) for each in SITUATIONS]
OUTCOMES = [
    tuple(outcome(TABLE, each, viewer, opened=opened) for viewer, opened in product(VIEWERS, (False, True)))
    for each in SITUATIONS
]


def rows_differ(names: Names) -> Iterator[str]:
    """Find where coded rows are not the written ones."""
    if [row.reason.value for row in names["ROWS"]] != list(WRITTEN):
        yield "other rows, or in another order"
    for row in names["ROWS"]:
        for viewer, cell in (("reception", row.reception), ("clinician", row.clinician)):
            words = {getattr(each, viewer) for each in WRITTEN.get(row.reason.value, ())}
            said = (("asking first", row.ask), ("to be confirmed", row.confirm), ("as a please-don't", row.please_dont))
            readings = [word for word, is_said in said if is_said] if cell.name == "SHOW" else []
            if words != {", ".join((cell.name.lower(), *readings))}:
                yield f"{row.reason}: {viewer} gets {cell}"
    for (thing, given), fits, said_outcomes in zip(FACTS, FITS, OUTCOMES, strict=True):
        facts = names["Facts"](thing=names["Thing"](thing), **given)
        if {row.reason.value for row in names["ROWS"] if row.applies(facts)} != fits:
            yield f"rows that apply to {facts}"
        for (viewer, opened), written in zip(product(VIEWERS, (False, True)), said_outcomes, strict=True):
            made = names["rule"](facts, clinician=viewer == "clinician", opened=opened, rows=names["ROWS"])
            got = Outcome(made.verdict.name.lower(), made.ask, made.please_dont, made.confirm)
            if got != written or (made.reason.value not in fits and made.reason.value != "allowed"):
                yield f"{viewer}, {opened=}, {facts}: {got}"


def seeing_differs(names: Names) -> Iterator[str]:
    """Find situations and patients of whom `see` and `decide` do not say what is written."""
    for situation in situations_of(TABLE):
        for made in (world(situation, edge=edge) for edge in (False, True)):
            for viewer, opened in product((RECEPTION, CLINICIAN), (False, True)):
                who = "clinician" if viewer is CLINICIAN else "reception"
                written = outcome(TABLE, situation, who, opened=opened)
                if _outcomes(names, made.known, made.thing, viewer, made.company, opened, made.emergency) != {written}:
                    yield f"{who}, {opened=}, {situation}"
    yield from _patients_differ(names)


def _outcomes(
    names: Names, known: Known, thing: Note | Task | TopicPermission, viewer: Viewer, company: Company = ALONE,
    opened: bool = False, emergency: bool = False,
) -> set[Outcome]:  # fmt: skip
    """Return what `decide` says and what `see` shows: one outcome, if the two agree."""
    pressed = frozenset({thing.id}) if opened else frozenset()
    decided = names["decide"](thing, known, viewer, company, NOW, opened=pressed, emergency=emergency)
    seen = names["see"](known, viewer, company, NOW, pressed, emergency)
    shown = {each.note.id for each in seen.notes} | {each.topic.id for each in seen.subjects}
    shown |= {each.id for each in seen.tasks}
    verdict = "show" if thing.id in shown else "veil" if thing.id in seen.veiled_records else "hide"
    reading = (bool(decided.asking_sentence), decided.as_please_dont, decided.confirm)
    if seen.veiled != (verdict == "veil" or len(seen.veiled_records) > 0):
        return set()
    return {Outcome(decided.verdict.name.lower(), *reading), Outcome(verdict, *reading)}


def _patients_differ(names: Names) -> Iterator[str]:
    leeks = note(NoteKind.HOBBY, "leeks", topic=handle("money"))
    plain = note(NoteKind.HOBBY, "plain")
    letter, kept = task("send a letter"), task("send a form", status=TaskStatus.COMPLETED)
    nia = Known(patient=person(people=(GWEN, MOTHER)), consents=agreed(), notes=(leeks, plain), tasks=(letter,))

    def known(*topics: TopicPermission, **fields: Any) -> Known:
        return replace(nia, topics=topics, **fields)

    welcome, asked = topic("money", Permission.WELCOME), topic("money", Permission.ASK_FIRST)
    sealed = topic("money", Permission.WELCOME, name_for=Audience.CLINICIANS)
    show, ask, hide, veil = Outcome("show"), Outcome("show", asking=True), Outcome("hide"), Outcome("veil")
    unheard_of = replace(leeks, topic=handle("unheard of"))
    foreign, foreign_topic = (
        replace(plain, patient=PatientId("another")),
        replace(welcome, patient=PatientId("another")),
    )
    dead = replace(nia.patient, deceased=True)
    written: list[tuple[str, Known, Note | Task | TopicPermission, Viewer, Company, Outcome]] = [
        ("a topic in force", known(welcome), leeks, RECEPTION, ALONE, show),
        ("first day", known(replace(welcome, valid_from=TODAY)), leeks, RECEPTION, ALONE, show),
        ("not begun", known(replace(welcome, valid_from=TODAY + DAY)), leeks, RECEPTION, ALONE, ask),
        ("not begun, though it does not end", known(replace(welcome, valid_from=TODAY + DAY, valid_until=TODAY + DAY)),
         leeks, RECEPTION, ALONE, ask),
        ("last day", known(replace(welcome, valid_until=TODAY)), leeks, RECEPTION, ALONE, show),
        ("run out", known(replace(welcome, valid_until=TODAY - DAY)), leeks, RECEPTION, ALONE, ask),
        ("two answers, one run out", known(welcome, replace(welcome, valid_until=TODAY - DAY)), leeks, RECEPTION, ALONE,
         ask),
        ("two answers, one to ask first", known(welcome, asked), leeks, RECEPTION, ALONE, ask),
        ("two names, one sealed", known(welcome, sealed), leeks, RECEPTION, ALONE, hide),
        ("two names, one sealed, to a clinician", known(welcome, sealed), leeks, CLINICIAN, ALONE, veil),
        ("no topic at all", known(sealed), plain, RECEPTION, ALONE, show),
        ("another topic", known(asked, notes=(unheard_of,)), unheard_of, RECEPTION, ALONE, hide),
        ("another patient's note", known(notes=(foreign,)), foreign, CLINICIAN, ALONE, hide),
        ("another patient's topic", known(foreign_topic), foreign_topic, CLINICIAN, ALONE, hide),
        ("nobody", known(welcome), leeks, NOBODY, ALONE, hide),
        ("a promise", known(), letter, RECEPTION, ALONE, show),
        ("a promise that was kept", known(tasks=(kept,)), kept, RECEPTION, ALONE, hide),
        ("a promise to somebody who died", known(patient=dead), letter, RECEPTION, ALONE, hide),
        ("a note of somebody who died", known(patient=dead), plain, RECEPTION, ALONE, show),
        ("a topic's own line", known(asked), asked, RECEPTION, ALONE, ask),
        ("with somebody", known(replace(welcome, permission=Permission.PRIVATE_ROOM)), leeks, CLINICIAN, WITH_GWEN,
         veil),
        ("with who knows whom", known(replace(welcome, permission=Permission.PRIVATE_ROOM)), leeks, CLINICIAN, None,
         veil),
        ("alone", known(replace(welcome, permission=Permission.PRIVATE_ROOM)), leeks, CLINICIAN, ALONE, show),
        ("last day before its review", known(notes=(replace(plain, review_after=TODAY + DAY),)),
         replace(plain, review_after=TODAY + DAY), RECEPTION, ALONE, show),
        *_at_rest(known(welcome), plain, letter, welcome, hide=hide, show=show),
        ("no review", known(notes=(replace(plain, review_after=None),)), plain, RECEPTION, ALONE, show),
    ]  # fmt: skip
    for words, who, thing, viewer, company, outcome_written in written:
        if _outcomes(names, who, thing, viewer, company) != {outcome_written}:
            yield words
    yield from _whole_patients_differ(names, nia, leeks, plain)


def _at_rest(
    nia: Known, plain: Note, letter: Task, welcome: TopicPermission, *, hide: Outcome, show: Outcome
) -> Iterator[tuple[str, Known, Note | Task | TopicPermission, Viewer, Company, Outcome]]:
    """Yield what is shown of somebody who asked that everything, or one note, be kept and not used."""
    asked = RightsEvent(
        id=RecordId("rest"), patient=nia.patient.id, right=Right.RESTRICTION, status=RightsStatus.ACTIVE,
        recorded_at=NOW, recorded_by=OSEI, recorded_by_name="Dr Osei",
    )  # fmt: skip
    ramp, boundary = note(NoteKind.ADJUSTMENT, "ramp"), note(NoteKind.PLEASE_DONT, "never Mrs")
    whole = replace(nia, rights=(asked,), notes=(plain, ramp, boundary))
    one = replace(nia, rights=(replace(asked, about=plain.id),), notes=(plain, ramp))
    for thing, outcome_written in (
        (plain, hide), (ramp, show), (boundary, show if boundary.boundary else hide), (letter, hide), (welcome, hide),
    ):  # fmt: skip
        yield f"everything rests, {thing.id}", whole, thing, RECEPTION, ALONE, outcome_written
    for thing, outcome_written in ((plain, hide), (ramp, show), (letter, show), (welcome, show)):
        yield f"one note rests, {thing.id}", one, thing, RECEPTION, ALONE, outcome_written


def _whole_patients_differ(names: Names, nia: Known, leeks: Note, plain: Note) -> Iterator[str]:
    see: Callable[..., Any] = names["see"]
    talks = (
        consent(Covers.TALK_WITH, person="gwen"),
        consent(Covers.TALK_WITH, ConsentStatus.REJECTED, person="mother"),
    )
    seen = see(replace(nia, consents=(*agreed(), *talks)), RECEPTION, ALONE, NOW)
    if (seen.may_hear, seen.barred_from_hearing) != (frozenset({"gwen"}), frozenset({"mother"})):
        yield "who may hear"
    if seen.agreed != {Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS}:
        yield "what is agreed to"
    if see(nia, NOBODY, ALONE, NOW) != see(Known(patient=nia.patient, consents=nia.consents), NOBODY, ALONE, NOW):
        yield "nobody sees something"
    unnamed = replace(nia, notes=(replace(leeks, topic=handle("money")), plain))
    if names["decide"](leeks, unnamed, CLINICIAN, ALONE, NOW, opened=frozenset({leeks.id})).asking_sentence:
        yield "a sentence for a topic of which nothing is known"
    topics = (topic("money", Permission.ASK_FIRST), topic("weight", Permission.WELCOME))
    if names["decide"](leeks, replace(nia, topics=topics[::-1]), CLINICIAN, ALONE, NOW).asking_sentence == "":
        yield "the sentence of another topic"
    asking = Asking(asked_at=NOW, asked_by=OSEI, asked_by_name="Dr Osei", answer="not today")
    private = topic("money", Permission.PRIVATE_ROOM, askings=(asking,))
    for who, company, pressed, heard in (
        (RECEPTION, ALONE, frozenset[str](), False), (CLINICIAN, ALONE, frozenset[str](), True),
        (CLINICIAN, WITH_GWEN, frozenset[str](), False), (CLINICIAN, WITH_GWEN, frozenset({private.id}), True),
    ):  # fmt: skip
        subjects = see(replace(nia, topics=(private,)), who, company, NOW, pressed).subjects
        if [bool(each.topic.askings) for each in subjects] != [heard]:
            yield "who hears what was answered"
    yield from _people_differ(names, nia)
    barred = replace(MOTHER, authority=Authority.BARRED)
    guarded = replace(
        nia, patient=person(people=(barred,), birth_date=dt.date(2015, 3, 14)),
        consents=tuple(replace(each, given_by="mother") for each in agreed()),
    )  # fmt: skip
    if see(guarded, RECEPTION, ALONE, NOW).notes:
        yield "notes by the word of somebody who is barred"
    if {each.note.id for each in see(nia, RECEPTION, ALONE, NOW, frozenset({RecordId("x")})).notes} != {plain.id}:
        yield "something was opened that was not pressed"


def _people_differ(names: Names, nia: Known) -> Iterator[str]:
    barred = replace(MOTHER, authority=Authority.BARRED)
    both = replace(nia, patient=person(people=(GWEN, barred)))
    keeping, unknown = replace(both, consents=agreed()[:1]), replace(both, consents=())
    for who, viewer, people in (
        (both, RECEPTION, (GWEN, barred)), (both, CLINICIAN, (GWEN, barred)), (keeping, RECEPTION, (GWEN, barred)),
        (keeping, CLINICIAN, (barred,)), (unknown, RECEPTION, (barred,)), (unknown, CLINICIAN, (barred,)),
    ):  # fmt: skip
        if names["see"](who, viewer, ALONE, NOW).people != people:
            yield f"whose line may be read: {people}"
        rang = communication(speaker=Speaker.RELATED, person="gwen")
        whole = GWEN in people
        if names["see"](replace(who, communications=(rang,)), viewer, ALONE, NOW).communications != (
            rang if whole else bare(rang),
        ):
            yield f"who is said to have rung: {people}"


def differences(module: str, names: Names) -> Iterator[str]:
    """Find where a changed module of the rule says something else than what is written."""
    return rows_differ(names) if module == "rows" else seeing_differs(wired(module, names))


def wired(module: str, names: Names) -> Names:
    """Return the whole rule with one module of it changed."""
    if module == "visibility":
        return names
    whole = load("visibility", source("visibility"))
    whole["Standing"] = names["Standing"]
    return whole


@pytest.mark.parametrize("module", MUTATED)
def test_the_rule_itself_differs_nowhere(module: str) -> None:
    assert next(differences(module, load(module, source(module))), None) is None


@pytest.mark.parametrize(("module", "at_least"), [("rows", 150), ("known", 35), ("visibility", 12)])
def test_no_mutant_of_the_rule_survives(module: str, at_least: int) -> None:
    made = list(mutants(module))
    survivors = []
    for mutant in made:
        try:
            difference = next(differences(module, load(module, mutant.tree)), None)
        except (TypeError, IndexError) as broken:  # it does not even run
            difference = str(broken)
        if difference is None:
            survivors.append(mutant.name)
    assert not survivors, "\n".join(survivors)
    assert len(made) >= at_least
