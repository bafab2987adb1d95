"""Full-window, for the patient's eyes: large words about themself, and nothing that leads anywhere.

Only Esc, or its button, leaves it, and that locks the desk: whoever wants to go on has to say their secret. F9 covers
it like everything else, and brings back no more than this.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.shown import OwnLine, OwnView
from ui.card.card_view import Piece
from ui.look.bidi import isolate
from ui.theme import Theme
from ui.widgets.controls import Button, Label, Panel, Scroll, Section, column, place, row
from ui.widgets.flow import FlowLayout
from ui.widgets.running import Running

WIDEST = 760
FRAME = 2


class TurnedPage(QWidget):
    """What one person may read of themself.

    Args:
        theme: For sizes.
        view: What it says.

    Signals:
        leave_wanted: Somebody of the staff is to come back; lock.
    """

    leave_wanted = Signal()

    def __init__(self, theme: Theme, view: OwnView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("What we have noted for you"))
        inside = Panel("page", margins=(18, 24, 18, 12), gap=12)
        inside.setMaximumWidth(theme.px(WIDEST))
        inside.add(Running(theme, [Piece(isolate(view.called), 30, 700)]))
        inside.add(Label(_("This is what we have noted for you. Please tell us what is not right."), "lead"))
        inside.add(_block(theme, _("About you"), view.facts))
        if view.notes:
            inside.add(_block(theme, _("In your own words"), view.notes))
        else:
            inside.add(Label(_("There is nothing noted in your own words."), "lead"))
        if view.agreed:
            inside.add(Label(view.agreed, "read"))
        inside.rows.addStretch(1)
        middle = QWidget()
        row(middle, inside, gap=0)
        self._scroll = Scroll(middle)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        rows = column(self, gap=0)
        rows.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        rows.addWidget(self._scroll, 1)
        foot = Panel("bar", margins=(18, 6, 18, 6))
        self.leave = Button(_("Back, for staff"), "link", self.leave_wanted.emit)
        self.leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = place(foot.rows, FlowLayout(gap=12, row_gap=2))
        line.addWidget(self.leave)
        line.addWidget(Label(_("Esc, and your passphrase"), "muted", wrap=False))
        rows.addWidget(foot)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Have a frame while the keys come here."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self._theme.colour("accent"), 2 * FRAME))
            painter.drawRect(self.rect())
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; arrows and pages scroll; no other key does anything."""
        bar = self._scroll.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep(), Qt.Key.Key_Space: bar.pageStep(),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.leave_wanted.emit()
        elif key in steps:
            bar.setValue(bar.value() + steps[key])


def _block(theme: Theme, heading: str, lines: Sequence[OwnLine]) -> Panel:
    """Return a card with a heading, and each line under what it is about."""
    panel = Panel("card", margins=(18, 14, 18, 14), gap=2)
    panel.add(Section(heading))
    before = ""
    for line in lines:
        pieces = [Piece(isolate(line.text), 18)]
        if line.label != before:
            about = Label(line.label, "label")
            about.setContentsMargins(0, theme.px(8), 0, 0)
            panel.add(about)
        before = line.label
        panel.add(Running(theme, pieces))
    return panel
