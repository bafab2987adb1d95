"""A dialog is one calm card: its title names nobody, Esc leaves, and it scrolls when it must, by keys too."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

from rapportdesk.language import _
from ui.theme import Theme
from ui.widgets.controls import Button, Label, Panel, Scroll, column, place
from ui.widgets.flow import FlowLayout

NARROW = 300
"""Below this width, at scale 1.0, a dialog keeps hardly any ground around its words."""


class Dialog(QDialog):
    """Heading, rows and buttons.

    Args:
        theme: For its size.
        heading: What it is about; never a name.
        width, height: At scale 1.0; never more than the window it belongs to.
    """

    def __init__(
        self, theme: Theme, heading: str, parent: QWidget | None, *, width: int = 520, height: int = 560
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle("RapportDesk")
        self.setAccessibleName(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._heading = Label(heading, "heading")
        self.inside = Panel("card", gap=10)
        self.rows = self.inside.rows
        whole = self._around = column(self, gap=12)
        whole.addWidget(self._heading)
        holder = Scrolled()
        self._ground = above = column(holder, gap=0)  # the card is as tall as what is in it
        above.addWidget(self.inside)
        above.addStretch(1)
        self._scroll = Scroll(holder)
        whole.addWidget(self._scroll, 1)
        self._in_sight = place(whole, column(gap=8))
        self.buttons = place(whole, FlowLayout(gap=10))
        self._set_margins(narrow=False)
        room = parent.window().size() if parent is not None else QSize(1366, 690)
        self.resize(QSize(theme.px(width), theme.px(height)).boundedTo(room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where large letters have little room, the ground around them gives way first."""
        super().resizeEvent(event)
        self._set_margins(narrow=event.size().width() < self.theme.px(NARROW))

    def _set_margins(self, *, narrow: bool) -> None:
        self._around.setContentsMargins(*((8, 10, 8, 10) if narrow else (18, 16, 18, 16)))
        self.rows.setContentsMargins(*((10, 12, 10, 12) if narrow else (22, 18, 22, 18)))

    def turn_to(self, widget: QWidget) -> None:
        """Put the keys into a widget of the dialog, and have it be seen."""
        # A layout shows what it was just given only with the next events, and until a window is in front it forgets who
        # wanted the keys without being seen: an answer that comes before the platform has raised the dialog would lose.
        hidden = widget
        while hidden is not self and isinstance(parent := hidden.parentWidget(), QWidget):
            if not hidden.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                hidden.show()
            hidden = parent
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        # Whatever has just been said beside it is laid out first.
        QTimer.singleShot(0, widget, lambda: self._scroll.ensureWidgetVisible(widget, 0, 120))

    def give_the_rest(self, widget: QWidget) -> None:
        """Have a row of the card take all the height that is left: a list with a page of its own."""
        self.rows.setStretchFactor(widget, 1)
        self.rows.addStretch(0)  # takes it while the list is hidden: the rows above would part otherwise
        self._ground.setStretch(0, 1)
        self._ground.setStretch(1, 0)

    def keep_in_sight(self, widget: QWidget) -> None:
        """Put a widget between what scrolls and the buttons, where it is seen however far it is scrolled."""
        self._in_sight.addWidget(widget)

    def add_close(self, words: str = "") -> Button:
        """Add a button that leaves; "Close" unless said otherwise."""
        button = Button(words or _("Close"), "secondary", self.reject)
        self.buttons.addWidget(button)
        return button

    def add_button(self, button: Button) -> Button:
        """Add a button to the foot."""
        self.buttons.addWidget(button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Down, Ctrl+Home and Ctrl+End scroll what is longer than it: a page has nothing to tab to."""
        bar = self._scroll.verticalScrollBar()
        ends = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        places = {
            (Qt.Key.Key_PageDown, False): bar.value() + bar.pageStep(),
            (Qt.Key.Key_PageUp, False): bar.value() - bar.pageStep(),
            (Qt.Key.Key_Home, True): bar.minimum(),
            (Qt.Key.Key_End, True): bar.maximum(),
        }
        place_wanted = places.get((Qt.Key(event.key()), ends))
        if place_wanted is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(place_wanted)


class Scrolled(QWidget):
    """What scrolls is as tall as its rows are at the width there is.

    A scroll area would otherwise also keep the height that the rows need at their narrowest, and show a bar beside
    nothing.
    """

    def minimumSizeHint(self) -> QSize:
        """As narrow as the rows can be made, and of no height of its own where the width decides it."""
        least = super().minimumSizeHint()
        return QSize(least.width(), 0) if self.hasHeightForWidth() else least
