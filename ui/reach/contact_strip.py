"""One quiet line of the card: what passed last between the practice and the patient, and the way to all of it."""

from rapportdesk.language import _
from rapportdesk.model.communication import ContactLine
from ui.look.dates import clock_time, short_date
from ui.screen import Tools
from ui.widgets.card_strip import CardStrip


class ContactStrip(CardStrip[tuple[ContactLine, ...]]):
    """The newest line of the contact log."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools, _("Calls and messages"), tools.desk.calls.log_unrecorded, "last contact")

    def summary(self, answer: tuple[ContactLine, ...]) -> str:
        """Return what waits to be ticked, else what came last."""
        if not answer:
            return ""
        newest = next((line for line in answer if line.waits), answer[0])
        at = _("{day}, {time}").format(day=short_date(newest.at.date()), time=clock_time(newest.at))
        return _("{at}: {words}").format(at=at, words=newest.words)
