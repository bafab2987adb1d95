"""The form to sign asks every purpose by itself, in the patient's language or saying so, in large print too."""

import datetime as dt
import gettext
import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Identifier, Patient
from rapportdesk.paper.consent_sheet import language_of, typeset_consent_sheet
from rapportdesk.paper.press import Printed
from tests.paper.invented import CLINIC, PRINTED_AT
from tests.paper.reading import about, pages_of, said_in_catalogue, text_of, type_sizes
from tests.repository.tree import ROOT

NIA = Patient(
    id=PatientId("n" * 32),
    name="Nia Prydderch",
    birth_date=dt.date(1958, 3, 14),
    identifiers=(Identifier(value="40218"),),
)
PURPOSES = 9
TALKING = 2


def printed(
    patient: Patient = NIA, *, language: str | None = None, large: bool = False, welsh: bool = False
) -> Printed:
    return typeset_consent_sheet(
        patient, serial="7K3M-Q2XD", printed_at=PRINTED_AT, clinic_name=CLINIC, grace_days=30, large_print=large,
        language="cy" if welsh else language, translations=welsh_catalogue() if welsh else None,
    )  # fmt: skip


def welsh_catalogue() -> gettext.NullTranslations:
    """Return the Welsh catalogue as it stands in the repository, compiled or not."""
    source = Path(ROOT, "resources", "locale", "cy", "LC_MESSAGES", "rapportdesk.po")
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source.read_bytes())))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def with_language(*languages: str) -> Patient:
    return Patient(id=NIA.id, name=NIA.name, languages=languages)


def test_it_says_whose_it_is_and_asks_every_purpose_with_a_yes_and_a_no() -> None:
    page = text_of(printed().pdf)
    assert "Nia Prydderch" in page
    assert "14 March 1958 · 40218" in page
    assert page.count("Yes") == page.count("No ") + page.endswith("No") == PURPOSES + TALKING
    for words in ("keep notes of what I would like remembered", "Those who treat me", "Signature", "by what right"):
        assert words in page
    assert "erased after 30 days" in page


def test_it_is_one_page_in_ordinary_print_and_tagged_either_way() -> None:
    small, large = printed(), printed(large=True)
    assert len(pages_of(small.pdf)) == 1
    assert small.tagged
    assert large.tagged


def test_large_print_is_large_throughout_what_is_read() -> None:
    assert max(type_sizes(printed(large=True).pdf)) > max(type_sizes(printed().pdf))
    assert 18.0 in type_sizes(printed(large=True).pdf)
    assert 18.0 not in type_sizes(printed().pdf)


def test_in_a_language_with_a_catalogue_it_is_in_that_language_and_says_so_to_a_screen_reader() -> None:
    page = printed(with_language("Cymraeg"), welsh=True)
    assert "Beth gawn ni ei gofio amdanoch chi?" in text_of(page.pdf)
    assert "This form is in English" not in text_of(page.pdf)
    assert said_in_catalogue(page.pdf, "/Lang").startswith("cy")


def test_without_a_catalogue_it_is_in_english_and_names_the_language() -> None:
    page = text_of(printed(with_language("Tigrinya", "English"), language="").pdf)
    assert "This person’s language is Tigrinya; this form is in English." in page
    assert "What may we remember about you?" in page


@pytest.mark.parametrize("languages", [(), ("English",), ("english", "Polish")])
def test_whoever_reads_english_is_told_nothing_of_languages(languages: tuple[str, ...]) -> None:
    assert "This person’s language" not in text_of(printed(with_language(*languages), language="").pdf)


def test_a_language_is_known_by_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rapportdesk.paper.consent_sheet.languages_spoken", lambda: ("cy",))
    assert [language_of(with_language(each)) for each in ("Welsh", "Cymraeg", " cymraeg ", "cy", "Polish")] == [
        "cy", "cy", "cy", "cy", "",
    ]  # fmt: skip
    assert language_of(NIA) == ""
    assert language_of(with_language("Polish", "Welsh")) == ""


def test_nothing_about_the_file_names_anybody() -> None:
    said = about(printed().pdf)
    assert "Nia" not in said
    assert "40218" not in said
