"""Qt's classes whose enumerations Python makes when it first has one of them in hand: with the first icon or day.

Imported while somebody types their secret, so that the day waits for none of them.
"""

from PySide6.QtGui import QGradient, QTextCharFormat
from PySide6.QtSvg import QSvgRenderer

__all__ = ["QGradient", "QSvgRenderer", "QTextCharFormat"]
