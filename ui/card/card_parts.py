"""The widgets of a card, made a few at a time: they are half of all that a sign-in makes.

In one piece they kept the window's thread longer than anybody may wait for a key to be seen.
"""

from collections.abc import Generator
from dataclasses import dataclass

from ui.asked.asked_strip import AskedStrip
from ui.card.card_blocks import Blocks
from ui.card.card_column import CardColumn
from ui.card.card_company import WithThem
from ui.card.card_header import CardHeader, Namesakes
from ui.card.card_waits import ToAsk, Veil
from ui.card.line_bar import LineBar
from ui.card.note_edit import NoteEdit, area_picker, ask_field, kind_picker, note_field
from ui.emergency.open_bar import OpenBar
from ui.quick_line.consent_flow import ConsentFlow
from ui.quick_line.quick_line import QuickLine, quick_field
from ui.reach.contact_strip import ContactStrip
from ui.screen import Tools


@dataclass(frozen=True, slots=True, kw_only=True)
class CardParts:
    """What a card is put together from."""

    header: CardHeader
    namesakes: Namesakes
    with_them: WithThem
    emergency: OpenBar
    veil: Veil
    blocks: Blocks
    to_ask: ToAsk
    asked: AskedStrip
    contacts: ContactStrip
    bar: LineBar
    edit: NoteEdit
    quick: QuickLine
    consent: ConsentFlow


def card_parts(tools: Tools, column: CardColumn) -> Generator[None, None, CardParts]:
    """Make the widgets of a card.

    Args:
        tools: What they work with.
        column: Each is put there as soon as it is made: what is moved with much in it is dressed anew, all of it.
    """
    theme = tools.theme
    header, namesakes, with_them = CardHeader(theme), Namesakes(theme), WithThem()
    column.hold(head=(header, namesakes, with_them))
    yield
    emergency, veil, blocks, to_ask = OpenBar(tools), Veil(tools), Blocks(theme), ToAsk(tools)
    asked, contacts = AskedStrip(tools), ContactStrip(tools)
    column.hold(read=(emergency, veil, blocks, to_ask, asked, contacts))
    yield
    yield from blocks.made_ready()
    bar = LineBar(tools)
    column.hold(foot=(bar,))
    yield
    kinds = kind_picker(column)
    yield
    areas = area_picker(column)
    yield
    note = note_field(theme, column)
    yield
    ask = ask_field(theme, column)
    yield
    edit = NoteEdit(tools, (note, ask), kinds, areas)
    column.hold(foot=(edit,))
    yield
    field = quick_field(theme, column)
    yield
    quick = QuickLine(tools, field)
    column.hold(last=quick)
    yield
    consent = ConsentFlow(tools, quick)
    column.hold(foot=(consent.panel,))
    yield
    return CardParts(
        header=header, namesakes=namesakes, with_them=with_them, emergency=emergency, veil=veil,
        blocks=blocks, to_ask=to_ask, asked=asked, contacts=contacts, bar=bar, edit=edit, quick=quick, consent=consent,
    )  # fmt: skip
