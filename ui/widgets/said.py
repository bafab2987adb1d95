"""What a screen has to say to whoever works with it takes no room until there is something, and is read out whole."""

from PySide6.QtWidgets import QWidget

from ui.widgets.controls import Label


class Said(Label):
    """A sentence that is not there until it is said; what went wrong, unless the role says otherwise.

    Args:
        role: "problem", or that of a quieter sentence.
    """

    def __init__(self, role: str = "problem", parent: QWidget | None = None) -> None:
        super().__init__("", role, parent=parent)
        self.hide()

    def tell(self, sentence: object) -> None:
        """Say a sentence, or what an error says."""
        words = str(sentence)
        self.say(words, name=words)
        self.show()
