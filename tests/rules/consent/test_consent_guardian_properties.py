"""Whoever decides for a patient gets what their authority covers, whatever else is known: scope, period, proof, age."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.consent import Covers
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import Audience, Note, NoteKind, Source
from rapportdesk.model.patient import Authority, RelatedPerson
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.rules.consent.consent_guardian import decides_for, for_guardian
from rapportdesk.rules.rights.held_back import note_waits
from rapportdesk.rules.visibility import Known, see
from tests.rules.invented import ANA, GWEN, MOTHER, NOW, RECEPTION, TODAY, ago, consent, fresh_id, note, person
from tests.rules.worlds import known

DAY = dt.timedelta(days=1)
DAYS = (None, *(TODAY + days * DAY for days in (-30, -1, 0, 1, 30)))
CHILD = person(people=(GWEN, MOTHER), birth_date=dt.date(2015, 3, 14))
MOTHERS = (consent(Covers.KEEP_NOTES, days=100, given_by="mother"),)
PLAIN = note(NoteKind.HOBBY, "Plays the harp", days=10)
WHOLE = Known(patient=CHILD, notes=(PLAIN,), consents=MOTHERS)

mothers = st.builds(
    replace, st.just(MOTHER), authority=st.sampled_from(Authority), authority_proof=st.sampled_from(("", " ", "seen")),
    authority_from=st.sampled_from(DAYS), authority_until=st.sampled_from(DAYS),
    unsafe_since=st.sampled_from((None, None, ago(1))), deceased=st.sampled_from((False, False, True)),
)  # fmt: skip


def handed(world: Known) -> tuple[Note, ...]:
    return for_guardian(world, "mother", NOW, guardian_until=16)


def asked(right: Right, status: RightsStatus, **more: object) -> RightsEvent:
    fields = {"audience": Audience.CLINICIANS, **more} if status is RightsStatus.ACTIVE else more
    return RightsEvent(
        id=fresh_id(), patient=CHILD.id, right=right, status=status, recorded_at=ago(1), recorded_by=ANA,
        recorded_by_name="Ana Ruiz", **fields,  # type: ignore[arg-type]  # whatever a test says of it
    )  # fmt: skip


def with_mother(world: Known, mother: RelatedPerson, **patient: object) -> Known:
    """Let a drawn patient be kept on their mother's word, with notes as old as her agreement."""
    people = (GWEN, mother)
    changed = replace(world.patient, people=people, **patient)  # type: ignore[arg-type]
    return replace(world, patient=changed, consents=MOTHERS)


@given(world=known(), mother=mothers, died=st.booleans())
def test_without_authority_in_force_nothing_is_handed_over_and_never_more_than_the_desk_sees(
    world: Known, mother: RelatedPerson, died: bool
) -> None:
    world = with_mother(world, mother, birth_date=CHILD.birth_date, deceased=died)
    notes = handed(world)
    begun = mother.authority_from is None or mother.authority_from <= TODAY
    lasts = mother.authority_until is None or mother.authority_until >= TODAY
    proved = mother.authority is Authority.PARENTAL or mother.authority_proof.strip()
    may = mother.authority not in {Authority.NONE, Authority.BARRED} and begun and lasts and proved
    if not may or mother.unsafe_since or mother.deceased or died:
        assert notes == ()
    desk = {each.note.id for each in see(world, RECEPTION, None, NOW, guardian_until=16).notes}
    assert {each.id for each in notes} <= desk
    assert all(each.audience is Audience.EVERYONE and note_waits(each) is None for each in notes)


@given(world=known(), born=st.sampled_from((None, dt.date(1958, 3, 14), dt.date(2010, 11, 20), dt.date(2009, 3, 14))))
def test_a_parent_gets_nothing_of_whoever_is_of_age_or_may_be(world: Known, born: dt.date | None) -> None:
    assert handed(with_mother(world, MOTHER, birth_date=born, deceased=False)) == ()


@given(world=known(), all_of_it=st.booleans(), at=st.integers(0, 3), right=st.sampled_from((True, False)))
def test_what_rests_is_handed_to_nobody_and_resting_adds_nothing(
    world: Known, all_of_it: bool, at: int, right: bool
) -> None:
    world = with_mother(world, MOTHER, birth_date=CHILD.birth_date, deceased=False)
    about = None if all_of_it else world.notes[at % len(world.notes)].id
    event = (
        asked(Right.RESTRICTION, RightsStatus.ACTIVE, about=about)
        if right
        else asked(Right.OBJECTION, RightsStatus.REQUESTED, about=about)
    )
    before, after = handed(world), handed(replace(world, rights=(event,)))
    assert set(after) <= set(before)
    assert after == () if all_of_it else about not in {each.id for each in after}


@pytest.mark.parametrize("kind", [NoteKind.ADJUSTMENT, NoteKind.HOBBY])
@pytest.mark.parametrize("all_of_it", [True, False])
def test_what_the_desk_must_know_rests_for_whoever_decides_too(kind: NoteKind, *, all_of_it: bool) -> None:
    resting, other = note(kind, "Large print", days=10), note(kind, "A low chair", days=10)
    world = replace(WHOLE, notes=(resting, other))
    event = asked(Right.RESTRICTION, RightsStatus.ACTIVE, about=None if all_of_it else resting.id)
    assert handed(world) == (resting, other)
    assert handed(replace(world, rights=(event,))) == (() if all_of_it else (other,))


def test_the_control_everything_in_force_hands_the_note_over() -> None:
    assert handed(WHOLE) == (PLAIN,)
    attorney = replace(MOTHER, authority=Authority.ATTORNEY, authority_proof="registered 2024, certified copy")
    assert decides_for(
        replace(WHOLE, patient=replace(CHILD, people=(attorney,))), "mother", NOW, guardian_until=16
    )  # fmt: skip


@pytest.mark.parametrize("authority", [Authority.ATTORNEY, Authority.COURT_ORDER])
def test_an_attorney_or_a_court_is_believed_once_the_proof_was_seen(authority: Authority) -> None:
    for proof, expected in (("", False), ("  ", False), ("sealed order, seen", True)):
        person_there = replace(MOTHER, authority=authority, authority_proof=proof)
        world = replace(WHOLE, patient=replace(CHILD, people=(person_there,)))
        assert decides_for(world, "mother", NOW, guardian_until=16) is expected


def test_what_somebody_else_said_is_handed_over_only_where_a_clinician_let_it_go_to_the_one_who_asked() -> None:
    said = replace(PLAIN, source=Source.SAID_BY_CARER)
    about = replace(
        note(NoteKind.HOBBY, "Gwen is moving away", days=10), about_person="gwen", source=Source.OBSERVED_BY_STAFF
    )
    world = replace(WHOLE, notes=(said, about, note(NoteKind.HOBBY, "Leeks", days=10)))
    assert [each.text for each in handed(world)] == ["Leeks"]

    def looked_at(asked_by: str) -> tuple[RightsEvent, ...]:
        request = asked(Right.ACCESS, RightsStatus.REQUESTED, asked_by=asked_by)
        released = (f"{said.id}@{said.revision}",)
        return request, asked(Right.ACCESS, RightsStatus.ACTIVE, follows=RecordId(request.id), released=released)

    assert handed(replace(world, rights=looked_at(""))) == handed(world), "let go to the patient, and not to her"
    assert handed(replace(world, rights=looked_at("gwen"))) == handed(world)
    let_go = replace(world, rights=looked_at("mother"))
    assert [each.text for each in handed(let_go)] == [said.text, "Leeks"]
    again = replace(said, revision=said.revision + 1, text="Something else by now")
    assert [each.text for each in handed(replace(let_go, notes=(again, *world.notes[1:])))] == ["Leeks"]
