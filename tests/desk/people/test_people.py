"""People are kept as they say they are called; what is seen of them depends on who is in the room."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.people.people import tidy
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.company import NOT_ON_THE_CARD
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem, Identifier, Patient, RelatedPerson
from rapportdesk.model.shown import BriefKey
from tests.desk.conftest import Practice, add_nia

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def views(desk: Desk, patient: PatientId) -> int:
    """How often the card was looked at, by the audit."""
    return sum(event.action is AuditAction.CARD_VIEWED for event in desk.audit.of(patient))


def test_somebody_is_kept_as_they_were_written_but_for_white_space(ana: Desk) -> None:
    written = Patient(
        id=PatientId(""),
        name="  Nia \t Prydderch\n",
        preferred_name=" ",
        own_script_name="‏נועה‏",
        former_names=("Nia Vaughan", "  "),
        languages=("Cymraeg", ""),
        identifiers=(Identifier(value=" 40218 "), Identifier(value=" "), Identifier(value="\x1b")),
        contact_points=(
            ContactPoint(system=ContactSystem.PHONE, value="07700 900123", may_say="nothing\nat all"),
            ContactPoint(system=ContactSystem.EMAIL, value=""),
        ),
        people=(RelatedPerson(id="", name="Gwen"), RelatedPerson(id="", name=" ")),
    )
    kept = ana.people.add(written)
    assert ana.people.get(kept.id) == kept
    assert (kept.name, kept.called, kept.own_script_name) == ("Nia Prydderch", "Nia Prydderch", "‏נועה‏")
    assert (kept.former_names, kept.languages) == (("Nia Vaughan",), ("Cymraeg",))
    assert [each.value for each in kept.identifiers] == ["40218"]
    assert [each.may_say for each in kept.contact_points] == ["nothing\nat all"]
    assert [len(person.id) for person in kept.people] == [32]
    assert len(kept.id) == 32


@pytest.mark.parametrize("name", ["Ng", "李", "محمد", "👑", "O", "<b>", "Ğ’"])
def test_a_single_name_is_a_name(ana: Desk, name: str) -> None:
    assert ana.people.get(ana.people.add(Patient(id=PatientId(""), name=name)).id).name == name


@pytest.mark.parametrize("name", ["", " ", "\n", "\u200b\u202e", "x" * 501, "half \ud800"])
def test_a_name_that_is_none_is_refused_and_nobody_is_kept(ana: Desk, name: str) -> None:
    with pytest.raises(BadInput):
        ana.people.add(Patient(id=PatientId(""), name=name))
    assert not ana.people.any()


@given(name=ANY_TEXT, other=ANY_TEXT)
def test_tidying_twice_is_tidying_once(name: str, other: str) -> None:
    written = Patient(
        id=PatientId("1"), name=f"a{name}", say=other, former_names=(other,), identifiers=(Identifier(value=other),)
    )
    once = tidy(written)
    assert tidy(once) == once


def test_a_change_is_kept_found_and_taken_back(ana: Desk) -> None:
    nia = add_nia(ana)
    before = ana.people.get(nia)
    ana.people.update(replace(before, name="Nia Jones", former_names=("Nia Prydderch",), pronouns="she / her"))
    assert ana.people.card(nia).patient.name == "Nia Jones"
    assert [hit.name for hit in ana.search("jones").hits] == ["Nia Jones"]
    assert [hit.name for hit in ana.search("prydderch").hits] == ["Nia Jones"]  # a former name finds, unseen
    assert ana.notes.undo() == "changed details"
    assert ana.people.get(nia) == before
    assert ana.search("jones").hits == ()


def test_a_change_that_cannot_be_kept_changes_nothing(ana: Desk) -> None:
    nia = add_nia(ana)
    before = ana.people.get(nia)
    with pytest.raises(BadInput):
        ana.people.update(replace(before, name=" "))
    with pytest.raises(NotFound):
        ana.people.update(replace(before, id=PatientId("0" * 32)))
    assert ana.people.get(nia) == before


def test_a_way_to_reach_somebody_that_the_desk_changed_is_the_desks(ana: Desk) -> None:
    nia = ana.people.get(add_nia(ana))
    imported = ContactPoint(system=ContactSystem.PHONE, value="07700 900123", from_import=True)
    other = ContactPoint(system=ContactSystem.EMAIL, value="nia@example.org", from_import=True)
    ana.session().store.put_patient(replace(nia, contact_points=(imported, other)))
    known = ana.people.get(nia.id)
    changed = replace(imported, safety=ContactSafety.UNSAFE)
    kept = ana.people.update(replace(known, contact_points=(changed, other)))
    assert [each.from_import for each in kept.contact_points] == [False, True]


def test_looking_at_a_card_is_recorded_and_repainting_it_is_not(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.people.card_unrecorded(nia)
    assert views(ana, nia) == 0
    ana.people.card(nia)
    assert views(ana, nia) == 1


def test_namesakes_are_named_with_their_birth_dates_before_and_after_they_are_added(ana: Desk) -> None:
    nia = add_nia(ana)
    other = Patient(id=PatientId(""), name="Nia Prydderech", birth_date=dt.date(1985, 4, 3))
    assert [(hit.id, hit.birth_date) for hit in ana.people.namesakes(other)] == [(nia, dt.date(1958, 3, 14))]
    assert ana.people.card(nia).namesakes == ()
    added = ana.people.add(other).id
    assert [hit.id for hit in ana.people.card(nia).namesakes] == [added]
    assert [hit.id for hit in ana.people.card(added).namesakes] == [nia]


def test_nobody_knows_who_is_in_the_room_until_it_is_said(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    assert desk.people.company(nia) is None
    gwen = desk.people.get(nia).people[0].id
    desk.people.set_company(nia, frozenset({gwen}))
    assert desk.people.company(nia) == frozenset({gwen})
    practice.sign_in("Dr Osei")
    assert desk.people.company(nia) == frozenset({gwen}), "named for the day, to whoever signs in"
    assert "Gwen" in str(next(each for each in desk.briefs.of(nia).sections if each.key is BriefKey.WITH_THEM))
    practice.clock.move_on(86_400)
    assert practice.sign_in("Dr Osei").people.company(nia) is None


@pytest.mark.parametrize("said", [None, frozenset[str]()], ids=["unknown", "alone"])
def test_that_somebody_is_alone_holds_for_one_sign_in_and_takes_back_who_was_named(
    practice: Practice, said: frozenset[str] | None
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.people.set_company(nia, frozenset({desk.people.get(nia).people[0].id}))
    desk.people.set_company(nia, said)
    assert desk.people.company(nia) == said
    assert practice.sign_in("Dr Osei").people.company(nia) is None
    assert not desk.people.card_unrecorded(nia).with_them


def test_a_clinician_who_is_alone_with_somebody_changes_nothing_that_the_desk_sees(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.people.set_company(nia, frozenset({desk.people.get(nia).people[0].id}))
    before = desk.people.card_unrecorded(nia)
    practice.sign_in("Dr Osei").people.set_company(nia, frozenset())
    desk = practice.sign_in("Ana Ruiz")
    assert desk.people.card_unrecorded(nia) == before


def test_somebody_who_is_not_on_the_card_is_named_and_veils_like_anybody(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    desk.notes.write(nia, "Waits for a result", kind=NoteKind.ALSO_WORTH_KNOWING, audience=Audience.CLINICIANS)
    desk.people.set_company(nia, frozenset())
    assert not desk.briefs.of(nia).veiled, "the control: alone"
    desk.people.set_company(nia, frozenset({f"{NOT_ON_THE_CARD}Bob from next door"}))
    brief = desk.briefs.of(nia)
    assert brief.veiled
    assert "Waits for a result" not in str(brief)
    assert "Bob from next door" in str(next(each for each in brief.sections if each.key is BriefKey.WITH_THEM))
    assert desk.people.card(nia).with_them == ("Bob from next door",)


@pytest.mark.parametrize("company", [None, frozenset({"somebody"})], ids=["unknown", "somebody"])
def test_what_was_opened_alone_closes_when_that_ends(practice: Practice, company: frozenset[str] | None) -> None:
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    desk.notes.write(nia, "Waits for a result", kind=NoteKind.ALSO_WORTH_KNOWING, audience=Audience.CLINICIANS)

    def readable() -> bool:
        return "Waits for a result" in str(desk.briefs.of(nia).sections)

    assert not readable()
    desk.briefs.open_veiled(nia)
    assert readable()
    desk.people.set_company(nia, company)
    assert not readable()
    desk.people.set_company(nia, frozenset())
    assert readable()  # alone: nothing is veiled then


def test_the_dead_are_not_asked_and_promised_nothing(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.tasks.add(nia, "Send the large print letter")
    ana.people.update(replace(ana.people.get(nia), deceased=True))
    card = ana.people.card(nia)
    assert card.to_ask == ""
    assert "large print" not in str(card.blocks)
    assert ana.today.day().promised == ()
    ana.notes.undo()
    assert "large print" in str(ana.people.card(nia).blocks)


@pytest.mark.parametrize("patient", ["", "nobody", "0" * 32])
def test_whoever_is_not_there_is_not_found(ana: Desk, patient: str) -> None:
    for look in (ana.people.get, ana.people.card, ana.people.card_unrecorded):
        with pytest.raises(NotFound):
            look(PatientId(patient))
