"""The card's widgets go from one person to the next, and nothing of the one before is found in them."""

import dataclasses
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtWidgets import QAbstractButton, QWidget

from rapportdesk.model.note import NoteKind
from rapportdesk.model.shown import Block, BlockKey, Card
from tests.ui.counter import Counter
from tests.ui.people import line
from ui.card.card_sections import KEPT_LINES
from ui.widgets.line_button import NOTHING, LineButton


def everything_said(widget: QWidget) -> str:
    """Return all words in every widget under one, seen or not: as a colleague with a debugger would."""
    every = widget.findChildren(QWidget)
    words = [each.text() for each in every if isinstance(each, QAbstractButton)]
    return " | ".join((*words, *(f"{each.accessibleName()} {each.toolTip()}" for each in every)))


def laid_out(widget: QWidget) -> list[LineButton]:
    """Return the lines that still hold what they were laid out for, though nobody sees them."""
    lines = widget.findChildren(LineButton)
    return [each for each in lines if each.isHidden() and (each.line is not NOTHING or each._laid._kept)]


def _from(widget: QWidget) -> Iterator[QWidget]:
    """Yield where Tab goes from a widget, once round."""
    at = widget.nextInFocusChain()
    while at is not None and at is not widget:
        yield at
        at = at.nextInFocusChain()


def _with(card: Card, *texts: str) -> Card:
    lines = tuple(line(text, NoteKind.HOBBY) for text in texts)
    return dataclasses.replace(card, blocks=(Block(key=BlockKey.HOBBIES, label="Hobbies", lines=lines),))


def test_nothing_of_the_last_card_is_left_in_any_widget(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    assert "Sings alto" in everything_said(counter.card.blocks)
    counter.open("Li Wei")
    assert "Sings alto" not in everything_said(counter.card.blocks)
    assert not laid_out(counter.card.blocks)


def test_nothing_of_a_card_is_left_when_it_is_put_away(counter: Counter) -> None:
    counter.open("Nia Prydderch")
    counter.card.close_card()
    counter.settle()
    assert "Sings alto" not in everything_said(counter.card.blocks)
    assert not laid_out(counter.card.blocks)


def test_the_same_widgets_say_the_next_card(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    before = counter.card.blocks.lines
    said = [each.accessibleName() for each in before]
    counter.open("Li Wei")
    counter.shell.open_person(nia, "card")
    counter.settle()
    assert counter.card.blocks.lines == before
    assert [each.accessibleName() for each in counter.card.blocks.lines] == said


def test_tab_goes_through_the_lines_as_they_are_read_whenever_they_were_made(counter: Counter) -> None:
    counter.open("Li Wei")
    counter.open("Nia Prydderch")
    lines = counter.card.blocks.lines
    assert len(lines) > 3
    for before, after in pairwise(lines):
        assert next(each for each in _from(before) if isinstance(each, LineButton) and each.isVisible()) is after


def test_lines_that_only_an_unfolded_block_had_are_let_go(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    blocks, card = counter.card.blocks, counter.shown(nia)
    many = [f"Hobby {number}" for number in range(KEPT_LINES + 3)]
    blocks.show_card(_with(card, *many), anew=True)
    blocks._unfold(BlockKey.HOBBIES)
    assert [each.line.text for each in blocks.lines] == many
    blocks.show_card(_with(card, "Chess"), anew=True)
    counter.settle()
    assert [each.line.text for each in blocks.lines] == ["Chess"]
    assert "Hobby" not in everything_said(blocks).replace("Hobbies", "")


def test_whoever_stands_on_a_line_goes_with_it_when_another_comes_before_it(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    counter.stand_on("Sings alto")
    stood = counter.card.chosen_line
    assert stood is not None
    words = stood.line.text
    card = counter.shown(nia)
    blocks = [
        dataclasses.replace(block, lines=(line("Chess", NoteKind.HOBBY), *block.lines[::-1]))
        if block.key is BlockKey.HOBBIES else block
        for block in card.blocks
    ]  # fmt: skip
    counter.card.show_refreshed(dataclasses.replace(card, blocks=tuple(blocks)))
    now = counter.card.chosen_line
    assert now is not None
    assert now.hasFocus()
    assert now.line.text == words
    assert not counter.card.bar.isHidden()
