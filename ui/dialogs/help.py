"""Every key there is, straight from the command table, and what this program is."""

import platform

from PySide6.QtWidgets import QWidget

import rapportdesk
from rapportdesk.language import _
from rapportdesk.model.staff import Role
from ui.card.card_view import Piece
from ui.commands import Command, CommandTable, Where
from ui.guard.capture import Capture, capture_words
from ui.search.finder import filters_explained
from ui.theme import Theme
from ui.widgets.controls import Label, Section, row
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.running import Running


def place_words(where: Where) -> str:
    """Return what a part of the window is called."""
    return {
        Where.WINDOW: _("Anywhere"),
        Where.DOOR: _("At the sign-in"),
        Where.TODAY: _("In Today"),
        Where.CARD: _("On the card"),
        Where.QUICK_LINE: _("While writing a note"),
        Where.CONSENT: _("While asking for consent"),
        Where.BRIEF: _("In the brief"),
        Where.PROMISE: _("With a promise"),
    }[where]


class HelpDialog(Dialog):
    """All commands and their keys, by the place in which they hold.

    Args:
        theme: For its look.
        table: All commands.
        roles: Whose; commands of other roles are left out.
        watching: Whether the platform tells of lock and sleep; if not, that is said.
        capture: What becomes of the window in pictures of the screen.
    """

    def __init__(
        self,
        theme: Theme,
        table: CommandTable,
        roles: frozenset[Role],
        parent: QWidget | None,
        *,
        watching: bool = True,
        capture: Capture = Capture.POSSIBLE,
    ) -> None:
        super().__init__(theme, _("All keys"), parent, width=560, height=620)
        commands = [command for command in table.for_roles(roles) if command.keys]
        for where in Where:
            here = [command for command in commands if command.where is where]
            if here:
                self.rows.addWidget(Section(place_words(where)))
                for line in _lines(theme, here):
                    self.rows.addWidget(line)
        self.rows.addWidget(Section(_("In the quick line")))
        self.rows.addWidget(
            Label(
                _("“! ” first makes it a please-don’t. “#” names a topic and “@” a person of this card.")
                + " "
                + _("A date after “promise:” makes it a promise. Quotation marks make the words theirs."),
                "body",
            )
        )
        self.rows.addWidget(Section(_("In the search")))
        self.rows.addWidget(Label(filters_explained(), "body"))
        self.rows.addWidget(Section(_("The cover")))
        self.rows.addWidget(Label(_("F9 covers this window; other programs do not hear the key."), "body"))
        if not watching:
            unheard = _(
                "This computer does not tell RapportDesk when it locks or sleeps. Lock with Ctrl+L before you go."
            )
            self.rows.addWidget(Label(unheard, "caution"))
        self.rows.addWidget(Section(_("Copying, and pictures of the screen")))
        copied = _("What you copy here is taken out of the clipboard after half a minute, and when the desk locks.")
        self.rows.addWidget(Label(copied, "body"))
        role = "body" if capture is Capture.EXCLUDED else "caution"
        self.rows.addWidget(Label(capture_words(capture), role))
        self.add_close().setFocus()


class AboutDialog(Dialog):
    """Name, version and licences."""

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(theme, _("About RapportDesk"), parent, width=460, height=360)
        version = _("Version {version} on Python {python}").format(
            version=rapportdesk.__version__, python=platform.python_version()
        )
        for words, role in (
            (_("The clinic’s memory of its patients as people."), "lead"),
            (version, "muted"),
            (_("Everything stays on this computer, encrypted in one file."), "body"),
            (
                _("Free software under the Apache License 2.0. Inter and Noto fonts: SIL Open Font License 1.1."),
                "detail",
            ),
            (_("Icons: Lucide, ISC licence. Qt and PySide6: LGPL 3."), "detail"),
        ):
            self.rows.addWidget(Label(words, role))
        self.rows.addStretch(1)
        self.add_close().setFocus()


def _lines(theme: Theme, commands: list[Command]) -> list[QWidget]:
    """Return a line for each command: its key, and what it does beside it or, where there is no room, below."""
    keys = [Label(command.key_words, "kbd", wrap=False) for command in commands]
    for key in keys:
        key.ensurePolished()
    widest = max(key.sizeHint().width() for key in keys)
    lines = []
    for key, command in zip(keys, commands, strict=True):
        line, holder = QWidget(), QWidget()
        flow = FlowLayout(line, gap=14, row_gap=0)
        row(holder, key, gap=0, stretch_last=True)
        holder.setFixedWidth(widest)
        flow.addWidget(holder)
        flow.addWidget(Running(theme, [Piece(command.words, 14)]))
        lines.append(line)
    return lines
