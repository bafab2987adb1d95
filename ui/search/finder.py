"""Never the wrong person: Enter opens only what was found for exactly the text typed, and only one clear person.

Where a near-namesake exists, or several share what was typed, an arrow key has to choose, with the birth dates in
sight. An Enter that comes before its answer waits for it; a number pasted or scanned opens whom it belongs to.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from rapportdesk.language import _, ngettext
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import PersonHit, SearchResults
from ui.screen import Tools
from ui.search.hits import FIRST, FIRST_IN_WORDS, HitList

PASTED_FROM = 3
"""Characters that come at once: a paste or a scanner, not a finger."""


def filters_explained() -> str:
    """Return one line on what can be typed besides a name."""
    return _("A name, a birth date and any number find people. For notes and promises: {examples}.").format(
        examples=_("leeks, “large print”, hobby:leeks, topic:money, @nia, since:1/3/2026, promised:overdue")
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    results: SearchResults
    number_of: PatientId | None


class Finder(QObject):
    """Ties a field to a list of hits.

    Args:
        tools: The desk to ask.
        field: Where is typed; it keeps the keys all the time.
        hits: Where what was found is listed.

    Signals:
        found: A `PersonHit` that was chosen.
        number_found: Id of the one person a pasted number belongs to.
        shown: What to say under the hits; the list is to be shown.
        emptied: Nothing is looked for any more.
        escaped: Esc was pressed in an empty field.
    """

    found = Signal(object)
    number_found = Signal(str)
    shown = Signal(str)
    emptied = Signal()
    escaped = Signal()

    def __init__(self, tools: Tools, field: QLineEdit, hits: HitList) -> None:
        super().__init__(hits)
        self._tools, self._field, self._hits = tools, field, hits
        self._results: SearchResults | None = None
        self._length = 0
        self._enter_waits_for: str | None = None
        self._key = f"find/{id(self)}"
        field.textChanged.connect(self._typed)
        field.installEventFilter(self)
        hits.opened.connect(self._pressed)
        hits.hits.wanted.connect(self._ask_for_rest)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Arrows choose, Enter opens, Esc clears."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._results is not None:
            self._hits.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._enter()
        elif key == Qt.Key.Key_Escape:
            if self._field.text():
                self._field.clear()
            else:
                self.escaped.emit()
        else:
            return False
        return True

    def clear(self) -> None:
        """Look for nothing."""
        self._field.clear()

    def _typed(self, text: str) -> None:
        at_once, self._length = len(text) - self._length, len(text)
        self._enter_waits_for = None
        if not text.strip():
            self._results = None
            self._hits.hits.clear()
            self.emptied.emit()
            return
        self._tools.work.let_long_work_rest()
        pasted = at_once >= PASTED_FROM and any(char.isdigit() for char in text)
        desk = self._tools.desk

        def find() -> _Answer:
            holders = desk.search.by_number(text.strip()) if pasted else ()
            found = desk.search(text, first=FIRST, first_in_words=FIRST_IN_WORDS)
            return _Answer(found, holders[0] if len(holders) == 1 else None)

        self._tools.work.submit(self, find, self._show, key=self._key)

    def _show(self, answer: _Answer) -> None:
        if answer.number_of is not None and answer.results.text == self._field.text():
            self.number_found.emit(answer.number_of)
        else:
            self.show_answer(answer.results)

    def _ask_for_rest(self) -> None:
        """Have what was found after the first rows told too, once nobody types; the next letter overtakes it."""
        text, desk = self._field.text(), self._tools.desk
        if self._results is None or self._results.text != text:
            return  # something else is being looked for by now
        self._tools.work.submit(self, lambda: desk.search(text), self._show_rest, key=self._key, long_work=True)

    def _show_rest(self, results: SearchResults) -> None:
        if results.text == self._field.text():
            self._hits.show_results(results)

    def show_answer(self, results: SearchResults) -> None:
        """Show what was found, if it was found for what stands in the field now."""
        if results.text != self._field.text():
            return
        self._results = results
        self._hits.show_results(results)
        sentence = self._sentence(results)
        self.shown.emit(sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, sentence))
        if self._enter_waits_for == results.text:
            self._enter()

    def _enter(self) -> None:
        chosen = self._hits.chosen
        results, text = self._results, self._field.text()
        if results is None or results.text != text:
            self._enter_waits_for = text if text.strip() else None
        elif chosen is not None:
            self.found.emit(chosen)
        elif results.opens_on_enter and results.hits:
            self.found.emit(results.hits[0])
        else:
            self.shown.emit(self._sentence(results))

    def _pressed(self, index: QModelIndex) -> None:
        hit = self._hits.hits.row_at(index)
        if isinstance(hit, PersonHit):
            self.found.emit(hit)

    def _sentence(self, results: SearchResults) -> str:
        if not results.hits and results.more:
            return _("Nothing found in the newest or the first; there is more. Type a little more of it.")
        if not results.hits:
            return _("Nobody and nothing found.") + " " + filters_explained()
        count = results.count
        words = _("{count}+ found").format(count=count) if results.more else ""
        words = words or ngettext("{count} found", "{count} found", count).format(count=count)
        if all(hit.note or hit.task for hit in results.hits):
            return _("{found} in notes and promises. Choose with an arrow key, then Enter.").format(found=words)
        if results.opens_on_enter:
            return _("{found}. Enter opens the first.").format(found=words)
        return _("{found}. Choose by the birth date with an arrow key, then Enter.").format(found=words)
