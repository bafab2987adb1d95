"""A program of the computer, to which links are given instead of opening a real one."""

from PySide6.QtCore import QObject, QUrl, Slot


class Program(QObject):
    """A program that takes links."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Remember what was given."""
        self.taken.append(bytes(url.toEncoded().data()).decode())
