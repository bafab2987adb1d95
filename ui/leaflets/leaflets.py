"""The library of leaflets: what there is to give, each file to save and print; a manager adds, changes, puts away."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _
from rapportdesk.model.identity import RecordId
from rapportdesk.model.leaflet import LARGEST_LEAFLET, Leaflet
from rapportdesk.model.staff import Role
from ui.explained.explained import leaflet_words
from ui.explained.plain_words import PlainWords
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, Section, column, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.save_file import ask_where, write_whole
from ui.widgets.written import Written


class LeafletsDialog(Dialog):
    """Lists the leaflets and, for a manager, keeps them."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Leaflets"), parent, width=620, height=660)
        self._tools = tools
        self._manages = Role.MANAGER in tools.viewer.roles
        self.leaflets: dict[RecordId, LeafletRow] = {}
        self._said = Said()
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=12)
        self.form = LeafletForm(tools)
        self.form.kept.connect(self._ask)
        self.form.failed.connect(self._problem)
        self.rows.addWidget(Label(_("What this practice gives patients to take home."), "body"))
        self.rows.addWidget(self._said)
        self.rows.addWidget(self._list)
        self.rows.addWidget(self.form)
        self.rows.addStretch(1)
        self.form.setVisible(self._manages)
        self._close = self.add_close()
        self._ask()

    def change(self, leaflet: Leaflet) -> None:
        """Have a leaflet changed in the form below."""
        self.form.begin(leaflet)
        self.turn_to(self.form.title.edit)

    def put_away(self, leaflet: Leaflet) -> None:
        """Have a leaflet no longer given out, or given out again."""
        away = partial(self._tools.desk.leaflets.put_away, leaflet.id, away=not leaflet.put_away)
        self._tools.work.submit(self, away, lambda _kept: self._ask(), self._problem)

    def ask_where(self, leaflet: Leaflet) -> None:
        """Ask where the leaflet's file is to lie, and put it there."""
        ask_where(self, _("Save the leaflet"), "leaflet.pdf", partial(self.save_to, leaflet), kinds=(_("PDF (*.pdf)"),))

    def save_to(self, leaflet: Leaflet, path: Path) -> None:
        """Write the leaflet's file to `path`."""
        read = partial(self._tools.desk.leaflets.file, leaflet.id)
        self._tools.work.submit(self, partial(write_whole, path, read), lambda _none: self._saved(), self._problem)

    def _ask(self) -> None:
        listed = partial(self._tools.desk.leaflets.list, put_away=self._manages)
        self._tools.work.submit(self, listed, self._show, self._problem)

    def _show(self, leaflets: tuple[Leaflet, ...]) -> None:
        self._said.hide()
        empty(self._list.rows)
        self.leaflets = {each.id: LeafletRow(self, each, manages=self._manages) for each in leaflets}
        self._list.add(*self.leaflets.values())
        if not leaflets:
            nothing = _("There is no leaflet yet. A manager adds them here.")
            self._list.add(Label(_("There is no leaflet yet.") if self._manages else nothing, "muted"))
        first = next((each.first for each in self.leaflets.values() if each.first is not None), None)
        target: QWidget = self.form.title.edit if self._manages and not leaflets else first or self._close
        self.turn_to(target)

    def _saved(self) -> None:
        self._tools.messages.say(_("Saved. Print it from there."))

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)


class LeafletRow(QWidget):
    """One leaflet: its title, what it says, and what can be done with it.

    Attributes:
        first: What the keyboard comes to first; None when there is nothing to do.
    """

    def __init__(self, dialog: LeafletsDialog, leaflet: Leaflet, *, manages: bool) -> None:
        super().__init__()
        self.first: Button | None = None
        rows = column(self, gap=3)
        rows.addWidget(Label(leaflet_words(leaflet), "name-strong"))
        if leaflet.put_away:
            rows.addWidget(Label(_("No longer given out"), "caution"))
        if leaflet.words:
            rows.addWidget(Label(leaflet.words, "body"))
        if not leaflet.size:
            rows.addWidget(Label(_("No file: it is given on paper."), "muted"))
        line = place(rows, FlowLayout(gap=8, row_gap=4))
        verbs = [(_("Save the file…"), partial(dialog.ask_where, leaflet))] if leaflet.size else []
        if manages:
            away = _("Give it out again") if leaflet.put_away else _("Put away")
            verbs += [(_("Change"), partial(dialog.change, leaflet)), (away, partial(dialog.put_away, leaflet))]
        for words, do in verbs:
            button = Button(words, "small", do, name=f"{words} {leaflet.title}")
            button.setAutoDefault(False)
            line.addWidget(button)
            self.first = self.first or button


class LeafletForm(Panel):
    """Adds a leaflet, or changes one; for a manager.

    Signals:
        kept: A leaflet was kept.
        failed: The `RapportError` that says why not.
    """

    kept = Signal()
    failed = Signal(object)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__("scrolled", margins=(0, 10, 0, 0), gap=8, parent=parent)
        self._tools = tools
        self._leaflet: Leaflet | None = None
        self._file: Path | None = None
        self._heading = Section(_("Add a leaflet"))
        self.title = Field(_("Title, as patients know it"))
        self.language = Field(_("Language (empty: the practice’s own)"))
        self.words = Written(tools.theme, _("What it says, in a few plain sentences"))
        self.plain = PlainWords(tools, self.words.field)
        self._chosen = Label(_("No file chosen."), "muted")
        choose = Button(_("Choose its file…"), "secondary", self.ask_which)
        self.keep_button = Button(_("Keep it"), "primary", self.keep)
        for button in (choose, self.keep_button):
            button.setAutoDefault(False)
        self.add(self._heading, self.title, self.language, self.words, self.plain)
        line = place(self.rows, FlowLayout(gap=10))
        for widget in (choose, self._chosen, self.keep_button):
            line.addWidget(widget)
        self.title.edit.returnPressed.connect(self.language.edit.setFocus)
        self.language.edit.returnPressed.connect(self.words.field.setFocus)
        self.words.entered.connect(self.keep_button.setFocus)
        self.words.field.refused.connect(self.failed)

    def begin(self, leaflet: Leaflet | None) -> None:
        """Begin anew: change `leaflet`, or add one."""
        self._leaflet, self._file = leaflet, None
        heading = _("Change a leaflet") if leaflet else _("Add a leaflet")
        self._heading.say(heading.upper(), name=heading)
        self.title.edit.setText(leaflet.title if leaflet else "")
        self.language.edit.setText(leaflet.language if leaflet else "")
        self.words.start_with(leaflet.words if leaflet else "")
        self._chosen.say(_("Its file stays.") if leaflet and leaflet.size else _("No file chosen."))

    def ask_which(self) -> None:
        """Ask for the leaflet's file."""
        dialog = QFileDialog(self, _("Choose the leaflet"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("PDF (*.pdf)"))
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def take(self, path: Path) -> None:
        """Take a file for the leaflet; it is read when it is kept."""
        self._file = path
        self._chosen.say(path.name)

    def keep(self) -> None:
        """Keep the leaflet as it stands in the form."""
        self.title.clear_problem()
        if not self.title.text.strip():
            self.title.say_problem(_("What is the leaflet called?"))
            self.title.edit.setFocus()
            return
        desk, leaflet, path = self._tools.desk, self._leaflet, self._file
        title, language, words = self.title.text, self.language.text, self.words.text

        def keep() -> Leaflet:
            file = b"" if path is None else read_leaflet(path)
            if leaflet is None:
                return desk.leaflets.add(title, language=language, words=words, file=file)
            return desk.leaflets.change(leaflet.id, title=title, language=language, words=words, file=file)

        self.keep_button.setEnabled(False)
        self._tools.work.submit(self, keep, lambda _kept: self._done(), self._failed)

    def _done(self) -> None:
        self.keep_button.setEnabled(True)
        self.begin(None)
        self.kept.emit()

    def _failed(self, error: RapportError) -> None:
        self.keep_button.setEnabled(True)
        self.failed.emit(error)


def read_leaflet(path: Path) -> bytes:
    """Return a file's bytes, one more than fits at the most, so that a larger one is refused and never read whole.

    Raises:
        BadInput: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_LEAFLET + 1)
    except OSError:
        raise BadInput(_("The file cannot be read."), _("Choose another one.")) from None
