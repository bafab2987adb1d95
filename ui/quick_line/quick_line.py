"""The quick line at the foot of the card: for whom, as whom, what was said; Enter saves it, and nothing typed is lost.

A draft belongs to one patient and one author. It is sealed every two seconds, whenever the line changes hands, and
before each attempt to save, so that neither an error, nor a lock, nor a crash takes it away.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QMenu, QWidget

from rapportdesk.desk.search.query_names import kind_words
from rapportdesk.errors import ConsentNeeded, RapportError
from rapportdesk.language import _
from rapportdesk.model.draft import Draft
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from ui.card.card_view import Piece
from ui.commands import bind
from ui.look.bidi import isolate
from ui.quick_line.quick_line_view import ICONS, KINDS, LineRead, Typed, caption, understood
from ui.screen import Tools
from ui.theme import Theme, set_role
from ui.widgets.controls import Button, Label, Panel, place, row
from ui.widgets.flow import FlowLayout
from ui.widgets.note_field import NoteField
from ui.widgets.running import Running
from ui.wording.wording_bar import WordingBar

SEALED_EVERY_MS = 2_000
READ_AFTER_MS = 60


def quick_field(theme: Theme, parent: QWidget) -> NoteField:
    """Return the field of a quick line."""
    field = NoteField(theme, _("Note"), parent)
    _invite(field, alive=True)
    return field


def _invite(field: NoteField, *, alive: bool) -> None:
    """Say what to type; nobody asks what somebody who has died would like."""
    words = _("What would they like remembered?") if alive else _("What should be remembered?")
    field.invite(words, _("Type a note"))


class QuickLine(Panel):
    """The one place where a note is typed.

    Args:
        tools: What a screen works with.
        field: Where it is typed, made by `quick_field`: half of the time that making the line takes.

    Signals:
        saved: Id of the patient for whom something was kept.
        consent_needed: The `Typed` that waits for the patient's answer.
        left_upwards: The keyboard goes up to the card.
    """

    saved = Signal(str)
    consent_needed = Signal(object)
    left_upwards = Signal()

    def __init__(self, tools: Tools, field: NoteField, parent: QWidget | None = None) -> None:
        super().__init__("quick-line", margins=(16, 6, 14, 6), gap=3, parent=parent)
        self._tools = tools
        self._patient: Patient | None = None
        self._kind: NoteKind | None = None
        self._audience = Audience.EVERYONE
        self._sealed = Typed()
        self._saving: Typed | None = None
        self._shown_kind: object = None
        self._aside = ""
        self._caption = Running(tools.theme)
        self.field = field
        self._chip = Button("", "chip")
        self._kinds = QMenu(self._chip)
        self._chip.setMenu(self._kinds)
        self._understood = Running(tools.theme)
        self._hint = Label(_("Alt+1…6 changes the kind"), "detail", wrap=False)
        self._for_clinicians = Button(_("For the clinician only"), "chip-quiet", self.toggle_audience)
        self._for_clinicians.setCheckable(True)
        self._save = Button(_("Enter saves"), "quiet-strong", self.save, name=_("Save the note"))
        self.wording = WordingBar(tools, (self.field,))
        self.add(self._caption, self.field, self.wording)
        self._foot = row(self.rows, gap=8)
        self._flow = place(self._foot, FlowLayout(gap=10, row_gap=2), 1)
        for widget in (self._chip, self._understood, self._hint, self._for_clinicians):
            self._flow.addWidget(widget)
        self._foot.addWidget(self._save, 0, Qt.AlignmentFlag.AlignBottom)
        self._timer = self._single_shot(SEALED_EVERY_MS, self._seal)
        self._reader = self._single_shot(READ_AFTER_MS, self._read)
        self._connect()
        self._show_kind(None)
        self.setEnabled(False)

    def _single_shot(self, after_ms: int, do: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(lambda: do())
        return timer

    def _connect(self) -> None:
        for command_id, kind in KINDS.items():
            bind(self, self._tools.commands, command_id, partial(self.pick_kind, kind))
            command = self._tools.commands[command_id]
            self._kinds.addAction(f"{kind_words(kind)}\t{command.key_words}", partial(self.pick_kind, kind))
        bind(self, self._tools.commands, "audience", self.toggle_audience)
        self._kinds.addAction(_("Let the words decide"), partial(self.pick_kind, None))
        self.field.textChanged.connect(self._changed)
        self.field.entered.connect(self.save)
        self.field.left_upwards.connect(self.left_upwards)
        self.field.refused.connect(self._tools.messages.problem)
        self.field.focused.connect(lambda on: set_role(self, "quick-line-active" if on else "quick-line"))
        self._tools.theme.changed.connect(self._dress)
        self.setFocusProxy(self.field)

    @property
    def typed(self) -> Typed:
        """What stands in the line."""
        return Typed(self.field.text, self._kind, self._audience)

    def set_narrow(self, narrow: bool) -> None:
        """Put the button to save among the others, without the hint, or at the end of the line."""
        self._hint.setVisible(not narrow)
        if narrow is (self._foot.indexOf(self._save) >= 0):
            layout = self._flow if narrow else self._foot
            (self._foot if narrow else self._flow).removeWidget(self._save)
            layout.addWidget(self._save)

    def open(self, patient: Patient, draft: Draft | None) -> None:
        """Turn to `patient`, whose draft comes back; what stood there for somebody else has been handed in."""
        _invite(self.field, alive=not patient.deceased)
        if self._patient is not None and self._patient.id == patient.id:
            self._patient = patient
            self._caption.say(caption(patient, self._tools.viewer.name))
            return
        self.hand_in()
        self._patient, self._saving = patient, None
        self._caption.say(caption(patient, self._tools.viewer.name))
        self._kind = draft.kind if draft else None
        self._audience = draft.audience if draft else Audience.EVERYONE
        self._sealed = Typed(draft.text if draft else "", self._kind, self._audience)
        self.field.start_with(self._sealed.text)
        self._timer.stop()
        self._show_audience()
        self._read()
        self._reader.stop()  # it has been read just now
        self.setEnabled(True)

    def hand_in(self) -> None:
        """Seal what is typed and not saved, now; nothing is asked of the desk afterwards until something is typed."""
        self._reader.stop()
        self._seal()

    def _seal(self) -> None:
        self._timer.stop()
        typed = self.typed
        if self._saving is not None and typed.text.startswith(self._saving.text):
            typed = Typed(typed.text[len(self._saving.text) :].lstrip("\n"), typed.kind, typed.audience)
        if self._aside:
            typed = Typed("\n\n".join(filter(None, (typed.text, self._aside))), typed.kind, typed.audience)
        if self._patient is None or typed == self._sealed or (self._saving is not None and not typed.text):
            return
        self._sealed = typed
        desk, patient_id = self._tools.desk, self._patient.id
        self._tools.work.submit(
            self,
            lambda: desk.drafts.keep(patient_id, typed.text, kind=typed.kind, audience=typed.audience),
            None,
            self._not_sealed,
        )

    def keep_aside(self, text: str) -> None:
        """Seal `text`, typed elsewhere on this card, with the draft; empty once it is saved or dropped."""
        self._aside = text
        self._timer.start()

    def pick_kind(self, kind: NoteKind | None) -> None:
        """Choose the heading; None lets the words decide."""
        self._kind = kind
        self._changed()
        self._read()

    def toggle_audience(self) -> None:
        """Make the note for clinicians only, or for everyone."""
        self._audience = Audience.EVERYONE if self._audience is Audience.CLINICIANS else Audience.CLINICIANS
        self._show_audience()
        self._changed()

    def save(self) -> None:
        """Keep what is typed, as typed."""
        self.write(lambda: None)

    def write(self, first: Callable[[], object]) -> None:
        """Keep what is typed after `first` has been done on the worker: recording the patient's yes."""
        patient, typed = self._patient, self.typed
        if patient is None or self._saving is not None or not typed.text.strip():
            return
        self._saving = typed
        self._timer.stop()
        desk = self._tools.desk

        def keep() -> bool:
            try:
                first()
                line = desk.notes.read_line(patient.id, typed.text, typed.kind)
                return desk.notes.write_line(patient.id, line, audience=typed.audience).task is not None
            except BaseException:  # what was typed since the last draft is not lost with it
                desk.drafts.keep(patient.id, typed.text, kind=typed.kind, audience=typed.audience)
                raise

        self._tools.work.submit(
            self, keep, partial(self._saved, patient, typed), partial(self._not_saved, patient.id, typed)
        )

    def let_go(self) -> None:
        """Empty the line without saving: the patient said no, or it waits as a draft for later."""
        self._sealed = Typed()
        self._clear("")

    def _saved(self, patient: Patient, typed: Typed, promise: bool) -> None:
        self._saving = None
        if self._patient is not None and self._patient.id == patient.id:
            now = self.field.text
            self._sealed = Typed()
            self._clear(now[len(typed.text) :].lstrip("\n") if now.startswith(typed.text) and now != typed.text else "")
        words = _("Promise noted for {name}.") if promise else _("Saved for {name}.")
        self._tools.messages.say(words.format(name=isolate(patient.called)), self._undo(patient.id))
        self.saved.emit(patient.id)

    def _not_saved(self, patient_id: PatientId, typed: Typed, error: RapportError) -> None:
        here = self._patient is not None and self._patient.id == patient_id
        self._saving = None
        self._sealed = typed if here else self._sealed
        if here and isinstance(error, ConsentNeeded):
            self.consent_needed.emit(typed)
        else:
            self._tools.messages.problem(error)

    def _undo(self, patient_id: PatientId) -> Callable[[], None]:
        work, desk = self._tools.work, self._tools.desk
        return lambda: work.submit(self, desk.notes.undo, lambda _words: self.saved.emit(patient_id))

    def _clear(self, rest: str) -> None:
        self._kind, self._audience = None, Audience.EVERYONE
        self.field.start_with(rest)
        self._show_audience()
        self._read()

    def _changed(self) -> None:
        self._tools.work.let_long_work_rest()
        if self._patient is not None:
            if not self._timer.isActive():
                self._timer.start()
            self._reader.start()

    def _read(self) -> None:
        patient, typed = self._patient, self.typed
        if patient is None or not typed.text.strip():
            self._show_kind(self._kind)
            self._understood.say([])
            self._understood.hide()
            return
        desk = self._tools.desk
        self._tools.work.submit(
            self,
            lambda: desk.notes.read_line(patient.id, typed.text, typed.kind),
            partial(self._show_line, patient, typed),
            lambda _error: None,  # saving will say the same, at the moment it matters
            key="read-line",
        )

    def _show_line(self, patient: Patient, typed: Typed, line: LineRead) -> None:
        if typed != self.typed:  # saved, or typed on, meanwhile
            return
        self._show_kind(line.kind)
        self._understood.say([Piece(understood(line, patient), 12, 600, "muted")])
        self._understood.show()

    def _show_kind(self, kind: NoteKind | None) -> None:
        words, look = kind_words(kind) if kind else _("Note"), self._tools.theme.look
        if (words, look) == self._shown_kind:
            return
        self._shown_kind = words, look
        self._chip.setText(words.replace("&", "&&"))
        self._chip.setAccessibleName(_("Kind of note: {kind}").format(kind=words))
        theme = self._tools.theme
        self._chip.setIcon(theme.icon(ICONS.get(kind, "pencil") if kind else "pencil", "accent", 12))
        self._chip.setIconSize(QSize(theme.px(12), theme.px(12)))

    def _dress(self) -> None:
        self._show_kind(self._kind)

    def _show_audience(self) -> None:
        self._for_clinicians.setChecked(self._audience is Audience.CLINICIANS)

    def _not_sealed(self, error: RapportError) -> None:
        self._sealed = Typed()
        self._tools.messages.problem(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back the kind and the audience; the words stay."""
        if event.key() == Qt.Key.Key_Escape and (self._kind or self._audience is Audience.CLINICIANS):
            self._audience = Audience.EVERYONE
            self._show_audience()
            self.pick_kind(None)
            return
        super().keyPressEvent(event)
