"""Whether a topic may be raised, and who may even know its name, is the patient's own answer."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import BlockKey
from rapportdesk.model.topic import HL7_SENSITIVITY_CODES, LOCAL_TOPIC_CODES, Permission
from tests.desk.conftest import MORNING, Practice, add_nia

DAY = 86_400.0


def card(desk: Desk, patient: PatientId) -> str:
    """Everything the card says."""
    return str(desk.people.card_unrecorded(patient).blocks)


def test_a_sensitive_topic_is_named_to_clinicians_unless_the_patient_says_otherwise(ana: Desk) -> None:
    nia = add_nia(ana)
    before = card(ana, nia)
    for code in HL7_SENSITIVITY_CODES:
        assert ana.topics.set(nia, code, Permission.ASK_FIRST).name_for is Audience.CLINICIANS
    assert ana.topics.of(nia) == ()
    assert card(ana, nia) == before
    told = ana.topics.set(nia, "MH", Permission.ASK_FIRST, name_for=Audience.EVERYONE)
    assert [topic.id for topic in ana.topics.of(nia)] == [told.id]


def test_every_other_topic_is_named_to_everyone(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    kept = {
        desk.topics.set(nia, code, Permission.DO_NOT_RAISE, said_by="Gwen", asking_sentence="May I?")
        for code in (*LOCAL_TOPIC_CODES, "my garden", "ŵyna")
    }
    for name in ("Ana Ruiz", "Dr Osei"):
        assert set(practice.sign_in(name).topics.of(nia)) == kept
        dont = next(block for block in desk.people.card(nia).blocks if block.key is BlockKey.PLEASE_DONT)
        assert len(dont.lines) == len(kept)


def test_a_topic_keeps_its_notes_whatever_is_said_about_it_later(ana: Desk) -> None:
    nia = add_nia(ana)
    note = ana.notes.write(nia, "Rent is late", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="money")
    first = ana.topics.find(nia, "MONEY")
    assert first is not None
    assert first.permission is None
    later = ana.topics.set(nia, "Money", Permission.WELCOME)
    assert (later.id, later.handle, later.code) == (first.id, note.topic, "money")
    assert "Rent is late" in card(ana, nia)
    ana.topics.set(nia, "money", Permission.PRIVATE_ROOM)
    assert "Rent is late" not in card(ana, nia)


def test_a_welcome_that_has_run_out_is_asked_first(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "Rent is late", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="money")
    desk.topics.set(nia, "money", Permission.WELCOME, until=MORNING.date() + dt.timedelta(days=1))
    practice.clock.move_on(DAY)
    welcome = card(desk, nia)
    practice.clock.move_on(DAY)
    asked = card(desk, nia)
    assert "Rent is late" in welcome
    assert "all right" not in welcome
    assert "all right" in asked
    practice.clock.moment = MORNING
    desk.topics.log_asking(nia, "money", "yes, today")
    assert "Asked today by Ana Ruiz: yes, today" in card(desk, nia), "one yes is no welcome for ever"
    assert "mark=<Mark.ASK_FIRST" in card(desk, nia)


def test_not_in_front_of_somebody_names_them_by_id_or_name(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    gwen = desk.people.get(nia).people[0].id
    desk.notes.write(nia, "Rent is late", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="money")
    for person in ("GWEN", gwen):
        assert desk.topics.set(nia, "money", Permission.NOT_IN_FRONT_OF, person=person).person == gwen
    for company, shown in ((None, False), (frozenset({gwen}), False), (frozenset({"other"}), False),
                           (frozenset[str](), True)):  # fmt: skip
        desk.people.set_company(nia, company)
        brief = str(desk.briefs.of(nia).sections)
        assert ("Rent is late" in brief) is shown
        assert ("alone with" in brief or desk.briefs.of(nia).veiled) is not shown
    with pytest.raises(NotFound):
        desk.topics.set(nia, "money", Permission.NOT_IN_FRONT_OF, person="Huw")


@pytest.mark.parametrize(
    ("code", "permission", "person"),
    [
        ("money", Permission.NOT_IN_FRONT_OF, ""),
        ("money", Permission.WELCOME, "Gwen"),
        ("", Permission.WELCOME, ""),
        (" \n", Permission.WELCOME, ""),
        ("x" * 501, Permission.WELCOME, ""),
        ("\ud800", Permission.WELCOME, ""),
    ],
    ids=["without a person", "a person too many", "no topic", "blank", "endless", "half a character"],
)
def test_what_cannot_be_said_of_a_topic_is_refused(ana: Desk, code: str, permission: Permission, person: str) -> None:
    nia = add_nia(ana)
    with pytest.raises(BadInput):
        ana.topics.set(nia, code, permission, person=person)
    assert ana.topics.of(nia) == ()


def test_every_asking_is_remembered_with_its_answer(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    with pytest.raises(NotFound):
        desk.topics.log_asking(nia, "money", "no")
    desk.topics.set(nia, "money", Permission.ASK_FIRST)
    desk.topics.log_asking(nia, "money", "not today")
    practice.clock.move_on(DAY)
    practice.sign_in("Dr Osei").topics.log_asking(nia, "money", "yes")
    desk.topics.set(nia, "money", Permission.WELCOME)
    (topic,) = desk.topics.of(nia)
    assert [(each.asked_by_name, each.answer) for each in topic.askings] == [
        ("Ana Ruiz", "not today"),
        ("Dr Osei", "yes"),
    ]


def test_reception_that_names_a_sealed_topic_again_leaves_the_patients_answer_in_force(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    nia = add_nia(desk)
    desk.topics.set(nia, "HIV", Permission.DO_NOT_RAISE)
    practice.sign_in("Ana Ruiz").notes.write(nia, "A result", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="HIV")
    desk = practice.sign_in("Dr Osei")
    desk.people.set_company(nia, frozenset())
    topics = [topic for topic in desk.session().known(nia).topics if topic.code == "HIV"]
    assert len(topics) == 2
    assert {topic.permission for topic in topics} == {Permission.DO_NOT_RAISE}


def test_a_topic_is_kept_only_of_somebody_who_agreed_to_notes(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    ali = desk.people.add(Patient(id=PatientId(""), name="Ali Hassan")).id
    with pytest.raises(ConsentNeeded):
        desk.topics.set(ali, "money", Permission.WELCOME)
    assert desk.session().store.things(ali) == ()
    desk.consents.agree(ali)
    assert desk.topics.set(ali, "money", Permission.WELCOME) in desk.session().store.things(ali)
