"""Who is signed in, at the end of the bar: a name with a menu of everything that is theirs to do."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from rapportdesk.language import _
from ui.commands import Command
from ui.look.bidi import isolate
from ui.look.roles import named
from ui.screen import Tools
from ui.widgets.choice import wrapped


def menu_groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the menu: groups of commands, those with a heading behind it; a line stands around the others."""
    return (
        ("", ("company", "turn", "call")),
        (
            _("This person"),
            (
                "person.edit", "topic", "questions", "consents", "explained", "follow-up", "tell", "contacts",
                "message", "who-looked", "person.history", "what-we-hold", "their-say", "emergency", "person.died",
            ),
        ),
        (_("The day"), ("promises", "told", "before-they-come", "late", "rearrange", "round", "feedback")),
        (_("Paper"), ("slips", "day-sheet", "print-session", "from-paper", "prints", "leaflets")),
        (_("People and schedules"), ("person.add", "person.join", "import", "import-review", "import-folder")),
        (
            _("The practice"),
            (
                "staff", "sheets", "clinicians-sheet", "backups", "standing", "locks", "record", "emergencies",
                "access-review", "consent-lists", "retention", "accountability", "templates", "feedback-trend",
                "practice",
            ),
        ),
        ("", ("switch", "lock")),
        (_("Settings and help"), ("secret", "interests", "look", "help", "problem-report", "about")),
    )  # fmt: skip


class PersonButton(QPushButton):
    """The signed-in person's name and menu.

    Args:
        tools: For the name and the commands' words.
        run: Does a command.
        company: Whether the menu has "Someone is with them".
    """

    def __init__(self, tools: Tools, run: Callable[[str], object], *, company: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools = tools
        self.setProperty("role", "quiet")
        self.setAccessibleName(named(tools.viewer.name, tools.viewer.roles))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        menu = QMenu(self)
        behind = False  # whether the group before stands behind a heading, so that no line parts it from the next one
        for heading, group in menu_groups():
            shown = [name for name in group if company or name != "company"]
            rows = [tools.commands[name] for name in shown if tools.commands[name].roles & tools.viewer.roles]
            if not rows:
                continue
            if not (heading and behind) and menu.actions():
                menu.addSeparator()
            behind = bool(heading)
            _fill(menu.addMenu(heading) if heading else menu, rows, run)
        self.setMenu(menu)

    def fit(self, width: int) -> None:
        """Show the name and its roles in lines no wider than `width`; in a very narrow place the name alone."""
        theme, viewer = self._tools.theme, self._tools.viewer
        words = named(viewer.name, viewer.roles) if width >= theme.px(180) else isolate(viewer.name)
        self.ensurePolished()
        self.setText("\n".join(wrapped(words, self.fontMetrics().horizontalAdvance, width)).replace("&", "&&"))
        self.setIcon(theme.icon("chevron-down", "muted", 12))
        self.setIconSize(QSize(theme.px(12), theme.px(12)))
        page = self.parentWidget()
        mirrored = page is not None and page.isRightToLeft()
        # The sign stands after the name, where a button has it before.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight if mirrored else Qt.LayoutDirection.RightToLeft)
        for menu in (self.menu(), *self.menu().findChildren(QMenu)):  # and they are read as everything else is
            menu.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)


def _fill(menu: QMenu, commands: Iterable[Command], run: Callable[[str], object]) -> None:
    for command in commands:
        # The key is written beside the words and not set as a shortcut: the window's own action has it already.
        words = command.words.replace("&", "&&")
        action = menu.addAction(f"{words}\t{command.key_words}" if command.key_words else words)
        action.triggered.connect(lambda _checked=False, name=command.id: run(name))
