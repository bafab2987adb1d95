"""What somebody needs who sees little, uses no mouse or has an unsteady hand: each need as a check of what is shown.

Asked through Qt's accessibility interfaces, as a screen reader asks; each check returns its faults as sentences.
"""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from shiboken6 import isValid

from ui.guard.cover import CoverPage
from ui.quick_line.consent import ConsentPanel
from ui.widgets.worded import Worded

LEAST_TARGET = 24
"""Pixels (WCAG 2.2, 2.5.8)."""

_NO_KEYS, _BY_TAB = Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.TabFocus
_Role = QAccessible.Role
_ROLES: tuple[tuple[type[QWidget], frozenset[QAccessible.Role]], ...] = (
    (QCheckBox, frozenset({_Role.CheckBox})),
    (QRadioButton, frozenset({_Role.RadioButton})),
    (QAbstractButton, frozenset({_Role.Button, _Role.ButtonMenu, _Role.CheckBox, _Role.RadioButton})),
    (QLineEdit, frozenset({_Role.EditableText})),
    (QPlainTextEdit, frozenset({_Role.EditableText})),
    (QComboBox, frozenset({_Role.ComboBox})),
    (QListView, frozenset({_Role.List})),
)
"""What a screen reader must be told a control is; anything else that takes keys may be any part of a page."""


def controls(top: QWidget) -> list[QWidget]:
    """Return everything shown in `top` that takes keys or the mouse."""
    shown = [each for each in top.findChildren(QWidget) if each.isVisible() and each.window() is top]
    return [
        each
        for each in shown
        if each.isEnabled()
        and each.focusProxy() is None
        and not isinstance(each, QScrollBar)
        and not isinstance(each.parentWidget(), QComboBox)
        and not (isinstance(each, QAbstractItemView) and not each.model().rowCount())
        and not (isinstance(each, QHeaderView) and not each.sectionsClickable())
        and (each.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(each, QAbstractButton | QAbstractItemView))
    ]


def spoken(widget: QWidget) -> str:
    """Return the name a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def unnamed(top: QWidget) -> Iterator[str]:
    """Find controls without a name, with a role that misleads, and list rows that say nothing."""
    for widget in controls(top):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            yield f"{_called(widget)} has no name"
            continue
        roles = next((roles for kind, roles in _ROLES if isinstance(widget, kind)), None)
        if interface.role() in {_Role.NoRole, _Role.Graphic} or (roles is not None and interface.role() not in roles):
            yield f"{_called(widget)} is announced as {interface.role().name}"
        if isinstance(widget, QListView) and widget.model() is not None:
            for row in range(widget.model().rowCount()):
                said = widget.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
                if not str(said or "").strip():
                    yield f"row {row} of {_called(widget)} has no name"
    if top.isWindow() and not top.windowTitle() and not isinstance(top, QMenu):
        yield f"{_called(top)} has no title"


def doubled_mnemonics(top: QWidget) -> Iterator[str]:
    """Find letters that press two things in one window."""
    texts = [each.text() for each in top.findChildren(QAbstractButton) if each.isVisible()]
    texts += [each.text() for each in top.findChildren(QLabel) if each.isVisible() and each.buddy() is not None]
    for menu in [top] if isinstance(top, QMenu) else []:
        texts += [action.text() for action in menu.actions()]
    keys = Counter(str(QKeySequence.mnemonic(text).toString()) for text in texts)
    yield from (f"{key} presses {count} things" for key, count in keys.items() if key and count > 1)


def doubled_shortcuts(top: QWidget) -> Iterator[str]:
    """Find keys that mean two things in one place: Qt then does neither."""
    heard: list[tuple[str, QWidget, str]] = []
    for action in top.findChildren(QAction):
        holder = action.parent()
        if isinstance(holder, QWidget) and action.isEnabled():
            whole = action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
            place = holder.window() if whole else holder
            heard += [(key.toString(), place, action.objectName() or action.text()) for key in action.shortcuts()]
    for shortcut in top.findChildren(QShortcut):
        holder = shortcut.parent()
        if isinstance(holder, QWidget):
            heard.append((shortcut.key().toString(), holder.window(), "a shortcut"))
    for at, (key, place, name) in enumerate(heard):
        for other_key, other_place, other_name in heard[at + 1 :]:
            nested = place is other_place or place.isAncestorOf(other_place) or other_place.isAncestorOf(place)
            if key and key == other_key and nested:
                yield f"{key} means both {name} and {other_name}"


def small_targets(top: QWidget) -> Iterator[str]:
    """Find what is too small to hit. The words beside a box belong to it."""
    for widget in controls(top):
        holder = widget.parentWidget()
        target = holder if isinstance(holder, Worded) else widget
        if min(target.width(), target.height()) < LEAST_TARGET:
            yield f"{_called(widget)} is only {target.width()} x {target.height()} pixels"


def unreached(top: QWidget) -> Iterator[str]:
    """Press Tab until it comes round: all that the mouse can work is reached, and the keys are trapped nowhere.

    A list without keys of its own is reached when the arrow keys move in it from where the keys are, as in the hits of
    the search field.
    """
    everything = [each for each in controls(top) if not (each.focusPolicy() == _NO_KEYS and _arrows_move(each))]
    question = next((each for each in top.findChildren(ConsentPanel) if each.isVisible()), None)
    if question is not None:  # the keys stay there until it is answered; Esc leaves it
        everything = [each for each in everything if question.isAncestorOf(each)]
    everything = [each for each in everything if each is not question]
    now = QApplication.focusWidget()
    if everything and (now is None or now.window() is not top):
        yield "the keys are nowhere"
        everything[0].setFocus()
    missing = set(everything)
    for _step in range(10 * len(everything) + 10):  # verbs come again for each line of a card
        now = QApplication.focusWidget()
        if now is None:
            yield "Tab loses the keys"
            return
        missing -= _one_of(now)
        if not missing:
            break
        QTest.keyClick(now, Qt.Key.Key_Tab)
    yield from (f"{_called(widget)} is not reached by Tab" for widget in missing if widget.isVisible())
    if len(everything) > 1 and not missing and question is None:
        yield from _kept_by()


def _kept_by() -> Iterator[str]:
    """Say whether what has the keys now gives them away, forwards and backwards."""
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        before = QApplication.focusWidget()
        if before is not None:
            QTest.keyClick(before, key)
            if QApplication.focusWidget() is before:
                yield f"{_called(before)} keeps the keys"


def _arrows_move(view: QWidget) -> bool:
    now = QApplication.focusWidget()
    if not isinstance(view, QAbstractItemView) or now is None:
        return False
    before = view.currentIndex()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(now, key)
        if view.currentIndex() != before:
            return True
    return False


def unscrolled(top: QWidget) -> Iterator[str]:
    """Find what is longer than its place and is moved by no key from anywhere in it, nor from where the keys are."""
    for area in top.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        if not area.isVisible() or bar.maximum() == bar.minimum():
            continue
        inside = [each for each in controls(top) if area.isAncestorOf(each) and each.focusPolicy() & _BY_TAB]
        starts = [area] if area.focusPolicy() & _BY_TAB else []
        focused = QApplication.focusWidget()
        if not any(_moves(each, bar) for each in (*([focused] if focused else []), *starts)) and not inside:
            yield f"{_called(area)} is moved by no key"


def _moves(widget: QWidget, bar: QScrollBar) -> bool:
    before = bar.value()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(widget, key)
        if bar.value() != before:
            return True
    return False


def never_left(top: QWidget) -> Iterator[str]:
    """Press Esc, twice where the first empties a field: a dialog or menu goes, or asks whether it may.

    Comes last, for nothing is left to look at.
    """
    called = _called(top)
    for _time in range(2):
        now = QApplication.focusWidget()
        QTest.keyClick(now if now is not None and now.window() is top else top, Qt.Key.Key_Escape)
        QApplication.processEvents()
        asks = QApplication.activeModalWidget()
        if not isValid(top) or not top.isVisible() or (asks is not None and asks is not top):
            return
    yield f"{called} is not left by Esc"


def _one_of(widget: QWidget) -> set[QWidget]:
    """Return what Tab need reach only one of: choices of which one holds, among which the arrow keys move."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return set(group.buttons()) if group is not None and group.exclusive() else {widget}


def unseen_focus(top: QWidget, kinds: set[tuple[str, str]]) -> Iterator[str]:
    """Find controls that look the same with the keys and without.

    Args:
        top: A window.
        kinds: Classes and roles that were looked at before; what is looked at now is added.
    """
    for widget in controls(top):
        if isinstance(widget, CoverPage):
            continue  # it is all there is to see
        kind = (type(widget).__name__, str(widget.property("role")))
        if kind in kinds or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not _whole(widget):
            continue
        kinds.add(kind)
        _forget_focus()
        without = _picture(widget, top)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if not widget.hasFocus():
            yield f"{_called(widget)} does not take the keys"
        elif _picture(widget, top) == without:
            yield f"{_called(widget)} looks the same with the keys and without"


def _forget_focus() -> None:
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    QApplication.processEvents()


def _picture(widget: QWidget, top: QWidget) -> bytes:
    place = QRect(widget.mapTo(top, QPoint(-3, -3)), widget.size() + QSize(6, 6))
    image = top.grab(place).toImage()
    return bytes(image.constBits())


def _whole(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty() and widget.visibleRegion().boundingRect() == widget.rect()


def _called(widget: QWidget) -> str:
    words = " ".join((widget.accessibleName() or widget.objectName()).split())
    return f"{type(widget).__name__} “{words[:50]}”"
