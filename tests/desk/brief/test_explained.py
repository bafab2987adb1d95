"""What was explained is taken down in one go, comes back in the next brief, and follows the rules of every note."""

from dataclasses import replace

import pytest

from rapportdesk.desk.brief.explained import AfterVisit
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.model.explained import TeachBack
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import BriefKey
from tests.desk.conftest import Practice, add_nia

WHOLE = AfterVisit(
    what="what the new tablet does", in_words="it keeps the blood from clotting", why="she asked",
    teach_back=TeachBack.NOT_YET, understood="mixed up the evenings", felt="Worried about bleeding",
    acknowledged="said that many ask this", next_step="Blood test, then we ring",
)  # fmt: skip


def lines(desk: Desk, patient: PatientId, key: BriefKey) -> str:
    brief = desk.briefs.of(patient)
    said = (line for section in brief.sections if section.key is key for line in section.lines)
    return " ".join(f"{line.text} {line.detail}" for line in said)


def test_everything_of_a_visit_is_kept_at_once_and_carried_to_the_next_brief(practice: Practice) -> None:
    leaflet = practice.sign_in("Ben Morgan").leaflets.add("Your blood thinner")
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    desk = practice.sign_in("Dr Osei")
    kept = desk.explained.keep(nia, replace(WHOLE, leaflet=leaflet.id))
    assert [each.kind for each in kept] == [NoteKind.EXPLAINED, NoteKind.FEELING_NAMED, NoteKind.NEXT_STEP]
    practice.clock.move_on(7 * 86_400)
    last = lines(desk, nia, BriefKey.LAST_TIME)
    for part in (
        "You explained: what the new tablet does", "it keeps the blood from clotting",
        "not yet understood: mixed up the evenings", "leaflet “Your blood thinner”", "she asked",
    ):  # fmt: skip
        assert part in last
    assert "acknowledged: said that many ask this" in lines(desk, nia, BriefKey.FELT)
    assert "Blood test, then we ring" in lines(desk, nia, BriefKey.NEXT_STEP)


def test_it_is_taken_back_as_one(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    before = {each.id for each in desk.session().known(nia).notes}
    desk.explained.keep(nia, WHOLE)
    assert desk.notes.undo() == "what was explained"
    assert {each.id for each in desk.session().known(nia).notes} == before


def test_reception_notes_a_leaflet_given_at_the_desk_with_its_title_alone(practice: Practice) -> None:
    leaflet = practice.sign_in("Ben Morgan").leaflets.add("Your scan")
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    (note,) = desk.explained.keep(nia, AfterVisit(leaflet=leaflet.id))
    assert note.text == "Your scan"
    (other,) = desk.explained.keep(nia, AfterVisit(leaflet_title="From the heart charity"))
    assert other.explained is not None
    assert other.explained.leaflet_title == "From the heart charity"
    practice.sign_in("Ben Morgan").leaflets.change(leaflet.id, title="Scans")
    practice.sign_in("Dr Osei")
    assert "Your scan" in lines(practice.desk, nia, BriefKey.LAST_TIME), "it stays as it was when it was given"


def test_without_consent_nothing_of_it_is_kept(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    stranger = desk.people.add(Patient(id=PatientId(""), name="Li Wei")).id
    with pytest.raises(ConsentNeeded):
        desk.explained.keep(stranger, WHOLE)
    assert desk.session().known(stranger).notes == ()


def test_halves_that_say_nothing_are_asked_about(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    for half in (
        AfterVisit(), AfterVisit(what="  "), AfterVisit(in_words="in these words"), AfterVisit(acknowledged="nodded"),
        AfterVisit(teach_back=TeachBack.UNDERSTOOD),
    ):  # fmt: skip
        with pytest.raises(BadInput):
            desk.explained.keep(nia, half)
    with pytest.raises(NotFound):
        desk.explained.keep(nia, AfterVisit(leaflet=RecordId("f" * 32)))


def test_what_is_for_clinicians_is_sealed_and_leaves_reception_no_trace(practice: Practice) -> None:
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    before = practice.desk.people.card_unrecorded(nia)
    desk = practice.sign_in("Dr Osei")
    desk.explained.keep(nia, WHOLE, audience=Audience.CLINICIANS)
    desk = practice.sign_in("Ana Ruiz")
    assert desk.people.card_unrecorded(nia) == before
    assert not [each for each in desk.session().known(nia).notes if each.kind is NoteKind.EXPLAINED]
