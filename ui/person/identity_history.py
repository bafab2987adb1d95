"""What the card said before: whenever who somebody is was put right, newest first; nothing here can be changed."""

from functools import partial

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.identity_change import Difference, IdentityVersion
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.screen import Tools
from ui.widgets.controls import Label, Panel, empty
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said


class IdentityHistoryDialog(Dialog):
    """The changes of one card.

    Args:
        tools: The desk to ask.
        patient_id: Whose card.
    """

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("What this card said before"), parent, width=600, height=560)
        self._tools = tools
        self._said = Said()
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=6)
        self._list.add(Label(_("Looking…"), "muted"))
        self.rows.addWidget(self._said)
        self.rows.addWidget(self._list)
        self.rows.addStretch(1)
        self.add_close().setFocus()
        ask = partial(tools.desk.people.identity_history, patient_id)
        tools.work.submit(self, ask, self._show, self._problem)

    def _show(self, versions: tuple[IdentityVersion, ...]) -> None:
        empty(self._list.rows)
        clock = self._tools.clock
        for at, version in enumerate(versions):
            heading = _heading(version, long_date(clock.local(version.changed_at).date()))
            if at:
                self._list.rows.addSpacing(self._tools.theme.px(10))
            self._list.add(Label(heading, "section"))
            for each in version.differences:
                self._list.add(Label(each.label, "detail"), Label(_words(each), "body"))
        if not versions:
            self._list.add(Label(_("Nothing was changed about who they are."), "muted"))

    def _problem(self, error: RapportError) -> None:
        empty(self._list.rows)
        self._said.tell(error)


def _heading(version: IdentityVersion, day: str) -> str:
    name = isolate(version.changed_by_name)
    if version.brought_in:
        return _("{day}, from the practice system, brought in by {name}").format(day=day, name=name)
    return _("{day}, {name}").format(day=day, name=name)


def _words(difference: Difference) -> str:
    before, after = isolate(difference.before), isolate(difference.after)
    if not difference.before:
        return _("Added: {words}").format(words=after)
    if not difference.after:
        return _("Taken out: {words}").format(words=before)
    return _("{before}, then {after}").format(before=before, after=after)
