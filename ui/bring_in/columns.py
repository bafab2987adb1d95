"""How a table is read stands on the screen, and each part of it can be changed before anything is read.

A guess is a proposal: headers with what they are taken for, rows as they are written, and which comes first, the day or
the month. What only a person can know has to be said before going on.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from ui.bring_in.stepping import Aside
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, empty
from ui.widgets.dialog import Dialog
from ui.widgets.picker import Picker
from ui.work import Broken

if TYPE_CHECKING:
    from rapportdesk.desk.bring_in.import_tables import DateExample, DateOrder, Field, TableGuess, Tables, TableSettings

SAMPLES = 3
ENCODINGS = ("utf-8", "cp1252", "iso8859-15", "utf-16", "cp1250", "cp1251", "cp437", "mac-roman")
"""Python's names of the encodings in which practice systems write."""

SEPARATORS = (",", ";", "\t", "|")


class ColumnsDialog(Dialog):
    """Shows how a table would be read, and lets everything of it be changed.

    Args:
        tools: What a screen works with.
        tables: Looks at the file again with what was said.
        guess: How it would be read.
        parent: The dialog that brings files in.

    Signals:
        chosen: The settings to read with.
    """

    chosen = Signal(object)

    def __init__(self, tools: Tools, tables: "Tables", guess: "TableGuess", parent: QWidget | None) -> None:
        from rapportdesk.desk.bring_in.import_tables import TableSettings

        super().__init__(tools.theme, _("How is this table read?"), parent, width=720, height=640)
        self._tools, self._tables, self._guess = tools, tables, guess
        self._said = TableSettings()
        self._aside: Aside | None = None
        self._looked: tuple[TableGuess, ...] = ()
        self._problem = Label("", "problem")
        self._problem.hide()
        self._questions = Label("", "caution")
        self.shown = Panel("scrolled", margins=(0, 0, 0, 0), gap=8)
        for widget in (self._problem, self._questions, self.shown):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.go_on = self.add_button(Button(_("Read it like this"), "primary", self._go_on))
        self.add_close(_("Leave it"))
        self.pickers: dict[str, Picker] = {}
        self._show(guess)

    def _show(self, guess: "TableGuess") -> None:
        focused = next((name for name, each in self.pickers.items() if each.hasFocus()), "")
        self._guess = guess
        empty(self.shown.rows)
        self.pickers = {}
        rows = ngettext("{n} row", "{n} rows", guess.rows).format(n=guess.rows)
        self.shown.add(Label(_("{file}: {rows}").format(file=isolate(guess.file), rows=rows), "muted"))
        words = "\n".join(each.words for each in guess.questions)
        self._questions.say(words, name=words)
        self._questions.setVisible(bool(words))
        self._date_order(guess)
        for header, field in zip(guess.headers, guess.fields, strict=True):
            self._column(guess, header, field)
        self._letters(guess)
        self.go_on.setEnabled(not guess.questions)
        after = self.pickers.get(focused)
        self.turn_to(after or (self.go_on if not guess.questions else next(iter(self.pickers.values()))))

    def _column(self, guess: "TableGuess", header: str, field: object) -> None:
        from rapportdesk.desk.bring_in.import_tables import Field

        at = guess.headers.index(header)
        written = [isolate(row[at]) for row in guess.samples[:SAMPLES] if row[at]]
        shown = Panel("important", margins=(14, 6, 14, 6), gap=2)
        shown.add(Label(isolate(header), "name-strong"), Label(", ".join(written) or _("nothing in it"), "muted"))
        picker = self._pick(header, _("What “{header}” holds").format(header=header), list(Field), field)
        picker.activated.connect(partial(self._say_field, header, tuple(Field)))
        shown.add(picker)
        self.shown.add(shown)

    def _date_order(self, guess: "TableGuess") -> None:
        from rapportdesk.desk.bring_in.import_tables import DateOrder

        if not guess.examples and guess.date_order is None:
            return
        words = [_example(each) for each in guess.examples[:SAMPLES]]
        self.shown.add(Label(_("Day and month"), "name-strong"), Label("\n".join(words), "muted"))
        options: list[DateOrder | None] = [*DateOrder] if guess.date_order is not None else [None, *DateOrder]
        picker = self._pick("#order", _("Day and month"), options, guess.date_order)
        picker.activated.connect(partial(self._say_order, options))
        self.shown.add(picker)

    def _letters(self, guess: "TableGuess") -> None:
        sure = "" if guess.encoding_certain else _(" (guessed: look whether the letters are right)")
        self.shown.add(
            Label(
                _("Letters are written as {name}{sure}").format(name=_encoding_words(guess.encoding), sure=sure), "body"
            )
        )
        encodings = list(dict.fromkeys((guess.encoding, *ENCODINGS)))
        words = list(map(_encoding_words, encodings))
        encoding = self._pick("#encoding", _("How letters are written"), words, _encoding_words(guess.encoding))
        encoding.activated.connect(lambda at: self._say(replace(self._said, encoding=encodings[at])))
        self.shown.add(encoding, Label(_("Columns are parted by"), "body"))
        separators = list(dict.fromkeys((guess.separator, *SEPARATORS)))
        separator = self._pick("#separator", _("What parts the columns"), separators, guess.separator)
        separator.activated.connect(lambda at: self._say(replace(self._said, separator=separators[at])))
        self.shown.add(separator)

    def _pick(self, key: str, name: str, options: Sequence[object], chosen: object) -> Picker:
        picker = Picker(name)
        for option in options:
            picker.addItem(_words(option))
        picker.setCurrentIndex(list(options).index(chosen))
        self.pickers[key] = picker
        return picker

    def _say_field(self, header: str, fields: "tuple[Field, ...]", at: int) -> None:
        others = tuple(pair for pair in self._said.columns if pair[0] != header)
        self._say(replace(self._said, columns=(*others, (header, fields[at]))))

    def _say_order(self, orders: "list[DateOrder | None]", at: int) -> None:
        order = orders[at]
        if order is not None:
            self._say(replace(self._said, date_order=order))

    def _say(self, said: "TableSettings") -> None:
        """Look again with what was said."""
        self._said = said
        self.shown.setEnabled(False)
        self.go_on.setEnabled(False)

        def look() -> None:
            self._looked = self._tables.look(said)

        self._aside = Aside(look)
        self._aside.came.connect(self._again, Qt.ConnectionType.QueuedConnection)
        self._aside.begin()

    def _again(self, error: BaseException | None) -> None:
        self.shown.setEnabled(True)
        if error is not None and not isinstance(error, RapportError):
            self._tools.work.bug.emit(error)
            error = Broken(_("Something went wrong here."), _("Nothing was brought in."))
        self._problem.setVisible(error is not None)
        if error is not None:
            self._problem.say(str(error), name=str(error))
        elif self._looked:
            self._show(self._looked[0])

    def _go_on(self) -> None:
        desk, guess = self._tools.desk, self._guess
        self._tools.work.submit(self._tools.messages, lambda: desk.imports.remember_columns(guess))
        self.chosen.emit(self._tables.settings(self._said))
        self.accept()


def _example(example: "DateExample") -> str:
    days = [
        words.format(day=long_date(day))
        for words, day in ((_("day first: {day}"), example.day_first), (_("month first: {day}"), example.month_first))
        if day is not None
    ]
    return _("{written} is {days}").format(written=isolate(example.written), days=" · ".join(days))


def _words(option: object) -> str:
    """Return how a choice is called."""
    if option is None:
        return _("Please choose")
    if isinstance(option, str) and option in SEPARATORS:
        return {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("upright line")}[option]
    return str(getattr(option, "words", option))


def _encoding_words(encoding: str) -> str:
    """Return who writes so, in words; a rare encoding by its own name."""
    known = {
        "utf-8": _("all letters (UTF-8)"),
        "utf-16": _("all letters (UTF-16)"),
        "cp1252": _("Western Europe (Windows)"),
        "iso8859-15": _("Western Europe (ISO)"),
        "cp1250": _("Central Europe (Windows)"),
        "cp1251": _("Cyrillic (Windows)"),
        "cp437": _("old DOS"),
        "mac-roman": _("old Mac"),
    }
    return known.get(encoding, encoding)
