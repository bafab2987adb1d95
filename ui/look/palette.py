"""Every colour means one thing; three palettes of our own say it, so that no platform's theme can unsay it.

Red is overdue, amber is care, green is agreed, the accent is what to act on now. Text keeps 4.5:1 against whatever it
stands on and the edges of controls 3:1 (WCAG 2.2, 1.4.3 and 1.4.11), measured on rendered pixels by the tests. This
module imports no Qt, so that a choice of theme can be read before Qt is.
"""

from enum import StrEnum
from typing import NamedTuple


class ThemeChoice(StrEnum):
    """What a person may choose; `SYSTEM` follows the platform's light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Palette(NamedTuple):
    """The colours of one theme, as #rrggbb.

    Attributes:
        page, card, important: The ground of the window, of a card on it, and of the block that matters most.
        sunken: Inside of a field to type in.
        selected, chip: The chosen row; a small label that can be changed.
        hover: A quiet button or a row under the pointer.
        text, muted, placeholder: Words, quieter words, and the words in an empty field.
        accent, on_accent: What to act on now, and the words on it.
        overdue, caution, agreed: Red, amber and green; a sign and a word always stand beside them.
        edge: Borders of controls (3:1); `line` only divides and carries no meaning.
        card_edge: Border of a card; the card's own colour where none is wanted.
    """

    name: ThemeChoice
    page: str
    card: str
    important: str
    sunken: str
    selected: str
    chip: str
    hover: str
    text: str
    muted: str
    placeholder: str
    accent: str
    on_accent: str
    overdue: str
    caution: str
    agreed: str
    edge: str
    line: str
    card_edge: str

    def colour(self, tone: str) -> str:
        """Return the colour of a tone by its name in this class ("muted", "accent").

        Raises:
            AttributeError: There is no such tone.
        """
        value = getattr(self, tone)
        return str(value)


LIGHT = Palette(
    name=ThemeChoice.LIGHT,
    page="#f6f3ee",
    card="#ffffff",
    important="#f3eee6",
    sunken="#f6f3ee",
    selected="#e9f2f0",
    chip="#e2f0ee",
    hover="#ece7de",
    text="#22262a",
    muted="#565d64",
    placeholder="#686d72",
    accent="#1d6b67",
    on_accent="#ffffff",
    overdue="#9b2f2a",
    caution="#7f5300",
    agreed="#2c6e49",
    edge="#80868d",
    line="#ddd6ca",
    card_edge="#ffffff",
)

DARK = Palette(
    name=ThemeChoice.DARK,
    page="#15181a",
    card="#1e2225",
    important="#262a2c",
    sunken="#15181a",
    selected="#22302f",
    chip="#1f3533",
    hover="#2b3034",
    text="#eceae6",
    muted="#a9afb4",
    placeholder="#8f9499",
    accent="#6cc3bc",
    on_accent="#0e1516",
    overdue="#f0958e",
    caution="#e8b95a",
    agreed="#86cfa3",
    edge="#7c848a",
    line="#343a3f",
    card_edge="#1e2225",
)

HIGH_CONTRAST = Palette(
    name=ThemeChoice.HIGH_CONTRAST,
    page="#000000",
    card="#000000",
    important="#000000",
    sunken="#000000",
    selected="#00304a",
    chip="#00304a",
    hover="#262626",
    text="#ffffff",
    muted="#f0f0f0",
    placeholder="#d0d0d0",
    accent="#5fd7ff",
    on_accent="#000000",
    overdue="#ff9d94",
    caution="#ffd24a",
    agreed="#7dffa8",
    edge="#ffffff",
    line="#ffffff",
    card_edge="#ffffff",
)

PALETTES = (LIGHT, DARK, HIGH_CONTRAST)


def palette_for(choice: ThemeChoice, *, system_is_dark: bool = False, system_high_contrast: bool = False) -> Palette:
    """Return the palette of a choice; `SYSTEM` is decided by what the platform says."""
    if choice is ThemeChoice.HIGH_CONTRAST or (choice is ThemeChoice.SYSTEM and system_high_contrast):
        return HIGH_CONTRAST
    if choice is ThemeChoice.DARK or (choice is ThemeChoice.SYSTEM and system_is_dark):
        return DARK
    return LIGHT
