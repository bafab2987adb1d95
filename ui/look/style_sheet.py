"""One style sheet for the whole window, written from a palette and a text scale; roles are its only selectors.

Sizes were read off the target pictures at 1366 x 700. Every size passes through `px`, so text, spacing and controls
grow together.
"""

from collections.abc import Callable

from ui.look.palette import Palette
from ui.look.style_screens import screens_style

_Px = Callable[[float], str]

_TEXT = (
    # role, size, weight, tone
    ("body", 14, 400, "text"),
    ("small", 13, 400, "text"),
    ("name", 13, 500, "text"),
    ("name-strong", 13, 600, "text"),
    ("title", 28, 700, "text"),
    ("title-light", 28, 300, "text"),
    ("heading", 18, 700, "text"),
    ("subheading", 15, 700, "text"),
    ("brand", 15, 700, "accent"),
    ("section", 11, 700, "muted"),
    ("lead", 16, 400, "text"),
    ("read", 15, 400, "text"),
    ("strong", 14, 700, "text"),
    ("label", 13, 600, "muted"),
    ("muted", 13, 400, "muted"),
    ("detail", 12, 400, "muted"),
    ("sub", 11, 400, "muted"),
    ("time", 13, 600, "muted"),
    ("caution", 13, 600, "caution"),
    ("agreed", 13, 600, "agreed"),
    ("overdue", 12, 600, "overdue"),
    ("fault", 12, 600, "caution"),
    ("problem", 14, 600, "caution"),
    ("hint", 12, 600, "text"),
    ("now", 11, 700, "accent"),
)
"""Roles of text: size in pixels at scale 1.0, weight, tone."""

TEXT_ROLES = tuple(row[0] for row in _TEXT)


def style_sheet(palette: Palette, scale: float) -> str:
    """Return the Qt style sheet.

    Args:
        palette: The theme's colours.
        scale: Text scale, 1.0 to 2.0.
    """

    def px(size: float) -> str:
        return f"{max(1, round(size * scale))}px"

    return "\n".join(part(palette, px) for part in (_ground, _words, _buttons, _fields, _menus, screens_style))


def _ground(p: Palette, px: _Px) -> str:
    return f"""
QWidget[role="page"], QMainWindow, QDialog {{ background: {p.page}; }}
QWidget[role="bar"] {{ background: {p.card}; border: none; border-bottom: 1px solid {p.line}; }}
QWidget[role="card"] {{ background: {p.card}; border: 1px solid {p.card_edge}; border-radius: {px(8)}; }}
QWidget[role="important"] {{ background: {p.important}; border: 1px solid {_edge(p, p.important)};
  border-radius: {px(8)}; }}
QWidget[role="quick-line"] {{ background: {p.card}; border: 2px solid {p.edge}; border-radius: {px(8)}; }}
QWidget[role="words-field"] {{ background: {p.sunken}; border: 2px solid {p.edge}; border-radius: {px(8)}; }}
QWidget[role="quick-line-active"] {{ background: {p.card}; border: 2px solid {p.accent}; border-radius: {px(8)}; }}
QWidget[role="row"] {{ background: transparent; border: none; border-left: 3px solid transparent; }}
QWidget[role="row"]:hover {{ background: {p.hover}; }}
QWidget[role="row-selected"] {{ background: {p.selected}; border: none; border-left: 3px solid {p.accent};
  border-radius: {px(6)}; }}
QWidget[role="drawer-edge"] {{ background: {p.edge}; border: none; }}
QWidget[role="now-line"] {{ background: {p.accent}; border: none; max-height: 2px; min-height: 2px; }}
QWidget[role="line"] {{ background: {p.line}; border: none; max-height: 1px; min-height: 1px; }}
QWidget[role="message"] {{ background: {p.chip}; border: 1px solid {p.accent}; border-radius: {px(8)}; }}
QWidget[role="message-problem"] {{ background: {p.card}; border: 2px solid {p.caution}; border-radius: {px(8)}; }}
QWidget[role="cover"] {{ background: {p.page}; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="scrolled"] {{ background: transparent; border: none; }}
QAbstractItemView[role="list"] {{ background: transparent; border: none; outline: none; color: {p.text}; }}
QAbstractItemView[role="popup-list"] {{ background: {p.card}; border: 2px solid {p.edge}; border-radius: {px(8)};
  outline: none; color: {p.text}; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}; margin: 0; }}
QScrollBar::handle:vertical {{ background: {p.edge}; min-height: {px(28)}; border-radius: {px(4)}; margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {p.edge}; min-width: {px(28)}; border-radius: {px(4)}; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
  border: none; width: 0; height: 0; }}
"""


def _edge(p: Palette, ground: str) -> str:
    """Where cards have an edge of their own colour, so has every other block."""
    return ground if p.card_edge == p.card else p.card_edge


def _words(p: Palette, px: _Px) -> str:
    rows = [
        f'QLabel[role="{role}"] {{ color: {p.colour(tone)}; font-size: {px(size)}; font-weight: {weight};'
        " background: transparent; }"
        for role, size, weight, tone in _TEXT
    ]
    rows.append(f'QLabel[role="section"] {{ letter-spacing: {px(1)}; }}')
    rows.append(
        f'QLabel[role="pill"] {{ color: {p.on_accent}; background: {p.accent}; border-radius: {px(10)};'
        f" padding: {px(3)} {px(13)}; font-size: {px(12)}; font-weight: 600; }}"
    )
    rows.append(
        f'QLabel[role="kbd"] {{ color: {p.muted}; background: {p.card}; border: 1px solid {p.line};'
        f" border-radius: {px(4)}; padding: {px(2)} {px(8)}; font-size: {px(11)}; font-weight: 600; }}"
    )
    return "\n".join(rows)


def _buttons(p: Palette, px: _Px) -> str:
    words = f"font-size: {px(13)}; font-weight: 600;"
    # Without the outline of the platform's style, which Tab would paint over the words: our rings are the borders.
    # A radius of more than half the side is no circle to Qt but a square.
    side = int(px(16).removesuffix("px")) + 4
    dot = side - 2 * (side * 3 // 10)
    shared = f"{words} border-radius: {px(7)}; padding: {px(5)} {px(12)}; min-height: {px(16)};"
    return f"""
QPushButton, QToolButton, QCheckBox, QRadioButton, QComboBox {{ outline: none; }}
QPushButton, QToolButton {{ color: {p.text}; background: {p.card}; border: 2px solid {p.edge}; {shared} }}
QPushButton:hover, QToolButton:hover {{ background: {p.hover}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {p.accent}; }}
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {{ background: {p.selected};
  border: 2px solid {p.accent}; }}
QPushButton:checked:focus, QToolButton:checked:focus {{ border: 2px solid {p.text}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {p.muted}; background: {p.page}; border: 2px dashed {p.edge}; }}
QPushButton[role="primary"] {{ color: {p.on_accent}; background: {p.accent}; border: 2px solid {p.accent}; }}
QPushButton[role="primary"]:focus, QPushButton[role="primary"]:hover {{ border: 2px solid {p.text}; }}
QPushButton[role="primary"]:disabled {{ color: {p.muted}; background: {p.page}; border: 2px dashed {p.edge}; }}
QPushButton[role="quiet"], QToolButton[role="quiet"] {{ background: transparent; border: 2px solid transparent;
  padding: {px(5)} {px(8)}; }}
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover {{ background: {p.hover}; }}
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[role="link"] {{ color: {p.accent}; background: transparent; border: 2px solid transparent;
  padding: {px(3)} {px(4)}; text-align: left; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[role="chip"], QToolButton[role="chip"] {{ color: {p.accent}; background: {p.chip};
  border: 2px solid transparent; border-radius: {px(11)}; padding: {px(1)} {px(11)}; font-size: {px(12)}; }}
QPushButton[role="chip"]:focus, QToolButton[role="chip"]:focus, QPushButton[role="chip"]:checked {{
  border: 2px solid {p.accent}; }}
QPushButton[role="choice"] {{ text-align: left; padding: {px(10)} {px(16)}; font-size: {px(15)}; font-weight: 500; }}
QPushButton[role="choice"]:checked {{ background: {p.selected}; border: 2px solid {p.accent}; font-weight: 600; }}
QPushButton[role="choice"]:checked:focus {{ border: 2px solid {p.text}; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0; }}
QCheckBox, QRadioButton {{ color: {p.text}; font-size: {px(14)}; spacing: {px(12)}; padding: {px(2)};
  min-height: {px(20)}; background: transparent; border: 2px solid transparent; border-radius: {px(6)}; }}
QWidget[role="worded"] QAbstractButton, QWidget[role="worded-active"] QAbstractButton {{ border: none;
  padding: {px(4)} 0; spacing: {px(10)}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(16)}; height: {px(16)}; border: 2px solid {p.edge};
  background: {p.card}; }}
QCheckBox::indicator {{ border-radius: {px(4)}; }}
QRadioButton::indicator {{ border-radius: {side // 2}px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {p.accent}; }}
QCheckBox::indicator:checked {{ background: {p.accent}; border: 2px solid {p.accent}; }}
QRadioButton::indicator:checked {{ width: {dot}px; height: {dot}px; background: {p.on_accent};
  border: {(side - dot) // 2}px solid {p.accent}; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {p.accent}; }}
"""


def _fields(p: Palette, px: _Px) -> str:
    fields = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QTimeEdit, QSpinBox"
    focused = ", ".join(f"{name.strip()}:focus" for name in fields.split(","))
    return f"""
{fields} {{ color: {p.text}; background: {p.sunken}; border: 2px solid {p.edge}; border-radius: {px(6)};
  padding: {px(5)} {px(12)}; font-size: {px(14)}; selection-background-color: {p.accent};
  selection-color: {p.on_accent}; placeholder-text-color: {p.placeholder}; min-height: {px(18)}; }}
{focused} {{ border: 2px solid {p.accent}; background: {p.card}; }}
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] {{
  border: 2px solid {p.caution}; }}
QLineEdit[role="quick-field"], QPlainTextEdit[role="quick-field"], QTextEdit[role="quick-field"] {{ border: none;
  background: transparent; padding: 0; font-size: {px(16)}; }}
QComboBox::drop-down {{ border: none; width: {px(22)}; }}
QComboBox QAbstractItemView {{ background: {p.card}; color: {p.text}; border: 2px solid {p.edge};
  selection-background-color: {p.accent}; selection-color: {p.on_accent}; }}
"""


def _menus(p: Palette, px: _Px) -> str:
    return f"""
QMenu {{ background: {p.card}; color: {p.text}; border: 2px solid {p.edge}; padding: {px(6)}; font-size: {px(13)}; }}
QMenu::item {{ padding: {px(7)} {px(26)} {px(7)} {px(14)}; border-radius: {px(4)}; }}
QMenu::item:selected {{ background: {p.accent}; color: {p.on_accent}; }}
QMenu::item:disabled {{ color: {p.muted}; }}
QMenu::right-arrow {{ width: {px(12)}; height: {px(12)}; }}
QMenu::separator {{ height: 1px; background: {p.line}; margin: {px(5)} {px(8)}; }}
QToolTip {{ background: {p.card}; color: {p.text}; border: 1px solid {p.edge}; padding: {px(4)}; font-size: {px(12)}; }}
QProgressBar {{ border: 2px solid {p.edge}; border-radius: {px(6)}; background: {p.sunken}; color: {p.text};
  text-align: center; font-size: {px(12)}; min-height: {px(18)}; }}
QProgressBar::chunk {{ background: {p.accent}; }}
"""
