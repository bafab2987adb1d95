"""A clinician looks through what waits before it is handed out: what others said, and what keeps the patient safe.

Every request is here, with or without anything to look at. Nothing is ticked beforehand.
"""

from functools import partial

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.rights import AccessReview, RightsEvent
from ui.brief.preview import PreviewDialog
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, Tick, column, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said


class AccessReviewDialog(Dialog):
    """Lists the requests that wait, and hands out the rest of the answer."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("What they asked to see"), parent, width=660, height=660)
        self._tools = tools
        self._said = Said()
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=18)
        self.requests: dict[RecordId, RequestRow] = {}
        self.rows.addWidget(
            Label(_("Tick what may be handed out. Nobody is told that anything else is there."), "body")
        )
        self.rows.addWidget(self._said)
        self.rows.addWidget(self._list)
        self.rows.addStretch(1)
        self._close = self.add_close()
        self._ask()

    def decide(self, review: AccessReview, released: tuple[str, ...]) -> None:
        """Keep what was ticked, and show the pages that go out."""
        decide = partial(self._tools.desk.access_requests.reviewed, review.event.id, released)
        self._tools.work.submit(self, decide, self._decided, self._problem)

    def _decided(self, event: RightsEvent) -> None:
        self._ask()
        self._show_pages(event.patient)

    def _show_pages(self, patient: PatientId) -> None:
        PreviewDialog(self._tools, partial(self._tools.desk.patient_files.pages, patient), self).open()

    def _ask(self) -> None:
        self._tools.work.submit(self, self._tools.desk.access_requests.to_review, self._show, self._problem)

    def _show(self, reviews: tuple[AccessReview, ...]) -> None:
        self._said.hide()
        empty(self._list.rows)
        self.requests = {each.event.id: RequestRow(self, each, self._tools) for each in reviews}
        self._list.add(*self.requests.values())
        if not reviews:
            self._list.add(Label(_("Nobody waits for an answer."), "muted"))
        first = next(iter(self.requests.values()), None)
        self.turn_to(first.first if first is not None else self._close)

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)


class RequestRow(QWidget):
    """One request.

    Attributes:
        first: What the keyboard comes to first.
        ticks: One for each thing that waits, by its key.
    """

    def __init__(self, dialog: AccessReviewDialog, review: AccessReview, tools: Tools) -> None:
        super().__init__()
        rows = column(self, gap=5)
        rows.addWidget(Label(isolate(review.name), "name-strong"))
        day = long_date(tools.clock.local(review.event.recorded_at).date())
        asked_by = review.event.asked_by_name or _("the patient")
        rows.addWidget(Label(_("asked {day}: {who}").format(day=day, who=asked_by), "detail"))
        self.ticks: dict[str, Tick] = {}
        for item in review.items:
            rows.addWidget(
                Label(_("Keeps them safe:") if item.safety else _("Somebody else said it, or it is theirs:"), "detail")
            )
            rows.addWidget(Label(item.words, "body"))
            tick = Tick(_("May be handed out"))
            tick.setAccessibleName(_("May be handed out: {what}").format(what=item.words))
            self.ticks[item.key] = tick
            rows.addWidget(tick)
        if not review.items:
            rows.addWidget(Label(_("Nothing to look at: everything goes out."), "muted"))

        def decide() -> None:
            dialog.decide(review, tuple(key for key, tick in self.ticks.items() if tick.isChecked()))

        done = Button(_("Looked through…"), "small", decide)
        done.setAccessibleName(_("Looked through… {name}").format(name=review.name))
        done.setAutoDefault(False)
        place(rows, FlowLayout(gap=8)).addWidget(done)
        self.first: QWidget = next(iter(self.ticks.values()), done)
