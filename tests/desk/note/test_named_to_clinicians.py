"""A topic is one topic under however many handles, and a name for clinicians only leaves nothing to reception."""

from rapportdesk.desk.desk import Desk
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.topic import Permission
from tests.desk.conftest import Practice, add_nia, looks

ALSO = NoteKind.ALSO_WORTH_KNOWING


def kept_of(desk: Desk, patient: PatientId) -> set[str]:
    """Every note's text and topic's name that this person's keys open about a patient."""
    return {getattr(thing, "text", getattr(thing, "code", "")) for thing in desk.session().store.things(patient)}


def test_naming_a_topic_to_clinicians_seals_what_reception_wrote_under_a_handle_of_its_own(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    nothing = kept_of(desk, nia)
    desk = practice.sign_in("Dr Osei")
    desk.topics.set(nia, "weight", Permission.DO_NOT_RAISE, name_for=Audience.CLINICIANS)
    first = desk.notes.write(nia, "Sixty kilos", kind=ALSO, topic_code="weight")
    desk = practice.sign_in("Ana Ruiz")
    practice.clock.move_on(60)
    desk.notes.write(nia, "Weighed at home", kind=ALSO, topic_code="weight")
    assert kept_of(desk, nia) == nothing | {"weight", "Weighed at home"}
    desk = practice.sign_in("Dr Osei")
    practice.clock.move_on(60)
    desk.topics.set(nia, "weight", Permission.ASK_FIRST, name_for=Audience.CLINICIANS)
    known = desk.session().known(nia)
    handles = {topic.handle for topic in known.topics}
    assert {note.topic for note in known.notes} == handles
    assert first.topic in handles
    assert {topic.permission for topic in known.topics} == {Permission.ASK_FIRST}
    assert kept_of(practice.sign_in("Ana Ruiz"), nia) == nothing


def test_what_was_answered_is_kept_with_a_topic_that_cannot_be_read_back(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.topics.set(nia, "HIV", Permission.ASK_FIRST, answer="not today")
    desk = practice.sign_in("Dr Osei")
    topic = desk.topics.find(nia, "HIV")
    assert topic is not None
    assert [(each.answer, each.asked_by_name) for each in topic.askings] == [("not today", "Ana Ruiz")]
    assert desk.topics.set(nia, "HIV", Permission.WELCOME).askings == topic.askings


def test_reception_s_record_of_who_looked_does_not_tell_of_what_was_written_for_clinicians(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    before = looks(desk, nia)
    desk.notes.write(nia, "For the doctor", kind=ALSO, audience=Audience.CLINICIANS)
    assert looks(desk, nia) == before
    desk.notes.write(nia, "For everybody", kind=ALSO)
    assert len(looks(desk, nia)) == len(before) + 1
    written = [event for event in practice.sign_in("Dr Osei").audit.of(nia) if event.action == "note-written"]
    assert len(written) == 2


def test_a_note_for_clinicians_does_not_name_its_topic_to_reception(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    eve = desk.people.add(Patient(id=PatientId(""), name="Eve Wright")).id
    desk.consents.agree(eve)
    before = {patient: (kept_of(desk, patient), looks(desk, patient)) for patient in (nia, eve)}
    desk = practice.sign_in("Dr Osei")
    desk.people.set_company(nia, frozenset())
    note = desk.notes.write(nia, "Sixty kilos", kind=ALSO, topic_code="weight", audience=Audience.CLINICIANS)
    desk.briefs.open_veiled(nia)
    desk.notes.move(note.id, eve)
    desk = practice.sign_in("Ana Ruiz")
    assert {patient: (kept_of(desk, patient), looks(desk, patient)) for patient in (nia, eve)} == before
    assert desk.notes.write(nia, "Weighed at home", kind=ALSO, topic_code="weight").audience is Audience.EVERYONE
    assert [topic.code for topic in desk.topics.of(nia)] == ["weight"]


def test_what_was_answered_about_a_topic_named_to_clinicians_is_not_among_receptions_keys(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    for name_for in Audience:
        code = f"the fire, {name_for}"
        desk.topics.set(nia, code, Permission.ASK_FIRST, name_for=name_for, answer=f"not today ({name_for})")
    desk.people.set_company(nia, frozenset())
    practice.clock.move_on(60)
    desk.topics.log_asking(nia, "the fire, clinicians", "later (clinicians)")
    desk = practice.sign_in("Ana Ruiz")
    held = repr(desk.session().store.things(nia))
    assert "not today (everyone)" in held, "the control: what everybody may know is there"
    assert "(clinicians)" not in held
    assert list(desk.topics.asked(nia)) == ["the fire, everyone"]
    assert desk.topics.asked(nia)["the fire, everyone"] == ("asked today by Dr Osei: not today (everyone)",)
