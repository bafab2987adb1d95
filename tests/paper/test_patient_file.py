"""A patient's file says everything that is kept, who said it and when."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.model.communication import ContactLine
from rapportdesk.model.explained import Explained, TeachBack
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import Note, NoteKind, Source
from rapportdesk.model.patient import ContactPoint, ContactSystem
from rapportdesk.model.shown import Block, BlockKey, Card, KeepConsent, Line
from rapportdesk.paper.patient_file import kind_words, typeset_file
from rapportdesk.paper.press import Printed
from rapportdesk.rules.card.explained_words import beside_the_note
from tests.paper.invented import CLINIC, NIA, PRINTED_AT, SERIAL, note
from tests.paper.reading import about, pages_of, tags_of, text_of

LEEKS = note("Leeks for the county show")
STRAIGHT = replace(note("Told straight,\nthen a minute", kind=NoteKind.IMPORTANT_TO_ME), quote=True)
CARD = Card(
    patient=replace(NIA, contact_points=(ContactPoint(system=ContactSystem.PHONE, value="01234 567890"),)),
    age=68,
    keep=KeepConsent.AGREED,
    blocks=(
        Block(key=BlockKey.PEOPLE, label="People", lines=(Line(lead="Gwen", text=", daughter"),)),
        Block(key=BlockKey.HOBBIES, label="From the card", lines=(Line(text=LEEKS.text, note=LEEKS),)),
    ),
)


def printed(*notes: Note, card: Card = CARD, large_print: bool = False) -> Printed:
    return typeset_file(
        card, notes, beside=beside_the_note, serial=SERIAL, printed_at=PRINTED_AT, clinic_name=CLINIC,
        large_print=large_print, language="en",
    )  # fmt: skip


def test_it_says_who_this_is_and_what_is_kept() -> None:
    made = printed(LEEKS, STRAIGHT)
    page = text_of(made.pdf)
    for words in (
        "What we keep about you", "Nia Prydderch", "14 March 1958", "practice number 40218", "Phone 01234 567890",
        "Languages Welsh, English", "People", "Gwen, daughter", "Hobbies", "Leeks for the county show",
        "“Told straight, then a minute”", "said by you · noted on 4 September 2026 by Ana Ruiz", f"print {SERIAL}",
    ):  # fmt: skip
        assert words in page
    assert made.tagged


def test_a_note_stands_once_under_its_own_heading() -> None:
    page = text_of(printed(LEEKS).pdf)
    assert page.count(LEEKS.text) == 1
    assert "From the card" not in page


def test_sources_and_confirmations_are_told_apart() -> None:
    observed = replace(LEEKS, source=Source.OBSERVED_BY_STAFF, last_confirmed_on=dt.date(2026, 10, 1))
    page = text_of(printed(observed).pdf)
    assert "noted by staff" in page
    assert "said by you" not in page
    assert "confirmed on 1 October 2026" in page
    carer = text_of(printed(replace(LEEKS, source=Source.SAID_BY_CARER)).pdf)
    assert "said by somebody who cares for you" in carer


def test_newest_come_first() -> None:
    older = replace(LEEKS, text="Older", noted_at=LEEKS.noted_at - dt.timedelta(days=400))
    page = text_of(printed(older, replace(LEEKS, text="Newer")).pdf)
    assert page.index("Newer") < page.index("Older")


def test_nothing_is_shortened_however_long_it_is() -> None:
    words = [f"w{number}q" for number in range(4000)]
    made = printed(replace(LEEKS, text=" ".join(words)))
    pages = pages_of(made.pdf)
    assert len(pages) == len(made.pages_svg) > 2
    page = " ".join(pages)
    assert all(word in page for word in words)
    assert made.tagged


def test_every_kind_has_a_heading_of_its_own() -> None:
    assert len({kind_words(kind) for kind in NoteKind}) == len(NoteKind)


def test_headings_are_tagged_and_the_document_names_nobody() -> None:
    made = printed(LEEKS, STRAIGHT)
    assert tags_of(made.pdf).count("/H1") == 1
    assert tags_of(made.pdf).count("/H2") == 4
    assert "Prydderch" not in about(made.pdf)


def test_nothing_known_says_so() -> None:
    stranger = replace(NIA, identifiers=(), languages=())
    page = text_of(printed(card=Card(patient=stranger, age=None, keep=KeepConsent.NOT_ASKED)).pdf)
    assert "We keep no notes about you." in page


@pytest.mark.parametrize(
    "text",
    [
        "#set text(red)",
        "<script>",
        '#image("/etc/passwd")',
        "<img src='file:///etc/passwd'>",
        "\x00\ud800\u202e",
        "$ @name",
        "علي # שרה",
    ],
)
def test_hostile_notes_are_kept_as_text(text: str) -> None:
    made = printed(replace(LEEKS, text=f"before {text} after", noted_by_name=text))
    assert made.tagged
    assert "before" in text_of(made.pdf)
    assert "after" in text_of(made.pdf)


def test_calls_and_messages_stand_there_with_their_day() -> None:
    rang = ContactLine(id=RecordId("c" * 32), at=PRINTED_AT, words="Gwen rang", detail="checked: birth date · Ana Ruiz")
    made = typeset_file(
        CARD, (LEEKS,), beside=beside_the_note, serial=SERIAL, printed_at=PRINTED_AT, clinic_name=CLINIC, language="en",
        contacts=(rang,),
    )  # fmt: skip
    page = text_of(made.pdf)
    assert "Calls and messages" in page
    assert "Gwen rang checked: birth date · Ana Ruiz" in page
    assert "Calls and messages" not in text_of(printed(LEEKS).pdf)


def test_what_was_explained_and_felt_is_said_with_all_that_is_kept_beside_it() -> None:
    more = Explained(
        in_words="it thins the blood", leaflet_title="Your blood thinner", why="you asked", teach_back=TeachBack.NOT_YET
    )
    told = replace(note("The tablet", kind=NoteKind.EXPLAINED), explained=more, understood="mixed up the evenings")
    felt = replace(note("Worried", kind=NoteKind.FEELING_NAMED), acknowledged="that many are")
    page = text_of(printed(told, felt).pdf)
    for words in (
        "in the words “it thins the blood”", "leaflet “Your blood thinner”", "you asked", "not yet understood",
        "mixed up the evenings", "acknowledged: that many are",
    ):  # fmt: skip
        assert words in page
