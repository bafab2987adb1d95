"""What can be done with the line the keyboard stands on, and who said it when; gone when the keys go elsewhere."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.shown import Line
from rapportdesk.model.task import TaskCode
from ui.card.card_view import Piece, source_words
from ui.screen import Tools
from ui.widgets.controls import Button, Panel, place
from ui.widgets.flow import FlowLayout
from ui.widgets.running import Running


class LineBar(Panel):
    """Verbs for one line.

    Signals:
        wanted: Id of the command that was pressed.
    """

    wanted = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__("card", margins=(12, 4, 12, 4), gap=0, parent=parent)
        self._tools = tools
        self._source = Running(tools.theme)
        flow = place(self.rows, FlowLayout(gap=6, row_gap=4))
        flow.addWidget(self._source)
        self._buttons: dict[str, Button] = {}
        for command_id, words in (
            ("note.edit", _("Change")),
            ("note.confirm", _("Still true")),
            ("note.retire", _("Put away")),
            ("note.move", _("Wrong person")),
            ("history", _("Earlier versions")),
            ("task.done", _("Done")),
            ("task.open", _("More…")),
            ("person.edit", _("Change")),
        ):
            command = tools.commands[command_id]
            button = Button(words, "small", partial(self.wanted.emit, command_id))
            button.setToolTip(command.key_words)
            button.setAccessibleDescription(command.key_words)
            self._buttons[command_id] = button
            flow.addWidget(button)
        self.setAccessibleName(_("This line"))
        self.hide()

    def show_line(self, line: Line, *, after: QWidget) -> None:
        """Offer what can be done with `line`.

        Args:
            line: As it stands on the card.
            after: From where Tab comes to the verbs: the line's own widget.
        """
        for button in self._buttons.values():
            self.setTabOrder(after, button)
            after = button
        clock = self._tools.clock
        if line.note is not None:
            noted = clock.local(line.note.noted_at).date()
            words = source_words(line.note, clock.local(clock.now()).date(), noted)
        else:
            words = line.detail
        self._source.say([Piece(words, 12, 400, "muted")])
        self._source.setVisible(bool(words))
        for command_id, button in self._buttons.items():
            note_verb = command_id.startswith("note.") or command_id == "history"
            if note_verb:
                moves = command_id == "note.move" and line.task is not None
                button.setVisible(line.note is not None or moves)
            elif command_id == "task.done":
                button.setVisible(line.task is not None and line.task.code is TaskCode.PROMISE)
            elif command_id == "task.open":
                button.setVisible(line.task is not None)
            else:
                button.setVisible(line.note is None and line.task is None)
        self.show()
