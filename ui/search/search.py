"""Search from anywhere: what is found drops down under the field, over whatever is open, and leaves by Esc.

It changes with every letter. So it has no layouts, whose changes would be laid out up to the window; it paints its
own ground, round corners and all, so that nothing that lies beneath is painted with it; and where fewer are found it
becomes shorter only once nobody types: what it uncovers takes longer to paint than what was found.
"""

import datetime as dt

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import PersonHit, SearchResults
from ui.screen import Screen, Tools
from ui.search.finder import Finder
from ui.search.hits import MOST_HEIGHT, HitList
from ui.theme import Theme
from ui.widgets.block_delegate import PAD_X
from ui.widgets.controls import Label

SIDE, ABOVE, GAP = 4, 6, 2
"""Room (scale 1.0) around what is listed and what is said of it: the edge with its round corners stands in it."""


RADIUS, EDGE = 8, 2
"""Of the round corners, at scale 1.0, and of the edge, in pixels."""

SHORTER_AFTER_MS = 250
"""How long nobody types before it becomes shorter; between two letters of a word there is less."""


class SearchScreen(Screen):
    """The drop-down under the field in the bar.

    Args:
        tools: What a screen works with.
        field: The bar's field.
        parent: The window's page, over which it drops down.
    """

    def __init__(self, tools: Tools, field: QLineEdit, parent: QWidget) -> None:
        super().__init__(tools, parent)
        self._page = parent
        self._field = field
        self.setAccessibleName(_("Found"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hits = HitList(tools.theme, self, ground="card")
        self._sentence = _Sentence(tools.theme, self)
        self.finder = Finder(tools, field, self.hits)
        self.finder.shown.connect(self._drop_down)
        self.finder.emptied.connect(self.hide)
        self.finder.found.connect(self._open)
        self.finder.number_found.connect(self._open_id)
        self.finder.escaped.connect(self._leave)
        field.installEventFilter(self)
        parent.installEventFilter(self)
        tools.theme.changed.connect(self._place)
        self._shorter = QTimer(self, singleShot=True, interval=SHORTER_AFTER_MS)
        self._shorter.timeout.connect(self._place)
        self.hide()

    def take(self, letters: str) -> None:
        """Go on with letters that were typed in a list."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.setText(letters)

    def rehearse(self) -> None:
        """Paint an invented hit where nobody sees it, so that the first letter waits for no font and no calendar."""
        if self.isHidden() and not self._field.text():
            self._widen()
            self.hits.show_results(SearchResults(text="", hits=(_INVENTED,)))
            self.grab()
            self.hits.show_results(SearchResults(text="", hits=()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the field, and leave when the keys go elsewhere."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        if watched is self._field and event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        if watched is self._field and event.type() == QEvent.Type.FocusIn and self._field.text().strip():
            self._field.textChanged.emit(self._field.text())
        return False

    def hand_in(self) -> None:
        """What was looked for is nobody's business after a lock."""
        self.finder.clear()

    def _drop_down(self, sentence: str) -> None:
        self._sentence.say(sentence, name=sentence)
        if self.isHidden():  # raising what is on top already paints all that lies beneath, at every letter
            self._widen()  # before it is shown: Qt would lay every row out at a width that nobody sees
            self.show()
            self.raise_()
            self._lay_out()
        else:
            self._lay_out(least=self.height())

    def _place(self) -> None:
        if not self.isHidden():
            self._lay_out()

    def _widen(self) -> int:
        """Become as wide as the field, and return where to begin."""
        page, px = self._page, self.tools.theme.px
        width = min(max(self._field.width(), px(400)), page.width() - 16)
        self.resize(width, self.height())
        self.hits.resize(width - 2 * px(SIDE), self.hits.height())  # rows are as tall as their width makes them
        return min(max(self._field.mapTo(page, QPoint()).x(), 8), page.width() - width - 8)

    def _lay_out(self, least: int = 0) -> None:
        """Find room for what was found and said, of no less than so many pixels for now."""
        page, px = self._page, self.tools.theme.px
        top = self._field.mapTo(page, QPoint(0, self._field.height() + px(4))).y()
        left = self._widen()
        side, above, inside = px(SIDE), px(ABOVE), self.hits.width()
        self._sentence.setContentsMargins(px(PAD_X), px(2), px(PAD_X), px(4))
        said = self._sentence.heightForWidth(inside)
        rest = said + 2 * above
        height = min(self.hits.content_height() + GAP + rest, page.height() - top - 8, px(MOST_HEIGHT))
        if height < least:
            self._shorter.start()
        else:
            self._shorter.stop()
        self.setGeometry(left, top, self.width(), max(height, least))
        self.hits.setGeometry(side, above, inside, height - rest)  # never empty: each answer is painted
        self.hits.lay_out_now(height - rest)
        self._sentence.setGeometry(side, height - above - said, inside, said)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground with its round corners, outside of which are the bar above and the page below."""
        theme, painter = self.tools.theme, QPainter(self)
        painter.setClipRegion(event.region())
        painter.fillRect(self.rect(), theme.colour("page"))
        painter.fillRect(QRect(0, 0, self.width(), theme.px(ABOVE)), theme.colour("card"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("edge"), EDGE))
        painter.setBrush(theme.colour("card"))
        half = EDGE / 2
        round_by = theme.px(RADIUS) - half
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), round_by, round_by)
        painter.end()

    def _open(self, hit: PersonHit) -> None:
        self._open_id(hit.id)

    def _open_id(self, patient_id: str) -> None:
        self.finder.clear()
        self.hide()
        search, person = self.tools.desk.search, PatientId(patient_id)
        self.tools.work.submit(self, lambda: search.opened(person))
        self.person_wanted.emit(patient_id)

    def _leave(self) -> None:
        self.hide()
        self.command_wanted.emit("note")


_INVENTED = PersonHit(
    id=PatientId(""), name="Nia", called="Nia", own_script_name="Nia", birth_date=dt.date(1958, 3, 9), number="1",
    near_namesake=True, snippet="grows leeks", marks=((6, 11),),
)  # fmt: skip
"""With everything that a hit may have."""


class _Sentence(Label):
    """What is said under the hits, on a ground of its own."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("", "detail", parent=parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def say(self, text: str, *, name: str = "") -> None:
        """Say something else; the same again is laid out by nobody."""
        if text != self.text():
            super().say(text, name=name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the words."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("card"))
        painter.end()
        super().paintEvent(event)
