"""The brief as text, HTML and JSON: the same words, none of them active."""

import datetime as dt
import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.shown import Brief, BriefKey, Line, Mark
from rapportdesk.paper.brief_formats import brief_data, brief_html, brief_json, brief_text
from tests.paper.invented import NIA, NIAS_BRIEF, VEIL, brief_of, brief_saying, section

ANY_TEXT = st.text(st.characters(), max_size=60)


class Tags(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "action", "style"}]


def hostile(text: str) -> Brief:
    line = Line(lead=text, text=text, detail=text, urgent=text)
    return replace(
        brief_of(text, preferred_name=text, say=text, pronouns=text, own_script_name=text, interpreter=text),
        sections=(section(BriefKey.GREET, text, line),),
    )


def test_text_says_what_the_brief_says() -> None:
    text = brief_text(NIAS_BRIEF)
    assert text.startswith(
        "Nia Prydderch\n14 March 1958 · 68 · she / her · say NEE-ah PRUTH-erkh · speaks Welsh, English\n"
    )
    assert "\n        Greet  Nia, never Mrs. “Diolch” goes down well.\n" in text
    assert f"\n    Take care  Don’t ask after Huw; he died in May.\n               {VEIL}\n" in text
    assert "Results letter in large print [due yesterday, not sent]" in text
    assert text.endswith("as of 09:04 · left out: 3 lines\n")
    assert VEIL not in brief_text(brief_saying("Hello"))


@given(st.integers(0, 200))
def test_text_keeps_to_its_width_and_loses_no_word(width: int) -> None:
    text = brief_text(NIAS_BRIEF, width)
    assert max(map(len, text.splitlines())) <= max(width, 40)
    words = " ".join(text.split())
    assert all(line.text in words for part in NIAS_BRIEF.sections for line in part.lines)


def test_a_label_wider_than_its_column_stands_above() -> None:
    label = "Yr hyn sydd bwysicaf i mi heddiw"
    text = brief_text(replace(NIAS_BRIEF, sections=(section(BriefKey.GREET, label, "Bore da"),)))
    assert f"\n{label}\n{' ' * 22}Bore da\n" in text


@given(ANY_TEXT)
def test_no_text_can_drive_a_terminal(text: str) -> None:
    written = brief_text(hostile(text))
    written.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", written)


def test_times_are_shown_in_the_zone_asked_for() -> None:
    summer = dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC)
    brief = replace(NIAS_BRIEF, as_of=summer)
    assert "as of 08:30" in brief_text(brief)
    assert "as of 09:30" in brief_text(brief, zone=ZoneInfo("Europe/London"))
    assert "as of 09:30" in brief_html(brief, zone=ZoneInfo("Europe/London"))


def test_dates_follow_the_language() -> None:
    assert "March 14, 1958" in brief_text(NIAS_BRIEF, language="en-US")
    assert "14. März 1958" in brief_text(NIAS_BRIEF, language="de")


def test_html_says_what_the_brief_says_and_its_title_names_nobody() -> None:
    page = brief_html(NIAS_BRIEF)
    words = html.unescape(re.sub("<[^>]+>", "", page[page.index("<body>") :]))
    for part in NIAS_BRIEF.sections:
        assert part.label in words
        assert all(line.lead + line.text in words for line in part.lines)
    assert words.count(VEIL) == 1
    assert "Nia Prydderch" in words
    assert "<title>Brief</title>" in page
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB" dir="ltr">')
    assert '<html lang="ar" dir="rtl">' in brief_html(NIAS_BRIEF, language="ar")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "file:///etc/passwd",
        "javascript:alert(1)",
        "</style><style>*{}",
        "{{ 7 * 7 }}{% raw %}",
        "&lt;b&gt;",
    ],
)
def test_html_shows_marks_as_text(text: str) -> None:
    page = brief_html(hostile(text))
    tags = Tags(page)
    assert not tags.seen & {"script", "img", "a", "link", "iframe", "object", "base"}
    assert tags.addresses == []
    assert html.escape(text, quote=False) in page.replace("&#34;", '"').replace("&#39;", "'")
    assert page.count("<style>") == 1


def test_the_check_for_active_html_finds_it_where_it_is() -> None:
    tags = Tags('<p><script>1</script><a href="file:///x">y</a>')
    assert tags.seen == {"p", "script", "a"}
    assert tags.addresses == ["file:///x"]


@given(ANY_TEXT)
def test_any_text_makes_html_that_can_be_written(text: str) -> None:
    page = brief_html(hostile(text))
    page.encode()
    assert Tags(page).addresses == []


def test_several_briefs_are_one_page_and_none_says_so() -> None:
    page = brief_html((NIAS_BRIEF, brief_of("Li Wei")))
    assert page.count("<article>") == 2
    assert "Li Wei" in page
    assert "<title>Briefs</title>" in page
    assert "There is no brief to show." in brief_html(())
    assert "There is no brief to show." not in page


def test_json_has_the_stable_shape() -> None:
    data = json.loads(brief_json(NIAS_BRIEF))
    assert data["version"] == 1
    assert data["patient"] == {
        "id": NIA.id, "name": "Nia Prydderch", "called": "Nia", "birth_date": "1958-03-14", "age": 68,
        "pronouns": "she / her", "say": "NEE-ah PRUTH-erkh",
    }  # fmt: skip
    assert data["appointment"] == {
        "id": "b" * 32, "start": "2026-11-20T09:00:00+00:00", "minutes": 20, "practitioner": "Dr Osei",
        "status": "booked",
    }  # fmt: skip
    keys = [key.value for key in BriefKey if key not in {BriefKey.GOALS, BriefKey.FELT, BriefKey.NEXT_STEP}]
    assert [each["key"] for each in data["sections"]] == keys
    assert data["sections"][4] == {
        "key": "take-care", "label": "Take care", "veil": True,
        "lines": [
            {"lead": "", "text": "Don’t ask after Huw; he died in May.", "detail": "", "urgent": "", "mark": "none",
             "source": ""}
        ],
    }  # fmt: skip
    assert data["sections"][5]["lines"][0]["mark"] == Mark.OVERDUE
    assert (data["as_of"], data["left_out"], data["veiled"]) == ("2026-11-20T09:04:00+00:00", 3, True)
    assert data == brief_data(NIAS_BRIEF)
    assert data["read"] is None
    read = replace(NIAS_BRIEF, read_at=NIAS_BRIEF.as_of, read_by_name="Dr Osei", left_out_of=(("Comfort", 3),))
    assert brief_data(read)["read"] == {"at": "2026-11-20T09:04:00+00:00", "by": "Dr Osei"}
    assert brief_data(read)["left_out_of"] == [{"label": "Comfort", "count": 3}]


def test_json_says_null_for_what_is_not_known() -> None:
    data = brief_data(replace(brief_of("Nia", birth_date=None), age=None, appointment=None))
    assert data["patient"]["birth_date"] is data["patient"]["age"] is data["appointment"] is None


@given(st.text(max_size=60))
def test_json_keeps_text_as_it_was_written(text: str) -> None:
    written = brief_json(hostile(text))
    assert written.isascii()
    assert json.loads(written)["patient"]["name"] == text
    assert json.loads(written)["sections"][0]["lines"][0]["text"] == text


def test_json_holds_no_half_characters() -> None:
    written = brief_json(hostile("a\ud800b"))
    json.loads(written)["patient"]["name"].encode()
    assert json.loads(written)["patient"]["name"] == "a\ufffdb"
