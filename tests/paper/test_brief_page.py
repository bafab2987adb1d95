"""The printed brief: all of it, on one page, tagged, the same every time."""

import datetime as dt
import re
import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.model.shown import Brief, BriefKey, BriefSection, Line
from rapportdesk.paper.brief_page import typeset_brief, typeset_briefs
from rapportdesk.paper.press import Paper, Printed
from tests.paper.invented import (
    CLINIC,
    NIAS_BRIEF,
    PRINTED_AT,
    SERIAL,
    VEIL,
    brief_of,
    brief_saying,
    section,
)
from tests.paper.reading import (
    about,
    glyphs,
    lowest_line,
    pages_of,
    said_in_catalogue,
    tags_of,
    text_of,
    type_sizes,
    xmp_of,
)

MARGIN = 1.8 * 72 / 2.54 - 0.1  # points
NO_FONT_HAS_IT = "\U0010fffd"  # the last private-use character


def printed(brief: Brief, *, language: str = "en", large_print: bool = False, paper: Paper | None = None) -> Printed:
    return typeset_brief(
        brief,
        serial=SERIAL,
        printed_at=PRINTED_AT,
        clinic_name=CLINIC,
        language=language,
        large_print=large_print,
        paper=paper,
    )


def overfull(lines: int, words: int) -> tuple[Brief, list[str]]:
    """Return a brief with so many lines in each section, and a word that marks each line."""
    marks = [f"Q{at}Z{number}Q" for at in range(len(BriefKey)) for number in range(lines)]
    sections: tuple[BriefSection, ...] = tuple(
        section(key, key.value, *(f"{mark} " + "word " * words for mark in marks if mark.startswith(f"Q{at}Z")))
        for at, key in enumerate(BriefKey)
    )
    return replace(NIAS_BRIEF, sections=sections, left_out=0), marks


def test_the_page_says_what_the_brief_says() -> None:
    page = text_of(printed(NIAS_BRIEF).pdf)
    for part in NIAS_BRIEF.sections:
        assert part.label in page
        for line in part.lines:
            assert line.lead + line.text in page
            assert line.detail in page
            assert line.urgent in page
    assert "Nia Prydderch" in page
    assert "14 March 1958 · 68 · she / her · say NEE-ah PRUTH-erkh" in page
    assert "Friday, 20 November 2026 · 09:00 · Dr Osei" in page
    assert page.count(VEIL) == 1
    assert "For the desk to remember:" in page
    assert f"print {SERIAL} · printed 20 Nov 2026, 09:06 · as of 09:04 · left out: 3 lines" in page


def test_a_brief_with_nothing_veiled_or_left_out_says_neither() -> None:
    page = text_of(printed(brief_saying("Hello")).pdf)
    assert "Hello" in page
    assert VEIL not in page
    assert "left out" not in page


def test_times_stand_in_the_practices_zone() -> None:
    summer = dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC)
    assert NIAS_BRIEF.appointment is not None
    visit = replace(NIAS_BRIEF.appointment, start=summer)
    page = text_of(printed(replace(NIAS_BRIEF, appointment=visit, as_of=summer)).pdf)
    assert "Wednesday, 1 July 2026 · 09:30" in page
    assert "as of 09:30" in page


def test_preview_shows_the_same_single_page() -> None:
    made = printed(NIAS_BRIEF)
    assert len(made.pages_svg) == len(pages_of(made.pdf)) == 1
    assert made.pages_svg[0].startswith("<svg ")
    assert len(glyphs(made.pages_svg[0])) > 300
    assert len(glyphs(printed(brief_saying("Hi")).pages_svg[0])) < len(glyphs(made.pages_svg[0]))


def test_the_pdf_is_tagged_to_pdf_ua() -> None:
    made = printed(NIAS_BRIEF, language="cy")
    assert made.tagged
    assert made.note == ""
    assert said_in_catalogue(made.pdf, "/MarkInfo", "/Marked") == "True"
    assert said_in_catalogue(made.pdf, "/Lang") == "cy"
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp_of(made.pdf)
    tags = tags_of(made.pdf)
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == len(NIAS_BRIEF.sections) + 1
    assert tags[0] == "/Document"


def test_the_document_itself_names_nobody() -> None:
    words = about(printed(NIAS_BRIEF).pdf)
    assert "Brief" in words
    assert "Prydderch" not in words
    assert "Nia" not in words


def test_the_same_brief_gives_the_same_bytes_and_another_does_not() -> None:
    assert printed(NIAS_BRIEF) == printed(NIAS_BRIEF)
    assert printed(NIAS_BRIEF).pdf != printed(replace(NIAS_BRIEF, left_out=2)).pdf


def test_it_can_be_set_in_a_worker_thread() -> None:
    made: list[Printed] = []
    worker = threading.Thread(target=lambda: made.append(printed(NIAS_BRIEF)))
    worker.start()
    worker.join(60)
    assert made == [printed(NIAS_BRIEF)]


@pytest.mark.parametrize(
    "text", ["# <b>$x$</b> @you *a* _b_ `c` \\n #let", "<script>alert(1)</script>", "file:///etc/passwd", '#read("x")']
)
def test_marks_print_as_typed(text: str) -> None:
    made = printed(brief_saying(text))
    assert made.tagged
    assert text in text_of(made.pdf)


@pytest.mark.parametrize(
    "text",
    ["Angharad ŵŷ Llŷr", "Łukasz Żółć", "Nguyễn Thị Ệ", "Ørsted ß Ğ ı İ", "Ελένη", "Оксана ї", "李伟 喆", "김 하나"],
)
def test_names_of_many_scripts_have_letters(text: str) -> None:
    made = printed(brief_saying(text))
    assert made.tagged
    assert text in text_of(made.pdf)


@pytest.mark.parametrize("text", ["هذا علي", "שלום", "हिन्दी", "தமிழ்", "ไทย", "አማርኛ", "ქართული", "বাংলা", "Հայ"])
def test_names_of_shaped_scripts_have_letters(text: str) -> None:
    made = printed(brief_saying(text))
    assert made.tagged
    assert made.note == ""


def test_arabic_letters_join() -> None:
    def forms(text: str) -> set[str]:
        plain = set(glyphs(printed(brief_saying("")).pages_svg[0]))
        return set(glyphs(printed(brief_saying(text)).pages_svg[0])) - plain

    assert len(forms("ععع")) == 3  # initial, medial, final
    assert len(forms("ع ع ع")) == 1


def test_a_name_written_from_the_right_does_not_pull_the_number_after_it_along() -> None:
    brief = brief_of("Nia Prydderch", say="", pronouns="علي", own_script_name="45")
    assert "14 March 1958 · 68 · علي · 45" in text_of(printed(brief).pdf)  # not isolated, 45 stands to the left of it


def test_a_page_in_a_language_from_the_right_is_mirrored() -> None:
    made = printed(NIAS_BRIEF, language="ar")
    assert said_in_catalogue(made.pdf, "/Lang") == "ar"
    assert said_in_catalogue(made.pdf, "/ViewerPreferences", "/Direction") == "/R2L"
    assert said_in_catalogue(printed(NIAS_BRIEF).pdf, "/ViewerPreferences", "/Direction") == "/L2R"


def test_a_sign_without_letters_is_said_and_the_rest_is_printed() -> None:
    made = printed(brief_saying(f"Likes {NO_FONT_HAS_IT} and tea"))
    assert not made.tagged
    assert "pdfuaid" not in xmp_of(made.pdf)
    assert made.note
    assert NO_FONT_HAS_IT not in made.note
    assert "and tea" in text_of(made.pdf)
    assert len(made.pages_svg) == 1


@pytest.mark.parametrize(
    "text", ["tab\there\x07\x00", "half \ud800", "\ufeff\ufffe", "z" + "\u0301" * 90, "\u202eevil"]
)
def test_what_no_page_can_hold_leaves_the_page_tagged(text: str) -> None:
    made = printed(brief_of(f"Nia {text}", own_script_name=text, pronouns=text))
    assert made.tagged
    assert "For the desk to remember:" in text_of(made.pdf)


def test_a_megabyte_pasted_into_every_field_is_still_one_page() -> None:
    flood = "x" * (1 << 20)
    line = Line(lead=flood, text=flood, detail=flood, urgent=flood)
    brief = replace(
        brief_of(flood, preferred_name=flood, say=flood, pronouns=flood, own_script_name=flood, interpreter=flood),
        sections=(section(BriefKey.TAKE_CARE, flood, line),),
    )
    for large_print in (False, True):
        made = printed(brief, large_print=large_print)
        assert len(made.pages_svg) == len(pages_of(made.pdf)) == 1
        assert "For the desk to remember:" in text_of(made.pdf)
        assert lowest_line(made.pdf) >= MARGIN


@given(st.integers(0, 9), st.integers(1, 60), st.booleans(), st.sampled_from(Paper))
@settings(max_examples=20, deadline=None)
def test_whatever_it_holds_it_is_one_page_and_counts_what_is_left_out(
    lines: int, words: int, large_print: bool, paper: Paper
) -> None:
    brief, marks = overfull(lines, words)
    made = printed(brief, large_print=large_print, paper=paper)
    assert len(made.pages_svg) == 1
    (page,) = pages_of(made.pdf)
    there = sum(mark in page for mark in marks)
    said = re.search(r"left out: (\d+) line", page)
    assert there + int(said.group(1) if said else 0) == len(marks)
    assert "Hand this page back" in page
    assert lowest_line(made.pdf) >= MARGIN


def test_what_protects_is_given_up_last() -> None:
    brief, marks = overfull(5, 40)
    page = text_of(printed(brief).pdf)
    at = list(BriefKey).index(BriefKey.TAKE_CARE)
    protecting = [mark for mark in marks if mark.startswith(f"Q{at}Z")]
    assert all(mark in page for mark in protecting)
    assert not all(mark in page for mark in marks)


def test_the_veil_stays_when_lines_are_given_up() -> None:
    brief, _marks = overfull(9, 60)
    sections = tuple(replace(each, veil=each.key is BriefKey.TAKE_CARE) for each in brief.sections)
    page = text_of(printed(replace(brief, sections=sections), large_print=True).pdf)
    assert VEIL in page
    assert "left out" in page


def test_large_print_is_larger_and_has_the_same_words() -> None:
    usual, large = printed(NIAS_BRIEF), printed(NIAS_BRIEF, large_print=True)
    assert "Results letter in large print" in text_of(large.pdf)
    assert "left out: 3 lines" in text_of(large.pdf)
    assert type_sizes(large.pdf) & {16, 17, 18}
    assert not type_sizes(usual.pdf) & {16, 17, 18}
    assert 12 in type_sizes(usual.pdf)


def test_the_sheet_is_the_one_offices_use_there() -> None:
    assert 'width="612pt"' in printed(NIAS_BRIEF, language="en-US").pages_svg[0]
    assert 'width="595.2' in printed(NIAS_BRIEF, language="en").pages_svg[0]
    assert 'width="595.2' in printed(NIAS_BRIEF, language="en-US", paper=Paper.A4).pages_svg[0]


def test_several_briefs_have_a_page_and_a_serial_each() -> None:
    others = tuple(brief_of(name) for name in ("Li Wei", "Yusuf Demir"))
    serials = ("1AAA-AAAA", "2BBB-BBBB")
    made = typeset_briefs(others, serials=serials, printed_at=PRINTED_AT, clinic_name=CLINIC)
    pages = pages_of(made.pdf)
    assert len(pages) == len(made.pages_svg) == 2
    for page, brief, serial in zip(pages, others, serials, strict=True):
        assert brief.patient.name in page
        assert f"print {serial}" in page
        assert page.count("print ") >= 1
    assert made.tagged
    assert made.serial == "1AAA-AAAA, 2BBB-BBBB"
    assert "Li Wei" not in pages[1]


def test_no_briefs_are_a_page_that_says_so() -> None:
    made = typeset_briefs((), serials=(), printed_at=PRINTED_AT, clinic_name=CLINIC)
    assert text_of(made.pdf) == "There is no brief to print."
