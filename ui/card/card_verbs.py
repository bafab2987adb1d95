"""What can be done with one line of the card: change it, hear it again, put it away, move it to the right person."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Note
from rapportdesk.model.task import Task, TaskCode
from ui.card.history import HistoryDialog
from ui.card.move import MoveDialog
from ui.card.note_edit import NoteEdit
from ui.look.bidi import isolate
from ui.promises.promise import PromiseDialog
from ui.screen import Tools
from ui.widgets.line_button import LineButton

_OF_TASKS = frozenset({"task.done", "task.open", "note.move"})


class HasLines(Protocol):
    """The card, as far as its verbs know it."""

    tools: Tools

    @property
    def chosen_line(self) -> LineButton | None:
        """The line the keyboard stands on."""


class LineVerbs(QObject):
    """Does what a command says with the line the keyboard stands on.

    Signals:
        saved: Id of the patient whose card has changed.
        command_wanted: A command that belongs to the window.
    """

    COMMANDS = ("note.edit", "note.confirm", "note.retire", "note.move", "history", "task.done", "task.open")

    saved = Signal(str)
    command_wanted = Signal(str)

    def __init__(self, card: QWidget, edit: NoteEdit, lines: HasLines) -> None:
        super().__init__(card)
        self._card, self._edit, self._lines = card, edit, lines
        self._tools = lines.tools

    def press(self, line: LineButton) -> None:
        """Do what Enter does with a line: change it, how its topic may be raised, or whom it is about."""
        if line.line.note is not None:
            self.do("note.edit")
        elif line.line.task is not None:
            self.do("task.open")
        else:
            self.command_wanted.emit("topic" if line.line.topic is not None else "person.edit")

    def do(self, command_id: str) -> None:
        """Do what `command_id` says with the chosen line."""
        if command_id == "person.edit":
            self.command_wanted.emit(command_id)
            return
        chosen = self._lines.chosen_line
        line = chosen.line if chosen is not None else None
        of_tasks = line is not None and line.task is not None and command_id in _OF_TASKS
        if line is None or (line.note is None and not of_tasks):
            self._tools.messages.problem(
                BadInput(_("Choose a line of the card first."), _("The arrow up from the note goes to the lines."))
            )
        elif line.task is not None:
            self._do_with_task(command_id, line.task)
        elif line.note is not None:
            self._do_with(command_id, line.note)

    def _do_with(self, command_id: str, note: Note) -> None:
        desk, again = self._tools.desk, partial(self.saved.emit, note.patient)
        match command_id:
            case "note.edit":
                self._edit.open(note)
            case "note.confirm":
                self._change(partial(desk.notes.confirm, note.id), _("Still true, heard today."), note.patient)
            case "note.retire":
                self._change(partial(desk.notes.retire, note.id), _("Put away. It stays in the history."), note.patient)
            case "note.move":
                dialog = MoveDialog(self._tools, note.patient, note.text, self._card)
                dialog.chosen.connect(partial(self._move, note))
                dialog.open()
            case "history":
                HistoryDialog(self._tools, note, self._card).open()
            case _:
                again()

    def _do_with_task(self, command_id: str, task: Task) -> None:
        if command_id == "note.move":
            whose = _("Whose promise is this?")
            dialog = MoveDialog(self._tools, task.patient, task.text, self._card, heading=whose)
            dialog.chosen.connect(partial(self._move_task, task))
            dialog.open()
        elif command_id == "task.done" and task.code is TaskCode.PROMISE:
            done = partial(self._tools.desk.tasks.done, task.id)
            self._change(done, _("Done: {promise}").format(promise=task.text), task.patient)
        else:  # how somebody was is asked, and what a clinician has to read is theirs
            opened = PromiseDialog(self._tools, task, self._card)
            opened.changed.connect(self.saved)
            opened.move_wanted.connect(partial(self._do_with_task, "note.move", task))
            opened.open()

    def _move_task(self, task: Task, to: str, name: str) -> None:
        move = partial(self._tools.desk.tasks.move, task.id, PatientId(to))
        self._change(move, _moved_words(name), task.patient)

    def _move(self, note: Note, to: str, name: str) -> None:
        move = partial(self._tools.desk.notes.move, note.id, PatientId(to))
        self._change(move, _moved_words(name), note.patient)

    def _change(self, change: Callable[[], object], sentence: str, patient: PatientId) -> None:
        def changed(_answer: object) -> None:
            self._tools.messages.say(sentence, self._take_back(patient))
            self.saved.emit(patient)

        self._tools.work.submit(self, change, changed)

    def _take_back(self, patient: PatientId) -> Callable[[], None]:
        work, desk = self._tools.work, self._tools.desk
        return lambda: work.submit(self, desk.notes.undo, lambda _words: self.saved.emit(patient))


def _moved_words(name: str) -> str:
    return _("Moved to {name}. Nothing of it stays here.").format(name=isolate(name))
