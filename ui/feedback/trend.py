"""What patients say of the practice, for a manager: a picture by month, its table, what was written, what waits.

The month that goes on is not shown, and nothing that fewer than five people said; the Desk sees to that.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer
from PySide6.QtWidgets import QFileDialog, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.feedback import FeedbackShown, FeedbackWords
from ui.feedback.trend_plot import TrendPlot
from ui.feedback.trend_table import TrendTable
from ui.feedback.trend_view import said_words, waiting_words
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, Section, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.save_file import write_whole


class TrendDialog(Dialog):
    """Everything that a manager may see of feedback."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("What patients say of us"), parent, width=680, height=660)
        self._tools = tools
        self._shown = FeedbackShown()
        self._said = Said()
        self._empty = Label(_("No month with answers is over yet. A month is shown when it has ended."), "read")
        self._concerns = Panel("scrolled", margins=(0, 0, 0, 0), gap=8)
        self.question = Picker(_("Question"))
        self.question.currentIndexChanged.connect(lambda _index: self._show_question())
        self.plot, self.table = TrendPlot(tools.theme), TrendTable()
        self._about = Label(
            _("Months that are over. Nothing is shown of fewer than 5; hatched means that it may not be told exactly."),
            "muted",
        )
        self._words_heading = Section(_("Written without a name"))
        for widget in (self._said, self._concerns, self._empty, self.question, self.plot, self._about, self.table):
            self.rows.addWidget(widget)
        self.rows.addWidget(self._words_heading)
        self._written = Panel("scrolled", margins=(0, 0, 0, 0), gap=8)
        self.rows.addWidget(self._written)
        self.rows.addWidget(Section(_("Invitation to review")))
        self.address = Field(
            _("Where reviews are written (empty: nobody is invited)"),
            hint=_("Shown to whoever agreed to be invited, whatever they answered."),
        )
        self.rows.addWidget(self.address)
        line = place(self.rows, FlowLayout(gap=10))
        self.keep_address = Button(_("Keep this address"), "small", self._keep_address)
        line.addWidget(self.keep_address)
        self.rows.addStretch(1)
        self.as_csv = self.add_button(Button(_("Save for a spreadsheet"), "secondary", self._ask_csv))
        self.as_picture = self.add_button(Button(_("Save the picture"), "secondary", self._ask_picture))
        self._close = self.add_close()
        for button in (self.keep_address, self.as_csv, self.as_picture, self._close):
            button.setAutoDefault(False)
        self._show(FeedbackShown())
        self._ask()

    def save_csv(self, file: str) -> None:
        """Write the figures of every question to `file`."""
        desk = self._tools.desk
        self._tools.work.submit(
            self, lambda: write_whole(Path(file), desk.feedback.csv), lambda _none: self._saved(), self._problem
        )

    def save_picture(self, file: str) -> None:
        """Write the picture of the question that is shown to `file`, as PNG."""
        picture = QBuffer()
        self.plot.grab().save(picture, "PNG")
        png = bytes(picture.data().data())
        write = partial(write_whole, Path(file), lambda: png)
        self._tools.work.submit(self, write, lambda _none: self._saved(), self._problem)

    def _ask(self) -> None:
        self._tools.work.submit(self, self._tools.desk.feedback.shown, self._answered, self._problem)

    def _answered(self, shown: FeedbackShown) -> None:
        self.address.edit.setText(shown.review_address)
        if not self.question.count():
            for question, words in shown.questions:
                self.question.addItem(words, question)
        self._show(shown)
        self.turn_to(self.question if shown.trend else self._close)

    def _show(self, shown: FeedbackShown) -> None:
        self._shown = shown
        some = bool(shown.trend)
        self._empty.setVisible(not some)
        for widget in (self.question, self.plot, self._about, self.table, self.as_csv, self.as_picture):
            widget.setVisible(some)
        self._show_question()
        empty(self._concerns.rows)
        self._concerns.setVisible(bool(shown.concerns))
        if shown.concerns:
            self._concerns.add(Label(waiting_words(len(shown.concerns)), "caution"))
            self._concerns.add(*(self._concern(each) for each in shown.concerns))
        empty(self._written.rows)
        self._words_heading.setVisible(bool(shown.words))
        self._written.setVisible(bool(shown.words))
        self._written.add(*(self._panel(words) for _month, words in shown.words if said_words(words)))

    def _show_question(self) -> None:
        chosen = self.question.currentData()
        cells = [cell for cell in self._shown.trend if cell.question == chosen]
        self.plot.show_cells(cells)
        self.table.show_cells(cells)

    def _panel(self, words: FeedbackWords) -> Panel:
        panel = Panel("important", margins=(12, 8, 12, 8), gap=4)
        panel.add(Label(said_words(words) or _("They wrote nothing about it."), "read"))
        return panel

    def _concern(self, words: FeedbackWords) -> Panel:
        panel = self._panel(words)
        line = place(panel.rows, FlowLayout(gap=10))
        name = _("Looked into: {words}").format(words=said_words(words))
        button = Button(_("Looked into"), "small", partial(self._look_into, words), name=name)
        button.setAutoDefault(False)
        line.addWidget(button)
        return panel

    def _look_into(self, words: FeedbackWords) -> None:
        desk = self._tools.desk

        def tick() -> FeedbackShown:
            desk.feedback.looked_into(words.id)
            return desk.feedback.shown()

        self._tools.work.submit(self, tick, self._answered, self._problem)

    def _keep_address(self) -> None:
        keep = partial(self._tools.desk.feedback.set_review_address, self.address.text)
        self._tools.work.submit(self, keep, self._address_kept, self._problem)

    def _address_kept(self, address: str) -> None:
        self.address.edit.setText(address)
        self._tools.messages.say(_("Kept: where reviews are written."))

    def _ask_csv(self) -> None:
        self._ask_where(_("For a spreadsheet (*.csv)"), "csv", self.save_csv)

    def _ask_picture(self) -> None:
        self._ask_where(_("Picture (*.png)"), "png", self.save_picture)

    def _ask_where(self, kind: str, suffix: str, save: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, _("Save as a file"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([kind])
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile("rapportdesk-feedback")
        dialog.fileSelected.connect(save)
        dialog.open()

    def _saved(self) -> None:
        self._said.hide()
        self._tools.messages.say(_("Saved as a file. It is not encrypted: look after it."))

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
