"""What is laid out is remembered for one look, and no more of it than was said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.look.laid_out import Blocks, LaidOut
from ui.look.painting import TextBlock, Words
from ui.look.palette import DARK, LIGHT
from ui.theme import Theme


def test_the_same_is_laid_out_once_until_the_look_is_another(qapp: QApplication) -> None:
    theme, times = Theme(LIGHT), list[str]()
    laid = LaidOut[int](theme, most=2)

    def ask(key: str) -> int:
        def lay_out() -> int:
            times.append(key)
            return len(times)

        return laid.of(key, lay_out)

    assert [ask("a"), ask("a")] == [1, 1]
    theme.change(qapp, palette=DARK)
    assert [ask("a"), ask("a"), ask("b")] == [2, 2, 3]
    theme.change(qapp, scale=1.5)
    assert ask("a") == 4
    theme.change(qapp, palette=LIGHT, scale=1.0)


def test_no_more_is_remembered_than_was_said_and_the_oldest_goes(qapp: QApplication) -> None:
    del qapp
    times = list[str]()
    laid = LaidOut[None](Theme(LIGHT), most=2)
    for key in "abcba":
        laid.of(key, lambda key=key: times.append(key))  # type: ignore[misc]  # a default argument
    assert times == ["a", "b", "c", "a"]


def test_what_serves_another_key_is_not_laid_out_again_until_something_else_is_said(qapp: QApplication) -> None:
    del qapp
    times = list[int]()
    laid = LaidOut[int](Theme(LIGHT), most=3)

    def ask(width: int) -> int:
        def lay_out() -> int:
            times.append(width)
            return width

        return laid.of(width, lay_out, serves=lambda other: abs(other - width) <= 5)

    assert [ask(100), ask(103), ask(110), ask(110)] == [100, 100, 110, 110]
    laid.forget()
    assert ask(103) == 103
    assert times == [100, 110, 103]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_text_is_as_tall_as_if_it_were_laid_out_anew_at_every_width(
    qapp: QApplication, direction: Qt.LayoutDirection
) -> None:
    theme = Theme(LIGHT)
    texts = ("Nia", "Margaret Hughes from the valley", "\u0645\u062d\u0645\u062f", "")
    qapp.setLayoutDirection(direction)
    try:
        blocks = Blocks(theme, 10)
        made = set[int]()
        for width in (300, 290, 40, 300, 80, 60, 1000, 20, 290):
            for text in texts:
                words = Words(text, theme.font(14), theme.colour("text"))
                block, anew = blocks.of(words, width=width), TextBlock(words, width=width)
                assert block.size == anew.size
                made.add(id(block))
        assert len(made) < 9 * len(texts), "the control: some were used again"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_font_is_the_same_until_sizes_or_families_change(qapp: QApplication) -> None:
    theme = Theme(LIGHT)
    small = theme.font(12)
    assert theme.font(12) == small
    theme.font(12).setPixelSize(99)  # what somebody does to theirs is nobody else's
    assert theme.font(12).pixelSize() == 12
    theme.change(qapp, scale=2.0)
    assert theme.font(12).pixelSize() == 24
    theme.also(("Noto Sans Arabic",), qapp)
    assert "Noto Sans Arabic" in theme.font(12).families()
    theme.change(qapp, scale=1.0)


def test_an_icon_is_painted_again_in_another_colour(qapp: QApplication) -> None:
    theme = Theme(LIGHT)
    light = theme.pixmap("check", "text", 14)
    assert theme.pixmap("check", "text", 14).toImage() == light.toImage()
    theme.change(qapp, palette=DARK)
    assert theme.pixmap("check", "text", 14).toImage() != light.toImage()
    theme.change(qapp, palette=LIGHT)
