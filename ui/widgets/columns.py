"""Lines of a list that flow when it is narrow still stand in columns where there is room for columns."""

from collections.abc import Sequence

from ui.widgets.controls import Label


def in_columns(lines: Sequence[Sequence[Label]], most: int) -> None:
    """Give the labels that stand under one another the same room.

    Args:
        lines: For each line its labels, from its beginning; every line has as many.
        most: No label is given more than this, in pixels; a longer one goes on past its column.
    """
    for column in zip(*lines, strict=True):
        for label in column:
            label.ensurePolished()
        widest = max(label.sizeHint().width() for label in column)
        for label in column:
            label.setMinimumWidth(min(widest, most))
