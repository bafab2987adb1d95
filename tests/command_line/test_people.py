"""What is said of patients on the command line is kept, found and refused as at the desk."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapportdesk.model.note import NoteKind
from tests.command_line.clinic import CLINICIAN, DAY, MANAGER, RECEPTION, Clinic

TELLING = "Keeps racing pigeons"
CANNOT_BE_KEPT = {
    "no text": "", "blank": " \t ", "too long": "x" * 20_001, "half a character": b"half \xff a character",
}  # fmt: skip


def note(clinic: Clinic, text: str | bytes = TELLING, *more: str, patient: str = "", stdin: bytes = b"") -> Any:
    """Try to keep a note on Nia, or on somebody else."""
    return clinic.call("note", "add", patient or clinic.nia, "--kind", "hobby", text, *more, stdin=stdin)


def found(clinic: Clinic, query: str, staff: str = RECEPTION) -> list[str]:
    """Return the ids that a search gives."""
    return [hit["id"] for hit in clinic.call("search", query, "--json", staff=staff).json()]


def test_a_search_gives_a_list_of_objects_with_id_name_and_birth_date(founded: Clinic) -> None:
    nia, ali = (founded.call("search", name, "--json").json()[0] for name in ("nia pryd", "Hassan"))
    assert (nia["id"], nia["name"], nia["birth_date"]) == (founded.nia, "Nia Prydderch", "1958-03-14")
    assert (ali["id"], ali["name"], ali["birth_date"]) == (founded.ali, "Ali Hassan", None)
    assert founded.run("search", "nobody at all", "--json").json() == []


@pytest.mark.parametrize(
    "query",
    ["Nia", "prydderch", "14 Mar 1958", "1958-03-14", "40218", "01632 960123", "NIA P"],
)
def test_somebody_is_found_in_words_with_their_birth_date(founded: Clinic, query: str) -> None:
    lines = founded.call("search", query).done().splitlines()
    assert [line.split()[0] for line in lines] == [founded.nia]
    assert "1958-03-14" in lines[0]


@pytest.mark.parametrize("query", ["", " ", "x" * 100_000, "%", "*", '"', "' OR 1=1 --", "\n", "\udcff", "‮", "NEAR("])
def test_nothing_that_is_searched_for_is_a_fault(founded: Clinic, query: str) -> None:
    assert founded.call("search", query, "--json").json() == []
    assert founded.call("search", query).done() == "Nobody found.\n"


def test_a_note_is_kept_and_found_by_its_words(clinic: Clinic) -> None:
    made = clinic.call("note", "add", clinic.nia, "--kind", "hobby", TELLING, "--json").json()
    hit = clinic.call("search", "pigeons", "--json").json()[0]
    assert (hit["id"], hit["snippet"]) == (clinic.nia, TELLING)
    assert len(made["id"]) == 32
    assert TELLING in clinic.brief_of(clinic.nia)


@pytest.mark.parametrize("named", ["40218", "id"])
def test_a_patient_is_named_by_id_or_number(clinic: Clinic, named: str) -> None:
    note(clinic, patient=clinic.nia if named == "id" else named).done()
    assert found(clinic, "pigeons") == [clinic.nia]


@pytest.mark.parametrize("named", ["Nia", "99999", "", "\udcff", "0" * 32, "-"])
def test_a_patient_who_is_not_there_is_a_sentence_that_repeats_nothing(founded: Clinic, named: str) -> None:
    for command in (
        ("note", "add", named, "--kind", "hobby", TELLING),
        ("consent", "set", named, "--covers", "phone", "--status", "active"),
        ("topic", "set", named, "--topic", "money", "--permission", "welcome"),
    ):
        said = founded.call(*command).refused()
        assert TELLING not in said
        assert "99999" not in said


def test_without_consent_a_note_is_refused_and_nothing_of_it_is_kept(clinic: Clinic) -> None:
    before = clinic.counts()
    ran = clinic.call("note", "add", clinic.ali, "--kind", "hobby", TELLING)
    assert "pigeons" not in ran.refused()
    assert "agreed" in ran.err
    after = clinic.counts()
    assert (after["patients"], after["records"]) == (before["patients"], before["records"])
    assert found(clinic, "pigeons") == []
    clinic.call("consent", "set", clinic.ali, "--covers", "keep-notes", "--status", "active").done()
    note(clinic, patient=clinic.ali).done()
    assert found(clinic, "pigeons") == [clinic.ali]


@pytest.mark.parametrize("text", CANNOT_BE_KEPT.values(), ids=CANNOT_BE_KEPT)
def test_a_text_that_cannot_be_kept_is_refused_and_not_repeated(clinic: Clinic, text: str | bytes) -> None:
    before = clinic.counts()["records"]
    said = note(clinic, text).refused()
    assert len(said) < 200
    assert "character" not in said or "half" not in said
    assert clinic.counts()["records"] == before


@pytest.mark.parametrize("written", [b"", b"\xff\xfe", b"x" * 1_048_576, b"\xef\xbb\xbf"], ids=len)
def test_standard_input_that_cannot_be_kept_is_refused(clinic: Clinic, written: bytes) -> None:
    note(clinic, "-", stdin=written).refused()
    assert found(clinic, "xxxx") == []


@pytest.mark.parametrize(
    "text",
    ["<b>#\\&", "עברית עם English", "👩‍👩‍👧 family", "“leeks”", "two\nlines", "x" * 20_000],
    ids=["markup", "right to left", "emoji", "quotes", "lines", "as long as may be"],
)
def test_odd_text_comes_back_as_it_was_written(clinic: Clinic, text: str) -> None:
    before = clinic.counts()["records"]
    note(clinic, "-", "--json", stdin=f"\ufeff{text}\r\n".encode()).done()
    assert clinic.counts()["records"] == before + 1
    if len(text) > 100:
        return
    sections = clinic.call("brief", "--patient", clinic.nia, "--json", staff=CLINICIAN).json()["sections"]
    assert any(text == line["text"] for section in sections for line in section["lines"])


def test_withdrawing_consent_hides_at_once_and_giving_it_again_brings_back(clinic: Clinic) -> None:
    def say(status: str) -> None:
        clinic.call("consent", "set", clinic.nia, "--covers", "keep-notes", "--status", status).done()

    note(clinic).done()
    assert TELLING in clinic.brief_of(clinic.nia)
    say("inactive")
    assert "pigeons" not in clinic.brief_of(clinic.nia)
    assert found(clinic, "pigeons") == found(clinic, "pigeons", MANAGER) == []
    note(clinic).refused()
    say("active")
    assert TELLING in clinic.brief_of(clinic.nia)


def test_without_consent_to_share_a_note_stays_at_the_desk(clinic: Clinic) -> None:
    note(clinic).done()
    clinic.call("consent", "set", clinic.nia, "--covers", "share-with-clinicians", "--status", "rejected").done()
    assert "pigeons" not in clinic.brief_of(clinic.nia)
    assert found(clinic, "pigeons", CLINICIAN) == []
    assert found(clinic, "pigeons") == [clinic.nia]


def test_consent_that_ended_yesterday_permits_nothing(clinic: Clinic) -> None:
    yesterday = (dt.datetime.now(dt.UTC) - dt.timedelta(days=2)).date().isoformat()
    given = ("consent", "set", clinic.ali, "--covers", "keep-notes", "--status", "active", "--until")
    clinic.call(*given, yesterday).done()
    note(clinic, patient=clinic.ali).refused()
    clinic.call(*given, "2099-01-01").done()
    note(clinic, patient=clinic.ali).done()


def test_talking_with_somebody_needs_somebody_on_the_card(clinic: Clinic) -> None:
    given = ("consent", "set", clinic.nia, "--status", "active", "--covers")
    clinic.call(*given, "talk-with").refused()
    clinic.call(*given, "phone", "--person", "Gwen").refused()
    clinic.call(*given, "talk-with", "--person", "Huw").refused()
    before = clinic.brief_of(clinic.nia)
    clinic.call(*given, "talk-with", "--person", "Gwen").done()
    assert clinic.brief_of(clinic.nia) != before
    assert "Gwen" in clinic.brief_of(clinic.nia)


def test_a_topic_says_how_it_may_be_raised(clinic: Clinic) -> None:
    said = ("topic", "set", clinic.nia, "--topic", "bereavement", "--permission")
    clinic.call(*said, "not-in-front-of").refused()
    clinic.call(*said, "welcome", "--person", "Gwen").refused()
    clinic.call(*said, "do-not-raise", "--json").json()
    assert "ereavement" in clinic.brief_of(clinic.nia)


def test_a_note_on_a_topic_named_to_clinicians_is_not_reception_s_to_find(clinic: Clinic) -> None:
    note(clinic, "Waits for a pigeon result", "--topic", "HIV").done()
    note(clinic, "Pigeons, alone", "--audience", "clinicians").done()
    assert found(clinic, "pigeon") == found(clinic, "alone") == []
    brief = clinic.call("brief", "--patient", clinic.nia, "--json", staff=CLINICIAN).json()
    assert brief["veiled"] is True
    assert "pigeon" not in str(brief).casefold()
    assert "HIV" not in str(brief)


def test_every_kind_that_is_listed_may_be_written(clinic: Clinic) -> None:
    before = clinic.counts()["records"]
    for kind in NoteKind:
        clinic.call("note", "add", clinic.nia, "--kind", kind, f"One of {kind}").done()
    assert clinic.counts()["records"] == before + len(NoteKind)


def test_a_brief_of_a_day_lists_who_comes(founded: Clinic, tmp_path: Path) -> None:
    day = founded.call("brief", "--date", DAY.isoformat(), "--json", staff=CLINICIAN).json()
    assert [each["patient"]["name"] for each in day] == ["Nia Prydderch"]
    assert day[0]["appointment"]["id"] == founded.visit
    words = founded.call("brief", "--date", DAY.isoformat(), staff=CLINICIAN).done()
    assert "Nia Prydderch" in words
    assert CLINICIAN in words
    empty = (DAY + dt.timedelta(days=1)).isoformat()
    assert founded.call("brief", "--date", empty, "--json", staff=CLINICIAN).json() == []
    assert founded.call("brief", "--date", empty, staff=CLINICIAN).done().strip() == "Nobody is booked on that day."
