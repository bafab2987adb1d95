"""What was asked already is said, nobody is asked twice in a day, and an answer is heard where the topic may be."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.staff import Viewer
from rapportdesk.model.topic import (
    HL7_SENSITIVITY_CODES,
    LOCAL_TOPIC_CODES,
    Asking,
    Permission,
    TopicPermission,
    sensitivity_code,
)
from rapportdesk.rules.brief.brief import compose_brief
from rapportdesk.rules.card.card import compose_card
from rapportdesk.rules.consent.asked import all_askings, asked_words, how_to_ask
from rapportdesk.rules.known import Company, Known
from rapportdesk.rules.visibility import see
from rapportdesk.rules.wording.topic_words import asking_sentence, asking_suggestions
from tests.rules.invented import ALONE, CLINICIAN, GWEN, NOW, OSEI, RECEPTION, WITH_GWEN, agreed, handle, note, person
from tests.rules.invented import topic as a_topic

ANSWER = "not today, my sister is here"


def asked(days: float = 0) -> Asking:
    at = NOW - dt.timedelta(days=days)
    return Asking(asked_at=at.astimezone(dt.UTC), asked_by=OSEI, asked_by_name="Dr Osei", answer=ANSWER)


def known_of(topic: TopicPermission, *, spoken: bool = False) -> Known:
    about = (note(NoteKind.ALSO_WORTH_KNOWING, "Pays for his brother", topic=handle("money")),) if spoken else ()
    return Known(patient=person(people=(GWEN,)), consents=agreed(), notes=about, topics=(topic,))


def test_on_the_day_it_was_asked_nobody_is_given_the_sentence_again() -> None:
    money = a_topic("money", Permission.ASK_FIRST, askings=(asked(days=30), asked()))
    assert how_to_ask(money, NOW) == f"Asked today by Dr Osei: {ANSWER}. Not again today."
    assert how_to_ask(money, NOW + dt.timedelta(days=1)) == asking_sentence(money)
    assert how_to_ask(replace(money, askings=money.askings[:1]), NOW) == asking_sentence(money)
    assert how_to_ask(money, NOW - dt.timedelta(days=9)).startswith("Asked today"), "a clock that ran back asks nobody"


def test_card_and_brief_say_that_it_was_asked_today_beside_the_note_itself() -> None:
    money = a_topic("money", Permission.ASK_FIRST, askings=(asked(),))
    for spoken in (False, True):
        known = known_of(money, spoken=spoken)
        said = repr(compose_card(known, RECEPTION, None, NOW).blocks)
        assert said.count("Asked today by Dr Osei") == 1
        assert "Asked already" not in said, "once is enough"
        assert "all right to talk about" not in said
        assert "Asked today by Dr Osei" in repr(compose_brief(known, CLINICIAN, ALONE, NOW).sections)
        later = NOW + dt.timedelta(days=1)
        assert "all right to talk about" in repr(compose_card(known, RECEPTION, None, later).blocks)


def test_when_it_was_asked_is_said_as_people_say_it() -> None:
    assert asked_words(asked(days=262), NOW) == f"asked 3 March by Dr Osei: {ANSWER}"


@given(
    permission=st.sampled_from((None, *Permission)),
    name_for=st.sampled_from(Audience),
    viewer=st.sampled_from((RECEPTION, CLINICIAN)),
    company=st.sampled_from((None, ALONE, WITH_GWEN)),
    shared=st.booleans(),
    over=st.booleans(),
)
def test_an_answer_is_heard_only_by_whoever_may_read_a_note_about_the_topic(
    permission: Permission | None, name_for: Audience, viewer: Viewer, company: Company, *, shared: bool, over: bool
) -> None:
    ended = (NOW - dt.timedelta(days=1)).date() if over else None
    topic = a_topic("money", permission, name_for=name_for, askings=(asked(),), valid_until=ended)
    known = replace(known_of(topic, spoken=True), consents=agreed() if shared else agreed()[:1])
    seen = see(known, viewer, company, NOW)
    heard = ANSWER in repr(compose_card(known, viewer, company, NOW)) or any(
        each.topic.askings for each in seen.subjects
    )
    if heard:
        assert seen.notes, "the note about it is not shown, and the answer is"
    elif seen.notes:
        assert name_for is Audience.CLINICIANS, "the control: whoever may read the note hears the answer"


def test_the_desk_leaves_a_topic_to_the_clinician_and_does_not_hear_what_was_answered() -> None:
    known = known_of(a_topic("money", Permission.CLINICIAN_ONLY, askings=(asked(),)))
    to_reception, to_clinician = (repr(compose_card(known, who, ALONE, NOW)) for who in (RECEPTION, CLINICIAN))
    assert "Leave money to the clinician" in to_reception
    assert ANSWER not in to_reception
    assert "Osei" not in to_reception
    assert ANSWER in to_clinician
    assert ANSWER not in repr(compose_card(known, CLINICIAN, WITH_GWEN, NOW))


def test_two_logs_about_one_topic_are_one() -> None:
    first, second = asked(days=3), asked(days=1)
    assert all_askings((second, first), (first,)) == (first, second)


def test_every_code_is_exported_as_one_of_hl7s() -> None:
    assert [sensitivity_code(code) for code in HL7_SENSITIVITY_CODES] == list(HL7_SENSITIVITY_CODES)
    assert {sensitivity_code(code) for code in (*LOCAL_TOPIC_CODES, "the fire")} == {"PREGNANT", "PRS"}


def test_every_topic_offers_several_ways_to_ask_and_no_placeholder_is_left() -> None:
    for code in (*HL7_SENSITIVITY_CODES, *LOCAL_TOPIC_CODES, "the fire"):
        ways = asking_suggestions(code)
        assert len(set(ways)) == len(ways) >= 3
        assert ways[0] == asking_sentence(a_topic(code, None))
        assert not any("{" in way for way in ways)
