"""The steps of the first run: each asks for one thing, checks it in place, and says nothing that is not needed.

A step knows nothing of the desk: it is filled in, and `ready` says whether it may be left.
"""

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.staff import Role
from ui.widgets.controls import Field, Label, Tick, column
from ui.widgets.secret_field import SecretField

LEAST = 8
GOOD = 15


class Step(QWidget):
    """One page of the wizard."""

    def __init__(self, heading: str, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = column(self, gap=12)
        self.rows.addWidget(Label(heading, "heading"))
        self.rows.addWidget(Label(why, "muted"))

    def ready(self) -> bool:
        """Return whether this step may be left; if not, say beside the field what is missing."""
        return True


class ClinicStep(Step):
    """What the practice is called."""

    def __init__(self) -> None:
        super().__init__(_("Welcome to RapportDesk"), _("What is your practice called? It stands on what you print."))
        self.clinic = Field(_("Name of the practice"))
        self.rows.addWidget(self.clinic)
        self.setFocusProxy(self.clinic)

    def ready(self) -> bool:
        """A name is needed."""
        return _filled(self.clinic, _("Type the name of your practice."))


class YouStep(Step):
    """Who sets the desk up: a manager, perhaps more than that."""

    def __init__(self) -> None:
        super().__init__(
            _("You"), _("You will be the manager: you let colleagues in and look after the recovery sheet.")
        )
        self.name = Field(_("Your name, as colleagues know you"))
        self.reception = Tick(_("I also work at reception"))
        self.clinician = Tick(_("I am also a clinician"))
        self.rows.addWidget(self.name)
        self.rows.addWidget(self.reception)
        self.rows.addWidget(self.clinician)
        self.setFocusProxy(self.name)

    @property
    def roles(self) -> frozenset[Role]:
        """A manager, with what was ticked."""
        more = {Role.RECEPTION: self.reception.isChecked(), Role.CLINICIAN: self.clinician.isChecked()}
        return frozenset({Role.MANAGER}) | {role for role, ticked in more.items() if ticked}

    def ready(self) -> bool:
        """A name is needed."""
        return _filled(self.name, _("Type your name."))


class SecretStep(Step):
    """A passphrase, twice, with a word on how good it is; or a PIN, which the desk alone judges."""

    def __init__(self, heading: str = "", why: str = "", *, pin: bool = False) -> None:
        super().__init__(
            heading or _("Your passphrase"),
            why or _("Four or five words that mean something only to you are easy to keep and hard to guess."),
        )
        self._pin = pin
        self.first = SecretField(_("PIN") if pin else _("Passphrase"))
        self.second = SecretField(_("The same once more"))
        self.first.edit.textChanged.connect(self._hint)
        self.rows.addWidget(self.first)
        self.rows.addWidget(self.second)
        self.setFocusProxy(self.first)

    @property
    def secret(self) -> str:
        """What was typed."""
        return self.first.text

    def ready(self) -> bool:
        """Long enough, and typed twice the same."""
        self.second.clear_problem()
        if len(self.first.text) < LEAST and not self._pin:
            self.first.say_problem(_("Use at least {count} characters.").format(count=LEAST))
            self.first.edit.setFocus()
            return False
        if self.first.text != self.second.text:
            self.second.say_problem(_("These two are not the same. Type it once more."))
            self.second.edit.setFocus()
            return False
        return True

    def forget(self) -> None:
        """Leave nothing of it in the fields."""
        self.first.take()
        self.second.take()

    def _hint(self, text: str) -> None:
        if not self.first.caps_lock and not self._pin:
            self.first.say_hint(strength_words(text))


def strength_words(secret: str) -> str:
    """Return a word on a passphrase as it is typed: by its length, which is what counts (NIST SP 800-63B-4, 3.1.1)."""
    if not secret:
        return ""
    if len(secret) < LEAST:
        return _("Too short yet.")
    if len(set(secret.casefold())) < LEAST // 2:
        return _("Too few different letters: easy to guess.")
    if len(secret) < GOOD:
        return _("It will do. Another word makes it much stronger.")
    return _("Strong.")


def _filled(field: Field, sentence: str) -> bool:
    field.clear_problem()
    if field.text.strip():
        return True
    field.say_problem(sentence)
    field.edit.setFocus()
    return False
