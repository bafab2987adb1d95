"""A person stands at the desk: found, marked as arrived, a note kept, a promise made; by keyboard, each key counted.

A key pressed together with Ctrl, Alt or Shift is one keystroke. The words of the note and of the promise are whoever's
they are, and are counted apart.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from tests.ui.keys import ALT, CTRL, PLAIN, Key, press, type_in

WHO = "pry"
"""What a receptionist types to find Nia Prydderch, whose near namesake makes one arrow necessary."""
NOTE = "The leeks took second prize!"
PROMISE = " ring about parking by Tuesday"


@dataclass(slots=True)
class Hand:
    """A hand on the keyboard that counts.

    Attributes:
        wait: Waits until the desk has answered.
        strokes: Keys pressed so far, but for the words of note and promise.
        words: Keys pressed for those.
    """

    wait: Callable[[], None]
    strokes: int = 0
    words: int = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key, alone or together with others."""
        self.strokes += 1
        press(key, modifiers)
        self.wait()

    def type(self, text: str) -> None:
        """Type what the program needs to be told."""
        self.strokes += len(text)
        type_in(text)
        self.wait()

    def write(self, text: str) -> None:
        """Type what the patient said, or what is promised to them."""
        self.words += len(text)
        type_in(text)


def greet_and_keep(hand: Hand) -> None:
    """Do all that a receptionist does for a patient who has come, from any place in the window."""
    hand.press(Key.Key_K, CTRL)
    hand.type(WHO)
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_T, CTRL)  # Today stands on the row of whoever is open
    hand.press(Key.Key_A, ALT)
    hand.press(Key.Key_N, CTRL)
    hand.write(NOTE)
    hand.press(Key.Key_3, ALT)
    hand.press(Key.Key_Return)
    hand.type("promise:")
    hand.write(PROMISE)
    hand.press(Key.Key_Return)
