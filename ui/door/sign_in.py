"""The first thing anybody sees: who works here, and one field that takes the secret from the first key on.

It is painted before the desk behind it is there, so it knows nothing of it: people come in, a wish to sign in goes out.
"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from rapportdesk.clock import Clock
from rapportdesk.errors import RapportError, WrongSecret
from rapportdesk.language import _, ngettext
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Practitioner, SecretKind
from ui.door.door_page import DoorPage
from ui.look.bidi import isolate
from ui.look.roles import named
from ui.theme import Theme
from ui.widgets.choice import Choice
from ui.widgets.controls import Button, Label, column, empty, place
from ui.widgets.secret_field import SecretField


class SignIn(DoorPage):
    """Names, one secret, and the way in for when that does not help.

    Args:
        theme: For its look.
        clock: Its monotonic seconds count the wait down.

    Signals:
        wanted: Somebody's id and the secret they typed.
        sheet_wanted: The recovery sheet is to be used.
    """

    wanted = Signal(str, str)
    sheet_wanted = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._clock = clock
        self._free_at: dict[StaffId, float] = {}
        self._people: tuple[Practitioner, ...] = ()
        self._demo_secret = ""
        self._busy = False
        self._desk_there = False
        self._waiting = False
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._pick)
        self._heading = Label(_("Who is here?"), "heading")
        self._note = Label("", "muted")
        self._secret = SecretField(_("Passphrase"))
        self._secret.edit.returnPressed.connect(self._try)
        self._secret.stepped.connect(self._step)
        self._enter = Button(_("Sign in"), "primary", self._try)
        self._sheet = Button(_("Use the recovery sheet"), "link", self.sheet_wanted.emit)
        self.card.add(self._heading, self._note)
        self._names = place(self.card.rows, column(gap=6))
        self.card.add(self._secret, self._enter, self._sheet)
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self._count_down)
        self._say("")
        self.setFocusProxy(self._secret)

    @property
    def person(self) -> Practitioner | None:
        """Who is chosen."""
        number = self._group.checkedId()
        return self._people[number] if 0 <= number < len(self._people) else None

    def show_people(
        self, people: Sequence[Practitioner], last: StaffId | None = None, *, demo_secret: str = ""
    ) -> None:
        """List who may sign in.

        Args:
            people: In their order.
            last: Who signed in last; chosen at first.
            demo_secret: Filled in for everybody: one click on a name signs in. For invented clinics alone.
        """
        typed = self._secret.text
        empty(self._names)
        for button in self._group.buttons():
            self._group.removeButton(button)
        self._people, self._demo_secret = tuple(people), demo_secret
        for number, person in enumerate(self._people):
            button = Choice(named(person.name, person.roles))
            button.setCheckable(True)
            self._group.addButton(button, number)
            self._names.addWidget(button)
        first = next((number for number, person in enumerate(self._people) if person.id == last), 0)
        if self._people:
            self._group.button(first).setChecked(True)
        self._sheet.setHidden(bool(demo_secret))
        self._say(_("An invented clinic: press a name to sign in.") if demo_secret else "")
        self._secret.edit.setText(demo_secret or typed)
        self._ask_of(self.person)

    def choose(self, person: StaffId) -> None:
        """Choose somebody by id, as the arrow keys do; an unknown id changes nothing."""
        for number, each in enumerate(self._people):
            if each.id == person:
                self._group.button(number).setChecked(True)
                self._ask_of(each)

    def press(self, person: StaffId) -> None:
        """Press somebody's name, as a click does."""
        for number, each in enumerate(self._people):
            if each.id == person:
                self._group.button(number).click()

    def desk_is_there(self) -> None:
        """The desk behind the sign-in is open; what was wanted meanwhile is wanted now."""
        self._desk_there = True
        if self._waiting:
            self._waiting = False
            self._set_busy(False)
            self._try()

    def say(self, sentence: str) -> None:
        """Say something calm above the names."""
        self._say(sentence)

    def enter_busy(self) -> None:
        """The secret is being tried."""
        self._set_busy(True)
        self._say(_("One moment…"))

    def refuse(self, error: RapportError, wait_s: float = 0.0) -> None:
        """Say why nobody was let in, and ask again.

        Args:
            error: What the desk said.
            wait_s: Seconds until this person's next try is free; counted down before their eyes.
        """
        self._set_busy(False)
        self._say("")
        self._secret.edit.clear()
        person = self.person
        if isinstance(error, WrongSecret) and person is not None:
            self._free_at[person.id] = self._clock.monotonic() + wait_s
            self._secret.say_problem(_("That was not it. Nothing is lost; try again."))
        else:
            self._secret.say_problem(str(error))
        self._count_down()
        self._secret.edit.setFocus()

    def welcome(self) -> None:
        """Somebody was let in: leave nothing of the secret behind."""
        self._set_busy(False)
        self._say("")
        if self.person is not None:
            self._free_at.pop(self.person.id, None)
        self._secret.edit.setText(self._demo_secret)
        self._secret.clear_problem()

    def _step(self, step: int) -> None:
        """The arrow keys choose a name while the caret stays in the secret's field."""
        if self._people:
            number = (self._group.checkedId() + step) % len(self._people)
            self._group.button(number).setChecked(True)
            self._ask_of(self._people[number])

    def _pick(self, number: int) -> None:
        self._ask_of(self._people[number])
        if self._demo_secret:
            self._try()
        else:
            self._secret.edit.setFocus()

    def _ask_of(self, person: Practitioner | None) -> None:
        if person is None:
            return
        pin = person.secret_kind is SecretKind.PIN
        asked = _("PIN of {name}") if pin else _("Passphrase of {name}")
        self._secret.say_label(asked.format(name=isolate(person.name)))
        self._secret.clear_problem()
        self._count_down()

    def _try(self) -> None:
        person = self.person
        if person is None or self._busy or not self._secret.text or self._left():
            return
        if not self._desk_there:
            self._waiting = True
            self.enter_busy()
            return
        secret = self._demo_secret or self._secret.take()
        self.wanted.emit(person.id, secret)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._count_down()

    def _count_down(self) -> None:
        left = self._left()
        self._enter.setEnabled(not self._busy and not left)
        if left:
            seconds = int(left) + 1
            self._say(
                ngettext("Try again in {count} second.", "Try again in {count} seconds.", seconds).format(count=seconds)
            )
            self._tick.start()
        elif self._tick.isActive():
            self._tick.stop()
            self._say("")

    def _left(self) -> float:
        free_at = self._free_at.get(self.person.id, 0.0) if self.person is not None else 0.0
        return max(0.0, free_at - self._clock.monotonic())

    def _say(self, sentence: str) -> None:
        self._note.say(sentence, name=sentence)
        self._note.setVisible(bool(sentence))
