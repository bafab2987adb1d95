"""The roles that only the screens of the desk use: folds, lines of the card, the parts of the quick line."""

from collections.abc import Callable

from ui.look.palette import Palette


def screens_style(p: Palette, px: Callable[[float], str]) -> str:
    """Return the style sheet's part for Today, the card, the quick line and the brief.

    Args:
        p: The theme's colours.
        px: Turns a size at scale 1.0 into pixels ("12px").
    """
    return f"""
QPushButton[role="icon"] {{ background: transparent; border: 2px solid transparent; border-radius: {px(6)}; padding: 0;
  min-height: 0; }}
QPushButton[role="icon"]:hover {{ background: {p.hover}; }}
QPushButton[role="icon"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[role="chip"] {{ border-radius: {px(10)}; }}
QPushButton[role="fold"] {{ color: {p.muted}; background: transparent; border: 2px solid transparent; font-weight: 500;
  font-size: {px(12.5)}; padding: {px(1)} {px(4)}; margin-left: {px(9)}; text-align: left; min-height: {px(18)}; }}
QPushButton[role="fold"]:hover {{ color: {p.text}; }}
QPushButton[role="fold"]:focus {{ border: 2px solid {p.accent}; border-radius: {px(6)}; }}
QPushButton[role="fold-heading"] {{ color: {p.text}; background: transparent; border: 2px solid transparent;
  font-weight: 700; font-size: {px(15)}; padding: {px(1)} 0; text-align: left; min-height: {px(18)}; }}
QPushButton[role="fold-heading"]:hover {{ color: {p.accent}; }}
QPushButton[role="fold-heading"]:focus {{ border: 2px solid {p.accent}; border-radius: {px(6)}; }}
QWidget[role="caution-strip"] {{ background: {p.card}; border: 2px solid {p.caution}; border-radius: {px(8)}; }}
QLabel[role="hint-muted"] {{ color: {p.muted}; font-size: {px(12)}; font-weight: 600; background: transparent; }}
QPushButton[role="chip-quiet"] {{ color: {p.muted}; background: transparent; border: 2px solid transparent;
  border-radius: {px(10)}; padding: {px(1)} {px(8)}; font-size: {px(12)}; font-weight: 500; }}
QPushButton[role="chip-quiet"]:hover {{ background: {p.hover}; }}
QPushButton[role="chip-quiet"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[role="chip-quiet"]:checked {{ color: {p.caution}; font-weight: 600; border: 2px solid {p.caution}; }}
QPushButton[role="quiet-strong"] {{ color: {p.text}; background: transparent; border: 2px solid transparent;
  padding: {px(1)} 0; font-size: {px(12)}; font-weight: 700; min-height: {px(18)}; }}
QPushButton[role="quiet-strong"]:hover {{ color: {p.accent}; }}
QPushButton[role="quiet-strong"]:focus {{ border: 2px solid {p.accent}; border-radius: {px(6)}; }}
QPushButton[role="small"] {{ color: {p.text}; background: {p.card}; border: 2px solid {p.edge}; border-radius: {px(6)};
  padding: {px(2)} {px(8)}; font-size: {px(12)}; font-weight: 600; }}
QPushButton[role="small"]:hover {{ background: {p.hover}; }}
QPushButton[role="small"]:checked {{ color: {p.on_accent}; background: {p.accent}; border: 2px solid {p.accent}; }}
QPushButton[role="small"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[role="small"]:checked:focus {{ border: 2px solid {p.text}; }}
QPushButton[role="day"] {{ color: {p.text}; background: transparent; border: 2px solid transparent;
  border-radius: {px(6)}; padding: {px(2)} 0; font-size: {px(11)}; font-weight: 500; min-width: 0; }}
QPushButton[role="day"]:hover {{ background: {p.hover}; }}
QPushButton[role="day"]:checked {{ background: {p.selected}; border: 2px solid {p.edge}; font-weight: 700; }}
QPushButton[role="day"]:focus, QPushButton[role="day"]:checked:focus {{ border: 2px solid {p.accent}; }}
QPushButton[role="late"] {{ color: {p.caution}; background: transparent; border: 2px solid transparent;
  border-radius: {px(6)}; padding: {px(1)} {px(4)}; margin-left: {px(9)}; text-align: left; font-size: {px(12.5)};
  font-weight: 600; min-height: {px(18)}; }}
QPushButton[role="late"]:hover {{ text-decoration: underline; }}
QPushButton[role="late"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[role="answer"] {{ color: {p.text}; background: {p.card}; border: 2px solid {p.edge};
  border-radius: {px(10)}; padding: {px(12)} {px(18)}; font-size: {px(18)}; font-weight: 600; text-align: left; }}
QPushButton[role="answer"]:hover {{ background: {p.hover}; }}
QPushButton[role="answer"]:checked {{ color: {p.on_accent}; background: {p.accent}; border: 2px solid {p.accent}; }}
QPushButton[role="answer-next"] {{ color: {p.on_accent}; background: {p.accent}; border: 2px solid {p.accent};
  border-radius: {px(10)}; padding: {px(12)} {px(28)}; font-size: {px(18)}; font-weight: 700; }}
QPushButton[role="answer-next"]:focus, QPushButton[role="answer-next"]:hover {{ border: 2px solid {p.text}; }}
QPushButton[role="answer-next"]:disabled {{ color: {p.muted}; background: {p.page}; border: 2px dashed {p.edge}; }}
QPushButton[role="answer-language"] {{ color: {p.text}; background: {p.card}; border: 2px solid {p.edge};
  border-radius: {px(8)}; padding: {px(8)} {px(16)}; font-size: {px(16)}; font-weight: 600; }}
QPushButton[role="answer-language"]:hover {{ background: {p.hover}; }}
QPushButton[role="answer-language"]:checked {{ color: {p.on_accent}; background: {p.accent};
  border: 2px solid {p.accent}; }}
QPushButton[role="answer-language"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[role="answer-language"]:checked:focus {{ border: 2px solid {p.text}; }}
QPushButton[role="answer"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[role="answer"]:checked:focus {{ border: 2px solid {p.text}; }}
QTableView[role="table"] {{ color: {p.text}; background: {p.card}; border: 2px solid transparent; font-size: {px(13)};
  outline: 0; selection-background-color: {p.selected}; selection-color: {p.text}; }}
QTableView[role="table"]:focus {{ border: 2px solid {p.accent}; border-radius: {px(6)}; }}
QTableView[role="table"] QHeaderView::section {{ color: {p.muted}; background: {p.card}; border: none;
  border-bottom: 2px solid {p.line}; padding: {px(4)}; font-size: {px(12)}; font-weight: 600; text-align: left; }}
QWidget[role="worded"] {{ background: transparent; border: 2px solid transparent; }}
QWidget[role="worded-active"] {{ background: transparent; border: 2px solid {p.accent}; border-radius: {px(6)}; }}
QScrollArea[role="reading"] {{ border: none; border-top: 2px solid {p.line}; }}
QScrollArea[role="reading"]:focus {{ border-top: 2px solid {p.accent}; }}
"""
