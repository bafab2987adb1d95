"""A recovery sheet can be typed back, scanned and understood."""

import datetime as dt
from typing import Literal

import pytest
import segno

from rapportdesk.paper.press import Printed
from rapportdesk.paper.sheet import qr_rows, typeset_sheet
from rapportdesk.vault.recovery_code import new_code, parse_code
from tests.paper.invented import CLINIC, PRINTED_AT
from tests.paper.reading import about, pages_of, rectangles, said_in_catalogue, tags_of, text_of

MODULE = 1.35 * 72 / 25.4  # points


def printed(
    code: str, kind: Literal["desk", "clinicians"] = "desk", language: str = "en", clinic: str = CLINIC
) -> Printed:
    return typeset_sheet(
        kind,
        code,
        3,
        clinic_name=clinic,
        vault_name="desk.rapport",
        made_on=dt.date(2026, 11, 20),
        printed_at=PRINTED_AT,
        language=language,
    )


def test_the_code_on_paper_can_be_typed_back() -> None:
    code = new_code()
    page = text_of(printed(code).pdf)
    groups = code.split("-")
    assert all(f"{number} {group}" in page for number, group in enumerate(groups, start=1))
    written = page[page.index(f"1 {groups[0]}") :].split()[1:12:2]
    assert parse_code(" ".join(written)) == code


def test_the_square_is_the_codes_own() -> None:
    code = new_code()
    drawn = set()
    for x, y, width in rectangles(printed(code).pages_svg[0], MODULE):
        column, row, length = round(x / MODULE), round(y / MODULE), round(width / MODULE)
        drawn |= {(row, column + at) for at in range(length)}

    def dark(text: str) -> set[tuple[int, int]]:
        matrix = segno.make(text, error="q", micro=False).matrix
        return {(row, column) for row, line in enumerate(matrix) for column, module in enumerate(line) if module}

    assert drawn == dark(code)
    assert drawn != dark(new_code())


def test_the_square_is_large_enough_to_scan_from_a_stained_page() -> None:
    rows = qr_rows(new_code())
    assert len(rows) == len(rows[0]) == 29  # version 3: room for 30 signs with a quarter lost
    assert set("".join(rows)) == {"0", "1"}


def test_the_two_sheets_cannot_be_mistaken_for_one_another() -> None:
    desk, clinicians = text_of(printed(new_code()).pdf), text_of(printed(new_code(), "clinicians").pdf)
    assert "The desk’s sheet" in desk
    assert "The clinicians’ sheet" not in desk
    assert "The clinicians’ sheet" in clinicians
    assert "Recovery sheet 3" in desk
    for page in (desk, clinicians):
        assert CLINIC in page
        assert "desk.rapport" in page
        assert "made 20 November 2026" in page
        assert all(heading in page for heading in ("What it opens", "When it is needed", "How to keep it", "Kept by:"))


@pytest.mark.parametrize("language", ["en", "en_US", "cy", "ar"])
def test_it_is_one_tagged_page(language: str) -> None:
    made = printed(new_code(), language=language)
    assert made.tagged
    assert len(pages_of(made.pdf)) == len(made.pages_svg) == 1
    assert "/Figure" in tags_of(made.pdf)
    assert said_in_catalogue(made.pdf, "/Lang").startswith(language[:2])


def test_the_document_itself_does_not_hold_the_code() -> None:
    code = new_code()
    words = about(printed(code).pdf)
    assert "Recovery sheet" in words
    assert not any(group in words for group in code.split("-"))


def test_a_clinics_name_is_text_like_any_other() -> None:
    assert "#1 <b>Surgery</b> $" in text_of(printed(new_code(), clinic="#1 <b>Surgery</b> $").pdf)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    code = new_code()
    assert printed(code).pdf == printed(code).pdf
    assert printed(code).pdf != printed(new_code()).pdf
