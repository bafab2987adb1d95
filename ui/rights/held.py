"""What do you hold about me? First who asks, how that is known and whether they are alone; then pages or a file.

What it says to whoever works here is the same whatever is kept, and what is handed out never says what is not in it.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.rights import IdentityCheck, MayAsk, RightsEvent
from ui.brief.preview import Makes, PreviewDialog
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Section, Tick
from ui.widgets.dialog import Dialog
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.save_file import ask_where, write_whole
from ui.widgets.worded import Worded

Form = Literal["pdf", "json", "fhir"]


class HeldDialog(Dialog):
    """Asks what has to be asked first, and hands out.

    Args:
        tools: The desk to ask.
        patient_id: About whom.
    """

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("What do you hold about me?"), parent, width=640, height=660)
        self._tools, self._patient_id = tools, patient_id
        self._recorded: str | None = None
        self._whose = Label("", "strong")
        self._said = Said()
        self.who = Picker(_("Who asks?"))
        self._scope = Label("", "muted")
        self._scope.hide()
        self.checks = {check: Tick("") for check in _check_words()}
        self.alone, self.large = Tick(""), Tick("")
        self.rows.addWidget(self._whose)
        self.rows.addWidget(Section(_("Who asks?")))
        self.rows.addWidget(self.who)
        self.rows.addWidget(self._scope)
        self.rows.addWidget(Section(_("How do you know? Two are enough")))
        for check, words in _check_words().items():
            self.rows.addWidget(Worded(self.checks[check], words))
        self.rows.addWidget(Section(_("Before you hand it over")))
        self.rows.addWidget(Worded(self.alone, _("Nobody is with them")))
        self.rows.addWidget(Worded(self.large, _("Large print")))
        self.rows.addWidget(self._said)
        self.rows.addWidget(
            Label(_("Somebody who treats them looks through every request, and adds what the desk cannot."), "muted")
        )
        self.rows.addStretch(1)
        self._show_it = self.add_button(Button(_("Show the pages…"), "primary", self.show_pages))
        self._save = self.add_button(Button(_("Save as a file…"), "secondary", self.ask_where))
        self.add_close()
        self.who.currentIndexChanged.connect(self._chosen)
        tools.work.submit(self, partial(tools.desk.access_requests.who_may_ask, patient_id), self._fill, self._failed)
        self.who.setFocus()

    def show_pages(self) -> None:
        """Show what is handed out, as pages."""
        self._first(lambda: PreviewDialog(self._tools, self._pages(), self).open())

    def ask_where(self) -> None:
        """Ask where the file is to lie; its ending says in which form."""
        kinds = [_("To read, PDF (*.pdf)")]
        if not self._person:
            kinds += [_("To take along (*.json)"), _("For another practice, FHIR (*.fhir)")]
        self._first(lambda: ask_where(self, _("Save as a file"), "rapportdesk-file", self.save_to, kinds=kinds))

    def save_to(self, path: Path) -> None:
        """Write what is handed out to `path`."""
        forms: dict[str, Form] = {".json": "json", ".fhir": "fhir"}
        form = forms.get(path.suffix.casefold(), "pdf")
        desk, pages = self._tools.desk, self._pages()

        def make() -> bytes:
            if form == "pdf":
                return pages(preview=False).pdf
            return desk.patient_files.export(self._patient_id, form)

        self._tools.work.submit(self, partial(write_whole, path, make), lambda _none: self._saved(), self._failed)

    @property
    def _person(self) -> str:
        return str(self.who.currentData() or "")

    def _pages(self) -> Makes:
        desk, patient, person = self._tools.desk, self._patient_id, self._person
        if person:
            return partial(desk.consent_sheets.for_guardian, patient, person)
        return partial(desk.patient_files.pages, patient, large_print=self.large.isChecked())

    def _first(self, then: Callable[[], object]) -> None:
        """Record who asks, once for each who does, and go on."""
        person = self._person
        if self._recorded == person:
            then()
            return
        checks = [check for check, tick in self.checks.items() if tick.isChecked()]
        alone = self.alone.isChecked()
        ask = partial(self._tools.desk.access_requests.ask, self._patient_id, checks, alone=alone, person=person)

        def asked(_event: RightsEvent) -> None:
            self._recorded = person
            self._said.hide()
            then()

        self._tools.work.submit(self, ask, asked, self._failed)

    def _fill(self, may: MayAsk) -> None:
        born = short_date(may.birth_date) if may.birth_date else _("birth date not known")
        self._whose.say(_("{name}, {born}").format(name=isolate(may.name), born=born))
        self.who.addItem(_("The patient"), "")
        for person, words, scope in may.proxies:
            self.who.addItem(isolate(words), person)
            self.who.setItemData(self.who.count() - 1, scope, _SCOPE_ROLE)
        self._chosen()

    def _chosen(self) -> None:
        scope = self.who.currentData(_SCOPE_ROLE)
        words = _("They get what is kept on their word.")
        if scope:
            covers = _("They get what is kept on their word. Their authority covers: {scope}")
            words = covers.format(scope=isolate(scope))
        self._scope.say(words, name=words)
        self._scope.setVisible(bool(self._person))

    def _saved(self) -> None:
        self._tools.messages.say(_("Saved as a file. It is not encrypted: look after it."))
        self.accept()

    def _failed(self, error: RapportError) -> None:
        self._said.tell(error)
        self.turn_to(self.alone if self._enough else next(iter(self.checks.values())))

    @property
    def _enough(self) -> bool:
        return sum(tick.isChecked() for tick in self.checks.values()) > 1


_SCOPE_ROLE = 0x0101
"""Qt.ItemDataRole.UserRole + 1: what somebody's authority covers."""


def _check_words() -> dict[IdentityCheck, str]:
    return {
        IdentityCheck.BIRTH_DATE: _("They said their birth date"),
        IdentityCheck.ADDRESS_OR_NUMBER: _("They said their address or number"),
        IdentityCheck.PHOTO: _("They showed something with their picture"),
        IdentityCheck.KNOWN_HERE: _("I know them"),
    }
