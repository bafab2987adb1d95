"""The page that a patient takes along says when, who and what, and says the same of the rest whether there is any."""

import datetime as dt
from dataclasses import replace

from rapportdesk.model.looked import LookedDay, LookedLine, WhoLooked
from rapportdesk.model.staff import Role
from rapportdesk.paper.press import Printed
from rapportdesk.paper.who_looked import typeset_who_looked
from tests.paper.invented import CLINIC, NIA, PRINTED_AT, SERIAL
from tests.paper.reading import about, pages_of, text_of

LINE = LookedLine(
    times=(dt.time(9, 4), dt.time(9, 31)), who="Ana Ruiz", roles=frozenset({Role.RECEPTION}), words="looked at the card"
)
DAY = LookedDay(day=dt.date(2026, 11, 20), lines=(LINE,))
ANSWER = WhoLooked(patient=NIA.id, days=(DAY,))
MORE = "Anybody who treats you here can tell you the rest, if there is any."


def printed(answer: WhoLooked = ANSWER, *, large_print: bool = False, language: str = "en") -> Printed:
    return typeset_who_looked(
        answer, NIA, serial=SERIAL, printed_at=PRINTED_AT, clinic_name=CLINIC, large_print=large_print,
        language=language,
    )  # fmt: skip


def test_it_says_when_who_and_what() -> None:
    made = printed()
    page = text_of(made.pdf)
    for words in (
        "Who looked at your record", "Nia Prydderch", "Friday, 20 November 2026", "09:04, 09:31", "Ana Ruiz, reception",
        "looked at the card", MORE, f"print {SERIAL}", CLINIC,
    ):  # fmt: skip
        assert words in page
    assert made.tagged


def test_the_sentence_about_the_rest_stands_there_whether_or_not_there_is_any() -> None:
    assert MORE in text_of(printed(replace(ANSWER, days=())).pdf)
    assert "Nobody has looked yet." in text_of(printed(replace(ANSWER, days=())).pdf)
    whole = text_of(printed(replace(ANSWER, whole=True)).pdf)
    assert MORE not in whole
    assert "This is everything." in whole


def test_what_was_tried_and_not_done_says_so() -> None:
    failed = replace(DAY, lines=(replace(LINE, failed=True, who="", roles=frozenset()),))
    page = text_of(printed(replace(ANSWER, days=(failed,))).pdf)
    assert "looked at the card (not done)" in page
    assert "nobody signed in" in page


def test_a_name_that_is_markup_is_printed_as_it_was_typed() -> None:
    day = replace(DAY, lines=(replace(LINE, who="*Ana* #emph[x] <b>"),))
    assert "*Ana* #emph[x] <b>" in text_of(printed(replace(ANSWER, days=(day,))).pdf)


def test_a_long_answer_takes_as_many_pages_as_it_needs_and_large_print_more() -> None:
    days = tuple(replace(DAY, day=DAY.day - dt.timedelta(days=ago)) for ago in range(60))
    answer = replace(ANSWER, days=days)
    normal, large = printed(answer), printed(answer, large_print=True)
    assert 1 < len(pages_of(normal.pdf)) < len(pages_of(large.pdf))
    assert text_of(normal.pdf).count("looked at the card") == 60


def test_the_file_about_itself_names_nobody() -> None:
    assert "Prydderch" not in str(about(printed().pdf))


def test_it_is_the_same_twice() -> None:
    assert printed().pdf == printed().pdf
