"""One brief, read in thirty seconds before the door opens; Ctrl+Enter is read, and the next.

What waits to be opened is one sentence and one press, recorded; it closes again when the brief is left.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Brief, BriefSection
from rapportdesk.model.task import TaskCode
from rapportdesk.model.words import veil_sentence
from ui.brief.brief_view import foot_words, heading_pieces, line_pieces
from ui.card.card_view import Piece
from ui.commands import bind
from ui.emergency.open_bar import OpenBar
from ui.screen import Screen, Tools
from ui.widgets.controls import Button, Label, Panel, Scroll, column, empty, place
from ui.widgets.flow import FlowLayout
from ui.widgets.running import Running

LABELS_WIDTH = 112


class BriefScreen(Screen):
    """The brief of one person.

    Args:
        tools: What a screen works with.
        parent: The window.
        day: Returns the local day whose visit is meant when somebody is opened; None for today.

    Signals:
        next_wanted: This one has been read; the next person's brief is wanted.
        opened: Id of the person whose brief is shown now.
    """

    next_wanted = Signal()
    opened = Signal(str)

    def __init__(
        self, tools: Tools, parent: QWidget | None = None, *, day: Callable[[], dt.date | None] = lambda: None
    ) -> None:
        super().__init__(tools, parent)
        self.brief: Brief | None = None
        self._day = day
        self._on: dt.date | None = None
        self._sources = False
        self._narrow = False
        self._unveiled = False
        self._open_button: Button | None = None
        self._heading = Running(tools.theme)
        self._inside = QWidget()
        self._read = column(self._inside, gap=12)
        self._read.setContentsMargins(0, 10, 0, 0)
        self._sections = place(self._read, column(gap=12))
        self._after = place(self._read, FlowLayout(gap=12))
        self._scroll = Scroll(self._inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setProperty("role", "reading")
        commands = tools.commands
        keys = commands["read-next"].key_words.replace("+Return", " ↵")
        read = Button(_("Read, next"), "primary", self.read_next, shortcut=keys)
        read.setAutoDefault(False)
        print_it = Button(_("Print"), "secondary", partial(self.command_wanted.emit, "print"))
        explained = Button(_("Explained…"), "secondary", partial(self.command_wanted.emit, "explained"))
        sources = Button(_("Who said this"), "quiet", self.show_sources)
        emergency = Button(_("In an emergency…"), "quiet", partial(self.command_wanted.emit, "emergency"))
        self._foot = Running(tools.theme)
        self.emergency = OpenBar(tools)
        self.emergency.closed.connect(self._hidden_again)
        self._card = Panel("card", margins=(26, 17, 26, 16), gap=12)
        self._card.add(self._heading)
        self._heading_scrolls = False
        self._card.rows.addWidget(self._scroll, 1)
        self._below = place(self._card.rows, FlowLayout(gap=12))
        self._below.addWidget(read)
        self._seldom = (print_it, explained, sources, emergency, self._foot)
        self._place_foot()
        self._nobody = Label(_("Choose somebody in Today, or type a name above."), "lead")
        self._card.rows.insertWidget(1, self.emergency)  # last, for Tab passes by what comes before a focus proxy
        whole = column(self, gap=0)
        whole.addWidget(self._nobody, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self._card, 1)
        self._card.hide()
        bind(self, commands, "read-next", self.read_next)
        bind(self, commands, "open-veiled", self.open_veiled)
        bind(self, commands, "brief.sources", self.show_sources)
        self.setFocusProxy(self._scroll)
        tools.theme.changed.connect(self._paint)

    @property
    def patient_id(self) -> PatientId | None:
        """Whose brief is shown; None for nobody's."""
        return self.brief.patient.id if self.brief else None

    def open_person(self, patient_id: PatientId) -> None:
        """Show somebody's brief; that it was read is recorded."""
        self._close_veiled()
        desk, on = self.tools.desk, self._day()
        self._on, self._sources = on, False
        ask = partial(desk.briefs.of, patient_id, on=on)
        self.tools.work.submit(self, lambda: desk.common_ground.on_brief(ask()), self.show_brief, key="brief")

    def refresh(self) -> None:
        """Ask again for what is shown; what was opened stays open as long as the desk lets it."""
        patient_id, desk, on = self.patient_id, self.tools.desk, self._on
        if patient_id is not None:
            again = partial(desk.briefs.of_unrecorded, patient_id, on=on)
            # A key of its own: whoever is just coming must not be overtaken by whoever stands open still.
            self.tools.work.submit(
                self, lambda: desk.common_ground.on_brief(again()), self._refreshed, key="brief again"
            )

    def close_brief(self) -> None:
        """Show nobody's brief."""
        self._close_veiled()
        self.brief = None
        self._clear()
        self._card.hide()
        self._nobody.show()

    def show_brief(self, brief: Brief) -> None:
        """Show a brief as the Desk gave it."""
        self.brief = brief
        self._nobody.hide()
        self._card.show()
        self._paint()
        self._scroll.verticalScrollBar().setValue(0)
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(brief.patient.id)

    def read_next(self) -> None:
        """Say that it has been read, which makes its common ground used, and go on to the next person.

        What the clinician was told in it has been read too.
        """
        if self.brief is not None:
            read = partial(self.tools.desk.briefs.mark_read, self.brief.patient.id, on=self._on)
            self.tools.work.submit(self, read)  # no key: it is never overtaken
            self._read_told(self.brief)
            self._close_veiled()
            self.next_wanted.emit()

    def _read_told(self, brief: Brief) -> None:
        lines = (line.task for section in brief.sections for line in section.lines if line.task is not None)
        told = [task.id for task in lines if task.code is TaskCode.TELL]
        if told:
            read = self.tools.desk.follow_ups.read
            self.tools.work.submit(self, lambda: [read(each) for each in told], lambda _tasks: self.changed.emit(""))

    def open_veiled(self) -> None:
        """Open what waits: the clinician is alone with the person, and says so by pressing."""
        brief, desk = self.brief, self.tools.desk
        if brief is not None and brief.veiled:
            self._unveiled = True
            opening = partial(desk.briefs.open_veiled, brief.patient.id, on=self._on)
            self.tools.work.submit(self, opening, lambda _brief: self.refresh())
            self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sources(self) -> None:
        """Say of every line who said it and when, or say it no more."""
        if self.brief is not None:
            self._sources = not self._sources
            self._paint()

    @property
    def day(self) -> dt.date | None:
        """The local day whose visit the brief is for; None for today."""
        return self._on

    def set_narrow(self, narrow: bool) -> None:
        """Labels above their lines, or beside them."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self._card.rows.setContentsMargins(*((14, 10, 14, 10) if narrow else (26, 17, 26, 16)))
            self._place_foot()
            self._paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let a name that takes half of a small window scroll with what is read."""
        super().resizeEvent(event)
        self._place_heading()

    def hand_in(self) -> None:
        """Veil again what was opened."""
        self._close_veiled()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the brief veils again what was opened; under the cover what was opened in an emergency goes too."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        if not self.isHidden():  # the whole page has gone: covered, or locked
            self._cover()
            return
        self._close_veiled()
        if self.emergency.is_open:  # the card may still show it; nothing of it waits here for the next look
            self._clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Page Up, Page Down and Space move the text."""
        bar = self._scroll.verticalScrollBar()
        page = bar.pageStep()
        steps = {
            Qt.Key.Key_Down: bar.singleStep() * 3, Qt.Key.Key_Up: -bar.singleStep() * 3,
            Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page, Qt.Key.Key_Space: page,
        }  # fmt: skip
        if event.modifiers() or Qt.Key(event.key()) not in steps:
            super().keyPressEvent(event)
            return
        bar.setValue(bar.value() + steps[Qt.Key(event.key())])

    def _refreshed(self, brief: Brief) -> None:
        gone = self.isHidden() and brief.emergency
        if brief.patient.id == self.patient_id and not gone:
            self.brief = brief
            self._paint()

    def _close_veiled(self) -> None:
        if self.brief is None or not self._unveiled:
            return
        self._unveiled = False
        desk, patient_id = self.tools.desk, self.brief.patient.id
        self._clear()  # nothing opened stays on the screen while the desk is asked
        self.tools.work.submit(self, lambda: desk.briefs.close_veiled(patient_id))  # no key: it is never overtaken
        self.refresh()

    def _cover(self) -> None:
        open_now = self.emergency.leave()
        self._close_veiled()
        if self.brief is not None and (open_now or self.brief.alone):
            self.tools.work.submit(self.tools.messages, partial(self.tools.desk.people.leave, self.brief.patient.id))
            self._hidden_again()

    def _hidden_again(self) -> None:
        self._clear()  # as above
        self.changed.emit(self.patient_id or "")
        self.refresh()

    def _place_heading(self) -> None:
        tall = self._heading.heightForWidth(max(self._scroll.width(), 1)) > self.height() / 3
        if tall is not self._heading_scrolls:
            self._heading_scrolls = tall
            (self._read if tall else self._card.rows).insertWidget(0, self._heading)
            self._heading.show()

    def _place_foot(self) -> None:
        """In a narrow window all but "Read, next" scrolls with what is read, or nothing of that would be seen."""
        for widget in self._seldom:
            (self._after if self._narrow else self._below).addWidget(widget)
            widget.show()

    def _clear(self) -> None:
        empty(self._sections)

    def _paint(self) -> None:
        brief = self.brief
        if brief is None:
            return
        self._clear()
        self.emergency.show_for(brief.patient.id, emergency=brief.emergency)
        body = QWidget()
        rows = column(body, gap=12)
        self._heading.say(heading_pieces(brief))
        self._place_heading()
        self._scroll.setAccessibleName(_("Brief for {name}").format(name=brief.patient.name))
        self._foot.say([Piece(foot_words(brief, self.tools.clock), 12, 400, "muted")])
        if not brief.sections:
            nothing = _("Nothing is known yet. Ask what they would like to be called.")
            rows.addWidget(Label(nothing, "read"))
        elif self._narrow:
            for section in brief.sections:
                block = place(rows, column(gap=2))
                block.addWidget(Label(section.label, "label"))
                self._add_lines(block, section)
        else:
            self._fill(place(rows, QGridLayout()), brief)
        self._sections.addWidget(body)
        self._sections.addStretch(1)

    def _fill(self, grid: QGridLayout, brief: Brief) -> None:
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(12)
        grid.setColumnMinimumWidth(0, self.tools.theme.px(LABELS_WIDTH))
        grid.setColumnStretch(1, 1)
        for at, section in enumerate(brief.sections):
            label = Label(section.label, "label", wrap=False)
            label.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, self.tools.theme.px(1), 0, 0)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            lines = column(gap=4)
            grid.addLayout(lines, at, 1)
            self._add_lines(lines, section)

    def _add_lines(self, layout: QBoxLayout, section: BriefSection) -> None:
        theme = self.tools.theme
        for line in section.lines:
            layout.addWidget(Running(theme, line_pieces(line, sources=self._sources)))
        if section.veil and self.brief is not None:
            sentence = veil_sentence(self.brief.patient)
            button = Button(_("Open…"), "secondary", self.open_veiled, name=f"{_('Open')}: {sentence}")
            flow = place(layout, FlowLayout(gap=9, row_gap=2))
            flow.addWidget(Label(sentence, "read", wrap=False) if not self._narrow else Label(sentence, "read"))
            flow.addWidget(button)
