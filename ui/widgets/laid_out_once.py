"""What says something else in many places is laid out once, at the end.

Qt lays out everything around a widget, up to the window, in the moment in which it is shown: a card of twenty lines was
laid out a dozen times before it was painted once. From the inside to the outside, because a layout that is made valid
makes the one around it invalid.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtWidgets import QLayout, QWidget


@contextmanager
def laid_out_once(widgets: Sequence[QWidget]) -> Iterator[None]:
    """Have nothing in these widgets laid out before the end.

    Args:
        widgets: Those whose layouts wait, each before those that stand in it.
    """
    waiting: list[QLayout] = [layout for widget in widgets if (layout := widget.layout()) and layout.isEnabled()]
    for layout in waiting:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in waiting:
            layout.setEnabled(True)
        for layout in reversed(waiting):
            layout.activate()
