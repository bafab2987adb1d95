"""One purpose: where it stands, what can be done about it, and every event, the newest first."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.clock import Clock
from rapportdesk.language import _
from rapportdesk.model.consent import Covers
from rapportdesk.model.consent_shown import ConsentHistory, HistoryEntry, PurposeStanding
from rapportdesk.model.shown import KeepConsent
from ui.consents.consents_view import (
    detail_words,
    ended_words,
    event_words,
    form_name,
    latest,
    purpose_words,
    state_words,
)
from ui.widgets.controls import Button, Label, Panel, place
from ui.widgets.flow import FlowLayout

_HELD = frozenset({KeepConsent.AGREED, KeepConsent.RESTING, KeepConsent.EXPIRED, KeepConsent.SOMEONE_ELSE})


class PurposePanel(Panel):
    """What was said about one purpose.

    Args:
        history: Whose it is, with the forms.
        purpose: What it is about.
        clock: For the days of events.

    Signals:
        answer_wanted, back_wanted: A new answer, or their taking it back, is to be taken down.
        undo_wanted: Id of the withdrawal or no that was a mistake.
        form_wanted: Id of the event to which a signed form is to be added.
        form_opened: The `ConsentForm` to show.
        print_wanted: Id of the related person who decides, for whom what is kept on their word is printed.
    """

    answer_wanted = Signal()
    back_wanted = Signal()
    undo_wanted = Signal(str)
    form_wanted = Signal(str)
    form_opened = Signal(object)
    print_wanted = Signal(str)

    def __init__(
        self, history: ConsentHistory, purpose: PurposeStanding, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__("important", margins=(14, 10, 14, 10), gap=6, parent=parent)
        self._history, self._clock = history, clock
        self._what = purpose_words(history.patient, purpose.covers, purpose.person)
        head = place(self.rows, FlowLayout(gap=12))
        head.addWidget(Label(self._what, "subheading"))
        words, tone = state_words(purpose)
        head.addWidget(Label(words, tone, wrap=False))
        self._verbs = place(self.rows, FlowLayout(gap=8))
        self._button(_("New answer"), self.answer_wanted.emit)
        newest = latest(purpose.entries)
        if purpose.state in _HELD:
            self._button(_("They take it back"), self.back_wanted.emit)
        if newest is not None and newest.id in history.undoable:
            self._button(_("A mistake: undo"), partial(self.undo_wanted.emit, newest.id))
        if newest is not None and newest.undoes is None and not newest.erased:
            self._button(_("Add the signed form…"), partial(self.form_wanted.emit, newest.id))
        decides = purpose.decides
        if purpose.covers is Covers.KEEP_NOTES and purpose.state is KeepConsent.AGREED and decides and decides.given_by:
            self._button(_("Print it for who decides…"), partial(self.print_wanted.emit, decides.given_by))
        for entry in purpose.entries:
            self._tell(entry)

    def _tell(self, entry: HistoryEntry) -> None:
        event = entry.event
        lines = [
            Label(
                event_words(event, self._clock.local(event.recorded_at).date()), "strong" if entry.in_force else "body"
            ),
            Label(detail_words(event, self._history.patient), "detail"),
        ]
        ended = ended_words(entry)
        if ended:
            lines.append(Label(ended, "detail"))
        self.add(*lines)
        for form in self._history.forms.get(event.id, ()):
            name = form_name(self._clock.local(form.added_at).date())
            button = Button(_("See the signed form"), "link", partial(self.form_opened.emit, form), name=name)
            button.setAutoDefault(False)
            flow = place(self.rows, FlowLayout())
            flow.addWidget(button)

    def _button(self, words: str, pressed: Callable[[], object]) -> None:
        name = _("{verb}: {what}").format(verb=words, what=self._what)
        button = Button(words, "secondary", pressed, name=name)
        button.setAutoDefault(False)
        self._verbs.addWidget(button)
