"""The glass always breaks for a clinician who says why, shows only what was not shared, and is always reviewed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.sealed_words import open_words
from rapportdesk.errors import BadInput, NotAllowed, NotFound, VaultFault
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.emergency import EmergencyAccess, EmergencyEntry, EmergencyReason, Review, SealedWords
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.staff import Role
from rapportdesk.model.topic import Permission
from tests.desk.conftest import SECRET, Practice, add_nia, looks

UNSHARED = "Takes her heart tablets with grapefruit"
SEALED = "Waits for a result"
WORDS = "She fell in the waiting room and cannot tell us what she takes"
RISK = EmergencyReason.LIFE_AT_RISK


def shown(desk: Desk, patient: PatientId) -> str:
    """Everything a clinician reads of somebody on card and brief."""
    return str(desk.people.card(patient).blocks) + str(desk.briefs.of(patient).sections)


def recorded(desk: Desk, patient: PatientId, action: AuditAction) -> list[AuditEvent]:
    return [event for event in desk.audit.of(patient) if event.action is action]


def only(desk: Desk) -> EmergencyEntry:
    (entry,) = desk.emergency.entries()
    return entry


@pytest.fixture
def nia(practice: Practice) -> PatientId:
    """Nia, who lets reception keep notes and shares none of them with clinicians; Dr Osei is signed in."""
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    desk.consents.record(patient, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.REJECTED)
    desk.notes.write(patient, UNSHARED, kind=NoteKind.ALSO_WORTH_KNOWING)
    practice.sign_in("Dr Osei")
    return patient


@pytest.fixture
def opened(practice: Practice, nia: PatientId) -> RecordId:
    """Dr Osei has opened Nia's card in an emergency."""
    practice.desk.emergency.open(nia, RISK, WORDS)
    return only(practice.desk).access.id


def test_it_shows_what_was_not_shared_and_is_written_down_first(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    assert UNSHARED not in shown(desk, nia)
    desk.emergency.open(nia, RISK, WORDS)
    assert UNSHARED in shown(desk, nia)
    assert desk.people.card(nia).emergency
    assert desk.briefs.of(nia).emergency
    (event,) = recorded(desk, nia, AuditAction.EMERGENCY_ACCESS)
    assert (event.why, event.who_name, event.clinicians_only) == ("BTG life-at-risk", "Dr Osei", True)


def test_what_cannot_be_written_down_is_not_opened(
    practice: Practice, nia: PatientId, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = practice.desk

    def full_disk(*_args: object, **_kwargs: object) -> None:
        raise VaultFault("full")

    with monkeypatch.context() as patched:
        patched.setattr(type(desk.session().store), "audit", full_disk)
        with pytest.raises(VaultFault):
            desk.emergency.open(nia, RISK)
    assert UNSHARED not in shown(desk, nia)
    assert desk.emergency.entries() == ()


def test_words_never_reach_the_audit(practice: Practice, nia: PatientId, opened: RecordId) -> None:
    practice.sign_in("Ben Morgan")
    practice.desk.emergency.query(opened, "Whom did you ring?")
    practice.sign_in("Dr Osei")
    practice.desk.emergency.answer(opened, "Her daughter")
    practice.sign_in("Ben Morgan")
    practice.desk.emergency.mark_seen(opened)
    audit = str(practice.desk.audit.since())
    assert [event.why for event in recorded(practice.desk, nia, AuditAction.EMERGENCY_REVIEWED)] == [
        "queried", "answered", "seen",
    ]  # fmt: skip
    for words in (WORDS, "Whom did you ring?", "Her daughter"):
        assert words not in audit
        assert words in str(only(practice.desk))


def test_it_lifts_the_missing_consent_to_share_and_nothing_else(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    desk.notes.write(nia, SEALED, kind=NoteKind.QUESTION, audience=Audience.CLINICIANS)
    desk.emergency.open(nia, RISK)
    assert UNSHARED in shown(desk, nia)
    assert SEALED not in shown(desk, nia)
    assert desk.briefs.of(nia).veiled
    desk.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    assert UNSHARED not in shown(desk, nia)


CLOSINGS: dict[str, Callable[[Practice, PatientId], object]] = {
    "leaving the person": lambda practice, nia: practice.desk.emergency.close(nia),
    "somebody else's card": lambda practice, _nia: practice.desk.people.card(ali(practice)),
    "somebody else's brief": lambda practice, _nia: practice.desk.briefs.of(ali(practice)),
    "lock": lambda practice, _nia: locked_and_back(practice),
    "a colleague in between": lambda practice, _nia: (practice.sign_in("Ana Ruiz"), practice.sign_in("Dr Osei")),
    "signing in again": lambda practice, _nia: practice.sign_in("Dr Osei"),
    "another morning": lambda practice, _nia: (practice.reopen(), practice.sign_in("Dr Osei")),
}


def locked_and_back(practice: Practice) -> None:
    practice.desk.lock()
    practice.sign_in("Dr Osei")


def ali(practice: Practice) -> PatientId:
    return practice.desk.people.add(Patient(id=PatientId(""), name="Ali Hassan")).id


@pytest.mark.parametrize("close", CLOSINGS.values(), ids=CLOSINGS)
def test_it_is_open_until_the_person_is_left(
    practice: Practice, nia: PatientId, opened: RecordId, close: Callable[[Practice, PatientId], object]
) -> None:
    assert UNSHARED in shown(practice.desk, nia)
    close(practice, nia)
    assert UNSHARED not in shown(practice.desk, nia)
    assert not practice.desk.people.card(nia).emergency
    assert only(practice.desk).access.id == opened


@pytest.mark.parametrize("leave", [Desk.lock, lambda desk: desk.briefs.of(desk.search("Ali").hits[0].id)])
def test_what_was_unveiled_closes_when_somebody_else_is_opened(
    practice: Practice, nia: PatientId, leave: Callable[[Desk], object]
) -> None:
    desk = practice.desk
    ali(practice)
    desk.notes.write(nia, SEALED, kind=NoteKind.QUESTION, audience=Audience.CLINICIANS)
    assert SEALED in str(desk.briefs.open_veiled(nia).sections)
    leave(desk)
    practice.sign_in("Dr Osei")
    assert SEALED not in shown(desk, nia)


def test_what_is_opened_for_one_patient_stays_hidden_for_another(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    other = ali(practice)
    desk.consents.agree(other)
    desk.consents.record(other, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.INACTIVE)
    practice.sign_in("Ana Ruiz").notes.write(other, UNSHARED, kind=NoteKind.HOBBY)
    practice.sign_in("Dr Osei").emergency.open(nia, RISK)
    assert UNSHARED not in str(desk.people.card_unrecorded(other).blocks)
    assert UNSHARED in str(desk.people.card_unrecorded(nia).blocks)


def test_it_is_on_no_paper(practice: Practice, nia: PatientId, opened: RecordId) -> None:
    brief = practice.desk.briefs.for_paper(nia)
    assert UNSHARED not in str(brief.sections)
    assert not brief.emergency
    assert UNSHARED in str(practice.desk.briefs.of(nia).sections)


def test_what_outlasts_the_moment_holds_nothing_of_it(practice: Practice, nia: PatientId) -> None:
    """A write while it is open brings the lists up to date; nothing hidden may stay in them afterwards."""
    desk = practice.sign_in("Ana Ruiz")
    desk.tasks.add(nia, "Ring about the grapefruit")
    practice.sign_in("Dr Osei")
    desk.emergency.open(nia, RISK)
    desk.notes.write(nia, "Likes the window", kind=NoteKind.PLEASE_DO)
    desk.emergency.close(nia)
    assert not desk.search("grapefruit").hits
    assert "grapefruit" not in str(desk.today.day().promised)
    assert "grapefruit" in str(practice.sign_in("Ana Ruiz").today.day().promised), "the control"


def test_today_says_nothing_of_what_was_opened(practice: Practice, nia: PatientId) -> None:
    """Today stands beside every card, also beside the next person's."""
    desk = practice.desk
    desk.topics.set(nia, "hearing", Permission.PRIVATE_ROOM, name_for=Audience.EVERYONE)
    desk.consents.agree(nia)
    topic = next(each.handle for each in desk.topics.of(nia) if each.code == "hearing")
    desk.notes.write(nia, "Loop: left ear", kind=NoteKind.ADJUSTMENT, topic=topic)
    desk.today.add_appointment(nia, practice.clock.now())
    desk.briefs.open_veiled(nia)
    assert "Loop" in shown(desk, nia), "the control"
    assert "Loop" not in str(desk.today.day())


def test_without_anything_hidden_it_is_the_same(practice: Practice, nia: PatientId) -> None:
    """Neither the card before, nor what opening returns, records and lists, tells whether there was anything."""
    desk = practice.desk
    bare = add_nia(desk)
    desk.consents.record(bare, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.REJECTED)

    def look(patient: PatientId) -> str:
        before = desk.people.card(patient)
        desk.emergency.open(patient, RISK, WORDS)
        entry = next(each for each in desk.emergency.entries() if each.access.patient == patient)
        event = recorded(desk, patient, AuditAction.EMERGENCY_ACCESS)[0]
        access = replace(entry.access, id=RecordId(""), patient=PatientId(""), words=SealedWords())
        alike = replace(entry, access=access), replace(event, patient=None), before.blocks, before.veiled
        return str(alike)

    assert look(nia) == look(bare)
    assert UNSHARED not in shown(desk, bare)
    desk.emergency.open(nia, RISK)
    assert UNSHARED in shown(desk, nia)


def test_something_else_needs_words_and_the_list_does_not(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    for nothing in ("", " \n", "\u200b"):
        with pytest.raises(BadInput):
            desk.emergency.open(nia, EmergencyReason.OTHER, nothing)
    with pytest.raises(BadInput):
        desk.emergency.open(nia, RISK, "x" * 2_001)
    assert UNSHARED not in shown(desk, nia)
    desk.emergency.open(nia, EmergencyReason.OTHER, WORDS)
    desk.emergency.open(nia, EmergencyReason.CANNOT_SPEAK)
    assert {entry.words for entry in desk.emergency.entries()} == {WORDS, ""}


@pytest.mark.parametrize("name", ["Ana Ruiz", "Ben Morgan"])
def test_nobody_but_a_clinician_breaks_the_glass(practice: Practice, nia: PatientId, name: str) -> None:
    desk = practice.sign_in(name)
    with pytest.raises(NotAllowed):
        desk.emergency.open(nia, RISK)
    assert practice.sign_in("Dr Osei").emergency.entries() == ()
    assert not recorded(practice.desk, nia, AuditAction.EMERGENCY_ACCESS)


def test_reception_learns_nothing_of_it(practice: Practice, nia: PatientId) -> None:
    before = practice.sign_in("Ana Ruiz")
    without = (str(before.people.card_unrecorded(nia)), len(looks(before, nia)))
    practice.sign_in("Dr Osei").emergency.open(nia, RISK, WORDS)
    desk = practice.sign_in("Ana Ruiz")
    nobody = RecordId("0" * 32)
    with pytest.raises(NotAllowed):
        desk.emergency.entries()
    with pytest.raises(NotAllowed):
        desk.emergency.mark_seen(nobody)
    with pytest.raises(NotAllowed):
        desk.emergency.query(nobody, "why?")
    with pytest.raises(NotAllowed):
        desk.emergency.answer(nobody, "so")
    assert desk.emergency.waiting() == 0
    assert (str(desk.people.card_unrecorded(nia)), len(looks(desk, nia))) == without


def test_below_the_screen_reception_s_keys_open_no_more_of_it_than_the_audit_that_lies_under_the_same_key(
    practice: Practice, nia: PatientId
) -> None:
    practice.desk.emergency.open(nia, RISK, WORDS)
    entry = only(practice.desk).access.id
    practice.sign_in("Ben Morgan").emergency.query(entry, "Whom did you ring?")
    session = practice.sign_in("Ana Ruiz").session()
    access = session.store.thing(entry)
    assert isinstance(access, EmergencyAccess)
    lines = {event.action: event for event in session.store.audit_events() if event.patient == nia}
    opened, asked = lines[AuditAction.EMERGENCY_ACCESS], lines[AuditAction.EMERGENCY_REVIEWED]
    assert (access.opened_by, access.opened_by_name, access.opened_at) == (opened.who, opened.who_name, opened.at)
    assert f"BTG {access.reason}" == opened.why
    (remark,) = access.remarks
    assert (remark.by, remark.by_name, remark.at, str(remark.said)) == (asked.who, asked.who_name, asked.at, asked.why)
    for sealed in (access.words, remark.text):
        assert open_words(session, practice.desk._file.vault_id, sealed, access.opened_by) == ""
    for words in (WORDS, "Whom did you ring?"):
        assert words not in str(access)
        assert words.encode().hex() not in str(access)


def test_nobody_there_cannot_be_opened(practice: Practice, nia: PatientId) -> None:
    with pytest.raises(NotFound):
        practice.desk.emergency.open(PatientId("0" * 32), RISK)
    assert practice.desk.emergency.entries() == ()


def test_the_manager_sees_who_when_whose_and_why_and_nothing_more(
    practice: Practice, nia: PatientId, opened: RecordId
) -> None:
    desk = practice.sign_in("Ben Morgan")
    assert desk.emergency.waiting() == 1
    entry = only(desk)
    assert (entry.patient_name, entry.number, entry.access.reason) == ("Nia Prydderch", "40218", RISK)
    assert (entry.access.opened_by_name, entry.access.opened_at) == ("Dr Osei", practice.clock.now())
    assert UNSHARED not in str(entry)


def test_it_is_seen_once_and_stays_in_the_list(practice: Practice, opened: RecordId) -> None:
    desk = practice.sign_in("Ben Morgan")
    desk.emergency.mark_seen(opened)
    assert (only(desk).access.review, desk.emergency.waiting()) == (Review.SEEN, 0)
    with pytest.raises(NotFound):
        desk.emergency.mark_seen(opened)
    with pytest.raises(NotFound):
        desk.emergency.query(opened, "And why?")


def test_a_query_reaches_the_clinician_and_the_answer_comes_back(practice: Practice, opened: RecordId) -> None:
    desk = practice.desk
    assert desk.emergency.waiting() == 0
    practice.sign_in("Ben Morgan").emergency.query(opened, "Was her daughter there?")
    assert desk.emergency.waiting() == 0, "it waits for the clinician now"
    practice.sign_in("Dr Osei")
    assert desk.emergency.waiting() == 1
    assert only(desk).may_answer
    desk.emergency.answer(opened, "She came later")
    assert desk.emergency.waiting() == 0
    with pytest.raises(NotFound):
        desk.emergency.answer(opened, "Twice")
    practice.sign_in("Ben Morgan")
    assert desk.emergency.waiting() == 1
    entry = only(desk)
    said = [(each.said, each.by_name, text) for each, text in zip(entry.access.remarks, entry.texts, strict=True)]
    assert said == [
        (Review.QUERIED, "Ben Morgan", "Was her daughter there?"), (Review.ANSWERED, "Dr Osei", "She came later"),
    ]  # fmt: skip
    desk.emergency.mark_seen(opened)
    assert desk.emergency.waiting() == 0


def test_nothing_is_asked_and_nothing_answered_with_nothing(practice: Practice, opened: RecordId) -> None:
    desk = practice.sign_in("Ben Morgan")
    with pytest.raises(BadInput):
        desk.emergency.query(opened, " ")
    desk.emergency.query(opened, "Why?")
    with pytest.raises(BadInput):
        practice.sign_in("Dr Osei").emergency.answer(opened, "\n")


def test_a_clinician_knows_of_no_opening_but_their_own(practice: Practice, opened: RecordId) -> None:
    desk = practice.sign_in("Ben Morgan")
    desk.emergency.query(opened, "Why?")
    desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    practice.sign_in("Dr Hahn")
    assert (desk.emergency.entries(), desk.emergency.waiting()) == ((), 0)
    with pytest.raises(NotFound):
        desk.emergency.answer(opened, "Because")


@pytest.mark.parametrize("another", [True, False])
def test_nobody_reviews_their_own_unless_there_is_no_other_manager(
    practice: Practice, nia: PatientId, another: bool
) -> None:
    desk = practice.sign_in("Ben Morgan")
    both = frozenset({Role.MANAGER, Role.CLINICIAN})
    desk.staff.add("Dr Both", both, SECRET, must_change=False)
    practice.sign_in("Dr Both").emergency.open(nia, RISK)
    if not another:
        desk.staff.remove(next(each.id for each in desk.staff.list() if each.name == "Ben Morgan"))
    entry = only(desk)
    assert (entry.may_review, desk.emergency.waiting()) == (not another, int(not another))
    if another:
        with pytest.raises(NotAllowed):
            desk.emergency.mark_seen(entry.access.id)
        practice.sign_in("Ben Morgan")
    desk.emergency.mark_seen(entry.access.id)
    assert only(desk).access.review is Review.SEEN


def test_what_is_to_be_done_comes_first_then_the_newest(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    for _each in range(4):
        practice.clock.move_on(60)
        desk.emergency.open(nia, RISK)
    practice.sign_in("Ben Morgan")
    fourth, third, second, first = (entry.access.id for entry in desk.emergency.entries())
    desk.emergency.mark_seen(fourth)
    desk.emergency.query(third, "Why?")
    desk.emergency.query(first, "Why?")
    practice.sign_in("Dr Osei").emergency.answer(first, "So")
    practice.sign_in("Ben Morgan")
    assert [entry.access.id for entry in desk.emergency.entries()] == [first, second, third, fourth]


def test_what_is_erased_with_its_patient_is_passed_over(practice: Practice, nia: PatientId, opened: RecordId) -> None:
    desk = practice.sign_in("Ben Morgan")
    desk.session().store.delete_patient(nia)
    assert desk.emergency.entries() == ()
    with pytest.raises(NotFound):
        desk.emergency.mark_seen(opened)
    assert recorded(desk, nia, AuditAction.EMERGENCY_ACCESS), "the audit keeps its line, with the id alone"
    assert desk.verify().faults == ()
