"""How somebody was when they were asked: one key each, and worse goes in front of the clinician with the same key."""

from functools import partial

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.shown import PromiseRow
from rapportdesk.model.task import FollowUpOutcome
from ui.commands import bind
from ui.emergency.words_field import WordsField
from ui.promises.ends import EndDialog
from ui.screen import Tools
from ui.widgets.controls import Tick
from ui.widgets.worded import Worded


class OutcomeDialog(EndDialog):
    """Takes down how they are, what they said, and tells the clinician."""

    def __init__(self, tools: Tools, row: PromiseRow, parent: QWidget | None) -> None:
        super().__init__(tools, row, _("How are they?"), parent, height=450)
        self.words = WordsField(tools, _("What they said (may stay empty)"))
        self.sealed = Tick("")
        self.rows.addWidget(self.words)
        self.rows.addWidget(Worded(self.sealed, _("What I tell is for clinicians only; nothing of it stays here")))
        worse = FollowUpOutcome.WORSE
        for command_id, words, how, tell, role in (
            ("outcome.better", _("Better"), FollowUpOutcome.BETTER, False, "secondary"),
            ("outcome.same", _("The same"), FollowUpOutcome.SAME, False, "secondary"),
            ("outcome.worse-tell", _("Worse: tell the clinician"), worse, True, "primary"),
            ("outcome.worse", _("Worse, the clinician knows"), worse, False, "secondary"),
            ("outcome.not-reached", _("Not reached"), FollowUpOutcome.NOT_REACHED, False, "secondary"),
        ):
            do = partial(self.came_out, how, tell=tell)
            keys = tools.commands[command_id].key_words
            self.verb(f"{words}  {keys}", do, role)
            bind(self, tools.commands, command_id, do)
        self.finish()
        self.words.setFocus()

    def came_out(self, how: FollowUpOutcome, *, tell: bool = False) -> None:
        """Keep how they are."""
        desk, words, sealed, task = self.tools.desk, self.words.text, self.sealed.isChecked(), self.row.task
        sentence = {
            FollowUpOutcome.BETTER: _("Better: that is kept."),
            FollowUpOutcome.SAME: _("The same: that is kept."),
            FollowUpOutcome.WORSE: _("Worse: the clinician is told.") if tell else _("Worse: that is kept."),
            FollowUpOutcome.NOT_REACHED: _("Not reached: it is due again tomorrow."),
        }[how]
        self.keep(lambda: desk.follow_ups.came_out(task.id, how, words, tell=tell, sealed=sealed), sentence)
