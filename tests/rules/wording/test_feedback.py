"""Nothing that a manager may see tells what fewer than five people answered, and no invitation follows the answer."""

import datetime as dt
import inspect
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.exchange.feedback_csv import feedback_csv
from rapportdesk.model.consent import Covers
from rapportdesk.model.feedback import (
    Answers,
    Experience,
    FeedbackMonth,
    FeedbackQuestion,
    FeedbackWords,
    Share,
    TrendCell,
)
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.visibility import Seen
from rapportdesk.rules.wording.feedback import LEAST, LEAST_FOR_SHARES, asking, readable_words, trend, waiting_concerns
from rapportdesk.rules.wording.feedback_words import question_words
from tests.ui.people import NIA

TODAY = dt.date(2026, 11, 20)
OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)

scale = st.sampled_from(Experience)
answers = st.builds(Answers, overall=scale, listened=scale, explained=scale)
months = st.lists(
    st.builds(
        FeedbackMonth,
        month=st.integers(1, 12).map(lambda month: dt.date(2026, month, 1)),
        answers=st.lists(answers, max_size=24).map(tuple),
    ),
    max_size=4,
    unique_by=lambda month: month.month,
)


def of(good: int, others: int, month: dt.date = OCTOBER) -> FeedbackMonth:
    """A month in which so many had a good experience, and so many had not."""
    one, other = Answers(overall=Experience.GOOD), Answers(overall=Experience.POOR)
    return FeedbackMonth(month=month, answers=(one,) * good + (other,) * others)


def overall(cells: tuple[TrendCell, ...]) -> list[tuple[int | None, Share, int | None]]:
    return [(each.answers, each.share, each.good) for each in cells if each.question is FeedbackQuestion.OVERALL]


@pytest.mark.parametrize(
    ("good", "others", "shown"),
    [
        (4, 0, (None, Share.WITHHELD, None)),
        (0, 1, (None, Share.WITHHELD, None)),
        (5, 0, (5, Share.WITHHELD, None)),
        (4, 4, (8, Share.WITHHELD, None)),
        (5, 4, (9, Share.WITHHELD, None)),
        (10, 0, (10, Share.FEW_OTHERS, None)),
        (20, 4, (24, Share.FEW_OTHERS, None)),
        (4, 6, (10, Share.FEW_GOOD, None)),
        (5, 5, (10, Share.EXACT, 5)),
        (30, 6, (36, Share.EXACT, 30)),
    ],
)
def test_small_numbers_are_withheld(good: int, others: int, shown: tuple[int | None, Share, int | None]) -> None:
    assert overall(trend((of(good, others),), TODAY)) == [shown]


@given(months)
def test_no_figure_is_of_fewer_than_five_nor_is_any_difference(several: list[FeedbackMonth]) -> None:
    for cell in trend(several, TODAY):
        assert cell.answers is None or cell.answers >= LEAST
        if cell.good is not None:
            assert cell.answers is not None
            assert cell.good >= LEAST
            assert cell.answers - cell.good >= LEAST
        of_month = {each.answers for each in trend(several, TODAY) if each.month == cell.month}
        assert len(of_month) == 1, "questions of one month differ in nothing that could be taken away"


@given(st.integers(LEAST_FOR_SHARES, 40), st.integers(0, LEAST - 1), st.integers(0, LEAST - 1))
def test_how_many_of_a_small_group_there_were_changes_nothing_that_is_shown(number: int, one: int, other: int) -> None:
    assert trend((of(number - one, one),), TODAY) == trend((of(number - other, other),), TODAY)
    assert trend((of(one, number - one),), TODAY) == trend((of(other, number - other),), TODAY)


@given(st.integers(LEAST, LEAST_FOR_SHARES - 1), st.data())
def test_below_ten_no_answer_changes_anything_that_is_shown(number: int, data: st.DataObject) -> None:
    one, other = (data.draw(st.integers(0, number)) for _time in range(2))
    assert trend((of(one, number - one),), TODAY) == trend((of(other, number - other),), TODAY)


@given(st.integers(1, LEAST - 1), st.integers(1, LEAST - 1))
def test_how_few_they_were_cannot_be_told(one: int, other: int) -> None:
    assert trend((of(one, 0),), TODAY) == trend((of(0, other),), TODAY)


@given(months, answers)
def test_the_month_that_goes_on_shows_nothing(several: list[FeedbackMonth], one: Answers) -> None:
    before = [each for each in several if each.month < NOVEMBER]
    now = FeedbackMonth(month=NOVEMBER, answers=(one,) * 30, words=(FeedbackWords(id="a", why="kind"),))
    assert trend([*before, now], TODAY) == trend(before, TODAY)
    assert readable_words([*before, now], TODAY) == readable_words(before, TODAY)
    assert trend([now], dt.date(2026, 12, 1)) != (), "the control: when it is over it is shown"


def test_words_wait_for_enough_answers_and_a_concern_for_none() -> None:
    said = FeedbackWords(id="a", why="kind")
    worried = FeedbackWords(id="b", better="the step", concern=True)
    for number, read in ((LEAST - 1, ()), (LEAST, ((OCTOBER, said), (OCTOBER, worried)))):
        month = replace(of(number, 0), words=(said, worried))
        assert readable_words((month,), TODAY) == read
        assert waiting_concerns((month,)) == (worried,)
    ticked = replace(of(9, 0), words=(replace(worried, looked_into=True),))
    assert waiting_concerns((ticked,)) == ()


@given(st.frozensets(st.sampled_from(Covers)), st.sampled_from(KeepConsent), st.booleans(), st.text(max_size=9))
def test_who_is_asked_and_invited_follows_consent_alone(
    agreed: frozenset[Covers], keep: KeepConsent, deceased: bool, address: str
) -> None:
    may = asking(Seen(patient=replace(NIA, deceased=deceased), keep=keep, agreed=agreed), address)
    assert may.agreed is (Covers.FEEDBACK in agreed and not deceased)
    assert may.review_address == (address if Covers.REVIEW in agreed and not deceased else "")
    assert may.may_be_named is (keep is KeepConsent.AGREED and not deceased)


def test_no_answer_is_among_what_decides_on_an_invitation() -> None:
    takes = {each.annotation for each in inspect.signature(asking).parameters.values()}
    assert takes == {Seen, str}


@given(months)
def test_the_file_holds_what_is_shown_and_nothing_else(several: list[FeedbackMonth]) -> None:
    shown = trend(several, TODAY)
    lines = feedback_csv(shown, question_words).decode("utf-8-sig").splitlines()
    assert len(lines) == len(shown) + 1
    for line, cell in zip(lines[1:], shown, strict=True):
        figures = [each.strip('"') for each in line.split(",")]
        assert figures[3] == ("" if cell.answers is None else str(cell.answers))
        assert figures[5] == ("" if cell.good is None else str(cell.good))


def test_no_cell_of_the_file_is_a_formula() -> None:
    shown = trend((of(9, 9),), TODAY)
    assert b'"\'=1+1"' in feedback_csv(shown, lambda _question: "=1+1")
