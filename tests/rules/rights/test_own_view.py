"""A screen turned to the patient shows what they said of themself and may be seen, and nothing else at all."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.note import Audience, NoteKind, NoteStatus, Source
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem
from rapportdesk.model.topic import Permission
from rapportdesk.rules.known import Company, Known
from rapportdesk.rules.rights.own_view import compose_own_view
from tests.rules.invented import ALONE, GWEN, NOW, TODAY, WITH_GWEN, agreed, consent, handle, note, person, task, topic

WORDS = "I would rather stand than sit"


def own(known: Known, company: Company = None) -> str:
    return repr(compose_own_view(known, company, NOW))


def with_note(kind: NoteKind = NoteKind.PREFERENCE, **fields: Any) -> Known:
    said: dict[str, Any] = {"source": Source.SAID_BY_PATIENT, **fields}
    return Known(patient=person(people=(GWEN,)), consents=agreed(), notes=(note(kind, WORDS, **said),))


def test_what_they_said_of_themself_is_there() -> None:
    assert WORDS in own(with_note())
    assert WORDS in own(with_note(), WITH_GWEN)


@pytest.mark.parametrize(
    "fields",
    [
        {"source": Source.SAID_BY_CARER},
        {"source": Source.OBSERVED_BY_STAFF},
        {"audience": Audience.CLINICIANS},
        {"about_person": "gwen"},
        {"kind": NoteKind.PEOPLE_IMPORTANT_TO_ME},
        {"kind": NoteKind.EXPLAINED},
        {"kind": NoteKind.FEELING_NAMED},
        {"kind": NoteKind.QUESTION},
        {"status": NoteStatus.RETIRED},
    ],
    ids=lambda fields: str(next(iter(fields.values()))),
)
def test_what_others_said_or_is_for_others_is_not(fields: dict[str, Any]) -> None:
    assert WORDS not in own(with_note(**fields), ALONE)


@pytest.mark.parametrize("permission", [None, *Permission])
@pytest.mark.parametrize("name_for", list(Audience))
@pytest.mark.parametrize("company", [None, ALONE, WITH_GWEN], ids=["unknown", "alone", "Gwen"])
def test_a_topic_that_may_not_be_raised_here_is_not_raised_by_the_screen(
    permission: Permission | None, name_for: Audience, company: Company
) -> None:
    about = topic("money", permission, name_for=name_for, person="gwen")
    known = replace(with_note(topic=handle("money")), topics=(about,))
    alone_is_enough = permission is Permission.NOT_IN_FRONT_OF and company == ALONE
    shown = name_for is Audience.EVERYONE and (permission is Permission.WELCOME or alone_is_enough)
    assert (WORDS in own(known, company)) is shown
    assert "money" not in own(known, company), "a topic's name is never there"


def test_nothing_of_anybody_else_and_nothing_that_warns() -> None:
    known = Known(
        patient=person(
            people=(GWEN,),
            former_names=("Nia Jones",),
            contact_points=(
                ContactPoint(system=ContactSystem.PHONE, value="07700 900123", safety=ContactSafety.UNSAFE),
                ContactPoint(system=ContactSystem.PHONE, value="01970 555218", may_say="say the garage called"),
            ),
        ),
        consents=(*agreed(), consent(Covers.TALK_WITH, person="gwen")),
        tasks=(task("Ring the ward about her"),),
        topics=(topic("weight", Permission.DO_NOT_RAISE),),
    )
    said = own(known, WITH_GWEN)
    for hidden in ("Gwen", "Jones", "07700", "01970", "garage", "ward", "weight", "Ana Ruiz"):
        assert hidden not in said
    assert "Nia Prydderch" in said, "the control: who they are is there"


def test_without_consent_there_is_who_they_are_and_no_note() -> None:
    known = replace(with_note(), consents=(consent(Covers.KEEP_NOTES, ConsentStatus.INACTIVE),))
    view = compose_own_view(known, ALONE, NOW)
    assert view.notes == ()
    assert view.facts
    assert view.agreed == "You said that we should not keep notes."


def test_a_child_who_may_not_be_alone_sees_no_notes() -> None:
    child = replace(with_note(), patient=person(birth_date=TODAY.replace(year=TODAY.year - 12)))
    adult = replace(with_note(), patient=person(birth_date=TODAY.replace(year=TODAY.year - 40)))
    for company in (None, WITH_GWEN):
        assert WORDS not in own(child, company)
        assert WORDS in own(adult, company)


@given(
    source=st.sampled_from(Source),
    audience=st.sampled_from(Audience),
    kind=st.sampled_from(NoteKind),
    permission=st.sampled_from(("no topic", None, *Permission)),
    shared=st.booleans(),
)
def test_somebody_coming_in_never_shows_more(
    source: Source, audience: Audience, kind: NoteKind, permission: Permission | str | None, *, shared: bool
) -> None:
    about = () if permission == "no topic" else (topic("money", permission, person="gwen"),)  # type: ignore[arg-type]  # no other text is drawn
    known = with_note(kind, source=source, audience=audience, topic=handle("money") if about else None)
    known = replace(known, topics=about, consents=agreed() if shared else agreed()[:1])
    alone = WORDS in own(known, ALONE)
    for company in (None, WITH_GWEN):
        assert alone or WORDS not in own(known, company)
    if alone:
        assert source is Source.SAID_BY_PATIENT
        assert audience is Audience.EVERYONE
