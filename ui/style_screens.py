"""The roles that only the screens of the desk use: folds, lines of the card, the parts of the quick line."""

from collections.abc import Callable

from ui.palette import Palette


def screens_style(p: Palette, px: Callable[[float], str]) -> str:
    """Return the style sheet's part for Today, the card, the quick line and the brief.

    Args:
        p: The theme's colours.
        px: Turns a size at scale 1.0 into pixels ("12px").
    """
    return f"""
QPushButton[role="fold"] {{ color: {p.muted}; background: transparent; border: 2px solid transparent; font-weight: 500;
  font-size: {px(12.5)}; padding: {px(1)} {px(4)}; margin-left: {px(9)}; text-align: left; }}
QPushButton[role="fold"]:hover {{ color: {p.text}; }}
QPushButton[role="fold"]:focus {{ border: 2px solid {p.accent}; border-radius: {px(6)}; }}
QPushButton[role="fold-heading"] {{ color: {p.text}; background: transparent; border: 2px solid transparent;
  font-weight: 700; font-size: {px(15)}; padding: {px(1)} 0; text-align: left; }}
QPushButton[role="fold-heading"]:hover {{ color: {p.accent}; }}
QPushButton[role="fold-heading"]:focus {{ border: 2px solid {p.accent}; border-radius: {px(6)}; }}
"""
