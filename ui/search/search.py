"""Search from anywhere: what is found drops down under the field, over whatever is open, and leaves by Esc."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import PersonHit
from ui.screen import Screen, Tools
from ui.search.finder import Finder
from ui.search.hits import MOST_HEIGHT, HitList
from ui.widgets.controls import Label, Panel, column


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
        panel = Panel("popup", margins=(2, 4, 2, 4), gap=2)
        self.hits = HitList(tools.theme, ground="card")
        self._sentence = Label("", "detail")
        self._sentence.setContentsMargins(12, 2, 12, 4)
        panel.add(self.hits, self._sentence)
        column(self, gap=0).addWidget(panel)
        self.finder = Finder(tools, field, self.hits)
        self.finder.shown.connect(self._drop_down)
        self.finder.emptied.connect(self.hide)
        self.finder.found.connect(self._open)
        self.finder.number_found.connect(self._open_id)
        self.finder.escaped.connect(self._leave)
        field.installEventFilter(self)
        parent.installEventFilter(self)
        tools.theme.changed.connect(self._place)
        self.hide()

    def take(self, letters: str) -> None:
        """Go on with letters that were typed in a list."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.setText(letters)

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
            self.show()
            self.raise_()
        self._place()

    def _place(self) -> None:
        if self.isHidden():
            return
        page, px = self._page, self.tools.theme.px
        below = self._field.mapTo(page, QPoint(0, self._field.height() + px(4)))
        width = min(max(self._field.width(), px(400)), page.width() - 16)
        left = min(max(below.x(), 8), page.width() - width - 8)
        self.setFixedWidth(width)
        self.hits.lay_out_anew()
        rest = self._sentence.heightForWidth(width - 28) + 22
        height = min(self.hits.content_height() + rest, page.height() - below.y() - 8, px(MOST_HEIGHT))
        self.setGeometry(left, below.y(), width, height)

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
