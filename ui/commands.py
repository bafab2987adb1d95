"""Everything that can be done is a row of data: its words, its keys, where it holds and for whom.

The help screen lists the rows, the shell binds them, and the tests walk every screen through them. Two commands that
may be meant by one key in one place are a mistake, found when the table is made.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from rapportdesk.model.staff import Role

EVERYBODY = frozenset(Role)
CLINICIANS = frozenset({Role.CLINICIAN})
MANAGERS = frozenset({Role.MANAGER})


class Where(StrEnum):
    """The part of the window in which a command's keys are heard."""

    WINDOW = "window"
    DOOR = "door"
    TODAY = "today"
    CARD = "card"
    QUICK_LINE = "quick-line"
    CONSENT = "consent"
    BRIEF = "brief"
    PROMISE = "promise"


_APART = frozenset(
    frozenset(pair)
    for pair in (
        (Where.TODAY, Where.CARD),
        (Where.TODAY, Where.QUICK_LINE),
        (Where.TODAY, Where.CONSENT),
        (Where.TODAY, Where.BRIEF),
        (Where.BRIEF, Where.CARD),
        (Where.BRIEF, Where.QUICK_LINE),
        (Where.BRIEF, Where.CONSENT),
        (Where.QUICK_LINE, Where.CONSENT),
    )
) | frozenset(
    frozenset((apart, other))
    for apart, beside in ((Where.DOOR, {Where.WINDOW}), (Where.PROMISE, set()))
    for other in Where
    if other not in {apart, *beside}
)
"""Places that never have the keys at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be done.

    Attributes:
        id: Fixed name, never shown.
        words: What it does, in the reader's language.
        keys: Portable key sequences ("Ctrl+K"); the first is the one that is shown.
        where: The place in which the keys are heard.
        roles: Who may; anybody with one of them.
        screen: Name of the screen or dialog it opens, for walking all screens; empty when it opens none.
        signed_in: Whether somebody must be signed in.
    """

    id: str
    words: str
    keys: tuple[str, ...] = ()
    where: Where = Where.WINDOW
    roles: frozenset[Role] = EVERYBODY
    screen: str = ""
    signed_in: bool = True

    @property
    def key_words(self) -> str:
        """The first key as this platform writes it; empty without one."""
        return key_words(self.keys[0]) if self.keys else ""


def key_words(keys: str) -> str:
    """Return a portable key sequence as the person's platform writes it."""
    return QKeySequence(keys, QKeySequence.SequenceFormat.PortableText).toString(QKeySequence.SequenceFormat.NativeText)


class CommandTable:
    """The rows, by id, in the order of the help screen.

    Args:
        rows: All commands.

    Raises:
        ValueError: Two rows share an id, or a key in places that may be meant at once. A mistake of ours.
    """

    def __init__(self, rows: Iterable[Command]) -> None:
        self._rows: dict[str, Command] = {}
        by_keys: dict[str, list[Command]] = {}
        for command in rows:
            if command.id in self._rows:
                raise ValueError(f"two commands are called {command.id}")
            self._rows[command.id] = command
            for keys in {QKeySequence(keys).toString() for keys in command.keys}:
                for other in by_keys.setdefault(keys, []):
                    if _meant_at_once(command, other):
                        raise ValueError(f"{keys} means both {other.id} and {command.id}")
                by_keys[keys].append(command)

    def __getitem__(self, command_id: str) -> Command:
        """Return the row; KeyError when there is none."""
        return self._rows[command_id]

    def __iter__(self) -> Iterator[Command]:
        """Go through the rows in their order."""
        return iter(self._rows.values())

    def for_roles(self, roles: frozenset[Role]) -> tuple[Command, ...]:
        """Return what somebody with `roles` can do."""
        return tuple(command for command in self if command.roles & roles)


def _meant_at_once(one: Command, other: Command) -> bool:
    return frozenset((one.where, other.where)) not in _APART and bool(one.roles & other.roles)


def bind(widget: QWidget, table: CommandTable, command_id: str, do: Callable[[], object]) -> QAction:
    """Have `do` called when the command's keys are pressed in `widget` (window-wide for `Where.WINDOW`).

    Returns:
        The action, added to `widget`; disable it to take the keys away.
    """
    command = table[command_id]
    action = QAction(command.words.replace("&", "&&"), widget)
    action.setObjectName(command.id)
    action.setShortcuts([QKeySequence(keys, QKeySequence.SequenceFormat.PortableText) for keys in command.keys])
    whole = command.where is Where.WINDOW
    action.setShortcutContext(
        Qt.ShortcutContext.WindowShortcut if whole else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    action.setAutoRepeat(False)  # a held key records nothing twice
    action.triggered.connect(lambda _checked=False: do())
    widget.addAction(action)
    return action
