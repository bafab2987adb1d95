"""One walk over every scene in the light theme, asked every question: bringing a scene up costs more than the answers.

What is asked: whether all of it can be read at both widths, whether it can be told from its ground in every theme, and
whether somebody who sees little, uses no mouse or has an unsteady hand can use it. `tests.ui.test_every_scene` looks at
the answers; each question has its controls where it is defined.
"""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtWidgets import QMenu, QWidget

from tests.tour.tour import unread
from tests.ui.assistive import (
    doubled_mnemonics,
    doubled_shortcuts,
    never_left,
    small_targets,
    unnamed,
    unreached,
    unscrolled,
    unseen_focus,
)
from tests.ui.legible import faint
from tests.ui.screens import Shown
from ui.look.palette import LIGHT, PALETTES
from ui.widgets.kept_form import FormDialog

KINDS = {
    "first-run-passphrase", "sign-in-refused", "recovery-code-refused", "welcome", "today", "card-unfolded",
    "card-not-asked", "card-deceased", "card-namesake", "search-namesakes", "quick-line-hobby", "line-chosen",
    "consent-someone-else", "note-edit", "person-add-namesake", "topic-in-front-of", "import", "help", "look",
    "message-undo", "message-problem", "brief", "staff-refused",
}  # fmt: skip
"""One scene of each kind: together they show every role there is, so these are looked at in every theme."""

QUESTIONS = (
    "unread", "faint", "unnamed", "doubled_mnemonics", "doubled_shortcuts", "small_targets", "unreached", "unscrolled",
    "unseen_focus", "never_left",
)  # fmt: skip

Check = Callable[[QWidget], Iterable[str]]


class Walk:
    """What one walk over all scenes found.

    Attributes:
        faults: The answers to each of `QUESTIONS`, each a sentence that names its scene.
        looked_at: The names of the scenes that each question was asked of.
        seen: Every class of widget that was shown.
    """

    def __init__(self) -> None:
        self.faults: dict[str, list[str]] = {}
        self.looked_at: dict[str, set[str]] = {}
        self.seen: set[type] = set()
        self._focused: set[tuple[str, str]] = set()

    def look(self, shown: Shown) -> None:
        """Ask one scene every question; what leaves it comes last."""
        widget = shown.widget
        self.seen |= {type(each) for each in (widget, *widget.findChildren(QWidget)) if each.isVisible()}
        self._answered("unread", shown, unread(shown))
        if shown.scene.name in KINDS:
            self._answered("faint", shown, self._faint(shown))
        checks: list[Check] = [unnamed, doubled_mnemonics, doubled_shortcuts, small_targets]
        if not isinstance(widget, QMenu):
            checks += [unreached, unscrolled]
        for check in checks:
            self._answered(check.__name__, shown, check(widget))
        if not isinstance(widget, QMenu):
            self._answered("unseen_focus", shown, unseen_focus(widget, self._focused))
        if widget is not shown.stage.window:
            if isinstance(widget, FormDialog):
                widget.start_afresh()  # Esc would keep it for the next scene
            self._answered("never_left", shown, never_left(widget))

    def _answered(self, question: str, shown: Shown, faults: Iterable[str]) -> None:
        self.looked_at.setdefault(question, set()).add(shown.scene.name)
        self.faults.setdefault(question, []).extend(f"{shown.scene.name}: {fault}" for fault in faults)

    def _faint(self, shown: Shown) -> Iterator[str]:
        theme, app = shown.stage.theme, shown.stage.app
        for palette in PALETTES:
            theme.change(app, palette=palette)
            shown.stage.settle()
            yield from (f"{palette.name}: {fault}" for fault in faint(shown.widget, palette))
        theme.change(app, palette=LIGHT)
        shown.stage.settle()
