"""All that a window holds, as somebody could see, hear, copy or find it out: what two vaults are compared by.

What is hidden inside a window counts too, and what its parts hold behind what they show. Each look is a dictionary of
named parts, so that a difference says where it is.
"""

import dataclasses
import hashlib
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPlainTextEdit, QWidget

from tests.interference.asking import plain

Look = dict[str, str]
_SPOKEN = (
    QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help,
    QAccessible.Text.Accelerator,
)  # fmt: skip
_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole,
    *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 8),
)  # fmt: skip
_LIBRARY = ("PySide6", "shiboken6")


def look(app: QApplication) -> Look:
    """Return everything that the application's windows hold now."""
    tops = sorted((each for each in app.topLevelWidgets() if each.isVisible()), key=_called)
    widgets = [each for top in tops for each in (top, *top.findChildren(QWidget))]
    seen = {f"pixels of {_called(top)} {number}": _pixels(top) for number, top in enumerate(tops)}
    seen |= {f"tree of {_called(top)} {number}": "\n".join(_tree(top)) for number, top in enumerate(tops)}
    seen["titles"] = "\n".join(sorted(top.windowTitle() for top in tops))
    seen["words of widgets"] = "\n".join(sorted(line for widget in widgets for line in _words(widget)))
    seen["words of actions"] = "\n".join(sorted(line for top in tops for line in _actions(top)))
    seen["rows"] = "\n".join(sorted(line for widget in widgets for line in _rows(widget)))
    seen["behind the widgets"] = "\n".join(sorted(line for widget in widgets for line in _held(widget)))
    seen["clipboard"] = _clipboard(app)
    return seen


def _called(widget: QWidget) -> str:
    return type(widget).__name__


def _pixels(top: QWidget) -> str:
    image = top.grab().toImage()
    return f"{image.width()} x {image.height()}: {hashlib.sha256(bytes(image.constBits())).hexdigest()}"


def _tree(top: QWidget) -> Iterator[str]:
    interface = QAccessible.queryAccessibleInterface(top)
    if interface is not None:
        yield from _branch(interface, 0)


def _branch(interface: QAccessibleInterface, depth: int) -> Iterator[str]:
    spoken = " | ".join(interface.text(each) for each in _SPOKEN)
    state = interface.state()
    can = [
        name for name in ("checked", "disabled", "expanded", "focused", "invisible", "selected") if getattr(state, name)
    ]
    yield f"{'  ' * depth}{interface.role().name}: {spoken} {can} {interface.childCount()}"
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from _branch(child, depth + 1)


def _words(widget: QWidget) -> Iterator[str]:
    """Return every text that a widget's properties hold, shown or not: tips, titles, placeholders, names, values."""
    meta = widget.metaObject()
    for number in range(meta.propertyCount()):
        property_ = meta.property(number)
        name, kind = str(property_.name()), str(property_.typeName())
        value = property_.read(widget) if kind == "QString" and name not in {"styleSheet", "html"} else ""
        if value:
            yield f"{_called(widget)}.{name}: {value}"
    if isinstance(widget, QPlainTextEdit):
        document = widget.document()
        yield f"{_called(widget)}: can take back {document.availableUndoSteps()} {document.availableRedoSteps()}"


def _actions(top: QWidget) -> Iterator[str]:
    for action in top.findChildren(QAction):
        yield f"{action.text()} | {action.toolTip()} | {action.statusTip()} | {action.isEnabled()}"


def _rows(widget: QWidget) -> Iterator[str]:
    model = widget.model() if isinstance(widget, QAbstractItemView) else None
    if model is not None:
        yield f"{_called(widget)}: {model.rowCount()} rows"
        yield from (f"{_called(widget)} {line}" for line in _model(model, QModelIndex()))


def _model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield f"{row}, {column}: {[plain(index.data(role)) for role in _ROLES]}"
            yield from _model(model, index)


def _held(widget: QWidget) -> Iterator[str]:
    """Return the values that a widget's own attributes hold: what it was given to show."""
    for name, value in vars(widget).items():
        if _is_value(value):
            yield f"{_called(widget)}.{name}: {plain(value)}"


def _is_value(value: object) -> bool:
    if isinstance(value, tuple | list):
        return bool(value) and all(map(_is_value, value))
    if isinstance(value, dict):
        return bool(value) and all(map(_is_value, value)) and all(map(_is_value, value.values()))
    if isinstance(value, str):
        return True
    return dataclasses.is_dataclass(value) and type(value).__module__.startswith("rapportdesk.model")


def _clipboard(app: QApplication) -> str:
    held = app.clipboard().mimeData()
    return "\n".join(f"{form}: {plain(held.data(form).data())}" for form in held.formats()) if held else ""
