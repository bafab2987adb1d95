"""Widgets say what they are by the dynamic property `role`; one style sheet says how a role looks.

Sizes are device-independent pixels at a text scale of 1.0 and grow with it, so that 200 % text is the same picture,
larger (WCAG 2.2, 1.4.4). The style is Fusion everywhere, with palettes of our own: what the platform thinks of dark
and light is asked once and never painted with.
"""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from rapportdesk.paths import RESOURCES
from ui.look.palette import LIGHT, Palette
from ui.look.style_sheet import style_sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPixmap

FAMILY = "Inter"
BODY = 14
SCALES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


DOOR_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
"""What the sign-in is written in."""

OTHER_WEIGHTS = ("Light", "Italic")


def load_fonts(weights: tuple[str, ...] = DOOR_WEIGHTS + OTHER_WEIGHTS) -> None:
    """Make the bundled Inter known to Qt; each weight once per application."""
    for weight in weights:
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"Inter-{weight}.ttf"))


def load_other_scripts() -> tuple[str, ...]:
    """Make the bundled Noto fonts known too, for names in scripts that Inter lacks; after the first paint.

    Returns:
        The families, for `Theme.also`.
    """
    families = []
    for file in sorted((RESOURCES / "fonts").glob("Noto*.?tf")):
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return tuple(dict.fromkeys(families))


def set_role(widget: QWidget, role: str) -> None:
    """Give `widget` another role and let the style sheet see it."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def qt_palette(palette: Palette) -> QPalette:
    """Return the same colours for what style sheets do not reach."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in (
        (roles.Window, palette.page),
        (roles.WindowText, palette.text),
        (roles.Base, palette.card),
        (roles.AlternateBase, palette.page),
        (roles.Text, palette.text),
        (roles.Button, palette.card),
        (roles.ButtonText, palette.text),
        (roles.BrightText, palette.overdue),
        (roles.Highlight, palette.accent),
        (roles.HighlightedText, palette.on_accent),
        (roles.PlaceholderText, palette.placeholder),
        (roles.ToolTipBase, palette.card),
        (roles.ToolTipText, palette.text),
        (roles.Link, palette.accent),
        (roles.LinkVisited, palette.accent),
        (roles.Light, palette.card),
        (roles.Midlight, palette.line),
        (roles.Mid, palette.edge),
        (roles.Dark, palette.edge),
        (roles.Shadow, palette.text),
    ):
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.muted))
    return made


class Theme(QObject):
    """The palette and text scale in use; screens that paint for themselves ask it and listen to `changed`.

    Args:
        palette: The colours to begin with.
        scale: Text scale, 1.0 to 2.0.
    """

    changed = Signal()

    def __init__(self, palette: Palette = LIGHT, scale: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.palette = palette
        self.scale = scale
        self._also: tuple[str, ...] = ()
        self._fonts: dict[Hashable, QFont] = {}
        self._pixmaps: dict[Hashable, QPixmap] = {}

    @property
    def look(self) -> tuple[Palette, float, tuple[str, ...]]:
        """Colours, scale and fonts: what is remembered of another look is of no use."""
        return self.palette, self.scale, self._also

    def px(self, size: float) -> int:
        """Return `size`, given at scale 1.0, in device-independent pixels at the current scale."""
        return max(1, round(size * self.scale))

    def colour(self, tone: str) -> QColor:
        """Return the colour of a tone named in `ui.look.palette.Palette`."""
        return QColor(self.palette.colour(tone))

    def font(self, size: float = BODY, weight: int = 400) -> QFont:
        """Return Inter at `size` pixels (scale 1.0) and a weight of 100 to 900, for painting and measuring."""
        wanted = self.px(size), weight, self._also
        if wanted not in self._fonts:
            font = QFont()
            font.setFamilies([FAMILY, *self._also])
            font.setPixelSize(self.px(size))
            font.setWeight(QFont.Weight(weight))
            self._fonts[wanted] = font
        # A copy shares what Qt has looked up of the font; made anew each time, it would look it up at every word.
        return QFont(self._fonts[wanted])

    def apply(self, app: QApplication) -> None:
        """Dress the whole application: style, palette, font and style sheet."""
        app.setPalette(qt_palette(self.palette))
        app.setFont(self.font())
        sheet = style_sheet(self.palette, self.scale)
        if app.styleSheet() != sheet:  # the same again would have Qt polish every widget there is anew
            app.setStyleSheet(sheet)

    def change(self, app: QApplication, *, palette: Palette | None = None, scale: float | None = None) -> None:
        """Change colours or text size of everything that is on the screen."""
        self.palette = palette or self.palette
        self.scale = min(max(scale or self.scale, SCALES[0]), SCALES[-1])
        self.apply(app)
        self.changed.emit()

    def also(self, families: tuple[str, ...], app: QApplication) -> None:
        """Fall back to `families`, in order, where Inter has no glyph."""
        self._also = families
        app.setFont(self.font())

    def pixmap(self, name: str, tone: str = "text", size: float = 16, ratio: float = 1.0) -> "QPixmap":
        """Return one of resources/icons in the colour of `tone`.

        Args:
            name: File name without its ending.
            tone: A tone named in `ui.look.palette.Palette`.
            size: Side in pixels at scale 1.0.
            ratio: The screen's device pixel ratio.

        Raises:
            FileNotFoundError: There is no such icon.
        """
        wanted = name, self.palette.colour(tone), round(self.px(size) * ratio), ratio
        if wanted in self._pixmaps:
            return self._pixmaps[wanted]
        from PySide6.QtCore import QByteArray, QRectF
        from PySide6.QtGui import QPainter, QPixmap
        from PySide6.QtSvg import QSvgRenderer  # the sign-in is painted without it

        text = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
        side = round(self.px(size) * ratio)
        made = QPixmap(side, side)
        made.fill(QColor(0, 0, 0, 0))
        painter = QPainter(made)
        source = text.replace("currentColor", self.palette.colour(tone)).encode()
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, side, side))
        painter.end()
        made.setDevicePixelRatio(ratio)
        self._pixmaps[wanted] = made
        return made

    def icon(self, name: str, tone: str = "text", size: float = 16) -> "QIcon":
        """Return the same as an icon, for one and two physical pixels to each device-independent one."""
        from PySide6.QtGui import QIcon

        icon = QIcon(self.pixmap(name, tone, size))
        icon.addPixmap(self.pixmap(name, tone, size, 2.0))
        return icon
