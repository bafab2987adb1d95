"""Who runs late: one line each above the visits, and a sentence for those who wait, to say, change or copy."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.day import Behind, LateSentence
from ui.emergency.words_field import WordsField
from ui.look.bidi import isolate
from ui.screen import Tools
from ui.widgets.choice import Choice
from ui.widgets.controls import Button, Label, Panel, empty
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said


def late_words(behind: Behind) -> str:
    """Return "Dr Osei about 15 min late"."""
    return _("{name} about {minutes} min late").format(name=isolate(behind.practitioner), minutes=behind.minutes)


class LateLines(Panel):
    """One line for each practitioner who runs late; pressing one offers the sentence.

    Signals:
        wanted: A line was pressed.
        resized: A line has come or gone.
    """

    wanted = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("scrolled", margins=(0, 0, 0, 2), gap=2, parent=parent)
        self.setAccessibleName(_("Running late"))
        self._said: tuple[str, ...] = ()
        self._has_room = True
        self.hide()

    def show_behind(self, behind: Sequence[Behind]) -> None:
        """Show who runs late now; lines that say the same as before stay, and the keys on them."""
        said = tuple(map(late_words, behind))
        if said != self._said:
            self._said = said
            empty(self.rows)
            for words in said:
                line = Choice(words, self.wanted.emit)
                line.setProperty("role", "late")
                line.setAccessibleDescription(_("Say something to those who wait"))
                self.add(line)
        self._fit()

    def give_room(self, has_room: bool) -> None:  # a slot in all but name
        """Be seen only where the visits still are."""
        self._has_room = has_room
        self._fit()

    def _fit(self) -> None:
        visible = bool(self._said) and self._has_room
        if visible is self.isHidden():
            self.setVisible(visible)
            self.resized.emit()


class LateDialog(Dialog):
    """A sentence for those who wait for each practitioner who runs late.

    Args:
        tools: What a screen works with.
        parent: The window.
    """

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Running late"), parent, width=560, height=480)
        self._tools = tools
        self.fields: list[WordsField] = []
        self._said = Said()
        self._shown = Panel("scrolled", margins=(0, 0, 0, 0), gap=12)
        self.rows.addWidget(self._said)
        self.rows.addWidget(self._shown)
        self.rows.addStretch(1)
        self._leave = self.add_close()
        self._leave.setFocus()
        tools.work.submit(self, tools.desk.today.late, self._show, self._problem)

    def _show(self, late: tuple[LateSentence, ...]) -> None:
        empty(self._shown.rows)
        self.fields = []
        if not late:
            self._shown.add(Label(_("Nobody runs late, as far as the marks here say."), "body"))
            return
        self._shown.add(Label(_("Say it in your own words; what is copied is what stands here."), "muted"))
        for each in late:
            self._shown.add(self._one(each))
        self.turn_to(self.fields[0])

    def _one(self, late: LateSentence) -> Panel:
        made = Panel("scrolled", margins=(0, 0, 0, 0), gap=6)
        waiting = late.behind.waiting
        who = ngettext("{count} person is waiting", "{count} people are waiting", waiting).format(count=waiting)
        field = WordsField(self._tools, _("What to say"), to_patient=True)
        field.field.start_with(late.sentence)
        name = _("Copy what to say about {name}").format(name=isolate(late.behind.practitioner))
        copy = Button(_("Copy"), "secondary", partial(self._copy, field), name=name)
        copy.setAutoDefault(False)
        field.entered.connect(partial(self._copy, field))
        made.add(Label(late_words(late.behind), "subheading"), Label(who, "detail"), field)
        made.rows.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.append(field)
        return made

    def _copy(self, field: WordsField) -> None:
        QGuiApplication.clipboard().setText(field.text)
        words = _("Copied. It leaves the clipboard in half a minute.")
        self._said.setProperty("role", "agreed")
        self._say(words)

    def _problem(self, error: RapportError) -> None:
        self._said.setProperty("role", "problem")
        self._say(str(error))

    def _say(self, words: str) -> None:
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self._said.tell(words)
