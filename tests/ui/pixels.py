"""Contrast as WCAG 2.2 counts it, measured on what was painted and not on what was meant."""

from collections import Counter

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget


def luminance(colour: QColor) -> float:
    """Return the relative luminance, 0.0 to 1.0."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio, 1.0 to 21.0."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def painted(widget: QWidget, area: QRect | None = None) -> Counter[int]:
    """Return how often each colour was painted, as 0xrrggbb."""
    image = widget.grab(area or widget.rect()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return Counter(image.pixel(x, y) & 0xFFFFFF for x in range(image.width()) for y in range(image.height()))


def ground(colours: Counter[int]) -> QColor:
    """Return the colour most of it is."""
    return QColor.fromRgb(colours.most_common(1)[0][0])


def strongest(colours: Counter[int]) -> float:
    """Return the contrast of the ground with whatever on it stands out most: the full strokes of letters."""
    below = ground(colours)
    return max(contrast(below, QColor.fromRgb(each)) for each in colours)
