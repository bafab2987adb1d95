"""Painted words wrap and are never cut, in any script."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from rapportdesk.model.note import NoteKind
from rapportdesk.model.shown import BlockKey
from tests.ui.people import TODAY, line
from ui.card.card_view import Piece
from ui.look.dates import long_date
from ui.look.painting import TextBlock, Words
from ui.theme import Theme
from ui.widgets.line_button import LEAST, LineButton
from ui.widgets.running import Running

LONG = "Wolfeschlegelsteinhausenbergerdorff-Mac Giolla Bhríde, María José de los Ángeles"


def words(theme: Theme, text: str, size: float = 14) -> Words:
    return Words(text, theme.font(size), theme.colour("text"))


@pytest.mark.parametrize("width", [60, 120, 240, 480])
def test_a_long_name_takes_more_lines_and_stays_within_its_width(theme: Theme, width: int) -> None:
    block = TextBlock(words(theme, LONG), width=width)

    assert block.size.width() <= width
    assert block.height >= TextBlock(words(theme, LONG), width=width * 2).height


def test_marks_around_a_name_do_not_make_its_line_taller(theme: Theme) -> None:
    plain, isolated = (TextBlock(words(theme, text)) for text in ("Nia", "\u2068Nia\u2069"))

    assert plain.height == isolated.height


def test_letters_of_another_script_get_the_room_they_need(theme: Theme) -> None:
    plain = TextBlock(words(theme, "Nia"))
    others = [TextBlock(words(theme, text)) for text in ("سميرة حداد", "ལྷ་མོ", "นิภา")]

    assert all(other.height >= plain.height for other in others)


def test_nothing_is_painted_outside_the_block(theme: Theme) -> None:
    block = TextBlock(words(theme, LONG, 28), width=200)
    image = QImage(400, int(block.height) + 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    block.draw(painter, 30, 30)
    painter.end()

    inked = [
        (x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).lightness() < 128
    ]
    assert inked
    assert all(28 <= x <= 232 and 28 <= y <= 32 + block.height for x, y in inked)


def test_a_character_outside_the_basic_plane_keeps_the_looks_apart(theme: Theme) -> None:
    bold = Words("𝒩ia ", theme.font(14, 700), theme.colour("text"))
    red = Words("late", theme.font(14, 600), QColor("#ff0000"))
    block = TextBlock(bold, red)
    image = QImage(int(block.width) + 20, int(block.height) + 4, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    block.draw(painter, 0, 0)
    painter.end()

    reddish = [
        x for x in range(image.width()) for y in range(image.height())
        if image.pixelColor(x, y).red() > 200 and image.pixelColor(x, y).green() < 90
    ]  # fmt: skip
    assert reddish
    assert min(reddish) >= bold.width * 0.8, "only the second piece is red"


def test_running_text_says_all_its_words_and_grows_with_the_text_size(theme: Theme) -> None:
    running = Running(theme, [Piece("Nia", 28, 700), Piece(" Prydderch", 28, 300), Piece(long_date(TODAY), 13)])
    assert running.accessibleName() == "Nia Prydderch20 November 2026"
    before = running.heightForWidth(300)

    theme.scale = 2.0
    theme.changed.emit()

    assert running.heightForWidth(300) > 1.8 * before


@pytest.mark.parametrize("width", [140, 300, 900])
def test_a_line_of_the_card_is_never_under_24_pixels_and_never_cut(theme: Theme, width: int) -> None:
    button = LineButton(theme, line(LONG, NoteKind.HOBBY, detail="ask how they did"), BlockKey.HOBBIES)
    short = LineButton(theme, line("x", NoteKind.HOBBY), BlockKey.HOBBIES)

    assert short.heightForWidth(width) >= LEAST
    assert button.heightForWidth(width) >= button.heightForWidth(width * 2)
    assert button.accessibleName() == f"{LONG}. ask how they did"


@pytest.mark.parametrize("text", [LONG, "Nia", "Rings after five only, and never on a Tuesday", "سميرة حداد " * 6])
@pytest.mark.parametrize("mirrored", [False, True])
def test_what_serves_another_width_is_what_would_be_laid_out_there(theme: Theme, text: str, mirrored: bool) -> None:
    direction = QGuiApplication.layoutDirection()
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else direction)
    try:
        served = 0
        for wide in range(80, 700, 31):
            block = TextBlock(words(theme, text), width=wide)
            for width in range(60, 740, 17):
                if width != wide and block.serves(width):
                    served += 1
                    other = TextBlock(words(theme, text), width=width)
                    assert (picture(other), other.size) == (picture(block), block.size)
        assert (served > 0) is not (mirrored or text.startswith("س"))
    finally:
        QGuiApplication.setLayoutDirection(direction)


def picture(block: TextBlock) -> QImage:
    image = QImage(760, int(block.height) + 4, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    block.draw(painter, 2, 2)
    painter.end()
    return image
