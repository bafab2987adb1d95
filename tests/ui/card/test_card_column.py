"""Where the parts of a card stand when there is room, and when there is little."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui.counter import Counter
from tests.ui.keys import Key, focused, press, type_in
from ui.widgets.running import Running


def cut_off(root: QWidget) -> list[str]:
    """Return the text of every label that is given less height than it needs."""
    labels = [label for label in root.findChildren(QLabel) if label.isVisible() and label.text()]
    return [
        label.text() for label in labels
        if label.hasHeightForWidth() and label.heightForWidth(label.width()) > label.height() + 1
    ]  # fmt: skip


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [1366, 480])
def test_nothing_on_the_card_is_cut(counter: Counter, qapp: QApplication, width: int, scale: float) -> None:
    counter.shell.tools.theme.change(qapp, scale=scale)
    counter.shell.window().resize(width, 690)
    counter.open("Nia Prydderch")
    counter.settle()

    assert cut_off(counter.card) == []
    caption = counter.card.quick.findChild(Running)
    assert caption is not None
    bottom = caption.mapTo(counter.card, caption.rect().bottomRight())
    assert counter.card.rect().contains(bottom), "name and birth date stand whole at the foot"


def test_the_head_stands_still_only_where_there_is_room(counter: Counter) -> None:
    counter.shell.window().resize(1366, 690)
    counter.open("Nia Prydderch")
    assert not counter.card.column.reading.isAncestorOf(counter.card.header)

    counter.shell.window().resize(1366, 400)
    counter.settle()
    assert counter.card.column.reading.isAncestorOf(counter.card.header)

    counter.shell.window().resize(1366, 690)
    counter.settle()
    assert not counter.card.column.reading.isAncestorOf(counter.card.header)


def test_a_question_that_scrolls_keeps_the_keys(counter: Counter) -> None:
    counter.shell.window().resize(480, 400)
    patient = counter.add()
    type_in("Likes cricket")
    press(Key.Key_Return)
    counter.settle()
    assert focused() is counter.card.consent.panel
    press(Key.Key_Y)

    assert counter.texts(patient) == ["Likes cricket"]
