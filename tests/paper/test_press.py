"""One path to paper: heavy libraries late, faults without text, serials that tell nothing."""

import datetime as dt
import subprocess
import sys

import pytest
from babel import Locale

from rapportdesk.paper.press import Paper, new_serial, paper_for, press
from rapportdesk.paper.wording import reading_locale
from tests.paper.invented import PRINTED_AT, SERIAL
from tests.paper.reading import about, said_in_catalogue, xmp_of

LOADED = """
import sys
import rapportdesk.paper.brief_formats, rapportdesk.paper.brief_page, rapportdesk.paper.desk_slip
import rapportdesk.paper.patient_file, rapportdesk.paper.sheet
print(sorted({"typst", "jinja2", "segno", "PySide6"} & set(sys.modules)))
import typst
print("typst" in sys.modules)
"""


def test_importing_paper_loads_no_typesetter() -> None:
    found = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.splitlines() == ["[]", "True"]


def test_a_broken_template_says_nothing_of_the_text() -> None:
    with pytest.raises(RuntimeError) as fault:
        press(
            "brief.typ",
            {"clinic": "Zanzibar"},
            title="Brief",
            serial=SERIAL,
            printed_at=PRINTED_AT,
            locale=Locale("en"),
        )
    assert "Zanzibar" not in str(fault.value)
    assert fault.value.__context__ is None


def test_the_metadata_would_show_a_name_if_one_were_put_there() -> None:
    made = press(
        "desk_slip.typ",
        {
            "clinic": "", "heading": "Slip", "day": "", "size": 10, "wide": False, "columns": [], "rows": [],
            "nobody": "Nobody", "foot": [], "hand_back": "",
        },
        title="Nia Prydderch",
        serial=SERIAL,
        printed_at=PRINTED_AT,
        locale=Locale("en", "GB"),
    )  # fmt: skip
    assert "Prydderch" in about(made.pdf)
    assert said_in_catalogue(made.pdf, "/Lang") == "en-GB"


def test_the_date_of_the_document_is_when_it_was_printed() -> None:
    made = press(
        "desk_slip.typ",
        {
            "clinic": "", "heading": "Slip", "day": "", "size": 10, "wide": False, "columns": [], "rows": [],
            "nobody": "Nobody", "foot": [], "hand_back": "",
        },
        title="Slip",
        serial=SERIAL,
        printed_at=dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        locale=Locale("en", "GB"),
    )  # fmt: skip
    assert "<xmp:CreateDate>2026-07-01T09:00:00" in xmp_of(made.pdf)


def test_serials_are_random_and_easy_to_read_out() -> None:
    serials = {new_serial() for _try in range(200)}
    assert len(serials) == 200
    for serial in serials:
        assert len(serial) == 9
        assert serial[4] == "-"
        assert not set(serial) & set("ILOU")


@pytest.mark.parametrize(
    ("language", "paper"),
    [("en", Paper.A4), ("en-US", Paper.LETTER), ("es_MX", Paper.LETTER), ("fr_CA", Paper.LETTER), ("cy", Paper.A4)],
)
def test_paper_follows_the_territory(language: str, paper: Paper) -> None:
    assert paper_for(reading_locale(language)) is paper


@pytest.mark.parametrize("name", ["", "en", "C", "POSIX", "not a language", "xx_YY", "en_GB.UTF-8"])
def test_an_unknown_language_is_read_as_british_english(name: str) -> None:
    assert str(reading_locale(name)) == "en_GB"


def test_a_known_language_is_taken() -> None:
    assert str(reading_locale("pt-BR")) == "pt_BR"
