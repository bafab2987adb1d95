"""What stands behind the sign-in is imported while somebody types their secret, a little at a time.

A hundred and fifty modules are needed to show Today. Imported when the secret is accepted, they would be waited for.
They are imported on the window's own thread, because PySide makes a type when it is first touched and does not expect
two threads to touch it at once; so in parts, each over before anybody notices, with the keys going first.
"""

import sys
from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from ui.work import Work

PARTS = (
    "ui.widgets.dialog",
    "ui.widgets.whose",
    "ui.asked.questions_dialog",
    "ui.audit.audit_view",
    "ui.widgets.running",
    "ui.look.first_used",
    "PySide6.QtPrintSupport",
    "ui.brief.preview",
    "ui.audit.who_looked",
    "ui.brief.brief",
    "ui.widgets.note_field",
    "ui.quick_line.quick_line",
    "ui.brief.from_paper",
    "ui.brief.session",
    "ui.rows",
    "ui.widgets.block_delegate",
    "ui.search.finder",
    "ui.bring_in.join",
    "ui.bring_in.watching",
    "ui.card.card_view",
    "ui.card.card_blocks",
    "ui.card.card_column",
    "ui.promises.ends",
    "ui.promises.promise",
    "ui.card.card_verbs",
    "ui.consents.consents_view",
    "ui.quick_line.consent_flow",
    "ui.card.card",
    "ui.command_rows",
    "ui.consents.form",
    "ui.consents.record",
    "ui.consents.history",
    "ui.emergency.emergency",
    "ui.explained.explained",
    "ui.frame.shell",
    "ui.today.today_rows",
    "ui.promises.ledger",
    "ui.promises.told",
    "ui.frame.promise_screens",
    "ui.leaflets.leaflets",
    "ui.person.died",
    "ui.person.person_contacts",
    "ui.person.person_people",
    "ui.person.person_form",
    "ui.person.person",
    "ui.promises.follow_up",
    "ui.reach.call",
    "ui.reach.contacts",
    "ui.reach.message",
    "ui.reach.round",
    "ui.today.rearrange",
    "ui.today.today_heading",
    "ui.today.today",
    "ui.topic.topic",
    "ui.rights.accountability",
    "ui.rights.review",
    "ui.rights.held",
    "ui.rights.retention",
    "ui.rights.certified",
    "ui.rights.rights",
    "ui.frame.rights_screens",
    "ui.consents.lists",
    "ui.frame.company",
    "ui.prints.prints_view",
    "ui.promises.tell",
    "ui.reach.templates",
    "ui.today.before_they_come",
    "ui.frame.desk_screens",
    "ui.frame.making",
    "ui.guard.background",
)
"""In such an order that none brings many others with it; the last three are what a sign-in needs."""


class ImportBehind(QObject):
    """Imports the parts one after the other.

    Args:
        work: Whose worker opens the desk, which somebody quick waits for first.
        done: Called when all are there.
    """

    def __init__(self, work: Work, done: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._done = work, done
        self._left = list(PARTS)

    def begin(self) -> None:
        """Begin once the worker has opened the desk, which it is asked for when this event has been handled."""
        QTimer.singleShot(0, self, lambda: self._work.submit(self, _nothing, lambda _: self._next(), long_work=True))

    def _next(self) -> None:
        if self._left:
            import_module(self._left.pop(0))
        if self._left:
            QTimer.singleShot(0, self, self._next)
        else:
            self._done()


class Remaining(QObject):
    """Imports what is left of the parts for somebody quick, whose secret was accepted before they were all there.

    Args:
        work: Forgets it at a lock.
        done: Called when all are there; at once when they are there already.
    """

    def __init__(self, work: Work, done: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._done = work, done
        self._left = list(PARTS)

    def begin(self) -> None:
        """Import the next of them; the others follow by themselves."""
        while self._left and self._left[0] in sys.modules:
            self._left.pop(0)
        if self._left:
            import_module(self._left.pop(0))
            self._work.between(self, self.begin)
        else:
            self.deleteLater()
            self._done()

    def give_up(self) -> None:
        """Import no more: the desk locks."""
        self.deleteLater()


def _nothing() -> None:
    """Be done when everything that was asked before is done."""
