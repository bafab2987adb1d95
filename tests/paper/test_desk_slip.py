"""The desk slip helps to greet and tells nobody's name."""

import datetime as dt
from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.model.shown import DeskSlipRow
from rapportdesk.paper.desk_slip import typeset_desk_slip
from rapportdesk.paper.press import Printed
from tests.paper.invented import CLINIC, PRINTED_AT, SERIAL
from tests.paper.reading import about, pages_of, tags_of, text_of

NIA = DeskSlipRow(
    time=dt.time(9, 0),
    initials="NP",
    number_ending="218",
    greeting="Nia, never Mrs",
    comfort="Window chair",
    promises=("Results letter", "Ring about parking"),
)


def printed(*rows: DeskSlipRow, large_print: bool = False, language: str = "en") -> Printed:
    return typeset_desk_slip(
        rows,
        date=PRINTED_AT.date(),
        serial=SERIAL,
        printed_at=PRINTED_AT,
        clinic_name=CLINIC,
        large_print=large_print,
        language=language,
    )


def test_a_row_says_what_is_needed_to_greet() -> None:
    made = printed(NIA)
    page = text_of(made.pdf)
    for words in ("Friday, 20 November 2026", "09:00", "NP", "218", *(NIA.greeting, NIA.comfort), *NIA.promises):
        assert words in page
    assert f"print {SERIAL}" in page
    assert made.tagged
    assert made.serial == SERIAL


def test_it_holds_nothing_else() -> None:
    assert {each.name for each in fields(DeskSlipRow)} == {
        "time", "initials", "number_ending", "greeting", "comfort", "promises",
    }  # fmt: skip


def test_of_a_whole_number_only_the_end_is_printed() -> None:
    page = text_of(printed(DeskSlipRow(time=dt.time(9), initials="NP", number_ending="9876543 ")).pdf)
    assert "543" in page
    assert "6543" not in page


def test_it_is_a_table_with_its_heading_on_every_page() -> None:
    made = printed(*[NIA] * 60)
    pages = pages_of(made.pdf)
    assert len(pages) == len(made.pages_svg) > 1
    for number, page in enumerate(pages, start=1):
        assert "Number ends" in page
        assert f"{number} / {len(pages)}" in page
    assert sum(page.count("Window chair") for page in pages) == 60
    tags = tags_of(made.pdf)
    assert tags.count("/TH") == 6
    assert tags.count("/TD") == 360


def test_a_day_without_visits_says_so() -> None:
    assert "Nobody is expected." in text_of(printed().pdf)
    assert "Nobody is expected." not in text_of(printed(NIA).pdf)


def test_the_document_itself_says_only_what_it_is() -> None:
    assert "Desk slip" in about(printed(NIA).pdf)
    assert "Nia" not in about(printed(NIA).pdf)


def test_hostile_cells_stay_text() -> None:
    page = text_of(
        printed(DeskSlipRow(time=dt.time(9), initials="#@", greeting="<b>$x$ #let", comfort="\x07\ud800 *a* _b_")).pdf
    )
    assert "<b>$x$ #let" in page
    assert "*a* _b_" in page


def test_the_same_day_gives_the_same_bytes() -> None:
    assert printed(NIA).pdf == printed(NIA).pdf
    assert printed(NIA).pdf != printed(NIA, NIA).pdf


@given(st.text(max_size=400), st.booleans())
@settings(max_examples=15, deadline=None)
def test_any_text_can_be_printed(text: str, large_print: bool) -> None:
    row = DeskSlipRow(time=dt.time(9), initials=text, number_ending=text, greeting=text, comfort=text, promises=(text,))
    made = printed(row, large_print=large_print)
    assert "09:00" in text_of(made.pdf)
    assert made.tagged == (made.note == "")
