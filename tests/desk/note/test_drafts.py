"""What is typed and not yet kept comes back to its author after anything, and is nobody else's, with whatever keys."""

import json

import pytest
from sqlalchemy import select

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.note import draft_list
from rapportdesk.desk.note.draft_list import LISTED, LOOKING, look_in_steps
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.model.draft import Draft, Form, FormDraft
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.steps import in_one_go
from rapportdesk.store.records.things import Things
from rapportdesk.store.tables import RecordRow, table_of
from tests.desk.conftest import Practice, add_nia

TYPED = "  ! dont ask after Huw, he \n"
COLLEAGUES = ("Ben Morgan", "Dr Osei")


def read(desk: Desk, patient: PatientId) -> str | None:
    """The text of the signed-in person's draft."""
    draft = desk.drafts.of(patient)
    return None if draft is None else draft.text


def test_a_draft_comes_back_exactly_as_typed_after_a_lock_and_another_morning(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.drafts.keep(nia, TYPED, kind=NoteKind.HOBBY, audience=Audience.CLINICIANS, later=True)
    for come_back in (desk.lock, practice.reopen, lambda: practice.sign_in("Dr Osei")):
        come_back()
        draft = practice.sign_in("Ana Ruiz").drafts.of(nia)
        assert draft is not None
        assert (draft.text, draft.kind, draft.audience, draft.later) == (
            TYPED,
            NoteKind.HOBBY,
            Audience.CLINICIANS,
            True,
        )


@pytest.mark.parametrize("colleague", COLLEAGUES)
def test_a_colleague_never_reads_it_not_even_below_the_screen_with_their_keys(
    practice: Practice, colleague: str
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.drafts.keep(nia, TYPED)
    draft = desk.drafts.of(nia)
    assert draft is not None
    desk = practice.sign_in(colleague)
    store = desk.session().store
    assert read(desk, nia) is None
    assert desk.drafts.mine() == ()
    assert not any(isinstance(thing, Draft) for thing in (*store.things(nia), *store.all_things()))
    with pytest.raises(NotFound):
        store.thing(draft.id)
    assert store.history(draft.id) == ()
    assert desk.search("Huw").hits == ()
    assert "Huw" not in str(desk.people.card(nia).blocks)
    assert "Huw" not in str(desk.audit.of(nia))
    assert practice.sign_in("Ana Ruiz").session().store.thing(draft.id) == draft  # the control: with the author's keys


def test_nobody_keeps_a_draft_in_anothers_name(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.drafts.keep(nia, TYPED)
    draft = desk.drafts.of(nia)
    assert draft is not None
    with pytest.raises(ValueError, match="author"):
        practice.sign_in("Dr Osei").session().store.put(draft)


def test_two_people_type_on_one_card_without_meeting(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.drafts.keep(nia, "from Ana")
    practice.sign_in("Dr Osei").drafts.keep(nia, "from Dr Osei")
    assert read(desk, nia) == "from Dr Osei"
    desk.drafts.discard(nia)
    assert read(desk, nia) is None
    assert read(practice.sign_in("Ana Ruiz"), nia) == "from Ana"


def test_what_is_typed_on_replaces_what_was_typed_and_an_empty_line_lets_it_go(ana: Desk) -> None:
    nia = add_nia(ana)
    for text in ("S", "Si", "Sings alto"):
        ana.drafts.keep(nia, text)
    assert read(ana, nia) == "Sings alto"
    assert len(ana.drafts.mine()) == 1
    ana.drafts.keep(nia, " \n ")
    assert ana.drafts.mine() == ()
    ana.drafts.discard(nia)  # without one nothing happens


def test_the_line_that_is_kept_takes_its_draft_with_it_and_a_refused_one_stays(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    ana.drafts.keep(nia, "Sings alto")
    with pytest.raises(ConsentNeeded):
        ana.notes.write_line(nia, ana.notes.read_line(nia, "Sings alto"))
    assert read(ana, nia) == "Sings alto"
    ana.consents.agree(nia)
    ana.notes.write_line(nia, ana.notes.read_line(nia, "Sings alto"))
    assert read(ana, nia) is None
    assert "Sings alto" in str(ana.people.card(nia).blocks)


@pytest.mark.parametrize(
    "text", ["half \ud800 a character", "x" * 1_048_576, "\x00\x07", "👩‍👩‍👧", "\u202eabc"], ids=len
)
def test_nothing_that_is_typed_is_lost(ana: Desk, text: str) -> None:
    nia = add_nia(ana)
    ana.drafts.keep(nia, text)
    assert read(ana, nia) == text.encode("utf-8", "replace").decode()


def test_ones_own_drafts_are_listed_newest_first(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    first = add_nia(desk)
    second = desk.people.add(Patient(id=PatientId(""), name="Ali Hassan")).id
    for patient in (first, second, first):
        practice.clock.move_on(2)
        desk.drafts.keep(patient, "Sings")
    assert [draft.patient for draft in desk.drafts.mine()] == [first, second]


@pytest.mark.parametrize("added", [True, False])
def test_a_form_comes_back_to_its_author_after_a_lock_and_another_morning(practice: Practice, added: bool) -> None:
    desk = practice.sign_in("Ana Ruiz")
    about = add_nia(desk) if added else None
    desk.drafts.keep_form(Form.PERSON, about, "typed")
    desk.drafts.keep_form(Form.PERSON, about, TYPED)
    for come_back in (desk.lock, practice.reopen, lambda: practice.sign_in("Dr Osei")):
        come_back()
        drafts = practice.sign_in("Ana Ruiz").drafts
        assert drafts.form(Form.PERSON, about) == TYPED
        assert drafts.form(Form.TOPIC, about) is None
        assert drafts.mine() == ()


@pytest.mark.parametrize("added", [True, False])
@pytest.mark.parametrize("colleague", COLLEAGUES)
def test_a_colleague_never_reads_a_form_and_has_their_own(practice: Practice, colleague: str, added: bool) -> None:
    desk = practice.sign_in("Ana Ruiz")
    about = add_nia(desk) if added else None
    desk.drafts.keep_form(Form.TOPIC, about, TYPED)
    desk = practice.sign_in(colleague)
    store = desk.session().store
    assert desk.drafts.form(Form.TOPIC, about) is None
    assert not any(isinstance(thing, FormDraft) for thing in (*store.things(about), *store.all_things()))
    desk.drafts.keep_form(Form.TOPIC, about, "theirs")
    desk.drafts.discard_form(Form.TOPIC, about)
    desk.drafts.discard_form(Form.TOPIC, about)  # without one nothing happens
    assert practice.sign_in("Ana Ruiz").drafts.form(Form.TOPIC, about) == TYPED  # the control: with the author's keys


def test_a_form_that_is_saved_takes_its_draft_with_it_and_a_refused_one_stays(ana: Desk) -> None:
    ana.drafts.keep_form(Form.PERSON, None, TYPED)
    with pytest.raises(BadInput):
        ana.drafts.save_form(Form.PERSON, None, lambda: ana.people.add(Patient(id=PatientId(""), name=" ")))
    assert ana.drafts.form(Form.PERSON, None) == TYPED
    kept = ana.drafts.save_form(Form.PERSON, None, lambda: ana.people.add(Patient(id=PatientId(""), name="Ali Hassan")))
    assert ana.drafts.form(Form.PERSON, None) is None
    assert ana.people.get(kept.id) == kept
    assert [hit.id for hit in ana.search("Ali Hassan").hits] == [kept.id]


def test_coming_back_to_ones_own_looks_at_no_record_of_anybody_elses(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = practice.sign_in("Ana Ruiz")
    first, second = add_nia(ana), add_nia(ana)
    ana.drafts.keep(first, "half a line")
    practice.sign_in("Dr Osei").drafts.keep(first, "half another")
    practice.reopen()
    desk = practice.sign_in("Ana Ruiz")
    in_one_go(look_in_steps(desk.session()))
    walks = list[str]()
    monkeypatch.setattr(Things, "authored", lambda _things: walks.append("authored"))
    monkeypatch.setattr(Things, "all", lambda _things: walks.append("all"))
    assert [draft.text for draft in desk.drafts.mine()] == ["half a line"]
    desk.drafts.keep(second, "and here")
    desk.drafts.discard(first)
    assert [draft.text for draft in desk.drafts.mine()] == ["and here"]
    desk.drafts.keep(first, "once more")
    assert {draft.text for draft in desk.drafts.mine()} == {"and here", "once more"}
    assert len(json.loads(desk.session().store.setting(LISTED) or "")[desk.viewer.staff]) == 2
    assert walks == []


def before_they_were_listed(practice: Practice) -> None:
    ana = practice.sign_in("Ana Ruiz")
    nia = add_nia(ana)
    ana.drafts.keep(nia, "half a line")
    practice.sign_in("Dr Osei").drafts.keep(nia, "half another")
    store = practice.desk.session().store
    with store._file.writing() as writing:
        for row in writing.rows(select(table_of(RecordRow)).where(table_of(RecordRow).c.patient_id.is_(None))):
            if getattr(store._held().records.thing(store._held().records.open_row(writing, row)), "name", "") in {
                LISTED,
                LOOKING,
            }:
                writing.remove(RecordRow, id=row["id"])
    assert store.setting(LISTED) is None


def test_a_vault_from_before_they_were_listed_is_looked_through_once_for_everybody(practice: Practice) -> None:
    before_they_were_listed(practice)
    assert practice.desk.drafts.mine() == ()
    in_one_go(practice.desk.check_in_steps())
    assert [draft.text for draft in practice.desk.drafts.mine()] == ["half another"]
    assert [draft.text for draft in practice.sign_in("Ana Ruiz").drafts.mine()] == ["half a line"]
    assert list(look_in_steps(practice.desk.session())) == []
    assert practice.desk.verify().faults == ()


def test_looking_through_goes_on_where_it_was_cut_off_and_loses_nothing_that_is_kept_meanwhile(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_list, "AT_A_STEP", 1)
    monkeypatch.setattr(draft_list, "_KEPT_EVERY", 2)
    before_they_were_listed(practice)
    later = add_nia(practice.desk)
    steps = look_in_steps(practice.desk.session())
    assert [next(steps), next(steps), next(steps)] == [1, 1, 1]
    practice.desk.drafts.keep(later, "kept meanwhile")
    assert "kept meanwhile" in {draft.text for draft in practice.desk.drafts.mine()}
    assert practice.desk.session().store.setting(LISTED) is None
    desk = practice.sign_in("Dr Osei")
    with desk.session().store._file.reading() as reading:
        every = len(reading.rows(select(table_of(RecordRow).c.id)))
    assert 0 < sum(look_in_steps(desk.session())) <= every - 2
    assert {draft.text for draft in desk.drafts.mine()} == {"half another", "kept meanwhile"}
    assert [draft.text for draft in practice.sign_in("Ana Ruiz").drafts.mine()] == ["half a line"]
    assert practice.desk.session().store.setting(LOOKING) == ""
