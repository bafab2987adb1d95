"""The card in words and tones, without a window."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.clock import StandingClock
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind, Source
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import BlockKey, KeepConsent, Line, Mark
from rapportdesk.model.words import veil_sentence
from tests.ui.people import NIA, TODAY, nias_brief, nias_card, note
from ui.brief.brief_view import foot_words, heading_pieces, line_pieces
from ui.card.card_view import (
    fact_line,
    keep_piece,
    line_words,
    name_line,
    short_name,
    sign_of,
    source_words,
    their_words,
    title_pieces,
)
from ui.look.bidi import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE


def named(name: str, called: str = "") -> Patient:
    return Patient(id=PatientId("1" * 32), name=name, preferred_name=called)


def weights(patient: Patient) -> list[tuple[str, int]]:
    marks = FIRST_STRONG_ISOLATE + POP_DIRECTIONAL_ISOLATE
    return [(piece.text.strip(marks), piece.weight) for piece in title_pieces(patient)]


def plain(text: str) -> str:
    """Return a text without the marks around names."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_DIRECTIONAL_ISOLATE, "")


@pytest.mark.parametrize(
    ("name", "called", "shown"),
    [
        ("Nia Prydderch", "Nia", [("Nia", 700), (" Prydderch", 300)]),
        ("Li Wei", "Wei", [("Li ", 300), ("Wei", 700)]),
        ("Tewodros", "", [("Tewodros", 700)]),
        ("Manuel Ferreira", "Mr Ferreira", [("Mr Ferreira ", 700), ("Manuel Ferreira", 300)]),
        ("Annabel Ann", "Ann", [("Annabel ", 300), ("Ann", 700)]),
    ],
)
def test_what_somebody_is_called_is_bold_and_the_rest_light(
    name: str, called: str, shown: list[tuple[str, int]]
) -> None:
    assert weights(named(name, called)) == shown


@given(st.text(min_size=1, max_size=60), st.text(max_size=20))
def test_no_name_loses_a_letter_and_each_is_isolated(name: str, called: str) -> None:
    patient = named(name, called)
    text = "".join(piece.text for piece in title_pieces(patient))

    assert name in text.replace(FIRST_STRONG_ISOLATE, "", 1) or patient.called in text
    assert text.startswith(FIRST_STRONG_ISOLATE)
    assert text.count(FIRST_STRONG_ISOLATE) - name.count(FIRST_STRONG_ISOLATE) >= 1


def test_the_own_script_stands_beside_the_name_in_its_own_direction() -> None:
    pieces = title_pieces(dataclasses.replace(named("Samira Haddad"), own_script_name="سميرة حداد"))

    assert pieces[-1].text.strip() == f"{FIRST_STRONG_ISOLATE}سميرة حداد{POP_DIRECTIONAL_ISOLATE}"


def test_facts_stand_in_their_order() -> None:
    text = "".join(piece.text for piece in fact_line(nias_card())).replace("\u00a0", " ")
    order = ["14 March 1958", "· 68", "no. 40218", "Welsh, English", "✓ agreed to notes", "✕ no voicemail"]

    assert [text.index(fact) for fact in order] == sorted(text.index(fact) for fact in order)


def test_a_birth_date_that_is_not_known_is_said() -> None:
    card = dataclasses.replace(nias_card(), patient=named("Tewodros"), age=None)

    assert fact_line(card)[0].text == "birth date not known"


@pytest.mark.parametrize("keep", list(KeepConsent))
def test_a_sign_and_a_word_stand_beside_every_colour(keep: KeepConsent) -> None:
    piece = keep_piece(keep)

    assert piece.text[0] in "✓✕?"
    assert len(piece.text.split()) > 1
    assert (piece.tone == "agreed") is (keep is KeepConsent.AGREED)


@pytest.mark.parametrize("mark", [mark for mark in Mark if mark is not Mark.NONE])
def test_every_mark_has_a_sign(mark: Mark) -> None:
    assert sign_of(Line(text="x", mark=mark), BlockKey.ALSO) is not None
    assert sign_of(Line(text="x", mark=mark), BlockKey.IMPORTANT) is None


def test_a_line_is_read_out_whole() -> None:
    line = Line(lead="Gwen", text=", daughter.", detail="3 March", urgent="due")

    assert line_words(line) == "Gwen, daughter. due. 3 March"
    assert line_words(Line(lead="Asked already:", text="letters")) == "Asked already: letters"


def test_who_said_it_and_when() -> None:
    said = dataclasses.replace(
        note("x", NoteKind.HOBBY), source=Source.OBSERVED_BY_STAFF, last_confirmed_on=dt.date(2026, 3, 3),
        audience=Audience.CLINICIANS,
    )  # fmt: skip

    words = source_words(said, TODAY, dt.date(2025, 3, 3))

    assert words == "\u2068Ana\u2069, 3 Mar 2025 · noted by staff · confirmed 3 Mar 2026 · for clinicians only"
    assert "today" in source_words(said, TODAY, TODAY)


@pytest.mark.parametrize(
    ("name", "short"), [("Ana Ruiz", "Ana"), ("Dr Osei", "Dr Osei"), ("Nurse Lind", "Nurse Lind"), ("", "")]
)
def test_colleagues_are_called_by_their_first_name_unless_there_is_a_title(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("pronouns", "words"),
    [("she / her", "her words"), ("he/him", "his words"), ("they / them", "their words"), ("", "their words")],
)
def test_whose_words_follows_the_pronouns(pronouns: str, words: str) -> None:
    assert their_words(pronouns) == words


def test_the_pronouns_and_how_to_say_it_follow_the_name() -> None:
    text = "".join(piece.text for piece in name_line(NIA)).replace("\u00a0", " ")

    assert text.index("say NEE-ah PRUTH-erkh") < text.index("she / her")


def test_the_brief_says_whose_it_is_and_what_was_left_out() -> None:
    brief = nias_brief()
    heading = "".join(piece.text for piece in heading_pieces(brief))

    assert heading.endswith("14 March 1958 · 68 · she / her · say NEE-ah PRUTH-erkh · speaks Welsh, English")
    clock = StandingClock(brief.as_of)
    among = dataclasses.replace(brief, left_out_of=(("Comfort", 2), ("Open with", 1)))
    assert foot_words(brief, clock) == "as of 09:04 · left out: 3 older notes"
    assert foot_words(among, clock).endswith("left out: 3 older notes (Comfort 2, Open with 1)")
    assert foot_words(dataclasses.replace(brief, left_out=0), clock) == "as of 09:04"
    read = dataclasses.replace(brief, left_out=0, read_at=brief.as_of, read_by_name="Dr Osei")
    assert plain(foot_words(read, clock)) == "as of 09:04 · read 09:04 by Dr Osei"


def test_what_is_late_is_red_and_what_leads_is_bold() -> None:
    pieces = line_pieces(Line(lead="Nia", text=", never Mrs.", urgent="due yesterday", detail="4 September"))

    assert [(piece.text, piece.weight, piece.tone) for piece in pieces] == [
        ("Nia", 700, "text"), (", never Mrs.", 400, "text"), (" due yesterday", 600, "overdue"),
        (" 4 September", 400, "muted"),
    ]  # fmt: skip


def test_one_sentence_stands_for_all_that_waits() -> None:
    assert veil_sentence(NIA) == "Something to open when you are alone with her"
    assert veil_sentence(named("X")) == "Something to open when you are alone with them"
