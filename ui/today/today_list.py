"""The day's visits as a list whose line of now never leaves the picture: scrolled away, it stays at the edge."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from ui.rows import NowLine, TodayModel, Visit
from ui.theme import Theme
from ui.today.today_rows import NOW_HEIGHT, ROOMY, VisitDelegate
from ui.widgets.lists import List


class TodayList(List):
    """The visits of one day."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_("Visits"), theme, least=70, parent=parent)
        self._model = TodayModel(self)
        self._delegate = VisitDelegate(theme, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)

    @property
    def entries(self) -> tuple[Visit | NowLine, ...]:
        """What is listed, in order."""
        return self._model.rows

    @property
    def chosen(self) -> Visit | None:
        """The visit the keyboard stands on."""
        return self.visit_at(self.currentIndex())

    def visit_at(self, index: QModelIndex) -> Visit | None:
        """Return the visit behind `index`, or None for the line of now."""
        entry = self._model.row_at(index)
        return entry if isinstance(entry, Visit) else None

    def show_entries(self, entries: tuple[Visit | NowLine, ...]) -> None:
        """Show `entries`; what was chosen stays chosen and, the first time, now is brought into the picture."""
        first = not self._model.rows
        self._model.replace(entries)
        self.lay_out_anew()
        now = self._model.index_of("now")
        if first and now.isValid():
            self.scrollTo(now, List.ScrollHint.PositionAtCenter)

    def choose(self, patient: PatientId | None) -> None:
        """Stand on the visit of `patient`: the one already stood on, else the first; on none when they have none."""
        if self.chosen is not None and self.chosen.row.patient == patient:
            return
        found = next((n for n, each in enumerate(self.entries) if _is_of(each, patient)), None)
        if found is None:
            self.selectionModel().clear()
            return
        index = self._model.index(found)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def fit(self, height: int) -> None:
        """Squeeze the rows if they fit into `height` only so."""
        visits = sum(isinstance(entry, Visit) for entry in self.entries)
        roomy = visits * self._theme.px(ROOMY) + self._theme.px(NOW_HEIGHT)
        tight = roomy > height
        if tight is not self._delegate.tight:
            self._delegate.tight = tight
            self.lay_out_anew()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows and, where the line of now has been scrolled away, its like at the edge."""
        super().paintEvent(event)
        now = next((entry for entry in self.entries if isinstance(entry, NowLine)), None)
        if now is None:
            return
        place = self.visualRect(self._model.index_of("now"))
        view, high = self.viewport().rect(), self._theme.px(NOW_HEIGHT)
        if place.top() >= view.top() and place.bottom() <= view.bottom():
            return
        edge = view.top() if place.top() < view.top() else view.bottom() + 1 - high
        strip = QRect(view.left(), edge, view.width(), high)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(strip, self._theme.colour("page"))
        self._delegate.paint_now(painter, strip, now)
        painter.end()


def _is_of(entry: Visit | NowLine, patient: PatientId | None) -> bool:
    return isinstance(entry, Visit) and patient is not None and entry.row.patient == patient
