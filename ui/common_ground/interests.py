"""One's own interests and where they end: nobody has to, nobody else reads them, and one press takes them all away."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.common_ground import LONGEST_INTEREST, MOST_INTERESTS, Interest
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, column
from ui.widgets.dialog import Dialog
from ui.widgets.repeater import Repeater
from ui.widgets.said import Said


class InterestRow(QWidget):
    """One interest with its limits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Field(_("Interest"), hint=_("For example: singing, gardening, dogs"))
        self.happy_to = Field(_("Happy to talk about (may stay empty)"))
        self.rather_not = Field(_("Rather not about (may stay empty)"))
        rows = column(self, gap=6)
        for field in (self.words, self.happy_to, self.rather_not):
            field.edit.setMaxLength(LONGEST_INTEREST)
            rows.addWidget(field)
        self.setFocusProxy(self.words)

    def fill(self, interest: Interest) -> None:
        """Have exactly this stand in the row."""
        self.words.edit.setText(interest.words)
        self.happy_to.edit.setText(interest.happy_to)
        self.rather_not.edit.setText(interest.rather_not)

    @property
    def interest(self) -> Interest:
        """What stands in the row."""
        return Interest(words=self.words.text, happy_to=self.happy_to.text, rather_not=self.rather_not.text)


class InterestsDialog(Dialog):
    """The signed-in person's own interests.

    Signals:
        saved: Something else is in common with people now.
    """

    saved = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("What I am happy to talk about"), parent, width=560, height=600)
        self._tools = tools
        self.rows.addWidget(
            Label(
                _(
                    "If you like, enter what you enjoy. A card tells you, and nobody else, when somebody enjoys it "
                    "too. Only you can read this, and it goes when you leave."
                ),
                "lead",
            )
        )
        self.interests = Repeater(InterestRow, _("Add an interest"), _("Take it out"), most=MOST_INTERESTS)
        self.rows.addWidget(self.interests)
        self._said = Said()
        self.rows.addWidget(self._said)
        self.save_button = self.add_button(Button(_("Save"), "primary", self.save))
        self.save_button.setEnabled(False)
        self.remove_button = self.add_button(Button(_("Remove everything"), "secondary", self.remove))
        self.remove_button.setAutoDefault(False)
        self.remove_button.setEnabled(False)
        self.add_close().setAutoDefault(False)
        tools.work.submit(self, tools.desk.common_ground.mine, self._show, self._problem)

    def save(self) -> None:
        """Keep what stands here."""
        kept = tuple(row.interest for row in self.interests.rows)
        self.save_button.setEnabled(False)
        keep = partial(self._tools.desk.common_ground.keep, kept)
        self._tools.work.submit(self, keep, lambda _kept: self._done(_("Saved. Only you see it.")), self._problem)

    def remove(self) -> None:
        """Take everything away."""
        desk = self._tools.desk
        self._tools.work.submit(
            self, desk.common_ground.remove, lambda _none: self._done(_("Your interests are gone.")), self._problem
        )

    def _show(self, interests: tuple[Interest, ...]) -> None:
        for interest in interests:
            self.interests.add().fill(interest)
        first = self.interests.rows[0] if interests else self.interests.add()
        self.save_button.setEnabled(True)
        self.remove_button.setEnabled(bool(interests))
        self.turn_to(first.words.edit)

    def _done(self, words: str) -> None:
        self._tools.messages.say(words)
        self.saved.emit()
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self.save_button.setEnabled(True)
        self._said.tell(error)
