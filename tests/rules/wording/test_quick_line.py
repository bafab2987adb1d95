"""Plain text saves as typed, always; each mark counts only where the grammar says."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.model.note import NoteKind, Source
from rapportdesk.model.patient import RelatedPerson
from rapportdesk.rules.wording.quick_line import ALT_KINDS, Promise, QuickLine, read_line
from tests.rules.invented import GWEN, TODAY, handle

TOPICS = ((handle("bereavement"), "bereavement"), (handle("loss"), "pregnancy loss"), (handle("money"), "Money"))
MARY = RelatedPerson(id="mary", name="Mary-Jane Ørsted")
PEOPLE = (GWEN, MARY, RelatedPerson(id="ann1", name="Ann Lee"), RelatedPerson(id="ann2", name="Ann Hughes"))


def read(text: str, kind: NoteKind | None = None) -> QuickLine:
    return read_line(text, topics=TOPICS, people=PEOPLE, today=TODAY, kind=kind)


PLAIN = [
    "The leeks took second prize",
    "  two spaces before,  two between, one after ",
    "!no space after it",
    "not at the start ! please",
    "! ",
    "#weather and @Nobody",
    "C#minor, gwen@example.org, #1",
    "by Tuesday, tomorrow at 11:00",
    "I promise: nothing",
    "promise:",
    'He said "no" and left',
    '"a" and "b"',
    '"',
    "“unfinished",
    "tab\tand\nnew line",
    "\u202eright to left\u202c and \ud800 and 😀 and \x00",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_kept_as_typed(text: str) -> None:
    line = read(text)
    assert line == QuickLine(kind=NoteKind.ALSO_WORTH_KNOWING, text=text)
    assert line.source is Source.OBSERVED_BY_STAFF


@settings(max_examples=3000)
@given(st.text())
def test_any_text_is_read_and_only_marks_and_quotation_marks_are_taken_off(text: str) -> None:
    line = read(text)
    rest = text
    if line.please_dont:
        assert text.startswith("! ")
        rest = text[2:]
    if line.quote:
        stripped = rest.strip()
        assert len(stripped) >= 3
        assert line.text == stripped[1:-1]
    else:
        assert line.text == rest
    assert line.promise is None or text.strip().casefold().startswith("promise:")


def test_a_leading_exclamation_mark_and_space_make_it_a_please_dont() -> None:
    line = read("! Don’t call her Mrs")
    assert (line.kind, line.text, line.please_dont) == (NoteKind.PLEASE_DONT, "Don’t call her Mrs", True)
    assert read("! no", NoteKind.HOBBY).kind is NoteKind.PLEASE_DONT


@pytest.mark.parametrize("kind", ALT_KINDS)
def test_the_chosen_kind_is_kept(kind: NoteKind) -> None:
    assert read("leeks", kind).kind is kind
    assert read("leeks", kind).kind_chosen
    assert not read("leeks").kind_chosen


def test_alt_1_to_6_are_the_six_kinds_of_the_design() -> None:
    assert ALT_KINDS == (
        NoteKind.PLEASE_DO,
        NoteKind.PLEASE_DONT,
        NoteKind.HOBBY,
        NoteKind.PREFERENCE,
        NoteKind.PEOPLE_IMPORTANT_TO_ME,
        NoteKind.IMPORTANT_TO_ME,
    )


@pytest.mark.parametrize("typed", ["“{}”", '"{}"', "«{}»", "„{}“", "「{}」", '  "{}" '])
def test_quotation_marks_make_the_words_theirs(typed: str) -> None:
    line = read(typed.format("The leeks took second prize!"), NoteKind.HOBBY)
    assert (line.text, line.quote, line.source) == ("The leeks took second prize!", True, Source.SAID_BY_PATIENT)
    dont = read("! " + typed.format("Never Mrs"))
    assert (dont.text, dont.quote, dont.kind) == ("Never Mrs", True, NoteKind.PLEASE_DONT)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("#bereavement he died in May", "bereavement"),
        ("he died in May #Bereavement.", "bereavement"),
        ("#pregnancy-loss", "pregnancy loss"),
        ("#weather #money", "Money"),
    ],
)
def test_a_topic_counts_when_it_is_on_the_card_and_stays_in_the_text(text: str, topic: str) -> None:
    line = read(text)
    assert (line.topic_name, line.text) == (topic, text)
    assert line.topic in {handle for handle, name in TOPICS if name == topic}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("ask @Gwen", "gwen"),
        ("@gwen's number", "gwen"),
        ("@mary-jane", "mary"),
        ("@MaryJaneOrsted", "mary"),
        ("@Ann", None),
        ("@Ann-Lee", "ann1"),
    ],
)
def test_a_person_counts_when_just_one_on_the_card_is_meant(text: str, person: str | None) -> None:
    line = read(text)
    assert (line.person, line.text) == (person, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("promise: send the letter by Tuesday", Promise(text="send the letter", due=dt.date(2026, 11, 24))),
        ("Promise: ring today", Promise(text="ring", due=TODAY)),
        ("promise:ring tomorrow at 9:30", Promise(text="ring", due=dt.date(2026, 11, 21), due_time=dt.time(9, 30))),
        ("promise: ring by 11:00", Promise(text="ring", due=TODAY, due_time=dt.time(11))),
        ("promise: tomorrow ring about 4.30", Promise(text="tomorrow ring about 4.30", due=dt.date(2026, 11, 21))),
        ("promise: ring her back", Promise(text="ring her back")),
        ("promise: tomorrow", Promise(text="tomorrow", due=dt.date(2026, 11, 21))),
        ("promise: leaflet, by 3 March.", Promise(text="leaflet", due=dt.date(2027, 3, 3))),
    ],
)
def test_a_promise_makes_a_task(text: str, expected: Promise) -> None:
    line = read(text)
    assert line.promise == expected
    assert line.text == text


def test_a_pasted_mebibyte_of_marks_is_read_at_once_and_kept() -> None:
    for piece in ("#a ", "@a ", "by 3 ", '"', "! ", "in 4 "):
        text = "promise: " + piece * (2**20 // len(piece))
        assert read(text).text == text
        assert not re.search("^promise", read(piece * 10).text)


def test_an_empty_line_holds_nothing() -> None:
    assert all(read(text).is_empty for text in ("", "   ", "\n\t"))
    assert not read(".").is_empty
