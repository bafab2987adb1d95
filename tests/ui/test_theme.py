"""All three themes can be read: measured on rendered pixels, at 100 and 200 %."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.keys import Key, press, to_front
from tests.ui.pixels import contrast, ground, painted, strongest
from ui.look.palette import DARK, HIGH_CONTRAST, LIGHT, PALETTES, Palette, ThemeChoice, palette_for
from ui.look.style_sheet import TEXT_ROLES
from ui.theme import Theme, set_role
from ui.widgets.controls import Button, Label, Panel, Tick, breakable, column

TEXT = 4.5
CONTROL = 3.0


@pytest.fixture(params=PALETTES, ids=[palette.name.value for palette in PALETTES])
def palette(request: pytest.FixtureRequest) -> Palette:
    chosen: Palette = request.param
    return chosen


@pytest.fixture
def dressed(qapp: QApplication, palette: Palette) -> Theme:
    theme = Theme(palette, 2.0)
    theme.apply(qapp)
    return theme


def _on(ground_role: str, *widgets: QWidget) -> QWidget:
    page = Panel("page", margins=(20, 20, 20, 20))
    inner = Panel(ground_role, margins=(20, 20, 20, 20)) if ground_role != "page" else page
    inner.add(*widgets)
    if inner is not page:
        page.add(inner)
    page.resize(page.sizeHint())
    return page


@pytest.mark.parametrize("ground_role", ["page", "card", "important", "message", "row-selected", "bar"])
def test_every_kind_of_text_can_be_read_on_every_ground(dressed: Theme, ground_role: str, qtbot: QtBot) -> None:
    labels = [Label("Hamburg HHHH", role, wrap=False) for role in TEXT_ROLES]
    page = _on(ground_role, *labels)
    qtbot.addWidget(page)
    page.show()
    for role, label in zip(TEXT_ROLES, labels, strict=True):
        ratio = strongest(painted(page, QRect(label.mapTo(page, label.rect().topLeft()), label.size())))
        assert ratio >= TEXT, f"{role} on {ground_role}: {ratio:.2f}"


@pytest.mark.parametrize("role", ["secondary", "primary", "danger", "chip", "quiet", "link", "choice"])
def test_the_words_on_every_button_can_be_read(dressed: Theme, role: str, qtbot: QtBot) -> None:
    button = Button("HHHHHHHH", role)
    page = _on("card", button)
    qtbot.addWidget(page)
    page.show()
    inner = button.rect().adjusted(12, 12, -12, -12)
    ratio = strongest(painted(page, QRect(button.mapTo(page, inner.topLeft()), inner.size())))
    assert ratio >= TEXT, f"{role}: {ratio:.2f}"


@pytest.mark.parametrize("ground_role", ["page", "card", "important"])
def test_the_edge_of_every_control_stands_out_from_its_ground(dressed: Theme, ground_role: str, qtbot: QtBot) -> None:
    field, button, tick = QLineEdit(), Button("Save"), Tick("Yes")
    page = _on(ground_role, field, button, tick)
    qtbot.addWidget(page)
    page.show()
    below = ground(painted(button.parentWidget() or page, QRect(4, 4, 12, 12)))
    for control in (field, button):
        control.clearFocus()
        middle = QRect(control.mapTo(page, QRect(0, control.height() // 2, 2, 4).topLeft()), QRect(0, 0, 2, 4).size())
        edge = ground(painted(page, middle))
        assert contrast(edge, below) >= CONTROL, type(control).__name__
    indicator = painted(page, QRect(tick.mapTo(page, tick.rect().topLeft()), QSize(40, tick.height())))
    assert strongest(indicator) >= CONTROL


def test_an_empty_field_says_readably_what_it_is_for(dressed: Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    field.setPlaceholderText("HHHH HHHH")
    page = _on("card", Button("First"), field)
    qtbot.addWidget(page)
    page.show()
    inner = field.rect().adjusted(8, 8, -8, -8)
    assert strongest(painted(page, QRect(field.mapTo(page, inner.topLeft()), inner.size()))) >= TEXT


def test_what_is_selected_can_be_read(dressed: Theme, palette: Palette, qtbot: QtBot) -> None:
    field = QLineEdit("HHHHHHHH")
    page = _on("card", field)
    qtbot.addWidget(page)
    page.show()
    field.selectAll()
    colours = painted(field)
    accent = QColor(palette.accent)
    assert colours[accent.rgb() & 0xFFFFFF] > 100, "the selection was not painted"
    assert contrast(accent, QColor(palette.on_accent)) >= TEXT


def test_the_measure_notices_faint_text(dressed: Theme, palette: Palette, qtbot: QtBot) -> None:
    label = Label("HHHH", "body", wrap=False)
    label.setStyleSheet(f"color: {palette.card}; background: {palette.card}")
    page = _on("card", label)
    qtbot.addWidget(page)
    page.show()
    assert strongest(painted(page, QRect(label.mapTo(page, label.rect().topLeft()), label.size()))) < TEXT


def test_at_twice_the_text_everything_is_twice_as_large(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(LIGHT, 1.0)
    theme.apply(qapp)
    label = Label("Prydderch", "title", wrap=False)
    qtbot.addWidget(label)
    label.ensurePolished()
    small = label.sizeHint()
    theme.change(qapp, scale=2.0)
    large = label.sizeHint()
    assert 1.9 < large.width() / small.width() < 2.1
    assert 1.9 < large.height() / small.height() < 2.1


def test_a_change_of_theme_is_told_and_painted(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    page = _on("card", Label("x"))
    qtbot.addWidget(page)
    before = ground(painted(page, QRect(0, 0, 10, 10)))
    with qtbot.waitSignal(theme.changed):
        theme.change(qapp, palette=DARK)
    assert before == QColor(LIGHT.page)
    assert ground(painted(page, QRect(0, 0, 10, 10))) == QColor(DARK.page)


def test_a_role_can_change_while_it_is_seen(theme: Theme, qtbot: QtBot) -> None:
    panel = Panel("card")
    qtbot.addWidget(panel)
    panel.resize(40, 40)
    set_role(panel, "important")
    assert ground(painted(panel)) == QColor(LIGHT.important)


def test_icons_take_the_colour_of_their_tone(theme: Theme) -> None:
    image = theme.pixmap("check", "agreed", 24).toImage()
    inked = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255
    }
    assert inked == {LIGHT.agreed}


def test_the_system_decides_only_where_nothing_was_chosen() -> None:
    assert palette_for(ThemeChoice.SYSTEM, system_is_dark=True) is DARK
    assert palette_for(ThemeChoice.SYSTEM, system_is_dark=False) is LIGHT
    assert palette_for(ThemeChoice.SYSTEM, system_high_contrast=True) is HIGH_CONTRAST
    assert palette_for(ThemeChoice.LIGHT, system_is_dark=True) is LIGHT
    assert palette_for(ThemeChoice.HIGH_CONTRAST, system_is_dark=True) is HIGH_CONTRAST


def test_a_word_longer_than_the_column_wraps_and_is_read_out_whole(theme: Theme, qtbot: QtBot) -> None:
    name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
    holder = QWidget()
    qtbot.addWidget(holder)
    label = Label(name)
    column(holder).addWidget(label)
    holder.resize(200, 10)
    holder.show()
    assert label.heightForWidth(200) > 3 * label.fontMetrics().height()
    assert label.minimumSizeHint().width() <= 200
    assert label.accessibleName() == name
    assert breakable(name).replace("\u200b", "") == name
    assert breakable("a short line of words") == "a short line of words"


def _by_hand_and_by_tab(qtbot: QtBot, made: QWidget) -> tuple[QImage, QImage]:
    """Return `made` with the focus as a mouse gives it, and as Tab does."""
    before = Button("Before")
    page = _on("card", before, made)
    qtbot.addWidget(page)
    page.show()
    to_front(page, qtbot)
    made.setFocus(Qt.FocusReason.MouseFocusReason)
    by_hand = made.grab().toImage()
    before.setFocus(Qt.FocusReason.MouseFocusReason)
    press(Key.Key_Tab)
    assert made.hasFocus()
    return by_hand, made.grab().toImage()


@pytest.mark.parametrize("role", ["secondary", "primary", "link", "small", "day", "tick"])
def test_tab_paints_nothing_over_the_words(dressed: Theme, role: str, qtbot: QtBot) -> None:
    by_hand, by_tab = _by_hand_and_by_tab(qtbot, Tick("HHHH") if role == "tick" else Button("HHHH", role))
    assert by_hand == by_tab


def test_what_the_platform_paints_over_the_words_is_noticed(dressed: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    qapp.setStyleSheet(qapp.styleSheet().replace("outline: none", "color: auto"))
    by_hand, by_tab = _by_hand_and_by_tab(qtbot, Button("HHHH"))
    assert by_hand != by_tab
